//! `whereabouts duties`: the list. One line an act, the most pressing first, with who and by when.

use crate::args::{Asked, Duties, Format};
use crate::failure::{Failure, Outcome};
use crate::posts::Posts;
use crate::print::{self, BOLD, CYAN, DIM, GREEN, RED, YELLOW, clock, left, line, styled};
use crate::session::Session;
use casebook::command;
use casebook::known;
use engine::evaluate::{Duty, DutyView, Evaluator, State, flags, merge};
use engine::time::Moment;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

pub fn run(args: &Duties, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let session = Session::open(&args.asked, rulebooks)?;
    role_exists(&session, args.role.as_deref())?;
    let evaluator = session.evaluator();
    let options = session.options(session.now);
    let all = session.duties(&evaluator, &options);
    let posts = Posts::read();
    let wanted: Vec<(Duty, DutyView)> = all.into_iter().filter(|(d, v)| is_wanted(args, &posts, d, v)).collect();
    match format {
        Format::Json => print_json(&session, &evaluator, &wanted, &args.asked),
        Format::Text => print_text(&session, &evaluator, &wanted, args),
    }
    Ok(())
}

pub fn role_exists(session: &Session, role: Option<&str>) -> Outcome {
    let Some(role) = role else { return Ok(()) };
    let v = &session.library.vocabulary;
    if v.role(role).is_some() {
        return Ok(());
    }
    let help = engine::words::did_you_mean(role, v.roles.iter().map(|r| r.id.as_str()));
    Err(Failure::Usage(format!("--role: unknown role `{role}`; {help}")))
}

fn is_wanted(args: &Duties, posts: &Posts, duty: &Duty, view: &DutyView) -> bool {
    let role = args.role.as_ref().is_none_or(|r| posts.is_on_list(r, view));
    let open = duty.state.is_open() || duty.state == State::Upcoming;
    role && (args.all || open && view.scope != "area")
}

fn print_json(session: &Session, evaluator: &Evaluator<'_>, wanted: &[(Duty, DutyView)], asked: &Asked) {
    let duties: Vec<Duty> = wanted.iter().map(|(d, _)| *d).collect();
    let lines: Vec<Value> = merge(evaluator, &duties)
        .iter()
        .map(|l| {
            let ids: Vec<&str> = l.duties.iter().map(|i| wanted[*i].1.id.as_str()).collect();
            let due = l.due.map(|d| session.library.vocabulary.calendar.stamp(d));
            let contradicts: Vec<&str> = l.contradicts.iter().map(|i| wanted[*i].1.id.as_str()).collect();
            json!({
                "action": wanted[l.duties[0]].1.action,
                "due_at": due,
                "state": l.state.word(),
                "modality": l.modality.word(),
                "owners": owners(wanted, l),
                "duties": ids,
                "contradicts": contradicts,
            })
        })
        .collect();
    let mut map = session.frame(evaluator);
    map.insert("duties".into(), json!(wanted.iter().map(|(_, v)| v).collect::<Vec<_>>()));
    map.insert("lines".into(), Value::Array(lines));
    map.insert("flags".into(), Value::Array(flags_json(session, evaluator, asked)));
    print::json(&Value::Object(map));
}

fn flags_json(session: &Session, evaluator: &Evaluator<'_>, asked: &Asked) -> Vec<Value> {
    let objections = flags(evaluator, &session.case, session.now, !asked.rulebook.is_empty());
    let mut found: Vec<Value> = objections.iter().map(|f| json!(f)).collect();
    found.extend(session.flags.iter().map(|f| {
        json!({ "kind": "record", "code": f.says.code, "entry": f.entry, "says": f.says.message, "instead": f.says.help })
    }));
    found
}

fn print_text(session: &Session, evaluator: &Evaluator<'_>, wanted: &[(Duty, DutyView)], args: &Duties) {
    session.heading(evaluator);
    let duties: Vec<Duty> = wanted.iter().map(|(d, _)| *d).collect();
    let lines = merge(evaluator, &duties);
    let now = session.now;
    let soon = now.plus_minutes(7 * 1440);
    let of = |line: &engine::evaluate::Line| &wanted[line.duties[0]];
    // Asked for certain, by a limit that is not known yet: due, by the strictest that could apply.
    let due = |l: &&engine::evaluate::Line| {
        l.due.is_some() && (l.state == State::Due || l.state == State::CannotTell && of(l).0.asked)
    };
    let binds = |v: &DutyView| matches!(v.modality, "must" | "should" | "consider");
    let mut groups: Vec<(&str, anstyle::Style, Vec<&engine::evaluate::Line>)> = vec![
        ("Overdue", RED, lines.iter().filter(|l| l.state == State::Overdue).collect()),
        ("Due", YELLOW, lines.iter().filter(|l| due(l) && binds(&of(l).1)).collect()),
        (
            "Due, with no limit in the protocol",
            CYAN,
            lines.iter().filter(|l| l.state == State::Due && l.due.is_none() && binds(&of(l).1)).collect(),
        ),
        ("May or may not be asked", DIM, lines.iter().filter(|l| l.state == State::Due && !binds(&of(l).1)).collect()),
    ];
    let upcoming = lines.iter().filter(|l| l.state == State::Upcoming && (args.all || of(l).0.arises <= soon));
    groups.push(("Will arise, if nothing changes", DIM, upcoming.collect()));
    let past = [State::Done, State::DoneLate, State::Lapsed, State::Waived];
    groups.push(("Done, lapsed or waived", GREEN, lines.iter().filter(|l| past.contains(&l.state)).collect()));
    let mut printed = 0;
    for (title, style, group) in &groups {
        if !group.is_empty() {
            line(String::new());
            line(styled(*style, title));
            let mut group = group.clone();
            let timed = group.iter().any(|l| l.due.is_some()) || group.iter().any(|l| l.state != State::Due);
            if timed {
                group.sort_by_key(|l| (l.due.unwrap_or(Moment::NEVER), of(l).0.arises));
                group.iter().for_each(|l| print_line(session, wanted, l));
            } else {
                by_owner(session, wanted, &mut group);
            }
            printed += group.len();
        }
    }
    printed += cannot_tell(wanted, &lines);
    if printed == 0 {
        line(String::new());
        line("Nothing is asked of anybody at this moment.");
    }
    flags_text(session, evaluator, &args.asked);
}

