-- The same tables as in ../postgres.
-- What a child is known by, as keys that are looked up by equality: two records of one child share one of them. Derived from the record.
create table mark (
    kind text not null,
    value text not null,
    child_id text not null references child (id),
    primary key (kind, value, child_id)
) strict, without rowid;
create index mark_child on mark (child_id);

-- The record that this one was merged into, as its chain says. Such a record is in no list; its address leads to the other.
alter table child add column merged_into text references child (id);
create index child_merged on child (merged_into) where merged_into is not null;

-- Where a row that was brought in came from: the source that a mapping names, and the id that it has there. What is brought in again is known by it.
create table brought (
    source text not null,
    kind text not null,
    id text not null,
    ours text not null,
    says text not null,
    primary key (source, kind, id)
) strict, without rowid;
create index brought_ours on brought (ours);

-- Postcodes, or the first part of them, with the authority in whose area they lie: what the area itself has brought in.
create table postcode (
    code text primary key not null,
    authority text not null
) strict, without rowid;

-- Records that are there already are worked out again by the worker, and have their keys then.
update child set next_change_us = 0;
