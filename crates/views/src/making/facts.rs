//! The page on what is known of a child: what holds now, since when and from whom, and everything that was ever recorded of it.

use super::{gaps, head};
use crate::words::{Names, value};
use crate::{FactSection, FactStory, FactsPage, FieldLine, KnownFact, Lens, Record, TimelineItem, Viewer, When};
use casebook::case_file::{DatedFact, Taken};
use casebook::known::corrected_by;
use engine::case::{Change, Source, Timelines};
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{Fact, FactId, Scope};

/// What stands in the place of a value that nobody recorded.
const UNANSWERED: &str = "Nobody has answered this";

/// The page.
pub fn facts(lens: &Lens<'_>, viewer: Viewer, record: &Record) -> FactsPage {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let teller = Facts { lens, record, names: &names };
    let vocabulary = names.vocabulary;
    let mut sections: Vec<FactSection> = Vec::new();
    for group in &vocabulary.fact_groups {
        let seen = vocabulary.facts_of(&group.id).filter(|(_, fact)| teller.is_seen(fact));
        let facts: Vec<KnownFact> = seen.map(|(id, _)| teller.known(id)).collect();
        let may_change = vocabulary.facts_of(&group.id).any(|(_, fact)| teller.is_recorded(fact));
        if !facts.is_empty() {
            sections.push(FactSection { group: group.id.clone(), title: group.title.clone(), facts, may_change });
        }
    }
    let of_episode = teller.of_episode();
    if !of_episode.is_empty() {
        sections.push(FactSection {
            title: "As the entries of the last episode say".into(),
            facts: of_episode,
            ..FactSection::default()
        });
    }
    FactsPage { viewer, child: head(lens, record), sections }
}

/// Since when a fact holds, where that is said and is not what it says itself: looked after since Monday, since Monday.
pub(super) fn since(lens: &Lens<'_>, change: Option<Change>, value: &str) -> Option<When> {
    let since = change.filter(|change| change.at > Moment::EVER).map(|change| lens.face.since(change.at))?;
    (since.words != value).then_some(since)
}

/// What is told of facts.
pub(super) struct Facts<'a> {
    pub lens: &'a Lens<'a>,
    pub record: &'a Record,
    pub names: &'a Names<'a>,
}

