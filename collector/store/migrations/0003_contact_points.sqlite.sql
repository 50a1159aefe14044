-- What a contact point is for, when it is open, and who keeps it right. Lists are JSON, keys and postcodes are words.

alter table contact_points add column subjects text not null default '[]';
alter table contact_points add column postcodes text not null default '';
alter table contact_points add column placements text not null default '';
alter table contact_points add column timetable text;
alter table contact_points add column task text not null default 'desk';
alter table contact_points add column terms text not null default '{}';
alter table contact_points add column calls_back integer not null default 0;
alter table contact_points add column checked_on text;
alter table contact_points add column owner_id integer references members (id);
alter table contact_points add column withdrawn_at integer;
alter table contact_points add column revision integer not null default 1;
alter table agencies add column stale_days integer not null default 180;
