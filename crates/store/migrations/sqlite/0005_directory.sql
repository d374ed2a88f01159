-- The same tables as in ../postgres.
-- Where an agency that cares for children is, who runs it, and by which numbers it is reached: a home that uses Whereabouts, and one that only
-- appears in records. `address_class`: `ordinary`, or `whereabouts` where an address is told only to those who may know where a child lives.
create table directory (
    agency text primary key not null references agency (id),
    registration text not null,
    provider text not null,
    manager text not null,
    phone_day text not null,
    phone_night text not null,
    address text not null,
    address_class text not null check (address_class in ('ordinary', 'whereabouts')),
    host text not null,
    version integer not null,
    changed_by text not null,
    changed_us integer not null
) strict;
