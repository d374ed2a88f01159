//! `whereabouts import`, `export` and `match-figures`: records come in, go out, and how doubles are found on a made-up set.

use crate::args::Format;
use crate::coming_args::{Export, Import, MatchFigures};
use crate::failure::{Failure, Outcome};
use crate::people::refused;
use crate::print::{BOLD, json, line, styled};
use crate::running::{block_on, existing, plain_app};
use actions::coming::{self, Brought, By, Mapping, Settled, Table};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

/// So many faults are printed; the others are counted.
const SHOWN: usize = 200;

/// Says on a terminal how far long work is.
fn said(what: &str) {
    if std::io::stderr().is_terminal() {
        let _ = write!(anstream::stderr(), "\r\x1b[K{what}");
    }
}

pub fn import(args: &Import, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let mut mapping = mapping(&args.mapping)?;
    mapping.agencies.extend(args.agencies.iter().cloned());
    let settled: Settled = match &args.settled {
        None => Settled::new(),
        Some(file) => {
            let text = std::fs::read_to_string(file).map_err(|e| Failure::file(file, e))?;
            toml::from_str(&text).map_err(|e| Failure::file(file, e))?
        }
    };
    let mut tables: Vec<Table> = Vec::new();
    let mut cases: Vec<serde_json::Value> = Vec::new();
    for file in &args.files {
        let bytes = std::fs::read(file).map_err(|e| Failure::file(file, e))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".json") {
            let case = serde_json::from_slice(&bytes)
                .map_err(|e| Failure::file(file, format!("this is no case file: {e}")))?;
            cases.push(case);
        } else {
            tables.extend(coming::read(&name, &bytes).map_err(Failure::File)?);
        }
    }
    block_on(async {
        let app = plain_app(&args.database.database_url, rulebooks).await?;
        let mut told = |done: usize, all: usize| said(&format!("{done} of {all} children"));
        let done = coming::bring(&app, By::Operator, &mapping, &tables, &settled, args.dry_run, &mut told).await;
        let files = match done {
            Ok(mut done) => {
                coming::cases(&app, By::Operator, &mapping, &cases, args.dry_run, &mut done).await.map(|()| done)
            }
            Err(refused) => Err(refused),
        };
        said("");
        app.store().close().await;
        print(&files.map_err(refused)?, args.dry_run, format)
    })
}

fn mapping(text: &str) -> Result<Mapping, Failure> {
    if coming::given().iter().any(|(name, _)| *name == text) {
        return Mapping::read(text).map_err(Failure::Usage);
    }
    let path = Path::new(text);
    let read = std::fs::read_to_string(path).map_err(|e| {
        let given: Vec<&str> = coming::given().iter().map(|(name, _)| *name).collect();
        Failure::file(path, format!("{e}; the mappings of the program are {}", given.join(", ")))
    })?;
    Mapping::read(&read).map_err(|wrong| Failure::file(path, wrong))
}

fn print(done: &Brought, trial: bool, format: Format) -> Outcome {
    if format == Format::Json {
        let faults: Vec<_> = done
            .faults
            .iter()
            .map(|f| json!({ "table": f.table, "row": f.row, "column": f.column, "says": f.says }))
            .collect();
        let doubles: Vec<_> = done
            .doubles
            .iter()
            .map(|d| json!({ "row": d.row, "id": d.id, "name": d.name, "other": d.other, "other_name": d.other_name, "reasons": d.reasons }))
            .collect();
        json(
            &json!({ "children": done.children, "others": done.others, "unchanged": done.unchanged, "faults": faults, "doubles": doubles, "notes": done.notes }),
        );
    } else {
        done.notes.iter().for_each(line);
        for fault in done.faults.iter().take(SHOWN) {
            let column = if fault.column.is_empty() { String::new() } else { format!(", column `{}`", fault.column) };
            line(format!("{} row {}{column}: {}", fault.table, fault.row, fault.says));
        }
        if done.faults.len() > SHOWN {
            line(format!("and {} more", done.faults.len() - SHOWN));
        }
        for double in &done.doubles {
            line(format!(
                "row {}: {} (`{}`) may be {} (`{}`): {}",
                double.row,
                double.name,
                double.id,
                double.other_name,
                double.other,
                double.reasons.join(", ")
            ));
        }
        if !done.doubles.is_empty() {
            line("say who they are in a file for --settled: `ID = \"new\"`, or `ID = \"the id of the record\"`");
        }
        let (would, saved) = if trial { (" would be", "; nothing was saved") } else { ("", "") };
        let others: Vec<String> = done.others.iter().map(|(kind, n)| format!("{n} of kind {kind}")).collect();
        line(format!(
            "{} children{would} brought in, with {}; {} rows are here already; {} rows are wrong; {} children wait{saved}",
            done.children,
            if others.is_empty() { "nothing else".to_string() } else { others.join(", ") },
            done.unchanged,
            done.faults.len(),
            done.doubles.len(),
        ));
    }
    if done.faults.is_empty() && done.doubles.is_empty() { Ok(()) } else { Err(Failure::Wrong) }
}

