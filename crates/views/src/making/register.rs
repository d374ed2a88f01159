//! A row of a register: what of a child's record, as it may be seen, stands in each column.

use super::age_and_birthday;
use crate::words::{Clockface, Names, of_entry, value};
use crate::{Lens, Record, RegisterRow};
use casebook::command::labels;
use engine::ids::EpisodeNo;
use engine::rulebook::{Column, Shows};
use engine::value::Value;
use engine::vocabulary::{EventId, FactId, Scope};

/// A row. `episode` is its place in the record.
pub fn register_row(lens: &Lens<'_>, record: &Record, columns: &[Column], episode: Option<EpisodeNo>) -> RegisterRow {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let row = Row { lens, record, names: &names, episode };
    let href = match episode.and_then(|e| record.case.episodes.get(e.place())) {
        Some(one) => format!("/children/{}/episodes/{}", record.id, one.id),
        None => format!("/children/{}", record.id),
    };
    // A column of one thing has its name at its head.
    let cell = |column: &Column| match column.shows[..] {
        [Shows::Fact(fact)] => row.said(fact).into_iter().map(|(_, said)| said).collect(),
        [Shows::Entry(event)] => row.entry(event).or_else(|| row.not_yet(event)).into_iter().collect(),
        _ => column.shows.iter().filter_map(|shows| row.cell(*shows)).collect(),
    };
    RegisterRow { cells: columns.iter().map(cell).collect(), href, ..RegisterRow::default() }
}

struct Row<'a> {
    lens: &'a Lens<'a>,
    record: &'a Record,
    names: &'a Names<'a>,
    episode: Option<EpisodeNo>,
}

impl Row<'_> {
    fn cell(&self, shows: Shows) -> Option<String> {
        match shows {
            Shows::Child => {
                let born = self.record.case.facts.at(self.names.vocabulary.known.date_of_birth, self.lens.now);
                let age = match born.map(|change| change.value) {
                    Some(Value::Date(date)) => age_and_birthday(self.lens, &date.to_string()).0,
                    _ => String::new(),
                };
                let name = &self.record.name;
                Some(if age.is_empty() { name.clone() } else { format!("{name}, {age}") })
            }
            Shows::Episode => {
                let one = self.record.case.episodes.get(self.episode?.place())?;
                let from = self.lens.face.when(one.start).words;
                Some(match one.end.filter(|end| *end <= self.lens.now) {
                    Some(end) => format!(
                        "{from} until {}, {}",
                        self.lens.face.when(end).words,
                        Clockface::between(one.start, end)
                    ),
                    None => format!("since {from}, {}", Clockface::between(one.start, self.lens.now)),
                })
            }
            Shows::Fact(fact) => self.said(fact).map(|(label, said)| format!("{label}: {said}")),
            Shows::Entry(event) => self.entry(event),
        }
    }

    /// What a fact is called, and what is recorded of it; none for whoever may not see it.
    fn said(&self, id: FactId) -> Option<(&str, String)> {
        let fact = self.names.vocabulary.fact_at(id);
        if !self.record.sees.contains(&fact.class) {
            return None;
        }
        let timelines = match fact.scope {
            Scope::Episode => &self.record.case.episodes.get(self.episode?.place())?.facts,
            Scope::Child | Scope::Clock => &self.record.case.facts,
        };
        let change = timelines.at(id, self.lens.now).filter(|change| change.value != Value::Unknown);
        let said = change.map_or_else(
            || "not recorded".to_string(),
            |change| {
                let words = &self.record.file.words;
                value(self.names, self.lens.face, words, (&fact.kind, &fact.answers), change.value)
            },
        );
        Some((fact.label.trim_end_matches('?'), said))
    }

    /// That it did not happen; whoever might not see that it did is not told.
    fn not_yet(&self, event: EventId) -> Option<String> {
        let class = self.names.vocabulary.event_at(event).class;
        self.record.sees.contains(&class).then(|| "not yet".to_string())
    }

    /// The last entry of an event in the episode; where there is no episode, ever.
    fn entry(&self, event: EventId) -> Option<String> {
        let mine = |entry: &&engine::case::Entry| {
            let since = self.episode.and_then(|e| self.record.case.episodes.get(e.place())).map(|one| one.start);
            let near = entry.episode.is_none() && since.is_some_and(|start| entry.occurred >= start);
            entry.event == event && (self.episode.is_none() || entry.episode == self.episode || near)
        };
        let entry = self.record.case.entries.iter().rfind(mine)?;
        let line = self.record.standing().says(&entry.id)?;
        let vocabulary = self.names.vocabulary;
        let of = vocabulary.event_at(event);
        let by = line.by.and_then(|by| vocabulary.word(by)).map(|by| format!(", {}", self.names.role(by)));
        let mut said = format!(
            "{}: {}{}",
            self.names.happened(event, None),
            self.lens.face.when(line.occurred).words,
            by.unwrap_or_default()
        );
        for field in &of.fields {
            let words = &self.record.file.words;
            let kept = line.fields.iter().filter(|(id, v)| *id == field.field && !matches!(v, Value::Text));
            let of = (field, line.fields.as_slice());
            let values = kept.map(|(_, v)| of_entry(self.names, self.lens.face, words, of, *v));
            let texts = line.texts.iter().filter(|(id, _)| *id == field.field).map(|(_, text)| text.clone());
            let all: Vec<String> = values.chain(texts).collect();
            if !all.is_empty() {
                said.extend(["; ", labels::field(field).trim_end_matches('?'), ": ", &all.join(", ")]);
            }
        }
        Some(said)
    }
}
