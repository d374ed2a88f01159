//! Saves what was filled in for a panel. A meeting that was held meets what the protocol asks of the panel.

use super::form::{Doing, find_agreed, find_meeting, read_moment};
use super::{Agreed, Meeting, MeetingState, On, on};
use crate::app::{App, micros};
use crate::area::{Kind, act, put};
use crate::authorise::Actor;
use crate::lens::lens;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};

const LINE: usize = 200;
const LONGEST: usize = 20_000;
/// A meeting has at most so many papers.
const PAPERS: usize = 20;

/// Saves it, and gives the page to go on to. `version` is that of the page.
pub async fn save(
    app: &App,
    actor: &Actor,
    (book, panel): (&str, &str),
    (doing, one): (Doing, &str),
    version: i64,
    answers: &Answers,
    key: &str,
) -> Result<String> {
    if doing == Doing::Finish {
        finish(app, actor, book, one, version, answers, key).await?;
        return Ok("/area".into());
    }
    let on = on(app, actor, doing.act(), book, panel).await?;
    let mut problems = Vec::new();
    if doing == Doing::Agree {
        let agreed = agreed(app, actor, &on, one, answers, &mut problems).await?;
        if !problems.is_empty() {
            return Err(Refused::Invalid(problems));
        }
        let id = app.new_id();
        put(app, actor, (&on.own.area, Kind::Agreed, &id), 0, &agreed, key).await?;
        return Ok(format!("{}/meetings/{one}", on.href()));
    }
    let (subject, before) = match doing {
        Doing::Plan => (app.new_id(), Meeting { book: book.into(), panel: on.block.id.clone(), ..Meeting::default() }),
        _ => {
            let found = find_meeting(app, &on, one).await?;
            (found.row.subject, found.says)
        }
    };
    let meeting = changed(app, actor, &on, doing, &before, answers, &mut problems).await?;
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let now_held = meeting.state == MeetingState::Held;
    put(app, actor, (&on.own.area, Kind::Meeting, &subject), version, &meeting, key).await?;
    if now_held {
        // What was recorded of the same meeting before is an earlier row of the same act: only its time is put right by it.
        let action = &app.rules.vocabulary().action_at(on.panel.meeting).id;
        let held = act(app, actor, action, true, crate::app::moment(meeting.at_us), "", None);
        let acts: Vec<crate::area::Kept<serde_json::Value>> = crate::area::kept(app, &on.own.area, Kind::Act).await?;
        let before = acts.iter().find(|one| one.row.subject == subject).map_or(0, |one| one.row.n);
        put(app, actor, (&on.own.area, Kind::Act, &subject), before, &held, &format!("{key}:held")).await?;
    }
    Ok(format!("{}/meetings/{subject}", on.href()))
}

fn line(answers: &Answers, name: &str, label: &str, most: usize, problems: &mut Vec<FieldProblem>) -> String {
    let text = answers.get(name).trim();
    if text.chars().count() > most || text.contains('\0') {
        problems.push(FieldProblem::new(name, format!("{label}: write no more than {most} characters")));
    }
    text.into()
}

async fn changed(
    app: &App,
    actor: &Actor,
    on: &On<'_>,
    doing: Doing,
    before: &Meeting,
    answers: &Answers,
    problems: &mut Vec<FieldProblem>,
) -> Result<Meeting> {
    let mut meeting = Meeting { why: String::new(), ..before.clone() };
    if doing != Doing::Record && before.state != MeetingState::ToCome {
        return Err(Refused::NotAllowed("This meeting is over. Put its record right, or plan another.".into()));
    }
    match doing {
        Doing::Plan | Doing::Change => {
            meeting.act = if doing == Doing::Plan { "Planned" } else { "Changed" }.into();
            meeting.place = line(answers, "place", "Where", LINE, problems);
            if let Some(at) = read_moment(app, answers, "at", "When does it meet?", true, problems) {
                meeting.at_us = micros(at);
            }
        }
        Doing::CallOff => {
            meeting.act = "Called off".into();
            meeting.state = MeetingState::CalledOff;
            meeting.why = line(answers, "why", "Why it is called off", LINE, problems);
            if meeting.why.is_empty() {
                problems.push(FieldProblem::new("why", "Say why it is called off"));
            }
        }
        Doing::Paper => {
            let title = line(answers, "title", "Title", LINE, problems);
            let text = line(answers, "text", "Text", LONGEST, problems);
            if title.is_empty() {
                problems.push(FieldProblem::new("title", "Say what the paper is called"));
            }
            if text.is_empty() {
                problems.push(FieldProblem::new("text", "Write what it says"));
            }
            if meeting.papers.len() >= PAPERS {
                problems.push(FieldProblem::new("title", "This meeting has as many papers as it can take"));
            }
            meeting.act = format!("Paper added: {title}");
            meeting.papers.push((title, text));
        }
        _ => record(app, actor, on, before, &mut meeting, answers, problems).await?,
    }
    Ok(meeting)
}

