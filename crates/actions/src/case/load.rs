//! The one place where a child's record is loaded. What comes from here was allowed, is redacted for whoever looks, and is on the log of
//! looks. Nothing else in this crate can get at the rows of a child, but for the append path beside it, which has to see everything.

use super::redact::{Shown, Sight, shown};
use super::whole::Whole;
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise, may_see_all};
use crate::looks::{note, note_list};
use crate::refused::Result;
use views::Record;

/// What a record is wanted for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Purpose {
    /// What is done.
    pub verb: Verb,
    /// The word on the log of looks.
    pub look: &'static str,
}

impl Purpose {
    /// To look at it.
    pub const fn see(look: &'static str) -> Purpose {
        Purpose { verb: Verb::See, look }
    }

    /// To fill in a form.
    pub const fn form(verb: Verb) -> Purpose {
        Purpose { verb, look: "form" }
    }
}

/// The record of a child as this person may see it.
pub(crate) async fn load(app: &App, actor: &Actor, child: &str, purpose: Purpose) -> Result<Record> {
    let permit = authorise(app, actor, purpose.verb, Some(child)).await?;
    note(app, actor, &permit, purpose.look).await?;
    let whole = Whole::load(app, &permit.child).await?;
    Ok(shown(app, &permit, &whole).await?.record)
}

/// The records of the children of a list, each as this person may see it; those whom they do not see are left out. On the log of looks
/// they stand once for the list, as the lines of a board do.
pub(crate) async fn load_listed(app: &App, actor: &Actor, children: &[&str], what: &str) -> Result<Vec<Record>> {
    let list = authorise(app, actor, Verb::Do(policy::Act::List), None).await?;
    let mut wanted: Vec<String> = Vec::new();
    for child in children {
        if !wanted.iter().any(|one| one == child) {
            wanted.push((*child).to_string());
        }
    }
    let permits = may_see_all(app, actor, &wanted).await?;
    note_list(app, actor, &list, what, permits.iter().map(|permit| permit.child.as_str())).await?;
    let mut found = Vec::with_capacity(permits.len());
    for permit in permits {
        let whole = Whole::load(app, &permit.child).await?;
        found.push(shown(app, &permit, &whole).await?.record);
    }
    Ok(found)
}

/// A record opened to be written on. Whoever writes sees of it what they may; the rulebooks are asked of the whole.
pub(crate) struct Opened {
    /// That they may.
    pub permit: Permit,
    /// What they may see.
    pub seen: Record,
    /// The places of the rows that they do not.
    pub(super) hidden: Vec<i64>,
    /// Whose eyes it is redacted for.
    pub(super) sight: Sight,
    pub(super) whole: Whole,
    /// It is the report of a missing child: what a rulebook objects to is said, and refuses nothing.
    pub(super) reports: bool,
}

impl Opened {
    /// The place of a row, by what whoever writes sees.
    pub(super) fn place(&self, seq: i64) -> i64 {
        super::redact::place(&self.hidden, seq)
    }

    /// Does this record say that another is of another child?
    pub fn says_apart(&self, other: &str) -> bool {
        self.whole.same.apart.contains(other)
    }

    /// For the report of a missing child, which no rulebook refuses.
    pub fn for_report(self) -> Opened {
        Opened { reports: true, ..self }
    }
}

/// Opens a record to be written on. This is no look: what is written tells who had it open, and nothing is shown but what was written.
pub(crate) async fn open(app: &App, actor: &Actor, child: &str, verb: Verb) -> Result<Opened> {
    let permit = authorise(app, actor, verb, Some(child)).await?;
    opened(app, permit).await
}

pub(super) async fn opened(app: &App, permit: Permit) -> Result<Opened> {
    let whole = Whole::load(app, &permit.child).await?;
    let Shown { record, hidden, sight } = shown(app, &permit, &whole).await?;
    Ok(Opened { permit, seen: record, hidden, reports: false, sight, whole })
}

/// The whole case file of a child, for those parts of this crate that guard records. Nothing of it is shown.
pub(crate) async fn whole_file(app: &App, child: &str) -> Result<std::sync::Arc<casebook::case_file::CaseFile>> {
    Ok(Whole::load(app, child).await?.file)
}

/// Who wrote on a record, and when it was written down, for those parts of this crate that guard records.
pub(crate) async fn writers(app: &App, child: &str) -> Result<Vec<(String, i64)>> {
    let whole = Whole::load(app, child).await?;
    Ok(whole.rows.iter().map(|row| (row.actor.clone(), row.recorded_us)).collect())
}

/// Does this person see any row of a record from this place on? Nothing is shown of it, so that it is no look.
pub(crate) async fn sees_from(app: &App, actor: &Actor, child: &str, from: i64) -> Result<Rows> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    let whole = Whole::load(app, &permit.child).await?;
    let hidden = shown(app, &permit, &whole).await?.hidden;
    let any = from > 0 && (from..=whole.version).any(|row| hidden.binary_search(&row).is_err());
    Ok(Rows { any, all: hidden.is_empty() })
}

/// What somebody sees of the rows of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Rows {
    /// One of those that were asked about.
    pub any: bool,
    /// Every row there is.
    pub all: bool,
}

/// The payloads of the placements of a child, as they were written.
pub(crate) fn placements(opened: &Opened) -> impl Iterator<Item = &str> {
    opened.placement_rows().filter_map(|row| row.payload.as_deref())
}

impl Opened {
    fn placement_rows(&self) -> impl DoubleEndedIterator<Item = &store::Row> {
        self.whole.rows.iter().filter(|row| row.kind == store::RowKind::Placement)
    }

    /// When something was last written of where the child lives.
    pub fn last_placement_us(&self) -> Option<i64> {
        self.placement_rows().next_back().map(|row| row.recorded_us)
    }
}
