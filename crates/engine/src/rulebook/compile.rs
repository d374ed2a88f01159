//! Turns duties, tables, refusals, warnings, conflicts and permissions from their files into what is run,
//! checking every word against the vocabulary. All problems are collected.

use super::loose::Loose;
use super::model::{Anchor, Cite, Count, Modality, Owner, RuleScope, Rulebook, Spell, Trigger};
use super::source::{self, Cites, Text};
use crate::calendar::Length;
use crate::condition::{Condition, Fields, Words, parse};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::vocabulary::{ActionId, EventId, Met, MetBySource, Vocabulary};
use crate::words::{Sym, did_you_mean, did_you_mean_or, sym};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

/// Compiles the blocks of one file into a rulebook.
pub(super) struct Compiler<'a> {
    pub vocabulary: &'a Vocabulary,
    pub file: &'a SourceFile,
    pub problems: &'a mut Vec<Diagnostic>,
    /// Ids of all tables of the rulebook, in order; tables may be used before they are declared.
    pub tables: &'a [String],
    /// The readings that something points to, by their ids.
    pub read: &'a RefCell<BTreeSet<String>>,
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
        if self.vocabulary.group(role.get_ref()).is_some() {
            let help = "name one of its roles; a group stands where a list of roles is written";
            self.wrong("R03", role.span(), format!("`{}` is a group of roles", role.get_ref()), help);
            return None;
        }
        let known = self.vocabulary.roles.iter().map(|r| r.id.as_str());
        let help = did_you_mean_or(role.get_ref(), known, "the roles are in rulebooks/vocabulary/roles.toml");
        self.wrong("R03", role.span(), format!("unknown role `{}`", role.get_ref()), help);
        None
    }

    /// The roles of a list in which groups may stand.
    pub(super) fn roles(&mut self, list: &[Text]) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for word in list {
            let roles = match self.vocabulary.group(word.get_ref()) {
                Some(group) => group.roles.clone(),
                None => self.role(word).map(|_| word.get_ref().clone()).into_iter().collect(),
            };
            for role in roles {
                if !found.contains(&role) {
                    found.push(role);
                }
            }
        }
        found
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

    pub(super) fn event(&mut self, event: &Text) -> Option<EventId> {
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
        let fields = events.map_or(Fields::None, Fields::Of);
        let here = Some(sym(&book.area));
        let read = |words: &Words<'_>| parse(text.get_ref(), words, fields);
        match self.vocabulary.with_words(&book.setting_words, &book.term_words, here, read) {
            Ok(condition) => condition,
            Err(problem) => {
                let place = self.file.place_inside(text.span(), problem.at);
                self.problems.push(Diagnostic::error("R03", place, problem.message, problem.help));
                Condition::always()
            }
        }
    }

    pub(super) fn length(&mut self, text: &Text) -> Option<Length> {
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
                self.wrong("R03", text.span(), format!("`{}` has no meaning here", text.get_ref()), help);
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
            ("offer", Modality::Offer),
            ("prompt", Modality::Prompt),
        ];
        self.choice(text, &known, default)
    }

    pub(super) fn met(&mut self, book: &Rulebook, met: &MetBySource) -> Option<Met> {
        let event = self.event(&met.event)?;
        let when = self.condition(book, met.when.as_ref(), Some(&[event]));
        Some(Met { event, when })
    }

    pub(super) fn mets(&mut self, book: &Rulebook, mets: &source::MetBy) -> Vec<Met> {
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
    pub(super) fn spanned<T>(word: &str, like: &toml::Spanned<T>) -> Text {
        toml::Spanned::new(like.span(), word.to_string())
    }

    pub(super) fn table_index(&mut self, id: &Text) -> Option<usize> {
        let found = self.tables.iter().position(|t| t == id.get_ref());
        if found.is_none() {
            let known = self.tables.iter().map(String::as_str);
            let help = did_you_mean_or(id.get_ref(), known, "write the [[table]], or name one that there is");
            self.wrong("R03", id.span(), format!("unknown table `{}`", id.get_ref()), help);
        }
        found
    }

    pub(super) fn setting_index(&mut self, book: &Rulebook, id: &Text) -> Option<usize> {
        let found = book.settings.iter().position(|s| s.id == *id.get_ref());
        if found.is_none() {
            let known = book.settings.iter().map(|s| s.id.as_str());
            let help = did_you_mean_or(id.get_ref(), known, "write the [[setting]], or name one that there is");
            self.wrong("R03", id.span(), format!("unknown setting `{}`", id.get_ref()), help);
        }
        found
    }

    pub(super) fn owner(&mut self, book: &mut Rulebook, owner: &source::Owner) -> Option<Owner> {
        match owner.get_ref() {
            Loose::Word(role) => self.role(&Self::spanned(role, owner)).map(Owner::Role),
            Loose::Table(source::OwnerOf { table: Some(table), setting: None, from_log: None, .. }) => {
                self.table_index(table).map(Owner::Table)
            }
            Loose::Table(source::OwnerOf { table: None, setting: None, from_log: Some(topic), among, otherwise }) => {
                self.told_owner(book, topic, among, otherwise.as_ref()).map(Owner::Told)
            }
            Loose::Table(source::OwnerOf { table: None, setting: Some(setting), from_log: None, .. }) => {
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
                    "write a role, { table = \"...\" }, { setting = \"...\" } or { from_log = \"...\", among = [...], else = \"...\" }",
                );
                None
            }
        }
    }

    pub(super) fn on(&mut self, book: &Rulebook, on: &source::On, filter: Option<&Text>) -> (Vec<Met>, Condition) {
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

    pub(super) fn trigger(&mut self, book: &Rulebook, duty: &source::Duty) -> Option<(Trigger, Condition)> {
        let a = &duty.arises;
        match (&a.on, &a.state) {
            (Some(on), None) => {
                let (events, filter) = self.on(book, on, a.filter.as_ref());
                let known = [
                    ("episode", Some(RuleScope::Episode)),
                    ("child", Some(RuleScope::Child)),
                    // Said in a word: each entry asks anew.
                    ("entry", None),
                ];
                let once = self.choice(a.once.as_ref(), &known, None);
                let anew = a.once.as_ref().is_some_and(|word| word.get_ref() == "entry");
                let count = match &a.count {
                    Some(count) => {
                        Some(Count { at_least: count.at_least, within: self.length(&count.within)?, each: count.each })
                    }
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
                if let Some(spell) = &a.spell {
                    self.wrong("R03", spell.span(), "`spell` goes with `while`, not with `on`", "leave it out");
                }
                Some((Trigger::On { events, once, anew, count }, filter))
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
                let words = [("one", Spell::One), ("until-located", Spell::UntilLocated), ("anew", Spell::Anew)];
                let spell = self.choice(a.spell.as_ref(), &words, Spell::One);
                let state = match &a.spell {
                    Some(word) if spell == Spell::UntilLocated => self.and_not_located(state, word),
                    _ => state,
                };
                let says_spell = a.spell.is_some();
                Some((Trigger::While { state, lasted, since, stands: a.stands, spell, says_spell }, filter))
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
}
