-- Members, decisions, themes, responses, threads. Times are Unix milliseconds; texts in several languages are JSON.

alter table agencies add column required_languages text not null default 'nl fr';

create table members (
  id integer primary key,
  agency_id integer not null references agencies (id),
  email text not null unique,
  name text not null,
  office text not null,
  role text not null,
  password text,
  invited_at integer not null,
  joined_at integer,
  revoked_at integer,
  seen_at integer,
  seen_cursor integer
) strict;

-- a session or a link rests on a token or on a member
drop table sessions;
create table sessions (
  hash blob primary key,
  token_id integer references tokens (id),
  member_id integer references members (id),
  created_at integer not null,
  expires_at integer not null
) strict, without rowid;

drop table links;
create table links (
  hash blob primary key,
  token_id integer references tokens (id),
  member_id integer references members (id),
  expires_at integer not null,
  used_at integer
) strict, without rowid;

create table decisions (
  id integer primary key,
  agency_id integer not null references agencies (id),
  key text not null unique,
  state text not null,
  phase text not null,
  is_open integer not null default 0,
  file text not null,
  course text not null,
  version integer not null default 0,
  theme_id integer,
  merged_into integer references decisions (id),
  created_at integer not null,
  published_at integer,
  changed_at integer not null,
  revision integer not null default 1
) strict;

create table versions (
  decision_id integer not null references decisions (id),
  version integer not null,
  published_at integer not null,
  note text not null,
  sections text not null,
  primary key (decision_id, version)
) strict, without rowid;

create table themes (
  id integer primary key,
  agency_id integer not null references agencies (id),
  decision_id integer references decisions (id),
  name text not null,
  expected text,
  merged_into integer references themes (id),
  created_at integer not null,
  revision integer not null default 1
) strict;

create index themes_decision on themes (decision_id) where decision_id is not null;

create table theme_submissions (
  theme_id integer not null references themes (id),
  submission_id integer not null references submissions (id),
  quoted integer not null default 0,
  at integer not null,
  by text,
  started integer references decisions (id), -- the decision that this voice started, with its theme
  primary key (theme_id, submission_id)
) strict, without rowid;

create index theme_submissions_submission on theme_submissions (submission_id);

create table responses (
  id integer primary key,
  agency_id integer not null references agencies (id),
  outcome text not null,
  reason text not null,
  did_not_know text not null,
  by_day text,
  office text not null,
  handed_to text not null,
  published_at integer,
  by text,
  created_at integer not null,
  revision integer not null default 1
) strict;

create table theme_responses (
  theme_id integer not null references themes (id),
  response_id integer not null references responses (id),
  primary key (theme_id, response_id)
) strict, without rowid;

create index theme_responses_response on theme_responses (response_id);

create table passages (
  id integer primary key,
  agency_id integer not null references agencies (id),
  decision_id integer not null references decisions (id),
  section text not null,
  version integer not null,
  before text not null,
  after text not null,
  at integer not null
) strict;

create index passages_decision on passages (decision_id);

create table theme_passages (
  theme_id integer not null references themes (id),
  passage_id integer not null references passages (id),
  primary key (theme_id, passage_id)
) strict, without rowid;

create index theme_passages_passage on theme_passages (passage_id);

-- the words of a message, and those of an invitation, stand in `words`, where they can be erased in place
create table messages (
  id integer primary key,
  agency_id integer not null references agencies (id),
  receipt_id integer not null references receipts (id),
  submission_id integer not null references submissions (id),
  sender text not null,
  kind text not null,
  by text,
  office text,
  invitation_id integer,
  masked text,
  words_id integer,
  at integer not null
) strict;

create index messages_receipt on messages (receipt_id);
create index messages_submission on messages (submission_id);

-- addresses for the bell, apart from everything else; like words they never move and are overwritten in place
create table addresses (
  id integer primary key,
  address text not null
) strict;

-- who wants to be told that there is news; `news_*` is what waits to be told, `rung_*` what was told
create table bells (
  id integer primary key,
  agency_id integer not null references agencies (id),
  receipt_id integer not null unique references receipts (id),
  address_id integer not null references addresses (id),
  language text not null,
  news_cursor integer not null,
  news_at integer,
  rung_cursor integer not null,
  rung_at integer,
  retry_at integer,
  created_at integer not null
) strict;

create index bells_news on bells (news_at) where news_at is not null;

-- how far each follower of the log has come
create table followers (
  name text primary key,
  cursor integer not null
) strict, without rowid;

create index receipts_submission on receipts (submission_id);

alter table receipts add column felt text;
alter table receipts add column felt_at integer;
alter table submissions add column phase text;
alter table changes add column detail text;
alter table submissions add column reader_id integer references members (id);

-- the same rule as in severity.py; 0 to 2 are grave
alter table submissions add column severity integer not null generated always as (
  case
    when instr(impact, 'health') > 0 then 0
    when instr(impact, 'right') > 0 then 1
    when another_way = 'no' then 2
    when instr(impact, 'money') > 0 then 3
    when impact is null and another_way is null and coalesce(outcome, effect, '') not in ('yes', 'helps', 'none') then 4
    when instr(impact, 'time') > 0 then 5
    else 6
  end) virtual;

create index submissions_reading on submissions (agency_id, severity, id) where status = 'new' and words = 1;
create index submissions_lane on submissions (agency_id, received_at) where another_way = 'no' and words = 1 and severity <= 1;
create index submissions_unread on submissions (agency_id, id) where status = 'new' and words = 1;
create index submissions_decision on submissions (agency_id, decision, id) where decision is not null;

-- public figures of an hour, so that they stay what they are until it is over
create table figures (
  decision_id integer primary key references decisions (id),
  hour integer not null,
  document text not null
) strict;
