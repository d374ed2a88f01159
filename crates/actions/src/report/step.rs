//! One step of a report: shown, answered, saved. What was answered is kept even where something in it is wrong.

use super::draft::{self, Begun, Body};
use super::entries::{answers_any, entries, holds_up};
use super::questions::{RETURNED, STEPS, after, asks, before, step};
use super::record::OnRecord;
use super::summary::summary;
use crate::app::{App, moment};
use crate::around;
use crate::authorise::Actor;
use crate::case::{load, load_tied};
use crate::lens::{framed, lens};
use crate::place;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, OCCURRED};
use views::making::at_hand::Hand;
use views::making::{FieldMaker, guidance, head, now};
use views::words::Names;
use views::{Lens, Record, ReportDraft, ReportStep, Ringing, StepPlace, StepState};

/// A step, filled with what was answered before or is on record.
pub async fn show(app: &App, actor: &Actor, draft: &str, id: &str) -> Result<ReportDraft> {
    let begun = draft::read(app, actor, draft).await?;
    draw(app, actor, &begun, id, None).await
}

/// A step with what was typed, and what is wrong with it.
pub async fn again(
    app: &App,
    actor: &Actor,
    draft: &str,
    id: &str,
    typed: &Answers,
    problems: &[FieldProblem],
) -> Result<ReportDraft> {
    let begun = draft::read(app, actor, draft).await?;
    draw(app, actor, &begun, id, Some((typed, problems))).await
}

/// Saves the answers of a step, and gives the step that comes next. What is wrong is said, and is saved all the same: nothing typed
/// is lost when the telephone rings. Saved again as it is, it goes on where the report stands without it.
pub async fn save(app: &App, actor: &Actor, draft: &str, id: &str, answers: &Answers) -> Result<&'static str> {
    let wrong = keep(app, actor, draft, id, answers).await?;
    if wrong.is_empty() { Ok(after(id)) } else { Err(Refused::Invalid(wrong)) }
}

/// Keeps the answers of a step, and gives what is wrong with them.
///
/// # Errors
/// Where somebody was overtaken: then nothing is kept.
async fn keep(app: &App, actor: &Actor, draft: &str, id: &str, answers: &Answers) -> Result<Vec<FieldProblem>> {
    let Begun { child, body, .. } = draft::read(app, actor, draft).await?;
    if body.finished {
        return Err(sent_meanwhile());
    }
    let lens = lens(app, actor);
    let seen = load(app, actor, &child, draft::REPORT).await?;
    let names = Names::of(&app.rules, &seen.case, lens.now);
    let record = OnRecord::of(&lens, &seen, &names);
    let mut fields = fields_of(&lens, &names, answers, &record, id).ok_or(Refused::NotFound)?;
    if id == "noticed" {
        // Whoever empties them takes back that the child is back.
        fields.extend(RETURNED.map(String::from));
    }
    let mut answers = answers.clone();
    timed(&lens, id, &mut answers);
    let said_before = body.is_done(id) && body.says_just(&fields, &answers);
    if let Some(by) = body.overtaken(id, answers.get(TIMES)).filter(|_| !said_before)
        && let Some(first) = fields.first()
    {
        return Err(Refused::Invalid(vec![FieldProblem::new(first, overtaken(by == actor.person))]));
    }
    let take = |body: &mut Body| body.take(id, &fields, &answers, &actor.person);
    let body = draft::change(app, actor, draft, take).await?;
    let found = entries(app, actor, &seen, &body.answers()).err().unwrap_or_default();
    let mine = found.into_iter().filter(|problem| fields.contains(&problem.field));
    Ok(mine.filter(|problem| !said_before || holds_up(problem)).map(goes_along).collect())
}

/// What is said to whoever was overtaken, by somebody else or by themselves.
fn overtaken(by_oneself: bool) -> String {
    let who = if by_oneself {
        "You answered this question in another window"
    } else {
        "Somebody else answered this question"
    };
    format!(
        "{who} meanwhile. What you typed here stands on this page and is not saved: open the question in another window to read what was \
         written there, and save again to put this in its place"
    )
}

