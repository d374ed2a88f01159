//! `rulebook metamorphic`: cases are changed in ways that must not matter. What is changed, and what must hold, is in the casebook;
//! here the properties are run beside each other, and what broke is printed by rule, with a changed case to try it on.

use crate::args::{Format, Metamorphic};
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, GREEN, RED, line, styled};
use crate::session::{count, named};
use casebook::case_file::{self, CaseFile};
use casebook::metamorphic::{Broken, PROPERTIES, Property, Report, Subject, Wanted, run_all, subjects};
use casebook::scenario;
use engine::rulebook::Library;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// The folders of examples, from the root of the repository.
const EXAMPLES: [&str; 2] = ["examples", "docs/example-cases"];

pub fn run(library: &Library, args: &Metamorphic, format: Format) -> Outcome {
    let properties = chosen(&args.property)?;
    let cases = gathered(library, args)?;
    let wanted = Wanted { cases: args.cases, seed: args.seed };
    let reports = run_all(library, &cases, &properties, wanted);
    if format == Format::Json {
        print::json(&Value::Array(reports.iter().map(|r| one(library, r)).collect()));
    } else {
        text(library, &cases, &reports, args)?;
    }
    if reports.iter().any(|r| r.broken_answers > 0) { Err(Failure::Wrong) } else { Ok(()) }
}

fn chosen(names: &[String]) -> Result<Vec<&'static Property>, Failure> {
    let all = || PROPERTIES.iter().map(|p| p.name);
    if let Some(unknown) = names.iter().find(|n| !all().any(|p| p == n.as_str())) {
        let help = engine::words::did_you_mean(unknown, all());
        let help =
            if help.is_empty() { format!("write one of {}", all().collect::<Vec<_>>().join(", ")) } else { help };
        return Err(Failure::Usage(format!("--property: there is no property `{unknown}`; {help}")));
    }
    Ok(PROPERTIES.iter().filter(|p| names.is_empty() || names.iter().any(|n| n == p.name)).collect())
}

/// The scenarios of the rulebooks that are meant, and, where all are, the examples.
fn gathered(library: &Library, args: &Metamorphic) -> Result<Vec<Subject>, Failure> {
    let mut scenarios = scenario::read_all(library).0;
    let mut examples = Vec::new();
    if let Some(id) = &args.id {
        named(library, id)?;
        scenarios.retain(|s| s.rulebook == *id || format!("{}/{}", s.rulebook, s.edition) == *id);
    } else {
        for folder in EXAMPLES {
            examples.extend(read_folder(library, folder)?);
        }
    }
    let mut cases = subjects(library, scenarios, examples);
    cases.retain(|c| args.only.as_ref().is_none_or(|text| c.name.contains(text.as_str())));
    Ok(cases)
}

fn read_folder(library: &Library, folder: &str) -> Result<Vec<(String, CaseFile)>, Failure> {
    let here = std::env::current_dir().map_err(|e| Failure::File(e.to_string()))?;
    let Some(path) = here.ancestors().map(|a| a.join(folder)).find(|p| p.is_dir()) else { return Ok(Vec::new()) };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&path)
        .map_err(|e| Failure::file(&path, e))?
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let bytes = std::fs::read(&file).map_err(|e| Failure::file(&file, e))?;
        let name = format!("{folder}/{}", file.file_name().map_or(String::new(), |n| n.to_string_lossy().into_owned()));
        let reading = case_file::read_bytes(&name, &bytes, &library.vocabulary, None);
        let Some(case) = reading.case else {
            reading.problems.iter().for_each(|p| line(p.to_string()));
            return Err(Failure::Wrong);
        };
        found.push((name, case));
    }
    Ok(found)
}

fn one(library: &Library, report: &Report) -> Value {
    let broken = report.broken.iter().map(|((book, rule), b)| {
        json!({
            "rulebook": book, "rule": rule, "times": b.times, "subject": b.subject, "change": b.change,
            "at": library.vocabulary.calendar.stamp(b.at), "duty": b.example.duty, "expected": b.example.expected, "got": b.example.got,
        })
    });
    json!({
        "property": report.property, "says": report.says, "cases": report.cases, "answers": report.answers,
        "broken_cases": report.broken_cases, "broken_answers": report.broken_answers, "aside": report.aside,
        "broken": broken.collect::<Vec<_>>(),
    })
}

fn text(library: &Library, cases: &[Subject], reports: &[Report], args: &Metamorphic) -> Outcome {
    line(styled(BOLD, &format!("{}, changed by seed {}", count(cases.len(), "case"), args.seed)));
    for report in reports {
        let style = if report.broken_answers == 0 { GREEN } else { RED };
        let broken = match report.broken_answers {
            0 => "0 broken".to_string(),
            answers => format!("{} broken, in {answers} answers, by {}", report.broken_cases, rules(report)),
        };
        line(format!(
            "{} {:>5} cases changed, {:>7} answers compared, {}",
            styled(BOLD, &print::pad(report.property, 10)),
            report.cases,
            report.answers,
            styled(style, &broken)
        ));
        line(styled(DIM, &format!("           {}", report.says)));
        for (why, n) in &report.aside {
            line(styled(DIM, &format!("           {n} left aside: {why}")));
        }
    }
    for report in reports.iter().filter(|r| !r.broken.is_empty()) {
        line(String::new());
        line(styled(BOLD, &format!("{}: what broke, by rule", report.property)));
        let mut broken: Vec<_> = report.broken.iter().collect();
        broken.sort_by_key(|(key, b)| (std::cmp::Reverse(b.times), key.to_owned()));
        for (index, ((book, rule), one)) in broken.into_iter().enumerate() {
            line(format!("  {:>4} {book} {}", one.times, styled(RED, rule)));
            if args.show {
                show(library, report.property, index + 1, one, &args.keep)?;
            }
        }
    }
    if !args.show && reports.iter().any(|r| !r.broken.is_empty()) {
        line(String::new());
        line("with --show: an example of each, and its case file to ask by yourself");
    }
    Ok(())
}

fn rules(report: &Report) -> String {
    count(report.broken.len(), "rule")
}

/// One example: what was changed, what was expected and what came, and how to see it for oneself.
fn show(library: &Library, property: &str, number: usize, broken: &Broken, folder: &Path) -> Outcome {
    let calendar = &library.vocabulary.calendar;
    std::fs::create_dir_all(folder).map_err(|e| Failure::file(folder, e))?;
    let write = |suffix: &str, case: &str| {
        let path = folder.join(format!("{property}-{number}{suffix}.json"));
        std::fs::write(&path, case).map_err(|e| Failure::file(&path, e)).map(|()| path)
    };
    let (before, path) = (write("-before", &broken.before)?, write("", &broken.case)?);
    line(format!("       {}", broken.subject));
    line(format!("       {}", broken.change));
    line(format!("       {} at {}", broken.example.duty, calendar.words(broken.at)));
    line(styled(GREEN, &format!("       - {}", broken.example.expected)));
    line(styled(RED, &format!("       + {}", broken.example.got)));
    line(styled(
        DIM,
        &format!("       whereabouts duties {} --all --at {}", path.display(), calendar.stamp(broken.at)),
    ));
    line(styled(DIM, &format!("       (before it was changed: {})", before.display())));
    Ok(())
}
