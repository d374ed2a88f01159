-- What administrators and the program itself changed beside the records: each line names a row and the hash of it as it stands afterwards,
-- empty where it is gone, and is chained to the line before. `taken`: what was there before the journal has been taken into it.
create table deed (
    seq integer primary key not null,
    subject text not null,
    key text not null,
    state text not null,
    hash text not null
) strict;
create index deed_of on deed (subject, key, seq);
create table deed_head (
    id integer primary key not null check (id = 1),
    seq integer not null,
    hash text not null,
    taken integer not null check (taken in (0, 1))
) strict;
insert into deed_head (id, seq, hash, taken) values (1, 0, '', 0);
create trigger deed_never_deleted before delete on deed
begin
    select raise(abort, 'the journal is never changed');
end;
create trigger deed_never_changed before update on deed
begin
    select raise(abort, 'the journal is never changed');
end;

-- When the database was last checked, and when it was last backed up, with what came of it. For the health page alone.
create table standing (
    name text primary key not null,
    at_us integer not null,
    says text not null
) strict;
