//! Turns duties, tables, refusals, warnings, conflicts and permissions from their files into what is run,
//! checking every word against the vocabulary. All problems are collected.

use super::loose::Loose;
use super::model::{
    Anchor, Cite, CountsFrom, Exception, Item, Limit, Modality, Outcome, Owner, Permission, Recipient, Repeat, Row,
    Rule, RuleScope, Rulebook, Step, Table, Trigger, Verdict, Who,
};
use super::source::{self, Cites, Text};
use crate::calendar::Length;
use crate::condition::{Condition, Fields, parse};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Path;
use crate::source::SourceFile;
use crate::value::Type;
use crate::vocabulary::{ActionId, ActionKind, EventId, FieldId, Met, MetBySource, Vocabulary};
use crate::words::{Sym, did_you_mean, did_you_mean_or, sym};
use std::ops::Range;

/// Compiles the blocks of one file into a rulebook.
pub(super) struct Compiler<'a> {
    pub vocabulary: &'a Vocabulary,
    pub file: &'a SourceFile,
    pub problems: &'a mut Vec<Diagnostic>,
    /// Ids of all tables of the rulebook, in order; tables may be used before they are declared.
    pub tables: &'a [String],
}

impl Compiler<'_> {
    pub(super) fn wrong(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let place = self.file.place(span);
        self.problems.push(Diagnostic::error(code, place, message, help));
    }

    pub(super) fn cites(&self, cites: &Cites) -> Vec<Cite> {
        cites.iter().map(|c| Cite { id: c.get_ref().clone(), place: self.file.place(c.span()) }).collect()
    }

    pub(super) fn role(&mut self, role: &Text) -> Option<Sym> {
        if self.vocabulary.role(role.get_ref()).is_some() {
            return Some(sym(role.get_ref()));
        }
        let known = self.vocabulary.roles.iter().map(|r| r.id.as_str());
        let help = did_you_mean_or(role.get_ref(), known, "the roles are in rulebooks/vocabulary/roles.toml");
        self.wrong("R03", role.span(), format!("unknown role `{}`", role.get_ref()), help);
        None
    }

    pub(super) fn action(&mut self, action: &Text) -> Option<ActionId> {
        let found = self.vocabulary.action(action.get_ref());
        if found.is_none() {
            let known = self.vocabulary.actions.iter().map(|a| a.id.as_str());
            let help = did_you_mean_or(action.get_ref(), known, "the actions are in rulebooks/vocabulary/actions/");
            self.wrong("R03", action.span(), format!("unknown action `{}`", action.get_ref()), help);
        }
        found
    }

    fn event(&mut self, event: &Text) -> Option<EventId> {
        let found = self.vocabulary.event(event.get_ref());
        if found.is_none() {
            let known = self.vocabulary.events.iter().map(|e| e.id.as_str());
            let help = did_you_mean_or(event.get_ref(), known, "the events are in rulebooks/vocabulary/events/");
            self.wrong("R03", event.span(), format!("unknown event `{}`", event.get_ref()), help);
        }
        found
    }

    /// A condition, or `always` when left out. A faulty one is reported and taken as always.
    pub(super) fn condition(&mut self, book: &Rulebook, text: Option<&Text>, events: Option<&[EventId]>) -> Condition {
        let Some(text) = text else { return Condition::always() };
        let v = self.vocabulary;
        let (is_role, is_action, is_form) =
            (|w: &str| v.role(w).is_some(), |w: &str| v.action(w).is_some(), |w: &str| v.form(w).is_some());
        let words = v.condition_words(&book.setting_words, Some(sym(&book.area)), &is_role, &is_action, &is_form);
        let fields = events.map_or(Fields::None, Fields::Of);
        match parse(text.get_ref(), &words, fields) {
            Ok(condition) => condition,
            Err(problem) => {
                let place = self.file.place_inside(text.span(), problem.at);
                self.problems.push(Diagnostic::error("R03", place, problem.message, problem.help));
                Condition::always()
            }
        }
    }

    fn length(&mut self, text: &Text) -> Option<Length> {
        match Length::parse(text.get_ref()) {
            Ok(length) => Some(length),
            Err(why) => {
                let (message, help) = why.split_once("; ").unwrap_or((&why, "write fewer"));
                self.wrong("R03", text.span(), message, help);
                None
            }
        }
    }

    pub(super) fn choice<T: Copy>(&mut self, text: Option<&Text>, known: &[(&str, T)], default: T) -> T {
        let Some(text) = text else { return default };
        match known.iter().find(|(word, _)| word == text.get_ref()) {
            Some((_, value)) => *value,
            None => {
                let help = did_you_mean(text.get_ref(), known.iter().map(|(w, _)| *w));
                self.wrong("R03", text.span(), format!("`{}` is not one of the words for this", text.get_ref()), help);
                default
            }
        }
    }

    pub(super) fn modality(&mut self, text: Option<&Text>, default: Modality) -> Modality {
        let known = [
            ("must", Modality::Must),
            ("should", Modality::Should),
            ("consider", Modality::Consider),
            ("may", Modality::May),
            ("prompt", Modality::Prompt),
        ];
        self.choice(text, &known, default)
    }

    fn met(&mut self, book: &Rulebook, met: &MetBySource) -> Option<Met> {
        let event = self.event(&met.event)?;
        let when = self.condition(book, met.when.as_ref(), Some(&[event]));
        Some(Met { event, when })
    }

    fn mets(&mut self, book: &Rulebook, mets: &source::MetBy) -> Vec<Met> {
        match mets.get_ref() {
            Loose::Word(_) => {
                self.wrong("R03", mets.span(), "`met_by` is a table or a list of tables", "write { event = \"...\" }");
                Vec::new()
            }
            Loose::Table(met) => self.met(book, met).into_iter().collect(),
            Loose::List(mets) => mets.iter().filter_map(|m| self.met(book, m)).collect(),
        }
    }

    /// A word with its place.
    fn spanned<T>(word: &str, like: &toml::Spanned<T>) -> Text {
        toml::Spanned::new(like.span(), word.to_string())
    }

    fn table_index(&mut self, id: &Text) -> Option<usize> {
        let found = self.tables.iter().position(|t| t == id.get_ref());
        if found.is_none() {
            let known = self.tables.iter().map(String::as_str);
            let help = did_you_mean_or(id.get_ref(), known, "write the [[table]], or name one that there is");
            self.wrong("R03", id.span(), format!("unknown table `{}`", id.get_ref()), help);
        }
        found
    }

    fn setting_index(&mut self, book: &Rulebook, id: &Text) -> Option<usize> {
        let found = book.settings.iter().position(|s| s.id == *id.get_ref());
        if found.is_none() {
            let known = book.settings.iter().map(|s| s.id.as_str());
            let help = did_you_mean_or(id.get_ref(), known, "write the [[setting]], or name one that there is");
            self.wrong("R03", id.span(), format!("unknown setting `{}`", id.get_ref()), help);
        }
        found
    }

    fn owner(&mut self, book: &Rulebook, owner: &source::Owner) -> Option<Owner> {
        match owner.get_ref() {
            Loose::Word(role) => self.role(&Self::spanned(role, owner)).map(Owner::Role),
            Loose::Table(source::OwnerOf { table: Some(table), setting: None }) => {
                self.table_index(table).map(Owner::Table)
            }
            Loose::Table(source::OwnerOf { table: None, setting: Some(setting) }) => {
                let index = self.setting_index(book, setting)?;
                let choices = book.settings[index].choices.clone();
                if choices.is_empty() || choices.iter().any(|c| self.vocabulary.role(c).is_none()) {
                    self.wrong(
                        "R03",
                        setting.span(),
                        "the choices of this setting are not all roles",
                        "an owner has to be a role",
                    );
                }
                Some(Owner::Setting(index))
            }
            _ => {
                self.wrong(
                    "R03",
                    owner.span(),
                    "an owner is one thing",
                    "write a role, { table = \"...\" } or { setting = \"...\" }",
                );
                None
            }
        }
    }

    /// A datetime fact, or `entry.<field>`.
    fn anchor(&mut self, text: Option<&Text>, events: &[EventId]) -> Option<Anchor> {
        let Some(text) = text else { return Some(Anchor::Arising) };
        let word = text.get_ref().as_str();
        if word == "trigger" {
            return Some(Anchor::Arising);
        }
        if let Some(field) = word.strip_prefix("entry.") {
            let found =
                events.iter().find_map(|e| self.vocabulary.event_field(*e, field)).filter(|f| f.kind == Type::Moment);
            if found.is_none() {
                self.wrong(
                    "R03",
                    text.span(),
                    format!("no event here has a moment `{field}`"),
                    "name a field of type moment of the triggering event",
                );
            }
            return found.map(|f| Anchor::Field(f.field));
        }
        let moments = || self.vocabulary.facts.iter().filter(|f| matches!(f.kind, Type::Moment | Type::Since));
        match self
            .vocabulary
            .fact(word)
            .filter(|f| matches!(self.vocabulary.fact_at(*f).kind, Type::Moment | Type::Since))
        {
            Some(fact) => Some(Anchor::Fact(fact)),
            None => {
                let help = did_you_mean(word, moments().map(|f| f.id.as_str()));
                self.wrong("R03", text.span(), format!("`{word}` is not a moment"), help);
                None
            }
        }
    }

    fn due(&mut self, book: &Rulebook, due: &source::Due, events: &[EventId]) -> Option<Limit> {
        let of = match due.get_ref() {
            Loose::Word(word) if word == "immediately" => return Some(Limit::Immediately),
            Loose::Table(of) => of,
            _ => {
                self.wrong("R03", due.span(), "this is not a limit", "write \"immediately\", or { within = \"72h\" }");
                return None;
            }
        };
        let stray = match of {
            source::DueOf { otherwise: Some(_), by: None, .. } => Some(("`else` without `by`", "leave `else` out")),
            source::DueOf { from: Some(_), by: Some(_), .. } | source::DueOf { from: Some(_), end_of_day: true, .. } => {
                Some(("`from` beside a moment of its own", "`from` goes with within, table and setting; leave it out"))
            }
            _ => None,
        };
        if let Some((message, help)) = stray {
            self.wrong("R03", due.span(), message, help);
        }
        match of {
            source::DueOf { end_of_day: true, within: None, by: None, table: None, setting: None, .. } => {
                Some(Limit::EndOfDay)
            }
            source::DueOf {
                end_of_day: false,
                within: Some(within),
                from,
                by: None,
                table: None,
                setting: None,
                ..
            } => Some(Limit::Within(self.length(within)?, self.anchor(from.as_ref(), events)?)),
            source::DueOf {
                end_of_day: false,
                within: None,
                by: Some(by),
                otherwise,
                table: None,
                setting: None,
                ..
            } => {
                let otherwise = match otherwise {
                    Some(limit) => Some(Box::new(self.due(book, limit, events)?)),
                    None => None,
                };
                Some(Limit::By(self.anchor(Some(by), events)?, otherwise))
            }
            source::DueOf {
                end_of_day: false,
                within: None,
                by: None,
                table: Some(table),
                setting: None,
                from,
                ..
            } => Some(Limit::Table(self.table_index(table)?, self.anchor(from.as_ref(), events)?)),
            source::DueOf {
                end_of_day: false,
                within: None,
                by: None,
                table: None,
                setting: Some(setting),
                from,
                ..
            } => {
                let index = self.setting_index(book, setting)?;
                if book.settings[index].kind != "duration" {
                    self.wrong(
                        "R03",
                        setting.span(),
                        "this setting is not a duration",
                        "a limit has to be a length of time",
                    );
                }
                Some(Limit::Setting(index, self.anchor(from.as_ref(), events)?))
            }
            _ => {
                self.wrong(
                    "R03",
                    due.span(),
                    "a limit is one thing",
                    "write one of within, by, end_of_day, table, setting",
                );
                None
            }
        }
    }

    fn on(&mut self, book: &Rulebook, on: &source::On, filter: Option<&Text>) -> (Vec<Met>, Condition) {
        let events = match on.get_ref() {
            Loose::Word(event) => {
                let event = self.event(&Self::spanned(event, on));
                event.map(|event| Met { event, when: Condition::always() }).into_iter().collect()
            }
            Loose::Table(met) => self.met(book, met).into_iter().collect::<Vec<_>>(),
            Loose::List(events) => events.iter().filter_map(|e| self.met(book, e)).collect::<Vec<_>>(),
        };
        let ids: Vec<EventId> = events.iter().map(|m| m.event).collect();
        let filter = self.condition(book, filter, Some(&ids));
        (events, filter)
    }

    fn trigger(&mut self, book: &Rulebook, duty: &source::Duty) -> Option<(Trigger, Condition)> {
        let a = &duty.arises;
        match (&a.on, &a.state) {
            (Some(on), None) => {
                let (events, filter) = self.on(book, on, a.filter.as_ref());
                let known = [("episode", RuleScope::Episode), ("child", RuleScope::Child)];
                let once = a.once.as_ref().map(|o| self.choice(Some(o), &known, RuleScope::Episode));
                let count = match &a.count {
                    Some(count) => Some((count.at_least, self.length(&count.within)?)),
                    None => None,
                };
                for text in [&a.lasted, &a.lasted_more_than, &a.since].into_iter().flatten() {
                    self.wrong(
                        "R03",
                        text.span(),
                        "this goes with `while`, not with `on`",
                        "use `while`, or leave it out",
                    );
                }
                if a.stands {
                    let help = "leave it out: what an event brought about stays until it is done";
                    self.wrong("R03", duty.id.span(), "`stands` goes with `while`, not with `on`", help);
                }
                Some((Trigger::On { events, once, count }, filter))
            }
            (None, Some(state)) => {
                let state = self.condition(book, Some(state), None);
                let filter = self.condition(book, a.filter.as_ref(), None);
                let lasted = match (&a.lasted, &a.lasted_more_than) {
                    (Some(length), None) => Some((self.length(length)?, false)),
                    (None, Some(length)) => Some((self.length(length)?, true)),
                    (None, None) => None,
                    (Some(_), Some(second)) => {
                        self.wrong("R03", second.span(), "this has both `lasted` and `lasted_more_than`", "keep one");
                        None
                    }
                };
                let since = match self.anchor(a.since.as_ref(), &[])? {
                    Anchor::Fact(fact) => Some(fact),
                    _ => None,
                };
                if let Some(once) = &a.once {
                    self.wrong("R03", once.span(), "this goes with `on`, not with `while`", "leave it out");
                }
                if let Some(count) = &a.count {
                    let help = "count an event instead, such as `episode.started`";
                    self.wrong("R03", count.within.span(), "`count` goes with `on`, not with `while`", help);
                }
                Some((Trigger::While { state, lasted, since, stands: a.stands }, filter))
            }
            _ => {
                self.wrong(
                    "R03",
                    duty.id.span(),
                    "a duty arises from exactly one of `on` and `while`",
                    "write one of them in `arises`",
                );
                None
            }
        }
    }

    fn repeat(&mut self, duty: &source::Duty) -> Option<Repeat> {
        if duty.series.is_empty()
            && let Some(stray) = duty.opens.as_ref().or(duty.series_from.as_ref())
        {
            self.wrong("R03", stray.span(), "this goes with `series`", "leave it out, or write a series");
        }
        let repeat = match (&duty.repeat, duty.series.is_empty()) {
            (None, true) => return Some(Repeat::Once),
            (None, false) => self.series(duty)?,
            (Some(_), false) => {
                self.wrong("R03", duty.id.span(), "this duty has both `repeat` and `series`", "keep one");
                return None;
            }
            (Some(source::Repeat { every: Some(every), first, each: None }), true) => {
                let at_once = first.as_ref().map(|f| self.choice(Some(f), &[("immediately", true)], true));
                Repeat::Every(self.length(every)?, at_once.unwrap_or(false))
            }
            (Some(source::Repeat { every: None, each: Some(each), first: None }), true) => self.each(each),
            _ => {
                self.wrong(
                    "R03",
                    duty.id.span(),
                    "`repeat` takes `every` or `each`",
                    "see docs/rulebook-language.md, Again and again",
                );
                return None;
            }
        };
        if duty.arises.state.is_none() {
            self.wrong(
                "R03",
                duty.id.span(),
                "`repeat` and `series` need `while`",
                "say during which state it repeats",
            );
        }
        if duty.due.is_some() {
            self.wrong(
                "R03",
                duty.id.span(),
                "a repeated duty has its limits from `repeat` or `series`",
                "leave `due` out",
            );
        }
        Some(repeat)
    }

    fn each(&mut self, each: &toml::Spanned<Loose<serde::de::IgnoredAny, Text>>) -> Repeat {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let words: Vec<Text> = match each.get_ref() {
            Loose::Word(word) => vec![Self::spanned(word, each)],
            Loose::List(words) => words.clone(),
            Loose::Table(_) => Vec::new(),
        };
        if words.is_empty() {
            let help = "write \"day\", \"weekday\", \"month\" or a list such as [\"mon\", \"thu\"]";
            self.wrong("R03", each.span(), "no day to repeat on", help);
        }
        let mut days = [false; 7];
        for word in words {
            match word.get_ref().as_str() {
                "month" => return Repeat::Month,
                "day" => days = [true; 7],
                "weekday" => days[..5].fill(true),
                other => match DAYS.iter().position(|d| *d == other) {
                    Some(day) => days[day] = true,
                    None => {
                        let help = did_you_mean(other, ["day", "weekday", "month"].into_iter().chain(DAYS));
                        self.wrong("R03", word.span(), format!("`{other}` is not a day"), help);
                    }
                },
            }
        }
        Repeat::Days(days)
    }

    fn series(&mut self, duty: &source::Duty) -> Option<Repeat> {
        let mut steps = Vec::new();
        for (number, step) in duty.series.iter().enumerate() {
            steps.push(match (&step.at, &step.every) {
                (Some(at), None) => Step::At(self.length(at)?),
                (None, Some(every)) => Step::Every(self.length(every)?, step.times),
                _ => {
                    self.wrong(
                        "R03",
                        duty.id.span(),
                        format!("step {} of the series says neither when nor how often, or both", number + 1),
                        "write { at = \"...\" } or { every = \"...\", times = n }",
                    );
                    return None;
                }
            });
        }
        let from = self.anchor(duty.series_from.as_ref(), &[])?;
        let opens = match &duty.opens {
            Some(opens) => Some(self.length(opens)?),
            None => None,
        };
        Some(Repeat::Series { steps, from, opens })
    }

    fn recipients(
        &mut self,
        book: &Rulebook,
        list: &[toml::Spanned<source::Recipient>],
        events: &[EventId],
        modality: Modality,
    ) -> Vec<Recipient> {
        let mut found = Vec::new();
        for line in list {
            let recipient = line.get_ref();
            let who = match (&recipient.role, &recipient.from_log) {
                (Some(role), None) => self.role(role).map(Who::Role),
                (None, Some(topic)) => {
                    self.topic(topic, self.vocabulary.known.about);
                    Some(Who::FromLog(sym(topic.get_ref())))
                }
                _ => {
                    let help = "write one of them: { role = \"...\" } or { from_log = \"...\" }";
                    self.wrong("R03", line.span(), "a recipient is either a role or from_log", help);
                    None
                }
            };
            let Some(who) = who else { continue };
            let when = self.condition(book, recipient.when.as_ref(), Some(events).filter(|e| !e.is_empty()));
            let modality = self.modality(recipient.modality.as_ref(), modality);
            found.push(Recipient { who, when, modality, cites: self.cites(&recipient.cite) });
        }
        found
    }

    /// What a notice is about, or what is shared: a value that the field can have.
    fn topic(&mut self, topic: &Text, field: FieldId) {
        let known = self.vocabulary.field_values(field);
        if !known.contains(&topic.get_ref().as_str()) {
            let help = did_you_mean(topic.get_ref(), known);
            let message = format!("no notice is ever about `{}`", topic.get_ref());
            self.wrong("R03", topic.span(), message, help);
        }
    }

    fn items(&mut self, book: &Rulebook, list: &[source::Item], events: &[EventId], modality: Modality) -> Vec<Item> {
        let mut found = Vec::new();
        for item in list {
            let when = self.condition(book, item.when.as_ref(), Some(events).filter(|e| !e.is_empty()));
            let met_by = item.met_by.as_ref().map(|m| self.mets(book, m)).unwrap_or_default();
            let modality = self.modality(item.modality.as_ref(), modality);
            found.push(Item { text: item.text.clone(), modality, when, met_by, cites: self.cites(&item.cite) });
        }
        found
    }

    fn exceptions(
        &mut self,
        book: &Rulebook,
        list: &[source::Exception],
        events: &[EventId],
        modality: Modality,
    ) -> Vec<Exception> {
        let mut found = Vec::new();
        for e in list {
            let modality_here = e.modality.as_ref().map(|m| self.modality(Some(m), modality));
            let inner = modality_here.unwrap_or(modality);
            found.push(Exception {
                id: e.id.get_ref().clone(),
                when: self.condition(book, Some(&e.when), Some(events).filter(|e| !e.is_empty())),
                due: e.due.as_ref().and_then(|d| self.due(book, d, events)),
                owner: e.owner.as_ref().and_then(|o| self.owner(book, o)),
                modality: modality_here,
                label: e.label.clone(),
                says: e.says.clone(),
                reading: e.reading.clone(),
                not_required: e.not_required,
                checklist: self.items(book, &e.checklist, events, inner),
                recipients: self.recipients(book, &e.recipients, events, inner),
                exceptions: self.exceptions(book, &e.exception, events, inner),
                cites: self.cites(&e.cite),
                place: self.file.place(e.id.span()),
            });
        }
        found
    }

    /// Ids are unique within the duty; a limit is changed only where there is one; nobody can follow more than four levels.
    fn shape_of_exceptions<'s>(
        &mut self,
        list: &'s [source::Exception],
        depth: usize,
        repeated: bool,
        seen: &mut Vec<&'s str>,
    ) {
        for e in list {
            let id = e.id.get_ref().as_str();
            if seen.contains(&id) {
                self.wrong("R03", e.id.span(), format!("the duty has two exceptions `{id}`"), "rename one");
            }
            seen.push(id);
            if let Some(due) = e.due.as_ref().filter(|_| repeated) {
                let help = "leave `due` out, or make a second duty with its own `when`";
                self.wrong("R03", due.span(), "a repeated duty has its limits from `repeat` or `series`", help);
            }
            if depth > Path::DEEPEST {
                let help = "join it with the exception around it, or split the duty";
                self.wrong("R03", e.id.span(), "exceptions go four levels deep, and this is the fifth", help);
            } else {
                self.shape_of_exceptions(&e.exception, depth + 1, repeated, seen);
            }
        }
    }

    pub(super) fn duty(&mut self, book: &Rulebook, duty: &source::Duty) -> Option<Rule> {
        let action = self.action(&duty.action);
        let owner = self.owner(book, &duty.owner);
        let (trigger, filter) = self.trigger(book, duty)?;
        let events = Rulebook::trigger_events(&trigger);
        let modality = self.modality(duty.modality.as_ref(), Modality::Must);
        let scopes = [("episode", RuleScope::Episode), ("child", RuleScope::Child), ("area", RuleScope::Area)];
        let scope = self.choice(duty.scope.as_ref(), &scopes, RuleScope::Episode);
        let entry_fields = Some(events.as_slice()).filter(|e| !e.is_empty());
        let when = self.condition(book, duty.when.as_ref(), entry_fields);
        let until = duty.until.as_ref().map(|u| self.condition(book, Some(u), None));
        let due = duty.due.as_ref().and_then(|d| self.due(book, d, &events));
        let repeat = self.repeat(duty)?;
        let counts = [("trigger", CountsFrom::Trigger), ("episode", CountsFrom::Episode), ("ever", CountsFrom::Ever)];
        let default = if events.is_empty() { CountsFrom::Episode } else { CountsFrom::Trigger };
        let counts_from = self.choice(duty.counts_from.as_ref(), &counts, default);
        let met_by = duty.met_by.as_ref().map(|m| self.mets(book, m));
        let recipients = self.recipients(book, &duty.recipients, &events, modality);
        let checklist = self.items(book, &duty.checklist, &events, modality);
        let exceptions = self.exceptions(book, &duty.exception, &events, modality);
        self.shape_of_exceptions(&duty.exception, 1, !matches!(repeat, Repeat::Once), &mut Vec::new());
        let action = action?;
        let topic = duty.about.as_ref().map(|a| sym(a.get_ref())).or(self.vocabulary.action_at(action).topic);
        if let Some(about) = &duty.about {
            let known = &self.vocabulary.known;
            let shares = self.vocabulary.action_at(action).kind == ActionKind::Share;
            self.topic(about, if shares { known.what } else { known.about });
        }
        Some(Rule {
            id: duty.id.get_ref().clone(),
            action,
            label: duty.label.clone(),
            says: duty.says.clone(),
            modality,
            owner: owner?,
            scope,
            trigger,
            filter,
            when,
            until,
            due,
            repeat,
            met_by,
            counts_from,
            recipients,
            topic,
            checklist,
            after: duty.after.as_ref().map(|a| a.get_ref().clone()),
            exceptions,
            reading: duty.reading.clone(),
            conflict: false,
            cites: self.cites(&duty.cite),
            place: self.file.place(duty.id.span()),
        })
    }

    pub(super) fn conflict(&mut self, book: &Rulebook, conflict: &source::Conflict) -> Option<Rule> {
        let Some(action) = self.vocabulary.action("conflict.settle") else {
            let help = "declare the action in the vocabulary; it is what settles a contradiction";
            self.wrong("R03", conflict.id.span(), "the vocabulary has no action `conflict.settle`", help);
            return None;
        };
        Some(Rule {
            id: conflict.id.get_ref().clone(),
            action,
            label: conflict.label.clone().or_else(|| Some(format!("Settle: {}", conflict.says))),
            says: conflict.says.clone(),
            modality: Modality::Must,
            owner: self.owner(book, &conflict.owner)?,
            scope: RuleScope::Episode,
            trigger: Trigger::While {
                state: self.condition(book, Some(&conflict.state), None),
                lasted: None,
                since: None,
                stands: false,
            },
            filter: Condition::always(),
            when: Condition::always(),
            until: None,
            due: None,
            repeat: Repeat::Once,
            met_by: None,
            counts_from: CountsFrom::Episode,
            recipients: Vec::new(),
            topic: None,
            checklist: Vec::new(),
            after: None,
            exceptions: Vec::new(),
            reading: conflict.reading.clone(),
            conflict: true,
            cites: self.cites(&conflict.cite),
            place: self.file.place(conflict.id.span()),
        })
    }

    pub(super) fn table(&mut self, book: &Rulebook, table: &source::Table) -> Table {
        let is_role = self.choice(Some(&table.output), &[("role", true), ("duration", false)], true);
        let at_due = self.choice(table.at.as_ref(), &[("due", true), ("now", false)], false);
        let mut rows = Vec::new();
        for row in &table.rows {
            let then = if is_role {
                self.role(&row.then).map(Outcome::Role)
            } else {
                self.length(&row.then).map(Outcome::Length)
            };
            let when = self.condition(book, Some(&row.when), None);
            if let Some(then) = then {
                let place = self.file.place(row.when.span());
                rows.push(Row { when, then, reading: row.reading.clone(), cites: self.cites(&row.cite), place });
            }
        }
        let place = self.file.place(table.id.span());
        Table {
            id: table.id.get_ref().clone(),
            says: table.says.clone(),
            at_due,
            rows,
            reading: table.reading.clone(),
            cites: self.cites(&table.cite),
            place,
        }
    }

    pub(super) fn verdict(&mut self, book: &Rulebook, verdict: &source::Verdict, refuses: bool) -> Verdict {
        let (events, filter) = self.on(book, &verdict.on, verdict.filter.as_ref());
        Verdict {
            id: verdict.id.get_ref().clone(),
            refuses,
            events,
            filter,
            says: verdict.says.clone(),
            instead: verdict.instead.clone().unwrap_or_default(),
            cites: self.cites(&verdict.cite),
            reading: verdict.reading.clone(),
            place: self.file.place(verdict.id.span()),
        }
    }

    pub(super) fn permission(&mut self, book: &Rulebook, permission: &source::Permission) -> Permission {
        let who = permission.who.iter().filter(|w| self.role(w).is_some()).map(|w| w.get_ref().clone()).collect();
        Permission {
            id: permission.id.get_ref().clone(),
            who,
            action: permission.action.as_ref().and_then(|a| self.action(a)),
            when: self.condition(book, permission.when.as_ref(), None),
            says: permission.says.clone(),
            reading: permission.reading.clone(),
            cites: self.cites(&permission.cite),
            place: self.file.place(permission.id.span()),
        }
    }
}
