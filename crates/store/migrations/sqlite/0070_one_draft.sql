-- What a half filled form is of: its rulebook, edition, form, event and episode. A person has one draft of it about a child, wherever it was
-- opened; what an earlier version kept has none, and stays as it is.
alter table form_draft add column subject text not null default '';
create unique index form_draft_subject on form_draft (person_id, child_id, subject) where subject <> '';
