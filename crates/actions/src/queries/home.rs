//! The home page: what must I do now? And the lists of what is to do, on pages of their own.

use super::{lists, tell_apart};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit};
use crate::lens::{framed, lens};
use crate::looks::{note_list, note_lists};
use crate::refused::Result;
use std::collections::HashSet;
use store::DutyRow;
use views::making::{self, DutyOfList, PAGE, duty_lines, ordered, part_of, pressing, summary_of_todo};
use views::seen_to::apart;
use views::words::{Names, modality, state_of};
use views::{BoardLine, DutyLine, Home, HomeNotice, Lens, Quiet, State, TodoPage, TodoPart, Whose};

/// So many duties are read at once; the rest is read from there on, by a link. Of each owner as many are looked up, which is what costs.
const READ: i64 = 200;
/// Nobody has as much to do.
const FURTHEST: i64 = 100_000;
/// So many of the children who are gone stand beside what is to do.
const BESIDE: usize = 5;
/// So many of them are said to be silent, where nothing is due.
const SILENT: usize = 3;

/// What this person must do now, the most pressing first; who is missing; reports begun.
pub async fn home(app: &App, actor: &Actor) -> Result<Home> {
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let notices = app.store.notices_of(&actor.person).await?;
    let notices = notices.into_iter().map(|one| HomeNotice { id: one.id, says: one.says, link: one.link }).collect();
    if !actor.sees_children {
        let summary = format!("As {} you do not see children or their records.", actor.role_name);
        let unheld = crate::post::said_at_home(app, actor).await?;
        return Ok(Home { greeting: greeting(&lens), viewer, summary, notices, unheld, ..Home::default() });
    }
    let permit = lists(app, actor).await?;
    let todo = todo_lines(app, actor, &lens, &permit, 0).await?;
    let next = making::next(&todo.lines).cloned();
    let shown = making::lists(without(todo.lines.clone(), next.as_ref()), &todo.own);
    let folded = shown.iter().flat_map(|list| list.bundles.iter().flat_map(|b| &b.lines).chain(&list.folded));
    let children: HashSet<&str> = folded.chain(&next).map(|line| line.child.as_str()).collect();
    let (board, counts) = super::board::first(app, actor, &lens, &permit, BESIDE).await?;
    let beside = board.iter().map(|l| l.child.id.as_str()).collect();
    let looks = [("home", children.into_iter().collect()), ("board", beside)];
    note_lists(app, actor, &permit, &looks).await?;
    let nothing = next.is_none() && shown.iter().all(|list| list.count == 0);
    let quiet = if nothing { quiet(app, &lens, &permit, &board).await? } else { Quiet::default() };
    let reports = crate::report::unfinished(app, actor).await?.into_iter();
    let mut unfinished: Vec<(String, String)> = reports.map(|(id, words)| (format!("/report/{id}"), words)).collect();
    unfinished.extend(crate::form::unfinished(app, actor).await?);
    Ok(Home {
        notices,
        area: for_the_area(app, actor, &lens).await?,
        unheld: crate::post::said_at_home(app, actor).await?,
        cover: crate::cover::said_at_home(app, actor, lens.now).unwrap_or_default(),
        greeting: greeting(&lens),
        summary: summary_of_todo(&todo.lines),
        next,
        lists: shown,
        more: todo.more.then_some(READ),
        quiet,
        silences: crate::silence::of_person(app, actor, &lens).await?,
        missing_count: counts.iter().map(|(_, n)| n).sum(),
        missing_words: super::board::summary(&counts),
        missing_now: board,
        unfinished,
        viewer,
    })
}

/// What is asked that is about no child, and not done.
async fn for_the_area(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Vec<views::AreaLine>> {
    let lines = crate::area::asked(app, actor, lens).await?;
    Ok(lines.into_iter().filter(|line| line.state != views::AreaState::Done).collect())
}

/// A part of the list of what is to do, page by page, from the so-manieth on: so many are worked out at once.
pub async fn todo(
    app: &App,
    actor: &Actor,
    whose: Whose,
    part: TodoPart,
    (after, page): (i64, usize),
) -> Result<TodoPage> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let after = after.clamp(0, FURTHEST) / READ * READ;
    let todo = todo_lines(app, actor, &lens, &permit, after).await?;
    let is_whose = |line: &DutyLine| match whose {
        Whose::All => true,
        Whose::Mine => todo.own.contains(&line.child),
        Whose::Team => !todo.own.contains(&line.child),
    };
    let all: Vec<DutyLine> = todo.lines.into_iter().filter(|line| is_whose(line) && part_of(line) == part).collect();
    let pages = all.len().div_ceil(PAGE).max(1);
    let (count, page) = (all.len(), page.clamp(1, pages));
    let lines: Vec<DutyLine> = all.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    note_list(app, actor, &permit, "home", lines.iter().map(|line| line.child.as_str())).await?;
    Ok(TodoPage {
        viewer: framed(app, actor, &lens).await?,
        whose,
        part,
        title: title(whose, part),
        lines,
        page,
        pages,
        count,
        more: todo.more.then_some(after + READ),
        before: (after > 0).then(|| after - READ),
    })
}

