//! Loads the vocabulary and checks it against itself: every word gets its place in a first pass (`roles`, `facts`, `events`), what words
//! mean by other words is read in a second (`meanings`).

mod events;
mod facts;
mod meanings;
mod roles;
mod shown;

use super::group::{self, Group};
use super::role::{Relations, Role};
use super::source::File;
use super::{
    Action, Areas, Authority, Class, Derived, EpisodeEffect, Event, EventId, Fact, FactGroup, FactId, Form, Index,
    Known, Vocabulary, authority,
};
use crate::calendar::{Calendar, Length};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use crate::value::Type;
use crate::words::sym;
use std::collections::HashMap;
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
        loader.events.push(made_up_event(id, name));
    }
    loader.base_fields();
    loader.decided();
    for (file, content) in &parsed {
        loader.meanings(file, content);
    }
    loader.finish()
}

fn made_up_event(id: &str, name: &str) -> Event {
    Event {
        id: id.into(),
        name: name.into(),
        doc: "Made up by the casebook.".into(),
        hint: String::new(),
        group: String::new(),
        episode: EpisodeEffect::Within,
        start_at: None,
        after_return: false,
        for_the_record: false,
        by_action: false,
        doer: None,
        joint: false,
        attaches: false,
        said_by: Vec::new(),
        class: Class::Ordinary,
        fields: Vec::new(),
        sets: Vec::new(),
        tells: None,
        made_up: true,
        place: Place { file: "vocabulary".into(), line: 0, column: 0 },
    }
}

#[derive(Default)]
struct Loader {
    problems: Vec<Diagnostic>,
    roles: Vec<Role>,
    groups: Vec<Group>,
    fact_groups: Vec<FactGroup>,
    authorities: Vec<Authority>,
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

    fn finish(mut self) -> Result<Vocabulary, Vec<Diagnostic>> {
        let known = self.known();
        if !self.problems.is_empty() {
            self.problems.sort_by(|a, b| a.place.cmp(&b.place));
            return Err(self.problems);
        }
        let Some(known) = known else { return Err(self.problems) };
        let mut names = HashMap::new();
        let mut learn = |word: &str| {
            names.insert(sym(word), word.to_string());
        };
        self.roles.iter().for_each(|r| learn(&r.id));
        self.actions.iter().for_each(|a| learn(&a.id));
        self.forms.iter().for_each(|f| learn(&f.id));
        let kinds =
            self.facts.iter().map(|f| &f.kind).chain(self.events.iter().flat_map(|e| e.fields.iter().map(|f| &f.kind)));
        for kind in kinds {
            if let Type::Choice(values) | Type::Answer(values) = kind {
                values.iter().for_each(|v| learn(v));
            }
        }
        for word in ["yes", "no", "child"] {
            learn(word);
        }
        let tells =
            self.events.iter().enumerate().filter_map(|(i, e)| e.tells.map(|(role, of)| (EventId::at(i), role, of)));
        let within = self.authorities.iter().filter_map(|a| Some((sym(&a.id), sym(a.within.as_deref()?))));
        Ok(Vocabulary {
            relations: Relations::new(&self.roles),
            tells: tells.collect(),
            roles: self.roles,
            groups: self.groups,
            within: within.collect(),
            fact_groups: self.fact_groups,
            authorities: self.authorities,
            facts: self.facts,
            events: self.events,
            actions: self.actions,
            forms: self.forms,
            fields: self.fields,
            calendar: Calendar::new(self.holidays),
            learned_within: self.learned_within.unwrap_or(Length::Days(28)),
            known,
            names,
            index: self.index,
        })
    }

    /// The words that the engine itself uses.
    fn known(&mut self) -> Option<Known> {
        let mut missing = Vec::new();
        let mut event = |word: &str| {
            let found = self.index.events.get(word).copied();
            if found.is_none() {
                missing.push(format!("event `{word}`"));
            }
            found.unwrap_or(EventId(0))
        };
        let started = event("episode.started");
        let ended = event("episode.ended");
        let acted = event("action.recorded");
        let decided = event("decision.recorded");
        let met = event("meeting.held");
        let notified = event("notification.sent");
        let shared = event("information.shared");
        let waived = event("duty.waived");
        let mut fact = |word: &str| {
            let found = self.index.facts.get(word).copied();
            if found.is_none() {
                missing.push(format!("fact `{word}`"));
            }
            found.unwrap_or(FactId(0))
        };
        let out_of_area = self.facts.iter().any(|f| f.derived == Some(Derived::PlacedOutOfArea));
        let areas = out_of_area.then(|| Areas {
            responsible: fact("child.responsible_authority"),
            host: fact("placement.host_authority"),
            recorded: fact("placement.out_of_area"),
        });
        let status = fact("episode.status");
        let date_of_birth = fact("child.date_of_birth");
        if !missing.is_empty() {
            let place = Place { file: "vocabulary".into(), line: 0, column: 0 };
            let message = format!("the engine needs {}", missing.join(", "));
            self.problems.push(Diagnostic::error("V02", place, message, "declare it in rulebooks/vocabulary"));
            return None;
        }
        let field = |word: &str| self.index.fields[word];
        Some(Known {
            episode_started: started,
            episode_ended: ended,
            action_recorded: acted,
            decision_recorded: decided,
            meeting_held: met,
            notification_sent: notified,
            information_shared: shared,
            duty_waived: waived,
            action: field("action"),
            decision: field("decision"),
            meeting: field("meeting"),
            to: field("to"),
            about: field("about"),
            with: field("with"),
            what: field("what"),
            form: self.index.fields.get("form").copied(),
            reason: field("reason"),
            duty: field("duty"),
            by: field("by"),
            occurred_at: field("occurred_at"),
            recorded_at: field("recorded_at"),
            followed: field("followed"),
            answer: field("answer"),
            episodes: field("episodes"),
            status,
            whereabouts_known: self.index.facts.get("episode.whereabouts_known").copied(),
            date_of_birth,
            areas,
            reported: self.index.facts.get("episode.reported").copied(),
            known_from: self.index.facts.get("child.known_from").copied(),
            expected_birth: self.index.facts.get("child.expected_date_of_birth").copied(),
            disputed_birth: self.index.facts.get("child.date_of_birth_disputed").copied(),
        })
    }
}
