//! The child is back while the report is still being written: one press on any of its questions. What was answered goes on the record
//! together with the return.

use super::draft::{self, Begun};
use super::finish::finish;
use super::questions::STEPS;
use super::record::OnRecord;
use super::step::fields_of;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::load;
use crate::entry::Recorded;
use crate::lens::lens;
use crate::refused::{Refused, Result};
use views::making::now;
use views::words::Names;

/// What came of it.
#[derive(Clone, PartialEq, Debug)]
pub enum Back {
    /// The absence and the return are on the record of this child.
    Recorded(String, Recorded),
    /// This question is to be answered first; that the child came back now is filled in already.
    Ask(&'static str),
}

/// The child is back now. Where it was not said yet when the child was missed, or how it looked then, that is asked first.
pub async fn back(app: &App, actor: &Actor, draft: &str, key: &str) -> Result<Back> {
    let Begun { child, mut body, .. } = draft::read(app, actor, draft).await?;
    let lens = lens(app, actor);
    if !body.finished {
        let returned = |body: &mut draft::Body| {
            let mut answers = body.answers();
            now(&mut answers, "returned", lens.face.calendar, lens.now);
            body.answers = answers.pairs().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        };
        body = draft::change(app, actor, draft, returned).await?;
    }
    let answers = body.answers();
    // Of an absence that is over, when it began is not taken to be when the report was: that is asked.
    if !body.finished && body.is_done("status") && !body.is_done("noticed") {
        let seen = load(app, actor, &child, draft::REPORT).await?;
        if seen.case.episodes.last().is_none_or(|e| e.end.is_some_and(|end| end <= lens.now)) {
            return Ok(Back::Ask("noticed"));
        }
    }
    // Where somebody else has reported the child meanwhile, it is their episode that ends.
    match finish(app, actor, draft, key, true).await {
        Ok(done) => Ok(Back::Recorded(child, done)),
        Err(Refused::Invalid(problems)) => {
            let seen = load(app, actor, &child, draft::REPORT).await?;
            let names = Names::of(&app.rules, &seen.case, lens.now);
            let record = OnRecord::of(&lens, &seen, &names);
            let asks = |step: &str| {
                let fields = fields_of(&lens, &names, &answers, &record, step).unwrap_or_default();
                problems.iter().any(|problem| fields.contains(&problem.field))
            };
            let first = STEPS.iter().map(|(step, _)| *step).find(|step| asks(step));
            Ok(Back::Ask(first.unwrap_or("check")))
        }
        Err(refused) => Err(refused),
    }
}
