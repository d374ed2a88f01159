//! Loads the vocabulary and checks it against itself: every word gets its place in a first pass (`roles`, `facts`, `events`), what words
//! mean by other words is read in a second (`meanings`).

mod events;
mod facts;
mod finish;
mod meanings;
mod roles;
mod shown;

use super::group::{self, Group};
use super::role::Role;
use super::source::File;
use super::{
    Action, Authority, Event, EventId, Fact, FactGroup, Form, Index, PoliceForce, Vocabulary, authority, force,
};
use crate::calendar::Length;
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use toml::Spanned;

/// Loads the vocabulary from its files.
///
/// # Errors
/// Everything wrong in them: code R00 for shape, V01 for words, V02 for words that the engine needs and are missing.
pub fn load(files: &[SourceFile]) -> Result<Vocabulary, Vec<Diagnostic>> {
    let mut loader = Loader::default();
    let mut parsed = Vec::new();
    for file in files {
        match file.toml::<File>() {
            Ok(content) => parsed.push((file, content)),
            Err(problem) => loader.problems.push(problem),
        }
    }
    for (file, content) in &parsed {
        loader.fact_groups(file, &content.fact_group);
        authority::read(file, &content.authority, &mut loader.authorities, &mut loader.problems);
        force::read(file, &content.police_force, &mut loader.police_forces, &mut loader.problems);
    }
    for (file, content) in &parsed {
        loader.words(file, content);
    }
    let roles: Vec<String> = loader.roles.iter().map(|r| r.id.clone()).collect();
    for (file, content) in &parsed {
        group::read(file, &content.group, &roles, &mut loader.groups, &mut loader.problems);
    }
    let made_up = [("episode.started", "the episode began"), ("episode.ended", "the child came back")];
    for (id, name) in made_up {
        loader.index.events.insert(id.into(), EventId(loader.events.len() as u16));
        loader.events.push(events::made_up(id, name));
    }
    loader.base_fields();
    loader.decided();
    for (file, content) in &parsed {
        loader.meanings(file, content);
    }
    loader.finish()
}

#[derive(Default)]
struct Loader {
    problems: Vec<Diagnostic>,
    roles: Vec<Role>,
    groups: Vec<Group>,
    fact_groups: Vec<FactGroup>,
    authorities: Vec<Authority>,
    police_forces: Vec<PoliceForce>,
    facts: Vec<Fact>,
    events: Vec<Event>,
    actions: Vec<Action>,
    forms: Vec<Form>,
    fields: Vec<String>,
    holidays: Vec<jiff::civil::Date>,
    learned_within: Option<Length>,
    index: Index,
}

impl Loader {
    fn wrong(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Diagnostic::error("V01", place, message, help));
    }

    /// First pass: every word gets its place, so that later ones may refer to earlier and later ones alike.
    fn words(&mut self, file: &SourceFile, content: &File) {
        if let Some(text) = &content.learned_within {
            match Length::parse(text.get_ref()) {
                Ok(length) => self.learned_within = Some(length),
                Err(why) => self.wrong(file.place(text.span()), why, "write it like `28 days`"),
            }
        }
        self.roles(file, &content.role);
        for fact in &content.fact {
            self.fact(file, fact);
        }
        for event in &content.event {
            self.event(file, event);
        }
        for action in &content.action {
            self.action(file, action);
        }
        for form in &content.form {
            if self.index.forms.insert(form.id.get_ref().clone(), self.forms.len()).is_some() {
                self.twice(file, &form.id);
            }
            self.forms.push(Form { id: form.id.get_ref().clone(), name: form.name.clone(), doc: form.doc.clone() });
        }
        for holiday in &content.bank_holiday {
            match holiday.date.get_ref().parse() {
                Ok(date) => self.holidays.push(date),
                Err(_) => self.wrong(file.place(holiday.date.span()), "not a date", "write it like `2026-12-25`"),
            }
        }
    }

    fn twice(&mut self, file: &SourceFile, id: &Spanned<String>) {
        self.wrong(
            file.place(id.span()),
            format!("`{}` is declared twice", id.get_ref()),
            "keep one; a word has one meaning",
        );
    }
}
