-- What lists keep of an episode beside: when somebody last recorded anything (by which silence is watched), whether what is next is due at
-- once, and how far the return home interview is.
alter table episode add column last_recorded_us bigint;
alter table episode add column next_at_once boolean not null default false;
alter table episode add column interview text;
alter table episode add column interview_due_us bigint;
alter table episode add column interview_done_us bigint;
create index episode_recorded on episode (last_recorded_us) where ended_us is null;
create index episode_interview on episode (interview, interview_due_us) where interview is not null;
-- Lists are made again of every record, by the worker: then they say it.
update child set next_change_us = 0;

-- That nothing was recorded for long while a child is gone, and who was told: once for each time that it became silent. It clears itself
-- when something is recorded.
create table silence (
    child_id text not null references child (id),
    episode_id text not null,
    since_us bigint not null,
    person text not null references person (id),
    raised_us bigint not null,
    seen_us bigint,
    primary key (child_id, episode_id, since_us, person)
);
create index silence_person on silence (person, raised_us);
