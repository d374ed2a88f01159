//! The pages that ask about somebody around the child, filled with what is known or was typed.

use super::save::{may_change, may_correct};
use super::{ADDRESSES, About, BORN, TEXTS, last};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_kept};
use crate::kept::{self, Asking, Mistake};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use policy::{Act, Class};
use views::making::{AROUND, FieldMaker, offer_people};
use views::words::Names;
use views::{FieldKind, FormField, KeptForm};

/// How it is said that one knows somebody oneself.
const SEEN: &str = "I met them, or spoke to them";

/// The form for what is done, as it was typed so far; filled with what stands where nothing was.
pub async fn form(
    app: &App,
    actor: &Actor,
    child: &str,
    about: &About,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let (record, rows, permit) = load_kept(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let own = match about.of() {
        Some(id) => Some(last(&rows, id).ok_or(Refused::NotFound)?),
        None => None,
    };
    let allowed = match about {
        About::Correct(id) => may_correct(app, actor, &permit, &rows, id).await?,
        _ => may_change(&permit),
    };
    if !allowed {
        return Err(kept::only_theirs());
    }
    let mut answers = answers.clone();
    if answers.is_empty() {
        fill(app, about, own, &mut answers);
    }
    let names = Names::of(&app.rules, &record.case, app.now());
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let addresses = permit.may.see.has(Class::Whereabouts);
    let fields = if about.ends() { kept::ending(&maker, SEEN) } else { all(&maker, addresses, about) };
    let name = own.map(|row| row.text("name")).unwrap_or_default();
    let (title, lead, button) = match about {
        About::Add => (
            "Add somebody around the child".to_string(),
            "Only a name is needed, and what they are to the child.",
            "Add them",
        ),
        About::Change(_) => {
            (format!("What is different about {name}"), "What stood before stays in the history.", "Save")
        }
        About::End(_) => (
            format!("{name} is not around the child any more"),
            "They stay on the page, under those of before.",
            "Save",
        ),
        About::Correct(_) => (
            format!("Correct what is said of {name}"),
            "For what was written wrongly. If something is different now, record the change instead.",
            "Save the correction",
        ),
    };
    kept::form(app, actor, &record, Asking { title, lead, button }, fields).await
}

pub(super) fn fill(app: &App, about: &About, own: Option<&Kept>, answers: &mut Answers) {
    kept::fill_days(app, about, own, &["since", "until", BORN.0], answers);
    let Some(row) = own.filter(|_| !about.ends()) else { return };
    answers.set("name", row.text("name"));
    answers.set("role", row.text("role"));
    answers.set("kind", row.text("details.kind"));
    let texts = TEXTS.iter().map(|(key, field, ..)| (*key, *field));
    for (key, field) in texts.chain(ADDRESSES.iter().map(|(key, field, _)| (*key, *field))) {
        answers.set(field, row.text(key));
    }
}

fn all(maker: &FieldMaker<'_>, addresses: bool, about: &About) -> Vec<FormField> {
    let mut name = maker.plain("name", "Name", "As they are called; one name is enough.", FieldKind::Text);
    name.required = true;
    let kinds: Vec<(&str, &str, &str)> = AROUND.iter().map(|(word, words, _)| (*word, *words, "")).collect();
    let mut kind = maker.choice("kind", "What kind of person around the child?", "", &kinds);
    kind.required = true;
    let hint = "Where they have one that the protocols speak of.";
    let mut role = maker.plain("role", "Role", hint, FieldKind::Select);
    offer_people(&mut role, maker.names, &[]);
    role.groups.iter_mut().for_each(|group| group.options.retain(|option| option.value != "child"));
    let mut fields = vec![name, kind];
    for (_, field, label, hint) in TEXTS {
        let kind = if field == "told" { FieldKind::LongText } else { FieldKind::Text };
        fields.push(maker.plain(field, label, hint, kind));
        if field == "relation" {
            fields.push(role.clone());
            fields.push(maker.plain(BORN.0, BORN.1, "Where it is known.", FieldKind::Date));
        }
    }
    if addresses {
        fields.extend(ADDRESSES.iter().map(|(_, field, label)| maker.plain(field, label, "", FieldKind::LongText)));
    }
    let mistake = Mistake {
        asks: "Were they entered by mistake altogether?",
        yes: "Yes: they have nothing to do with this child",
    };
    fields.extend(kept::closing(maker, about, SEEN, "Where it is over, or its end is known.", &mistake));
    fields
}
