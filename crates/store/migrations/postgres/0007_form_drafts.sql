-- A form half filled in: of one person, about one child, of one edition of a rulebook. `version` counts how often it was saved, so that a
-- second place that has it open is told; `place` is the page that saved it last, which may save again whatever answer it missed; `beside`
-- holds what was typed in another place and was not taken over, or nothing.
create table form_draft (
    id text primary key not null,
    person_id text not null references person (id),
    child_id text not null references child (id),
    rulebook text not null,
    edition text not null,
    form text not null,
    body text not null,
    beside text not null,
    place text not null,
    version bigint not null,
    begun_us bigint not null,
    saved_us bigint not null
);
create index form_draft_person on form_draft (person_id, saved_us);
create index form_draft_child on form_draft (child_id);
