-- One agency asks another to take a voice on. What is taken on is a submission of the other with a receipt of its own, which
-- nobody has a code for: `parent_id` is the receipt whose code opens both.

alter table receipts add column parent_id integer references receipts (id);
create index receipts_parent on receipts (parent_id) where parent_id is not null;

create table offers (
  id integer primary key,
  agency_id integer not null references agencies (id),
  submission_id integer not null references submissions (id),
  receipt_id integer not null references receipts (id),
  to_id integer not null references agencies (id),
  status text not null,
  note_id integer,
  office text,
  at integer not null,
  reason_id integer,
  decided_by text,
  decided_at integer,
  copy_id integer references submissions (id)
) strict;

create unique index offers_open on offers (submission_id) where status = 'open';
create index offers_to on offers (to_id, id) where status = 'open';
create index offers_receipt on offers (receipt_id);
create index offers_submission on offers (submission_id);
create index offers_copy on offers (copy_id) where copy_id is not null;
