//! The page of somebody around a child: what this record says of them and, of the children whom the viewer may see, around whom else they are, what
//! is said there, and what is said otherwise. What differs is offered, and never written over.

use super::across::{across, is_risk};
use super::form::fill;
use super::save::{may_change, may_correct};
use super::show::Telling;
use super::{ADDRESSES, About, BORN, PHONES, TEXTS, is_around, last};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, Tied, load_tied};
use crate::kept::{in_words, is_over, writers};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, time};
use casebook::likeness::number_or_phone;
use policy::Act;
use views::making::head;
use views::words::Names;
use views::{Differs, Elsewhere, Lens, PersonPage, Someone};

/// What somebody is asked to take over from another record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Take {
    /// The other child.
    pub child: String,
    /// The person, in the record of that child.
    pub person: String,
    /// The field.
    pub field: String,
}

/// The page of somebody around a child.
///
/// # Errors
/// `NotFound` for whoever is not around the child.
pub async fn person(app: &App, actor: &Actor, child: &str, person: &str) -> Result<PersonPage> {
    let own = load_tied(app, actor, child, Purpose { verb: Verb::See, look: "people" }).await?;
    let row = own.kept.iter().rev().find(|row| is_around(row) && row.id == person).ok_or(Refused::NotFound)?;
    let lens = lens(app, actor);
    let today = lens.face.calendar.date(lens.now).to_string();
    let mut one = told(app, &lens, &own, person).await?;
    let stands = !row.is_void();
    one.may_correct = stands && may_correct(app, actor, &own.permit, &own.kept, person).await?;
    let mut elsewhere = Vec::new();
    if stands {
        let found = across(app, actor, &own, person).await?;
        note_list(app, actor, &own.permit, "people", found.records.keys().map(String::as_str)).await?;
        for here in &found.found {
            let Some(other) = found.record(&own, &here.child) else { continue };
            let Some(theirs) = last(&other.kept, &here.person) else { continue };
            let said = match &here.tie {
                Some(tie) => {
                    let by = app.store.person(&tie.actor).await?.map(|person| person.name).unwrap_or_default();
                    format!("Said by {by}, {}", lens.face.when(moment(tie.at_us)).words)
                }
                None => String::new(),
            };
            elsewhere.push(Elsewhere {
                child: head(&lens, &other.record),
                one: told(app, &lens, other, &here.person).await?,
                here: here.child == own.record.id,
                over: is_over(theirs, &today),
                risk: is_risk(theirs, &today),
                differs: differs(row, theirs),
                tie: here.tie.as_ref().map(|tie| tie.mark.clone()).unwrap_or_default(),
                said,
                why: here.tie.as_ref().map(|tie| tie.why.clone()).unwrap_or_default(),
            });
        }
    }
    Ok(PersonPage {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &own.record),
        one,
        stands,
        over: is_over(row, &today),
        may_change: stands && may_change(&own.permit),
        elsewhere,
    })
}

/// What a record says of somebody.
pub(super) async fn told(app: &App, lens: &Lens<'_>, tied: &Tied, person: &str) -> Result<Someone> {
    let names = Names::of(&app.rules, &tied.record.case, lens.now);
    let writers = writers(app, &tied.kept).await?;
    let rows: Vec<&Kept> = tied.kept.iter().filter(|row| is_around(row) && row.id == person).collect();
    Ok(Telling { lens, names: &names, writers: &writers }.someone(&rows))
}

/// What the other record says that this one does not, or says otherwise.
fn differs(here: &Kept, there: &Kept) -> Vec<Differs> {
    let numbers: Vec<String> = PHONES.iter().map(|(key, _)| number_or_phone(here.text(key))).collect();
    let mut found = Vec::new();
    let mut add = |field: &str, label: &str, ours: &str, theirs: &str| {
        let (here, there) = (in_words(ours), in_words(theirs));
        found.push(Differs { field: field.into(), label: label.into(), here, there });
    };
    for (key, field, label) in [("name", "name", "Name"), ("details.born", BORN.0, BORN.1)] {
        let (ours, theirs) = (here.text(key), there.text(key));
        if !theirs.is_empty() && ours.to_lowercase() != theirs.to_lowercase() {
            add(field, label, ours, theirs);
        }
    }
    for (key, field) in PHONES {
        let theirs = there.text(key);
        if !theirs.is_empty() && !numbers.contains(&number_or_phone(theirs)) {
            add(field, "Telephone", here.text(key), theirs);
        }
    }
    let texts = TEXTS.iter().map(|(key, field, label, _)| (*key, *field, *label));
    let texts = texts.filter(|(_, field, _)| ["email", "accounts"].contains(field));
    for (key, field, label) in texts.chain(ADDRESSES) {
        let (ours, theirs) = (here.text(key), there.text(key));
        if !theirs.is_empty() && ours.to_lowercase() != theirs.to_lowercase() {
            add(field, label, ours, theirs);
        }
    }
    found
}

/// The answers of the form for what is different about somebody, with one of them as another record has it: whoever sends the form says so.
///
/// # Errors
/// `NotFound` where the two are not one person for this viewer, or the other record does not say it.
pub async fn taking(app: &App, actor: &Actor, child: &str, person: &str, take: &Take) -> Result<Answers> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let row = last(&own.kept, person).ok_or(Refused::NotFound)?;
    let found = across(app, actor, &own, person).await?;
    let same = found.found.iter().any(|one| one.child == take.child && one.person == take.person);
    let other = found.record(&own, &take.child).filter(|_| same).ok_or(Refused::NotFound)?;
    note_list(app, actor, &own.permit, "people", [take.child.as_str()]).await?;
    let theirs = last(&other.kept, &take.person).ok_or(Refused::NotFound)?;
    let differs = differs(row, theirs).into_iter().find(|one| one.field == take.field).ok_or(Refused::NotFound)?;
    let mut answers = Answers::default();
    fill(app, &About::Change(person.into()), Some(row), &mut answers);
    if differs.field == BORN.0 {
        time::put_day(&mut answers, BORN.0, theirs.text("details.born"));
        return Ok(answers);
    }
    let phone = PHONES.iter().any(|(_, field)| *field == take.field);
    // A number goes where none is yet, so that none is lost; where all three are taken, in the place of its like.
    let free = PHONES.iter().find(|(key, _)| row.text(key).is_empty()).map(|(_, field)| *field);
    let field = if phone { free.unwrap_or(&take.field) } else { &take.field };
    answers.set(field, differs.there);
    Ok(answers)
}
