-- A provider of accounts is kept on pages: by whom it was last changed, and one after the other.
alter table provider add column version bigint not null default 1;
alter table provider add column changed_by text references person (id);
alter table provider add column changed_us bigint;

-- What takes two people may be about a provider, and so about nobody; and whoever runs the server may propose it, on the command line.
alter table proposal drop constraint proposal_kind_check;
alter table proposal add constraint proposal_kind_check check (kind in ('post', 'recovery', 'provider'));
alter table proposal alter column person drop not null;
alter table proposal alter column proposed_by drop not null;
