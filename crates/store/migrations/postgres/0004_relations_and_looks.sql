-- Who is related to a child, from when until when, with its history: an agency, or one person. `kind` is a tie of policy/, `usual` for what
-- an agency of its kind is to a child, or `barred` for who must not see. For `grace_us` after its end what is still owed can be seen and done.
create table relation (
    id text primary key not null,
    child_id text not null references child (id),
    agency_id text references agency (id),
    person_id text references person (id),
    kind text not null,
    from_us bigint not null,
    until_us bigint,
    grace_us bigint not null,
    reason text not null,
    made_by text not null,
    made_us bigint not null,
    ended_by text,
    ended_us bigint,
    check (agency_id is not null or person_id is not null)
);
create index relation_child on relation (child_id, agency_id);
create index relation_agency on relation (agency_id, child_id) where agency_id is not null;
create index relation_person on relation (person_id, child_id) where person_id is not null;
create index relation_barred on relation (child_id) where kind = 'barred';
insert into relation (id, child_id, agency_id, kind, from_us, grace_us, reason, made_by, made_us)
    select 'usual:' || child_id || ':' || agency_id, child_id, agency_id, 'usual', 0, 0, '', '', 0 from child_agency;

-- Who asked for access, broke the glass, or wants a withheld place opened; and what came of it.
create table request (
    id text primary key not null,
    child_id text not null references child (id),
    person_id text not null references person (id),
    agency_id text not null,
    kind text not null check (kind in ('ask', 'glass', 'second')),
    what text not null,
    reason text not null,
    at_us bigint not null,
    until_us bigint not null,
    answer text,
    words text,
    answered_by text,
    answered_us bigint
);
create index request_child on request (child_id, at_us);
create index request_person on request (person_id, at_us);
create index request_open on request (at_us) where answered_us is null;

-- Places that are withheld: seen by two together, and by nobody alone.
create table withheld (
    child_id text not null references child (id),
    place text not null,
    reason text not null,
    by_person text not null,
    at_us bigint not null,
    lifted_by text,
    lifted_us bigint,
    primary key (child_id, place, at_us)
);

-- What somebody has to be told beside the duties. Names no child: its page does, to whoever may see it.
create table if not exists notice (
    id bigint generated always as identity primary key,
    person text not null references person (id),
    says text not null,
    link text not null,
    made_us bigint not null,
    seen_us bigint
);
create index if not exists notice_person on notice (person, made_us) where seen_us is null;

-- Where people who sign in live, so that looks at children of the same street are shown to those who guard the records.
create table home (
    person_id text primary key not null references person (id),
    address text not null
);

-- Police incident numbers, by which a child is found.
create table incident (
    number text not null,
    child_id text not null references child (id),
    primary key (number, child_id)
);
create index incident_child on incident (child_id);

-- The log of looks: append-only, one chain for all. `hash` is empty for what was noted before there was a chain.
create table look (
    seq bigint primary key not null,
    at_us bigint not null,
    person_id text not null,
    post text not null,
    agency_id text not null,
    child_id text,
    what text not null,
    class text not null,
    purpose text not null,
    session text not null,
    hash text not null
);
create index look_child on look (child_id, at_us) where child_id is not null;
create index look_person on look (person_id, at_us);
create table look_head (
    id bigint primary key not null check (id = 1),
    seq bigint not null,
    hash text not null
);
insert into look (seq, at_us, person_id, post, agency_id, child_id, what, class, purpose, session, hash)
    select id, at_us, person_id, '', '', child_id, what, '', '', '', '' from access;
insert into look_head (id, seq, hash) select 1, coalesce(max(seq), 0), '' from look;
drop table access;
create trigger look_never_changed before update or delete on look
for each row execute function chain_refuse('the log of looks is never changed');
create trigger look_never_emptied before truncate on look
for each statement execute function chain_refuse('the log of looks is never changed');
