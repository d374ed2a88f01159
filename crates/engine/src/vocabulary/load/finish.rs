//! What a vocabulary comes to once every file is read: whole, or everything wrong in it.

use super::Loader;
use crate::calendar::{Calendar, Length};
use crate::diagnostic::{Diagnostic, Place};
use crate::value::Type;
use crate::vocabulary::role::Relations;
use crate::vocabulary::{Areas, Derived, EventId, FactId, Known, Vocabulary};
use crate::words::sym;
use std::collections::HashMap;

impl Loader {
    pub(super) fn finish(mut self) -> Result<Vocabulary, Vec<Diagnostic>> {
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
            police_forces: self.police_forces,
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
