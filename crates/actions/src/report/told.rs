//! "I have told them": from the page that is read to the police, with their incident number. Before the report is sent it goes into the
//! report; afterwards it is an entry of its own.

use super::draft::{self, Begun};
use super::entries::POLICE;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::load;
use crate::entry::{self, EntryForm, Recorded};
use crate::refused::Result;
use casebook::command::{Answers, BY, BY_NAME, OCCURRED, name};

/// What came of it.
#[derive(Clone, PartialEq, Debug)]
pub enum Told {
    /// It is in the report, which is still to be sent.
    InReport,
    /// It is on the record of this child.
    Recorded(String, Recorded),
}

/// The police were told just now. `number`: their incident number; may be empty.
pub async fn told(app: &App, actor: &Actor, draft: &str, number: &str, key: &str) -> Result<Told> {
    let Begun { child, body, .. } = draft::read(app, actor, draft).await?;
    let (report, calendar) = (body.answers(), &app.rules.vocabulary().calendar);
    let number = number.trim();
    let mut said = Answers::default();
    said.set("police-told", "yes");
    views::making::now(&mut said, "police-at", calendar, app.now());
    for (name, known) in [("police-incident_number", number), ("police-as", report.get("f-status"))] {
        let value = if known.is_empty() { report.get(name) } else { known };
        if !value.is_empty() {
            said.set(name, value);
        }
    }
    let fields = ["police-told", "police-at", "police-incident_number", "police-as"].map(String::from);
    let done = if body.finished {
        // Whoever it is about may still be seen by them: else there is no such report.
        let record = load(app, actor, &child, draft::REPORT).await?;
        let mut answers = Answers::default();
        answers.set(OCCURRED, calendar.stamp(app.now()));
        if app.rules.vocabulary().role(&actor.role).is_some() {
            answers.set(BY, actor.role.as_str());
        }
        answers.set(BY_NAME, actor.name.as_str());
        for (from, to) in [("police-incident_number", "incident_number"), ("police-as", "as")] {
            if !said.get(from).is_empty() {
                answers.set(name(to), said.get(from));
            }
        }
        let form = EntryForm { event: POLICE.into(), answers, episode: body.episode.clone(), ..EntryForm::default() };
        Some(entry::record(app, actor, &child, record.version, &form, key).await?)
    } else {
        None
    };
    draft::change(app, actor, draft, |body| body.take("police", &fields, &said, &actor.person)).await?;
    Ok(done.map_or(Told::InReport, |done| Told::Recorded(child, done)))
}
