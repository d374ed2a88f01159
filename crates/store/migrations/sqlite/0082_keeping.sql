-- Until when records are kept, beside what the law says: who holds one, with the reason; who says that one may be let go.
create table keeping (
    id text primary key not null,
    child_id text not null references child (id),
    kind text not null check (kind in ('hold', 'release')),
    reason text not null,
    by_person text not null,
    at_us integer not null,
    ended_by text,
    ended_why text,
    ended_us integer
) strict;
create index keeping_child on keeping (child_id, at_us);
