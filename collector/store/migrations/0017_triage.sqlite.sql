-- To whom the team passed a voice, and why one was set aside.

alter table submissions add column contact_point text;
alter table submissions add column aside text;

create index submissions_contact_point on submissions (agency_id, contact_point, id) where contact_point is not null;
