-- A provider of accounts is kept on pages: by whom it was last changed, and one after the other.
alter table provider add column version integer not null default 1;
alter table provider add column changed_by text references person (id);
alter table provider add column changed_us integer;

-- What takes two people may be about a provider, and so about nobody; and whoever runs the server may propose it, on the command line.
alter table proposal rename to proposal_before;
create table proposal (
    id text primary key not null,
    kind text not null check (kind in ('post', 'recovery', 'provider')),
    agency text not null references agency (id),
    person text references person (id),
    body text not null,
    reason text not null,
    proposed_by text references person (id),
    proposed_us integer not null,
    decided_by text references person (id),
    decided_us integer,
    outcome text check (outcome in ('confirmed', 'refused'))
) strict;
insert into proposal select id, kind, agency, person, body, reason, proposed_by, proposed_us, decided_by, decided_us, outcome from proposal_before;
drop table proposal_before;
create index proposal_waiting on proposal (agency, proposed_us) where decided_us is null;
