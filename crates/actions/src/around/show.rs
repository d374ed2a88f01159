//! The page of the people around a child: who they are now, and who was, each with the history.

use super::across::{across, risks};
use super::save::{may_change, may_correct};
use super::{ADDRESSES, BORN, ids, is_around};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_tied};
use crate::kept::{in_words, is_over, said, writers};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use casebook::command::labels;
use std::collections::HashMap;
use views::making::{AROUND, head};
use views::words::Names;
use views::{Around, Lens, Ring, Said, Someone};

/// In the words of the history: that it is over, and that whoever wrote it knew it themselves.
const WORDS: (&str, &str) = ("Not around the child any more", "met them, or spoke to them");

/// The heading of those of whom it is not said what they are to the child.
const OTHERS: &str = "Others";

/// Everybody around the child, as this person may see them.
pub async fn show(app: &App, actor: &Actor, child: &str) -> Result<Around> {
    let own = load_tied(app, actor, child, Purpose { verb: Verb::See, look: "people" }).await?;
    let (record, kept, permit) = (&own.record, &own.kept, &own.permit);
    let lens = lens(app, actor);
    let names = Names::of(&app.rules, &record.case, lens.now);
    let writers = writers(app, kept).await?;
    let telling = Telling { lens: &lens, names: &names, writers: &writers };
    let mut page = Around {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, record),
        may_change: may_change(permit),
        groups: AROUND.iter().map(|(_, _, several)| ((*several).to_string(), Vec::new())).collect(),
        ..Around::default()
    };
    page.groups.push((OTHERS.into(), Vec::new()));
    let today = lens.face.calendar.date(lens.now).to_string();
    let mut looked: Vec<String> = Vec::new();
    for id in ids(kept) {
        let rows: Vec<&Kept> = kept.iter().filter(|row| is_around(row) && row.id == id).collect();
        let Some(last) = rows.last().copied() else { continue };
        let mut someone = telling.someone(&rows);
        someone.may_correct = !last.is_void() && may_correct(app, actor, permit, kept, id).await?;
        if !last.is_void() && own.ties.iter().any(|tie| tie.person == id) {
            let found = across(app, actor, &own, id).await?;
            someone.also = found.children(&own);
            someone.risk_to = risks(&found, &own, &today);
            looked.extend(someone.also.iter().map(|(child, _)| child.clone()));
        }
        let place = AROUND.iter().position(|(word, ..)| *word == last.text("details.kind")).unwrap_or(AROUND.len());
        match () {
            () if last.is_void() => page.mistaken.push(someone),
            () if is_over(last, &today) => page.past.push(someone),
            () => page.groups[place].1.push(someone),
        }
    }
    page.groups.retain(|(_, people)| !people.is_empty());
    if let [(only, _)] = &mut page.groups[..]
        && only == OTHERS
    {
        *only = "People".into();
    }
    note_list(app, actor, permit, "people", looked.iter().map(String::as_str)).await?;
    Ok(page)
}

/// Who tells of somebody, in whose words.
pub(super) struct Telling<'a> {
    pub lens: &'a Lens<'a>,
    pub names: &'a Names<'a>,
    pub writers: &'a HashMap<&'a str, String>,
}

impl Telling<'_> {
    pub(super) fn someone(&self, rows: &[&Kept]) -> Someone {
        let Some(last) = rows.last().copied() else { return Someone::default() };
        let name = last.text("name");
        Someone {
            id: last.id.clone(),
            name: if name.is_empty() { "Name not recorded".into() } else { name.into() },
            what: self.what(last),
            rings: rings(last),
            email: last.text("email").into(),
            lines: lines(last),
            may_correct: false,
            also: Vec::new(),
            risk_to: Vec::new(),
            history: rows.iter().rev().map(|row| self.said(row)).collect(),
        }
    }

    fn what(&self, row: &Kept) -> String {
        let role = row.text("role");
        let role = if role.is_empty() { String::new() } else { labels::capital(&self.names.role(role)) };
        let relation = labels::capital(row.text("details.relation"));
        let said = [role, relation].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        said.join(", ")
    }

    fn said(&self, row: &Kept) -> Said {
        let mut all = vec![("Name".to_string(), row.text("name").to_string())];
        let what = self.what(row);
        all.extend((!what.is_empty()).then(|| ("To the child".to_string(), what)));
        for ring in rings(row) {
            let what = if ring.what.is_empty() { String::new() } else { format!(", {}", ring.what) };
            all.push(("Telephone".into(), format!("{}{what}", ring.number)));
        }
        all.extend((!row.text("email").is_empty()).then(|| ("E-mail".to_string(), row.text("email").to_string())));
        all.extend(lines(row));
        said(self.lens, self.writers, row, WORDS, all)
    }
}

fn rings(row: &Kept) -> Vec<Ring> {
    let keys = [("phone", "phone_what"), ("details.phone2", "phone2_what"), ("details.phone3", "phone3_what")];
    let ring = |(number, what): (&str, &str)| Ring {
        number: row.text(number).into(),
        what: row.text(&format!("details.{what}")).into(),
    };
    keys.into_iter().map(ring).filter(|ring| !ring.number.is_empty()).collect()
}

/// Labels and values of what is neither name nor number.
fn lines(row: &Kept) -> Vec<(String, String)> {
    let addresses = ADDRESSES.iter().map(|(key, _, label)| (*label, row.text(key).to_string()));
    let mut all = vec![
        (BORN.1, in_words(row.text("details.born"))),
        ("Age", row.text("details.age").to_string()),
        ("Accounts on the net", row.text("details.accounts").to_string()),
        ("May be told", row.text("details.told").to_string()),
    ];
    all.extend(addresses);
    all.push(("Since", in_words(row.text("details.since"))));
    all.push(("Until", in_words(row.text("details.until"))));
    all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| (label.into(), value)).collect()
}
