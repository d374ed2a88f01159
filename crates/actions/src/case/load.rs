//! The one place where a child's record is loaded. What comes from here was allowed, is redacted for whoever looks, and is on the log of
//! looks. Nothing else in this crate can get at the rows of a child, but for the append path beside it, which has to see everything.

use super::redact::redact;
use super::whole::Whole;
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise, note};
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
    note(app, &permit, purpose.look).await?;
    let whole = Whole::load(app, &permit.child).await?;
    Ok(redact(whole.record(app).await?, &permit))
}

/// A record opened to be written on. Whoever writes sees of it what they may; the rulebooks are asked of the whole.
pub(crate) struct Opened {
    /// That they may.
    pub permit: Permit,
    /// What they may see.
    pub seen: Record,
    pub(super) whole: Whole,
}

/// Opens a record to be written on. This is no look: what is written tells who had it open, and nothing is shown but what was written.
pub(crate) async fn open(app: &App, actor: &Actor, child: &str, verb: Verb) -> Result<Opened> {
    let permit = authorise(app, actor, verb, Some(child)).await?;
    opened(app, permit).await
}

pub(super) async fn opened(app: &App, permit: Permit) -> Result<Opened> {
    let whole = Whole::load(app, &permit.child).await?;
    let seen = redact(whole.record(app).await?, &permit);
    Ok(Opened { permit, seen, whole })
}
