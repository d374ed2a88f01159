-- The same tables as in ../sqlite. Times are UTC microseconds. A test holds the two equal, table by table and column by column.

create table agency (
    id text primary key not null,
    name text not null,
    kind text not null
);

create table person (
    id text primary key not null,
    username text not null unique,
    name text not null,
    role text not null,
    agency text not null references agency (id),
    password_hash text not null,
    relation_to_all boolean not null,
    active boolean not null
);
create index person_agency on person (agency);

-- A child: where its record stands, and what lists say of it.
create table child (
    id text primary key not null,
    created_us bigint not null,
    version bigint not null,
    head text not null,
    name text not null,
    folded text collate "C" not null,
    date_of_birth text,
    photo text,
    agencies text not null,
    next_change_us bigint
);
create index child_folded on child (folded, id);
create index child_next_change on child (next_change_us) where next_change_us is not null;

create table child_agency (
    agency_id text not null references agency (id),
    child_id text not null references child (id),
    primary key (agency_id, child_id)
);
create index child_agency_child on child_agency (child_id);

-- The words of the names, for the search by how they begin.
create table child_token (
    token text collate "C" not null,
    child_id text not null references child (id),
    primary key (token, child_id)
);
create index child_token_child on child_token (child_id);

-- The record of a child: append-only, each row hashed with the one before it.
create table chain (
    child_id text not null references child (id),
    seq bigint not null,
    kind text not null,
    occurred_us bigint not null,
    recorded_us bigint not null,
    actor text not null,
    payload text,
    salt text,
    commitment text not null,
    hash text not null,
    primary key (child_id, seq)
);
create function chain_refuse() returns trigger language plpgsql as $$
begin
    raise exception '%', tg_argv[0];
end $$;
create trigger chain_never_deleted before delete on chain
for each row execute function chain_refuse('rows of a record are never deleted');
create trigger chain_never_emptied before truncate on chain
for each statement execute function chain_refuse('rows of a record are never deleted');
create trigger chain_only_erased before update on chain for each row
when (new.payload is not null or new.salt is not null
    or new.child_id <> old.child_id or new.seq <> old.seq or new.kind <> old.kind
    or new.occurred_us <> old.occurred_us or new.recorded_us <> old.recorded_us
    or new.actor <> old.actor or new.commitment <> old.commitment or new.hash <> old.hash)
execute function chain_refuse('rows of a record are never changed, only erased');

-- The answers to writes, by their idempotency key.
create table write_key (
    key text primary key not null,
    child_id text not null,
    version bigint not null,
    first_seq bigint not null,
    made_us bigint not null
);
create index write_key_made on write_key (made_us);

create table episode (
    child_id text not null references child (id),
    id text not null,
    started_us bigint not null,
    ended_us bigint,
    status text,
    risk text,
    risk_since_us bigint,
    reported boolean not null,
    last_entry_us bigint,
    last_entry text,
    next_limit_us bigint,
    next_limit text,
    fingerprint text not null,
    primary key (child_id, id)
);
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
    arises_us bigint not null,
    due_us bigint,
    done_us bigint,
    remind_us bigint,
    provisions text not null,
    limit_words text,
    line text,
    silent boolean not null,
    open boolean not null,
    urgency_us bigint not null,
    alerted bigint not null default 0,
    fingerprint text not null,
    primary key (child_id, key)
);
create index duty_open_owner on duty (owner, urgency_us, arises_us, child_id, key) where open;
create index duty_open_child on duty (child_id, owner) where open;
create index duty_to_remind on duty (remind_us) where open and not silent and alerted < 1;
create index duty_to_alert on duty (due_us) where open and not silent and alerted < 2;

create table alert (
    id bigint generated always as identity primary key,
    child_id text not null references child (id),
    duty_key text not null,
    kind text not null check (kind in ('reminder', 'overdue')),
    episode_id text,
    owner text,
    label text not null,
    due_us bigint not null,
    raised_us bigint not null,
    acknowledged_us bigint,
    acknowledged_by text references person (id),
    unique (child_id, duty_key, kind, due_us)
);
create index alert_waiting on alert (owner, raised_us) where acknowledged_us is null;
create index alert_waiting_child on alert (child_id, owner) where acknowledged_us is null;
create index alert_seen on alert (owner, acknowledged_us) where acknowledged_us is not null;
create index alert_seen_child on alert (child_id, owner) where acknowledged_us is not null;

-- What live pages follow. `seq` is the transaction that wrote it: numbers of a sequence become visible out of order, and a reader that
-- had seen 5 would miss 4. Transactions below the oldest one still running are all settled.
create table change (
    seq bigint not null,
    child_id text not null,
    kind text not null check (kind in ('record', 'derived', 'alert'))
);
create index change_seq on change (seq);

create table session (
    token_hash text primary key not null,
    person text not null references person (id),
    csrf text not null,
    created_us bigint not null,
    seen_us bigint not null,
    expires_us bigint not null
);
create index session_person on session (person);
create index session_expires on session (expires_us);

-- Sign-ins that failed.
create table attempt (
    username text not null,
    address text not null,
    at_us bigint not null
);
create index attempt_username on attempt (username, at_us);
create index attempt_address on attempt (address, at_us);
create index attempt_at on attempt (at_us);

create table draft (
    person_id text not null references person (id),
    id text not null,
    kind text not null,
    child_id text references child (id),
    body text not null,
    updated_us bigint not null,
    primary key (person_id, id)
);

create table access (
    id bigint generated always as identity primary key,
    at_us bigint not null,
    person_id text not null references person (id),
    child_id text not null references child (id),
    what text not null
);
create index access_child on access (child_id, at_us);
create index access_person on access (person_id, at_us);