fn title(whose: Whose, part: TodoPart) -> String {
    let part = match part {
        TodoPart::Due => "To do",
        TodoPart::Unknown => "Not yet known whether it is due",
        TodoPart::May => "What you may do",
    };
    match whose {
        Whose::All => part.into(),
        Whose::Mine => format!("Your children: {}", part.to_lowercase()),
        Whose::Team => format!("Your team: {}", part.to_lowercase()),
    }
}

/// What is to do, in order.
struct Todo {
    lines: Vec<DutyLine>,
    /// The children that are the person's own.
    own: Vec<String>,
    /// There is more than was read.
    more: bool,
}

async fn todo_lines(app: &App, actor: &Actor, lens: &Lens<'_>, permit: &Permit, after: i64) -> Result<Todo> {
    let own = crate::allocation::own(app, actor).await?;
    let (scope, roles) = (&permit.scope, &lens.who.own);
    // What is of one's own children is not crowded out by the rest of a large team.
    let until = after + READ;
    let mut rows = app.store.duties_of_roles_and_children(scope, roles, &own, app.now_us(), until).await?;
    let mut others = app.store.duties_of_roles(scope, roles, app.now_us(), until).await?;
    let more = rows.len().max(others.len()) as i64 == until;
    let passed = usize::try_from(after).unwrap_or_default();
    for read in [&mut rows, &mut others] {
        read.drain(..passed.min(read.len()));
    }
    rows.extend(others.into_iter().filter(|row| !own.contains(&row.child_id)));
    // A duty whose owner is not yet known is in everybody's list of the store. What is due while a child is gone stays there: else the call to
    // the police for a child of whom little is recorded would be on nobody's list. The rest is shown with the child.
    rows.retain(|row| row.owner.is_some() || row.episode_id.is_some() && is_due(row, app.now_us()));
    let mut lines = ordered(lines_of(app, lens, rows));
    tell_apart(app, actor, lines.iter_mut().map(|line| (line.child.clone(), &mut line.child_name)).collect()).await?;
    Ok(Todo { lines, own, more })
}

fn is_due(row: &DutyRow, now_us: i64) -> bool {
    matches!(state_of(row.state_at(now_us)), Some(State::Due | State::Overdue))
}

/// The lines but that which stands large on top.
fn without(lines: Vec<DutyLine>, next: Option<&DutyLine>) -> Vec<DutyLine> {
    let is_next = |line: &DutyLine| next.is_some_and(|next| (&next.child, &next.key) == (&line.child, &line.key));
    lines.into_iter().filter(|line| !is_next(line)).collect()
}

/// What will be next, and how long nothing has been recorded of those who are gone.
async fn quiet(app: &App, lens: &Lens<'_>, permit: &Permit, board: &[BoardLine]) -> Result<Quiet> {
    let next = app.store.next_of_roles(&permit.scope, &lens.who.own).await?;
    let next = next.and_then(|row| {
        let (at, name) = (lens.face.when(moment(row.arises_us)), row.child_name.clone());
        let line = lines_of(app, lens, vec![row]).pop()?;
        Some((at, line.label, name))
    });
    let silent = board.iter().filter(|line| !line.silent_for.is_empty());
    let silent = silent.map(|line| {
        let address = format!("/children/{}/episodes/{}", line.child.id, line.episode);
        (line.child.name.clone(), line.silent_for.clone(), address)
    });
    Ok(Quiet { next, silent: silent.take(SILENT).collect() })
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
    let (owner, seen_to_by) = row.owner.as_deref().map(apart).unzip();
    let (owner, seen_to_by) = (owner.map(String::from), seen_to_by.flatten().map(String::from));
    Some(DutyOfList {
        key: row.key.parse().ok()?,
        state: state_of(row.state_at(now_us))?,
        modality: modality(&row.modality)?,
        line: row.line,
        child: row.child_id,
        child_name: row.child_name,
        episode: row.episode_id,
        label: row.label,
        owner,
        seen_to_by,
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
