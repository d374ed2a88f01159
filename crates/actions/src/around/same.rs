//! Who somebody around a child may be in the records of other children: by name, telephone number and date of birth, among the records that the viewer
//! may see.

use super::across::across;
use super::person::told;
use super::save::asks_to_change;
use super::{BORN, PHONES, ids, last};
use crate::app::App;
use crate::authorise::{Actor, Verb, scope};
use crate::case::{Kept, Purpose, Tied, load_tied, peek_tied};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use casebook::likeness::{Around, compare_around, keys_around};
use policy::Act;
use std::collections::BTreeMap;
use views::making::head;
use views::{PersonOffer, SamePersonPage};

/// So many records are looked into at most, those that share most first; and so many people are shown.
const LOOKED_INTO: i64 = 24;
const SHOWN: usize = 10;
/// A line is no longer.
const LINE: usize = 200;

/// By what somebody is looked for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SoughtPerson {
    /// The name, or a part of it.
    pub name: String,
    /// A telephone number.
    pub phone: String,
    /// The date of birth, as in `1988-05-02`; may be empty.
    pub born: String,
}

impl SoughtPerson {
    /// By what was typed in a form.
    ///
    /// # Errors
    /// What is wrong with the date.
    pub fn of(typed: &Answers) -> Result<SoughtPerson> {
        let born = time::day(typed, BORN.0).map_err(|wrong| {
            Refused::Invalid(vec![FieldProblem::new(BORN.0, format!("{}: {}", BORN.1, wrong.says))])
        })?;
        let text = |name: &str| typed.get(name).trim().chars().take(LINE).collect::<String>();
        Ok(SoughtPerson { name: text("name"), phone: text("phone"), born: born.unwrap_or_default() })
    }

    /// Is nothing typed?
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.phone, &self.born].into_iter().all(|text| text.trim().is_empty())
    }
}

/// What somebody is known by, of what the viewer sees.
fn known(row: &Kept) -> Around {
    let phones = PHONES.map(|(key, _)| row.text(key));
    Around::new(row.text("name"), phones, row.text("details.born"))
}

/// The page on which somebody is found in other records.
///
/// # Errors
/// `NotFound` for whoever is not around the child; `NotAllowed` for whoever may not say who is.
pub async fn same(
    app: &App,
    actor: &Actor,
    child: &str,
    person: &str,
    sought: &SoughtPerson,
) -> Result<SamePersonPage> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    asks_to_change(actor, &own.permit)?;
    let row = last(&own.kept, person).ok_or(Refused::NotFound)?;
    let lens = lens(app, actor);
    let by = if sought.is_empty() {
        known(row)
    } else {
        Around::new(&sought.name, [sought.phone.as_str()], &sought.born).typed()
    };
    let keys: Vec<(String, String)> =
        keys_around(&by).into_iter().map(|key| (key.kind.to_string(), key.value)).collect();
    let children = app.store.children_marked(&scope(app, actor), &keys, LOOKED_INTO).await?;
    let already = across(app, actor, &own, person).await?;
    let mut records: BTreeMap<String, Tied> = BTreeMap::new();
    let mut found = Vec::new();
    for id in children.into_iter().filter(|id| *id != own.record.id) {
        let Some(other) = peek_tied(app, actor, &id).await? else { continue };
        for theirs in ids(&other.kept).into_iter().filter_map(|id| last(&other.kept, id)) {
            let is_known = already.found.iter().any(|one| one.child == id && one.person == theirs.id);
            if let Some((score, reasons)) = compare_around(&by, &known(theirs)).filter(|_| !is_known) {
                found.push((score, id.clone(), theirs.id.clone(), reasons));
            }
        }
        records.insert(id, other);
    }
    found.sort_by(|one, other| (other.0, &one.1, &one.2).cmp(&(one.0, &other.1, &other.2)));
    found.truncate(SHOWN);
    note_list(app, actor, &own.permit, "people", found.iter().map(|one| one.1.as_str())).await?;
    let mut offers = Vec::new();
    for (_, id, theirs, reasons) in &found {
        let Some(other) = records.get(id) else { continue };
        offers.push(PersonOffer {
            child: head(&lens, &other.record),
            one: told(app, &lens, other, theirs).await?,
            reasons: reasons.iter().map(|reason| reason.words().to_string()).collect(),
        });
    }
    Ok(SamePersonPage {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &own.record),
        one: told(app, &lens, &own, person).await?,
        offers,
        sought: !sought.is_empty(),
    })
}
