//! The acts that a protocol asks for, by whose they are: what, by when, who is told, what belongs to it, and in which cases it differs.

use super::condition::lower;
use super::{Maker, cited};
use crate::words::modality_note;
use crate::{PartLink, ProtocolItem, ProtocolPoint, ProtocolPoints, ProtocolSection};
use casebook::command::labels::{self, capital};
use engine::rulebook::{Anchor, Cite, Exception, Item, Limit, Modality, Owner, Recipient, Repeat, Rule, Step, Who};
use engine::words::Sym;

/// Of whom something is asked that a table, a setting or the log decides.
const BY_CASE: &str = "by-case";

/// A page for each owner, those with most to do first.
pub(super) fn owners(maker: &Maker<'_>) -> Vec<PartLink> {
    let mut found: Vec<PartLink> = Vec::new();
    for rule in &maker.book.rules {
        let part = format!("steps/{}", maker.owner_word(rule.owner));
        match found.iter_mut().find(|link| link.part == part) {
            Some(link) => link.count += 1,
            None => found.push(PartLink { part, title: maker.owner_heading(rule.owner), count: 1 }),
        }
    }
    found.sort_by_key(|link| std::cmp::Reverse(link.count));
    found
}

/// The acts of one owner; none if nothing is asked of any such.
pub(super) fn of_owner(maker: &Maker<'_>, owner: &str) -> Option<Vec<ProtocolSection>> {
    let rules = || maker.book.rules.iter().filter(|rule| maker.owner_word(rule.owner) == owner);
    let first = rules().next()?;
    let items = rules().map(|rule| maker.step(rule)).collect();
    Some(vec![ProtocolSection { title: maker.owner_heading(first.owner), items }])
}

