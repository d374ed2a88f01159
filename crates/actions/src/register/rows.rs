//! The children on a register: those whom its rule names, as far as whoever looks may see what it rests on.

use crate::app::App;
use crate::area::Own;
use crate::authorise::{Actor, scope};
use crate::case::load_listed;
use crate::refused::Result;
use engine::ids::{BookNo, EpisodeNo};
use engine::rulebook::{Among, Register};
use engine::value::Truth;
use views::asked::{Asked, evaluate_for};
use views::{Lens, Record};

/// So many are on a page.
pub(super) const PAGE: i64 = 50;

/// What was drawn.
pub(crate) struct Drawn {
    /// The rows, in their order.
    pub rows: Vec<On>,
    /// There are more behind them.
    pub more: bool,
}

/// A child on a register, in an episode.
pub(crate) struct On {
    /// The record, as it may be seen.
    pub record: Record,
    /// The place of the episode in it.
    pub episode: Option<EpisodeNo>,
    /// It cannot be told whether the rule holds.
    pub unsure: bool,
}

/// The rows from a place on. `what` is the word on the log of looks.
pub(crate) async fn rows(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    own: &Own<'_>,
    register: &Register,
    from: i64,
    what: &str,
) -> Result<Drawn> {
    let scope = scope(app, actor);
    // Child, episode, and the keys of the duties that bring the child on it.
    let mut wanted: Vec<(String, Option<String>, Option<String>)> = match register.among {
        Among::Open => {
            let board = app.store.board(&scope).await?.into_iter();
            board
                .skip(from as usize)
                .take(PAGE as usize + 1)
                .map(|row| (row.child_id, Some(row.episode.id), None))
                .collect()
        }
        Among::Episodes => {
            let rows = app.store.episodes_listed(&scope, from, PAGE + 1).await?.into_iter();
            rows.map(|row| (row.child_id, Some(row.episode.id), None)).collect()
        }
        Among::Duties => {
            let rows = app.store.duties_of_rules(&scope, &own.book.id, &register.duties, from + PAGE + 1).await?;
            let mut found: Vec<(String, Option<String>, Option<String>)> = Vec::new();
            for row in rows {
                if !found.iter().any(|(child, episode, _)| (child, episode) == (&row.child_id, &row.episode_id)) {
                    found.push((row.child_id, row.episode_id, Some(row.key)));
                }
            }
            found.into_iter().skip(from as usize).collect()
        }
        Among::Record | Among::Lines => Vec::new(),
    };
    let more = wanted.len() > PAGE as usize;
    wanted.truncate(PAGE as usize);
    let children: Vec<&str> = wanted.iter().map(|(child, ..)| child.as_str()).collect();
    let records = load_listed(app, actor, &children, what).await?;
    let book = app.rules.evaluator.rulebooks().position(|book| std::ptr::eq(book, own.book)).unwrap_or_default();
    let book = BookNo::at(book);
    let mut rows = Vec::new();
    for (child, episode, key) in wanted {
        let Some(record) = records.iter().find(|record| record.id == child) else { continue };
        let place = episode.as_ref().and_then(|id| record.case.episodes.iter().position(|one| one.id == *id));
        if episode.is_some() && place.is_none() {
            // The episode hangs on what the viewer does not see.
            continue;
        }
        let place = place.map(EpisodeNo::at);
        if let Some(key) = key {
            let asked = evaluate_for(&app.rules, record, &lens.who.own, (app.now(), app.now()), Asked::Current);
            if !asked.duties.iter().any(|one| one.key.to_string() == key) {
                continue;
            }
        }
        match app.rules.evaluator.holds(book, &register.when, &record.case, place, app.now()) {
            Truth::False => {}
            truth => rows.push(On { record: record.clone(), episode: place, unsure: truth == Truth::Unknown }),
        }
    }
    Ok(Drawn { rows, more })
}
