//! What happened is written down hours later. Once everything is known, the duties are what they would have been.

use super::compare::same;
use super::{Change, Changes, Property, Subject, World, edit};
use crate::case_file::CaseFile;
use crate::chance::Chance;
use engine::time::Moment;
use std::sync::Arc;

pub(super) const PROPERTY: Property =
    Property { name: "late", says: "what is told hours later comes to the same, once all of it is known", changes };

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    if subject.case.chronology.is_empty() {
        return Changes::aside("an empty chronology");
    }
    let (mut made, mut aside) = (Vec::new(), Vec::new());
    for (percent, most) in [(100, 360), (40, 2880)] {
        let mut case = subject.case.clone();
        let mut late = 0;
        // Of a chain of corrections the order of recording decides, so that it is kept.
        let mut latest = vec![Moment::EVER; case.chronology.len()];
        let mut order: Vec<usize> = (0..case.chronology.len()).collect();
        order.sort_by_key(|n| (case.chronology[*n].recorded, *n));
        for n in order {
            let entry = Arc::make_mut(&mut case.chronology[n]);
            let root = entry.root.place();
            if chance.percent(percent) {
                late += 1;
                entry.recorded = entry.recorded.plus_minutes(chance.between(30, most));
            }
            entry.recorded = entry.recorded.max(latest[root]);
            latest[root] = entry.recorded;
        }
        let known = edit::all_known(&case);
        let mut moments = subject.some_moments(chance, |m| m >= known);
        moments.push(known.max(subject.last()).plus_minutes(60));
        if episodes(world, &subject.case) != episodes(world, &case) {
            aside.push("two absences overlap, and which of them is the mistake hangs on which was told first");
        } else if late > 0 {
            let words = format!("{late} entries recorded up to {} h later", most / 60);
            let broken: super::Judge = Box::new(|world, before, after| same(world, before, after, &|_| true));
            made.push(Change::new(words, case, &moments, broken));
        }
    }
    Changes { made, aside }
}

/// The episodes of a record, by the entries that began them.
fn episodes(world: &World<'_>, case: &CaseFile) -> Vec<String> {
    world.known(case).episodes.iter().map(|e| e.id.clone()).collect()
}
