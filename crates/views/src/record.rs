//! A child's record as its viewer may see it: loaded and redacted already. Whatever is shown of a child is made of this.

use casebook::case_file::{CaseFile, EntryLine, Taken, is_of_placement};
use casebook::known::{Flag, in_force, last_corrections};
use engine::case::{Case, Source};
use engine::ids::{EntryNo, EpisodeNo, LineNo};
use engine::time::Moment;
use engine::vocabulary::{Class, FactId, Vocabulary};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// A record. Cheap to clone: where nothing is hidden, it is the same as that which everything is worked out from.
#[derive(Clone, Debug)]
pub struct Record {
    /// The child's id.
    pub id: String,
    /// The child's name.
    pub name: String,
    /// How many rows it has; goes into forms, and back with what is written.
    pub version: i64,
    /// As a case file.
    pub file: Arc<CaseFile>,
    /// As the engine sees it.
    pub case: Arc<Case>,
    /// What does not fit together in it.
    pub flags: Arc<Vec<Flag>>,
    /// Where each entry and each line of a fact stands and who wrote it, by its id.
    pub written: Arc<HashMap<String, Written>>,
    /// The whole case, where something of it is hidden: nobody is kept from hearing what they themselves owe.
    pub whole: Option<Arc<Case>>,
    /// The viewer broke the glass to be here.
    pub glass: bool,
    /// The classes of information that the viewer may see.
    pub sees: Vec<Class>,
    /// Those that the viewer may record.
    pub records: Vec<Class>,
    /// The viewer keeps what the record says of the child.
    pub keeps: bool,
    /// The viewer may waive what is to be done.
    pub waives: bool,
    /// May the viewer know where the child lives?
    pub lives: Lives,
    /// Since when the viewer works with the child no more, and only finishes what was theirs to do.
    pub left: Option<Moment>,
}

/// What of where a child lives its viewer may know: what is kept from them is not said to be missing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub enum Lives {
    /// All that is recorded.
    #[default]
    Shown,
    /// All but a place that is withheld from them.
    Withheld,
    /// Nothing of it: it is not theirs to know, whether or not it is recorded.
    Unseen,
}

impl Lives {
    /// What is said instead; empty where nothing is kept from them.
    pub fn words(self) -> &'static str {
        match self {
            Lives::Shown => "",
            Lives::Withheld => "A place of this child is withheld, and not shown to you.",
            Lives::Unseen => "Where the child lives is not shown to you.",
        }
    }
}

/// How an entry came on the record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Written {
    /// Its place in the record, from 1.
    pub seq: i64,
    /// When it was written.
    pub at: Option<Moment>,
    /// The id of the person who wrote it.
    pub person: Arc<str>,
    /// That person's name; may be empty.
    pub name: Arc<str>,
    /// That person's agency, by id.
    pub agency: Arc<str>,
    /// The viewer may correct and withdraw it.
    pub may_correct: bool,
    /// It is a completed form, and a version that the viewer fills in may take its place.
    pub may_renew: bool,
    /// The viewer may dispute it.
    pub may_dispute: bool,
    /// The viewer may confirm it, where it was told on somebody's behalf.
    pub may_confirm: bool,
}

impl Record {
    /// Was what holds of a fact only taken from where the child was reported, and confirmed by nobody?
    pub fn is_only_supposed(&self, fact: FactId, now: Moment) -> bool {
        let source = self.case.facts.at(fact, now).map(|change| change.source);
        let line = if let Some(Source::Record(n)) = source { self.file.facts.get(n as usize) } else { None };
        line.is_some_and(|line| line.taken == Some(Taken::Report))
    }

    /// May what is recorded of a fact be kept from the viewer? Whether anything is, it does not tell.
    pub fn hides(&self, vocabulary: &Vocabulary, fact: FactId) -> bool {
        let fact = vocabulary.fact_at(fact);
        is_of_placement(fact) && self.lives != Lives::Shown || !self.sees.contains(&fact.class)
    }

    /// What an entry says now: itself, or the correction in force. None for one that was withdrawn, or is no entry.
    pub fn in_force(&self, entry: &str) -> Option<&EntryLine> {
        in_force(&self.file, entry, None)
    }

    /// The same for all entries, looked up once.
    pub fn standing(&self) -> Standing<'_> {
        Standing::of(self)
    }
}

/// What every entry says now, and in which episode it is.
pub struct Standing<'a> {
    record: &'a Record,
    by_id: HashMap<&'a str, LineNo>,
    /// The correction or withdrawal in force, by the entry's place.
    in_force: HashMap<LineNo, LineNo>,
    /// What corrects or withdraws an entry, by the entry's place.
    corrections: HashMap<LineNo, Vec<LineNo>>,
    /// The place of a standing entry in the case, by its id.
    entries: HashMap<&'a str, EntryNo>,
}

impl<'a> Standing<'a> {
    fn of(record: &'a Record) -> Standing<'a> {
        let lines = record.file.chronology.iter().enumerate().map(|(n, line)| (LineNo::at(n), line));
        let by_id: HashMap<&str, LineNo> = lines.clone().map(|(n, line)| (line.id.as_str(), n)).collect();
        let mut corrections: HashMap<LineNo, Vec<LineNo>> = HashMap::new();
        for (n, line) in lines.filter(|(n, line)| line.root != *n && line.remark.is_none()) {
            corrections.entry(line.root).or_default().push(n);
        }
        let in_force = last_corrections(&record.file);
        let entries = record.case.entries.iter().enumerate().map(|(n, e)| (e.id.as_str(), EntryNo::at(n))).collect();
        Standing { record, by_id, in_force, corrections, entries }
    }

    /// The place of an entry in the chronology.
    pub fn place(&self, entry: &str) -> Option<LineNo> {
        self.by_id.get(entry).copied()
    }

    /// An entry of the chronology by its place.
    pub fn line(&self, place: LineNo) -> &'a EntryLine {
        &self.record.file.chronology[place.place()]
    }

    /// The correction or withdrawal in force of an entry.
    pub fn correction(&self, place: LineNo) -> Option<&'a EntryLine> {
        self.in_force.get(&place).map(|by| self.line(*by))
    }

    /// What corrects or withdraws an entry.
    pub fn corrections(&self, place: LineNo) -> impl Iterator<Item = &'a EntryLine> {
        self.corrections.get(&place).into_iter().flatten().map(|n| self.line(*n))
    }

    /// The line that a standing entry of the case says: itself, or the correction in force.
    pub fn says(&self, entry: &str) -> Option<&'a EntryLine> {
        let place = self.place(entry)?;
        Some(self.correction(place).unwrap_or_else(|| self.line(place)))
    }

    /// Is an entry of no episode? One that was withdrawn is of that in which it would fall.
    pub fn is_outside(&self, line: &EntryLine) -> bool {
        match self.entries.get(line.id.as_str()) {
            Some(entry) => self.record.case.entry(*entry).episodes().next().is_none(),
            None => self.record.case.episode_at(line.occurred).is_none(),
        }
    }

    /// Is an entry of an episode: its own, or one that it names besides? One that was withdrawn is of that in which it would fall.
    pub fn is_of(&self, line: &EntryLine, episode: EpisodeNo) -> bool {
        match self.entries.get(line.id.as_str()) {
            Some(entry) => self.record.case.entry(*entry).episodes().any(|one| one == episode),
            None => self.record.case.episode_at(line.occurred) == Some(episode),
        }
    }
}