impl Facts<'_> {
    pub fn is_seen(&self, fact: &Fact) -> bool {
        // Of what belongs to an episode there is nothing to say before there is one.
        self.record.sees.contains(&fact.class)
            && (fact.scope != Scope::Episode || !self.record.case.episodes.is_empty())
    }

    pub fn is_recorded(&self, fact: &Fact) -> bool {
        self.is_seen(fact) && self.record.keeps && self.record.records.contains(&fact.class)
    }

    /// The facts that entries say of the last episode.
    fn of_episode(&self) -> Vec<KnownFact> {
        let Some(episode) = self.record.case.episodes.last() else { return Vec::new() };
        let all = self.names.vocabulary.facts.iter().enumerate().map(|(n, fact)| (FactId::at(n), fact));
        let own = all.filter(|(_, f)| f.scope == Scope::Episode && f.derived.is_none() && f.group.is_empty());
        let seen = own.filter(|(_, fact)| self.is_seen(fact));
        seen.map(|(id, _)| KnownFact {
            gap: Some(gaps::gap(self.names.vocabulary, self.record, id, Some(&episode.id))),
            ..self.known(id)
        })
        .collect()
    }

    fn timelines(&self, fact: &Fact) -> Option<&Timelines> {
        match fact.scope {
            Scope::Episode => self.record.case.episodes.last().map(|e| &e.facts),
            Scope::Child | Scope::Clock => Some(&self.record.case.facts),
        }
    }

    /// The line of the record that a change is from.
    fn line(&self, change: Change) -> Option<&DatedFact> {
        match change.source {
            Source::Record(number) => self.record.file.facts.get(number as usize),
            _ => None,
        }
    }

    fn known(&self, id: FactId) -> KnownFact {
        let fact = self.names.vocabulary.fact_at(id);
        let change = self.timelines(fact).and_then(|all| all.at(id, self.lens.now));
        let change = change.filter(|c| c.value != Value::Unknown);
        let line = change.and_then(|c| self.line(c));
        KnownFact {
            fact: fact.id.clone(),
            label: fact.label.clone(),
            value: self.value_of(fact, line, change),
            known: change.is_some(),
            since: since(self.lens, change, &self.value_of(fact, line, change)),
            source: match (line, change) {
                (Some(line), _) => source(line),
                (None, Some(change)) => self.entry_words(change),
                (None, None) => String::new(),
            },
            unconfirmed: line.is_some_and(|l| l.taken == Some(Taken::Report)),
            history: self.history(id, fact),
            history_count: 0,
            gap: None,
        }
    }

    fn value_of(&self, fact: &Fact, line: Option<&DatedFact>, change: Option<Change>) -> String {
        match change {
            // To rulebooks an authority may be the area that it is part of; people read what was recorded.
            Some(change) => self.value(fact, line.map_or(change.value, |l| l.value)),
            None => UNANSWERED.into(),
        }
    }

    fn value(&self, fact: &Fact, v: Value) -> String {
        value(self.names, self.lens.face, &self.record.file.words, (&fact.kind, &fact.answers), v)
    }

    fn entry_words(&self, change: Change) -> String {
        match change.source {
            Source::Entry(entry) => {
                let entry = self.record.case.entry(entry);
                format!("entry: {}", self.names.event(&self.names.vocabulary.event_at(entry.event).id))
            }
            Source::Rule(_) => "follows from the protocol".into(),
            _ => String::new(),
        }
    }

    /// Lines and entries, what was recorded last first.
    fn history(&self, id: FactId, fact: &Fact) -> Vec<FactStory> {
        let lines = self.record.file.facts.iter().filter(|l| l.fact == id && !l.withdrawn);
        let mut found: Vec<(Moment, FactStory)> = lines.map(|line| (line.recorded, self.story(fact, line))).collect();
        let changes = self.timelines(fact).map(|all| all.changes(id)).unwrap_or_default();
        for change in changes.iter().filter(|c| c.value != Value::Unknown) {
            let Source::Entry(number) = change.source else { continue };
            let entry = self.record.case.entry(number);
            found.push((
                entry.recorded,
                FactStory {
                    entry: entry.id.clone(),
                    value: self.value(fact, change.value),
                    held: format!("since {}", self.lens.face.since(change.at).words),
                    recorded: self.lens.face.when(entry.recorded),
                    by: self.record.written.get(&entry.id).map(|w| w.name.to_string()).unwrap_or_default(),
                    source: self.entry_words(*change),
                    ..FactStory::default()
                },
            ));
        }
        found.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        found.into_iter().map(|(_, story)| story).collect()
    }

    /// What one line says, and what became of it.
    pub fn story(&self, fact: &Fact, line: &DatedFact) -> FactStory {
        let face = self.lens.face;
        let written = self.record.written.get(&line.id);
        let by = corrected_by(&self.record.file, &line.id);
        FactStory {
            id: line.id.clone(),
            entry: String::new(),
            value: self.value(fact, line.value),
            held: match (line.from > Moment::EVER, line.until) {
                (true, None) => format!("since {}", face.since(line.from).words),
                (true, Some(until)) => {
                    format!("from {} until {}", face.since(line.from).words, face.since(until).words)
                }
                (false, Some(until)) => format!("always, until {}", face.since(until).words),
                (false, None) => "always so".into(),
            },
            recorded: self.recorded(line).map(|at| face.when(at)).unwrap_or_default(),
            by: written.map(|w| w.name.to_string()).unwrap_or_default(),
            source: source(line),
            note: line.note.clone().unwrap_or_default(),
            wrong: by.map(|by| self.wrong(by)).unwrap_or_default(),
            may_correct: by.is_none() && self.is_recorded(fact) && written.is_some_and(|w| w.may_correct),
        }
    }

    /// When a line was recorded; of what was always so and says no more, when its row was written, if it has one of its own.
    fn recorded(&self, line: &DatedFact) -> Option<Moment> {
        let row = || self.record.written.get(&line.id).and_then(|written| written.at);
        Some(line.recorded).filter(|at| *at > Moment::EVER).or_else(row)
    }

    fn wrong(&self, by: &DatedFact) -> String {
        let who = self.record.written.get(&by.id).map(|w| &*w.name).filter(|name| !name.is_empty());
        let who = who.map(|name| format!(" by {name}")).unwrap_or_default();
        let what = if by.withdrawn { "Taken back" } else { "Put right" };
        let why = by.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        format!("{what} {}{who}{why}", self.lens.face.when(by.recorded).words)
    }
}

/// `told by the school`.
fn source(line: &DatedFact) -> String {
    let told_by = line.told_by.as_deref().unwrap_or_default();
    match line.taken {
        None if told_by.is_empty() => String::new(),
        None => told_by.into(),
        Some(Taken::Seen) => "seen by whoever recorded it".into(),
        Some(Taken::Told) => format!("told by {told_by}"),
        Some(Taken::Document) => format!("from a document: {told_by}"),
        Some(Taken::Report) => "taken from where the report was made; nobody has confirmed it".into(),
    }
}

/// The facts that were recorded since a version, latest first, for whoever was overtaken.
pub fn newer_facts(lens: &Lens<'_>, record: &Record, version: i64) -> Vec<TimelineItem> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let teller = Facts { lens, record, names: &names };
    let fresh = record.file.facts.iter().rev();
    let fresh = fresh.filter(|line| record.written.get(&line.id).is_some_and(|w| w.seq > version));
    let item = |line: &DatedFact| {
        let fact = names.vocabulary.fact_at(line.fact);
        let story = teller.story(fact, line);
        let value = if line.withdrawn { "Taken back".into() } else { format!("{}, {}", story.value, story.held) };
        let recorded = story.recorded;
        TimelineItem {
            id: line.id.clone(),
            title: "What is known of the child".into(),
            occurred: recorded.clone(),
            recorded,
            by: story.by,
            fields: vec![FieldLine {
                field: fact.id.clone(),
                label: fact.label.clone(),
                value,
                ..FieldLine::default()
            }],
            note: line.why.clone().or_else(|| line.note.clone()).unwrap_or_default(),
            ..TimelineItem::default()
        }
    };
    fresh.map(item).collect()
}
