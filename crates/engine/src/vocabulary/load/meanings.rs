//! Second pass: what words mean by other words.

use super::Loader;
use crate::condition::{Condition, Fields, Words, parse};
use crate::source::SourceFile;
use crate::vocabulary::lexicon::Shelf;
use crate::vocabulary::source::{self, File};
use crate::vocabulary::{EventId, Met, SetTo, Sets};
use crate::words::did_you_mean;
use toml::Spanned;

impl Loader {
    /// Second pass: what words mean by other words.
    pub(super) fn meanings(&mut self, file: &SourceFile, content: &File) {
        self.relations(file, &content.role);
        for event in &content.event {
            let Some(id) = self.index.events.get(event.id.get_ref()).copied() else { continue };
            let sets: Vec<Sets> = event.sets.iter().filter_map(|s| self.sets(file, id, s)).collect();
            self.events[id.place()].sets = sets;
            self.start_at(file, event);
            self.doer(file, event);
            for role in event.tells.iter().map(|t| &t.role).chain(&event.said_by) {
                self.known_role(file, role);
            }
        }
        for action in &content.action {
            let Some(id) = self.index.actions.get(action.id.get_ref()).copied() else { continue };
            let met: Vec<Met> = action.met_by.iter().filter_map(|m| self.met(file, m)).collect();
            self.actions[id.place()].met_by = met;
            for role in action.only_by.iter().chain(&action.said_by).chain(&action.never_by).chain(&action.tells) {
                self.known_role(file, role);
            }
        }
    }

    pub(super) fn known_role(&mut self, file: &SourceFile, role: &Spanned<String>) {
        if !self.index.roles.contains_key(role.get_ref()) {
            let help = did_you_mean(role.get_ref(), self.index.roles.keys().map(String::as_str));
            self.wrong(file.place(role.span()), format!("unknown role `{}`", role.get_ref()), help);
        }
    }

    /// Whoever did it is a role that the entry names.
    fn doer(&mut self, file: &SourceFile, event: &source::Event) {
        let Some(doer) = &event.doer else { return };
        let roles: Vec<&str> =
            event.field.iter().filter(|f| f.kind.get_ref() == "role").map(|f| f.id.get_ref().as_str()).collect();
        if !roles.contains(&doer.get_ref().as_str()) {
            let message = format!("the event has no role `{}`", doer.get_ref());
            let help = did_you_mean(doer.get_ref(), roles);
            self.wrong(file.place(doer.span()), message, help);
        }
    }

    /// The start of an episode is a moment that the entry has.
    pub(super) fn start_at(&mut self, file: &SourceFile, event: &source::Event) {
        let Some(start_at) = &event.start_at else { return };
        let moments: Vec<&str> =
            event.field.iter().filter(|f| f.kind.get_ref() == "moment").map(|f| f.id.get_ref().as_str()).collect();
        if !moments.contains(&start_at.get_ref().as_str()) {
            let message = format!("the event has no moment `{}`", start_at.get_ref());
            let help = did_you_mean(start_at.get_ref(), moments);
            self.wrong(file.place(start_at.span()), message, help);
        }
    }

    pub(super) fn sets(&mut self, file: &SourceFile, event: EventId, sets: &source::Sets) -> Option<Sets> {
        let Some(fact) = self.index.facts.get(sets.fact.get_ref()).copied() else {
            let help = did_you_mean(sets.fact.get_ref(), self.index.facts.keys().map(String::as_str));
            self.wrong(file.place(sets.fact.span()), format!("unknown fact `{}`", sets.fact.get_ref()), help);
            return None;
        };
        let kind = self.facts[fact.place()].kind.clone();
        let to = match (&sets.value, &sets.field, sets.moment, sets.unknown) {
            (Some(value), None, false, false) => {
                SetTo::Value(self.constant(file, value.get_ref(), &kind, value.span()))
            }
            (None, Some(field), false, false) => {
                let known = &self.events[event.place()].fields;
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
            (None, None, true, false) => SetTo::Moment,
            (None, None, false, true) => SetTo::Value(crate::value::Value::Unknown),
            _ => {
                self.wrong(
                    file.place(sets.fact.span()),
                    "a fact is set to one thing",
                    "write one of value, field, moment = true, unknown = true",
                );
                return None;
            }
        };
        let when = self.condition(file, sets.when.as_ref(), &[event])?;
        if sets.first && !sets.moment {
            let help = "write it beside `moment = true`: the first such entry sets the clock";
            self.wrong(file.place(sets.fact.span()), "only a moment is set by the first entry alone", help);
        }
        if sets.ends && !matches!(to, SetTo::Value(crate::value::Value::Bool(false))) {
            let help = "write it beside `value = false`: what is so no more, was so until then";
            self.wrong(file.place(sets.fact.span()), "only what is so no more can end", help);
        }
        Some(Sets { fact, to, when, first: sets.first, ends: sets.ends })
    }

    pub(super) fn met(&mut self, file: &SourceFile, met: &source::MetBy) -> Option<Met> {
        let Some(event) = self.index.events.get(met.event.get_ref()).copied() else {
            let help = did_you_mean(met.event.get_ref(), self.index.events.keys().map(String::as_str));
            self.wrong(file.place(met.event.span()), format!("unknown event `{}`", met.event.get_ref()), help);
            return None;
        };
        let when = self.condition(file, met.when.as_ref(), &[event])?;
        Some(Met { event, when })
    }

    pub(super) fn condition(
        &mut self,
        file: &SourceFile,
        text: Option<&Spanned<String>>,
        events: &[EventId],
    ) -> Option<Condition> {
        let Some(text) = text else { return Some(Condition::always()) };
        let shelf = Shelf {
            index: &self.index,
            facts: &self.facts,
            events: &self.events,
            groups: &self.groups,
            actions: &self.actions,
        };
        let words = Words { lexicon: &shelf, settings: &[], terms: &[], here: None };
        match parse(text.get_ref(), &words, Fields::Of(events)) {
            Ok(condition) => Some(condition),
            Err(problem) => {
                let place = file.place_inside(text.span(), problem.at);
                self.wrong(place, problem.message, problem.help);
                None
            }
        }
    }
}
