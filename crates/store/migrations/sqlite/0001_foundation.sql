-- The same tables as in ../postgres. Times are UTC microseconds. A test holds the two equal, table by table and column by column.

create table agency (
    id text primary key not null,
    name text not null,
    kind text not null
) strict;

create table person (
    id text primary key not null,
    username text not null unique,
    name text not null,
    role text not null,
    agency text not null references agency (id),
    password_hash text not null,
    relation_to_all integer not null check (relation_to_all in (0, 1)),
    active integer not null check (active in (0, 1))
) strict;
create index person_agency on person (agency);

-- A child: where its record stands, and what lists say of it.
create table child (
    id text primary key not null,
    created_us integer not null,
    version integer not null,
    head text not null,
    name text not null,
    folded text not null,
    date_of_birth text,
    photo text,
    agencies text not null,
    next_change_us integer
) strict;
create index child_folded on child (folded, id);
create index child_next_change on child (next_change_us) where next_change_us is not null;

create table child_agency (
    agency_id text not null references agency (id),
    child_id text not null references child (id),
    primary key (agency_id, child_id)
) strict, without rowid;
create index child_agency_child on child_agency (child_id);

-- The words of the names, for the search by how they begin.
create table child_token (
    token text not null,
    child_id text not null references child (id),
    primary key (token, child_id)
) strict, without rowid;
create index child_token_child on child_token (child_id);

-- The record of a child: append-only, each row hashed with the one before it.
create table chain (
    child_id text not null references child (id),
    seq integer not null,
    kind text not null,
    occurred_us integer not null,
    recorded_us integer not null,
    actor text not null,
    payload text,
    salt text,
    commitment text not null,
    hash text not null,
    primary key (child_id, seq)
) strict;
create trigger chain_never_deleted before delete on chain
begin
    select raise(abort, 'rows of a record are never deleted');
end;
create trigger chain_only_erased before update on chain
when new.payload is not null or new.salt is not null
    or new.child_id <> old.child_id or new.seq <> old.seq or new.kind <> old.kind
    or new.occurred_us <> old.occurred_us or new.recorded_us <> old.recorded_us
    or new.actor <> old.actor or new.commitment <> old.commitment or new.hash <> old.hash
begin
    select raise(abort, 'rows of a record are never changed, only erased');
end;

-- The answers to writes, by their idempotency key.
create table write_key (
    key text primary key not null,
    child_id text not null,
    version integer not null,
    first_seq integer not null,
    made_us integer not null
) strict;
create index write_key_made on write_key (made_us);

create table episode (
    child_id text not null references child (id),
    id text not null,
    started_us integer not null,
    ended_us integer,
    status text,
    risk text,
    risk_since_us integer,
    reported integer not null check (reported in (0, 1)),
    last_entry_us integer,
    last_entry text,
    next_limit_us integer,
    next_limit text,
    fingerprint text not null,
    primary key (child_id, id)
) strict;
create index episode_open on episode (next_limit_us, started_us) where ended_us is null;
create index episode_open_child on episode (child_id, started_us) where ended_us is null;

-- `urgency_us`: the limit, or the end of time where there is none, so that an index has the most pressing first.
-- `alerted`: 0 nothing raised yet, 1 the reminder, 2 the overdue alert. It only saves looking: `alert` decides.
create table duty (
    child_id text not null references child (id),
    key text not null,
    episode_id text,
    rulebook text not null,
    rule text not null,
    action text not null,
    label text not null,
    owner text,
    modality text not null,
    state text not null,
    arises_us integer not null,
    due_us integer,
    done_us integer,
    remind_us integer,
    provisions text not null,
    limit_words text,
    line text,
    silent integer not null check (silent in (0, 1)),
    open integer not null check (open in (0, 1)),
    urgency_us integer not null,
    alerted integer not null default 0,
    fingerprint text not null,
    primary key (child_id, key)
) strict;
create index duty_open_owner on duty (owner, urgency_us, arises_us, child_id, key) where open;
create index duty_open_child on duty (child_id, owner) where open;
create index duty_to_remind on duty (remind_us) where open and not silent and alerted < 1;
create index duty_to_alert on duty (due_us) where open and not silent and alerted < 2;

create table alert (
    id integer primary key autoincrement,
    child_id text not null references child (id),
    duty_key text not null,
    kind text not null check (kind in ('reminder', 'overdue')),
    episode_id text,
    owner text,
    label text not null,
    due_us integer not null,
    raised_us integer not null,
    acknowledged_us integer,
    acknowledged_by text references person (id),
    unique (child_id, duty_key, kind, due_us)
) strict;
create index alert_waiting on alert (owner, raised_us) where acknowledged_us is null;
create index alert_waiting_child on alert (child_id, owner) where acknowledged_us is null;
create index alert_seen on alert (owner, acknowledged_us) where acknowledged_us is not null;
create index alert_seen_child on alert (child_id, owner) where acknowledged_us is not null;

-- What live pages follow.
create table change (
    seq integer primary key autoincrement,
    child_id text not null,
    kind text not null check (kind in ('record', 'derived', 'alert'))
) strict;

create table session (
    token_hash text primary key not null,
    person text not null references person (id),
    csrf text not null,
    created_us integer not null,
    seen_us integer not null,
    expires_us integer not null
) strict;
create index session_person on session (person);
create index session_expires on session (expires_us);

-- Sign-ins that failed.
create table attempt (
    username text not null,
    address text not null,
    at_us integer not null
) strict;
create index attempt_username on attempt (username, at_us);
create index attempt_address on attempt (address, at_us);
create index attempt_at on attempt (at_us);

create table draft (
    person_id text not null references person (id),
    id text not null,
    kind text not null,
    child_id text references child (id),
    body text not null,
    updated_us integer not null,
    primary key (person_id, id)
) strict;

create table access (
    id integer primary key autoincrement,
    at_us integer not null,
    person_id text not null references person (id),
    child_id text not null references child (id),
    what text not null
) strict;
create index access_child on access (child_id, at_us);
create index access_person on access (person_id, at_us);