fn print_line(session: &Session, wanted: &[(Duty, DutyView)], merged: &engine::evaluate::Line) {
    let (duty, view) = &wanted[merged.duties[0]];
    let calendar = &session.library.vocabulary.calendar;
    let now = session.now;
    let when = match (duty.state, duty.due) {
        (State::Done | State::DoneLate | State::Waived, _) => {
            let at = duty.done.map_or(String::new(), |(at, _)| clock(calendar, now, at));
            format!("{} {at}", duty.state.word())
        }
        (State::Lapsed, _) => format!("lapsed {}", duty.lapsed.map_or(String::new(), |at| clock(calendar, now, at))),
        (State::Upcoming, due) => {
            let due = due.map_or("no limit".into(), |d| format!("due {}", clock(calendar, now, d)));
            format!("{}, {due}", clock(calendar, now, duty.arises))
        }
        (_, Some(due)) => format!("{}, {}", clock(calendar, now, due), left(now, due)),
        (_, None) => format!("since {}", clock(calendar, now, duty.arises)),
    };
    let style = if duty.breached { RED } else { anstyle::Style::new() };
    let books: Vec<&str> = merged.duties.iter().map(|i| wanted[*i].1.rulebook.as_str()).collect();
    let cites: Vec<String> = merged.duties.iter().map(|i| cites(&wanted[*i].1)).collect();
    let label = if books.len() > 1 { format!("{} ({})", view.label, books.join(", ")) } else { view.label.clone() };
    let told = told(view);
    let modality = if view.modality == "must" { String::new() } else { format!(" [{}]", view.modality) };
    let local = view.local_setting.as_ref().map(|s| format!(" (local setting {s})")).unwrap_or_default();
    let width = print::width();
    let text = width.saturating_sub(28 + 20 + 24 + 8).max(24);
    let owner = owners(wanted, merged);
    let notes = notes(session, wanted, merged);
    print::row(&[
        (&when, 28, style),
        (&format!("{label}{told}{modality}{local}{notes}"), text, BOLD),
        (&owner, 20, anstyle::Style::new()),
        (&cites.join("; "), 24, DIM),
    ]);
}

