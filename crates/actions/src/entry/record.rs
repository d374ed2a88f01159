//! Records what happened.

use super::hold::sayers;
use super::outcome::{recorded, told};
use super::remark::place;
use super::statement::statement;
use super::still::{standing, still};
use super::{EntryForm, Recorded};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, row};
use crate::interview;
use crate::lens::lens;
use crate::photograph::named;
use crate::real::real;
use crate::refused::{Refused, Result};
use crate::relation::tell;
use casebook::case_file::{Checked, EntryLine};
use casebook::command::labels;
use casebook::command::{self, Answers, BY, BY_NAME, Entry, FOLLOWED, FieldProblem, OCCURRED, Setting};
use engine::time::Moment;
use engine::value::Value as Known;
use engine::vocabulary::{EpisodeEffect, Event, Vocabulary};
use engine::words::{Sym, sym};
use serde_json::{Map, Value};
use store::NewRow;
use views::Record;
use views::making::{Asked as AskedOf, filling, is_usual_doer, sides};

/// Records an entry on a child's record, as it was at the version of the page. The same key again gives the first answer.
pub async fn record(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    form: &EntryForm,
    key: &str,
) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Record).await?;
    let lens = lens(app, actor);
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(recorded(&lens, done));
    }
    let event = app.rules.vocabulary().event_at(real(app, &form.event)?);
    let of_interview = event.id == interview::ALLOCATED;
    let (post, answers) =
        if of_interview { interview::chosen(app, actor, &form.answers).await? } else { (None, form.answers.clone()) };
    let entry = made(app, actor, &opened.seen, event, &answers, None);
    let entry = kept_elsewhere(&lens, &opened.seen, event, form, entry)?;
    let mut json = entry.json;
    statement(app, actor, &opened.permit, event, &mut json).await?;
    let told_by = json.get("told_by").and_then(Value::as_str).map(String::from);
    let of_duty = form.duty.as_ref().and_then(|key| key.episode.as_deref());
    name_episode(&opened.seen, event, form.episode.as_deref().or(of_duty), &mut json);
    if let Some(seq) = opened.twin(&actor.person, entry.occurred, &json) {
        return Ok(Recorded { version: opened.seen.version, ..told(&lens, &opened.seen, seq) });
    }
    let id = app.new_id();
    of_before(&lens, &opened.seen, event, entry.occurred, &json)?;
    let photograph = named(app, child, event, &json).await?;
    let owed = form.duty.as_ref().and_then(|duty| standing(&lens, &opened.seen, duty));
    let row = NewRow { photograph, ..row(app, actor, &id, entry.occurred, json) };
    let mut done = append(app, actor, opened, version, &[row], key).await?;
    done.warnings.extend(owed.and_then(|before| still(&lens, &before, &done.seen, &id)));
    let done = recorded(&lens, done);
    if let Some(post) = post {
        interview::allocate(app, actor, child, &post).await?;
    }
    if let Some(role) = told_by {
        ask_to_confirm(app, actor, child, event, sym(&role), &done).await?;
    }
    Ok(done)
}

/// Whoever works with a child no more records what was before, and what belongs to an episode from before. That the child is missing is never
/// refused to anybody.
pub(crate) fn of_before(
    lens: &views::Lens<'_>,
    record: &Record,
    event: &Event,
    occurred: Moment,
    json: &Map<String, Value>,
) -> Result<()> {
    let Some(left) = record.left.filter(|left| occurred >= *left && event.episode != EpisodeEffect::Starts) else {
        return Ok(());
    };
    // They see no other episodes than those. How one ends is said by those who care for the child now.
    let named = json.contains_key("episode");
    let runs = |from: Moment, until: Option<Moment>| from <= occurred && until.is_none_or(|until| occurred <= until);
    let within = named || record.case.episodes.iter().any(|e| runs(e.start, e.end));
    if within && event.episode != EpisodeEffect::Ends {
        return Ok(());
    }
    let why = format!(
        "When did it happen: you work with this child no more, since {}. Record what happened before then, or what you still owe of an \
         episode from before. What you know of the time since, also that the child is with you, tell those who care for the child now, or the police",
        lens.face.calendar.words(left)
    );
    Err(Refused::Invalid(vec![FieldProblem::new(OCCURRED, why)]))
}

