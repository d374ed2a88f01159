//! What happened, entry by entry, as it stands now, with what it said before.

use super::checklist;
use super::warnings::warnings;
use crate::record::{Standing, Written};
use crate::words::{Names, of_entry, short_title, span};
use crate::{FieldLine, Lens, PhotographOf, Record, TimelineItem, Version, Warning};
use casebook::case_file::{EntryLine, Remark};
use casebook::command::{self, labels};
use engine::ids::{EpisodeNo, LineNo};
use engine::value::{Type, Value};
use engine::vocabulary::Class;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Recorded so many minutes later or more, an entry is late.
const LATE: i64 = 15;

/// So many characters of a text stand in a list of entries.
const CLIPPED: usize = 400;
/// So many earlier versions, and so many that dispute it.
const VERSIONS: usize = 3;

/// An entry as one of a list: long texts begin here, and are read whole on this page of the list.
pub(crate) fn clipped(mut item: TimelineItem, page: &str) -> TimelineItem {
    let mut cut = clip(&mut item.note) | clip(&mut item.why);
    for line in &mut item.fields {
        cut |= clip(&mut line.value);
    }
    cut |= item.versions.len() > VERSIONS || item.disputes.len() > VERSIONS;
    item.versions.truncate(VERSIONS);
    item.disputes.truncate(VERSIONS);
    for version in item.versions.iter_mut().chain(&mut item.disputes) {
        cut |= clip(&mut version.note) | clip(&mut version.why);
        for line in &mut version.fields {
            cut |= clip(&mut line.value);
        }
    }
    if cut {
        item.whole = format!("{page}?entry={0}#{0}", item.id);
    }
    item
}

/// The page of all that happened in an episode.
pub(crate) fn timeline_of(child: &str, episode: &str) -> String {
    format!("/children/{child}/episodes/{episode}/timeline")
}

/// Cuts a long text at a character, and says whether it did.
fn clip(text: &mut String) -> bool {
    let Some((at, _)) = text.char_indices().nth(CLIPPED) else { return false };
    text.truncate(at);
    text.push('…');
    true
}

/// An item of the timeline, with the entry in force that it shows.
pub struct Told<'a> {
    pub line: &'a EntryLine,
    pub item: TimelineItem,
}

/// Makes items of the timeline from a record.
pub struct Teller<'a> {
    pub lens: &'a Lens<'a>,
    pub record: &'a Record,
    pub names: &'a Names<'a>,
    standing: Standing<'a>,
    /// What was said about entries that stand, by the place of the entry.
    remarks: HashMap<LineNo, Vec<&'a EntryLine>>,
    warnings: Vec<Warning>,
    /// The warnings of an entry, by its id.
    of_entry: HashMap<String, Vec<usize>>,
}

