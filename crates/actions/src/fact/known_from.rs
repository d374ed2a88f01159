//! Where a child is known from, put down while nobody has said whose child it is: the area of the agency that opens the record, or where
//! the report says that the child went missing. Nobody has confirmed it; whoever knows better records that.

use super::check::is_area;
use super::row;
use crate::app::App;
use crate::authorise::Actor;
use crate::refused::Result;
use casebook::case_file::Taken;
use casebook::command::Terms;
use engine::time::Moment;
use serde_json::{Map, Value, json};
use store::NewRow;
use views::Record;

/// The line for a record that is opened; none where the agency's area is not known.
pub(crate) async fn at_opening(app: &App, actor: &Actor) -> Result<Option<Map<String, Value>>> {
    Ok(area(app, actor).await?.and_then(|area| line(app, &area, Moment::EVER)))
}

/// The row for a report: what it tells, or else the agency's area where nothing is put down yet.
pub(crate) async fn at_report(
    app: &App,
    actor: &Actor,
    seen: &Record,
    told: &str,
    start: Option<Moment>,
) -> Result<Option<NewRow>> {
    let Some(fact) = app.rules.vocabulary().known.known_from else { return Ok(None) };
    let (Some(start), now) = (start, app.now()) else { return Ok(None) };
    let told = Some(told).filter(|word| is_area(app, word)).map(String::from);
    let before = seen.case.facts.at(fact, now).map(|change| change.value);
    let named = told.is_some();
    let Some(area) = (if named { told } else { area(app, actor).await? }) else { return Ok(None) };
    let known = before.is_some_and(|value| value != engine::value::Value::Unknown);
    let same = before == Some(engine::value::Value::Word(engine::words::sym(&area)));
    if same || known && !named {
        return Ok(None);
    }
    // What was never put down counts for the whole record; what was, from this episode on.
    let from = if known { start } else { Moment::EVER };
    Ok(line(app, &area, from).map(|line| row::row(app, actor, from, line)))
}

async fn area(app: &App, actor: &Actor) -> Result<Option<String>> {
    let own = app.store.agency(&actor.agency).await?.and_then(|(agency, _)| agency.area);
    Ok(own.filter(|area| is_area(app, area)))
}

fn line(app: &App, area: &str, from: Moment) -> Option<Map<String, Value>> {
    let fact = app.rules.vocabulary().fact_at(app.rules.vocabulary().known.known_from?);
    let terms = Terms { from, until: None, taken: Taken::Report, told_by: String::new(), note: String::new() };
    Some(row::line(app, &fact.id, &json!(area), &terms))
}
