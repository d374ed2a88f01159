//! What a follower holds against what it has before it keeps it: rows of records, lines of the log of looks and of the journal have to continue
//! their chains; what is kept beside the records has to stand as the journal says; pictures have to be those that their ids name.

use super::refused;
use super::table::{Table, key_of_table};
use super::take::Given;
use crate::chain::Seen;
use crate::deeds::{self, Deed, SUBJECTS, Subject, state};
use crate::error::{Result, StoreError};
use crate::lite::Conn;
use crate::looks;
use crate::model::{Look, Photograph};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::{BTreeMap, BTreeSet};

/// The end of a chain.
type End = (i64, String);

#[derive(Default)]
pub(super) struct Check {
    /// How the records stand of which rows came.
    children: BTreeMap<String, End>,
    looks: Option<End>,
    deeds: Option<End>,
    /// The rows beside the records that came, or are gone.
    beside: BTreeSet<(&'static str, String)>,
    pictures: BTreeSet<String>,
    /// The rows of children that came: they say how their record ends.
    said: BTreeSet<String>,
    /// Something was erased.
    pub(super) erased: bool,
}

/// A row by the names of its columns.
struct Named<'r> {
    table: &'r Table,
    row: &'r [Value],
}

impl Named<'_> {
    fn value(&self, column: &str) -> Option<&Value> {
        let place = self.table.columns.iter().position(|(name, _)| name == column)?;
        self.row.get(place).filter(|value| !value.is_null())
    }

    fn text(&self, column: &str) -> &str {
        self.value(column).and_then(Value::as_str).unwrap_or_default()
    }

    fn some_text(&self, column: &str) -> Option<&str> {
        self.value(column).and_then(Value::as_str)
    }

    fn number(&self, column: &str) -> i64 {
        self.value(column).and_then(Value::as_i64).unwrap_or_default()
    }
}

/// A chain that has a gap, by its name.
fn gap<T>(what: &str, expected: i64, found: i64) -> Result<T> {
    refused(format!("a gap: {what} ends here at {}, and {found} came", expected - 1))
}

impl Check {
    /// Whether a row is to be kept: it fits, and is not here already as it is.
    pub(super) async fn row(&mut self, conn: &mut Conn, table: &Table, given: &Given, row: &[Value]) -> Result<bool> {
        if row.len() != table.columns.len() {
            return refused(format!(
                "a row of `{}` has {} columns, and should have {}",
                table.name,
                row.len(),
                table.columns.len()
            ));
        }
        let named = Named { table, row };
        match table.name.as_str() {
            "chain" => self.of_record(conn, &named).await,
            "look" => self.look(conn, &named).await,
            "deed" => self.deed(conn, &named).await,
            "area_row" => {
                self.touched(table, &given.key);
                let select = "select exists (select 1 from area_row where id = $1)";
                let known: bool = sqlx::query_scalar(select).bind(named.text("id")).fetch_one(conn).await?;
                Ok(!known)
            }
            "child" => {
                self.said.insert(named.text("id").to_owned());
                Ok(true)
            }
            "photograph" => {
                self.pictures.insert(json(&given.key)?);
                Ok(true)
            }
            _ => {
                self.touched(table, &given.key);
                Ok(true)
            }
        }
    }

    /// A row that the journal may hold came, or is gone.
    pub(super) fn touched(&mut self, table: &Table, key: &[Value]) {
        let subject = SUBJECTS.iter().find(|subject| subject.table == table.name);
        if let (Some(subject), Ok(key)) = (subject, json(key)) {
            self.beside.insert((subject.table, key));
        }
    }

