//! `rulebook diff`: what changed between two editions, in words and in the outcomes of their scenarios:
//! the duties, and what is refused or warned of.

use super::words::Words;
use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, GREEN, RED, line, styled};
use crate::session::named;
use casebook::known::known;
use casebook::scenario::{self, Scenario};
use engine::evaluate::{DutyView, Evaluator, Flag, Options, flags};
use engine::rulebook::{Library, Rulebook};
use engine::time::Moment;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// An edition to compare: from the library, or from a folder of its own.
pub struct Side {
    pub library: Library,
    edition: usize,
}

impl Side {
    pub fn find(library: &Library, id: &str, rulebooks: Option<&Path>) -> Result<Side, Failure> {
        let path = Path::new(id);
        if path.join("rulebook.toml").is_file() {
            let library = crate::library::edition(path, rulebooks).map_err(Failure::File)?;
            return Ok(Side { library, edition: 0 });
        }
        let found = named(library, id)?;
        // `area` alone means its latest edition.
        let last = found.last().map(|b| (b.id.clone(), b.edition.clone()));
        let index = library.rulebooks.iter().position(|b| Some((b.id.clone(), b.edition.clone())) == last);
        Ok(Side { library: library.clone(), edition: index.unwrap_or(0) })
    }

    pub fn book(&self) -> &Rulebook {
        &self.library.rulebooks[self.edition]
    }

    fn words(&self) -> BTreeMap<String, Vec<String>> {
        let words = Words { vocabulary: &self.library.vocabulary, book: self.book() };
        let rule = |r| words.rule(r).into_iter().map(|(name, text)| format!("{name}: {text}")).collect();
        let mut found: BTreeMap<String, Vec<String>> =
            self.book().rules.iter().map(|r| (format!("rule {}", r.id), rule(r))).collect();
        for table in &self.book().tables {
            let rows = table.rows.iter().map(|r| format!("if {}: {}", r.when.said, words.outcome(r.then)));
            found.insert(format!("table {}", table.id), rows.collect());
        }
        for verdict in &self.book().verdicts {
            found.insert(
                format!("objection {}", verdict.id),
                vec![verdict.says.clone(), format!("where {}", verdict.filter.said)],
            );
        }
        found
    }
}

pub fn run(library: &Library, a: &str, b: &str, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let (a, b) = (Side::find(library, a, rulebooks)?, Side::find(library, b, rulebooks)?);
    let changes = words(&a, &b);
    let mut scenarios = scenario::read_all(&a.library).0;
    scenarios.extend(scenario::read_all(&b.library).0);
    let mine = |s: &Scenario, side: &Side| s.rulebook == side.book().id && s.edition == side.book().edition;
    scenarios.retain(|s| mine(s, &a) || mine(s, &b));
    let outcomes: Vec<(String, Moment, Vec<String>)> = outcomes(&a, &b, &scenarios);
    if format == Format::Json {
        let stamp = |m| a.library.vocabulary.calendar.stamp(m);
        let outcomes: Vec<Value> = outcomes
            .iter()
            .map(|(s, at, lines)| json!({ "scenario": s, "at": stamp(*at), "changes": lines }))
            .collect();
        let words: Vec<Value> = changes.iter().map(|(what, lines)| json!({ "what": what, "changes": lines })).collect();
        print::json(&json!({ "a": name(&a), "b": name(&b), "words": words, "outcomes": outcomes }));
        return Ok(());
    }
    line(styled(BOLD, &format!("{} -> {}: the words", name(&a), name(&b))));
    if changes.is_empty() {
        line("  no rule, table or objection changed");
    }
    for (what, lines) in &changes {
        line(format!("  {what}"));
        lines.iter().for_each(|l| print_change(l));
    }
    line(String::new());
    line(styled(BOLD, &format!("the outcomes of {} scenarios", scenarios.len())));
    if outcomes.is_empty() {
        line("  no duty and no objection changed");
    }
    for (scenario, at, lines) in &outcomes {
        line(format!("  {scenario} at {}", a.library.vocabulary.calendar.words(*at)));
        lines.iter().for_each(|l| print_change(l));
    }
    Ok(())
}

fn name(side: &Side) -> String {
    format!("{}/{} [{}]", side.book().id, side.book().edition, side.book().hash)
}

fn print_change(text: &str) {
    let style = if text.starts_with('+') { GREEN } else { RED };
    line(styled(style, &format!("    {text}")));
}

/// Lines that only one side has, `-` for the first and `+` for the second, by rule.
fn words(a: &Side, b: &Side) -> Vec<(String, Vec<String>)> {
    let (a, b) = (a.words(), b.words());
    let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    let empty = Vec::new();
    let mut found = Vec::new();
    for key in keys {
        let (before, after) = (a.get(key).unwrap_or(&empty), b.get(key).unwrap_or(&empty));
        let mut lines: Vec<String> = before.iter().filter(|l| !after.contains(l)).map(|l| format!("- {l}")).collect();
        lines.extend(after.iter().filter(|l| !before.contains(l)).map(|l| format!("+ {l}")));
        if !lines.is_empty() {
            found.push((key.clone(), lines));
        }
    }
    found
}

/// Where the two ask for something else, at the moments that the scenarios ask about.
fn outcomes(a: &Side, b: &Side, scenarios: &[Scenario]) -> Vec<(String, Moment, Vec<String>)> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for scenario in scenarios {
        for expectation in &scenario.expectations {
            if seen.insert((scenario.id.clone(), expectation.at, expectation.known_at)) {
                let ask = |side: &Side| asked(side, scenario, expectation.at, expectation.known_at);
                let (before, after) = (ask(a), ask(b));
                let (old, new) = (&before.duties, &after.duties);
                let mut lines: Vec<String> = old.difference(new).map(|l| format!("- {l}")).collect();
                lines.extend(new.difference(old).map(|l| format!("+ {l}")));
                let (old, new) = (&before.objections, &after.objections);
                lines.extend(old.difference(new).map(|l| format!("- no longer {l}")));
                lines.extend(new.difference(old).map(|l| format!("+ now {l}")));
                if !lines.is_empty() {
                    found.push((scenario.id.clone(), expectation.at, lines));
                }
            }
        }
    }
    found
}

/// What a side asks, and what it objects to, in words.
struct Asked {
    duties: BTreeSet<String>,
    objections: BTreeSet<String>,
}

fn asked(side: &Side, scenario: &Scenario, at: Moment, known_at: Option<Moment>) -> Asked {
    let v = &side.library.vocabulary;
    let evaluator = Evaluator::new(v, [side.book()]).as_if_in_force();
    let (case, _) = known(&scenario.case, &evaluator, known_at);
    let options = Options { forced: true, ..Options::at(at) };
    let say = |view: DutyView| {
        let due = view.due_at.map_or("no limit".into(), |d| format!("due {d}"));
        format!(
            "{} {}: {}, {due}, {}",
            view.rule,
            view.n,
            view.state,
            view.owner.unwrap_or_else(|| "owner cannot be told".into())
        )
    };
    let object = |flag: Flag| {
        let how = if flag.kind == "refusal" { "refused" } else { "warned of" };
        format!("{how}: {} ({})", flag.rule, flag.entry)
    };
    Asked {
        duties: evaluator.evaluate(&case, &options).iter().map(|d| say(evaluator.view(&case, &options, d))).collect(),
        objections: flags(&evaluator, &case, at, true).into_iter().map(object).collect(),
    }
}
