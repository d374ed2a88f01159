//! The page on which an event is recorded or corrected.

use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load, load_tied};
use crate::entry::{ONLY_ITS_AUTHOR, ONLY_WITH_AUTHORITY};
use crate::lens::{framed, lens};
use crate::real::real;
use crate::refused::{Refused, Result};
use views::EventForm;
use views::making::{self, Asked, Opened};

/// The form for an event.
pub async fn event_form(app: &App, actor: &Actor, child: &str, event: &str, asked: &Asked) -> Result<EventForm> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Record)).await?;
    let record = own.record;
    let event = real(app, event)?;
    if event == app.rules.vocabulary().known.duty_waived && !record.waives {
        return Err(Refused::NotAllowed(ONLY_WITH_AUTHORITY.into()));
    }
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let mut form = making::event_form(&Opened { lens: &lens, record: &record, asked }, viewer, event);
    crate::setting::at_hand(app, actor, &mut form.hand.ringing).await?;
    if form.event == crate::interview::ALLOCATED
        && let Some(mut field) = crate::interview::to_whom(app, actor, &asked.answers).await?
    {
        let problem = asked.problems.iter().find(|problem| problem.field == field.name);
        field.error = problem.map(|problem| problem.message.clone()).unwrap_or_default();
        form.fields.insert(0, field);
    }
    suggest(app, &mut form, &own.kept);
    Ok(form)
}

/// Offers the places of the child where an event asks where the child was found; anything else can be written.
fn suggest(app: &App, form: &mut EventForm, kept: &[Kept]) {
    let vocabulary = app.rules.vocabulary();
    let Some(event) = vocabulary.event(&form.event).map(|event| vocabulary.event_at(event)) else { return };
    for field in event.fields.iter().filter(|field| field.place) {
        let name = casebook::command::name(&field.id);
        if let Some(asked) = form.fields.iter_mut().find(|asked| asked.name == name) {
            asked.suggested = crate::place::named(kept);
        }
    }
}

/// The form for the correction of an entry, filled with what it says now.
pub async fn correct_form(app: &App, actor: &Actor, child: &str, entry: &str, asked: &Asked) -> Result<EventForm> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Correct)).await?;
    let record = own.record;
    if record.written.get(entry).is_some_and(|written| !written.may_correct) {
        return Err(Refused::NotAllowed(ONLY_ITS_AUTHOR.into()));
    }
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let form = making::correct_form(&Opened { lens: &lens, record: &record, asked }, viewer, entry);
    let may_join = crate::entry::joinable(app.rules.vocabulary(), &record, entry);
    let mut form = form.map(|form| EventForm { may_join, ..form }).ok_or(Refused::NotFound)?;
    suggest(app, &mut form, &own.kept);
    Ok(form)
}

/// The form in which an entry is disputed or confirmed: what it says now, and which of the two this person may.
pub async fn remark_form(app: &App, actor: &Actor, child: &str, entry: &str) -> Result<EventForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Correct)).await?;
    let written = record.written.get(entry).cloned().ok_or(Refused::NotFound)?;
    if !written.may_dispute && !written.may_confirm {
        return Err(Refused::NotAllowed("This is for somebody else to do.".into()));
    }
    let lens = lens(app, actor);
    let asked = Asked::default();
    let viewer = framed(app, actor, &lens).await?;
    let form = making::correct_form(&Opened { lens: &lens, record: &record, asked: &asked }, viewer, entry);
    let form = form.ok_or(Refused::NotFound)?;
    Ok(EventForm { may_dispute: written.may_dispute, may_confirm: written.may_confirm, ..form })
}