    async fn of_record(&mut self, conn: &mut Conn, row: &Named<'_>) -> Result<bool> {
        let child = row.text("child_id");
        let seen = Seen {
            seq: row.number("seq"),
            kind: row.text("kind"),
            occurred_us: row.number("occurred_us"),
            recorded_us: row.number("recorded_us"),
            actor: row.text("actor"),
            payload: row.some_text("payload"),
            salt: row.some_text("salt"),
            commitment: row.text("commitment"),
            hash: row.text("hash"),
        };
        let seq = seen.seq;
        if seen.payload.is_some() != seen.salt.is_some() {
            return refused(format!("row {seq} of child {child} was erased by half"));
        }
        let end = match self.children.get(child) {
            Some(end) => end.clone(),
            None => {
                let select = "select seq, hash from chain where child_id = $1 order by seq desc limit 1";
                sqlx::query_as(select).bind(child).fetch_optional(&mut *conn).await?.unwrap_or_default()
            }
        };
        if seq <= end.0 {
            self.children.insert(child.to_owned(), end);
            return self.again(conn, child, &seen).await;
        }
        if seq != end.0 + 1 {
            return gap(&format!("the record of child {child}"), end.0 + 1, seq);
        }
        if !seen.fits(child, &end.1) {
            return refused(format!(
                "row {seq} of child {child} does not continue the record: it was changed, or one before it was"
            ));
        }
        self.erased |= seen.payload.is_none();
        self.children.insert(child.to_owned(), (seq, seen.hash.to_owned()));
        Ok(true)
    }

    /// A row that is here: it may have been erased since, and nothing else.
    async fn again(&mut self, conn: &mut Conn, child: &str, seen: &Seen<'_>) -> Result<bool> {
        let select = "select c.hash, c.payload, coalesce(b.hash, '') from chain c \
                      left join chain b on b.child_id = c.child_id and b.seq = c.seq - 1 where c.child_id = $1 and c.seq = $2";
        let own: Option<(String, Option<String>, String)> =
            sqlx::query_as(select).bind(child).bind(seen.seq).fetch_optional(conn).await?;
        let Some((hash, payload, before)) = own else {
            return refused(format!("row {} of child {child} should be here, and is not", seen.seq));
        };
        if hash != seen.hash || !seen.fits(child, &before) {
            return refused(format!(
                "a fork: row {} of child {child} is another at the server than here; one of the two was made anew",
                seen.seq
            ));
        }
        match (seen.payload, payload) {
            (None, Some(_)) => {
                self.erased = true;
                Ok(true)
            }
            (Some(_), None) => refused(format!("row {} of child {child} was erased, and its text came back", seen.seq)),
            _ => Ok(false),
        }
    }

    async fn look(&mut self, conn: &mut Conn, row: &Named<'_>) -> Result<bool> {
        let text = |column| row.text(column).to_owned();
        let look = Look {
            seq: row.number("seq"),
            at_us: row.number("at_us"),
            person_id: text("person_id"),
            post: text("post"),
            agency_id: text("agency_id"),
            child_id: row.some_text("child_id").map(str::to_owned),
            what: text("what"),
            class: text("class"),
            purpose: text("purpose"),
            session: text("session"),
            hash: text("hash"),
        };
        let select = "select seq, hash from look order by seq desc limit 1";
        let end = end_of(conn, &mut self.looks, select).await?;
        if look.seq <= end.0 {
            return known(conn, "select hash from look where seq = $1", look.seq, &look.hash, "the log of looks").await;
        }
        if look.seq != end.0 + 1 && end.0 != 0 {
            return gap("the log of looks", end.0 + 1, look.seq);
        }
        if looks::hash(&end.1, &look) != look.hash {
            return refused(format!("look {} does not continue the log of looks", look.seq));
        }
        self.looks = Some((look.seq, look.hash));
        Ok(true)
    }

    async fn deed(&mut self, conn: &mut Conn, row: &Named<'_>) -> Result<bool> {
        let text = |column| row.text(column).to_owned();
        let deed = Deed {
            seq: row.number("seq"),
            subject: text("subject"),
            key: text("key"),
            state: text("state"),
            hash: text("hash"),
        };
        let end = end_of(conn, &mut self.deeds, "select seq, hash from deed order by seq desc limit 1").await?;
        if deed.seq <= end.0 {
            return known(conn, "select hash from deed where seq = $1", deed.seq, &deed.hash, "the journal").await;
        }
        if deed.seq != end.0 + 1 {
            return gap("the journal", end.0 + 1, deed.seq);
        }
        if deeds::hash(&end.1, &deed) != deed.hash {
            return refused(format!("line {} does not continue the journal", deed.seq));
        }
        self.deeds = Some((deed.seq, deed.hash));
        Ok(true)
    }

