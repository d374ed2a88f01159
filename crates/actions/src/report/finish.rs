//! Records a report: the absence, the searches and calls, the carer's view of the risk, the report to the police; all of it or nothing.

use super::draft::{self, Begun};
use super::entries::{BACK, GONE, KNOWN_FROM, Made, NEWS, standing};
use super::record::OnRecord;
use super::summary::{kept_words, written};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, row};
use crate::entry::{Recorded, recorded};
use crate::lens::lens;
use crate::refused::{Objection, Refused, Result};
use casebook::command::{self, Answers, BY, BY_NAME, Entry, OCCURRED, Setting};
use policy::Act;
use serde_json::json;
use store::NewRow;
use views::making::FieldMaker;
use views::words::Names;
use views::{FieldKind, Record};

/// Records a report, once, however often it is sent. `join`: where the child was reported by somebody else meanwhile, what was found
/// out is added to the episode that is open.
pub async fn finish(app: &App, actor: &Actor, draft: &str, key: &str, join: bool) -> Result<Recorded> {
    attempt(app, actor, draft, key, join, TRIES).await
}

/// So often a report is put together again where somebody else writes at the same time.
const TRIES: usize = 4;

async fn attempt(
    app: &App,
    actor: &Actor,
    draft: &str,
    key_of_form: &str,
    join: bool,
    tries: usize,
) -> Result<Recorded> {
    let Begun { child, body, .. } = draft::read(app, actor, draft).await?;
    // The draft is the key: two tabs with one report, or one form sent twice, come to one report.
    tracing::debug!(%draft, key = %key_of_form, "a report is finished");
    let key = format!("report:{draft}");
    let opened = open(app, actor, &child, Verb::Do(Act::Report)).await?;
    if let Some(done) = again(app, &opened, &key).await? {
        let done = recorded(&lens(app, actor), done);
        return finished(app, actor, draft, done).await;
    }
    // By a colleague, or so long ago that its key was cleared away.
    if body.finished {
        return Err(Refused::NotAllowed("This report has been sent already: it is on the child's record.".into()));
    }
    let seen = &opened.seen;
    let made = {
        let lens = lens(app, actor);
        let (names, answers) = (Names::of(&app.rules, &seen.case, lens.now), body.answers());
        let maker = FieldMaker { names: &names, answers: &answers, problems: &[], now: lens.now, likely: Vec::new() };
        let record = OnRecord::of(&lens, seen, &names);
        let said = |field: &str| written(&maker, lens.face, &record, field);
        standing(app, actor, seen, &answers, said).map_err(Refused::Invalid)?
    };
    let open = seen.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > app.now()));
    // What was over before the child went this time is an episode of its own.
    let over = made.iter().find(|(event, _)| *event == BACK).map(|(_, entry)| entry.occurred);
    let open = open.filter(|e| over.is_none_or(|back| back > e.start)).map(|e| (e.id.clone(), e.start));
    let rows = match (&open, join) {
        (Some((_, start)), false) => return Err(already(app, actor, seen, *start)),
        (Some((episode, _)), true) => added(app, actor, seen, episode, &body.answers(), made)?,
        (None, _) => {
            let start = made.iter().find(|(event, _)| *event == GONE).map(|(_, entry)| entry.occurred);
            let told = body.answers().get(KNOWN_FROM).to_string();
            let known_from = crate::fact::at_report(app, actor, seen, &told, start).await?;
            begun(app, actor, made).into_iter().chain(known_from).collect()
        }
    };
    let version = seen.version;
    let appended = match append(app, actor, opened.for_report(), version, &rows, &key).await {
        // Somebody wrote on the record meanwhile: the report is put together again by what stands now.
        Err(Refused::Stale { .. }) if tries > 1 => {
            return Box::pin(attempt(app, actor, draft, key_of_form, join, tries - 1)).await;
        }
        other => other?,
    };
    let done = recorded(&lens(app, actor), appended);
    finished(app, actor, draft, done).await
}

