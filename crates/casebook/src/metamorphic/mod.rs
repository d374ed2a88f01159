//! The metamorphic campaign: cases are changed in ways that must not matter, or only in one direction, and the answers are compared.
//!
//! Nobody has to know the right answer for that: a status that comes and goes for half an hour, a move the day after, a school's
//! entry where the police must act, a capital letter. Each property is a file of its own; it changes a [`Subject`], and says what must
//! hold of the answers before and after. What a rule says of itself in the language counts (`said`); there is no list of exceptions here.
//!
//! `subject` gathers the cases, `edit` changes them, `ask` gets the answers, `compare` finds what differs.

mod after_return;
mod again;
mod ask;
mod away;
mod capitals;
mod compare;
mod edit;
mod late;
mod later;
mod order;
mod parts;
mod refused;
mod report;
mod rulebook;
mod said;
mod second;
mod shift;
mod subject;
mod unfit;
mod unknown;

pub use again::{Walked, walk};
pub use ask::{Answer, Answers, World};
pub use compare::Difference;
pub use report::{Broken, Report};
pub use subject::{Subject, subjects};

use crate::case_file::CaseFile;
use crate::chance::Chance;
use engine::rulebook::Library;
use engine::time::Moment;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How much is done, and which changes are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// So many changed cases for each property at most.
    pub cases: usize,
    /// Two campaigns of one seed change the same cases in the same way.
    pub seed: u64,
}

/// A property: how cases are changed, and what must hold then.
#[derive(Clone, Copy)]
pub struct Property {
    /// Its name on the command line.
    pub name: &'static str,
    /// What must hold, in a sentence.
    pub says: &'static str,
    changes: fn(&World<'_>, &Subject, &mut Chance) -> Changes,
}

/// All of them, in the order in which they are run.
pub const PROPERTIES: &[Property] = &[
    away::PROPERTY,
    after_return::MOVED,
    after_return::BIRTHDAY,
    unfit::PROPERTY,
    refused::PROPERTY,
    capitals::PROPERTY,
    late::PROPERTY,
    order::PROPERTY,
    parts::PROPERTY,
    rulebook::PROPERTY,
    unknown::PROPERTY,
    shift::MINUTE,
    shift::WEEK,
    later::PROPERTY,
    second::PROPERTY,
    again::PROPERTY,
];

/// The changes of one subject, and why some were not made.
#[derive(Default)]
pub struct Changes {
    made: Vec<Change>,
    aside: Vec<&'static str>,
}

/// A changed case.
pub struct Change {
    /// What was changed, in words.
    words: String,
    /// What is compared with, where that is not the subject itself.
    before: Option<CaseFile>,
    after: CaseFile,
    /// The rulebooks asked before and after, where they are not the subject's.
    books: Option<[Vec<usize>; 2]>,
    /// The moments asked about, before and after.
    moments: Vec<[Moment; 2]>,
    /// Refusals and warnings are compared too.
    flags: bool,
    /// What does not hold of the answers.
    broken: Judge,
}

/// Finds what does not hold of the answers before and after.
type Judge = Box<dyn Fn(&World<'_>, &Answers, &Answers) -> Vec<Difference>>;

impl Changes {
    /// Nothing to change, for a reason that is counted.
    fn aside(why: &'static str) -> Changes {
        Changes { made: Vec::new(), aside: vec![why] }
    }
}

impl Change {
    fn new(words: String, after: CaseFile, moments: &[Moment], broken: Judge) -> Change {
        let moments = moments.iter().map(|at| [*at, *at]).collect();
        Change { words, before: None, after, books: None, moments, flags: false, broken }
    }

    fn with_flags(self) -> Change {
        Change { flags: true, ..self }
    }
}

/// Runs several properties, as many at a time as the machine has processors; the reports come in the order of the properties.
///
/// Each property has chance of its own, so that running them beside each other changes nothing of what comes out.
pub fn run_all(
    library: &Library,
    subjects: &[Subject],
    properties: &[&'static Property],
    wanted: Wanted,
) -> Vec<Report> {
    let next = AtomicUsize::new(0);
    let work = || {
        let world = World::new(library);
        let mut made = Vec::new();
        while let Some((index, property)) = properties.iter().enumerate().nth(next.fetch_add(1, Ordering::Relaxed)) {
            made.push((index, run(&world, subjects, property, wanted)));
        }
        made
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(properties.len().max(1));
    let mut reports = std::thread::scope(|scope| {
        let running: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        made.extend(running.into_iter().flat_map(|r| r.join().unwrap_or_default()));
        made
    });
    reports.sort_by_key(|(index, _)| *index);
    reports.into_iter().map(|(_, report)| report).collect()
}

/// Runs one property.
pub fn run(world: &World<'_>, subjects: &[Subject], property: &Property, wanted: Wanted) -> Report {
    let mut report = Report::new(property);
    let mut chance = Chance::of(wanted.seed, property.name, 0);
    let mut order: Vec<usize> = (0..subjects.len()).collect();
    chance.shuffle(&mut order);
    for index in order {
        let subject = &subjects[index];
        let mut own = Chance::of(wanted.seed, property.name, index as u64 + 1);
        let changes = (property.changes)(world, subject, &mut own);
        report.set_aside(&changes.aside);
        for change in changes.made {
            if report.cases >= wanted.cases {
                return report;
            }
            judge(world, subject, &change, &mut report);
        }
    }
    report
}

fn judge(world: &World<'_>, subject: &Subject, change: &Change, report: &mut Report) {
    let [books_before, books_after] = change.books.as_ref().map_or([&subject.books; 2], |[a, b]| [a, b]);
    let file = change.before.as_ref().unwrap_or(&subject.case);
    let before = world.known(file);
    let after = world.known(&change.after);
    let mut first = true;
    report.cases += 1;
    for [at_before, at_after] in &change.moments {
        let mut asked = world.ask(books_before, &before, *at_before);
        let mut changed = world.ask(books_after, &after, *at_after);
        world.spoil(file, &mut asked);
        world.spoil(&change.after, &mut changed);
        if change.flags {
            asked.flags = world.flags(books_before, &before, *at_before);
            changed.flags = world.flags(books_after, &after, *at_after);
        }
        report.answers += asked.list.len().max(changed.list.len());
        let found = (change.broken)(world, &asked, &changed);
        if !found.is_empty() {
            report.broke(world, subject, change, *at_after, found, std::mem::take(&mut first));
        }
    }
}