impl Maker<'_> {
    /// A role in the protocol's words.
    pub(super) fn role(&self, role: Sym) -> String {
        self.names.vocabulary.word(role).map(|word| self.names.role(word)).unwrap_or_default()
    }

    fn owner_word(&self, owner: Owner) -> &str {
        match owner {
            Owner::Role(role) => self.names.vocabulary.word(role).unwrap_or(BY_CASE),
            _ => BY_CASE,
        }
    }

    fn owner_heading(&self, owner: Owner) -> String {
        match owner {
            Owner::Role(role) => capital(&self.role(role)),
            _ => "Whoever it falls to in the case".into(),
        }
    }

    fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Role(role) => self.role(role),
            Owner::Table(index) => lower(&self.book.tables[index].says),
            Owner::Setting(index) => format!("set locally: {}", lower(&self.book.settings[index].says)),
            Owner::Told(index) => {
                let told = &self.book.told_owners[index];
                let among: Vec<String> = told.among.iter().map(|r| self.role(*r)).collect();
                format!("whoever of these was told: {}; else {}", among.join(", "), self.role(told.otherwise))
            }
        }
    }

    fn label(&self, rule: &Rule) -> String {
        let action = &self.names.vocabulary.action_at(rule.action).id;
        capital(&rule.label.clone().unwrap_or_else(|| self.names.action(action)))
    }

    fn step(&self, rule: &Rule) -> ProtocolItem {
        let mut lines = Vec::new();
        if !matches!(rule.owner, Owner::Role(_)) {
            lines.push(("For".into(), capital(&self.owner(rule.owner))));
        }
        lines.push(("By when".into(), capital(&self.how_often(rule))));
        let mut points = Vec::new();
        let mut list = |title: &str, of: Vec<ProtocolPoint>| {
            if !of.is_empty() {
                points.push(ProtocolPoints { title: title.into(), points: of });
            }
        };
        list("Who is told", rule.recipients.iter().map(|r| self.recipient(r)).collect());
        list(
            "Each for themselves",
            rule.parties.iter().map(|p| self.point(&self.role(p.role), "", &p.cites)).collect(),
        );
        list("What belongs to it", rule.checklist.iter().map(|i| self.item(i)).collect());
        let mut differs = Vec::new();
        self.exceptions(&rule.exceptions, &mut differs);
        list("In some cases", differs);
        ProtocolItem {
            anchor: rule.id.clone(),
            title: self.label(rule),
            badge: if rule.modality == Modality::Must { String::new() } else { modality_note(rule.modality).into() },
            says: rule.says.clone(),
            lines,
            points,
            reading: rule.reading.clone().unwrap_or_default(),
            cited: cited(self.book, &rule.cites),
            contact: None,
        }
    }

    fn point(&self, text: &str, note: &str, cites: &[Cite]) -> ProtocolPoint {
        ProtocolPoint { text: capital(text), note: note.into(), cited: cited(self.book, cites) }
    }

    fn recipient(&self, recipient: &Recipient) -> ProtocolPoint {
        let who = match recipient.who {
            Who::Role(role) => self.role(role),
            Who::FromLog(_) => "everybody who was told before".into(),
        };
        let note =
            if recipient.when.is_always() { String::new() } else { format!("if {}", self.condition(&recipient.when)) };
        self.point(&who, &note, &recipient.cites)
    }

    fn item(&self, item: &Item) -> ProtocolPoint {
        let note = if item.when.is_always() { String::new() } else { format!("if {}", self.condition(&item.when)) };
        self.point(&item.text, &note, &item.cites)
    }

    /// Each exception, then what it adds and the deeper ones.
    fn exceptions(&self, list: &[Exception], found: &mut Vec<ProtocolPoint>) {
        for one in list {
            let mut changes: Vec<String> = Vec::new();
            if one.not_required {
                changes.push("not asked".into());
            }
            changes.extend(one.due.as_ref().map(|due| self.limit(due)));
            changes.extend(one.owner.map(|owner| format!("for {}", self.owner(owner))));
            changes.extend(one.modality.map(|m| m.word().to_string()));
            let note = format!("if {}", self.condition(&one.when));
            let note = if changes.is_empty() { note } else { format!("{note}: {}", changes.join(", ")) };
            let text = one.says.clone().or_else(|| one.label.clone()).unwrap_or_else(|| "It differs".into());
            found.push(ProtocolPoint { text, note, cited: cited(self.book, &one.cites) });
            found.extend(
                one.recipients
                    .iter()
                    .map(|r| self.recipient(r))
                    .map(|point| ProtocolPoint { text: format!("Tell also: {}", point.text), ..point }),
            );
            found.extend(one.checklist.iter().map(|i| self.item(i)));
            self.exceptions(&one.exceptions, found);
        }
    }

    fn anchor(&self, anchor: Anchor) -> String {
        match anchor {
            Anchor::Arising => String::new(),
            Anchor::Fact(fact) => {
                format!(", counted from: {}", lower(&labels::fact(self.names.vocabulary.fact_at(fact))))
            }
            Anchor::Field(_) => ", counted from what the entry says".into(),
        }
    }

    fn limit(&self, limit: &Limit) -> String {
        match limit {
            Limit::Immediately => "at once".into(),
            Limit::Within(length, anchor) => format!("within {length}{}", self.anchor(*anchor)),
            Limit::By(anchor, None) => format!("by that time{}", self.anchor(*anchor)),
            Limit::By(anchor, Some(otherwise)) => {
                format!("by that time{}; or else {}", self.anchor(*anchor), self.limit(otherwise))
            }
            Limit::EndOfDay => "by 23:59 the same day".into(),
            Limit::Table(index, anchor) => {
                format!("{}{}", lower(self.book.tables[*index].says.trim_end_matches('.')), self.anchor(*anchor))
            }
            Limit::Setting(index, anchor) => {
                let setting = &self.book.settings[*index];
                format!("{}, set locally{}", setting.default_text, self.anchor(*anchor))
            }
        }
    }

    fn how_often(&self, rule: &Rule) -> String {
        match &rule.repeat {
            Repeat::Once => rule.due.as_ref().map_or("the protocol gives no limit".into(), |due| self.limit(due)),
            Repeat::Every(length, true) => format!("at once, then at least every {length} from the last time"),
            Repeat::Every(length, false) => format!("at least every {length} from the last time"),
            Repeat::Days(days) if days.iter().all(|day| *day) => "once each day".into(),
            Repeat::Days(days) => {
                let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
                let on: Vec<&str> = names.iter().zip(days).filter(|(_, d)| **d).map(|(n, _)| *n).collect();
                format!("each {}", on.join(", "))
            }
            Repeat::Month => "once each month".into(),
            Repeat::Series { steps, from, .. } => {
                let step = |step: &Step| match step {
                    Step::At(length) => format!("at {length}"),
                    Step::Every(length, Some(times)) => format!("then {times} times, {length} apart"),
                    Step::Every(length, None) => format!("then every {length}"),
                };
                format!("{}{}", steps.iter().map(step).collect::<Vec<_>>().join(", "), self.anchor(*from))
            }
        }
    }
}
