//! References between entries: ids, corrections, and the episode an entry is said to belong to. What a record grows by is resolved
//! against what is there, which stays as it is.

use super::chronology::{Draft, Keys};
use super::model::EntryLine;
use super::people::unique;
use crate::reader::{Reader, short};
use engine::ids::LineNo;
use engine::vocabulary::EpisodeEffect;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// With more ids than this, "did you mean" would take too long and help nobody.
const FEW: usize = 200;

/// Entries before which others stand: all are counted together.
struct Resolving<'b> {
    before: &'b [Arc<EntryLine>],
    drafts: Vec<Draft>,
    /// The places of ids: those before, then those of the drafts.
    known: HashMap<&'b str, usize>,
    own: HashMap<String, usize>,
}

/// Resolves the ids of drafts that continue a chronology to indices, and says what does not hold together.
pub(super) fn resolve(
    reader: &mut Reader<'_>,
    before: &[Arc<EntryLine>],
    drafts: Vec<Draft>,
    keys: &Keys,
) -> Vec<Arc<EntryLine>> {
    // Of two with one id the first is meant; that there are two is said.
    let known: HashMap<&str, usize> = before.iter().enumerate().rev().map(|(n, line)| (line.id.as_str(), n)).collect();
    let places = drafts.iter().enumerate().rev();
    let own = places.map(|(n, d)| (d.line.id.clone(), before.len() + n)).collect();
    let mut seen = HashMap::new();
    for draft in &drafts {
        if known.contains_key(draft.line.id.as_str()) {
            seen.entry(draft.line.id.clone()).or_insert(0);
        }
        unique(reader, &mut seen, &draft.line.id, draft.at);
    }
    let mut all = Resolving { before, drafts, known, own };
    for n in 0..all.drafts.len() {
        all.corrects(reader, n);
    }
    all.roots(reader);
    for n in 0..all.drafts.len() {
        all.complete(reader, n, keys);
        all.episode(reader, n);
        all.named(reader, n);
    }
    all.drafts.into_iter().map(|d| Arc::new(d.line)).collect()
}

impl Resolving<'_> {
    /// The entry at a place.
    fn line(&self, place: usize) -> &EntryLine {
        match self.before.get(place) {
            Some(line) => line,
            None => &self.drafts[place - self.before.len()].line,
        }
    }

    /// Is its event known? What is there already is complete.
    fn is_complete(&self, place: usize) -> bool {
        place.checked_sub(self.before.len()).is_none_or(|n| self.drafts[n].complete)
    }

    fn find(&self, reader: &mut Reader<'_>, (id, at): &(String, usize), key: &str) -> Option<usize> {
        if let Some(found) = self.known.get(id.as_str()).or_else(|| self.own.get(id)) {
            return Some(*found);
        }
        let ids = self.known.keys().copied().chain(self.own.keys().map(String::as_str));
        let help = if self.known.len() + self.own.len() <= FEW { reader.nearest(id, ids) } else { String::new() };
        reader.error("C05", *at, format!("`{key}` names `{}`, and no entry has this id", short(id)), help);
        None
    }

    fn corrects(&mut self, reader: &mut Reader<'_>, n: usize) {
        let draft = &self.drafts[n];
        let Some(written) = draft.corrects.clone() else {
            if draft.line.withdrawn || draft.line.remark.is_some() {
                let what = if draft.line.withdrawn { "the withdrawal" } else { "the remark" };
                reader.missing(draft.at, what, "corrects", "name the entry that it is about");
            }
            return;
        };
        match self.find(reader, &written, "corrects") {
            Some(target) if target == self.before.len() + n => {
                reader.error(
                    "C05",
                    written.1,
                    format!("the entry `{}` corrects itself", short(&written.0)),
                    "name the entry that was wrong",
                );
            }
            Some(target) => self.drafts[n].line.corrects = Some(LineNo::at(target)),
            None => {}
        }
    }

    /// Follows each chain of corrections to its beginning; a chain that bites its own tail is cut and reported once.
    fn roots(&mut self, reader: &mut Reader<'_>) {
        let base = self.before.len();
        let mut done = vec![false; self.drafts.len()];
        for first in 0..self.drafts.len() {
            let mut path = Vec::new();
            let mut at = base + first;
            let mut on_path = HashSet::new();
            let root = loop {
                if at < base || done[at - base] {
                    break self.line(at).root;
                }
                let own = at - base;
                if !on_path.insert(own) {
                    let message = format!("the corrections of `{}` run in a circle", short(&self.drafts[own].line.id));
                    reader.error("C05", self.drafts[own].at, message, "the first entry of a chain corrects nothing");
                    break LineNo::at(at);
                }
                path.push(own);
                match self.drafts[own].line.corrects {
                    Some(next) => at = next.place(),
                    None => break LineNo::at(at),
                }
            };
            for member in path {
                self.drafts[member].line.root = root;
                done[member] = true;
            }
        }
    }

    /// A correction cannot have been recorded before what it corrects; a withdrawal has the event of what it withdraws.
    fn complete(&mut self, reader: &mut Reader<'_>, n: usize, keys: &Keys) {
        let Some(target) = self.drafts[n].line.corrects.map(LineNo::place) else { return };
        let (earliest, event) = (self.line(target).recorded, self.line(target).event);
        if !self.drafts[n].complete {
            self.drafts[n].line.event = event;
        }
        match self.drafts[n].recorded {
            None => self.drafts[n].line.recorded = self.drafts[n].line.recorded.max(earliest),
            Some(recorded) if recorded < earliest => {
                let message =
                    format!("the correction was recorded before `{}`, which it corrects", short(&self.line(target).id));
                reader.warn("C13", self.drafts[n].at, message, format!("check `{}` of both", keys.recorded));
            }
            Some(_) => {}
        }
    }

    fn episode(&mut self, reader: &mut Reader<'_>, n: usize) {
        let Some(written) = self.drafts[n].episode.clone() else { return };
        self.drafts[n].line.episode = self.start(reader, &written, "episode");
    }

    /// The entries that a field names have to be there; in `episodes`, each has to start one.
    fn named(&mut self, reader: &mut Reader<'_>, n: usize) {
        for (field, id, at) in std::mem::take(&mut self.drafts[n].entries) {
            let key = reader.vocabulary.fields[field.place()].as_str();
            if field == reader.vocabulary.known.episodes {
                let found = self.start(reader, &(id, at), key);
                let also = &mut self.drafts[n].line.also;
                also.extend(found.filter(|one| !also.contains(one)));
            } else {
                self.find(reader, &(id, at), key);
            }
        }
    }

    /// The entry of an id, at the beginning of its corrections; said if it is not there, or starts no episode.
    fn start(&self, reader: &mut Reader<'_>, written: &(String, usize), key: &str) -> Option<LineNo> {
        let target = self.find(reader, written, key)?;
        let root = self.line(target).root;
        if !self.is_complete(root.place()) {
            return None;
        }
        let event = reader.vocabulary.event_at(self.line(root.place()).event);
        if event.episode == EpisodeEffect::Starts {
            return Some(root);
        }
        let starting: Vec<&str> = starting(reader);
        let message = format!("`{key}` names `{}`, which starts no episode", short(&written.0));
        reader.error("C05", written.1, message, format!("name the entry with {}", starting.join(" or ")));
        None
    }
}

fn starting<'a>(reader: &Reader<'a>) -> Vec<&'a str> {
    let events = reader.vocabulary.events.iter().filter(|e| e.episode == EpisodeEffect::Starts);
    events.map(|e| e.id.as_str()).collect()
}
