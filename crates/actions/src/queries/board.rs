//! Who is missing now.

use super::lens::lists;
use super::{Lens, head::age_and_birthday};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit, note_list};
use crate::refused::Result;
use crate::views::{Board, BoardLine, ChildHead, Urgency};
use crate::words::{Clockface, initials, risk, status};
use store::BoardRow;

/// The open episodes of the children this person sees.
pub async fn board(app: &App, actor: &Actor) -> Result<Board> {
    let lens = Lens::new(app, actor);
    let permit = lists(&lens).await?;
    let lines = lines(&lens, &permit).await?;
    note_list(app, &permit, "board", lines.iter().map(|l| l.child.id.as_str())).await?;
    let stamp =
        lines.iter().flat_map(|l| [l.episode.as_str(), &l.next_limit.left, &l.last_entry_words]).collect::<String>();
    Ok(Board {
        viewer: lens.viewer().await?,
        summary: summary(&lines),
        stamp: format!("{:x}", engine::words::sym(&stamp).0),
        lines,
    })
}

/// The lines, most pressing first.
pub(super) async fn lines(lens: &Lens<'_>, permit: &Permit) -> Result<Vec<BoardLine>> {
    let rows = lens.app.store.board(&permit.scope).await?;
    let mut lines: Vec<BoardLine> = rows.iter().map(|row| line(lens, row)).collect();
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
pub(super) fn line(lens: &Lens<'_>, row: &BoardRow) -> BoardLine {
    let episode = &row.episode;
    let since = moment(episode.started_us);
    let (age, born) = row.date_of_birth.as_deref().map_or_else(Default::default, |d| age_and_birthday(lens, d));
    let limit = lens.face.limit(episode.next_limit_us.map(moment));
    BoardLine {
        child: ChildHead {
            id: row.child_id.clone(),
            name: row.child_name.clone(),
            initials: initials(&row.child_name),
            photograph: row.photograph.clone().unwrap_or_default(),
            age,
            born,
            placement: String::new(),
        },
        episode: episode.id.clone(),
        status: status(episode.status.as_deref()),
        since: lens.face.when(since),
        gone_for: Clockface::between(since, lens.now),
        risk: risk(episode.risk.as_deref()),
        risk_since: episode.risk_since_us.map(|at| lens.face.when(moment(at))),
        reported: episode.reported,
        next_limit: limit,
        next_label: episode.next_limit.clone().unwrap_or_default(),
        last_entry: episode.last_entry_us.map(|at| lens.face.when(moment(at))),
        last_entry_words: episode.last_entry.clone().unwrap_or_default(),
    }
}

fn summary(lines: &[BoardLine]) -> String {
    let count = |word: &str| lines.iter().filter(|l| l.status.word == word).count();
    let (missing, absent, away) = (count("missing"), count("absent"), count("away"));
    let mut parts = Vec::new();
    match missing {
        0 => parts.push("No child is missing".to_string()),
        1 => parts.push("1 child is missing".into()),
        n => parts.push(format!("{n} children are missing")),
    }
    for (n, word) in [(absent, "absent"), (away, "away without permission")] {
        match n {
            0 => {}
            1 => parts.push(format!("1 is {word}")),
            n => parts.push(format!("{n} are {word}")),
        }
    }
    format!("{}.", parts.join(", "))
}
