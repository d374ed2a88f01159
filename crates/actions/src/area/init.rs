//! An area is set up by whoever runs the server: the agencies that its protocol has act, its help line and privacy notice; and what is still
//! missing is said.

use super::{Kind, put};
use crate::agency::{self, NewAgency};
use crate::app::App;
use crate::authorise::Actor;
use crate::keeping::By;
use crate::refused::{Refused, Result};
use crate::setting::Set;
use casebook::command::FieldProblem;
use engine::rulebook::{BlockKind, Content, Modality, Owner, Rulebook};
use std::collections::BTreeMap;
use views::making::protocol::edition;
use views::words::Names;

/// What must be known of an area: the kind of agency, and the question.
pub const AGENCIES: [(&str, &str); 6] = [
    ("local_authority", "What is the local authority called?"),
    ("police", "What is the police force called?"),
    ("emergency_duty_team", "What is the team called that covers nights and weekends?"),
    ("mash", "What is the safeguarding hub called?"),
    ("missing_team", "What is the team for missing children called?"),
    ("partnership", "What is the safeguarding partnership called?"),
];

/// What is set up.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The area's word, the id of its rulebook.
    pub area: String,
    /// Names of agencies, by their kind.
    pub agencies: BTreeMap<String, String>,
    /// The help line; empty for none.
    pub helpline: String,
    /// The privacy notice; empty for none.
    pub privacy: String,
    /// From whom these are known.
    pub source: String,
}

/// What is so of an area, and what is missing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// What is well.
    pub well: Vec<String>,
    /// What has to be seen to before children are kept here.
    pub missing: Vec<String>,
    /// What should be looked at.
    pub look: Vec<String>,
}

fn book<'a>(app: &'a App, area: &str) -> Result<&'a Rulebook> {
    let known = agency::areas(app);
    if !known.iter().any(|(id, _)| id == area) {
        let ids: Vec<&str> = known.iter().map(|(id, _)| id.as_str()).collect();
        let says = format!("there is no rulebook of the area `{area}`; there are {}", ids.join(", "));
        return Err(Refused::Invalid(vec![FieldProblem::new("area", says)]));
    }
    let of_area = |one: &&Rulebook| one.kind == "area" && one.area == area;
    let id = app.rules.library.rulebooks.iter().find(of_area).map(|one| one.id.clone()).unwrap_or_default();
    edition(&app.rules, &id, "", app.now()).ok_or(Refused::NotFound)
}

/// Sets an area up: what is there already stays as it is. Gives what was added, in words.
pub async fn init(app: &App, wanted: &Wanted) -> Result<Vec<String>> {
    book(app, &wanted.area)?;
    let there = agency::list(app, By::Operator).await?;
    let mut said = Vec::new();
    for (kind, name) in &wanted.agencies {
        if there.iter().any(|one| one.kind == *kind && one.area.as_deref() == Some(wanted.area.as_str())) {
            continue;
        }
        let area = wanted.area.clone();
        let new = NewAgency { name: name.clone(), kind: kind.clone(), area, ..NewAgency::default() };
        agency::add(app, By::Operator, &new).await?;
        said.push(format!("{name} was added"));
    }
    let operator = Actor::default();
    let day = app.rules.vocabulary().calendar.date(app.now()).to_string();
    let sets = crate::setting::all(app, &wanted.area).await?;
    for (subject, value, name) in
        [("helpline", &wanted.helpline, "The help line"), ("privacy", &wanted.privacy, "The privacy notice")]
    {
        let before = sets.iter().find(|one| one.row.subject == subject);
        if value.is_empty() || before.is_some_and(|one| one.says.value == *value) {
            continue;
        }
        let set = Set {
            value: value.clone(),
            source: wanted.source.clone(),
            since: day.clone(),
            why: "The area was set up".into(),
            is_set: true,
            act: "Set up".into(),
            ..Set::default()
        };
        let version = before.map_or(0, |one| one.row.n);
        put(app, &operator, (&wanted.area, Kind::Setting, subject), version, &set, &app.new_id()).await?;
        said.push(format!("{name} was set"));
    }
    Ok(said)
}

/// Checks an area: is everybody there whom its protocol has act, and is what its people need to know known?
pub async fn check(app: &App, area: &str) -> Result<Checked> {
    let book = book(app, area)?;
    let names = Names::of_book(&app.rules, book);
    let mut found = Checked::default();
    let today = app.rules.vocabulary().calendar.date(app.now());
    let in_force = book.in_force_from <= today && book.in_force_until.is_none_or(|until| today < until);
    let title = format!("{}, edition {}", book.title, book.edition);
    if in_force {
        found.well.push(format!("In force: {title}"));
    } else {
        found.missing.push(format!("Not in force today: {title}"));
    }
    if book.review_due.is_some_and(|due| due < today) {
        found.look.push("The protocol was to be reviewed, and has not been".into());
    }
    let agencies = agency::list(app, By::Operator).await?;
    for (kind, _) in AGENCIES {
        let of_kind = agencies.iter().filter(|one| one.kind == kind && one.area.as_deref() == Some(area));
        match of_kind.map(|one| one.name.as_str()).collect::<Vec<_>>()[..] {
            [] => found.missing.push(format!("No agency of the kind {kind} belongs to the area")),
            ref some => found.well.push(format!("{kind}: {}", some.join(", "))),
        }
    }
    let nobody = unowned(app, book, area).await?;
    if nobody.is_empty() {
        found.well.push("Everybody whom the protocol has act can sign in".into());
    } else {
        let roles: Vec<String> = nobody.iter().map(|role| names.role(role)).collect();
        found.missing.push(format!(
            "The protocol asks these for something, and nobody here holds the post or answers for it: {}",
            roles.join(", ")
        ));
    }
    for (subject, says) in [("helpline", "No help line of the area is set"), ("privacy", "No privacy notice is set")] {
        let sets = crate::setting::all(app, area).await?;
        if !sets.iter().any(|one| one.row.subject == subject && one.says.is_set) {
            found.missing.push(says.into());
        }
    }
    let printed = book.blocks.iter().filter(|block| block.kind() == BlockKind::Contact);
    let with_number = printed.filter(|block| matches!(&block.content, Content::Contact(one) if !one.phones.is_empty()));
    let count = with_number.count();
    if count > 0 {
        found.look.push(format!(
            "{count} numbers stand as the protocol prints them: ring each once, and put newer ones beside them"
        ));
    }
    Ok(found)
}

/// The roles that owe something by the protocol and for which nobody of the area can act.
async fn unowned(app: &App, book: &Rulebook, area: &str) -> Result<Vec<String>> {
    let vocabulary = app.rules.vocabulary();
    let mut covered: Vec<String> = Vec::new();
    for one in app.store.people().await?.iter().filter(|one| one.active) {
        for held in app.store.posts_of(&one.id).await? {
            let here = held.agency_area.as_deref() == Some(area) && held.post.holds_at(app.now_us());
            if here && !covered.contains(&held.post.role) {
                covered.extend(app.policies.roles().answers_for(&held.post.role));
                covered.extend(vocabulary.sees_to(&held.post.role).map(String::from));
            }
        }
    }
    let mut missing: Vec<String> = Vec::new();
    for rule in book.rules.iter().filter(|rule| rule.modality == Modality::Must) {
        let Owner::Role(role) = rule.owner else { continue };
        let Some(word) = vocabulary.word(role) else { continue };
        if !covered.iter().any(|one| one == word) && !missing.iter().any(|one| one == word) {
            missing.push(word.to_string());
        }
    }
    Ok(missing)
}
