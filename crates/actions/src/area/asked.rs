//! What is asked of an area: its standing duties, worked out by the rulebooks from what its panels and people recorded; and what panels
//! agreed. Each stands with whoever owns it.

use super::{Kind, Own, kept, own};
use crate::app::{App, moment};
use crate::authorise::{Actor, sees};
use crate::lens::lens;
use crate::panel::Agreed;
use crate::refused::{Refused, Result};
use casebook::case_file::{Faults, Rows};
use casebook::command::labels::capital;
use casebook::known::known;
use engine::evaluate::{Duty, Options, State};
use engine::rulebook::Content;
use engine::time::Moment;
use serde_json::{Map, Value, json};
use views::making::protocol::cited_ids;
use views::words::{Names, short_title};
use views::{AreaLine, AreaState, Lens};

/// The word of an address that stands for the duties of an area.
pub(crate) const AREA_DUTY: &str = "duty";
/// What was done so long ago is no news any more.
const NEWS_DAYS: i64 = 31;

/// What is asked of somebody for their area, the most pressing first, and what was done of it of late.
pub(crate) async fn asked(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Vec<AreaLine>> {
    let mut lines = Vec::new();
    for own in own(app, actor) {
        lines.extend(duties(app, lens, &own).await?.into_iter().filter(|(owner, _)| lens.may_see_to(owner.as_deref())));
        for one in theirs(app, actor, lens, &own).await? {
            lines.push((None, agreed_line(app, actor, lens, &own, &one.says, &one.row.subject).await?));
        }
    }
    let mut lines: Vec<AreaLine> = lines.into_iter().map(|(_, line)| line).collect();
    let news = |line: &AreaLine| line.done.as_ref().is_none_or(|at| at.minutes > -NEWS_DAYS * 24 * 60);
    lines.retain(news);
    lines.sort_by_key(|line| (line.state, line.limit.at.as_ref().map_or(i64::MAX, |at| at.minutes)));
    Ok(lines)
}

/// What panels agreed that is this person's: named, or of their post.
async fn theirs(app: &App, actor: &Actor, lens: &Lens<'_>, own: &Own<'_>) -> Result<Vec<super::Kept<Agreed>>> {
    let agreed: Vec<super::Kept<Agreed>> = kept(app, &own.area, Kind::Agreed).await?;
    let mine = |agreed: &Agreed| match &agreed.person {
        Some(person) => *person == actor.person,
        None => lens.may_see_to(Some(&agreed.owner)),
    };
    Ok(agreed.into_iter().filter(|one| one.says.book == own.book.id && mine(&one.says)).collect())
}

fn is_late(app: &App, agreed: &Agreed) -> bool {
    agreed.done_us.is_none() && app.now().minute() > moment(agreed.due_us).minute()
}

/// What panels agreed that is this person's and overdue: their alerts for it, which clear themselves when it is done or given more time.
pub(crate) async fn late(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Vec<AreaLine>> {
    let mut lines = Vec::new();
    for own in own(app, actor) {
        for (one, raised) in raised(app, actor, lens, &own).await? {
            let line = agreed_line(app, actor, lens, &own, &one.says, &one.row.subject).await?;
            let seen = raised.and_then(|raised| raised.seen_us.map(moment).zip(raised.seen_by));
            let seen = seen.map(|(at, by)| format!("{by} at {}", lens.face.when(at).words)).unwrap_or_default();
            lines.push(AreaLine { alert: (own.book.id.clone(), one.row.subject), seen, ..line });
        }
    }
    lines.sort_by_key(|line| (!line.seen.is_empty(), line.limit.at.as_ref().map_or(i64::MAX, |at| at.minutes)));
    Ok(lines)
}

/// What is this person's and overdue, each with what was raised of it; none where the worker has not looked since.
async fn raised(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    own: &Own<'_>,
) -> Result<Vec<(super::Kept<Agreed>, Option<store::Late>)>> {
    let mut overdue = theirs(app, actor, lens, own).await?;
    overdue.retain(|one| is_late(app, &one.says));
    if overdue.is_empty() {
        return Ok(Vec::new());
    }
    let raised = app.store.late_of(&own.area).await?;
    let of = |one: &super::Kept<Agreed>| {
        raised.iter().find(|late| late.subject == one.row.subject && late.due_us == one.says.due_us).cloned()
    };
    let with = |one: super::Kept<Agreed>| {
        let late = of(&one);
        (one, late)
    };
    Ok(overdue.into_iter().map(with).collect())
}

/// How many of them nobody has seen.
pub(crate) async fn count_late(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<usize> {
    let mut count = 0;
    for own in own(app, actor) {
        let unseen = |(_, late): &&(_, Option<store::Late>)| late.as_ref().is_none_or(|late| late.seen_us.is_none());
        count += raised(app, actor, lens, &own).await?.iter().filter(unseen).count();
    }
    Ok(count)
}

/// Was something of theirs raised just now? An open page then draws itself anew.
pub(crate) async fn is_news(app: &App, actor: &Actor, lens: &Lens<'_>, since_us: i64) -> Result<bool> {
    for own in own(app, actor) {
        let news = |(_, late): &(_, Option<store::Late>)| late.as_ref().is_some_and(|late| late.raised_us >= since_us);
        if raised(app, actor, lens, &own).await?.iter().any(news) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Notes that this person has seen that something of theirs is overdue; it stays to be done.
pub async fn seen(app: &App, actor: &Actor, book: &str, id: &str) -> Result<()> {
    let lens = lens(app, actor);
    let own = own(app, actor).into_iter().find(|own| own.book.id == book).ok_or(Refused::NotFound)?;
    let overdue = raised(app, actor, &lens, &own).await?;
    let (one, _) = overdue.into_iter().find(|(one, _)| one.row.subject == id).ok_or(Refused::NotFound)?;
    let (due, now) = (one.says.due_us, app.now_us());
    app.store.late_raise(&[(own.area.clone(), id.into(), due)], now).await?;
    Ok(app.store.late_seen((&own.area, id, due), &actor.person, now).await?)
}

/// Raises every action of a panel whose limit has passed, once for each limit. Gives how many this worker raised.
pub(crate) async fn watch(app: &App) -> Result<usize> {
    let rows = app.store.area_everywhere(Kind::Agreed.word()).await?;
    let late = |row: &store::AreaRow| {
        let agreed: Agreed = serde_json::from_str(&row.payload).ok()?;
        is_late(app, &agreed).then(|| (row.area.clone(), row.subject.clone(), agreed.due_us))
    };
    let overdue: Vec<_> = rows.iter().filter_map(late).collect();
    if overdue.is_empty() {
        return Ok(0);
    }
    Ok(app.store.late_raise(&overdue, app.now_us()).await? as usize)
}

/// The duties of an area by one rulebook, each with its owner.
pub(crate) async fn duties(app: &App, lens: &Lens<'_>, own: &Own<'_>) -> Result<Vec<(Option<String>, AreaLine)>> {
    let any = own.book.rules.iter().any(|rule| rule.scope == engine::rulebook::RuleScope::Area);
    if !any {
        return Ok(Vec::new());
    }
    let rules = &app.rules;
    let file = file(app, &own.area).await?.map_err(|why| {
        tracing::error!(area = %own.area, %why, "what an area keeps cannot be read");
        Refused::Unavailable(
            "What this area keeps cannot be read. Tell whoever runs Whereabouts; nothing is lost.".into(),
        )
    })?;
    let (case, _) = known(&file, &rules.evaluator, None);
    let options = Options::of_area(app.now());
    let duties = rules.evaluator.evaluate(&case, &options).into_iter();
    let of_book = |duty: &Duty| {
        let book = rules.evaluator.book(duty.book);
        book.id == own.book.id && book.edition == own.book.edition
    };
    let duties: Vec<Duty> = duties.filter(of_book).filter(|duty| duty.state != State::Upcoming).collect();
    let mut lines = Vec::new();
    for duty in &duties {
        let view = rules.evaluator.view(&case, &options, duty);
        let state = match duty.state {
            State::Overdue => AreaState::Overdue,
            state if state.is_open() => AreaState::Due,
            _ => AreaState::Done,
        };
        let address = format!("/area/{}/{AREA_DUTY}/{}", own.book.id, view.rule);
        let panel = own.book.blocks.iter().find(|block| match &block.content {
            Content::Panel(panel) => panel.meets.as_deref() == Some(view.rule.as_str()),
            _ => false,
        });
        let href = match panel {
            Some(panel) => format!("/panels/{}/{}", own.book.id, panel.id),
            None => format!("/protocol/{}/panels", own.book.id),
        };
        let ids: Vec<&str> = view.provisions.iter().map(String::as_str).collect();
        lines.push((
            view.owner.clone(),
            AreaLine {
                id: format!("{}-{}-{}", own.book.id, view.rule.replace('.', "-"), duty.n),
                title: view.label.clone(),
                owner: capital(view.owner_name.as_deref().unwrap_or_default()),
                of: short_title(own.book),
                href,
                doing: if state == AreaState::Done { String::new() } else { address },
                state,
                limit: lens.face.limit(duty.due),
                done: duty.done.map(|(at, _)| lens.face.when(at)),
                note: view.says.clone(),
                cited: cited_ids(own.book, &ids),
                ..AreaLine::default()
            },
        ));
    }
    Ok(lines)
}

/// The record of an area as a case file: what its people did, and from when anything was kept of it. It is about no child.
async fn file(app: &App, area: &str) -> Result<std::result::Result<casebook::case_file::CaseFile, String>> {
    let vocabulary = app.rules.vocabulary();
    let acts: Vec<super::Kept<Map<String, Value>>> = kept(app, area, Kind::Act).await?;
    let begun = app.store.area_begun(area).await?.map_or(app.now(), moment);
    let stamp = |at: Moment| vocabulary.calendar.stamp(at);
    let known = json!({
        "case": area,
        "facts": [{ "fact": "child.looked_after", "value": false, "from": stamp(begun) }],
    });
    let says = |faults: Faults| faults.iter().map(|fault| fault.message.clone()).collect::<Vec<_>>().join("; ");
    let read = || -> std::result::Result<_, Faults> {
        let mut rows = Rows::begin(area, &known.to_string(), vocabulary)?;
        let texts: Vec<String> = acts.iter().map(|one| Value::Object(one.says.clone()).to_string()).collect();
        rows.add(vocabulary, texts.iter().map(String::as_str))?;
        Ok(rows.file())
    };
    Ok(read().map_err(says))
}

/// What a panel agreed, as a line.
pub(crate) async fn agreed_line(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    own: &Own<'_>,
    agreed: &Agreed,
    id: &str,
) -> Result<AreaLine> {
    let panel = own
        .book
        .blocks
        .iter()
        .find(|block| block.id == agreed.panel && block.kind() == engine::rulebook::BlockKind::Panel);
    let names = Names::of_book(&app.rules, own.book);
    let mut owner = capital(&names.role(&agreed.owner));
    if let Some(person) = &agreed.person {
        let name = app.store.person(person).await?.map(|one| one.name).unwrap_or_default();
        owner = format!("{name}, {}", names.role(&agreed.owner));
    }
    let mut child = None;
    if let Some(id) = &agreed.child
        && sees(app, actor, id).await?
        && let Some(row) = app.store.child_row(id).await?
    {
        child = Some((row.id, row.name));
    }
    let due = moment(agreed.due_us);
    let done = agreed.done_us.map(moment);
    let state = match done {
        Some(_) => AreaState::Done,
        None if is_late(app, agreed) => AreaState::Overdue,
        None => AreaState::Due,
    };
    let mine = agreed.person.as_ref().map_or_else(|| lens.may_see_to(Some(&agreed.owner)), |one| *one == actor.person);
    let base = format!("/panels/{}/{}", own.book.id, agreed.panel);
    Ok(AreaLine {
        id: format!("agreed-{id}"),
        title: agreed.says.clone(),
        owner,
        of: panel.map(|panel| panel.title.clone()).unwrap_or_default(),
        href: format!("{base}/meetings/{}", agreed.meeting),
        doing: if mine && done.is_none() { format!("{base}/finish/{id}") } else { String::new() },
        state,
        limit: lens.face.limit(Some(due)),
        done: done.map(|at| lens.face.when(at)),
        note: agreed.outcome.clone(),
        hidden_child: agreed.child.is_some() && child.is_none(),
        child,
        ..AreaLine::default()
    })
}
