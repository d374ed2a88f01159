-- A report that somebody began is seen by those who work with them, so that whoever is there goes on with it: where it was begun, and when. How
-- often it was saved tells two who write at once apart.
alter table draft add column agency text not null default '';
alter table draft add column team text not null default '';
alter table draft add column begun_us integer not null default 0;
alter table draft add column n integer not null default 0;
create index draft_team on draft (agency, team, updated_us) where agency <> '';
create index draft_child on draft (child_id);
