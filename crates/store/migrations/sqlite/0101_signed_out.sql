-- Whoever signs out in one window may have typed in another. By what the forms of the session brought along it is known for a while whose they
-- were, so that what is sent from there is kept for that person, and for nobody else.
alter table session add column form text not null default '';
create table signed_out (
    form text primary key,
    person text not null references person (id),
    expires_us integer not null
) strict;
create index signed_out_expires on signed_out (expires_us);
