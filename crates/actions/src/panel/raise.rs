//! A child is raised at the next meeting of a panel by somebody who takes part in it and sees the child.

use super::form::Field;
use super::{Meeting, MeetingState, Raised, is_member, on};
use crate::app::{App, moment};
use crate::area::{Kept, Kind, kept, own, put};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use engine::rulebook::Content;
use policy::Act;
use views::words::Names;
use views::{ChildHead, FieldKind, KeptForm};

/// The meetings to come of the panels that somebody is on: `book panel meeting`, and words.
async fn to_come(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let lens = lens(app, actor);
    let mut found = Vec::new();
    for own in own(app, actor) {
        let all: Vec<Kept<Meeting>> = kept(app, &own.area, Kind::Meeting).await?;
        for one in all.iter().filter(|one| one.says.state == MeetingState::ToCome && one.says.book == own.book.id) {
            let block = own.book.blocks.iter().find(|block| match &block.content {
                Content::Panel(panel) => block.id == one.says.panel && is_member(app, actor, panel),
                _ => false,
            });
            if let Some(block) = block {
                let when = lens.face.when(moment(one.says.at_us)).words;
                let value = format!("{} {} {}", own.book.id, block.id, one.row.subject);
                found.push((value, format!("{}, {when}", block.title)));
            }
        }
    }
    Ok(found)
}

/// The form.
pub async fn raise_form(
    app: &App,
    actor: &Actor,
    child: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    authorise(app, actor, Verb::Do(Act::Attend), None).await?;
    authorise(app, actor, Verb::See, Some(child)).await?;
    let row = app.store.child_row(child).await?.ok_or(Refused::NotFound)?;
    let lens = lens(app, actor);
    let names = Names::shared(&app.rules);
    let field = Field::new(&names, answers, problems, app.now());
    let meetings = to_come(app, actor).await?;
    let lead = if meetings.is_empty() {
        "No panel that you are on has a meeting to come. Ask whoever chairs it to plan one."
    } else {
        "Everybody on the panel who may see the child sees that the child was raised, and why."
    };
    let fields = if meetings.is_empty() {
        Vec::new()
    } else {
        vec![
            Field::needed(field.select("meeting", "At which meeting?", "", &meetings)),
            Field::needed(field.text(
                "says",
                "Why?",
                "One sentence. What is known of the child stays on the child's record.",
                FieldKind::Text,
            )),
        ]
    };
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: ChildHead { id: row.id, name: row.name, ..ChildHead::default() },
        version: 0,
        title: "Raise with a panel".into(),
        lead: lead.into(),
        button: if fields.is_empty() { String::new() } else { "Raise the child".into() },
        fields,
    })
}

/// Raises the child, and gives the meeting's page.
pub async fn raise(app: &App, actor: &Actor, child: &str, answers: &Answers, key: &str) -> Result<String> {
    authorise(app, actor, Verb::See, Some(child)).await?;
    let mut problems = Vec::new();
    let says = answers.get("says").trim().to_string();
    if says.is_empty() || says.chars().count() > 300 {
        problems.push(FieldProblem::new("says", "Say why in one sentence, of at most 300 characters"));
    }
    let chosen: Vec<&str> = answers.get("meeting").split(' ').collect();
    let [book, panel, meeting] = chosen[..] else {
        problems.push(FieldProblem::new("meeting", "Choose a meeting"));
        return Err(Refused::Invalid(problems));
    };
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let on = on(app, actor, Act::Attend, book, panel).await?;
    let found = super::form::find_meeting(app, &on, meeting).await?;
    if found.says.state != MeetingState::ToCome {
        let says = "This meeting is over by now. Choose another";
        return Err(Refused::Invalid(vec![FieldProblem::new("meeting", says)]));
    }
    let mut changed = found.says.clone();
    changed.raised.retain(|one| one.child != child);
    changed.raised.push(Raised { child: child.into(), says, by: actor.person.clone() });
    changed.act = "A child was raised".into();
    changed.why = String::new();
    put(app, actor, (&on.own.area, Kind::Meeting, meeting), found.row.n, &changed, key).await?;
    Ok(format!("{}/meetings/{meeting}", on.href()))
}
