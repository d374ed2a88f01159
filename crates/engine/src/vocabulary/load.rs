//! Loads the vocabulary and checks it against itself.

use super::source::{self, File};
use super::{
    Action, ActionId, ActionKind, Derived, EpisodeEffect, Event, EventId, Fact, FactId, Field, FieldId, Form, Index,
    Known, Met, Role, Scope, SetTo, Sets, Vocabulary,
};
use crate::calendar::Calendar;
use crate::condition::{Condition, Fields, Words, parse};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use crate::value::{Type, Value};
use crate::words::{did_you_mean, sym};
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
        loader.words(file, content);
    }
    let made_up = [("episode.started", "the episode began"), ("episode.ended", "the child came back")];
    for (id, name) in made_up {
        loader.index.events.insert(id.into(), EventId(loader.events.len() as u16));
        loader.events.push(made_up_event(id, name));
    }
    loader.base_fields();
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
        episode: EpisodeEffect::Within,
        start_at: None,
        after_return: false,
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
    facts: Vec<Fact>,
    events: Vec<Event>,
    actions: Vec<Action>,
    forms: Vec<Form>,
    fields: Vec<String>,
    holidays: Vec<jiff::civil::Date>,
    index: Index,
}

impl Loader {
    fn wrong(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Diagnostic::error("V01", place, message, help));
    }

    /// First pass: every word gets its place, so that later ones may refer to earlier and later ones alike.
    fn words(&mut self, file: &SourceFile, content: &File) {
        for role in &content.role {
            if self.roles.iter().any(|r| r.id == *role.id.get_ref()) {
                self.twice(file, &role.id);
                continue;
            }
            self.index.roles.insert(role.id.get_ref().clone(), self.roles.len());
            if !["person", "team", "body", "outside"].contains(&role.kind.get_ref().as_str()) {
                self.wrong(
                    file.place(role.kind.span()),
                    format!("unknown kind `{}`", role.kind.get_ref()),
                    "write person, team, body or outside",
                );
            }
            self.roles.push(Role {
                id: role.id.get_ref().clone(),
                name: role.name.clone(),
                kind: role.kind.get_ref().clone(),
                doc: role.doc.clone(),
            });
        }
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

    fn fact(&mut self, file: &SourceFile, fact: &source::Fact) {
        let id = fact.id.get_ref();
        let scope = match id.split('.').next() {
            Some("child" | "placement") => Scope::Child,
            Some("episode") => Scope::Episode,
            Some("clock") => Scope::Clock,
            _ => {
                self.wrong(
                    file.place(fact.id.span()),
                    format!("`{id}` is about nothing"),
                    "begin it with child., placement., episode. or clock.",
                );
                Scope::Child
            }
        };
        let kind = self.kind(file, &fact.kind, &fact.values);
        let if_silent = match fact.if_silent.as_ref().map(|v| (v.get_ref(), v.span())) {
            None => Value::Unknown,
            Some((value, span)) => self.constant(file, value, &kind, span),
        };
        let derived = fact.derived.as_ref().and_then(|d| self.derived(file, d));
        if self.index.facts.insert(id.clone(), FactId(self.facts.len() as u16)).is_some() {
            self.twice(file, &fact.id);
        }
        let place = file.place(fact.id.span());
        self.facts.push(Fact { id: id.clone(), scope, kind, doc: fact.doc.clone(), if_silent, derived, place });
    }

    fn derived(&mut self, file: &SourceFile, word: &Spanned<String>) -> Option<Derived> {
        let known = [
            ("age", Derived::Age),
            ("turns_18", Derived::Turns18),
            ("episode_start", Derived::EpisodeStart),
            ("episode_end", Derived::EpisodeEnd),
            ("episode_open", Derived::EpisodeOpen),
            ("missing_since", Derived::MissingSince),
            ("was_missing", Derived::WasMissing),
            ("was_away", Derived::WasAway),
            ("was_absent", Derived::WasAbsent),
            ("first_episode", Derived::FirstEpisode),
            ("missing_before", Derived::MissingBefore),
            ("office_hours", Derived::OfficeHours),
        ];
        let found = known.iter().find(|(w, _)| w == word.get_ref()).map(|(_, d)| *d);
        if found.is_none() {
            let help = did_you_mean(word.get_ref(), known.iter().map(|(w, _)| *w));
            self.wrong(file.place(word.span()), format!("the engine derives no `{}`", word.get_ref()), help);
        }
        found
    }

    fn kind(&mut self, file: &SourceFile, word: &Spanned<String>, values: &[String]) -> Type {
        match word.get_ref().as_str() {
            "yes-no" => Type::YesNo,
            "choice" => Type::Choice(values.to_vec()),
            "number" => Type::Number,
            "date" => Type::Date,
            "moment" => Type::Moment,
            "since" => Type::Since,
            "area" => Type::Area,
            "text" => Type::Text,
            "photograph" => Type::Photograph,
            "role" => Type::Role,
            "roles" => Type::Roles,
            "action" => Type::Action,
            "form" => Type::Form,
            other => {
                let known = [
                    "yes-no",
                    "choice",
                    "number",
                    "date",
                    "moment",
                    "since",
                    "area",
                    "text",
                    "photograph",
                    "role",
                    "roles",
                    "action",
                    "form",
                ];
                self.wrong(file.place(word.span()), format!("unknown type `{other}`"), did_you_mean(other, known));
                Type::Text
            }
        }
    }

    fn constant(&mut self, file: &SourceFile, value: &toml::Value, kind: &Type, span: std::ops::Range<usize>) -> Value {
        match (kind, value) {
            (Type::YesNo, toml::Value::Boolean(b)) => Value::Bool(*b),
            (Type::Number, toml::Value::Integer(n)) => Value::Number(*n),
            (Type::Choice(values), toml::Value::String(word)) if values.contains(word) => Value::Word(sym(word)),
            (Type::Role | Type::Area | Type::Form | Type::Action, toml::Value::String(word)) => Value::Word(sym(word)),
            _ => {
                self.wrong(
                    file.place(span),
                    format!("`{value}` is not a {}", kind.word()),
                    "write a value of the fact's type",
                );
                Value::Unknown
            }
        }
    }

    fn field_id(&mut self, word: &str) -> FieldId {
        if let Some(id) = self.index.fields.get(word) {
            return *id;
        }
        let id = FieldId(self.fields.len() as u16);
        self.fields.push(word.into());
        self.index.fields.insert(word.into(), id);
        id
    }

    fn base_fields(&mut self) {
        for word in ["by", "action", "decision", "meeting", "to", "about", "with", "what", "reason", "duty"] {
            self.field_id(word);
        }
    }

    fn event(&mut self, file: &SourceFile, event: &source::Event) {
        let mut fields = Vec::new();
        for field in &event.field {
            let id = field.id.get_ref();
            if ["by", "by_name", "note", "id", "event", "occurred_at", "recorded_at", "corrects", "episode"]
                .contains(&id.as_str())
            {
                self.wrong(
                    file.place(field.id.span()),
                    format!("every entry has `{id}` already"),
                    "choose another name",
                );
            }
            let kind = self.kind(file, &field.kind, &field.values);
            let number = self.field_id(id);
            fields.push(Field {
                id: id.clone(),
                field: number,
                kind,
                required: field.required,
                doc: field.doc.clone(),
            });
        }
        let episode = match event.episode.as_ref().map(|e| (e.get_ref().as_str(), e.span())) {
            None => EpisodeEffect::Within,
            Some(("starts", _)) => EpisodeEffect::Starts,
            Some(("ends", _)) => EpisodeEffect::Ends,
            Some((_, span)) => {
                self.wrong(file.place(span), "unknown effect", "write starts or ends");
                EpisodeEffect::Within
            }
        };
        if self.index.events.insert(event.id.get_ref().clone(), EventId(self.events.len() as u16)).is_some() {
            self.twice(file, &event.id);
        }
        let start_at = event.start_at.as_ref().map(|f| self.field_id(f.get_ref()));
        self.events.push(Event {
            id: event.id.get_ref().clone(),
            name: event.name.clone(),
            doc: event.doc.clone(),
            episode,
            start_at,
            after_return: event.after_return,
            fields,
            sets: Vec::new(),
            tells: event.tells.as_ref().map(|t| (sym(t.role.get_ref()), sym(t.about.get_ref()))),
            made_up: false,
            place: file.place(event.id.span()),
        });
    }

    fn action(&mut self, file: &SourceFile, action: &source::Action) {
        let kind = match action.kind.get_ref().as_str() {
            "notify" => ActionKind::Notify,
            "share" => ActionKind::Share,
            "meet" => ActionKind::Meet,
            "decide" => ActionKind::Decide,
            "record" => ActionKind::Record,
            "assess" => ActionKind::Assess,
            "interview" => ActionKind::Interview,
            "do" => ActionKind::Do,
            other => {
                let known = ["notify", "share", "meet", "decide", "record", "assess", "interview", "do"];
                self.wrong(
                    file.place(action.kind.span()),
                    format!("unknown kind `{other}`"),
                    did_you_mean(other, known),
                );
                ActionKind::Do
            }
        };
        if self.index.actions.insert(action.id.get_ref().clone(), ActionId(self.actions.len() as u16)).is_some() {
            self.twice(file, &action.id);
        }
        self.actions.push(Action {
            id: action.id.get_ref().clone(),
            sym: sym(action.id.get_ref()),
            name: action.name.clone(),
            doc: action.doc.clone(),
            kind,
            topic: action.about.as_ref().or(action.what.as_ref()).map(|t| sym(t.get_ref())),
            met_by: Vec::new(),
            only_by: action.only_by.iter().map(|r| sym(r.get_ref())).collect(),
            never_by: action.never_by.iter().map(|r| sym(r.get_ref())).collect(),
        });
    }

    /// Second pass: what words mean by other words.
    fn meanings(&mut self, file: &SourceFile, content: &File) {
        for event in &content.event {
            let Some(id) = self.index.events.get(event.id.get_ref()).copied() else { continue };
            let sets: Vec<Sets> = event.sets.iter().filter_map(|s| self.sets(file, id, s)).collect();
            self.events[id.0 as usize].sets = sets;
            self.start_at(file, event);
            if let Some(tells) = &event.tells
                && !self.index.roles.contains_key(tells.role.get_ref())
            {
                let help = did_you_mean(tells.role.get_ref(), self.index.roles.keys().map(String::as_str));
                self.wrong(file.place(tells.role.span()), format!("unknown role `{}`", tells.role.get_ref()), help);
            }
        }
        for action in &content.action {
            let Some(id) = self.index.actions.get(action.id.get_ref()).copied() else { continue };
            let met: Vec<Met> = action.met_by.iter().filter_map(|m| self.met(file, m)).collect();
            self.actions[id.0 as usize].met_by = met;
            for role in action.only_by.iter().chain(&action.never_by) {
                if !self.index.roles.contains_key(role.get_ref()) {
                    let help = did_you_mean(role.get_ref(), self.index.roles.keys().map(String::as_str));
                    self.wrong(file.place(role.span()), format!("unknown role `{}`", role.get_ref()), help);
                }
            }
        }
    }

    /// The start of an episode is a moment that the entry has.
    fn start_at(&mut self, file: &SourceFile, event: &source::Event) {
        let Some(start_at) = &event.start_at else { return };
        let moments: Vec<&str> =
            event.field.iter().filter(|f| f.kind.get_ref() == "moment").map(|f| f.id.get_ref().as_str()).collect();
        if !moments.contains(&start_at.get_ref().as_str()) {
            let message = format!("the event has no moment `{}`", start_at.get_ref());
            let help = did_you_mean(start_at.get_ref(), moments);
            self.wrong(file.place(start_at.span()), message, help);
        }
    }

    fn sets(&mut self, file: &SourceFile, event: EventId, sets: &source::Sets) -> Option<Sets> {
        let Some(fact) = self.index.facts.get(sets.fact.get_ref()).copied() else {
            let help = did_you_mean(sets.fact.get_ref(), self.index.facts.keys().map(String::as_str));
            self.wrong(file.place(sets.fact.span()), format!("unknown fact `{}`", sets.fact.get_ref()), help);
            return None;
        };
        let kind = self.facts[fact.0 as usize].kind.clone();
        let to = match (&sets.value, &sets.field, sets.moment) {
            (Some(value), None, false) => SetTo::Value(self.constant(file, value.get_ref(), &kind, value.span())),
            (None, Some(field), false) => {
                let known = &self.events[event.0 as usize].fields;
                match known.iter().find(|f| f.id == *field.get_ref()) {
                    Some(found) => SetTo::Field(found.field),
                    None => {
                        let help = did_you_mean(field.get_ref(), known.iter().map(|f| f.id.as_str()));
                        self.wrong(
                            file.place(field.span()),
                            format!("the event has no field `{}`", field.get_ref()),
                            help,
                        );
                        return None;
                    }
                }
            }
            (None, None, true) => SetTo::Moment,
            _ => {
                self.wrong(
                    file.place(sets.fact.span()),
                    "a fact is set to one thing",
                    "write one of value, field, moment = true",
                );
                return None;
            }
        };
        let when = self.condition(file, sets.when.as_ref(), &[event])?;
        Some(Sets { fact, to, when })
    }

    fn met(&mut self, file: &SourceFile, met: &source::MetBy) -> Option<Met> {
        let Some(event) = self.index.events.get(met.event.get_ref()).copied() else {
            let help = did_you_mean(met.event.get_ref(), self.index.events.keys().map(String::as_str));
            self.wrong(file.place(met.event.span()), format!("unknown event `{}`", met.event.get_ref()), help);
            return None;
        };
        let when = self.condition(file, met.when.as_ref(), &[event])?;
        Some(Met { event, when })
    }

    fn condition(
        &mut self,
        file: &SourceFile,
        text: Option<&Spanned<String>>,
        events: &[EventId],
    ) -> Option<Condition> {
        let Some(text) = text else { return Some(Condition::always()) };
        let words = Words {
            facts: &self.facts,
            events: &self.events,
            fields: &self.index.fields,
            is_role: &|w| self.index.roles.contains_key(w),
            is_action: &|w| self.index.actions.contains_key(w),
            is_form: &|w| self.index.forms.contains_key(w),
            settings: &[],
            here: None,
        };
        match parse(text.get_ref(), &words, Fields::Of(events)) {
            Ok(condition) => Some(condition),
            Err(problem) => {
                let place = file.place_inside(text.span(), problem.at);
                self.wrong(place, problem.message, problem.help);
                None
            }
        }
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
            if let Type::Choice(values) = kind {
                values.iter().for_each(|v| learn(v));
            }
        }
        for word in ["yes", "no", "child"] {
            learn(word);
        }
        let tells =
            self.events.iter().enumerate().filter_map(|(i, e)| e.tells.map(|(role, of)| (EventId(i as u16), role, of)));
        Ok(Vocabulary {
            tells: tells.collect(),
            roles: self.roles,
            facts: self.facts,
            events: self.events,
            actions: self.actions,
            forms: self.forms,
            fields: self.fields,
            calendar: Calendar::new(self.holidays),
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
            reason: field("reason"),
            duty: field("duty"),
            by: field("by"),
            status,
            date_of_birth,
        })
    }
}

impl Vocabulary {
    /// The words for conditions in a rulebook.
    pub fn condition_words<'a>(
        &'a self,
        settings: &'a [crate::condition::SettingWord],
        here: Option<crate::words::Sym>,
        is_role: &'a dyn Fn(&str) -> bool,
        is_action: &'a dyn Fn(&str) -> bool,
        is_form: &'a dyn Fn(&str) -> bool,
    ) -> Words<'a> {
        Words {
            facts: &self.facts,
            events: &self.events,
            fields: &self.index.fields,
            is_role,
            is_action,
            is_form,
            settings,
            here,
        }
    }
}
