//! `whereabouts examples`: the worked examples, one after the other, each with its duties.

use crate::args::{Asked, Duties, Examples, Format};
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, line, styled};
use crate::{duties, library, session};
use std::path::{Path, PathBuf};

pub fn run(args: &Examples, rulebooks: Option<&Path>) -> Outcome {
    let folder = args.examples.clone().or_else(nearest).ok_or_else(|| {
        Failure::Usage("there is no `examples` folder here or above; name one with --examples DIR".into())
    })?;
    let mut cases: Vec<PathBuf> = std::fs::read_dir(&folder)
        .map_err(|e| Failure::file(&folder, e))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    cases.sort();
    for path in &cases {
        one(path, rulebooks)?;
    }
    line(String::new());
    line(format!("{} examples. To ask yourself:", cases.len()));
    line("  whereabouts duties CASE --at TIME      what must be done");
    line("  whereabouts explain CASE DUTY          why");
    line("  whereabouts forecast CASE --until TIME what will come");
    line("  whereabouts demo                       the pages, with a made-up county");
    line("  whereabouts --help                     everything else");
    Ok(())
}

fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|a| a.join("examples")).find(|e| e.is_dir())
}

fn one(path: &Path, rulebooks: Option<&Path>) -> Outcome {
    let library = library::load_sound(rulebooks).map_err(Failure::File)?;
    let file = session::read_case(path, &library)?;
    line(String::new());
    line(styled(BOLD, &"─".repeat(print::width())));
    line(styled(BOLD, &path.file_stem().map_or(String::new(), |n| n.to_string_lossy().into_owned())));
    print::wrap(file.about.as_deref().unwrap_or_default(), print::width()).iter().for_each(line);
    // An hour after the last entry is a moment at which there is something to see.
    let last = file.chronology.iter().map(|e| e.occurred).max().unwrap_or_else(session::present);
    let at = library.vocabulary.calendar.stamp(last.plus_minutes(60));
    line(styled(DIM, &format!("$ whereabouts duties {} --at {at}", path.display())));
    line(String::new());
    let asked =
        Asked { case: path.to_path_buf(), at: Some(at), known_at: None, rulebook: Vec::new(), setting: Vec::new() };
    duties::run(&Duties { asked, role: None, all: false }, rulebooks, Format::Text)
}
