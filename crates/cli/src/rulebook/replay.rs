//! `rulebook replay`: what a rulebook would have asked of past episodes, and how what was done compares with it.

use super::diff::Side;
use crate::args::Format;
use crate::failure::Outcome;
use crate::print::{self, BOLD, DIM, line, pad, styled};
use crate::session::read_case;
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Duty, Evaluator, Options, State};
use engine::ids::EpisodeNo;
use engine::rulebook::Library;
use engine::time::Moment;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

const STATES: [State; 8] = [
    State::Done,
    State::DoneLate,
    State::Overdue,
    State::Due,
    State::CannotTell,
    State::Lapsed,
    State::Waived,
    State::Upcoming,
];

/// How the duties of one episode came out.
struct Tally {
    case: String,
    episode: String,
    counts: [usize; 8],
    breached: Vec<String>,
}

pub fn run(library: &Library, id: &str, cases: &[PathBuf], rulebooks: Option<&Path>, format: Format) -> Outcome {
    let side = Side::find(library, id, rulebooks)?;
    let book = side.book();
    let v = &side.library.vocabulary;
    let evaluator = Evaluator::new(v, [book]).as_if_in_force();
    let mut tallies = Vec::new();
    for path in cases {
        let file = read_case(path, &side.library)?;
        let (case, _) = known(&file, &evaluator, None);
        // A month after the last entry, everything that was going to be done has been.
        let end = case.entries.iter().map(|e| e.occurred).max().unwrap_or(Moment(0)).plus_minutes(30 * 1440);
        let options = Options { forced: true, ..Options::at(end) };
        let duties = evaluator.evaluate(&case, &options);
        tallies.extend(tally(&evaluator, &case, &options, &duties));
    }
    if format == Format::Json {
        let one = |t: &Tally| {
            let counts: serde_json::Map<String, Value> =
                STATES.iter().zip(t.counts).map(|(s, n)| (s.word().into(), json!(n))).collect();
            json!({ "case": t.case, "episode": t.episode, "counts": counts, "breached": t.breached })
        };
        print::json(
            &json!({ "rulebook": book.id, "edition": book.edition, "hash": book.hash, "episodes": tallies.iter().map(one).collect::<Vec<_>>() }),
        );
        return Ok(());
    }
    line(styled(
        BOLD,
        &format!(
            "{} {} [{}] on {} episodes, each a month after its last entry",
            book.id,
            book.edition,
            book.hash,
            tallies.len()
        ),
    ));
    let mut head = pad("  case and episode", 34);
    STATES.iter().for_each(|s| head.push_str(&pad(s.word(), 12)));
    line(styled(DIM, &head));
    for t in &tallies {
        let mut text = pad(&format!("  {} {}", t.case, t.episode), 34);
        t.counts.iter().for_each(|n| text.push_str(&pad(&if *n == 0 { "·".into() } else { n.to_string() }, 12)));
        line(text);
        t.breached.iter().for_each(|b| line(styled(DIM, &format!("      {b}"))));
    }
    Ok(())
}

fn tally(evaluator: &Evaluator<'_>, case: &Case, options: &Options, duties: &[Duty]) -> Vec<Tally> {
    let mut found = Vec::new();
    for (index, episode) in case.episodes.iter().enumerate() {
        let own: Vec<&Duty> = duties.iter().filter(|d| d.episode == Some(EpisodeNo::at(index))).collect();
        let mut counts = [0; 8];
        for duty in &own {
            if let Some(at) = STATES.iter().position(|s| *s == duty.state) {
                counts[at] += 1;
            }
        }
        let breached = own.iter().filter(|d| d.breached).map(|d| {
            let view = evaluator.view(case, options, d);
            format!("{}: {} (limit {})", view.state, view.label, view.due_at.unwrap_or_default())
        });
        found.push(Tally { case: case.id.clone(), episode: episode.id.clone(), counts, breached: breached.collect() });
    }
    found
}
