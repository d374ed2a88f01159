//! Cuts the chronology into episodes: from what starts one to the return. Episodes never overlap.
//!
//! What became known late is taken as it comes: an absence that is told only after a later one takes nothing of that one, and is taken
//! to have ended before it until its return is recorded.

use super::standing::Standing;
use super::{Flag, needs_episode, starting};
use crate::case_file::CaseFile;
use crate::reader::short;
use engine::diagnostic::Diagnostic;
use engine::ids::{EntryNo, EpisodeNo, LineNo};
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use std::collections::{HashMap, HashSet};

/// An episode's extent.
#[derive(Debug)]
pub(super) struct Extent {
    pub id: String,
    pub start: Moment,
    pub end: Option<Moment>,
    pub start_entry: EntryNo,
    pub end_entry: Option<EntryNo>,
    /// From when entries belong to it. Before its start where the time of that was corrected: what was recorded of it until then stays its own.
    reach: Moment,
}

impl Extent {
    /// It is only taken to have ended: another began, and nobody recorded the return.
    pub fn is_supposed(&self) -> bool {
        self.end.is_some() && self.end_entry.is_none()
    }
}

/// What an entry is to its episode.
#[derive(Clone, Default, Debug)]
pub(super) struct Part {
    pub episode: Option<EpisodeNo>,
    /// Further episodes that it is about.
    pub also: Vec<EpisodeNo>,
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
    by_entry: HashMap<LineNo, EpisodeNo>,
    /// Entries that a rulebook refuses, by their number in the file: such a return ends nothing.
    refused: &'a HashSet<LineNo>,
    flags: &'a mut Vec<Flag>,
}

