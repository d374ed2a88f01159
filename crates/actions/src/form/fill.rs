//! The page on which a form is filled in: begun from the record, gone on with from a draft, or drawn again with what was typed.

use super::draft::{self, Body};
use super::{Opening, Sent};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load};
use crate::lens::{framed, lens};
use crate::real::real;
use crate::refused::{Refused, Result};
use casebook::command::{self, Answers, FieldProblem};
use engine::rulebook::Rulebook;
use engine::time::Moment;
use engine::vocabulary::EventId;
use views::making::Asked;
use views::making::filling::{self, Fill, OfBook};
use views::words::short_title;
use views::{DraftLine, FillForm, Lens, Record};

/// The form of an edition, if there is one.
pub(super) fn known<'a>(app: &'a App, rulebook: &str, edition: &str, form: &str) -> Result<OfBook<'a>> {
    let books = app.rules.library.rulebooks.iter();
    let book: &Rulebook =
        books.into_iter().find(|b| b.id == rulebook && b.edition == edition).ok_or(Refused::NotFound)?;
    let (block, form) = command::form_in(book, form).ok_or(Refused::NotFound)?;
    Ok(OfBook { book, block, form })
}

/// What completing a form records.
pub(super) fn event(app: &App, of: OfBook<'_>, asked: &str) -> Result<EventId> {
    let own = of.form.records.ok_or(Refused::NotFound)?;
    let vocabulary = app.rules.vocabulary();
    let reviewed = vocabulary.event("form.reviewed").filter(|_| vocabulary.event("form.completed") == Some(own));
    match asked {
        "" => Ok(own),
        word if real(app, word)? == own => Ok(own),
        word if Some(real(app, word)?) == reviewed => Ok(real(app, word)?),
        _ => Err(Refused::NotFound),
    }
}

/// A form that was not begun yet, filled with what the record says.
pub async fn begin(app: &App, actor: &Actor, child: &str, opening: &Opening) -> Result<FillForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let lens = lens(app, actor);
    let Opening { rulebook, edition, form, .. } = opening;
    let of = filling::of_book(&lens, &record, rulebook, edition, form).ok_or(Refused::NotFound)?;
    let event = event(app, of, &opening.event)?;
    let mut asked = Asked {
        duty: opening.duty.clone(),
        act: opening.act.clone(),
        episode: opening.episode.clone(),
        ..Asked::default()
    };
    let vocabulary = app.rules.vocabulary();
    let mut answers = Answers::default();
    // Whoever looks a form through has its last answers before them, also where the date that was set for it is what leads there.
    let on_date = opening.duty.as_ref().and_then(|key| {
        let rule = app.rules.book(&key.rulebook)?.rules.iter().find(|rule| rule.id == key.rule)?;
        command::reviews(vocabulary, rule)
    });
    let reviewed = (vocabulary.event("form.reviewed") == Some(event) || on_date.as_ref() == Some(&of.block.id))
        && opening.from.is_empty();
    let same = |one: &views::FilledLine| reviewed && one.rulebook == of.book.id && one.form == of.block.id;
    let last = filling::latest(&lens, &record).into_iter().find(same).map(|one| one.entry);
    let from = last.unwrap_or_else(|| opening.from.clone());
    if let Some(before) = filling::filled_of(&record, &from) {
        answers.lay_over(command::copy_forward(vocabulary, of.form, before));
    }
    if !opening.over.is_empty() {
        let draft = draft::of(app, actor, child, &opening.over).await?;
        answers.lay_over(Body::read(&draft.body).answers());
    }
    filling::prefill(&lens, &record, of, &mut answers);
    // What every entry is asked comes from its own form, as when it is recorded without one.
    let opened = filling::begun(&lens, &record, &asked, event, of);
    let mut all = opened;
    all.lay_over(answers);
    asked.answers = all;
    let draft = DraftLine { id: app.new_id(), ..DraftLine::default() };
    let page = Page { asked: &asked, draft, from: &from, begun: app.now(), elsewhere: None, more: "" };
    draw(app, actor, &record, of, event, page).await
}

/// The draft that this person has of a form already that was just opened, about this child and episode: they go on with that.
pub async fn begun(app: &App, actor: &Actor, view: &FillForm, event: &str) -> Result<Option<String>> {
    let sent = Sent {
        rulebook: view.rulebook.clone(),
        edition: view.edition.clone(),
        form: view.form.clone(),
        event: event.into(),
        episode: Some(view.episode.clone()),
        ..Sent::default()
    };
    let draft = app.store.form_draft_of(&actor.person, &view.child.id, &draft::subject(&sent)).await?;
    Ok(draft.map(|draft| draft.id))
}

/// A form that was begun before, and what it was begun for.
#[derive(Clone, PartialEq, Debug)]
pub struct Resumed {
    /// The page.
    pub view: FillForm,
    /// The event that completing it records, where that is not the form's own.
    pub event: String,
    /// The act that it was opened for; may be empty.
    pub act: String,
}

