-- What administrators and the program itself changed beside the records: each line names a row and the hash of it as it stands afterwards,
-- empty where it is gone, and is chained to the line before. `taken`: what was there before the journal has been taken into it.
create table deed (
    seq bigint primary key not null,
    subject text not null,
    key text not null,
    state text not null,
    hash text not null
);
create index deed_of on deed (subject, key, seq);
create table deed_head (
    id bigint primary key not null check (id = 1),
    seq bigint not null,
    hash text not null,
    taken boolean not null
);
insert into deed_head (id, seq, hash, taken) values (1, 0, '', false);
create trigger deed_never_changed before update or delete on deed
for each row execute function chain_refuse('the journal is never changed');
create trigger deed_never_emptied before truncate on deed
for each statement execute function chain_refuse('the journal is never changed');

-- When the database was last checked, and when it was last backed up, with what came of it. For the health page alone.
create table standing (
    name text primary key not null,
    at_us bigint not null,
    says text not null
);
