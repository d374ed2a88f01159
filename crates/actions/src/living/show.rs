//! The page of where a child lives: what holds now, what is planned, what was, each with its history.

use super::answer::SOURCES;
use super::directory::{self, Home, rings};
use super::{before, holds, is_respite, name};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_kept};
use crate::child::as_field;
use crate::lens::{framed, lens};
use crate::refused::Result;
use crate::relation::withheld_from;
use casebook::command::labels;
use casebook::placement_codes;
use policy::{Act, Class};
use serde_json::Value;
use std::collections::HashMap;
use store::RowKind;
use views::making::head;
use views::words::Names;
use views::{Lens, Living, Said, Stay};

/// What is done, in words, by the word of the row.
const ACTS: [(&str, &str); 8] = [
    ("planned", "It was planned"),
    ("began", "It began"),
    ("moved", "The child moved here"),
    ("left", "The child moved on"),
    ("ended", "It ended"),
    ("corrected", "It was put right"),
    (before::WENT_ON, "It goes on: the move was a mistake"),
    ("mistaken", "It was entered by mistake"),
];

/// Where the child lives, as this person may see it.
pub async fn show(app: &App, actor: &Actor, child: &str) -> Result<Living> {
    let (record, kept, permit) = load_kept(app, actor, child, Purpose { verb: Verb::See, look: "placements" }).await?;
    let lens = lens(app, actor);
    let mut names: HashMap<String, String> = HashMap::new();
    for row in &kept {
        if !names.contains_key(&row.actor) {
            let person = app.store.person(&row.actor).await?.map(|p| p.name).unwrap_or_default();
            names.insert(row.actor.clone(), person);
        }
    }
    let telling =
        Telling { app, lens: &lens, shared: Names::shared(&app.rules), homes: directory::homes(app).await?, names };
    let mut page = Living {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        may_see: permit.may.see.has(Class::Whereabouts),
        may_place: permit.may.acts.has(Act::Place) && permit.may.see.has(Class::Whereabouts),
        withheld: permit.may.see.has(Class::Whereabouts) && !withheld_from(app, &permit).await?.is_empty(),
        ..Living::default()
    };
    let mut ids: Vec<&str> = Vec::new();
    for row in kept.iter().filter(|row| row.kind == RowKind::Placement) {
        ids.retain(|id| *id != row.id);
        ids.push(&row.id);
    }
    for id in ids {
        let rows: Vec<&Kept> = kept.iter().filter(|row| row.kind == RowKind::Placement && row.id == id).collect();
        let Some(last) = rows.last().copied() else { continue };
        let stay = telling.stay(&rows);
        let to_come = last.at("from").is_some_and(|from| from > lens.now) || last.text("details.act") == "planned";
        match () {
            () if last.is_void() => page.mistaken.push(stay),
            () if to_come && last.at("until").is_none_or(|until| until > lens.now) => page.planned.push(stay),
            () if holds(last, lens.now) => page.now.push(stay),
            () => page.past.push(stay),
        }
    }
    page.now.sort_by_key(|stay| std::cmp::Reverse(stay.from.minutes));
    page.planned.sort_by_key(|stay| stay.from.minutes);
    page.past.sort_by_key(|stay| std::cmp::Reverse(stay.from.minutes));
    Ok(page)
}

struct Telling<'a> {
    app: &'a App,
    lens: &'a Lens<'a>,
    shared: Names<'a>,
    homes: Vec<Home>,
    names: HashMap<String, String>,
}

impl Telling<'_> {
    fn stay(&self, rows: &[&Kept]) -> Stay {
        let Some(last) = rows.last().copied() else { return Stay::default() };
        let home = self.homes.iter().find(|home| home.agency.id == last.text("details.home"));
        let kind = last.text("type");
        let history = rows.iter().rev().map(|row| self.said(row)).collect();
        let from = last.at("from").unwrap_or(self.lens.now);
        let (day, night) = match home {
            Some(home) => (home.listed.phone_day.as_str(), home.listed.phone_night.as_str()),
            None => (last.text("details.phone"), last.text("details.phone_night")),
        };
        Stay {
            id: last.id.clone(),
            name: name(last).into(),
            kind: self.fact(last, "type", "placement.type"),
            code: code(last, kind),
            respite: is_respite(last),
            from: self.lens.face.when(from),
            until: last.at("until").map(|until| self.lens.face.when(until)),
            rings: rings(day, night),
            lines: self.lines(last, home),
            history,
        }
    }

    fn lines(&self, row: &Kept, home: Option<&Home>) -> Vec<(String, String)> {
        let listed = |of: fn(&Home) -> &String| home.map_or("", |home| of(home).as_str()).to_string();
        let own = |key: &str| row.text(&format!("details.{key}")).to_string();
        let or = |one: String, other: String| if one.is_empty() { other } else { one };
        let all = [
            ("Address", or(listed(|h| &h.listed.address), row.text("address").into())),
            ("Authority of the area", self.fact(row, "host_authority", "placement.host_authority")),
            ("Provider", or(listed(|h| &h.listed.provider), own("provider_name"))),
            ("Manager", or(listed(|h| &h.listed.manager), own("manager"))),
            ("Registration number", listed(|h| &h.listed.registration)),
            ("Own procedure", self.fact(row, "provider", "placement.provider")),
            ("Planned", self.fact(row, "planned", "placement.planned")),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(label, value)| (label.into(), value)).collect()
    }

    fn said(&self, row: &Kept) -> Said {
        let word = |all: &[(&str, &str)], word: &str| {
            all.iter().find(|(known, _)| *known == word).map_or(String::new(), |(_, words)| (*words).into())
        };
        let mut lines: Vec<(String, String)> = vec![("Place".into(), name(row).into())];
        let kind = self.fact(row, "type", "placement.type");
        lines.extend((!kind.is_empty()).then(|| ("Type".into(), kind)));
        for (label, key) in [("From", "from"), ("Until", "until")] {
            lines.extend(row.at(key).map(|at| (label.into(), self.lens.face.when(at).words)));
        }
        lines.extend(self.lines(row, None));
        let act = word(&ACTS, row.text("details.act"));
        let sources: Vec<(&str, &str)> = SOURCES.iter().map(|(word, words, _)| (*word, *words)).collect();
        Said {
            at: self.lens.face.when(row.recorded),
            by: self.names.get(&row.actor).cloned().unwrap_or_default(),
            act: if act.is_empty() { "Written down".into() } else { act },
            lines,
            source: word(&sources, row.text("details.source")),
            reason: row.text("details.reason").into(),
        }
    }

    /// A fact of the placement in words.
    fn fact(&self, row: &Kept, key: &str, fact: &str) -> String {
        match row.says.get(key) {
            Some(Value::Bool(yes)) => if *yes { "Yes" } else { "No" }.into(),
            Some(Value::String(word)) => match as_field(self.app, fact) {
                Some(field) if !field.answers.is_empty() => labels::answer(&field.answers, word),
                _ => self.shared.area(word),
            },
            _ => String::new(),
        }
    }
}

/// The code of the children looked after return: that of the row, or the one that placements of its kind usually have.
fn code(row: &Kept, kind: &str) -> String {
    let own = placement_codes::code(row.text("details.code"));
    own.or_else(|| placement_codes::usual(kind)).map_or_else(String::new, |code| code.id.clone())
}