pub(super) fn segment(
    file: &CaseFile,
    vocabulary: &Vocabulary,
    standing: &[Standing<'_>],
    refused: &HashSet<LineNo>,
    flags: &mut Vec<Flag>,
) -> Segments {
    let of = vec![Part::default(); standing.len()];
    let mut cutter =
        Cutter { vocabulary, standing, episodes: Vec::new(), of, by_entry: HashMap::new(), refused, flags };
    // What is only told on somebody's behalf closes nothing.
    let effect = |index: usize| match vocabulary.event_at(standing[index].content.event).episode {
        EpisodeEffect::Ends if standing[index].told => EpisodeEffect::Within,
        effect => effect,
    };
    let starts: HashMap<LineNo, usize> = (0..standing.len())
        .filter(|index| effect(*index) == EpisodeEffect::Starts)
        .map(|index| (standing[index].number, index))
        .collect();
    // What names an episode that begins only after it is looked at once that is there.
    let mut waiting: HashMap<usize, Vec<usize>> = HashMap::new();
    for index in 0..standing.len() {
        if let Some(start) = cutter.waits(index, &starts) {
            waiting.entry(start).or_default().push(index);
            continue;
        }
        cutter.extent(index, effect(index));
        for index in waiting.remove(&index).into_iter().flatten() {
            cutter.extent(index, effect(index));
        }
    }
    cutter.supposed();
    // Only now: an entry may have occurred after the start of an episode that was noticed later.
    for (index, entry) in standing.iter().enumerate() {
        let effect = vocabulary.event_at(entry.content.event).episode;
        if effect == EpisodeEffect::Within || effect == EpisodeEffect::Ends && entry.told {
            cutter.within(index, file);
        }
        cutter.also(index, file);
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

    fn extent(&mut self, index: usize, effect: EpisodeEffect) {
        match effect {
            EpisodeEffect::Starts => self.starts(index),
            EpisodeEffect::Ends => self.ends(index),
            EpisodeEffect::Within => {}
        }
    }

    /// The start that an entry has to wait for: of an episode that it names and that begins later in the order of time; or, for a return,
    /// of one that begins in the same minute and was written down after it.
    fn waits(&self, index: usize, starts: &HashMap<LineNo, usize>) -> Option<usize> {
        let entry = &self.standing[index];
        let effect = self.vocabulary.event_at(entry.content.event).episode;
        if effect == EpisodeEffect::Within {
            return None;
        }
        if let Some(named) = entry.names() {
            return starts.get(&named).copied().filter(|start| *start > index);
        }
        let next = index + 1;
        let together = self.standing.get(next).is_some_and(|other| {
            other.content.occurred == entry.content.occurred && starts.get(&other.number) == Some(&next)
        });
        (effect == EpisodeEffect::Ends && together && self.open().is_none()).then_some(next)
    }

    /// Asks for the returns that nobody has recorded.
    fn supposed(&mut self) {
        for number in 0..self.episodes.len() {
            let extent = &self.episodes[number];
            let (true, Some(end), Some(next)) = (extent.is_supposed(), extent.end, self.episodes.get(number + 1))
            else {
                continue;
            };
            let message =
                format!("no return of `{}` is recorded, and `{}` began after it", short(&extent.id), short(&next.id));
            let when = self.vocabulary.calendar.words(end);
            let help = format!("it is taken to have ended by {when}; record when the child came back");
            self.flag(extent.start_entry.place(), "C18", message, &help);
        }
    }

    /// The open episode: there is at most one, the last.
    fn open(&self) -> Option<EpisodeNo> {
        let last = self.episodes.last()?;
        last.end.is_none().then_some(EpisodeNo::at(self.episodes.len() - 1))
    }

    /// The episode that an entry is said to belong to.
    fn named(&self, index: usize) -> Option<EpisodeNo> {
        self.by_entry.get(&self.standing[index].names()?).copied()
    }

    fn starts(&mut self, index: usize) {
        let entry = self.standing[index];
        if let Some(episode) = self.named(index) {
            self.of[index].episode = Some(episode);
            self.by_entry.insert(entry.number, episode);
            return;
        }
        let occurred = entry.content.occurred;
        let mut start = self.start_at(index).map_or(occurred, |at| at.min(occurred));
        if let Some(episode) = self.open().filter(|open| !self.suppose(*open, index, start)) {
            let message = format!(
                "`{}` would start an episode while `{}` is open",
                short(&entry.root.id),
                short(&self.episodes[episode.place()].id)
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
        let before = self.episodes.last().and_then(|e| e.end);
        if let Some(end) = before
            && start < end
        {
            let message = format!("`{}` would start before the last episode ended", short(&entry.root.id));
            self.flag(index, "C12", message, "the episode is taken to start at that return; check both times");
            start = end;
        }
        let number = EpisodeNo::at(self.episodes.len());
        self.by_entry.insert(entry.number, number);
        self.of[index] = Part { episode: Some(number), from: Some(start), ..Part::default() };
        self.episodes.push(Extent {
            reach: entry.earliest.min(start).max(before.unwrap_or(Moment::EVER)),
            id: entry.root.id.clone(),
            start,
            end: None,
            start_entry: EntryNo::at(index),
            end_entry: None,
        });
    }

    /// An absence that became known only after this one, and whose return nobody has recorded yet, ended before this one began: it is the
    /// other way round from a change that is noticed while the child is gone.
    fn suppose(&mut self, open: EpisodeNo, index: usize, start: Moment) -> bool {
        let extent = &self.episodes[open.place()];
        let begun = extent.start_entry.place();
        if self.standing[begun].root.recorded <= self.standing[index].root.recorded {
            return false;
        }
        let end = start.max(extent.start);
        self.episodes[open.place()].end = Some(end);
        true
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
        let episode = self.named(index).map_or(last, EpisodeNo::place);
        self.of[index].episode = Some(EpisodeNo::at(episode));
        if self.refused.contains(&self.standing[index].number) {
            return;
        }
        let occurred = self.standing[index].content.occurred;
        let extent = &mut self.episodes[episode];
        match extent.end {
            None => {
                extent.end = Some(occurred.max(extent.start));
                extent.end_entry = Some(EntryNo::at(index));
                if occurred < extent.start {
                    let message = format!("`{id}` is a return at {when}, before `{}` began", short(&extent.id));
                    self.flag(index, "C12", message, "the episode is taken to end as it began; check both times");
                }
            }
            // The return that was asked for.
            Some(end) if extent.is_supposed() => {
                extent.end = Some(occurred.min(end).max(extent.start));
                extent.end_entry = Some(EntryNo::at(index));
                if occurred > end {
                    let message = format!("`{id}` is a return at {when}, after the next episode began");
                    self.flag(
                        index,
                        "C12",
                        message,
                        "the episode is taken to end as the next one begins; check both times",
                    );
                }
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
        let begun = self.begun(entry);
        self.of[index].episode = begun.checked_sub(1).map(EpisodeNo::at);
        let event = self.vocabulary.event_at(entry.content.event);
        let (id, when) = self.words(index);
        if let Some(named) = entry.names() {
            let named = file.chronology.get(named.place()).map_or("", |e| &e.id);
            let message =
                format!("`{id}` is said to belong to the episode of `{}`, which starts none any more", short(named));
            self.flag(index, "C17", message, "it is put where its time falls; name another episode");
        } else if begun == 0 && needs_episode(event, self.vocabulary) {
            let message = format!("`{id}`, `{}` at {when}, belongs to an episode, and none had begun", event.id);
            let help = format!("record {} first, or name its `episode`", starting(self.vocabulary));
            self.flag(index, "C17", message, &help);
        }
    }

    /// How many episodes had begun when an entry occurred, by when they were first said to have begun.
    fn begun(&self, entry: &Standing<'_>) -> usize {
        self.episodes.partition_point(|e| e.reach <= entry.content.occurred)
    }

    /// Further episodes that the entry names. Where it names no other, its own is the last of them that had begun.
    fn also(&mut self, index: usize, file: &CaseFile) {
        let entry = self.standing[index];
        if entry.content.also.is_empty() {
            return;
        }
        let mut found: Vec<EpisodeNo> = Vec::new();
        for named in &entry.content.also {
            match self.by_entry.get(named) {
                Some(episode) if found.contains(episode) => {}
                Some(episode) => found.push(*episode),
                None => {
                    let id = short(&entry.root.id);
                    let named = file.chronology.get(named.place()).map_or("", |e| &e.id);
                    let message = format!("`{id}` names the episode of `{}`, which starts none any more", short(named));
                    self.flag(index, "C17", message, "name the episodes that it is about");
                }
            }
        }
        found.sort_unstable();
        let begun = |episode: &&EpisodeNo| self.episodes[episode.place()].start <= entry.content.occurred;
        let own = found.iter().rfind(begun).or(found.last()).copied();
        let part = &mut self.of[index];
        if entry.names().is_none() && own.is_some() {
            part.episode = own;
        }
        part.also = found.into_iter().filter(|episode| Some(*episode) != part.episode).collect();
    }
}
