//! Who is missing now.

use super::{head_of, lists};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use policy::Class;
use store::BoardRow;
use views::making::{EpisodeSummary, board_line};
use views::words::count;
use views::{Board, BoardLine, Lens, Urgency};

/// The open episodes of the children this person sees.
pub async fn board(app: &App, actor: &Actor) -> Result<Board> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let lines = lines(app, &lens, &permit).await?;
    note_list(app, actor, &permit, "board", lines.iter().map(|l| l.child.id.as_str())).await?;
    let stamp =
        lines.iter().flat_map(|l| [l.episode.as_str(), &l.next_limit.left, &l.last_entry_words]).collect::<String>();
    Ok(Board {
        viewer: framed(app, actor, &lens).await?,
        summary: summary(&lines),
        stamp: format!("{:x}", engine::words::sym(&stamp).0),
        lines,
    })
}

/// The lines, most pressing first.
pub(super) async fn lines(app: &App, lens: &Lens<'_>, permit: &Permit) -> Result<Vec<BoardLine>> {
    let rows = app.store.board(&permit.scope).await?;
    // What is next, and what was last, follows from where the child lives: whoever never sees that sees none of it.
    let full = app.policies.ever(&permit.role).see.has(Class::Whereabouts);
    let mut lines: Vec<BoardLine> = rows.iter().map(|row| line(lens, row, full)).collect();
    let grade = |l: &BoardLine| match l.risk.word.as_str() {
        "high" => 0,
        "medium" => 1,
        "" => 2,
        _ => 3,
    };
    lines.sort_by_key(|l| (l.next_limit.urgency != Urgency::Overdue, grade(l), l.since.minutes));
    Ok(lines)
}

/// A line of the board, from its row.
fn line(lens: &Lens<'_>, row: &BoardRow, full: bool) -> BoardLine {
    let (born, photograph) = (row.date_of_birth.as_deref(), row.photograph.as_deref());
    board_line(lens, head_of(lens, [&row.child_id, &row.child_name], born, photograph), &summarised(row, full))
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
        next_limit: episode.next_limit_us.filter(|_| full).map(moment),
        next_label: episode.next_limit.clone().filter(|_| full),
    }
}

/// One number for one question, and what it counts: `10 children are gone: 9 missing, 1 away without permission.`
pub(super) fn summary(lines: &[BoardLine]) -> String {
    let children = count(lines.len(), "child is", "children are");
    let mut rest = lines.len();
    let mut parts = Vec::new();
    for (word, says) in [("missing", "missing"), ("absent", "absent"), ("away", "away without permission")] {
        let number = lines.iter().filter(|l| l.status.word == word).count();
        rest -= number;
        match number {
            0 => {}
            all if all == lines.len() => return format!("{children} {says}."),
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

    fn said(words: &[&str]) -> String {
        let line = |word: &&str| BoardLine {
            status: views::Tag { word: (*word).to_string(), ..views::Tag::default() },
            ..BoardLine::default()
        };
        summary(&words.iter().map(line).collect::<Vec<_>>())
    }

    #[test]
    fn the_number_says_what_it_counts() {
        assert_eq!(said(&[]), "No child is missing.");
        assert_eq!(said(&["missing"]), "1 child is missing.");
        assert_eq!(said(&["away", "away"]), "2 children are away without permission.");
        let mixed = said(&["missing", "away", "missing", "absent"]);
        assert_eq!(mixed, "4 children are gone: 2 missing, 1 absent, 1 away without permission.");
        assert_eq!(said(&["missing", ""]), "2 children are gone: 1 missing, 1 with no status recorded.");
        assert_eq!(said(&[""]), "1 child is gone: 1 with no status recorded.");
    }
}
