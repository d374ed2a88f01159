//! The parts of a page that asks about something kept, which are the same of each.

use super::About;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::Kept;
use crate::lens::{framed, lens};
use crate::refused::Result;
use casebook::command::{Answers, time};
use views::making::{FieldMaker, head};
use views::{FieldKind, FormField, KeptForm, Record};

/// The words of a page.
pub(crate) struct Asking {
    pub title: String,
    pub lead: &'static str,
    pub button: &'static str,
}

/// How it is asked whether something was entered by mistake: the question, and the answer that says so.
pub(crate) struct Mistake {
    pub asks: &'static str,
    pub yes: &'static str,
}

/// The page.
pub(crate) async fn form(
    app: &App,
    actor: &Actor,
    record: &Record,
    asking: Asking,
    fields: Vec<FormField>,
) -> Result<KeptForm> {
    let lens = lens(app, actor);
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, record),
        version: record.version,
        title: asking.title,
        lead: asking.lead.into(),
        fields,
        button: asking.button.into(),
    })
}

/// Fills in the days that stand; of what ends, that it does today.
pub(crate) fn fill_days(app: &App, about: &About, row: Option<&Kept>, fields: &[&str], answers: &mut Answers) {
    if about.ends() {
        let today = app.rules.vocabulary().calendar.date(app.now());
        return time::put_day(answers, "until", &today.to_string());
    }
    for (row, field) in row.into_iter().flat_map(|row| fields.iter().map(move |field| (row, field))) {
        time::put_day(answers, field, row.text(&format!("details.{field}")));
    }
}

fn sources(seen: &'static str) -> [(&'static str, &'static str, &'static str); 3] {
    [("seen", seen, ""), ("told", "I was told", ""), ("document", "It says so in a document", "")]
}

/// The last questions of a page: since when, until when, how it is known, and why it is put right.
pub(crate) fn closing(
    maker: &FieldMaker<'_>,
    about: &About,
    seen: &'static str,
    until: &str,
    mistake: &Mistake,
) -> Vec<FormField> {
    let mut fields = vec![
        maker.plain("since", "Since when?", "", FieldKind::Date),
        maker.plain("until", "Until when?", until, FieldKind::Date),
        maker.choice("source", "How do you know?", "", &sources(seen)),
    ];
    if about.corrects() {
        let hint = "What stood before stays to be read.";
        let reason = maker.plain("reason", "Why is it put right?", hint, FieldKind::LongText);
        fields.push(FormField { required: true, ..reason });
        fields.push(maker.choice("mistake", mistake.asks, "", &[("no", "No", ""), ("yes", mistake.yes, "")]));
    }
    fields
}

/// The questions about something that is over.
pub(crate) fn ending(maker: &FieldMaker<'_>, seen: &'static str) -> Vec<FormField> {
    let until = maker.plain("until", "Until when?", "", FieldKind::Date);
    vec![FormField { required: true, ..until }, maker.choice("source", "How do you know?", "", &sources(seen))]
}
