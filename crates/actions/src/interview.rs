//! The return home interviews of the children that somebody sees: owed, offered, accepted, declined, held, and those that are late; and to
//! whom one is allocated.

use crate::allocation::{self, holders};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::post::{problem, rules};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, NOTE};
use policy::{Act, Class};
use store::{InterviewRow, Stretch};
use views::making::{age_and_birthday, option};
use views::words::initials;
use views::{ChildHead, FieldKind, FormField, InterviewLine, Interviews, Lens, Tag, Urgency};

/// Of those that are settled, so many days are listed.
const DAYS: i64 = 28;
const DAY_US: i64 = 86_400 * 1_000_000;
/// So many are on a page.
const PAGE: usize = 20;
/// The event by which one is allocated, and the role in which a child is then somebody's.
pub(crate) const ALLOCATED: &str = "return_interview.allocated";
const INTERVIEWER: &str = "return_interviewer";
/// The name of the question to whom it is allocated.
pub(crate) const TO: &str = "to-person";

/// The parts of the list: the word and its name.
const PARTS: [(&str, &str); 6] = [
    ("late", "Late"),
    ("owed", "Owed"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("declined", "Declined"),
    ("held", "Held"),
];

/// A page of the list, of one part or of all.
pub async fn list(app: &App, actor: &Actor, part: &str, page: usize) -> Result<Interviews> {
    let lens = lens(app, actor);
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    let full = app.policies.ever(&permit.role).see.has(Class::Whereabouts);
    if !full || !rules().sees_interviews(&actor.role) {
        return Err(Refused::NotAllowed("The list of interviews is for those who arrange and hold them.".into()));
    }
    let since = app.now_us() - DAYS * DAY_US;
    let counts = app.store.interview_counts(&permit.scope, since).await?;
    let number = |word: &str| -> usize {
        let found = counts.iter().filter(|(own, _, _)| own == word || word == "late");
        let n: i64 = found
            .map(|(own, n, late)| {
                if word != "late" {
                    *n
                } else if is_open(own) {
                    *late
                } else {
                    0
                }
            })
            .sum();
        usize::try_from(n).unwrap_or(0)
    };
    let part = if PARTS.iter().any(|(word, _)| *word == part) { part } else { "" };
    let all: usize = if part.is_empty() { PARTS[1..].iter().map(|(word, _)| number(word)).sum() } else { number(part) };
    let pages = all.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let stretch = Stretch { from: ((page - 1) * PAGE) as i64, limit: PAGE as i64 };
    let rows = app.store.interviews(&permit.scope, part, since, stretch).await?;
    note_list(app, actor, &permit, "interviews", rows.iter().map(|row| row.child_id.as_str())).await?;
    Ok(Interviews {
        viewer: framed(app, actor, &lens).await?,
        part: part.into(),
        parts: PARTS.iter().map(|(word, name)| ((*word).into(), (*name).into(), number(word))).collect(),
        lines: rows.iter().map(|row| line(&lens, row)).collect(),
        page,
        pages,
    })
}

fn is_open(word: &str) -> bool {
    ["owed", "offered", "accepted"].contains(&word)
}

fn line(lens: &Lens<'_>, row: &InterviewRow) -> InterviewLine {
    let episode = &row.episode;
    let word = episode.interview.as_deref().unwrap_or("owed");
    let open = is_open(word);
    let (due, held) = (episode.interview_due_us, episode.interview_done_us);
    let limit = lens.face.limit(due.map(moment));
    let late = open && limit.urgency == Urgency::Overdue;
    let (age, born) = age_and_birthday(lens, "");
    let name = PARTS.iter().find(|(own, _)| *own == word).map_or(word, |(_, name)| name);
    InterviewLine {
        child: ChildHead {
            id: row.child_id.clone(),
            name: row.child_name.clone(),
            initials: initials(&row.child_name),
            photograph: row.photograph.clone().unwrap_or_default(),
            age,
            born,
            ..ChildHead::default()
        },
        episode: episode.id.clone(),
        back: episode.ended_us.map(|at| lens.face.when(moment(at))),
        state: Tag { word: word.into(), text: name.into(), colour: colour(word, late) },
        open,
        due: limit,
        held: held.map(|at| lens.face.when(moment(at))),
        held_late: held.zip(due).is_some_and(|(held, due)| held > due),
        person: row.person_name.clone().unwrap_or_default(),
        doing: doing(word).iter().map(|(event, says)| ((*event).into(), (*says).into())).collect(),
    }
}

fn colour(word: &str, late: bool) -> &'static str {
    match word {
        _ if late => "red",
        "held" => "green",
        "declined" => "orange",
        "owed" => "yellow",
        _ => "blue",
    }
}

/// What is recorded next of one.
fn doing(word: &str) -> &'static [(&'static str, &'static str)] {
    const ALLOCATE: (&str, &str) = (ALLOCATED, "Allocate it");
    const OFFER: (&str, &str) = ("return_interview.offered", "It was offered");
    const ACCEPT: (&str, &str) = ("return_interview.accepted", "It was accepted");
    const DECLINE: (&str, &str) = ("return_interview.declined", "It was declined");
    const HOLD: (&str, &str) = ("return_interview.held", "It was held");
    match word {
        "owed" => &[ALLOCATE, OFFER, HOLD],
        "offered" => &[ALLOCATE, ACCEPT, DECLINE, HOLD],
        "accepted" => &[ALLOCATE, HOLD, DECLINE],
        "declined" => &[OFFER, HOLD],
        _ => &[],
    }
}

/// The question to whom an interview is allocated: the people of the agency who hold interviews.
pub(crate) async fn to_whom(app: &App, actor: &Actor, answers: &Answers) -> Result<Option<FormField>> {
    let people = interviewers(app, actor).await?;
    if people.is_empty() {
        return Ok(None);
    }
    let chosen: Vec<String> = answers.all(TO).into_iter().map(String::from).collect();
    Ok(Some(FormField {
        name: TO.into(),
        label: "To whom?".into(),
        hint: "What is due about the interview then stands first on that person’s list, and they are told. Leave it empty where somebody outside your agency holds it.".into(),
        kind: FieldKind::Choice,
        options: people.iter().map(|(post, name)| option(post, name, "", &chosen)).collect(),
        values: chosen,
        ..FormField::default()
    }))
}

async fn interviewers(app: &App, actor: &Actor) -> Result<Vec<(String, String)>> {
    let held = holders(app, actor).await?.into_iter().filter(|(one, _)| one.post.role == INTERVIEWER);
    Ok(held.map(|(one, name)| (one.post.id, name)).collect())
}

/// Who was chosen, and the answers with that in words; the answers as they are where nobody was.
pub(crate) async fn chosen(app: &App, actor: &Actor, answers: &Answers) -> Result<(Option<String>, Answers)> {
    let mut answers = answers.clone();
    let post = answers.get(TO).to_string();
    if post.is_empty() {
        return Ok((None, answers));
    }
    let found = interviewers(app, actor).await?.into_iter().find(|(id, _)| *id == post);
    let (_, name) = found.ok_or_else(|| problem(TO, "To whom: choose somebody of your agency who holds interviews"))?;
    answers.set("f-to", INTERVIEWER);
    let note = format!("Allocated to {name}.\n{}", answers.get(NOTE));
    answers.set(NOTE, note.trim());
    Ok((Some(post), answers))
}

/// The child is that person's for the interview from now on.
pub(crate) async fn allocate(app: &App, actor: &Actor, child: &str, post: &str) -> Result<()> {
    allocation::give(app, actor, child, post).await
}
