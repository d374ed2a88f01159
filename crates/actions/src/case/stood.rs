//! A record as it stood when it changed, read once for all who are told of that. It is the whole, and only this folder sees it: each of them
//! sees of it what they may, by a decision of their own.

use super::load::Rows;
use super::redact::{Shown, seen};
use super::whole::Whole;
use crate::app::{App, moment};
use crate::authorise::Regard;
use crate::refused::Result;
use engine::time::Moment;
use views::Record;

/// A line of a record takes so much memory beside what is remembered of it anyway: who wrote it, and when.
const LINE: usize = 250;

/// A record, and who wrote it.
pub(crate) struct Stood {
    whole: Whole,
    /// With nothing taken out, and nothing noted of what anybody may do about it.
    record: Record,
}

impl Stood {
    /// Reads it as it stands now.
    pub async fn read(app: &App, child: &str) -> Result<Stood> {
        let whole = Whole::load(app, child).await?;
        let record = whole.record(app).await?;
        Ok(Stood { whole, record })
    }

    /// About so much memory it takes.
    pub fn bytes(&self) -> usize {
        self.whole.bytes() + LINE * self.whole.rows.len()
    }

    /// As somebody sees it. Of whoever works with the child no more, and where a place is withheld, it matters for which agency people write:
    /// that is asked at this moment.
    async fn shown(&self, app: &App, regard: &Regard) -> Result<Shown> {
        let matters = regard.permit.left_us.is_some() || regard.withholds;
        let record = if matters { self.whole.record(app).await? } else { self.record.clone() };
        seen(app, &regard.permit, &self.whole, record, regard.withholds).await
    }
}

/// Does this person see any row of a record from this place on? Nothing is shown of it, so that it is no look.
pub(crate) async fn sees_rows(app: &App, regard: &Regard, stood: &Stood, from: i64) -> Result<Rows> {
    let hidden = stood.shown(app, regard).await?.hidden;
    let any = from > 0 && (from..=stood.whole.version).any(|row| hidden.binary_search(&row).is_err());
    Ok(Rows { any, all: hidden.is_empty() })
}

/// A record as this person sees it, and when it was opened, to tell the child from others of its name in a list.
pub(crate) async fn glimpse(app: &App, regard: &Regard, stood: &Stood) -> Result<(Record, Moment)> {
    let record = stood.shown(app, regard).await?.record;
    let opened = stood.whole.rows.first().map_or(app.now(), |row| moment(row.recorded_us));
    Ok((record, opened))
}