/// A form that a protocol has is filled in here, or else it is said where it is kept: a tick with a date is no form.
fn kept_elsewhere(
    lens: &views::Lens<'_>,
    record: &Record,
    event: &Event,
    form: &EntryForm,
    entry: Result<Entry>,
) -> Result<Entry> {
    let field = command::name("kept_at");
    if !event.fields.iter().any(|f| command::name(&f.id) == field) {
        return entry;
    }
    let word = form.answers.get(&command::name("form"));
    let of_form = event.fields.iter().any(|f| f.id == "form");
    let id = lens.rules.vocabulary().event(&event.id);
    let has = if of_form {
        filling::has_form(lens, record, word)
    } else {
        id.is_some_and(|id| filling::leads_to(lens, record, id, &AskedOf::default()).is_some())
    };
    if !has {
        return entry;
    }
    let mut wrong = Vec::new();
    // Who did it is asked too: of a form that is kept elsewhere nobody could tell otherwise.
    let doer = event.doer.and_then(|doer| event.fields.iter().find(|f| f.field == doer));
    if let Some(doer) = doer.filter(|doer| form.answers.get(&command::name(&doer.id)).is_empty()) {
        let label = labels::field(doer);
        let why = format!("{}: choose who did", label.trim_end_matches('?'));
        wrong.push(FieldProblem::new(command::name(&doer.id), why));
    }
    if form.answers.get(&field).is_empty() {
        let why = "Where is the filled-in form kept: write where, or go back and fill the form in here";
        wrong.push(FieldProblem::new(field, why));
    }
    with_problems(entry, wrong)
}

/// The entry, or everything that is wrong with it.
fn with_problems(entry: Result<Entry>, wrong: Vec<FieldProblem>) -> Result<Entry> {
    match entry {
        _ if wrong.is_empty() => entry,
        Err(Refused::Invalid(mut problems)) => {
            problems.extend(wrong);
            Err(Refused::Invalid(problems))
        }
        Ok(_) => Err(Refused::Invalid(wrong)),
        other => other,
    }
}

/// Those on whose behalf something was put down hear of it: until one of them says that it is so, it eases and closes nothing.
pub(crate) async fn ask_to_confirm(
    app: &App,
    actor: &Actor,
    child: &str,
    event: &Event,
    told_by: Sym,
    done: &Recorded,
) -> Result<()> {
    let Some(event) = app.rules.vocabulary().event(&event.id) else { return Ok(()) };
    let mut people = sayers(app, child, event, told_by).await?;
    people.retain(|person| *person != actor.person);
    let says = "Something was put down as told by your side. Say whether it is so: confirm it, or dispute it.";
    tell(app, people, says, &place(child, done)).await
}

