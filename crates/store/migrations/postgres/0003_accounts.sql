-- Agencies, teams, people and their posts; children allocated to people; how people sign in.

-- The area whose rulebook says what office hours are; `only_appears`: in records, and its people do not sign in.
alter table agency add column area text;
alter table agency add column only_appears boolean not null default false;
alter table agency add column version bigint not null default 1;

create table team (
    id text primary key not null,
    agency text not null references agency (id),
    name text not null,
    unique (agency, name)
);

-- `used_us`: when somebody last signed in, or was let in; an account that nobody uses is locked.
alter table person add column used_us bigint;

-- What a person does, for whom, and for how long. `source`: kept by an administrator, or made by the rule of a provider of accounts.
-- `settled_us`: when what was left of a post that ended was passed on.
create table post (
    id text primary key not null,
    person text not null references person (id),
    role text not null,
    agency text not null references agency (id),
    team text references team (id),
    kind text not null check (kind in ('own', 'acting', 'on_call', 'cover')),
    from_us bigint not null,
    until_us bigint,
    source text not null check (source in ('kept', 'rule')),
    made_by text,
    version bigint not null,
    settled_us bigint
);
create index post_person on post (person);
create index post_agency on post (agency, role);
create index post_to_settle on post (until_us) where until_us is not null and settled_us is null;
insert into post (id, person, role, agency, kind, from_us, source, version)
select 'post-' || id, id, role, agency, 'own', 0, 'kept', 1 from person;

-- A child is somebody's, or, where `person` is empty, a team's or an agency's.
create table allocation (
    id text primary key not null,
    child_id text not null references child (id),
    role text not null,
    agency text not null references agency (id),
    team text references team (id),
    person text references person (id),
    from_us bigint not null,
    until_us bigint,
    made_by text,
    before text
);
create index allocation_child on allocation (child_id) where until_us is null;
create index allocation_person on allocation (person) where until_us is null;

-- What somebody has to be told beside the duties. Names no child: its page does, to whoever may see it.
create table notice (
    id bigint generated always as identity primary key,
    person text not null references person (id),
    says text not null,
    link text not null,
    made_us bigint not null,
    seen_us bigint
);
create index notice_person on notice (person, made_us) where seen_us is null;

-- What takes two people: one proposes, another confirms or refuses.
create table proposal (
    id text primary key not null,
    kind text not null check (kind in ('post', 'recovery')),
    agency text not null references agency (id),
    person text not null references person (id),
    body text not null,
    reason text not null,
    proposed_by text not null references person (id),
    proposed_us bigint not null,
    decided_by text references person (id),
    decided_us bigint,
    outcome text check (outcome in ('confirmed', 'refused'))
);
create index proposal_waiting on proposal (agency, proposed_us) where decided_us is null;

-- Links that open once: the first administrator's, an invitation, a way back in.
create table door (
    token_hash text primary key not null,
    kind text not null check (kind in ('first', 'invitation', 'recovery')),
    person text references person (id),
    made_us bigint not null,
    expires_us bigint not null,
    used_us bigint
);
create index door_person on door (person);

-- `seen_us` is the last thing that the person did; a while after it the session is locked, and opens again to nobody else.
-- `how`: password, password and code, passkey, or the agency's account. `confirmed_us`: when the person last showed who they are.
alter table session add column id text not null default '';
alter table session add column device text not null default '';
alter table session add column how text not null default 'password';
alter table session add column confirmed_us bigint not null default 0;
alter table session add column locked_us bigint;
alter table session add column post text not null default '';
update session set id = token_hash;

-- What was typed when a session was locked or had ended: given back to that person and nobody else.
create table kept (
    id text primary key not null,
    person text not null references person (id),
    path text not null,
    body text not null,
    at_us bigint not null
);
create index kept_person on kept (person, at_us);

-- Guesses, counted before they are looked at. The row's lock makes the count exact, however many come at once.
create table throttle (
    key text primary key not null,
    count bigint not null,
    last_us bigint not null
);
create index throttle_last on throttle (last_us);

-- Browsers on which somebody has signed in before.
create table device (
    token_hash text not null,
    person text not null references person (id),
    seen_us bigint not null,
    primary key (token_hash, person)
);
create index device_seen on device (seen_us);

create table passkey (
    id text primary key not null,
    person text not null references person (id),
    name text not null,
    credential text not null,
    added_us bigint not null,
    used_us bigint
);
create index passkey_person on passkey (person);

-- Codes of an authenticator app. `last_step`: a code is taken once. Not `confirmed_us` yet: the app was not set up to the end.
create table totp (
    person text primary key not null references person (id),
    secret text not null,
    added_us bigint not null,
    confirmed_us bigint,
    last_step bigint not null
);

-- A sign-in that is half way: what was asked of a browser or of a provider, until it answers. Taken once.
create table ceremony (
    id text primary key not null,
    kind text not null,
    person text,
    body text not null,
    expires_us bigint not null
);
create index ceremony_expires on ceremony (expires_us);

-- Providers of an agency's own accounts (OpenID Connect), and who is who there. `rules`: which claim makes which post.
create table provider (
    id text primary key not null,
    agency text not null references agency (id),
    name text not null,
    issuer text not null,
    client_id text not null,
    client_secret text not null,
    rules text not null,
    active boolean not null
);
create table identity (
    provider text not null references provider (id),
    subject text not null,
    person text not null references person (id),
    linked_us bigint not null,
    primary key (provider, subject)
);
create index identity_person on identity (person);

-- What was left when a cover ended, and what whoever covered said of it.
create table handover (
    id text primary key not null,
    agency text not null references agency (id),
    from_us bigint not null,
    until_us bigint not null,
    made_by text not null references person (id),
    made_us bigint not null,
    note text not null,
    body text not null
);
create index handover_until on handover (until_us);

-- Rows that writers lock to go one after the other, and secrets that the servers of one database share.
create table guard (
    name text primary key not null,
    value text not null
);
insert into guard (name, value) values ('administrators', '');