/// The report is done with, whoever began it.
async fn finished(app: &App, actor: &Actor, draft: &str, done: Recorded) -> Result<Recorded> {
    let is_finished = |body: &mut draft::Body| {
        if !body.finished {
            body.finished = true;
            body.episode.clone_from(&done.episode);
        }
    };
    draft::change(app, actor, draft, is_finished).await?;
    Ok(done)
}

fn already(app: &App, actor: &Actor, seen: &Record, start: engine::time::Moment) -> Refused {
    let lens = lens(app, actor);
    let since = lens.face.when(start).words;
    Refused::RuleRefuses(vec![Objection {
        says: format!("{} is already recorded as gone since {since}.", seen.name),
        instead: "Add what you found out to that episode; nothing you typed is lost.".into(),
        entry: seen.case.episodes.last().map(|e| e.id.clone()),
        ..Objection::default()
    }])
}

/// The rows that start an episode, each of the others within it.
fn begun(app: &App, actor: &Actor, made: Vec<Made>) -> Vec<NewRow> {
    let first = app.new_id();
    let rows = made.into_iter().map(|(event, mut entry)| {
        if event == GONE {
            return row(app, actor, &first, entry.occurred, entry.json);
        }
        entry.json.insert("episode".into(), json!(first));
        row(app, actor, &app.new_id(), entry.occurred, entry.json)
    });
    rows.collect()
}

/// The rows for an episode that is open already: what would have started one is kept in words.
fn added(
    app: &App,
    actor: &Actor,
    seen: &Record,
    episode: &str,
    answers: &Answers,
    made: Vec<Made>,
) -> Result<Vec<NewRow>> {
    let mut rows = Vec::new();
    for (event, mut entry) in made {
        if event == GONE {
            entry = news(app, actor, seen, answers)?;
        }
        entry.json.insert("episode".into(), json!(episode));
        rows.push(row(app, actor, &app.new_id(), entry.occurred, entry.json));
    }
    Ok(rows)
}

/// What was answered of the absence itself, as news in an episode that somebody else began.
fn news(app: &App, actor: &Actor, seen: &Record, answers: &Answers) -> Result<Entry> {
    let vocabulary = app.rules.vocabulary();
    let event = vocabulary.event(NEWS).ok_or(Refused::NotFound)?;
    let names = Names::of(&app.rules, &seen.case, app.now());
    let lens = lens(app, actor);
    let maker = FieldMaker { names: &names, answers, problems: &[], now: app.now(), likely: Vec::new() };
    let noticed = maker.plain(OCCURRED, "Noticed", "", FieldKind::Moment);
    let gone = vocabulary.event(GONE).map(|e| vocabulary.event_at(e));
    let fields = gone.into_iter().flat_map(|e| &e.fields).map(|f| maker.of(f));
    let own = [("appearance", "Wearing"), ("companions", "May be with"), ("belongings", "Took")];
    let own = own.iter().map(|(name, label)| maker.plain(name, label, "", FieldKind::LongText));
    let said: Vec<String> = std::iter::once(noticed)
        .chain(fields)
        .chain(own)
        .filter(|field| !kept_words(&maker, lens.face, field).is_empty())
        .map(|field| format!("{}: {}", field.label, kept_words(&maker, lens.face, &field)))
        .collect();
    let mut entry = Answers::default();
    entry.set(OCCURRED, vocabulary.calendar.stamp(app.now()));
    entry.set(command::name("kind"), "other");
    entry.set(command::name("text"), said.join("\n"));
    entry.set(BY_NAME, actor.name.as_str());
    if vocabulary.role(&actor.role).is_some() {
        entry.set(BY, actor.role.as_str());
    }
    let setting = Setting { vocabulary, now: app.now(), born: None, episodes: &seen.case.episodes, lacking: &[] };
    command::entry(&setting, vocabulary.event_at(event), &entry).map_err(Refused::Invalid)
}