/// The entry that the answers make, or what is wrong with them.
/// `kept`: the entry as it stands, when it is corrected: its answers to a checklist stay, and what it lacks it may go on lacking.
pub(crate) fn made(
    app: &App,
    actor: &Actor,
    record: &Record,
    event: &Event,
    answers: &Answers,
    kept: Option<&EntryLine>,
) -> Result<Entry> {
    let now = app.now();
    let vocabulary = app.rules.vocabulary();
    let lacking: Vec<_> =
        kept.iter().flat_map(|line| command::lacking(vocabulary, line)).map(|field| field.field).collect();
    let setting = Setting {
        vocabulary,
        now,
        born: born(vocabulary, record, now),
        episodes: &record.case.episodes,
        lacking: &lacking,
    };
    let kept = kept.map_or(&[][..], |line| line.checklist.as_slice());
    let mut answers = answers.clone();
    if let Some(chair) = chair(event, &answers) {
        // Who did it is not asked beside who chaired.
        answers.set(BY, chair);
    }
    if answers.get(BY).is_empty() {
        let usual = vocabulary.event(&event.id).is_some_and(|id| is_usual_doer(&lens(app, actor), event, id));
        // Whoever may not do it at all is told so, by name, further on.
        if !usual && command::forbids(vocabulary, event, &actor.role).is_none() {
            let why = "Who did it: choose who did it. You are taken down as who wrote it";
            return Err(Refused::Invalid(vec![FieldProblem::new(BY, why)]));
        }
        answers.set(BY, actor.role.as_str());
    }
    if answers.get(BY) != actor.role && answers.get(BY_NAME) == actor.name {
        // The form came filled with the name of whoever is signed in, and somebody else was chosen.
        answers.set(BY_NAME, "");
    }
    if answers.get(BY) == actor.role && answers.get(BY_NAME).is_empty() {
        answers.set(BY_NAME, actor.name.as_str());
    }
    which_followed(app, actor, record, event, &answers)?;
    let checklist = command::checked(&app.rules.library.rulebooks, kept, &answers);
    let mut entry = match (command::entry(&setting, event, &answers), &checklist) {
        (Ok(entry), Ok(_)) => entry,
        (entry, _) => {
            // Everything that is wrong is said at once.
            let wrong = entry.err().into_iter().chain(checklist.err()).flatten().collect();
            return Err(Refused::Invalid(wrong));
        }
    };
    if let Some(lines) = checklist.ok().filter(|lines| !lines.is_empty()) {
        entry.json.insert("checklist".into(), lines.iter().map(Checked::json).collect());
    }
    // Within the present minute, seconds do not count as the future.
    entry.occurred = Moment(entry.occurred.0.min(now.0));
    Ok(entry)
}

/// Whoever chaired what several did together, where it is said.
fn chair(event: &Event, answers: &Answers) -> Option<String> {
    let field = event.fields.iter().find(|field| event.joint && Some(field.field) == event.doer)?;
    Some(answers.get(&command::name(&field.id)).to_string()).filter(|chair| !chair.is_empty())
}

/// Where two protocols contradict each other in who does this, whoever records it says which was followed.
fn which_followed(app: &App, actor: &Actor, record: &Record, event: &Event, answers: &Answers) -> Result<()> {
    let Some(id) = app.rules.vocabulary().event(&event.id) else { return Ok(()) };
    let followed = answers.get(FOLLOWED);
    let sides = sides(&lens(app, actor), record, id);
    let known = app.rules.book(followed).is_some();
    if if followed.is_empty() { sides.is_empty() } else { known } {
        return Ok(());
    }
    let titles: Vec<&str> = sides.iter().map(|side| side.title.as_str()).collect();
    let says = format!("Which protocol was followed: they contradict each other here; choose {}", titles.join(" or "));
    Err(Refused::Invalid(vec![FieldProblem::new(FOLLOWED, says)]))
}

/// The start of the day on which the child was born.
pub(crate) fn born(vocabulary: &Vocabulary, record: &Record, now: Moment) -> Option<Moment> {
    match record.case.facts.at(vocabulary.known.date_of_birth, now)?.value {
        Known::Date(date) => Some(vocabulary.calendar.start_of(date)),
        _ => None,
    }
}

/// Names the episode where one is meant: an entry may be about an episode that is over, while another is open.
pub(crate) fn name_episode(record: &Record, event: &Event, episode: Option<&str>, json: &mut Map<String, Value>) {
    let known = episode.filter(|id| record.case.episodes.iter().any(|e| e.id == *id));
    if let Some(id) = known.filter(|_| event.episode != EpisodeEffect::Starts) {
        json.insert("episode".into(), id.into());
    }
}
