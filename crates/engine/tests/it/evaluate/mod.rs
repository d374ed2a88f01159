//! Evaluation, construct by construct of `docs/rulebook-language.md`, on the rulebook in `fixtures/evaluate/area`.

mod on;
