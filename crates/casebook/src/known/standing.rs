//! Which entries stand at a moment, and with what content, once corrections and withdrawals known by then are applied.

use crate::case_file::is_known;
use crate::case_file::{CaseFile, EntryLine, Remark};
use engine::ids::LineNo;
use engine::time::Moment;
use engine::vocabulary::EventId;
use std::collections::HashMap;

/// An entry that stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing<'a> {
    /// The entry as first recorded: its id and its place in the file.
    pub root: &'a EntryLine,
    /// Its index in the chronology.
    pub number: LineNo,
    /// What counts: the entry itself, or the correction in force.
    pub content: &'a EntryLine,
    /// The earliest time that the entry and its corrections in force say.
    pub earliest: Moment,
    /// When somebody first said it: an entry that is withdrawn and recorded once more is no news.
    pub known: Moment,
    /// It was told on somebody's behalf, and nobody of that side has confirmed what counts now.
    pub told: bool,
}

impl Standing<'_> {
    /// The entry that starts the episode it is said to belong to.
    pub fn names(&self) -> Option<LineNo> {
        self.content.episode.or(self.root.episode)
    }
}

/// An entry that was corrected or withdrawn, as known at a moment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Corrected {
    /// The entry's id.
    pub entry: String,
    /// The id of the correction or withdrawal in force.
    pub by: String,
    /// When that was recorded.
    pub recorded: Moment,
    /// The entry does not count any more.
    pub withdrawn: bool,
}

/// What a chain of corrections comes to: its members still in force, oldest first; the last one counts.
type Chains = HashMap<LineNo, Vec<LineNo>>;

/// The entries that stand, by when they occurred and then by their order in the file.
pub(super) fn standing(file: &CaseFile, known_at: Option<Moment>) -> Vec<Standing<'_>> {
    let chains = chains(file, known_at);
    let confirmed = confirmed(file, known_at);
    let withdrawn = withdrawn(file, &chains, known_at);
    let mut found: Vec<Standing<'_>> = Vec::with_capacity(file.chronology.len());
    for (number, root) in file.chronology.iter().enumerate() {
        let number = LineNo::at(number);
        if root.corrects.is_some() || !is_known(root.recorded, known_at) {
            continue;
        }
        let chain = chains.get(&number).map_or(&[][..], Vec::as_slice);
        let content = chain.last().map_or(root, |n| &file.chronology[n.place()]);
        if !content.withdrawn {
            let said = chain.iter().map(|n| file.chronology[n.place()].occurred);
            let earliest = said.fold(root.occurred, Moment::min);
            // What was confirmed is what stood then: whoever corrects it tells it anew.
            let sure = confirmed.get(&number).is_some_and(|at| *at >= content.recorded);
            let told = content.told_by.is_some() && !sure;
            let said = withdrawn.get(&root.event).into_iter().flatten();
            let near = said.filter(|line| (line.occurred.0 - earliest.0).abs() <= SAME);
            let known = near.map(|line| line.recorded).fold(root.recorded, Moment::min);
            found.push(Standing { root, number, content, earliest, known, told });
        }
    }
    found.sort_by_key(|s| (s.content.occurred, s.number));
    found
}

/// Within so many seconds, half a day, an entry that was withdrawn spoke of what another of its kind speaks of.
const SAME: i64 = 12 * 60 * 60;

/// The entries that were withdrawn, as they were first recorded, by what happened.
fn withdrawn<'f>(
    file: &'f CaseFile,
    chains: &Chains,
    known_at: Option<Moment>,
) -> HashMap<EventId, Vec<&'f EntryLine>> {
    let gone = chains.iter().filter(|(_, chain)| chain.last().is_some_and(|n| file.chronology[n.place()].withdrawn));
    let mut found: HashMap<EventId, Vec<&EntryLine>> = HashMap::new();
    for root in gone.map(|(root, _)| &*file.chronology[root.place()]).filter(|root| is_known(root.recorded, known_at)) {
        found.entry(root.event).or_default().push(root);
    }
    found
}

/// When each entry was last confirmed, by its place in the file.
fn confirmed(file: &CaseFile, known_at: Option<Moment>) -> HashMap<LineNo, Moment> {
    let remarks =
        file.chronology.iter().filter(|e| e.remark == Some(Remark::Confirmed) && is_known(e.recorded, known_at));
    let mut found = HashMap::new();
    for remark in remarks {
        let at = found.entry(remark.root).or_insert(remark.recorded);
        *at = (*at).max(remark.recorded);
    }
    found
}

/// The entries that were corrected or withdrawn by what was known at a moment, in the order of the file.
pub fn corrected(file: &CaseFile, known_at: Option<Moment>) -> Vec<Corrected> {
    let chains = chains(file, known_at);
    let roots = file.chronology.iter().enumerate().filter(|(_, e)| is_known(e.recorded, known_at));
    let found = roots.filter_map(|(n, root)| {
        let by = &file.chronology[chains.get(&LineNo::at(n))?.last()?.place()];
        Some(Corrected { entry: root.id.clone(), by: by.id.clone(), recorded: by.recorded, withdrawn: by.withdrawn })
    });
    found.collect()
}

/// The corrections and withdrawals in force, by the place of what they correct.
pub fn last_corrections(file: &CaseFile) -> HashMap<LineNo, LineNo> {
    chains(file, None).into_iter().filter_map(|(root, chain)| Some((root, *chain.last()?))).collect()
}

/// What every entry says that stands: itself, or the correction in force. What was withdrawn is not among them.
pub fn lines_in_force(file: &CaseFile) -> Vec<&EntryLine> {
    let last = last_corrections(file);
    let roots = file.chronology.iter().enumerate().filter(|(_, line)| line.corrects.is_none());
    let says = roots.map(|(n, line)| last.get(&LineNo::at(n)).map_or(&**line, |by| &file.chronology[by.place()]));
    says.filter(|line| !line.withdrawn).collect()
}

/// What an entry says by what was known at a moment: itself, or the correction in force. None for one that was withdrawn, or is no entry.
pub fn in_force<'f>(file: &'f CaseFile, entry: &str, known_at: Option<Moment>) -> Option<&'f EntryLine> {
    let root = file.chronology.iter().find(|e| e.id == entry && e.corrects.is_none())?;
    match corrected(file, known_at).iter().find(|c| c.entry == entry) {
        Some(correction) if correction.withdrawn => None,
        Some(correction) => file.chronology.iter().find(|e| e.id == correction.by).map(|e| &**e),
        None => Some(root),
    }
}

fn chains(file: &CaseFile, known_at: Option<Moment>) -> Chains {
    let entries = file.chronology.iter().enumerate().map(|(n, e)| (LineNo::at(n), &**e));
    let mut corrections: Vec<(LineNo, &EntryLine)> =
        entries.filter(|(_, e)| e.corrects.is_some() && e.remark.is_none() && is_known(e.recorded, known_at)).collect();
    corrections.sort_by_key(|(n, e)| (e.recorded, *n));
    let mut chains = Chains::new();
    for (number, correction) in corrections {
        let chain = chains.entry(correction.root).or_default();
        match correction.corrects {
            // To withdraw a correction is to take that correction back; what stood before it stands again.
            Some(target) if correction.withdrawn && target != correction.root => chain.retain(|n| *n != target),
            _ => chain.push(number),
        }
    }
    chains
}