/// Says of what holds nothing up how one goes on with it.
fn goes_along(problem: FieldProblem) -> FieldProblem {
    if holds_up(&problem) || !problem.offers.is_empty() {
        return problem;
    }
    let message =
        format!("{}. Or save it again as it is: it goes along as you wrote it", problem.message.trim_end_matches('.'));
    FieldProblem { message, ..problem }
}

/// The hidden field that says how often a step had been saved when its page was made.
pub const TIMES: &str = "times";

/// Where a report begins: what is before its first step.
pub const START: &str = "start";

/// Goes from a step to another that was chosen, or to where a report begins, and gives that. What was typed meanwhile is saved; what is wrong
/// in it is said when its step is opened again, and before the report is sent.
pub async fn leave(app: &App, actor: &Actor, draft: &str, id: &str, typed: &Answers, to: &str) -> Result<&'static str> {
    let to = STEPS.iter().map(|(step, _)| *step).chain([START]).find(|step| *step == to).ok_or(Refused::NotFound)?;
    let Begun { body, .. } = draft::read(app, actor, draft).await?;
    let mut shown = body.answers();
    prefill(&lens(app, actor), &body, id, &mut shown);
    let asked = typed.pairs().filter(|(name, _)| *name != TIMES);
    let typed_anything =
        asked.into_iter().any(|(name, value)| value.trim() != shown.get(name).trim()) || body.is_done(id);
    if typed_anything && !body.finished {
        keep(app, actor, draft, id, typed).await?;
    }
    Ok(to)
}

/// Somebody has sent the report while another was still answering.
pub(super) fn sent_meanwhile() -> Refused {
    Refused::NotAllowed(
        "This report has been sent meanwhile, and what you typed is not in it. Record it with the child's episode."
            .into(),
    )
}

/// What was done without saying when was done just now.
fn timed(lens: &Lens<'_>, id: &str, answers: &mut Answers) {
    let field = match id {
        "searches" if answers_any(answers, "search-") => "searched",
        "calls" if answers_any(answers, "call-") => "called",
        "police" if answers.get("police-told") == "yes" => "police-at",
        _ => return,
    };
    now(answers, field, lens.face.calendar, lens.now);
}

/// The names of the fields of a step.
pub(super) fn fields_of(
    lens: &Lens<'_>,
    names: &Names<'_>,
    answers: &Answers,
    record: &OnRecord,
    id: &str,
) -> Option<Vec<String>> {
    let maker = FieldMaker { names, answers, problems: &[], now: lens.now, likely: Vec::new() };
    let made = step(id, &maker, record)?;
    Some(made.fields.into_iter().map(|f| f.name).collect())
}

