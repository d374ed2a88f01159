-- That an action which a panel agreed is overdue: raised once for each limit, whichever worker sees it first, and seen by whoever owns it. It
-- clears itself when the action is done or given more time: then its limit is no longer this one.
create table late (
    seq integer primary key autoincrement,
    area text not null,
    subject text not null,
    due_us integer not null,
    raised_us integer not null,
    seen_by text references person (id),
    seen_us integer,
    unique (area, subject, due_us)
) strict;