/// The names of a text with one a line, or with commas between.
fn names(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', ',', ';']).map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty())
}

async fn record(
    app: &App,
    actor: &Actor,
    on: &On<'_>,
    before: &Meeting,
    meeting: &mut Meeting,
    answers: &Answers,
    problems: &mut Vec<FieldProblem>,
) -> Result<()> {
    let again = before.state == MeetingState::Held;
    meeting.act = if again { "Record put right" } else { "Recorded" }.into();
    if let Some(at) = read_moment(app, answers, "at", "When did it begin?", false, problems) {
        meeting.at_us = micros(at);
    }
    meeting.chaired = line(answers, "chaired", "Who chaired", LINE, problems);
    meeting.attended = line(answers, "attended", "Who came", LONGEST, problems);
    meeting.signed = line(answers, "signed", "Who signed", LONGEST, problems);
    if meeting.chaired.is_empty() {
        problems.push(FieldProblem::new("chaired", "Say who chaired"));
    }
    if meeting.attended.is_empty() {
        problems.push(FieldProblem::new("attended", "Say who came"));
    }
    if names(&meeting.attended).all(|one| one == meeting.chaired.trim().to_lowercase()) && !meeting.attended.is_empty()
    {
        let says = "Who came: nobody is named but whoever chaired. What one person did alone is no meeting";
        problems.push(FieldProblem::new("attended", says));
    }
    if on.panel.confidentiality && meeting.signed.is_empty() {
        let says = "Say who signed the confidentiality agreement; everybody who takes part does";
        problems.push(FieldProblem::new("signed", says));
    }
    meeting.minutes.clear();
    for (n, column) in on.panel.minutes.iter().enumerate() {
        let text = line(answers, &format!("m{n}"), &column.label, LONGEST, problems);
        meeting.minutes.push((column.label.clone(), text));
    }
    meeting.why = line(answers, "why", "Why", LINE, problems);
    if again && meeting.why.is_empty() {
        problems.push(FieldProblem::new("why", "Say why the record is put right"));
    }
    if !again && problems.is_empty() {
        // Whom it took up is kept as it was then: as far as whoever records it sees them.
        let lens = lens(app, actor);
        let parts = super::agenda::drawn(app, actor, &lens, on).await?;
        let lines =
            parts.into_iter().flat_map(|part| part.children.into_iter().map(move |one| (part.says.clone(), one.child)));
        meeting.took_up = lines.collect();
        meeting.state = MeetingState::Held;
    }
    Ok(())
}

async fn agreed(
    app: &App,
    actor: &Actor,
    on: &On<'_>,
    meeting: &str,
    answers: &Answers,
    problems: &mut Vec<FieldProblem>,
) -> Result<Agreed> {
    find_meeting(app, on, meeting).await?;
    let says = line(answers, "says", "What is to be done", 2_000, problems);
    if says.is_empty() {
        problems.push(FieldProblem::new("says", "Say what is to be done"));
    }
    let (role, person) = answers.get("owner").split_once(' ').unwrap_or((answers.get("owner"), ""));
    let mut person = Some(person.to_string()).filter(|person| !person.is_empty());
    if !on.panel.members.iter().chain(&on.panel.chair).any(|one| one == role) {
        problems.push(FieldProblem::new("owner", "Choose who does it"));
    } else if let Some(wanted) = &person
        && !super::show::holders(app, on, role).await?.iter().any(|(id, ..)| id == wanted)
    {
        problems.push(FieldProblem::new("owner", "Whoever was chosen does not hold this post any more. Choose again"));
        person = None;
    }
    let child = Some(answers.get("child").to_string()).filter(|child| !child.is_empty());
    if let Some(child) = &child
        && !crate::authorise::sees(app, actor, child).await?
    {
        problems.push(FieldProblem::new("child", "Choose one of the children on the agenda"));
    }
    let due = read_moment(app, answers, "due", "By when?", true, problems);
    Ok(Agreed {
        book: on.own.book.id.clone(),
        panel: on.block.id.clone(),
        meeting: meeting.into(),
        says,
        owner: role.into(),
        person,
        child,
        due_us: due.map(micros).unwrap_or_default(),
        done_us: None,
        outcome: String::new(),
    })
}

async fn finish(
    app: &App,
    actor: &Actor,
    book: &str,
    id: &str,
    version: i64,
    answers: &Answers,
    key: &str,
) -> Result<()> {
    let (area, found) = find_agreed(app, actor, book, id).await?;
    let mut problems = Vec::new();
    let at = read_moment(app, answers, "at", "When was it done?", false, &mut problems);
    let outcome = line(answers, "outcome", "What came of it", 4_000, &mut problems);
    if outcome.is_empty() {
        problems.push(FieldProblem::new("outcome", "Say what came of it"));
    }
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let says = Agreed { done_us: at.map(micros), outcome, ..found.says };
    put(app, actor, (&area, Kind::Agreed, id), version, &says, key).await
}