impl<'a> Teller<'a> {
    pub fn new(lens: &'a Lens<'a>, record: &'a Record, names: &'a Names<'a>) -> Teller<'a> {
        let warnings = warnings(lens.rules, record, lens.now);
        let mut of_entry: HashMap<String, Vec<usize>> = HashMap::new();
        for (n, warning) in warnings.iter().enumerate() {
            if let Some(entry) = &warning.entry {
                of_entry.entry(entry.clone()).or_default().push(n);
            }
        }
        let mut remarks: HashMap<LineNo, Vec<&EntryLine>> = HashMap::new();
        for line in record.file.chronology.iter().filter(|line| line.remark.is_some()) {
            remarks.entry(line.root).or_default().push(line);
        }
        Teller { lens, record, names, standing: record.standing(), remarks, warnings, of_entry }
    }

    /// The entries of one episode, latest first: the place of each in the chronology, and what it says now.
    pub fn order(&self, episode: EpisodeNo) -> Vec<(LineNo, &'a EntryLine)> {
        self.ordered(|line| self.standing.is_of(line, episode))
    }

    /// As [`order`](Self::order), of what belongs to no episode.
    pub fn outside(&self) -> Vec<(LineNo, &'a EntryLine)> {
        self.ordered(|line| self.standing.is_outside(line))
    }

    fn ordered(&self, is_one: impl Fn(&EntryLine) -> bool) -> Vec<(LineNo, &'a EntryLine)> {
        let lines = self.record.file.chronology.iter().enumerate();
        let mut found: Vec<(LineNo, &'a EntryLine)> = lines
            .filter(|(_, line)| line.corrects.is_none())
            .filter(|(_, line)| is_one(line))
            .map(|(index, line)| {
                let place = LineNo::at(index);
                let correction = self.standing.correction(place);
                (place, correction.filter(|c| !c.withdrawn).unwrap_or(line))
            })
            .collect();
        found.sort_by_key(|(_, line)| std::cmp::Reverse((line.occurred, line.recorded)));
        found
    }

    /// An entry by its place in the chronology, with its item.
    pub fn told(&self, place: LineNo) -> Told<'a> {
        self.item(place, &self.record.file.chronology[place.place()])
    }

    /// What somebody should look at, of these entries.
    pub fn warnings_of(&self, order: &[(LineNo, &EntryLine)]) -> Vec<Warning> {
        let shown: HashSet<&str> =
            order.iter().map(|(place, _)| self.record.file.chronology[place.place()].id.as_str()).collect();
        let ours = |w: &&Warning| w.entry.as_ref().is_none_or(|e| shown.contains(e.as_str()));
        self.warnings.iter().filter(ours).cloned().collect()
    }

    /// The entry in force for one of the chronology, and its item.
    fn item(&self, index: LineNo, root: &'a EntryLine) -> Told<'a> {
        let correction = self.standing.correction(index);
        let withdrawn = correction.is_some_and(|c| c.withdrawn);
        let line = correction.filter(|c| !c.withdrawn).unwrap_or(root);
        let all = std::iter::once(root).chain(self.standing.corrections(index));
        let mut versions: Vec<&EntryLine> = all.filter(|e| e.id != line.id).collect();
        versions.sort_by_key(|e| std::cmp::Reverse(e.recorded));
        let face = self.lens.face;
        // The moment of recording is compared with the moment of happening, not with that of a later correction.
        let late = root.recorded.minute() - line.occurred.minute();
        let mut fields = self.fields(line);
        if line.event == self.names.vocabulary.known.action_recorded {
            // The act that was done is in the title.
            fields.retain(|f| f.field != "action");
        }
        let mut versions: Vec<Version> = versions.into_iter().map(|v| self.version(v)).collect();
        if withdrawn {
            // A withdrawn photograph may show another child.
            fields.retain(|f| f.photograph.is_none());
            versions.iter_mut().for_each(|v| v.fields.retain(|f| f.photograph.is_none()));
        }
        let written = self.record.written.get(&root.id);
        let item = TimelineItem {
            id: root.id.clone(),
            event: self.names.vocabulary.event_at(line.event).id.clone(),
            title: self.title(line),
            occurred: face.when(line.occurred),
            late: if late >= LATE { format!("recorded {} later", span(late)) } else { String::new() },
            recorded: face.when(line.recorded),
            by: self.by(line),
            fields,
            note: line.note.clone().unwrap_or_default(),
            why: line.why.clone().unwrap_or_default(),
            whole: String::new(),
            checklist: checklist::lines(self.lens.rules, line),
            form: line.filled.as_ref().map(|filled| labels::capital(&filled.title)).unwrap_or_default(),
            left_open: command::left_open(self.names.vocabulary, line),
            withdrawn,
            versions,
            warnings: self.of_entry.get(&root.id).into_iter().flatten().map(|n| self.warnings[*n].clone()).collect(),
            told: self.told_by(line, index),
            disputes: self.remarks(index, Remark::Disputed).map(|remark| self.version(remark)).collect(),
            can_correct: !withdrawn && written.is_some_and(|w| w.may_correct),
            can_dispute: !withdrawn && written.is_some_and(|w| w.may_dispute),
            can_confirm: !withdrawn && self.is_unconfirmed(line, index) && written.is_some_and(|w| w.may_confirm),
        };
        Told { line, item }
    }

    /// What was said about an entry that stands.
    fn remarks(&self, index: LineNo, kind: Remark) -> impl Iterator<Item = &'a EntryLine> {
        self.remarks.get(&index).into_iter().flatten().copied().filter(move |line| line.remark == Some(kind))
    }

    /// Was it told on somebody's behalf, and is what it says now not confirmed?
    fn is_unconfirmed(&self, line: &EntryLine, index: LineNo) -> bool {
        line.told_by.is_some() && !self.remarks(index, Remark::Confirmed).any(|r| r.recorded >= line.recorded)
    }

    /// On whose behalf it was put down, and whether that side has confirmed it.
    fn told_by(&self, line: &EntryLine, index: LineNo) -> String {
        let Some(role) = line.told_by.and_then(|role| self.names.vocabulary.word(role)) else { return String::new() };
        let role = self.names.role(role);
        match self.remarks(index, Remark::Confirmed).filter(|r| r.recorded >= line.recorded).last() {
            Some(remark) => format!("Told by {role}, and confirmed by {}", self.by(remark)),
            None => format!("Told by {role}, and not confirmed yet: it eases and closes nothing"),
        }
    }

    fn title(&self, line: &EntryLine) -> String {
        let action = self.names.vocabulary.known.action;
        self.names.happened(line.event, line.fields.iter().find(|(f, _)| *f == action).map(|(_, v)| *v))
    }

    /// An entry or a correction as it was written.
    pub fn version(&self, line: &EntryLine) -> Version {
        let face = self.lens.face;
        Version {
            id: line.id.clone(),
            recorded: face.when(line.recorded),
            by: self.writer(line).map_or_else(|| self.by(line), String::from),
            occurred: face.when(line.occurred),
            fields: self.fields(line),
            note: line.note.clone().unwrap_or_default(),
            why: line.why.clone().unwrap_or_default(),
            checklist: checklist::lines(self.lens.rules, line),
            form: line.filled.as_ref().map(|filled| labels::capital(&filled.title)).unwrap_or_default(),
            withdrawal: line.withdrawn,
        }
    }

    /// The name of whoever wrote it down.
    fn writer(&self, line: &EntryLine) -> Option<&'a str> {
        let written: Option<&'a Written> = self.record.written.get(&line.id);
        written.map(|w| &*w.name).filter(|name| !name.is_empty())
    }

