//! Everything of the children in the form in which it comes in: the tables of the mapping `whereabouts`. For whoever runs the server. A text that a
//! spreadsheet would carry out, or that would not come back as it was, goes into the column `rest`, which is JSON; where there is no such column, an
//! apostrophe stands before it.

use super::HOME;
use super::texts::{dangerous, quoted};
use crate::app::App;
use crate::case::whole_file;
use crate::refused::{Refused, Result};
use serde_json::{Map, Value};

/// A table to be written: its name, and the text of it as CSV.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Exported {
    /// The name of the file, without `.csv`.
    pub name: &'static str,
    /// The text.
    pub text: String,
    /// How many rows it has.
    pub rows: usize,
}

const CHILDREN: [&str; 4] = ["id", "name", "born", "agencies"];
const FACTS: [&str; 7] = ["child", "id", "fact", "value", "from", "until", "rest"];
const PERSONS: [&str; 8] = ["child", "id", "name", "role", "phone", "email", "address", "rest"];
const PLACEMENTS: [&str; 9] = ["child", "id", "from", "until", "type", "name", "address", "host_authority", "rest"];
const ENTRIES: [&str; 9] = ["child", "id", "event", "occurred_at", "recorded_at", "by", "by_name", "note", "rest"];

struct Sheet {
    name: &'static str,
    writer: csv::Writer<Vec<u8>>,
    rows: usize,
}

impl Sheet {
    fn new(name: &'static str, columns: &[&str]) -> Result<Sheet> {
        let mut sheet = Sheet { name, writer: csv::Writer::from_writer(Vec::new()), rows: 0 };
        sheet.writer.write_record(columns).map_err(|wrong| broken(&wrong))?;
        Ok(sheet)
    }

    fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) -> Result<()> {
        self.rows += 1;
        let cells = cells.into_iter().map(|cell| quoted(cell.as_ref()).into_owned().into_bytes());
        self.writer.write_record(cells).map_err(|wrong| broken(&wrong))
    }

    /// The part of a case file, with whatever has no column of its own as JSON.
    fn part(&mut self, child: &str, columns: &[&str], part: &Value) -> Result<()> {
        let mut rest: Map<String, Value> = part.as_object().cloned().unwrap_or_default();
        let mut cells: Vec<String> = vec![child.to_string()];
        for column in &columns[1..columns.len() - 1] {
            cells.push(cell(&mut rest, column));
        }
        cells.push(if rest.is_empty() { String::new() } else { Value::Object(rest).to_string() });
        self.row(cells)
    }

    fn done(self) -> Result<Exported> {
        let bytes = self.writer.into_inner().map_err(|wrong| broken(&wrong))?;
        let text = String::from_utf8(bytes).map_err(|wrong| broken(&wrong))?;
        Ok(Exported { name: self.name, text, rows: self.rows })
    }
}

fn broken(wrong: &dyn std::fmt::Display) -> Refused {
    tracing::error!(%wrong, "a table cannot be written");
    Refused::Unavailable("A table cannot be written. Tell whoever runs Whereabouts.".into())
}

/// Takes a value out for its own column, if it comes back from there as it is.
fn cell(rest: &mut Map<String, Value>, column: &str) -> String {
    let text = match rest.get(column) {
        Some(Value::String(text)) if text.trim() == text && !text.is_empty() && !dangerous(text) => text.clone(),
        Some(Value::Bool(yes)) if column == "value" => if *yes { "yes" } else { "no" }.to_string(),
        _ => return String::new(),
    };
    rest.remove(column);
    text
}

/// Writes everything out.
pub async fn export(app: &App, told: &mut (dyn FnMut(usize) + Send)) -> Result<Vec<Exported>> {
    let store = &app.store;
    let mut agencies = Sheet::new("agencies", &["id", "name", "kind", "area"])?;
    for one in store.agencies().await?.iter().filter(|agency| agency.kind != "systems") {
        agencies.row([one.id.as_str(), &one.name, &one.kind, one.area.as_deref().unwrap_or_default()])?;
    }
    let mut homes = Sheet::new("homes", &[&["agency"][..], &HOME].concat())?;
    for one in store.listed().await? {
        let cells = [
            one.agency,
            one.registration,
            one.provider,
            one.manager,
            one.phone_day,
            one.phone_night,
            one.address,
            one.address_class,
            one.host,
            one.procedure,
        ];
        homes.row(cells)?;
    }
    let mut codes = Sheet::new("postcodes", &["code", "authority"])?;
    for (code, authority) in store.postcodes().await? {
        codes.row([code, authority])?;
    }
    let mut children = Sheet::new("children", &CHILDREN)?;
    let mut parts = [
        ("facts", Sheet::new("facts", &FACTS)?, &FACTS[..]),
        ("people", Sheet::new("persons", &PERSONS)?, &PERSONS[..]),
        ("placements", Sheet::new("placements", &PLACEMENTS)?, &PLACEMENTS[..]),
        ("chronology", Sheet::new("entries", &ENTRIES)?, &ENTRIES[..]),
    ];
    let (mut after, mut done) = (String::new(), 0);
    loop {
        let ids = store.children_after(&after, 200).await?;
        let Some(last) = ids.last().cloned() else { break };
        for id in ids {
            // What was merged into another record is written there.
            if store.merged_into(&id).await?.is_some() {
                continue;
            }
            let Some(row) = store.child_row(&id).await? else { continue };
            // Of what was let go nothing is written out.
            if row.name == crate::case::ERASED && row.date_of_birth.is_none() {
                continue;
            }
            let works: Vec<String> = store.agencies_of_child(&id).await?.into_iter().map(|agency| agency.id).collect();
            children.row([
                id.as_str(),
                &row.name,
                row.date_of_birth.as_deref().unwrap_or_default(),
                &works.join("; "),
            ])?;
            let file = whole_file(app, &id).await?;
            let case = casebook::case_file::write(&file, app.rules.vocabulary());
            for (key, sheet, columns) in &mut parts {
                for part in case.get(*key).and_then(Value::as_array).into_iter().flatten() {
                    sheet.part(&id, columns, part)?;
                }
            }
            done += 1;
            told(done);
        }
        after = last;
    }
    let mut all = vec![agencies.done()?, homes.done()?, codes.done()?, children.done()?];
    for (_, sheet, _) in parts {
        all.push(sheet.done()?);
    }
    Ok(all)
}
