//! Somebody around one child, in the records of other children: those that the viewer may see. From record to record it goes by the marks that two
//! of them have; where one between them is hidden from the viewer, it does not go on.

use super::last;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Kept, Tie, Tied, children_tied, peek_tied};
use crate::kept::is_over;
use crate::refused::Result;
use std::collections::BTreeMap;

/// So many other records are opened for one person at most.
const MOST: usize = 12;

/// Where somebody was found.
pub(super) struct Found {
    /// The child.
    pub child: String,
    /// The person, in the record of that child.
    pub person: String,
    /// What says so, where it is this very record that says it.
    pub tie: Option<Tie>,
}

/// The records in which somebody was found, and as whom.
#[derive(Default)]
pub(super) struct Across {
    /// Other records, by the child.
    pub records: BTreeMap<String, Tied>,
    /// Everybody who is the same person, but for whoever was looked for.
    pub found: Vec<Found>,
}

impl Across {
    /// The record of one that was found.
    pub fn record<'a>(&'a self, own: &'a Tied, child: &str) -> Option<&'a Tied> {
        if own.record.id == child { Some(own) } else { self.records.get(child) }
    }

    /// The other children around whom they are: the id and the name, each once.
    pub fn children(&self, own: &Tied) -> Vec<(String, String)> {
        let others = self.found.iter().filter(|found| found.child != own.record.id);
        let mut all: Vec<(String, String)> = others
            .filter_map(|found| self.records.get(&found.child))
            .map(|other| (other.record.id.clone(), other.record.name.clone()))
            .collect();
        all.sort_by(|(one, a), (other, b)| (a, one).cmp(&(b, other)));
        all.dedup();
        all
    }
}

/// Does somebody pose a risk by this row, on this day?
pub(super) fn is_risk(row: &Kept, today: &str) -> bool {
    row.text("details.kind") == "risk" && !is_over(row, today)
}

/// The children to whom they pose a risk by the other records, by name.
pub(super) fn risks(across: &Across, own: &Tied, today: &str) -> Vec<String> {
    let risky = |found: &&Found| {
        let other = across.records.get(&found.child);
        other.and_then(|other| last(&other.kept, &found.person)).is_some_and(|row| is_risk(row, today))
    };
    let others = across.found.iter().filter(|found| found.child != own.record.id).filter(risky);
    let mut names: Vec<String> =
        others.filter_map(|found| across.records.get(&found.child)).map(|other| other.record.name.clone()).collect();
    names.sort();
    names.dedup();
    names
}

/// Looks for somebody in the records of other children.
pub(super) async fn across(app: &App, actor: &Actor, own: &Tied, person: &str) -> Result<Across> {
    let mut all = Across::default();
    let mut known = vec![(own.record.id.clone(), person.to_string())];
    let mut next = 0;
    while let Some((child, person)) = known.get(next).cloned() {
        next += 1;
        let ties: Vec<Tie> = all.record(own, &child).map(|one| one.ties.clone()).unwrap_or_default();
        for tie in ties.into_iter().filter(|tie| tie.person == person) {
            for id in children_tied(app, actor, &tie.mark).await? {
                let is_new = id != own.record.id && !all.records.contains_key(&id);
                if is_new
                    && all.records.len() < MOST
                    && let Some(other) = peek_tied(app, actor, &id).await?
                {
                    all.records.insert(id.clone(), other);
                }
                let Some(other) = all.record(own, &id) else { continue };
                let theirs: Vec<String> = other
                    .ties
                    .iter()
                    .filter(|one| one.mark == tie.mark && last(&other.kept, &one.person).is_some())
                    .map(|one| one.person.clone())
                    .collect();
                for person in theirs {
                    let one = (id.clone(), person);
                    if !known.contains(&one) {
                        let direct = (next == 1).then(|| tie.clone());
                        all.found.push(Found { child: one.0.clone(), person: one.1.clone(), tie: direct });
                        known.push(one);
                    }
                }
            }
        }
    }
    let of_none: Vec<String> =
        all.records.keys().filter(|id| !all.found.iter().any(|found| found.child == **id)).cloned().collect();
    of_none.iter().for_each(|id| _ = all.records.remove(id));
    Ok(all)
}