/// Everybody who owns one of the duties on a line.
fn owners(wanted: &[(Duty, DutyView)], merged: &engine::evaluate::Line) -> String {
    let mut names: Vec<&str> = Vec::new();
    for index in &merged.duties {
        let name = wanted[*index].1.owner_name.as_deref().unwrap_or("cannot tell");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// What else has to be said of a line: that nobody could have kept its limit, that somebody else did it, that protocols contradict.
fn notes(session: &Session, wanted: &[(Duty, DutyView)], merged: &engine::evaluate::Line) -> String {
    let (duty, view) = &wanted[merged.duties[0]];
    let calendar = &session.library.vocabulary.calendar;
    let mut text = String::new();
    if let Some(known) = duty.known {
        let _ = write!(text, "; its limit passed before it was known, {}", clock(calendar, session.now, known));
    }
    if let Some(open) = left_open(session, duty) {
        let _ = write!(text, "; {open}");
    }
    if let Some(another) = &view.recorded_by_another {
        let _ = write!(text, "; {another}");
    }
    let done: Vec<&str> = view.parties.iter().filter(|p| p.done_at.is_none()).map(|p| p.name.as_str()).collect();
    if !done.is_empty() {
        let _ = write!(text, "; still to do it: {}", done.join(", "));
    }
    if !merged.contradicts.is_empty() {
        let others: Vec<String> = merged.contradicts.iter().map(|i| contradicting(&wanted[*i].1)).collect();
        let _ = write!(text, "; contradicts {}: say which was followed", others.join(" and "));
    }
    text
}

/// What the entry that did it leaves open.
fn left_open(session: &Session, duty: &Duty) -> Option<String> {
    let (_, entry) = duty.done.filter(|_| matches!(duty.state, State::Done | State::DoneLate))?;
    let line = known::in_force(&session.file, &session.case.entry(entry).id, session.known_at)?;
    Some(command::left_open(&session.library.vocabulary, line)).filter(|open| !open.is_empty())
}

fn contradicting(view: &DutyView) -> String {
    let owner = view.owner_name.as_deref().unwrap_or("an owner who cannot be told");
    format!("{} ({owner}; {})", view.rulebook, cites(view))
}

/// Without limits to sort by, what each person has to do stands together.
fn by_owner(session: &Session, wanted: &[(Duty, DutyView)], group: &mut [&engine::evaluate::Line]) {
    let owner =
        |l: &engine::evaluate::Line| wanted[l.duties[0]].1.owner_name.clone().unwrap_or_else(|| "cannot tell".into());
    group.sort_by_key(|l| (owner(l), wanted[l.duties[0]].0.arises));
    let mut last = String::new();
    for merged in group.iter() {
        let (duty, view) = &wanted[merged.duties[0]];
        let name = owner(merged);
        let shown = if name == last { "" } else { name.as_str() };
        let cites: Vec<String> = merged.duties.iter().map(|i| cites(&wanted[*i].1)).collect();
        let modality = if view.modality == "must" { String::new() } else { format!(" [{}]", view.modality) };
        let since = format!("since {}", clock(&session.library.vocabulary.calendar, session.now, duty.arises));
        print::row(&[
            (shown, 24, BOLD),
            (
                &format!("{}{}{modality}", view.label, told(view)),
                print::width().saturating_sub(24 + 22 + 26 + 8).max(24),
                anstyle::Style::new(),
            ),
            (&since, 22, DIM),
            (&cites.join("; "), 26, DIM),
        ]);
        last = name;
    }
}

/// Who is still to be told.
fn told(view: &DutyView) -> String {
    let left: Vec<&str> = view.recipients.iter().filter(|r| r.told_at.is_none()).map(|r| r.name.as_str()).collect();
    if left.is_empty() { String::new() } else { format!(": {}", left.join(", ")) }
}

/// The first provisions, without the area's prefix, which the heading gives.
fn cites(view: &DutyView) -> String {
    let short = |p: &String| p.split_once('-').map_or(p.clone(), |(_, rest)| rest.to_string());
    let mut text = view.provisions.iter().take(3).map(short).collect::<Vec<_>>().join(", ");
    if view.provisions.len() > 3 {
        let _ = write!(text, " +{}", view.provisions.len() - 3);
    }
    text
}

/// Duties that cannot be told, by the fact that is missing: one question may decide many.
fn cannot_tell(wanted: &[(Duty, DutyView)], lines: &[engine::evaluate::Line]) -> usize {
    let mut by_fact: BTreeMap<String, (String, Vec<&DutyView>)> = BTreeMap::new();
    let unknown = lines.iter().filter(|l| l.state == State::CannotTell).flat_map(|l| &l.duties).map(|i| &wanted[*i]);
    for (_, view) in unknown {
        match view.missing.first() {
            Some(missing) => {
                by_fact.entry(missing.fact.clone()).or_insert_with(|| (missing.doc.clone(), Vec::new())).1.push(view);
            }
            None => by_fact.entry("a moment that its limit counts from".into()).or_default().1.push(view),
        }
    }
    if by_fact.is_empty() {
        return 0;
    }
    line(String::new());
    line(styled(YELLOW, "Cannot tell: record these, and what hangs on them becomes plain"));
    for (fact, (doc, views)) in &by_fact {
        line(format!("  {}: {doc}", styled(BOLD, fact)));
        let labels: Vec<String> = views
            .iter()
            .map(|v| format!("{} ({})", v.label, v.owner_name.as_deref().unwrap_or("owner cannot be told")))
            .collect();
        for part in print::wrap(
            &format!(
                "decides {}: {}",
                if views.len() == 1 { "one duty".to_string() } else { format!("{} duties", views.len()) },
                labels.join("; ")
            ),
            print::width() - 6,
        ) {
            line(styled(DIM, &format!("      {part}")));
        }
    }
    by_fact.len()
}

fn flags_text(session: &Session, evaluator: &Evaluator<'_>, asked: &Asked) {
    let objections = flags(evaluator, &session.case, session.now, !asked.rulebook.is_empty());
    if objections.is_empty() && session.flags.is_empty() {
        return;
    }
    line(String::new());
    line(styled(YELLOW, "The record itself"));
    for flag in &objections {
        line(format!("  {} {}: {} ({})", flag.kind, styled(BOLD, &flag.entry), flag.says, flag.provisions.join(", ")));
        if !flag.instead.is_empty() {
            line(styled(DIM, &format!("      {}", flag.instead)));
        }
    }
    for flag in &session.flags {
        let entry = flag.entry.as_deref().unwrap_or("the record");
        line(format!("  {} {}: {}", flag.says.code, styled(BOLD, entry), flag.says.message));
    }
}
