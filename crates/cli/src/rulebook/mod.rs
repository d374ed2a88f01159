//! `whereabouts rulebook`: tools for the people who own a protocol.

mod check;
mod compare;
mod coverage;
mod diff;
mod list;
mod metamorphic;
mod new;
mod page;
mod replay;
mod show;
mod test;
mod words;

use crate::args::{Format, Rulebook};
use crate::failure::{Failure, Outcome};
use crate::library;
use std::path::Path;

pub fn run(command: &Rulebook, rulebooks: Option<&Path>, format: Format) -> Outcome {
    match command {
        Rulebook::Check { id } => check::run(id.as_deref(), rulebooks, format),
        Rulebook::New { area, title, edition } => new::run(area, title.as_deref(), edition, rulebooks),
        _ => {
            let library = library::load_sound(rulebooks).map_err(Failure::File)?;
            match command {
                Rulebook::List => {
                    list::run(&library, format);
                    Ok(())
                }
                Rulebook::Test { id, only } => test::run(&library, id.as_deref(), only.as_deref(), format),
                Rulebook::Mutants { id } => test::mutants(&library, id.as_deref(), format),
                Rulebook::Metamorphic(args) => metamorphic::run(&library, args, format),
                Rulebook::Coverage { id, html, all } => {
                    let drawn = library::drawn(rulebooks);
                    coverage::run(&library, &drawn, id.as_deref(), html.as_deref(), *all, format)
                }
                Rulebook::Show { id, what } => show::run(&library, id, what.as_deref(), format),
                Rulebook::Diff { a, b } => diff::run(&library, a, b, rulebooks, format),
                Rulebook::Replay { id, cases } => replay::run(&library, id, cases, rulebooks, format),
                Rulebook::Compare { action } => compare::run(&library, action, format),
                Rulebook::Check { .. } | Rulebook::New { .. } => Ok(()),
            }
        }
    }
}
