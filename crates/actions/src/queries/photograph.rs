//! Photographs of a child: the one that is shown, the page of each, and the page on which one is chosen.

use super::timeline::{Teller, people};
use super::{Lens, head_of};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, note};
use crate::case::{Loaded, OnFile, load, photograph_shown, photographs};
use crate::refused::{Refused, Result};
use crate::views::{PhotographForm, PhotographLine, PhotographPage};
use crate::words::Names;
use engine::value::Value;

/// After so many months a child may look different.
const OLD_MONTHS: i32 = 12;

/// The page on which a photograph is chosen.
pub async fn photograph_form(app: &App, actor: &Actor, child: &str) -> Result<PhotographForm> {
    let permit = authorise(app, actor, Verb::Record, Some(child)).await?;
    note(app, &permit, "form").await?;
    let lens = Lens::new(app, actor);
    let loaded = load(app, &permit).await?;
    let before = shown(&lens, &loaded);
    Ok(PhotographForm { viewer: lens.viewer().await?, child: head_of(&lens, &loaded), before })
}

/// The page of a photograph on the record; of one that was withdrawn there is none.
pub async fn photograph(app: &App, actor: &Actor, child: &str, id: &str) -> Result<PhotographPage> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, &permit, "photograph").await?;
    let lens = Lens::new(app, actor);
    let loaded = load(app, &permit).await?;
    let vocabulary = app.rules.vocabulary();
    let standing = photographs(vocabulary, &loaded.file).into_iter().filter(|one| one.id == id);
    let one = standing.max_by_key(|one| one.line.occurred).ok_or(Refused::NotFound)?;
    let writers = people(app, &loaded).await?;
    let names = Names::of(&app.rules, &loaded.case, lens.now);
    let version = Teller::new(&lens, &loaded, &names, &writers).version(one.line);
    let mut fields = version.fields;
    // The picture stands above, and when it was taken under it.
    fields.retain(|field| field.photograph.is_none() && field.field != "taken_on");
    Ok(PhotographPage {
        viewer: lens.viewer().await?,
        child: head_of(&lens, &loaded),
        shown: photograph_shown(vocabulary, &loaded.file).is_some_and(|shown| shown.id == id),
        by: format!("Added {} by {}", lens.face.when(one.root.recorded).words, version.by),
        note: version.note,
        fields,
        line: line(&lens, one),
    })
}

/// The photograph that is shown.
pub(crate) fn shown(lens: &Lens<'_>, loaded: &Loaded) -> Option<PhotographLine> {
    photograph_shown(lens.app.rules.vocabulary(), &loaded.file).map(|one| line(lens, one))
}

fn line(lens: &Lens<'_>, OnFile { id, root, line }: OnFile<'_>) -> PhotographLine {
    let taken = line.fields.iter().find_map(|(_, v)| if let Value::Date(date) = v { Some(*date) } else { None });
    let words = match taken {
        Some(date) => format!("Taken on {}", date.strftime("%-d %B %Y")),
        None => "When it was taken is not recorded".into(),
    };
    let today = lens.face.calendar.date(lens.now);
    let months = taken.map_or(0, |date| {
        let whole = i32::from(today.year() - date.year()) * 12 + i32::from(today.month()) - i32::from(date.month());
        whole - i32::from(today.day() < date.day())
    });
    let old = if months >= OLD_MONTHS { format!("{months} months ago") } else { String::new() };
    PhotographLine { id: id.to_string(), entry: root.id.clone(), words, old }
}
