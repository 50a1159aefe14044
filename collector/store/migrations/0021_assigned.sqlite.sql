-- Whose a voice is, among colleagues.

alter table submissions add column member_id integer references members (id);

create index submissions_member on submissions (agency_id, member_id, id) where member_id is not null;
