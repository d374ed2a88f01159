//! Rows of an area as what they say.

use crate::app::App;
use crate::authorise::Actor;
use crate::refused::{Refused, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::AreaRow;

/// What is kept of an area.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Meetings of panels.
    Meeting,
    /// Actions that panels agreed.
    Agreed,
    /// Lines of registers.
    Line,
    /// Acts that duties of the area ask for.
    Act,
    /// Settings.
    Setting,
}

impl Kind {
    /// The word that is kept.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Meeting => "meeting",
            Kind::Agreed => "agreed",
            Kind::Line => "line",
            Kind::Act => "act",
            Kind::Setting => "setting",
        }
    }
}

/// A row, read.
#[derive(Clone, Debug)]
pub(crate) struct Kept<T> {
    /// The row.
    pub row: AreaRow,
    /// What it says.
    pub says: T,
}

fn read<T: DeserializeOwned>(rows: Vec<AreaRow>) -> Result<Vec<Kept<T>>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let says = serde_json::from_str(&row.payload).map_err(|why| {
            tracing::error!(row = %row.id, %why, "a row of an area cannot be read");
            Refused::Unavailable("This cannot be read. Tell whoever runs Whereabouts; nothing is lost.".into())
        })?;
        found.push(Kept { row, says });
    }
    Ok(found)
}

/// What holds of a kind: the last of each subject, in the order in which they were begun.
pub(crate) async fn kept<T: DeserializeOwned>(app: &App, area: &str, kind: Kind) -> Result<Vec<Kept<T>>> {
    read(app.store.area_latest(area, kind.word()).await?)
}

/// Everything of a kind that was ever written.
pub(crate) async fn history<T: DeserializeOwned>(app: &App, area: &str, kind: Kind) -> Result<Vec<Kept<T>>> {
    read(app.store.area_history(area, kind.word()).await?)
}

/// Writes what holds of a subject from now on. `version` is the number of the row that the page was made from; 0 of a new subject.
pub(crate) async fn put(
    app: &App,
    actor: &Actor,
    (area, kind, subject): (&str, Kind, &str),
    version: i64,
    says: &impl Serialize,
    key: &str,
) -> Result<()> {
    // What is written here is made of texts and numbers: it is always JSON.
    let payload = serde_json::to_string(says).unwrap_or_default();
    let row = AreaRow {
        id: app.new_id(),
        area: area.into(),
        kind: kind.word().into(),
        subject: subject.into(),
        n: version + 1,
        payload,
        by_person: actor.person.clone(),
        by_role: actor.role.clone(),
        at_us: app.now_us(),
        key: format!("{}:{key}", actor.person),
    };
    Ok(app.store.area_add(&row).await?)
}
