//! What is known of a child, and the forms in which it is changed and put right.

use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::entry::ONLY_ITS_AUTHOR;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use policy::Act;
use views::{FactForm, FactsPage, making};

/// So much of the history of a fact stands on the page of all, and so much on a page of its own.
const HISTORY: usize = 4;
const PAGE: usize = 40;

/// The page on what is known; of one fact alone with a page of its history, from 1, and how many pages there are.
pub async fn facts(app: &App, actor: &Actor, child: &str, only: &str, page: usize) -> Result<(FactsPage, usize)> {
    let record = load(app, actor, child, Purpose::see("facts")).await?;
    let lens = lens(app, actor);
    let mut made = making::facts(&lens, framed(app, actor, &lens).await?, &record);
    let mut pages = 1;
    if !only.is_empty() {
        made.sections.iter_mut().for_each(|section| section.facts.retain(|fact| fact.fact == only));
        made.sections.retain(|section| !section.facts.is_empty());
    }
    for fact in made.sections.iter_mut().flat_map(|section| &mut section.facts) {
        fact.history_count = fact.history.len();
        let stretch = std::mem::take(&mut fact.history).into_iter();
        fact.history = if only.is_empty() {
            stretch.take(HISTORY).collect()
        } else {
            pages = fact.history_count.div_ceil(PAGE).max(1);
            stretch.skip((page.clamp(1, pages) - 1) * PAGE).take(PAGE).collect()
        };
    }
    if made.sections.is_empty() && !only.is_empty() {
        return Err(Refused::NotFound);
    }
    Ok((made, pages))
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
    let record = load(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
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