    /// `Dana Holt, children's home staff`; and who wrote it down, where that was somebody else.
    fn by(&self, line: &EntryLine) -> String {
        let role = line.by.and_then(|b| self.names.vocabulary.word(b)).map(|w| self.names.role(w));
        let who = match (&line.by_name, role) {
            (Some(name), Some(role)) => format!("{name}, {role}"),
            (Some(name), None) => name.clone(),
            (None, Some(role)) => labels::capital(&role),
            (None, None) => String::new(),
        };
        let writer = self.writer(line).filter(|w| Some(*w) != line.by_name.as_deref());
        match (who.is_empty(), writer) {
            (true, Some(writer)) => writer.to_string(),
            (false, Some(writer)) => format!("{who} (written down by {writer})"),
            (_, None) => who,
        }
    }

    fn fields(&self, line: &EntryLine) -> Vec<FieldLine> {
        let vocabulary = self.names.vocabulary;
        let mut found = Vec::new();
        for field in &vocabulary.event_at(line.event).fields {
            // Which rule an entry is for is shown with the duty.
            if field.id == "duty" {
                continue;
            }
            let text = line.texts.iter().find(|(f, _)| *f == field.field).map(|(_, text)| text.trim().to_string());
            let words = text.unwrap_or_else(|| {
                let values = line.fields.iter().filter(|(f, _)| *f == field.field).map(|(_, v): &(_, Value)| *v);
                let file_words = &self.record.file.words;
                let of = (field, line.fields.as_slice());
                let words = values.map(|v| of_entry(self.names, self.lens.face, file_words, of, v));
                words.collect::<Vec<_>>().join(", ")
            });
            if words.is_empty() {
                continue;
            }
            if field.kind == Type::Photograph {
                let (field, label) = (field.id.clone(), labels::field(field));
                let photograph = Some(PhotographOf { child: self.record.id.clone(), id: words });
                found.push(FieldLine { field, label, photograph, ..FieldLine::default() });
                continue;
            }
            let quoted = field.kind == Type::Text && field.class == Class::ChildsWords;
            found.push(FieldLine {
                field: field.id.clone(),
                label: labels::field(field),
                value: words,
                quoted,
                ..FieldLine::default()
            });
        }
        let followed = line.texts.iter().find(|(field, _)| *field == vocabulary.known.followed);
        if let Some((_, rulebook)) = followed {
            let value = self.lens.rules.book(rulebook).map_or_else(|| rulebook.clone(), short_title);
            let label = "Of two protocols that contradict each other, the one followed".to_string();
            found.push(FieldLine { field: "followed".into(), label, value, ..FieldLine::default() });
        }
        found
    }
}

/// What was recorded since a version, latest first: what a stale page did not know.
pub fn newer(lens: &Lens<'_>, record: &Record, version: i64) -> Vec<TimelineItem> {
    let fresh = |line: &&Arc<EntryLine>| record.written.get(&line.id).is_some_and(|w| w.seq > version);
    let roots: HashSet<LineNo> = record.file.chronology.iter().filter(fresh).map(|line| line.root).collect();
    let names = Names::of(lens.rules, &record.case, lens.now);
    let teller = Teller::new(lens, record, &names);
    let mut told: Vec<Told<'_>> =
        roots.iter().map(|root| teller.item(*root, &record.file.chronology[root.place()])).collect();
    told.sort_by_key(|told| std::cmp::Reverse((told.line.occurred, told.line.recorded)));
    let mut found = super::newer_facts(lens, record, version);
    found.extend(told.into_iter().map(|told| told.item));
    found
}
