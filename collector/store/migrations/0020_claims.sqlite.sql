-- Who answers a voice at this moment, and until when.

alter table submissions add column claim_holder text;
alter table submissions add column claim_by text;
alter table submissions add column claim_until integer;