pub fn export(args: &Export, rulebooks: Option<&Path>) -> Outcome {
    existing(&args.database.database_url)?;
    block_on(async {
        let app = plain_app(&args.database.database_url, rulebooks).await?;
        let all = coming::export(&app, &mut |done| said(&format!("{done} children"))).await;
        said("");
        app.store().close().await;
        let all = all.map_err(refused)?;
        std::fs::create_dir_all(&args.to).map_err(|e| Failure::file(&args.to, e))?;
        for one in &all {
            let path = args.to.join(format!("{}.csv", one.name));
            std::fs::write(&path, &one.text).map_err(|e| Failure::file(&path, e))?;
            store::private_file(&path).map_err(|e| Failure::file(&path, e))?;
            line(format!("{}: {} rows", path.display(), one.rows));
        }
        Ok(())
    })
}

pub fn figures(args: &MatchFigures, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let folder = tempfile::tempdir().map_err(|e| Failure::File(e.to_string()))?;
    let set = county::set(args.seed, args.children);
    let mapping = Mapping::read("source = 'figures'\nkeep_ids = true\n[[table]]\nname = 'children'\nkind = 'child'\ncolumns = { id = 'id', name = 'name', born = 'born', nhs_number = 'nhs', address = 'address' }\n")
        .map_err(Failure::Usage)?;
    block_on(async {
        let app = plain_app(&format!("sqlite:{}", folder.path().join("figures.db").display()), rulebooks).await?;
        let all: Settled = set.here.iter().map(|one| (one.id.clone(), "new".to_string())).collect();
        let mut told = |done: usize, all: usize| said(&format!("{done} of {all} children"));
        let begun = std::time::Instant::now();
        let here = coming::bring(&app, By::Operator, &mapping, &[table(&set.here)], &all, false, &mut told)
            .await
            .map_err(refused)?;
        let brought = begun.elapsed();
        let come = table(&set.come);
        let begun = std::time::Instant::now();
        let mut each: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for one in &set.come {
            // One by one, as somebody opens records: nobody of the others who come is compared.
            let row = come.rows.iter().filter(|(_, cells)| cells[0] == one.id).cloned().collect();
            let alone = Table { rows: row, ..come.clone() };
            let done = coming::bring(&app, By::Operator, &mapping, &[alone], &Settled::new(), true, &mut |_, _| {})
                .await
                .map_err(refused)?;
            let right = done.doubles.iter().any(|double| !one.of.is_empty() && double.other == one.of);
            let wrong = done.doubles.iter().filter(|double| double.other != one.of).count();
            let line = each.entry(one.way).or_default();
            line[0] += 1;
            line[1] += usize::from(right);
            line[2] += wrong;
        }
        let asked = begun.elapsed();
        said("");
        app.store().close().await;
        show(&each, here.children, (brought, asked), set.come.len(), format);
        Ok(())
    })
}

fn show(
    each: &BTreeMap<&str, [usize; 3]>,
    here: usize,
    took: (std::time::Duration, std::time::Duration),
    asked: usize,
    format: Format,
) {
    let known = |way: &&str| !matches!(*way, "new" | "twin");
    if format == Format::Json {
        let lines: BTreeMap<&&str, _> = each
            .iter()
            .map(|(way, [a, f, w])| (way, json!({ "asked": a, "found": f, "wrongly_offered": w })))
            .collect();
        json(
            &json!({ "children": here, "ways": lines, "seconds_to_bring": took.0.as_secs_f64(), "ms_an_opening": ms_each(took.1, asked) }),
        );
        return;
    }
    line(format!("{here} children are here. Those who come, by how they are written down:"));
    for (way, [asked, found, wrong]) in each {
        let missed = if known(way) {
            format!("{found:>5} found {:>4} missed", asked - found)
        } else {
            "  (none is here)     ".into()
        };
        line(format!("  {way:<36} {asked:>5} {missed} {wrong:>5} wrongly offered"));
    }
    let sum = |n: usize| each.iter().filter(|(way, _)| known(way)).map(|(_, line)| line[n]).sum::<usize>();
    let wrong: usize = each.values().map(|line| line[2]).sum();
    line(styled(
        BOLD,
        &format!(
            "{} of {} found, {} missed; {wrong} wrongly offered in {asked} openings",
            sum(1),
            sum(0),
            sum(0) - sum(1)
        ),
    ));
    line(format!("{:.1} s to bring in, {:.1} ms an opening", took.0.as_secs_f64(), ms_each(took.1, asked)));
}

fn table(all: &[county::Somebody]) -> Table {
    let columns = ["id", "name", "born", "nhs", "address"]
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_string(), at))
        .collect();
    let rows = all.iter().enumerate().map(|(n, one)| {
        (n + 2, vec![one.id.clone(), one.name.clone(), one.born.clone(), one.nhs.clone(), one.address.clone()])
    });
    Table { name: "children".into(), columns, rows: rows.collect(), ..Table::default() }
}

/// Milliseconds of each of so many.
fn ms_each(all: std::time::Duration, many: usize) -> f64 {
    all.as_secs_f64() * 1000.0 / f64::from(u32::try_from(many.max(1)).unwrap_or(u32::MAX))
}
