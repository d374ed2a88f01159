-- What was typed on a form that was refused is kept like what was typed when a session had ended: bound to the session, and to the page on
-- which it was typed, so that the browser's Back gives it back.
alter table kept add column session text not null default '';
alter table kept add column page text not null default '';
create index kept_session on kept (session) where page <> '';