    /// All rows came: what they say of each other has to agree.
    pub(super) async fn end(&self, conn: &mut Conn) -> Result<()> {
        let children: BTreeSet<&String> = self.children.keys().chain(&self.said).collect();
        for child in children {
            let select = "select version, head from child where id = $1";
            let said: End = sqlx::query_as(select).bind(child).fetch_optional(&mut *conn).await?.unwrap_or_default();
            let select = "select seq, hash from chain where child_id = $1 order by seq desc limit 1";
            let is: End = sqlx::query_as(select).bind(child).fetch_optional(&mut *conn).await?.unwrap_or_default();
            if said != is {
                return refused(format!(
                    "the record of child {child} ends at row {}, and should end at {}",
                    is.0, said.0
                ));
            }
        }
        for (name, end, select) in [
            ("the log of looks", &self.looks, "select seq, hash from look_head where id = 1"),
            ("the journal", &self.deeds, "select seq, hash from deed_head where id = 1"),
        ] {
            let Some(end) = end else { continue };
            let said: End = sqlx::query_as(select).fetch_optional(&mut *conn).await?.unwrap_or_default();
            if said != *end {
                return refused(format!("{name} ends at line {}, and should end at {}", end.0, said.0));
            }
        }
        for (table, key) in &self.beside {
            if let Some(subject) = SUBJECTS.iter().find(|subject| subject.table == *table) {
                beside(conn, subject, key).await?;
            }
        }
        for key in &self.pictures {
            picture(conn, key).await?;
        }
        Ok(())
    }
}

fn json(values: &[Value]) -> Result<String> {
    serde_json::to_string(values).map_err(|e| StoreError::Refused(e.to_string()))
}

async fn end_of(conn: &mut Conn, known: &mut Option<End>, select: &'static str) -> Result<End> {
    if known.is_none() {
        *known = Some(sqlx::query_as(select).fetch_optional(conn).await?.unwrap_or_default());
    }
    Ok(known.clone().unwrap_or_default())
}

/// A line that is here has to be the same: false, since it need not be kept again.
async fn known(conn: &mut Conn, select: &'static str, seq: i64, hash: &str, log: &str) -> Result<bool> {
    let own: Option<String> = sqlx::query_scalar(select).bind(seq).fetch_optional(conn).await?;
    if own.as_deref() == Some(hash) {
        return Ok(false);
    }
    refused(format!("a fork: line {seq} of {log} is another at the server than here; one of the two was made anew"))
}

/// A row beside the records stands as the journal says last. What is gone altogether the whole check finds: its key in the journal is not told here.
async fn beside(conn: &mut Conn, subject: &Subject, key: &str) -> Result<()> {
    let table = subject.table;
    let own = key_of_table(&mut *conn, table).await?;
    let parts: Vec<String> = own.iter().enumerate().map(|(n, part)| format!("\"{part}\" = $1 ->> {n}")).collect();
    let select = AssertSqlSafe(format!("{} where {}", subject.select(), parts.join(" and ")));
    let Some(row) = sqlx::query(select).bind(key).fetch_optional(&mut *conn).await? else { return Ok(()) };
    let columns: sqlx::Result<Vec<Option<String>>> = (1..=subject.width()).map(|n| row.try_get(n)).collect();
    let name: String = row.try_get(0)?;
    let noted = "select state from deed where subject = $1 and key = $2 order by seq desc limit 1";
    let noted: Option<String> = sqlx::query_scalar(noted).bind(table).bind(&name).fetch_optional(conn).await?;
    if noted.as_deref() == Some(state(&columns?).as_str()) {
        return Ok(());
    }
    refused(format!("{table} `{name}` is not what the journal says of it: it was changed beside the program"))
}

/// A picture is the one that its id names.
async fn picture(conn: &mut Conn, key: &str) -> Result<()> {
    let select = "select id, picture, portrait from photograph where child_id = $1 ->> 0 and id = $1 ->> 1";
    let found: Option<(String, Vec<u8>, Vec<u8>)> = sqlx::query_as(select).bind(key).fetch_optional(conn).await?;
    let Some((id, picture, portrait)) = found else { return Ok(()) };
    if Photograph::id_of(&picture, &portrait) == id {
        return Ok(());
    }
    refused(format!("the picture {id} was exchanged"))
}
