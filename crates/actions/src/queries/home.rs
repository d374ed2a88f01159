//! The home page: what must I do now?

use super::lists;
use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use store::DutyRow;
use views::making::{DutyOfList, duty_lines, pressing};
use views::words::{Names, count, modality, state_of};
use views::{DutyLine, Home, HomeNotice, HomeSection, Lens, Modality, State};

/// So many duties are read, and so many are listed in a section.
const READ: i64 = 500;
const LISTED: usize = 20;

/// What this person must do now, sorted by time left; who is missing; reports begun.
pub async fn home(app: &App, actor: &Actor) -> Result<Home> {
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    if !actor.sees_children {
        let summary = format!("As {} you do not see children or their records.", actor.role_name);
        let notices = app.store.notices_of(&actor.person).await?;
        let notices =
            notices.into_iter().map(|one| HomeNotice { id: one.id, says: one.says, link: one.link }).collect();
        return Ok(Home { greeting: greeting(&lens), viewer, summary, notices, ..Home::default() });
    }
    let permit = lists(app, actor).await?;
    let rows = app.store.duties_of_roles(&permit.scope, &lens.who.own, app.now_us(), READ).await?;
    // A duty whose owner cannot be told is in everybody's list of the store; here it is shown with the child.
    let rows: Vec<_> = rows.into_iter().filter(|r| r.owner.is_some()).collect();
    note_list(app, actor, &permit, "home", rows.iter().map(|r| r.child_id.as_str())).await?;
    let lines = lines_of(app, &lens, rows);
    let board = super::board::lines(app, &lens, &permit).await?;
    note_list(app, actor, &permit, "board", board.iter().take(5).map(|l| l.child.id.as_str())).await?;
    let reports = crate::report::unfinished(app, actor).await?.into_iter();
    let mut unfinished: Vec<(String, String)> = reports.map(|(id, words)| (format!("/report/{id}"), words)).collect();
    unfinished.extend(crate::form::unfinished(app, actor).await?);
    let binding = |l: &&DutyLine| is_binding(l);
    let own = crate::allocation::own(app, actor).await?;
    let notices = app.store.notices_of(&actor.person).await?;
    let notices = notices.into_iter().map(|one| HomeNotice { id: one.id, says: one.says, link: one.link }).collect();
    Ok(Home {
        notices,
        area: for_the_area(app, actor, &lens).await?,
        cover: crate::cover::said_at_home(app, actor, lens.now).unwrap_or_default(),
        greeting: greeting(&lens),
        summary: summary(&lines),
        next: lines.iter().filter(binding).find(|l| is_next(l)).cloned(),
        sections: mine_first(lines, &own),
        missing_count: board.len(),
        missing_words: super::board::summary(&board),
        missing_now: board.into_iter().take(5).collect(),
        unfinished,
        viewer,
    })
}