/// A form that was begun before.
pub async fn resume(app: &App, actor: &Actor, child: &str, id: &str) -> Result<Resumed> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let row = draft::of(app, actor, child, id).await?;
    let of = known(app, &row.rulebook, &row.edition, &row.form)?;
    let body = Body::read(&row.body);
    let recorded = event(app, of, &body.event)?;
    let asked = Asked {
        duty: body.duty(),
        act: body.act.clone(),
        episode: body.episode.clone(),
        answers: body.answers(),
        ..Asked::default()
    };
    let lens = lens(app, actor);
    let beside = (!row.beside.is_empty()).then(|| Body::read(&row.beside).answers());
    let draft = DraftLine {
        id: row.id,
        version: row.version,
        saved: Some(lens.face.when(moment(row.saved_us))),
        ..DraftLine::default()
    };
    let begun = moment(row.begun_us);
    let page = Page { asked: &asked, draft, from: &body.from, begun, elsewhere: beside.as_ref(), more: "" };
    let view = draw(app, actor, &record, of, recorded, page).await?;
    Ok(Resumed { view, event: body.event, act: body.act.unwrap_or_default() })
}

/// A form with what was typed, and what is wrong with it. `elsewhere`: it was saved in another place since; what stands there is shown
/// beside what was typed here. `more`: the group that gets room for more lines.
pub async fn again(
    app: &App,
    actor: &Actor,
    child: &str,
    sent: &Sent,
    problems: Vec<FieldProblem>,
    (elsewhere, more): (bool, &str),
) -> Result<FillForm> {
    let record = load(app, actor, child, Purpose::form(Verb::Record)).await?;
    let of = known(app, &sent.rulebook, &sent.edition, &sent.form)?;
    let event = event(app, of, &sent.event)?;
    let asked = Asked {
        duty: sent.duty.clone(),
        act: sent.act.clone(),
        episode: sent.episode.clone(),
        answers: sent.answers.clone(),
        problems,
        ..Asked::default()
    };
    let lens = lens(app, actor);
    let row = app.store.form_draft(&actor.person, &sent.draft).await?.filter(|row| row.child_id == child);
    let there = row.as_ref().filter(|_| elsewhere).map(|row| Body::read(&row.body).answers());
    let draft = match &row {
        Some(row) => DraftLine {
            id: row.id.clone(),
            version: if elsewhere { row.version } else { sent.draft_version.max(row.version) },
            saved: Some(lens.face.when(moment(row.saved_us))),
            ..DraftLine::default()
        },
        // It was completed or thrown away in another place: what is typed here begins anew.
        None if sent.draft_version > 0 => DraftLine { id: app.new_id(), ..DraftLine::default() },
        None => DraftLine { id: sent.draft.clone(), ..DraftLine::default() },
    };
    let begun = row.as_ref().map_or(app.now(), |row| moment(row.begun_us));
    let page = Page { asked: &asked, draft, from: &sent.from, begun, elsewhere: there.as_ref(), more };
    draw(app, actor, &record, of, event, page).await
}

/// What a page is drawn of.
struct Page<'a> {
    asked: &'a Asked,
    draft: DraftLine,
    from: &'a str,
    begun: Moment,
    elsewhere: Option<&'a Answers>,
    more: &'a str,
}

async fn draw(
    app: &App,
    actor: &Actor,
    record: &Record,
    of: OfBook<'_>,
    event: EventId,
    page: Page<'_>,
) -> Result<FillForm> {
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let Page { asked, draft, from, begun, elsewhere, more } = page;
    let fill = Fill { lens: &lens, record, of, event, asked, draft, from, begun, elsewhere, more };
    Ok(filling::fill(&fill, viewer))
}

/// A draft in one line, for lists.
pub(super) fn line(lens: &Lens<'_>, app: &App, row: &store::FormDraft, record: &Record) -> Option<DraftLine> {
    let of = known(app, &row.rulebook, &row.edition, &row.form).ok()?;
    let answers = Body::read(&row.body).answers();
    let vocabulary = app.rules.vocabulary();
    let asked: Vec<_> = of.form.fields.iter().filter(|one| filling::asks(record, one)).collect();
    let empty = Answers::default();
    let answered = asked.iter().filter(|one| {
        let name = command::asked_as(vocabulary, one);
        command::print_of(&name, one, &answers) != command::print_of(&name, one, &empty)
    });
    Some(DraftLine {
        id: row.id.clone(),
        version: row.version,
        title: command::labels::capital(&of.block.title),
        book: short_title(of.book),
        child: record.name.clone(),
        child_id: record.id.clone(),
        saved: Some(lens.face.when(moment(row.saved_us))),
        answered: answered.count(),
        of: asked.len(),
        by: String::new(),
    })
}
