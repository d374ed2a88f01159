//! `whereabouts forecast`: what will arise and what limits will come, in order of time, if nothing changes.

use crate::args::{Forecast, Format};
use crate::duties::role_exists;
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, line};
use crate::session::{Session, time};
use engine::evaluate::{Duty, DutyView, State};
use engine::time::Moment;
use serde_json::{Value, json};
use std::path::Path;

/// Something to come.
struct Coming<'a> {
    at: Moment,
    what: &'static str,
    view: &'a DutyView,
}

pub fn run(args: &Forecast, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let session = Session::open(&args.asked, rulebooks)?;
    role_exists(&session, args.role.as_deref())?;
    let until = time(&args.until, "--until")?;
    if until <= session.now {
        return Err(Failure::Usage("--until: that is not after the moment asked about; give a later time".into()));
    }
    let evaluator = session.evaluator();
    let all = session.duties(&evaluator, &session.options(until));
    let posts = crate::posts::Posts::read();
    let mine = |v: &DutyView| v.scope != "area" && args.role.as_ref().is_none_or(|r| posts.is_on_list(r, v));
    let mut coming: Vec<Coming<'_>> = Vec::new();
    let mut left_out: Vec<&str> = Vec::new();
    for (duty, view) in all.iter().filter(|(_, v)| mine(v)) {
        // What another area's rulebook would ask, if it were its child, is no forecast.
        if session.is_unsure_of(&evaluator, duty.book) {
            if !left_out.contains(&view.rulebook.as_str()) {
                left_out.push(&view.rulebook);
            }
            continue;
        }
        note(&session, duty, view, until, &mut coming);
    }
    coming.sort_by_key(|c| (c.at, c.what == "limit"));
    if format == Format::Json {
        let calendar = &session.library.vocabulary.calendar;
        let list: Vec<Value> =
            coming.iter().map(|c| json!({ "at": calendar.stamp(c.at), "what": c.what, "duty": c.view })).collect();
        let mut map = session.frame(&evaluator);
        map.insert("until".into(), json!(calendar.stamp(until)));
        map.insert("coming".into(), Value::Array(list));
        map.insert("left_out".into(), json!(left_out));
        print::json(&Value::Object(map));
        return Ok(());
    }
    session.heading(&evaluator);
    line(String::new());
    if coming.is_empty() {
        line("Nothing arises and no limit comes by then, if nothing changes.");
    }
    coming.iter().for_each(|c| print_one(&session, c));
    if !left_out.is_empty() {
        line(String::new());
        line(format!(
            "Left out is what these would ask, of which it is not known whether they apply: {}. Record whose child it is, or name one with --rulebook.",
            left_out.join(", ")
        ));
    }
    Ok(())
}

fn note<'a>(session: &Session, duty: &Duty, view: &'a DutyView, until: Moment, coming: &mut Vec<Coming<'a>>) {
    let upcoming = duty.state == State::Upcoming;
    if upcoming && duty.arises <= until {
        coming.push(Coming { at: duty.arises, what: "arises", view });
    }
    let open = upcoming || duty.state == State::Due || duty.state == State::CannotTell;
    if let Some(due) = duty.due.filter(|d| open && *d > session.now && *d <= until && *d != duty.arises) {
        coming.push(Coming { at: due, what: "limit", view });
    }
}

fn print_one(session: &Session, coming: &Coming<'_>) {
    let calendar = &session.library.vocabulary.calendar;
    let owner = coming.view.owner_name.clone().unwrap_or_else(|| "cannot tell".into());
    let due = coming.view.due_at.as_ref().and_then(|d| Moment::parse(d).ok());
    let what = match (coming.what, due) {
        ("arises", Some(due)) if due == coming.at => "arises, due at once".to_string(),
        ("arises", Some(due)) => format!("arises, due {}", print::clock(calendar, session.now, due)),
        ("arises", None) => "arises, no limit".into(),
        _ => "is its limit".into(),
    };
    let text = print::width().saturating_sub(20 + 30 + 24 + 10).max(24);
    print::row(&[
        (&print::clock(calendar, session.now, coming.at), 20, anstyle::Style::new()),
        (&coming.view.label, text, BOLD),
        (&what, 30, anstyle::Style::new()),
        (&owner, 24, DIM),
    ]);
}
