//! Who is missing now.

use super::namesakes::{apart_from, gone_alike};
use super::{head_of, lists, tell_apart};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit, Regard, left_by, regards};
use crate::lens::{framed, lens};
use crate::live::{OfChild, Window, heard};
use crate::looks::note_list;
use crate::refused::Result;
use crate::silence::{Hush, hush, mark_one};
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

/// The line of one child, where it is on this person's board; for pages that keep themselves fresh.
pub async fn board_line(app: &App, actor: &Actor, child: &str) -> Result<Option<BoardLine>> {
    let permit = lists(app, actor).await?;
    let known = OfChild::own(child);
    let Some(regard) = regards(app, actor, &[child.to_string()]).await?.pop() else { return Ok(None) };
    let line = line_of(app, actor, &lens(app, actor), &regard, &known).await?;
    note_list(app, actor, &permit, "board", line.iter().map(|line| line.child.id.as_str())).await?;
    Ok(line)
}

/// What is told to a board that stands open.
#[derive(Clone, PartialEq, Debug)]
pub enum News {
    /// Nothing that this person sees.
    Nothing,
    /// So much, or nobody can say what: the page asks for itself.
    Anything,
    /// These lines as they are now, and these children, who are on the board no more.
    Lines(Vec<BoardLine>, Vec<String>),
}

/// The children whose lines an open board was told since it was drawn.
#[derive(Debug, Default)]
pub struct Shown(HashSet<String>);

/// What is told to this person's open board of a window. Whom the person sees no more is said to be gone once, if its line was told, and never
/// again that anything is.
pub async fn board_news(app: &App, actor: &Actor, window: Window, shown: &mut Shown) -> News {
    match news(app, actor, window, shown).await {
        Ok(Some((lines, gone))) if lines.is_empty() && gone.is_empty() => News::Nothing,
        Ok(Some((lines, gone))) => News::Lines(lines, gone),
        Ok(None) | Err(_) => News::Anything,
    }
}

async fn news(
    app: &App,
    actor: &Actor,
    window: Window,
    Shown(shown): &mut Shown,
) -> Result<Option<(Vec<BoardLine>, Vec<String>)>> {
    let Some(heard) = heard(app, actor, window, None, true).await? else { return Ok(None) };
    let mut gone: Vec<String> = heard.unseen.into_iter().filter(|child| shown.remove(child)).collect();
    if heard.told.is_empty() {
        return Ok(Some((Vec::new(), gone)));
    }
    let (permit, lens) = (lists(app, actor).await?, lens(app, actor));
    let mut lines = Vec::new();
    for (regard, known) in heard.told {
        match line_of(app, actor, &lens, &regard, &known).await? {
            Some(line) => lines.push(line),
            None => gone.push(regard.permit.child),
        }
    }
    note_list(app, actor, &permit, "board", lines.iter().map(|line| line.child.id.as_str())).await?;
    gone.iter().for_each(|child| _ = shown.remove(child));
    shown.extend(lines.iter().map(|line| line.child.id.clone()));
    Ok(Some((lines, gone)))
}

/// What a line is made of, whoever looks.
pub(crate) struct OnBoard {
    /// The open episodes of the child, each with what is known of the silence in it.
    rows: Vec<(BoardRow, Hush)>,
    /// Others of the same name who are gone as well.
    alike: Vec<String>,
}

impl OnBoard {
    /// Reads it as it stands now.
    pub async fn read(app: &App, child: &str) -> Result<OnBoard> {
        let mut rows = Vec::new();
        for row in app.store.open_of(child).await? {
            let hush = hush(app, &row).await?;
            rows.push((row, hush));
        }
        let alike = match rows.first() {
            Some((row, _)) => gone_alike(app, child, &row.child_name).await?,
            None => Vec::new(),
        };
        Ok(OnBoard { rows, alike })
    }
}

/// The line of a child for somebody who stands to it like this.
async fn line_of(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    regard: &Regard,
    known: &OfChild,
) -> Result<Option<BoardLine>> {
    let Some(episode) = &regard.listed else { return Ok(None) };
    let board = known.board(app).await?;
    // An episode that began only just now comes with the change that tells of it.
    let Some((row, hush)) = board.rows.iter().find(|(row, _)| row.episode.id == *episode) else { return Ok(None) };
    let full = full(app, &regard.permit);
    let mut made = line(lens, row, full && regard.permit.left_us.is_none());
    if full {
        mark_one(lens, row, hush, &mut made);
    }
    // Alone it does not show that another line has the name.
    if let Some(words) = apart_from(app, actor, regard, known, &board.alike).await? {
        made.child.name = format!("{} ({words})", made.child.name);
    }
    Ok(Some(made))
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
