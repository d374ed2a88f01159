//! The pages that ask about a place, filled with what is known or was typed.

use super::save::may_change;
use super::{ALONE, About, TEXTS, WHO, last};
use crate::app::App;
use crate::around::people;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_tied};
use crate::kept::{self, Asking, Mistake};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use policy::Act;
use views::making::{FieldMaker, option};
use views::words::Names;
use views::{FieldKind, FormField, KeptForm};

/// How it is said that one knows a place oneself.
const SEEN: &str = "I saw it";

/// The form for what is done, as it was typed so far; filled with what stands where nothing was. `called` is what a new place is called.
///
/// # Errors
/// `NotFound` where there is no such place; `NotAllowed` for whoever may not say it.
pub async fn form(
    app: &App,
    actor: &Actor,
    child: &str,
    (about, called): (&About, &str),
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let row = match about.of() {
        Some(id) => Some(last(&own.kept, id).ok_or(Refused::NotFound)?),
        None => None,
    };
    let may = may_change(&own.permit, own.sees_places);
    let allowed = if about.corrects() { kept::mends(app, actor, &own.permit, may, row).await? } else { may };
    if !allowed {
        return Err(kept::only_theirs());
    }
    let mut answers = answers.clone();
    if answers.is_empty() {
        fill(app, about, row, called, &mut answers);
    }
    let names = Names::of(&app.rules, &own.record.case, app.now());
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let fields = if about.ends() { kept::ending(&maker, SEEN) } else { all(&maker, &people(&own.kept), about) };
    let name = row.map(|row| row.text("name")).unwrap_or_default();
    let (title, lead, button) = match about {
        About::Add => ("Add a place".to_string(), "Only what it is called is needed.", "Add it"),
        About::Change(_) => {
            (format!("What is different about {name}"), "What stood before stays in the history.", "Save")
        }
        About::End(_) => (
            format!("The child does not go to {name} any more"),
            "It stays on the page, under those of before.",
            "Save",
        ),
        About::Correct(_) => (
            format!("Correct what is said of {name}"),
            "For what was written wrongly. If something is different now, record the change instead.",
            "Save the correction",
        ),
    };
    kept::form(app, actor, &own.record, Asking { title, lead, button }, fields).await
}

fn fill(app: &App, about: &About, row: Option<&Kept>, called: &str, answers: &mut Answers) {
    kept::fill_days(app, about, row, &["since", "until"], answers);
    if about.ends() {
        return;
    }
    let Some(row) = row else {
        answers.set("name", called);
        return;
    };
    answers.set("name", row.text("name"));
    for (key, field, ..) in TEXTS {
        answers.set(field, row.text(key));
    }
    answers.set(ALONE.0, if row.text("details.not_alone") == "yes" { "yes" } else { "no" });
    row.text("details.who").split(' ').filter(|id| !id.is_empty()).for_each(|id| answers.add(WHO.0, id));
}

fn all(maker: &FieldMaker<'_>, around: &[&Kept], about: &About) -> Vec<FormField> {
    let mut name = maker.plain("name", "What is the place called?", "As people call it.", FieldKind::Text);
    name.required = true;
    let mut fields = vec![name];
    for (_, field, label, hint) in TEXTS {
        fields.push(maker.plain(field, label, hint, FieldKind::LongText));
    }
    let options = [("yes", "Yes", ""), ("no", "No", "")];
    fields.push(maker.choice(ALONE.0, ALONE.1, "", &options));
    if !around.is_empty() {
        let mut who = maker.plain(WHO.0, WHO.1, "", FieldKind::Checkboxes);
        let chosen = who.values.clone();
        who.options = around.iter().map(|row| option(&row.id, row.text("name"), "", &chosen)).collect();
        fields.push(who);
    }
    let mistake =
        Mistake { asks: "Was it entered by mistake altogether?", yes: "Yes: it has nothing to do with this child" };
    fields.extend(kept::closing(maker, about, SEEN, "Where it is over.", &mistake));
    fields
}
