//! Turns whole duties, with their recipients, checklists and exceptions, and tables, objections and permissions into what is run.

use super::compile::Compiler;
use super::data::{Permission, Verdict};
use super::model::{
    By, CountsFrom, Exception, Item, Modality, Outcome, Recipient, Repeat, Row, Rule, RuleScope, Rulebook, Spell,
    Table, TableAt, Trigger, Who,
};
use super::source::{self, Text};
use crate::condition::Condition;
use crate::evaluate::Path;
use crate::vocabulary::{ActionKind, EventId, FieldId};
use crate::words::{did_you_mean, sym};
impl Compiler<'_> {
    pub(super) fn recipients(
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
            let at_arising = self.choice(recipient.at.as_ref(), &[("arises", true), ("now", false)], false);
            found.push(Recipient { who, when, at_arising, modality, cites: self.cites(&recipient.cite) });
        }
        found
    }

    /// What a notice is about, or what is shared: a value that the field can have.
    pub(super) fn topic(&mut self, topic: &Text, field: FieldId) {
        let known = self.vocabulary.field_values(field);
        if !known.contains(&topic.get_ref().as_str()) {
            let help = did_you_mean(topic.get_ref(), known);
            let message = format!("no notice is ever about `{}`", topic.get_ref());
            self.wrong("R03", topic.span(), message, help);
        }
    }

    pub(super) fn items(
        &mut self,
        book: &Rulebook,
        list: &[source::Item],
        events: &[EventId],
        modality: Modality,
    ) -> Vec<Item> {
        let mut found = Vec::new();
        for item in list {
            let when = self.condition(book, item.when.as_ref(), Some(events).filter(|e| !e.is_empty()));
            let met_by = item.met_by.as_ref().map(|m| self.mets(book, m)).unwrap_or_default();
            let modality = self.modality(item.modality.as_ref(), modality);
            let by = item.by.as_ref().map(|by| self.by(by));
            found.push(Item { text: item.text.clone(), modality, when, met_by, by, cites: self.cites(&item.cite) });
        }
        found
    }

    pub(super) fn exceptions(
        &mut self,
        book: &mut Rulebook,
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
                at_arising: self.choice(e.at.as_ref(), &[("arises", true), ("now", false)], false),
                due: e.due.as_ref().and_then(|d| self.due(book, d, events)),
                owner: e.owner.as_ref().and_then(|o| self.owner(book, o)),
                modality: modality_here,
                label: e.label.clone(),
                says: e.says.clone(),
                reading: self.reading(book, e.reading.as_ref()),
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
    pub(super) fn shape_of_exceptions<'s>(
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

    pub(super) fn duty(&mut self, book: &mut Rulebook, duty: &source::Duty) -> Option<Rule> {
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
        let concerns = match &duty.concerns {
            Some(own) => self.condition(book, Some(own), None),
            None => book.concerns.clone(),
        };
        let by = duty.by.as_ref().map_or(By::Owner, |by| self.by(by));
        let parties = self.parties(book, &duty.parties, &events);
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
            concerns,
            filter,
            when,
            until,
            due,
            repeat,
            met_by,
            by,
            parties,
            counts_from,
            recipients,
            topic,
            checklist,
            after: duty.after.as_ref().map(|a| a.get_ref().clone()),
            exceptions,
            reading: self.reading(book, duty.reading.as_ref()),
            conflict: false,
            cites: self.cites(&duty.cite),
            place: self.file.place(duty.id.span()),
        })
    }

    pub(super) fn conflict(&mut self, book: &mut Rulebook, conflict: &source::Conflict) -> Option<Rule> {
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
                spell: Spell::Anew,
                says_spell: true,
            },
            concerns: Condition::always(),
            filter: Condition::always(),
            when: Condition::always(),
            until: None,
            due: None,
            repeat: Repeat::Once,
            met_by: None,
            by: By::Owner,
            parties: Vec::new(),
            counts_from: CountsFrom::Episode,
            recipients: Vec::new(),
            topic: None,
            checklist: Vec::new(),
            after: None,
            exceptions: Vec::new(),
            reading: self.reading(book, conflict.reading.as_ref()),
            conflict: true,
            cites: self.cites(&conflict.cite),
            place: self.file.place(conflict.id.span()),
        })
    }

    pub(super) fn table(&mut self, book: &Rulebook, table: &source::Table) -> Table {
        let is_role = self.choice(Some(&table.output), &[("role", true), ("duration", false)], true);
        let words = [("due", TableAt::Due), ("now", TableAt::Now), ("arises", TableAt::Arises)];
        let at = self.choice(table.at.as_ref(), &words, TableAt::Now);
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
                rows.push(Row {
                    when,
                    then,
                    reading: self.reading(book, row.reading.as_ref()),
                    cites: self.cites(&row.cite),
                    place,
                });
            }
        }
        let place = self.file.place(table.id.span());
        Table {
            id: table.id.get_ref().clone(),
            says: table.says.clone(),
            at,
            rows,
            reading: self.reading(book, table.reading.as_ref()),
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
            reading: self.reading(book, verdict.reading.as_ref()),
            place: self.file.place(verdict.id.span()),
        }
    }

    pub(super) fn permission(&mut self, book: &Rulebook, permission: &source::Permission) -> Permission {
        if permission.who.is_empty() {
            self.lacks("permission", &permission.id, "`who`", "name the roles or groups that may");
        }
        self.must_say("permission", &permission.id, "says", &permission.says);
        let who = self.roles(&permission.who);
        Permission {
            id: permission.id.get_ref().clone(),
            who,
            action: permission.action.as_ref().and_then(|a| self.action(a)),
            when: self.condition(book, permission.when.as_ref(), None),
            says: permission.says.clone(),
            reading: self.reading(book, permission.reading.as_ref()),
            cites: self.cites(&permission.cite),
            place: self.file.place(permission.id.span()),
        }
    }
}
