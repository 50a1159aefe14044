-- Those who run the installation are members of a row of their own, which is no public body: it has no placements, no words, no
-- key that can be named, and nobody finds it in a list.

alter table agencies add column operators integer not null default 0;
