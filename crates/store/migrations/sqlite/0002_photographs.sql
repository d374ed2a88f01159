-- Photographs of children. A row of the record names a picture by the SHA-256 of both its sizes (`id`), and keeps it from then on; a picture that no row
-- has kept for a day is cleared away. A picture may come before the record is opened, so that nothing refers to `child`.
create table photograph (
    child_id text not null,
    id text not null,
    picture blob not null,
    portrait blob not null,
    added_us integer not null,
    added_by text not null,
    kept integer not null check (kept in (0, 1)),
    primary key (child_id, id)
) strict;
create index photograph_waiting on photograph (added_us) where not kept;

-- What lists had here was a drawing of initials, which pages make themselves; from now on it is the id of the photograph.
alter table child rename column photo to photograph;
update child set photograph = null;
