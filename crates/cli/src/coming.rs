//! `whereabouts import` and `export`: records come in, and go out.

use crate::args::Format;
use crate::coming_args::{Export, Import};
use crate::failure::{Failure, Outcome};
use crate::people::refused;
use crate::print::{json, line};
use crate::running::{block_on, existing, make_sealing, plain_app};
use actions::coming::{self, Brought, By, Mapping, Settled, Table};
use serde_json::json;
use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

/// So many faults are printed; the others are counted.
const SHOWN: usize = 200;

/// Says on a terminal how far long work is.
pub(crate) fn said(what: &str) {
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
    // Addresses of children come in: whoever brings them before the service first started makes the key that seals them.
    make_sealing(&args.database)?;
    block_on(async {
        let app = plain_app(&args.database, rulebooks).await?;
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
        let app = plain_app(&args.database, rulebooks).await?;
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
