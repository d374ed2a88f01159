//! What is known of a child, and the forms in which it is changed and put right.

use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::entry::ONLY_ITS_AUTHOR;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use views::{FactForm, FactsPage, making};

/// The page on what is known.
pub async fn facts(app: &App, actor: &Actor, child: &str) -> Result<FactsPage> {
    let record = load(app, actor, child, Purpose::see("facts")).await?;
    let lens = lens(app, actor);
    Ok(making::facts(&lens, framed(app, actor, &lens).await?, &record))
}

/// The form for a group of facts, filled with what holds now or with what was typed.
pub async fn facts_form(
    app: &App,
    actor: &Actor,
    child: &str,
    group: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Result<FactForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    making::facts_form(&lens, viewer, &record, group, typed, problems).ok_or(Refused::NotFound)
}

/// The form in which a line is put right, filled with what it says or with what was typed.
pub async fn correct_fact_form(
    app: &App,
    actor: &Actor,
    child: &str,
    line: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Result<FactForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Correct)).await?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let form = making::correct_fact_form(&lens, viewer, &record, line, typed, problems).ok_or(Refused::NotFound)?;
    if record.written.get(line).is_some_and(|written| !written.may_correct) {
        return Err(Refused::NotAllowed(ONLY_ITS_AUTHOR.into()));
    }
    Ok(form)
}
