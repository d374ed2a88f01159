-- What is kept of an area, and about no child: meetings of its panels, actions that they agreed, lines of its registers, acts that its duties
-- ask for, settings. Only appended to: the last row of an area, kind and subject is what holds, those before it are its history.
create table area_row (
    id text primary key not null,
    area text not null,
    kind text not null,
    subject text not null,
    n bigint not null check (n > 0),
    payload text not null,
    by_person text not null,
    by_role text not null,
    at_us bigint not null,
    key text not null unique,
    unique (area, kind, subject, n)
);
create index area_row_of on area_row (area, kind, at_us);
create trigger area_row_never_changed before update or delete on area_row
for each row execute function chain_refuse('what is kept of an area is only added to');
create trigger area_row_never_emptied before truncate on area_row
for each statement execute function chain_refuse('what is kept of an area is only added to');
create index duty_of_rule on duty (rulebook, rule) where open;
