-- A token may be for one placement or one decision, may end, and says when it was last used and who made it.

alter table tokens add column placement_id integer references placements (id);
alter table tokens add column decision text;
alter table tokens add column expires_at integer;
alter table tokens add column used_at integer;
alter table tokens add column created_by text;
