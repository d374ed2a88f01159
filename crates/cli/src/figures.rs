//! `whereabouts match-figures` and `import-figures`: on made-up children, how doubles are found, and how long it takes to bring a county in.

use crate::args::{Database, Format};
use crate::coming::said;
use crate::coming_args::{ImportFigures, MatchFigures};
use crate::demo::area_of;
use crate::failure::{Failure, Outcome};
use crate::people::refused;
use crate::print::{BOLD, json, line, styled};
use crate::running::{block_on, plain_app};
use actions::coming::{self, Brought, By, Mapping, Settled, Table};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Makes up a county, writes it out as the files that `export` makes, and brings these into an empty database: how long that took, and how long the
/// same files take again, which bring nothing.
pub fn import(args: &ImportFigures, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let folder = tempfile::tempdir().map_err(|e| Failure::File(e.to_string()))?;
    let database = |name: &str| made_up(&folder, name);
    block_on(async {
        let app = plain_app(&database("made-up.db"), rulebooks).await?;
        let library = app.rules().library;
        let wanted = county::Wanted {
            seed: args.seed,
            children: args.children,
            under_way: args.children / 40,
            years: args.years,
            now: app.now(),
            area: area_of(None, library, app.now())?,
            provider: library.rulebooks.iter().find(|b| b.kind == "provider").map_or("", |b| b.area.as_str()),
        };
        let made = Arc::new(county::county(&wanted, library));
        let mut told = |done| said(&format!("{done} of {} children made up", args.children));
        // Nobody signs in here.
        county::fill(&app, made.clone(), "", None, &mut told).await.map_err(Failure::File)?;
        let all =
            coming::export(&app, &mut |done| said(&format!("{done} children written out"))).await.map_err(refused)?;
        app.store().close().await;
        let (rows, bytes) = all.iter().fold((0, 0), |(rows, bytes), one| (rows + one.rows, bytes + one.text.len()));
        let settled: Settled = made.children.iter().map(|child| (child.id.clone(), "new".to_string())).collect();
        drop(made);
        let app = plain_app(&database("brought.db"), rulebooks).await?;
        let mapping = Mapping::read("whereabouts").map_err(Failure::Usage)?;
        let files: Vec<(String, String)> = all.into_iter().map(|one| (format!("{}.csv", one.name), one.text)).collect();
        let (done, first) = brought(&app, &mapping, &files, &settled).await?;
        let (again, second) = brought(&app, &mapping, &files, &settled).await?;
        app.store().close().await;
        said("");
        if format == Format::Json {
            json(&json!({
                "children": done.children, "rows": rows, "bytes": bytes, "seconds": first.as_secs_f64(), "faults": done.faults.iter().map(|f| format!("{} row {}, {}: {}", f.table, f.row, f.column, f.says)).collect::<Vec<_>>(),
                "again": { "children": again.children, "others": again.others, "seconds": second.as_secs_f64() },
            }));
        } else {
            let size = bytes / 1_000_000;
            line(format!("{} children with {} years: {rows} rows in {size} MB of CSV", done.children, args.years));
            let (seconds, each) = (first.as_secs_f64(), ms_each(first, done.children));
            let says =
                format!("brought in in {seconds:.0} s, {each:.1} ms a child; {} rows are wrong", done.faults.len());
            line(styled(BOLD, &says));
            line(format!("the same files again: {:.0} s, and {} children more", second.as_secs_f64(), again.children));
        }
        if done.children == args.children && done.faults.is_empty() && again.children == 0 {
            Ok(())
        } else {
            Err(Failure::Wrong)
        }
    })
}

/// Reads files and brings them in: with how long both took.
async fn brought(
    app: &actions::App,
    mapping: &Mapping,
    files: &[(String, String)],
    settled: &Settled,
) -> Result<(Brought, Duration), Failure> {
    let begun = Instant::now();
    let mut tables: Vec<Table> = Vec::new();
    for (name, text) in files {
        tables.extend(coming::read(name, text.as_bytes()).map_err(Failure::File)?);
    }
    let mut told = |done: usize, all: usize| said(&format!("{done} of {all} children"));
    let done = coming::bring(app, By::Operator, mapping, &tables, settled, false, &mut told).await.map_err(refused)?;
    Ok((done, begun.elapsed()))
}

/// A database in a folder of its own.
fn made_up(folder: &tempfile::TempDir, name: &str) -> Database {
    Database { database_url: format!("sqlite:{}", folder.path().join(name).display()), sealing_key: None }
}

/// Brings a made-up set in, then opens records as somebody would who writes these children down in other ways: how many are found.
pub fn matching(args: &MatchFigures, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let folder = tempfile::tempdir().map_err(|e| Failure::File(e.to_string()))?;
    let database = |name: &str| made_up(&folder, name);
    let set = county::set(args.seed, args.children);
    let mapping = Mapping::read("source = 'figures'\nkeep_ids = true\n[[table]]\nname = 'children'\nkind = 'child'\ncolumns = { id = 'id', name = 'name', born = 'born', nhs_number = 'nhs', police_nominal = 'police', authority_number = 'authority', address = 'address' }\n")
        .map_err(Failure::Usage)?;
    block_on(async {
        let app = plain_app(&database("figures.db"), rulebooks).await?;
        let all: Settled = set.here.iter().map(|one| (one.id.clone(), "new".to_string())).collect();
        let mut told = |done: usize, all: usize| said(&format!("{done} of {all} children"));
        let begun = Instant::now();
        let here = coming::bring(&app, By::Operator, &mapping, &[table(&set.here)], &all, false, &mut told)
            .await
            .map_err(refused)?;
        let brought = begun.elapsed();
        let come = table(&set.come);
        let begun = Instant::now();
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

fn show(each: &BTreeMap<&str, [usize; 3]>, here: usize, took: (Duration, Duration), asked: usize, format: Format) {
    let known = |way: &&str| !(*way == "new" || *way == "namesake" || way.starts_with("twin"));
    if format == Format::Json {
        let lines: BTreeMap<&&str, _> = each
            .iter()
            .map(|(way, [a, f, w])| (way, json!({ "asked": a, "here": known(way), "found": f, "wrongly_offered": w })))
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
    let columns = ["id", "name", "born", "nhs", "police", "authority", "address"]
        .iter()
        .enumerate()
        .map(|(at, name)| ((*name).to_string(), at))
        .collect();
    let rows = all.iter().enumerate().map(|(n, one)| {
        let numbers = [&one.nhs, &one.police, &one.authority];
        let cells = [&one.id, &one.name, &one.born].into_iter().chain(numbers).chain([&one.address]);
        (n + 2, cells.cloned().collect())
    });
    Table { name: "children".into(), columns, rows: rows.collect(), ..Table::default() }
}

/// Milliseconds of each of so many.
fn ms_each(all: Duration, many: usize) -> f64 {
    all.as_secs_f64() * 1000.0 / f64::from(u32::try_from(many.max(1)).unwrap_or(u32::MAX))
}
