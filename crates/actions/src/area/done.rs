//! Something that is asked for an area was done: a meeting of a panel was held, data were supplied, a report was given.

use super::{Kind, find_duty, put};
use crate::app::App;
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::panel::form::{Field, read_moment};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use serde_json::{Map, Value, json};
use views::words::Names;
use views::{ChildHead, FieldKind, KeptForm};

/// The form.
pub async fn form(
    app: &App,
    actor: &Actor,
    book: &str,
    rule: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let (own, rule) = find_duty(app, actor, book, rule)?;
    let lens = lens(app, actor);
    let names = Names::of_book(&app.rules, own.book);
    let mut filled = answers.clone();
    if answers.is_empty() {
        views::making::now(&mut filled, "at", lens.face.calendar, lens.now);
    }
    let field = Field::new(&names, &filled, problems, app.now());
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: ChildHead { name: views::words::short_title(own.book), ..ChildHead::default() },
        version: 0,
        title: "It was done".into(),
        lead: rule.says.clone(),
        fields: vec![
            Field::needed(field.moment("at", "When was it done?", false)),
            field.text(
                "note",
                "What was done?",
                "Name no child here: this is not on a child's record.",
                FieldKind::LongText,
            ),
        ],
        button: "Save".into(),
    })
}

/// Writes it down.
pub async fn done(app: &App, actor: &Actor, book: &str, rule: &str, answers: &Answers, key: &str) -> Result<()> {
    let (own, rule) = find_duty(app, actor, book, rule)?;
    let mut problems = Vec::new();
    let at = read_moment(app, answers, "at", "When was it done?", false, &mut problems);
    let note = answers.get("note").trim();
    if note.chars().count() > 4_000 {
        problems.push(FieldProblem::new("note", "Write no more than 4,000 characters"));
    }
    let Some(at) = at.filter(|_| problems.is_empty()) else { return Err(Refused::Invalid(problems)) };
    let action = &app.rules.vocabulary().action_at(rule.action).id;
    let meets = app.rules.vocabulary().action_at(rule.action).kind == engine::vocabulary::ActionKind::Meet;
    let act = act(app, actor, action, meets, at, note, Some(&rule.id));
    let id = app.new_id();
    put(app, actor, (&own.area, Kind::Act, &id), 0, &act, key).await
}

/// An act as an entry of the area's record.
pub(crate) fn act(
    app: &App,
    actor: &Actor,
    action: &str,
    meets: bool,
    at: engine::time::Moment,
    note: &str,
    rule: Option<&str>,
) -> Map<String, Value> {
    let stamp = |at| app.rules.vocabulary().calendar.stamp(at);
    let mut said = json!({
        "id": app.new_id(),
        "occurred_at": stamp(at),
        "recorded_at": stamp(app.now()),
        "by": actor.role,
    });
    if let Value::Object(fields) = &mut said {
        if meets {
            fields.insert("event".into(), "meeting.held".into());
            fields.insert("meeting".into(), action.into());
        } else {
            fields.insert("event".into(), "action.recorded".into());
            fields.insert("action".into(), action.into());
            fields.extend(rule.map(|rule| ("duty".to_string(), Value::from(rule))));
        }
        if !note.is_empty() {
            fields.insert("note".into(), note.into());
        }
        return fields.clone();
    }
    Map::new()
}
