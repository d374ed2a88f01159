//! Who has looked at a child's record: for those who may know.

use super::note;
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::lens;
use crate::refused::Result;
use crate::relation::telling;
use policy::{Act, Class};
use std::collections::{HashMap, HashSet};
use store::Look;
use views::Lens;

/// So many looks are shown.
const SHOWN: i64 = 100;

/// A look, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LookLine {
    /// When.
    pub when: String,
    /// Who.
    pub who: String,
    /// In which role.
    pub post: String,
    /// For which agency.
    pub agency: String,
    /// What they looked at.
    pub what: String,
    /// What for, where it was said.
    pub purpose: String,
    /// What of the record they could see.
    pub classes: String,
}

/// Who has looked at a child's record, the last first.
pub async fn who_has_looked(app: &App, actor: &Actor, child: &str) -> Result<Vec<LookLine>> {
    let permit = authorise(app, actor, Verb::Do(Act::Looks), Some(child)).await?;
    note(app, actor, &permit, "looks").await?;
    let looks = app.store.looks_at_child(child, SHOWN).await?;
    let lens = lens(app, actor);
    let names = names(app, &looks).await?;
    let telling = telling(app, &permit).await?;
    Ok(looks.iter().map(|look| line(app, &lens, &names, &telling, look)).collect())
}

/// The names of those who looked, by id.
pub(super) async fn names(app: &App, looks: &[Look]) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for look in looks {
        if !names.contains_key(&look.person_id) {
            let name =
                app.store.person(&look.person_id).await?.map_or_else(|| "somebody unknown".to_string(), |p| p.name);
            names.insert(look.person_id.clone(), name);
        }
    }
    for look in looks.iter().filter(|look| !look.agency_id.is_empty()) {
        if !names.contains_key(&look.agency_id) {
            names.insert(look.agency_id.clone(), app.agency_name(&look.agency_id).await?);
        }
    }
    Ok(names)
}

/// A look in words. Of somebody of an agency that is `telling` where the child is, neither name nor agency is said.
pub(super) fn line(
    app: &App,
    lens: &Lens<'_>,
    names: &HashMap<String, String>,
    telling: &HashSet<String>,
    look: &Look,
) -> LookLine {
    let name = |id: &str| names.get(id).cloned().unwrap_or_default();
    let (who, post, agency) = if telling.contains(&look.agency_id) {
        (
            "Somebody where the child lives or goes to school".to_owned(),
            "kept from you with the place".to_owned(),
            String::new(),
        )
    } else {
        (name(&look.person_id), app.role(&look.post).1, name(&look.agency_id))
    };
    LookLine {
        when: lens.face.when(moment(look.at_us)).words,
        who,
        post,
        agency,
        what: what(&look.what).into(),
        purpose: if look.what == "refused" { wanted(&look.purpose) } else { purpose(&look.purpose) },
        classes: look.class.split(' ').filter_map(Class::of).map(class).collect::<Vec<_>>().join(", "),
    }
}

/// What was refused, in words.
fn wanted(act: &str) -> String {
    match act {
        "see" => "wanted to see it".into(),
        "record" => "wanted to record something".into(),
        "correct" => "wanted to correct something".into(),
        "withdraw" => "wanted to withdraw something".into(),
        "dispute" => "wanted to dispute something".into(),
        "confirm" | "accept" => "wanted to confirm what was told".into(),
        "report" => "wanted to report the child missing".into(),
        "ask" => "wanted to ask for access".into(),
        "answer" => "wanted to answer a request for access".into(),
        "break_glass" => "wanted to break the glass".into(),
        "review" => "wanted to review a broken glass".into(),
        "relate" => "wanted to change who works with the child".into(),
        "bar" => "wanted to bar somebody".into(),
        "withhold" => "wanted to withhold a place".into(),
        "second" => "wanted to open a withheld place".into(),
        "looks" => "wanted to see who has looked".into(),
        "keep" => "wanted to change what is said of the child".into(),
        "waive" => "wanted to waive a duty".into(),
        "export" => "wanted to take the record out".into(),
        "place" => "wanted to change where the child lives".into(),
        _ => "wanted to do something else".into(),
    }
}

fn purpose(word: &str) -> String {
    if word == "break-glass" { "broke the glass".into() } else { word.into() }
}

/// A page, as people call it.
fn what(word: &str) -> &str {
    match word {
        "child" => "the child's page",
        "episode" => "an episode",
        "facts" => "what is known of the child",
        "why" => "why a duty is due",
        "form" => "a form",
        "forms" => "the list of forms",
        "filled" => "a form that was filled in",
        "report" => "a report",
        "read-out" => "the words to read to the police",
        "photograph" | "portrait" => "the photograph",
        "board" | "home" | "alerts" | "search" | "meetings" => "a list",
        "looks" => "who has looked",
        "relations" => "who works with the child",
        "particulars" => "who the child is",
        "people" => "the people around the child",
        "places" => "the places of the child",
        "placements" => "where the child lives",
        "place" => "a withheld place",
        "retention" => "how long the record is kept",
        "same" => "whether two records are of one child",
        "panel" => "the agenda of a panel",
        "register" => "a register",
        "refused" => "was refused",
        other => other,
    }
}

/// A class of information, as people call it.
pub(crate) fn class(class: Class) -> &'static str {
    match class {
        Class::Ordinary => "the ordinary",
        Class::Words => "the child's own words",
        Class::Confidence => "what was told in confidence",
        Class::Health => "health",
        Class::Police => "lines of the police",
        Class::Whereabouts => "whereabouts and addresses",
        Class::Concern => "concerns about practitioners",
    }
}