/// What is asked that is about no child, and not done.
async fn for_the_area(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Vec<views::AreaLine>> {
    let lines = crate::area::asked(app, actor, lens).await?;
    Ok(lines.into_iter().filter(|line| line.state != views::AreaState::Done).collect())
}

/// Lines of duties, the most pressing first.
pub(crate) fn lines_of(app: &App, lens: &Lens<'_>, rows: Vec<DutyRow>) -> Vec<DutyLine> {
    let rows: Vec<DutyOfList> = rows.into_iter().filter_map(|row| of_list(row, app.now_us())).collect();
    let mut lines = duty_lines(lens, &Names::shared(&app.rules), &rows);
    lines.sort_by_key(pressing);
    lines
}

/// A duty as the lists keep it. What is no key or no word any more is of an older program; the worker writes it anew.
fn of_list(row: DutyRow, now_us: i64) -> Option<DutyOfList> {
    Some(DutyOfList {
        key: row.key.parse().ok()?,
        state: state_of(row.state_at(now_us))?,
        modality: modality(&row.modality)?,
        line: row.line,
        child: row.child_id,
        child_name: row.child_name,
        episode: row.episode_id,
        label: row.label,
        owner: row.owner,
        arises: moment(row.arises_us),
        due: row.due_us.map(moment),
        done: row.done_us.map(moment),
        provisions: row.provisions,
        limit_words: row.limit_words,
    })
}

fn greeting(lens: &Lens<'_>) -> String {
    let time = match lens.face.calendar.local(lens.now).hour() {
        5..12 => "Good morning",
        12..18 => "Good afternoon",
        18..24 => "Good evening",
        _ => "Hello",
    };
    let first = lens.who.name.split_whitespace().next().unwrap_or_default();
    format!("{time}, {first}").trim_end_matches(", ").to_string()
}

/// Has it a limit that somebody could still keep, or could have kept?
fn is_next(line: &DutyLine) -> bool {
    line.limit.at.is_some() && line.state != State::CannotTell && line.known_late.is_empty()
}

fn is_binding(line: &DutyLine) -> bool {
    matches!(line.modality, Modality::Must | Modality::Should | Modality::Consider)
}

fn summary(lines: &[DutyLine]) -> String {
    let asked: Vec<&DutyLine> = lines.iter().filter(|l| is_binding(l) && l.state != State::CannotTell).collect();
    // What nobody could have kept, because it became known too late, is counted apart.
    let past = |known_late| {
        asked.iter().filter(|l| l.state == State::Overdue && l.known_late.is_empty() != known_late).count()
    };
    let (overdue, unknown) = (past(false), past(true));
    let next = asked.iter().filter(|l| l.state == State::Due).find_map(|l| l.limit.at.as_ref());
    let late = if overdue == 1 { "1 thing is overdue".to_string() } else { format!("{overdue} things are overdue") };
    let apart = match unknown {
        0 => String::new(),
        n => format!(" {} before it was known.", count(n, "limit had passed", "limits had passed")),
    };
    let said = match (overdue, next) {
        (0, Some(at)) => format!("The next limit is {}, {}.", at_words(&at.words), at.apart),
        (_, Some(at)) => format!("{late}; the next limit is {}.", at_words(&at.words)),
        (1.., None) => format!("{late}."),
        (0, None) if asked.is_empty() => "Nothing is asked of you at this moment.".into(),
        (0, None) if asked.len() == unknown => return apart.trim_start().into(),
        (0, None) => {
            let rest = asked.len() - unknown;
            format!("{} without a limit.", count(rest, "thing is asked of you,", "things are asked of you,"))
        }
    };
    said + &apart
}

fn at_words(words: &str) -> String {
    format!("at {words}")
}

/// What is of the viewer's own children first, then the team's; all together where no child is allocated to the viewer.
fn mine_first(lines: Vec<DutyLine>, own: &[String]) -> Vec<HomeSection> {
    if own.is_empty() {
        return sections(lines);
    }
    let (mine, team): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| own.contains(&line.child));
    let of_team = sections(team).into_iter().map(|section| HomeSection {
        id: format!("team-{}", section.id),
        title: format!("My team: {}", section.title.to_lowercase()),
        ..section
    });
    sections(mine).into_iter().chain(of_team).collect()
}

fn sections(lines: Vec<DutyLine>) -> Vec<HomeSection> {
    let mut found = [
        section("overdue", "Overdue", "Do these first, and record when they were done."),
        section(
            "known-late",
            "Passed before it was known",
            "The time had gone when it was recorded. Do what can still be done, and record it.",
        ),
        section("today", "Due", "With a limit in the next 24 hours."),
        section("later", "Due later", "With a limit further ahead."),
        section("no-limit", "To do, with no limit in the protocol", ""),
        section("standing", "All the time", "For the children you work with, whether or not they are gone."),
        section("optional", "May be asked", "Allowed or perhaps asked; nothing is overdue."),
        section(
            "cannot-tell",
            "Cannot be told yet",
            "Something is not recorded. Record it, and it becomes plain whether these are asked.",
        ),
    ];
    for line in lines {
        let place = match (line.state, line.limit.at.as_ref()) {
            (State::CannotTell, _) => 7,
            _ if !is_binding(&line) => 6,
            (State::Overdue, _) if line.known_late.is_empty() => 0,
            (State::Overdue, _) => 1,
            (_, Some(at)) if at.minutes <= 1440 => 2,
            (_, Some(_)) => 3,
            (_, None) if line.episode.is_none() => 5,
            (_, None) => 4,
        };
        let section = &mut found[place];
        section.count += 1;
        if section.lines.len() < LISTED || place == 0 {
            section.lines.push(line);
        } else {
            section.more += 1;
        }
    }
    found.into_iter().filter(|s| !s.lines.is_empty()).collect()
}

fn section(id: &str, title: &str, hint: &str) -> HomeSection {
    HomeSection { id: id.into(), title: title.into(), hint: hint.into(), ..HomeSection::default() }
}
