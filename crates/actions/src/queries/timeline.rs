//! What happened, entry by entry, as it stands now, with what it said before.

use super::Lens;
use super::warnings::warnings;
use crate::app::App;
use crate::case::Loaded;
use crate::refused::Result;
use crate::views::{FieldLine, PhotographOf, TimelineItem, Version, Warning};
use crate::words::{Names, span, value};
use casebook::case_file::EntryLine;
use casebook::command::labels;
use casebook::known::{Corrected, corrected};
use engine::value::{Type, Value};
use engine::vocabulary::Class;
use std::collections::HashMap;
use store::RowKind;

/// Recorded so many minutes later or more, an entry is late.
const LATE: i64 = 15;

/// Names of the people who wrote the rows of a record, by the id of the entry.
pub(crate) type Writers = HashMap<String, String>;

/// Who wrote each entry.
pub(crate) async fn people(app: &App, loaded: &Loaded) -> Result<Writers> {
    let mut names: HashMap<&str, String> = HashMap::new();
    let mut writers = Writers::new();
    let rows = loaded.record.rows.iter().filter(|r| r.kind == RowKind::Entry && r.payload.is_some());
    for (row, line) in rows.zip(&loaded.file.chronology) {
        if !names.contains_key(row.actor.as_str()) {
            let name = app.store.person(&row.actor).await?.map(|p| p.name).unwrap_or_default();
            names.insert(&row.actor, name);
        }
        writers.insert(line.id.clone(), names[row.actor.as_str()].clone());
    }
    Ok(writers)
}

/// An item of the timeline, with the entry in force that it shows.
pub(crate) struct Told<'a> {
    pub line: &'a EntryLine,
    pub item: TimelineItem,
}

/// Makes items of the timeline from a record.
pub(crate) struct Teller<'a> {
    pub lens: &'a Lens<'a>,
    pub loaded: &'a Loaded,
    pub names: &'a Names<'a>,
    pub writers: &'a Writers,
    corrected: Vec<Corrected>,
    warnings: Vec<Warning>,
}

impl<'a> Teller<'a> {
    pub fn new(lens: &'a Lens<'a>, loaded: &'a Loaded, names: &'a Names<'a>, writers: &'a Writers) -> Teller<'a> {
        let warnings = warnings(&lens.app.rules, loaded, lens.now);
        Teller { lens, loaded, names, writers, corrected: corrected(&loaded.file, None), warnings }
    }

    /// The items of one episode, or of the whole record; latest first.
    pub fn items(&self, episode: Option<u32>) -> Vec<TimelineItem> {
        self.told(episode).into_iter().map(|told| told.item).collect()
    }

    /// The same, each with its entry.
    pub fn told(&self, episode: Option<u32>) -> Vec<Told<'a>> {
        let lines = self.loaded.file.chronology.iter().enumerate();
        let mut found: Vec<Told<'a>> = lines
            .filter(|(_, line)| line.corrects.is_none())
            .filter(|(_, line)| episode.is_none_or(|e| self.episode_of(line) == Some(e)))
            .map(|(index, line)| self.item(index as u32, line))
            .collect();
        found.sort_by_key(|told| std::cmp::Reverse((told.line.occurred, told.line.recorded)));
        found
    }

    /// What somebody should look at, of one episode.
    pub fn warnings_of(&self, items: &[TimelineItem]) -> Vec<Warning> {
        let ours = |w: &&Warning| w.entry.as_ref().is_none_or(|e| items.iter().any(|i| i.id == *e));
        self.warnings.iter().filter(ours).cloned().collect()
    }

    /// The episode of an entry; of one that was withdrawn, the one it would fall in.
    fn episode_of(&self, line: &EntryLine) -> Option<u32> {
        let standing = self.loaded.case.entries.iter().find(|e| e.id == line.id);
        standing.map_or_else(|| self.loaded.case.episode_at(line.occurred), |e| e.episode)
    }

    /// The entry in force for one of the chronology, and its item.
    fn item(&self, index: u32, root: &'a EntryLine) -> Told<'a> {
        let file = &self.loaded.file;
        let correction = self.corrected.iter().find(|c| c.entry == root.id);
        let withdrawn = correction.is_some_and(|c| c.withdrawn);
        let current = correction.filter(|c| !c.withdrawn).and_then(|c| file.chronology.iter().find(|e| e.id == c.by));
        let line = current.unwrap_or(root);
        let mut versions: Vec<&EntryLine> = file
            .chronology
            .iter()
            .enumerate()
            .filter(|(n, e)| (e.root == index || *n as u32 == index) && e.id != line.id)
            .map(|(_, e)| e)
            .collect();
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
            withdrawn,
            versions,
            warnings: self.warnings.iter().filter(|w| w.entry.as_deref() == Some(&root.id)).cloned().collect(),
            can_correct: !withdrawn && self.lens.actor.sees_children,
        };
        Told { line, item }
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
            by: self.writers.get(&line.id).filter(|n| !n.is_empty()).cloned().unwrap_or_else(|| self.by(line)),
            occurred: face.when(line.occurred),
            fields: self.fields(line),
            note: line.note.clone().unwrap_or_default(),
            withdrawal: line.withdrawn,
        }
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
        let writer = self.writers.get(&line.id).filter(|w| !w.is_empty() && Some(*w) != line.by_name.as_ref());
        match (who.is_empty(), writer) {
            (true, Some(writer)) => writer.clone(),
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
                let values = line.fields.iter().filter(|(f, _)| *f == field.field).map(|(_, v)| *v);
                let words =
                    values.map(|v: Value| value(self.names, self.lens.face, &self.loaded.file.words, (&field.kind, &field.answers), v));
                words.collect::<Vec<_>>().join(", ")
            });
            if words.is_empty() {
                continue;
            }
            if field.kind == Type::Photograph {
                let (field, label) = (field.id.clone(), labels::field(field));
                let photograph = Some(PhotographOf { child: self.loaded.base.id.clone(), id: words });
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
        found
    }
}

/// What was recorded since a version, latest first: what a stale page did not know.
pub(crate) async fn newer(lens: &Lens<'_>, loaded: &Loaded, version: i64) -> Result<Vec<TimelineItem>> {
    let rows = loaded.record.rows.iter().filter(|r| r.kind == RowKind::Entry && r.payload.is_some());
    let fresh: Vec<(&str, u32)> = rows
        .zip(&loaded.file.chronology)
        .filter(|(row, _)| row.seq > version)
        .map(|(_, line)| (line.id.as_str(), line.root))
        .collect();
    let roots: Vec<&str> = fresh.iter().map(|(_, root)| loaded.file.chronology[*root as usize].id.as_str()).collect();
    let writers = people(lens.app, loaded).await?;
    let names = Names::of(&lens.app.rules, &loaded.case, lens.now);
    let teller = Teller::new(lens, loaded, &names, &writers);
    let mut items = teller.items(None);
    items.retain(|i| roots.contains(&i.id.as_str()));
    Ok(items)
}
