//! References between entries: ids, corrections, and the episode an entry is said to belong to.

use super::chronology::{Draft, Keys};
use super::model::EntryLine;
use super::people::unique;
use crate::reader::{Reader, short};
use engine::ids::LineNo;
use engine::vocabulary::EpisodeEffect;
use std::collections::{HashMap, HashSet};

/// With more ids than this, "did you mean" would take too long and help nobody.
const FEW: usize = 200;

/// Resolves ids to indices, and says what does not hold together.
pub(super) fn resolve(reader: &mut Reader<'_>, mut drafts: Vec<Draft>, keys: &Keys) -> Vec<EntryLine> {
    let mut seen = HashMap::new();
    for draft in &drafts {
        unique(reader, &mut seen, &draft.line.id, draft.at);
    }
    let index: HashMap<String, usize> = drafts.iter().enumerate().rev().map(|(n, d)| (d.line.id.clone(), n)).collect();
    for n in 0..drafts.len() {
        corrects(reader, &mut drafts, n, &index);
    }
    roots(reader, &mut drafts);
    for n in 0..drafts.len() {
        complete(reader, &mut drafts, n, keys);
        episode(reader, &mut drafts, n, &index);
        named(reader, &mut drafts, n, &index);
    }
    drafts.into_iter().map(|d| d.line).collect()
}

fn find(
    reader: &mut Reader<'_>,
    (id, at): &(String, usize),
    key: &str,
    index: &HashMap<String, usize>,
) -> Option<usize> {
    if let Some(found) = index.get(id) {
        return Some(*found);
    }
    let help = if index.len() <= FEW { reader.nearest(id, index.keys().map(String::as_str)) } else { String::new() };
    reader.error("C05", *at, format!("`{key}` names `{}`, and no entry has this id", short(id)), help);
    None
}

fn corrects(reader: &mut Reader<'_>, drafts: &mut [Draft], n: usize, index: &HashMap<String, usize>) {
    let draft = &drafts[n];
    let Some(written) = draft.corrects.clone() else {
        if draft.line.withdrawn || draft.line.remark.is_some() {
            let what = if draft.line.withdrawn { "the withdrawal" } else { "the remark" };
            reader.missing(draft.at, what, "corrects", "name the entry that it is about");
        }
        return;
    };
    match find(reader, &written, "corrects", index) {
        Some(target) if target == n => {
            reader.error(
                "C05",
                written.1,
                format!("the entry `{}` corrects itself", short(&written.0)),
                "name the entry that was wrong",
            );
        }
        Some(target) => drafts[n].line.corrects = Some(LineNo::at(target)),
        None => {}
    }
}

/// Follows each chain of corrections to its beginning; a chain that bites its own tail is cut and reported once.
fn roots(reader: &mut Reader<'_>, drafts: &mut [Draft]) {
    let mut done = vec![false; drafts.len()];
    for first in 0..drafts.len() {
        let mut path = Vec::new();
        let mut at = first;
        let mut on_path = HashSet::new();
        let root = loop {
            if done[at] {
                break drafts[at].line.root;
            }
            if !on_path.insert(at) {
                let message = format!("the corrections of `{}` run in a circle", short(&drafts[at].line.id));
                reader.error("C05", drafts[at].at, message, "the first entry of a chain corrects nothing");
                break LineNo::at(at);
            }
            path.push(at);
            match drafts[at].line.corrects {
                Some(next) => at = next.place(),
                None => break LineNo::at(at),
            }
        };
        for member in path {
            drafts[member].line.root = root;
            done[member] = true;
        }
    }
}

/// A correction cannot have been recorded before what it corrects; a withdrawal has the event of what it withdraws.
fn complete(reader: &mut Reader<'_>, drafts: &mut [Draft], n: usize, keys: &Keys) {
    let Some(target) = drafts[n].line.corrects.map(LineNo::place) else { return };
    let earliest = drafts[target].line.recorded;
    if !drafts[n].complete {
        drafts[n].line.event = drafts[target].line.event;
    }
    match drafts[n].recorded {
        None => drafts[n].line.recorded = drafts[n].line.recorded.max(earliest),
        Some(recorded) if recorded < earliest => {
            let message =
                format!("the correction was recorded before `{}`, which it corrects", short(&drafts[target].line.id));
            reader.warn("C13", drafts[n].at, message, format!("check `{}` of both", keys.recorded));
        }
        Some(_) => {}
    }
}

fn episode(reader: &mut Reader<'_>, drafts: &mut [Draft], n: usize, index: &HashMap<String, usize>) {
    let Some(written) = drafts[n].episode.clone() else { return };
    drafts[n].line.episode = start(reader, drafts, &written, "episode", index);
}

/// The entries that a field names have to be there; in `episodes`, each has to start one.
fn named(reader: &mut Reader<'_>, drafts: &mut [Draft], n: usize, index: &HashMap<String, usize>) {
    for (field, id, at) in std::mem::take(&mut drafts[n].entries) {
        let key = reader.vocabulary.fields[field.place()].as_str();
        if field == reader.vocabulary.known.episodes {
            let found = start(reader, drafts, &(id, at), key, index);
            let also = &mut drafts[n].line.also;
            also.extend(found.filter(|one| !also.contains(one)));
        } else {
            find(reader, &(id, at), key, index);
        }
    }
}

/// The entry of an id, at the beginning of its corrections; said if it is not there, or starts no episode.
fn start(
    reader: &mut Reader<'_>,
    drafts: &[Draft],
    written: &(String, usize),
    key: &str,
    index: &HashMap<String, usize>,
) -> Option<LineNo> {
    let target = find(reader, written, key, index)?;
    let root = drafts[target].line.root;
    if !drafts[root.place()].complete {
        return None;
    }
    let event = reader.vocabulary.event_at(drafts[root.place()].line.event);
    if event.episode == EpisodeEffect::Starts {
        return Some(root);
    }
    let starting: Vec<&str> = starting(reader);
    let message = format!("`{key}` names `{}`, which starts no episode", short(&written.0));
    reader.error("C05", written.1, message, format!("name the entry with {}", starting.join(" or ")));
    None
}

fn starting<'a>(reader: &Reader<'a>) -> Vec<&'a str> {
    let events = reader.vocabulary.events.iter().filter(|e| e.episode == EpisodeEffect::Starts);
    events.map(|e| e.id.as_str()).collect()
}
