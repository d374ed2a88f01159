-- The same tables as in ../postgres, where a standby of PostgreSQL's own does this and both stay empty.
-- What a follower is still to be sent: the table and the key of each row that was written, in order. It holds nothing of the row itself, so that
-- what is erased is erased here too. Triggers write it, which are made when a server is told to have a follower.
create table to_follow (
    seq integer primary key autoincrement,
    subject text not null,
    key text not null
) strict;
-- A line where this database has a follower (`side` is `server`) or is the copy of one (`copy`). `line` tells this succession of places from
-- any other; `position` is the place up to which the follower has everything, -1 before it has its first copy.
create table following (
    id integer primary key not null check (id = 1),
    side text not null,
    line text not null,
    follower text not null,
    position integer not null,
    alone_since_us integer,
    taken_us integer
) strict;
