//! A table as it is sent row by row: its key and its columns, in SQL.

use crate::error::{Result, StoreError};
use crate::lite::Conn;
use sqlx::AssertSqlSafe;

/// Tables of which no row is ever changed or removed, but for what is lawfully erased.
pub(crate) const ONLY_ADDED_TO: [&str; 4] = ["chain", "look", "deed", "area_row"];

/// A table.
pub(crate) struct Table {
    pub(crate) name: String,
    /// The columns of its key.
    pub(crate) key: Vec<String>,
    /// All columns, with what is in them.
    pub(crate) columns: Vec<(String, String)>,
}

/// The columns of a table's key.
pub(crate) async fn key_of_table(conn: &mut Conn, name: &str) -> Result<Vec<String>> {
    let select = "select name from pragma_table_info($1) where pk > 0 order by pk";
    Ok(sqlx::query_scalar(select).bind(name).fetch_all(conn).await?)
}

impl Table {
    /// A table by its columns.
    pub(crate) async fn of(conn: &mut Conn, name: &str, columns: &[(String, String)]) -> Result<Table> {
        let key = key_of_table(conn, name).await?;
        let bytes = |part: &String| columns.iter().any(|(column, kind)| column == part && kind == "bytes");
        if key.is_empty() || key.iter().any(bytes) {
            return Err(StoreError::Refused(format!(
                "the table `{name}` has no key by which its rows can be followed"
            )));
        }
        Ok(Table { name: name.to_owned(), key, columns: columns.to_vec() })
    }

    pub(crate) fn only_added_to(&self) -> bool {
        ONLY_ADDED_TO.contains(&self.name.as_str())
    }

    /// `"a", "b"`
    pub(crate) fn key_list(&self) -> String {
        self.key.iter().map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(", ")
    }

    /// The key of a row as JSON, such as `json_array(new."a", new."b")`.
    pub(crate) fn key_of(&self, row: &str) -> String {
        let parts: Vec<String> = self.key.iter().map(|part| format!("{row}.\"{part}\"")).collect();
        format!("json_array({})", parts.join(", "))
    }

    /// Each row under the keys that are bound as a JSON array of arrays: its key, and the row as a JSON array, none where it is gone.
    pub(crate) fn select(&self) -> AssertSqlSafe<String> {
        let columns: Vec<String> = self
            .columns
            .iter()
            .map(|(name, kind)| if kind == "bytes" { format!("hex(t.\"{name}\")") } else { format!("t.\"{name}\"") })
            .collect();
        let on: Vec<String> =
            self.key.iter().enumerate().map(|(n, part)| format!("t.\"{part}\" = k.value ->> {n}")).collect();
        // Strict tables: what is looked for has the type of its column, and its index is used.
        AssertSqlSafe(format!(
            "select k.value, case when t.\"{}\" is null then null else json_array({}) end from json_each($1) k left join \"{}\" t on {} order by k.key",
            self.key[0],
            columns.join(", "),
            self.name,
            on.join(" and ")
        ))
    }

    /// Removes the rows under the keys that are bound.
    pub(crate) fn delete(&self) -> AssertSqlSafe<String> {
        let parts: Vec<String> = (0..self.key.len()).map(|n| format!("value ->> {n}")).collect();
        AssertSqlSafe(format!(
            "delete from \"{}\" where ({}) in (select {} from json_each($1))",
            self.name,
            self.key_list(),
            parts.join(", ")
        ))
    }
}
