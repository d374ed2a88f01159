//! Cuts the chronology into episodes: from what starts one to the return. Episodes never overlap.

use super::standing::Standing;
use super::{Flag, needs_episode, starting};
use crate::case_file::CaseFile;
use crate::reader::short;
use engine::diagnostic::Diagnostic;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use std::collections::HashMap;

/// An episode's extent.
#[derive(Debug)]
pub(super) struct Extent {
    pub id: String,
    pub start: Moment,
    pub end: Option<Moment>,
    pub start_entry: u32,
    pub end_entry: Option<u32>,
}

/// What an entry is to its episode.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Part {
    pub episode: Option<u32>,
    /// From when its facts are true, if not from when it occurred: an episode's first facts are true from its start.
    pub from: Option<Moment>,
    /// A second return: it counts for nothing.
    pub void: bool,
}

/// The episodes by start, and the part of each standing entry in them.
pub(super) struct Segments {
    pub episodes: Vec<Extent>,
    pub of: Vec<Part>,
}

struct Cutter<'a> {
    vocabulary: &'a Vocabulary,
    standing: &'a [Standing<'a>],
    episodes: Vec<Extent>,
    of: Vec<Part>,
    /// Episodes by the entry that starts them, or that was taken into them though it would start one.
    by_entry: HashMap<u32, u32>,
    flags: &'a mut Vec<Flag>,
}

pub(super) fn segment(
    file: &CaseFile,
    vocabulary: &Vocabulary,
    standing: &[Standing<'_>],
    flags: &mut Vec<Flag>,
) -> Segments {
    let of = vec![Part::default(); standing.len()];
    let mut cutter = Cutter { vocabulary, standing, episodes: Vec::new(), of, by_entry: HashMap::new(), flags };
    for (index, entry) in standing.iter().enumerate() {
        match vocabulary.event_at(entry.content.event).episode {
            EpisodeEffect::Starts => cutter.starts(index),
            EpisodeEffect::Ends => cutter.ends(index),
            EpisodeEffect::Within => {}
        }
    }
    // Only now: an entry may have occurred after the start of an episode that was noticed later.
    for (index, entry) in standing.iter().enumerate() {
        if vocabulary.event_at(entry.content.event).episode == EpisodeEffect::Within {
            cutter.within(index, file);
        }
    }
    Segments { episodes: cutter.episodes, of: cutter.of }
}

impl Cutter<'_> {
    fn flag(&mut self, index: usize, code: &'static str, message: String, help: &str) {
        let entry = &self.standing[index];
        let says = Diagnostic::warning(code, entry.content.place.clone(), message, help);
        self.flags.push(Flag { entry: Some(entry.root.id.clone()), says });
    }

    fn words(&self, index: usize) -> (String, String) {
        let entry = &self.standing[index];
        (short(&entry.root.id), self.vocabulary.calendar.words(entry.content.occurred))
    }

    /// The open episode: there is at most one, the last.
    fn open(&self) -> Option<u32> {
        let last = self.episodes.last()?;
        last.end.is_none().then_some(self.episodes.len() as u32 - 1)
    }

    /// The episode that an entry is said to belong to.
    fn named(&self, index: usize) -> Option<u32> {
        let named = self.standing[index].content.episode.or(self.standing[index].root.episode)?;
        self.by_entry.get(&named).copied()
    }

    fn starts(&mut self, index: usize) {
        let entry = self.standing[index];
        if let Some(episode) = self.named(index) {
            self.of[index].episode = Some(episode);
            self.by_entry.insert(entry.number, episode);
            return;
        }
        if let Some(episode) = self.open() {
            let message = format!(
                "`{}` would start an episode while `{}` is open",
                short(&entry.root.id),
                short(&self.episodes[episode as usize].id)
            );
            self.flag(
                index,
                "C12",
                message,
                "it counts as a change in the open episode; record the return first if there was one",
            );
            self.of[index].episode = Some(episode);
            self.by_entry.insert(entry.number, episode);
            return;
        }
        let occurred = entry.content.occurred;
        let mut start = self.start_at(index).map_or(occurred, |at| at.min(occurred));
        if let Some(end) = self.episodes.last().and_then(|e| e.end)
            && start < end
        {
            let message = format!("`{}` would start before the last episode ended", short(&entry.root.id));
            self.flag(index, "C12", message, "the episode is taken to start at that return; check both times");
            start = end;
        }
        let number = self.episodes.len() as u32;
        self.by_entry.insert(entry.number, number);
        self.of[index] = Part { episode: Some(number), from: Some(start), void: false };
        self.episodes.push(Extent {
            id: entry.root.id.clone(),
            start,
            end: None,
            start_entry: index as u32,
            end_entry: None,
        });
    }

    fn start_at(&self, index: usize) -> Option<Moment> {
        let content = self.standing[index].content;
        let field = self.vocabulary.event_at(content.event).start_at?;
        content.fields.iter().find(|(f, _)| *f == field).and_then(|(_, value)| Value::moment(*value))
    }

    fn ends(&mut self, index: usize) {
        let (id, when) = self.words(index);
        let Some(last) = self.episodes.len().checked_sub(1) else {
            let help = format!("record {} first, or check the times", starting(self.vocabulary));
            self.flag(index, "C10", format!("`{id}` is a return at {when}, and no episode had begun"), &help);
            return;
        };
        let episode = self.named(index).map_or(last, |named| named as usize);
        self.of[index].episode = Some(episode as u32);
        let extent = &mut self.episodes[episode];
        match extent.end {
            None => {
                extent.end = Some(self.standing[index].content.occurred);
                extent.end_entry = Some(index as u32);
            }
            Some(end) => {
                self.of[index].void = true;
                let message = format!("`{id}` is a second return of `{}`", short(&extent.id));
                let ended = self.vocabulary.calendar.words(end);
                let help = format!(
                    "the return at {ended} counts; correct the wrong one, or record what started another episode"
                );
                self.flag(index, "C11", message, &help);
            }
        }
    }

    fn within(&mut self, index: usize, file: &CaseFile) {
        let entry = &self.standing[index];
        if let Some(episode) = self.named(index) {
            self.of[index].episode = Some(episode);
            return;
        }
        let begun = self.episodes.partition_point(|e| e.start <= entry.content.occurred);
        self.of[index].episode = begun.checked_sub(1).map(|e| e as u32);
        let event = self.vocabulary.event_at(entry.content.event);
        let (id, when) = self.words(index);
        if let Some(named) = entry.content.episode.or(entry.root.episode) {
            let named = file.chronology.get(named as usize).map_or("", |e| &e.id);
            let message =
                format!("`{id}` is said to belong to the episode of `{}`, which starts none any more", short(named));
            self.flag(index, "C17", message, "it is put where its time falls; name another episode");
        } else if begun == 0 && needs_episode(event, self.vocabulary) {
            let message = format!("`{id}`, `{}` at {when}, belongs to an episode, and none had begun", event.id);
            let help = format!("record {} first, or name its `episode`", starting(self.vocabulary));
            self.flag(index, "C17", message, &help);
        }
    }
}