async fn draw(
    app: &App,
    actor: &Actor,
    begun: &Begun,
    id: &str,
    typed: Option<(&Answers, &[FieldProblem])>,
) -> Result<ReportDraft> {
    let lens = lens(app, actor);
    let Begun { child, body, kept } = begun;
    let own = load_tied(app, actor, child, draft::REPORT).await?;
    let dangers = if id == "calls" { around::dangers(app, actor, &own).await? } else { Vec::new() };
    let (seen, kept_places) = (own.record, place::places(&own.kept));
    let names = Names::of(&app.rules, &seen.case, lens.now);
    let mut answers = body.answers();
    if let Some((typed, _)) = typed {
        answers.lay_over(typed.clone());
    } else {
        prefill(&lens, body, id, &mut answers);
    }
    let found = entries(app, actor, &seen, &body.answers()).err().unwrap_or_default();
    // On the last page everything that is still wrong is said, on one that was answered what is wrong there.
    let mut record = OnRecord::of(&lens, &seen, &names);
    record.know(kept_places);
    let own = fields_of(&lens, &names, &answers, &record, id).ok_or(Refused::NotFound)?;
    let said = |problem: &&FieldProblem| id == "check" || body.is_done(id) && own.contains(&problem.field);
    let problems: Vec<FieldProblem> = match typed {
        Some((_, problems)) => problems.to_vec(),
        None => found.iter().filter(said).cloned().collect(),
    };
    let likely = likely(&lens, &seen);
    let maker = FieldMaker { names: &names, answers: &answers, problems: &problems, now: lens.now, likely };
    let mut shown: ReportStep = step(id, &maker, &record).ok_or(Refused::NotFound)?;
    for one in &mut shown.people {
        // Whoever poses a risk by this record is not offered; by another, it is said before somebody rings.
        let danger = dangers.iter().find(|danger| !danger.by.is_empty() && one.name.contains(&danger.name));
        if let Some(danger) = danger {
            one.role = format!("{}: poses a risk by the record of {}", one.role, danger.by.join(", "));
        }
    }
    let open = seen.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now));
    let hand = Hand { lens: &lens, record: &seen, names: &names };
    let mut ringing = match id {
        "police" => hand.reporting(),
        "calls" => hand.on_call(),
        _ => Ringing::default(),
    };
    crate::setting::at_hand(app, actor, &mut ringing).await?;
    Ok(ReportDraft {
        viewer: framed(app, actor, &lens).await?,
        id: kept.id.clone(),
        begun: by_another(app, actor, &lens, kept).await?,
        child: head(&lens, &seen),
        times: body.times(id).to_string(),
        step: shown,
        steps: STEPS
            .iter()
            .map(|(one, title)| state(body, id, (one, title), &found, || step(one, &maker, &record)))
            .collect(),
        back: before(id).unwrap_or(START).into(),
        saved: if body.done.is_empty() { String::new() } else { format!("saved {}", lens.face.when(lens.now).words) },
        summary: if id == "check" { summary(&maker, lens.face, &record, &problems) } else { Vec::new() },
        problems: if id == "check" { problems.iter().map(|p| p.message.clone()).collect() } else { Vec::new() },
        already_open: open.filter(|_| !body.finished).map(|e| e.id.clone()),
        episode: body.episode.clone(),
        ringing,
        guidance: asks(id).map(|(event, action)| guidance(&names, event, Some(action))).unwrap_or_default(),
    })
}

/// `Dana Holt began this report at 02:10.`; nothing of what its reader began.
async fn by_another(app: &App, actor: &Actor, lens: &Lens<'_>, kept: &store::Draft) -> Result<String> {
    if kept.person_id == actor.person {
        return Ok(String::new());
    }
    let who = crate::area::by(app, &kept.person_id, "").await?;
    Ok(format!("{who} began this report at {}.", lens.face.when(moment(kept.begun_us)).words))
}

fn state(
    body: &Body,
    shown: &str,
    (step, title): (&str, &str),
    found: &[FieldProblem],
    made: impl Fn() -> Option<ReportStep>,
) -> StepState {
    let fields: Vec<String> = made().into_iter().flat_map(|made| made.fields).map(|field| field.name).collect();
    let is_wrong = || found.iter().any(|problem| fields.contains(&problem.field));
    let state = match () {
        () if step == shown => StepPlace::Now,
        // What was skipped is still to be answered, and what cannot be read.
        () if body.is_done(step) && body.says(&fields) && !is_wrong() => StepPlace::Done,
        () => StepPlace::ToDo,
    };
    StepState { id: step.into(), title: title.into(), state }
}

/// What a step is filled with before it was ever answered: now, and what follows from the answers before.
fn prefill(lens: &Lens<'_>, body: &Body, id: &str, answers: &mut Answers) {
    if body.is_done(id) {
        return;
    }
    let calendar = lens.face.calendar;
    match id {
        "noticed" => now(answers, OCCURRED, calendar, lens.now),
        "police" => {
            let status = answers.get("f-status").to_string();
            if !status.is_empty() {
                answers.set("police-as", status);
            }
        }
        _ => {}
    }
}

/// Whom somebody would ring: the people around this child.
fn likely(lens: &Lens<'_>, seen: &Record) -> Vec<(String, Vec<String>)> {
    let vocabulary = lens.rules.vocabulary();
    let roles = seen.file.people.iter().filter_map(|p| vocabulary.word(p.role?)).filter(|r| *r != "child");
    let mut roles: Vec<String> = roles.map(String::from).collect();
    for common in ["parent", "family", "school", "social_worker"] {
        if vocabulary.role(common).is_some() && !roles.iter().any(|r| r == common) {
            roles.push(common.into());
        }
    }
    vec![("Around this child".into(), roles)]
}
