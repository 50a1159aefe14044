-- the paragraph of the section that a voice reacts to, counted from 1; null: the whole section
alter table submissions add column paragraph integer;
