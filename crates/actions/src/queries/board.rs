//! Who is missing now.

use super::{head_of, lists, namesakes, tell_apart};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit, left_by, may_see};
use crate::case::seen;
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use policy::Class;
use std::collections::HashSet;
use store::{BoardRow, Stretch};
use views::making::{EpisodeSummary, board_line as board_line_of};
use views::words::count;
use views::{Board, BoardLine, Lens};

/// So many children are on a page of the board.
const PAGE: usize = 25;

/// A page of the open episodes of the children this person sees, from 1.
pub async fn board(app: &App, actor: &Actor, page: usize) -> Result<Board> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let counts = counts(app, &permit).await?;
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let pages = all.div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let lines = lines(app, actor, &lens, &permit, ((page - 1) * PAGE, PAGE)).await?;
    note_list(app, actor, &permit, "board", lines.iter().map(|l| l.child.id.as_str())).await?;
    let unsent = crate::report::unfinished(app, actor).await?.into_iter();
    let unsent = unsent.map(|(id, words)| (format!("/report/{id}"), words)).collect();
    Ok(Board { viewer: framed(app, actor, &lens).await?, summary: summary(&counts), unsent, lines, page, pages })
}

/// The line of one child, where it is on this page of the board; for pages that keep themselves fresh.
pub async fn board_line(app: &App, actor: &Actor, child: &str) -> Result<Option<BoardLine>> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let rows = app.store.board_of(&permit.scope, &[child.to_string()]).await?;
    let mut made = made(app, actor, &lens, &permit, &rows).await?.pop();
    // Alone it does not show that another line has the name.
    if let (Some(line), Some(permit)) = (&mut made, may_see(app, actor, child).await?) {
        let record = seen(app, permit).await?.record;
        let mut others = Vec::new();
        for one in namesakes(app, actor, &record).await? {
            let row = app.store.child_row(&one.id).await?;
            others.extend(row.filter(|row| row.open_episode.is_some()).map(|row| (row.id, row.name)));
        }
        let mut names: Vec<_> = others.iter_mut().map(|(id, name)| (id.clone(), name)).collect();
        names.push((line.child.id.clone(), &mut line.child.name));
        tell_apart(app, actor, names).await?;
    }
    note_list(app, actor, &permit, "board", made.iter().map(|l| l.child.id.as_str())).await?;
    Ok(made)
}

/// How many there are by status.
type Counts = Vec<(Option<String>, usize)>;

async fn counts(app: &App, permit: &Permit) -> Result<Counts> {
    let found = app.store.board_counts(&permit.scope).await?;
    Ok(found.into_iter().map(|(status, n)| (status, usize::try_from(n).unwrap_or(0))).collect())
}

/// The first lines, and how many there are.
pub(super) async fn first(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    permit: &Permit,
    limit: usize,
) -> Result<(Vec<BoardLine>, Counts)> {
    Ok((lines(app, actor, lens, permit, (0, limit)).await?, counts(app, permit).await?))
}

/// What is next, and what was last, follows from where the child lives: whoever never sees that sees none of it.
fn full(app: &App, permit: &Permit) -> bool {
    app.policies.ever(&permit.role).see.has(Class::Whereabouts)
}

/// Lines, most pressing first.
async fn lines(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    permit: &Permit,
    (from, limit): (usize, usize),
) -> Result<Vec<BoardLine>> {
    let stretch = Stretch { from: from as i64, limit: limit as i64 };
    let rows = app.store.board_stretch(&permit.scope, full(app, permit), stretch).await?;
    let mut lines = made(app, actor, lens, permit, &rows).await?;
    tell_apart(app, actor, lines.iter_mut().map(|line| (line.child.id.clone(), &mut line.child.name)).collect())
        .await?;
    Ok(lines)
}

async fn made(app: &App, actor: &Actor, lens: &Lens<'_>, permit: &Permit, rows: &[BoardRow]) -> Result<Vec<BoardLine>> {
    let full = full(app, permit);
    let children: Vec<String> = rows.iter().map(|row| row.child_id.clone()).collect();
    // What was last and what is next are of the time since for whoever works with the child no more.
    let left = left_by(app, actor, if full { &children } else { &[] }).await?;
    let left: HashSet<String> = left.into_iter().map(|permit| permit.child).collect();
    let mut lines: Vec<BoardLine> =
        rows.iter().map(|row| line(lens, row, full && !left.contains(&row.child_id))).collect();
    if full {
        crate::silence::mark(app, lens, rows, &mut lines).await?;
    }
    Ok(lines)
}

/// A line of the board, from its row.
fn line(lens: &Lens<'_>, row: &BoardRow, full: bool) -> BoardLine {
    let (born, photograph) = (row.date_of_birth.as_deref(), row.photograph.as_deref());
    board_line_of(lens, head_of(lens, [&row.child_id, &row.child_name], born, photograph), &summarised(row, full))
}

fn summarised(row: &BoardRow, full: bool) -> EpisodeSummary {
    let episode = &row.episode;
    EpisodeSummary {
        id: episode.id.clone(),
        started: moment(episode.started_us),
        ended: episode.ended_us.map(moment),
        status: episode.status.clone(),
        risk: episode.risk.clone(),
        risk_since: episode.risk_since_us.map(moment),
        reported: episode.reported,
        last_entry: episode.last_entry_us.filter(|_| full).map(moment),
        last_entry_words: episode.last_entry.clone().filter(|_| full),
        last_recorded: episode.last_recorded_us.filter(|_| full).map(moment),
        next_limit: episode.next_limit_us.filter(|_| full).map(moment),
        next_label: episode.next_limit.clone().filter(|_| full),
        next_at_once: episode.next_at_once,
        interview: None,
    }
}

/// One number for one question, and what it counts: `10 children are gone: 9 missing, 1 away without permission.`
pub(super) fn summary(counts: &[(Option<String>, usize)]) -> String {
    let all: usize = counts.iter().map(|(_, n)| n).sum();
    let children = count(all, "child is", "children are");
    let mut rest = all;
    let mut parts = Vec::new();
    for (word, says) in [("missing", "missing"), ("absent", "absent"), ("away", "away without permission")] {
        let of_word = counts.iter().filter(|(status, _)| status.as_deref() == Some(word));
        let number: usize = of_word.map(|(_, n)| n).sum();
        rest -= number;
        match number {
            0 => {}
            all_of_them if all_of_them == all => return format!("{children} {says}."),
            some => parts.push(format!("{some} {says}")),
        }
    }
    if rest > 0 {
        parts.push(format!("{rest} with no status recorded"));
    }
    if parts.is_empty() { "No child is missing.".into() } else { format!("{children} gone: {}.", parts.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(counts: &[(&str, usize)]) -> String {
        let status = |word: &str| (!word.is_empty()).then(|| word.to_string());
        summary(&counts.iter().map(|(word, n)| (status(word), *n)).collect::<Vec<_>>())
    }

    #[test]
    fn the_number_says_what_it_counts() {
        assert_eq!(said(&[]), "No child is missing.");
        assert_eq!(said(&[("missing", 1)]), "1 child is missing.");
        assert_eq!(said(&[("away", 2)]), "2 children are away without permission.");
        let mixed = said(&[("missing", 2), ("away", 1), ("absent", 1)]);
        assert_eq!(mixed, "4 children are gone: 2 missing, 1 absent, 1 away without permission.");
        assert_eq!(said(&[("missing", 1), ("", 1)]), "2 children are gone: 1 missing, 1 with no status recorded.");
        assert_eq!(said(&[("", 1)]), "1 child is gone: 1 with no status recorded.");
    }
}
