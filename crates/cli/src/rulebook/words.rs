//! A rule in words, from what was loaded: used by `show`, `diff`, `compare` and the coverage page.

use engine::rulebook::{
    Anchor, Exception, Limit, Outcome, Owner, Recipient, Repeat, Rule, RuleScope, Rulebook, Spell, Step, Trigger, Who,
};
use engine::vocabulary::{Met, Vocabulary};
use engine::words::Sym;
use std::fmt::Write as _;

/// Says things of one rulebook.
pub struct Words<'a> {
    pub vocabulary: &'a Vocabulary,
    pub book: &'a Rulebook,
}

impl Words<'_> {
    pub fn role(&self, role: Sym) -> String {
        let word = self.vocabulary.word(role).unwrap_or("?");
        self.book.local_name(word).unwrap_or_else(|| self.vocabulary.role_name(word)).to_string()
    }

    pub fn label(&self, rule: &Rule) -> String {
        let action = self.vocabulary.action_at(rule.action);
        rule.label.clone().unwrap_or_else(|| self.book.local_name(&action.id).unwrap_or(&action.name).to_string())
    }

    pub fn owner(&self, owner: Owner) -> String {
        match owner {
            Owner::Role(role) => self.role(role),
            Owner::Told(index) => {
                let told = &self.book.told_owners[index];
                let among: Vec<String> = told.among.iter().map(|r| self.role(*r)).collect();
                format!("whoever was told: {}; else {}", among.join(", "), self.role(told.otherwise))
            }
            Owner::Table(index) => format!("by the table `{}`", self.book.tables[index].id),
            Owner::Setting(index) => format!("by the local setting `{}`", self.book.settings[index].id),
        }
    }

    fn events(&self, events: &[Met]) -> String {
        let one = |m: &Met| {
            let name = &self.vocabulary.event_at(m.event).name;
            if m.when.is_always() { name.clone() } else { format!("{name} ({})", m.when.said) }
        };
        events.iter().map(one).collect::<Vec<_>>().join(", or ")
    }

    pub fn trigger(&self, rule: &Rule) -> String {
        let also = if rule.filter.is_always() { String::new() } else { format!(", where {}", rule.filter.said) };
        let mut text = match &rule.trigger {
            Trigger::On { events, once, count, .. } => {
                let once = if once.is_some() { ", the first time" } else { "" };
                let count = count.map(|c| {
                    let each = if c.each { ", each anew" } else { "" };
                    format!(", {} times or more within {}{each}", c.at_least, c.within)
                });
                let count = count.unwrap_or_default();
                format!("when {}{once}{count}{also}", self.events(events))
            }
            Trigger::While { state, lasted, since, stands, spell, .. } => {
                let lasted = match lasted {
                    Some((length, true)) => format!(", once that has lasted more than {length}"),
                    Some((length, false)) => format!(", once that has lasted {length}"),
                    None => String::new(),
                };
                let since = since.map(|s| format!(" since {}", self.vocabulary.fact_at(s).id)).unwrap_or_default();
                let stands = if *stands { " (and stays)" } else { "" };
                let state = if state.said.is_empty() { "always" } else { &state.said };
                let spell = match spell {
                    Spell::Anew if rule.scope == RuleScope::Episode => ", each spell anew",
                    Spell::UntilLocated => ", until the child is located",
                    _ => "",
                };
                format!("while {state}{lasted}{since}{stands}{spell}{also}")
            }
        };
        if !rule.when.is_always() {
            let _ = write!(text, "; only if {}", rule.when.said);
        }
        text
    }

    fn anchor(&self, anchor: Anchor) -> String {
        match anchor {
            Anchor::Arising => "when it arose".into(),
            Anchor::Fact(fact) => self.vocabulary.fact_at(fact).id.clone(),
            Anchor::Field(field) => format!("entry.{}", self.vocabulary.fields[field.place()]),
        }
    }

    pub fn limit(&self, limit: Option<&Limit>) -> String {
        match limit {
            None => "no limit in the protocol".into(),
            Some(Limit::Immediately) => "at once".into(),
            Some(Limit::Within(length, anchor)) => format!("within {length} from {}", self.anchor(*anchor)),
            Some(Limit::By(anchor, None)) => format!("by {}", self.anchor(*anchor)),
            Some(Limit::By(anchor, Some(otherwise))) => {
                format!("by {}, or else {}", self.anchor(*anchor), self.limit(Some(otherwise)))
            }
            Some(Limit::EndOfDay) => "by 23:59 the same day".into(),
            Some(Limit::Table(index, anchor)) => {
                format!("by the table `{}` from {}", self.book.tables[*index].id, self.anchor(*anchor))
            }
            Some(Limit::Setting(index, anchor)) => {
                let setting = &self.book.settings[*index];
                format!(
                    "by the local setting `{}` ({}) from {}",
                    setting.id,
                    setting.default_text,
                    self.anchor(*anchor)
                )
            }
        }
    }

    pub fn how_often(&self, rule: &Rule) -> String {
        match &rule.repeat {
            Repeat::Once => self.limit(rule.due.as_ref()),
            Repeat::Every(length, true) => format!("at once, then at least every {length} from the last time"),
            Repeat::Every(length, false) => format!("at least every {length} from the last time"),
            Repeat::Days(days) if days.iter().all(|d| *d) => "once each calendar day".into(),
            Repeat::Days(days) => {
                let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
                let on: Vec<&str> = names.iter().zip(days).filter(|(_, d)| **d).map(|(n, _)| *n).collect();
                format!("each {}", on.join(", "))
            }
            Repeat::Month => "once each calendar month".into(),
            Repeat::Series { steps, from, .. } => {
                let step = |s: &Step| match s {
                    Step::At(length) => format!("at {length}"),
                    Step::Every(length, Some(times)) => format!("{times} times every {length}"),
                    Step::Every(length, None) => format!("then every {length}"),
                };
                format!("{} from {}", steps.iter().map(step).collect::<Vec<_>>().join(", "), self.anchor(*from))
            }
        }
    }

    pub fn recipients(&self, list: &[Recipient]) -> String {
        let one = |r: &Recipient| {
            let who = match r.who {
                Who::Role(role) => self.role(role),
                Who::FromLog(topic) => format!("everyone told of {}", self.vocabulary.word(topic).unwrap_or("it")),
            };
            if r.when.is_always() { who } else { format!("{who} (if {})", r.when.said) }
        };
        list.iter().map(one).collect::<Vec<_>>().join(", ")
    }

    /// The rule line by line: (name, text).
    pub fn rule(&self, rule: &Rule) -> Vec<(&'static str, String)> {
        let mut lines = vec![
            ("says", rule.says.clone()),
            ("owner", format!("{}; {}", self.owner(rule.owner), rule.modality.word())),
            ("arises", self.trigger(rule)),
            ("limit", self.how_often(rule)),
        ];
        if !rule.recipients.is_empty() {
            lines.push(("tell", self.recipients(&rule.recipients)));
        }
        for item in &rule.checklist {
            let when = if item.when.is_always() { String::new() } else { format!(" (if {})", item.when.said) };
            lines.push(("with it", format!("{}{when}", item.text)));
        }
        self.exceptions(&rule.exceptions, "", &mut lines);
        if let Some(reading) = &rule.reading {
            lines.push(("reading", reading.clone()));
        }
        lines
    }

    fn exceptions(&self, list: &[Exception], outer: &str, lines: &mut Vec<(&'static str, String)>) {
        for e in list {
            let mut parts = Vec::new();
            if e.not_required {
                parts.push("not required".to_string());
            }
            parts.extend(e.due.as_ref().map(|d| self.limit(Some(d))));
            parts.extend(e.owner.map(|o| format!("owner {}", self.owner(o))));
            parts.extend(e.modality.map(|m| m.word().to_string()));
            parts.extend(e.label.clone());
            if !e.recipients.is_empty() {
                parts.push(format!("also tell {}", self.recipients(&e.recipients)));
            }
            parts.extend(e.checklist.iter().map(|i| i.text.clone()));
            lines.push(("but", format!("{outer}if {}: {}", e.when.said, parts.join("; "))));
            self.exceptions(&e.exceptions, &format!("{outer}if {} and ", e.when.said), lines);
        }
    }

    /// What a table gives.
    pub fn outcome(&self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Role(role) => self.role(role),
            Outcome::Length(length) => length.to_string(),
        }
    }
}
