//! `whereabouts explain`: why one duty is due. The rule in words, what it hangs on, what it overrides, how it is read.

use crate::args::{Explain, Format};
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, clock, line, styled};
use crate::session::Session;
use engine::evaluate::{Because, Duty, DutyView};
use engine::time::Moment;
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &Explain, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let session = Session::open(&args.asked, rulebooks)?;
    let evaluator = session.evaluator();
    let options = session.options(session.now);
    let all = session.duties(&evaluator, &options);
    let found: Vec<&(Duty, DutyView)> = all.iter().filter(|(_, v)| means(v, &args.duty)).collect();
    if found.is_empty() {
        return Err(Failure::Usage(nothing(&session, &all, &args.duty)));
    }
    if format == Format::Json {
        let mut map = session.frame(&evaluator);
        map.insert("duties".into(), json!(found.iter().map(|(_, v)| v).collect::<Vec<_>>()));
        print::json(&Value::Object(map));
        return Ok(());
    }
    session.heading(&evaluator);
    for (duty, view) in found {
        line(String::new());
        explain(&session, duty, view);
    }
    Ok(())
}

fn means(view: &DutyView, asked: &str) -> bool {
    view.id == asked || view.rule == asked || view.action == asked || view.provisions.iter().any(|p| p == asked)
}

/// Why there is nothing to explain: no such thing, or nothing asked at this moment.
fn nothing(session: &Session, all: &[(Duty, DutyView)], asked: &str) -> String {
    let books = session.books();
    let rules = || books.iter().flat_map(|b| &b.rules);
    let exists = rules().any(|r| r.id == asked)
        || books.iter().any(|b| b.provision(asked).is_some())
        || session.library.vocabulary.action(asked).is_some();
    if exists {
        return format!(
            "nothing is asked by `{asked}` at this moment; `whereabouts rulebook show` says when it would be"
        );
    }
    let known: Vec<&str> = all.iter().map(|(_, v)| v.id.as_str()).chain(rules().map(|r| r.id.as_str())).collect();
    format!("there is no duty, rule, action or provision `{asked}`; {}", engine::words::did_you_mean(asked, known))
}

/// One duty in full.
pub fn explain(session: &Session, duty: &Duty, view: &DutyView) {
    let calendar = &session.library.vocabulary.calendar;
    let due = duty.due.map_or("no limit".to_string(), |d| calendar.words(d));
    let owner = view.owner_name.as_deref().unwrap_or("owner cannot be told");
    line(styled(BOLD, &format!("{due}  {}  ({owner})", view.label)));
    item("state", &state_words(session, duty, view));
    item("rule", &format!("{} [{}]", view.says, view.rule));
    provisions(session, view);
    if let Some(limit) = &view.limit {
        let local = view
            .local_setting
            .as_ref()
            .map(|s| format!("; {s} is a local setting, not the protocol's"))
            .unwrap_or_default();
        item("limit", &format!("{limit}{local}"));
    }
    item("arose", &clock(calendar, session.now, duty.arises));
    for because in &view.because {
        item("because", &reason(session, because));
    }
    for over in &view.overridden {
        let otherwise = match (&over.otherwise_due_at, &over.otherwise_limit) {
            (Some(at), Some(limit)) => format!("; without it {limit}: {}", words(session, at)),
            (_, Some(limit)) => format!("; without it {limit}"),
            _ => String::new(),
        };
        item(
            "over",
            &format!(
                "the exception `{}` holds, as {}{otherwise} ({})",
                over.exception,
                over.when,
                over.provisions.join(", ")
            ),
        );
    }
    if let Some(at) = &view.tightened_at {
        item(
            "note",
            &format!("the limit was past already when it became tighter at {}: due from then", words(session, at)),
        );
    }
    for missing in &view.missing {
        item("missing", &format!("{}: {}", missing.fact, missing.doc));
    }
    for recipient in &view.recipients {
        let told =
            recipient.told_at.as_ref().map_or("not told yet".into(), |at| format!("told {}", words(session, at)));
        item("tell", &format!("{}: {told} ({})", recipient.name, recipient.provisions.join(", ")));
    }
    for check in &view.checklist {
        let done = check.done_at.as_ref().map(|at| format!(", done {}", words(session, at))).unwrap_or_default();
        let doubt = if check.cannot_tell { ", cannot tell whether it concerns this child" } else { "" };
        item("with it", &format!("{} [{}{done}{doubt}] ({})", check.text, check.modality, check.provisions.join(", ")));
    }
    if let Some(after) = &view.after {
        item("after", &format!("comes after `{after}`; being late with that does not move this limit"));
    }
    if let Some(reading) = &view.reading {
        item("reading", reading);
    }
    if view.contradictory {
        item("fault", "two exceptions of the rulebook hold at once; tell the owner of the rulebook");
    }
}

fn state_words(session: &Session, duty: &Duty, view: &DutyView) -> String {
    let calendar = &session.library.vocabulary.calendar;
    let at = |m: Option<Moment>| m.map_or(String::new(), |m| format!(" {}", clock(calendar, session.now, m)));
    let by = view.done_by.as_ref().map(|e| format!(", by entry {e}")).unwrap_or_default();
    let late = if duty.breached { ", past its limit" } else { "" };
    let left = match (duty.state.is_open(), duty.due) {
        (true, Some(due)) => format!(", {}", print::left(session.now, due)),
        _ => String::new(),
    };
    let moment = at(duty.done.map(|(at, _)| at).or(duty.lapsed));
    format!("{}{moment}{by}{left}{late}; {}", view.state, view.modality)
}

fn provisions(session: &Session, view: &DutyView) {
    let books = session.books();
    let book = books.iter().find(|b| b.id == view.rulebook && b.edition == view.edition);
    // Those of the checklist and of the people to be told stand with their own lines.
    let elsewhere = |id: &String| {
        view.checklist.iter().any(|c| c.provisions.contains(id))
            || view.recipients.iter().any(|r| r.provisions.contains(id))
    };
    for id in view.provisions.iter().filter(|id| !elsewhere(id)) {
        let action = book.and_then(|b| b.provision(id)).map_or("", |p| p.action.as_str());
        item("asks", &format!("{id}: {action}"));
    }
}

fn reason(session: &Session, because: &Because) -> String {
    match because {
        Because::Event { event, name, entry, occurred_at, recorded_at } => {
            let late = if recorded_at == occurred_at {
                String::new()
            } else {
                format!(", recorded {}", words(session, recorded_at))
            };
            format!("{name} {} ({event}, entry {entry}{late})", words(session, occurred_at))
        }
        Because::Count { within, counted, fell_out, .. } => {
            let one = |c: &engine::evaluate::Counted| {
                let at = words(session, &c.occurred_at);
                c.entry.as_ref().map_or_else(|| at.clone(), |entry| format!("{at} (entry {entry})"))
            };
            let all: Vec<String> = counted.iter().map(one).collect();
            let out = fell_out.as_ref().map(|c| format!("; {} fell out of the window", one(c))).unwrap_or_default();
            format!("{} in {within}: {}{out}", counted.len(), all.join(", "))
        }
        Because::Fact { fact, value, since, entry, rule } => {
            let since = since.as_ref().map(|s| format!(" since {}", words(session, s))).unwrap_or_default();
            let entry = entry.as_ref().map(|e| format!(" (entry {e})")).unwrap_or_default();
            let rule = rule.as_ref().map(|r| format!(" (by the rule {r})")).unwrap_or_default();
            format!("{fact} = {value}{since}{entry}{rule}")
        }
    }
}

fn words(session: &Session, stamp: &str) -> String {
    Moment::parse(stamp)
        .map_or_else(|_| stamp.to_string(), |m| clock(&session.library.vocabulary.calendar, session.now, m))
}

fn item(name: &str, text: &str) {
    let lines = print::wrap(text, print::width() - 14);
    for (index, part) in lines.iter().enumerate() {
        let name = if index == 0 { name } else { "" };
        line(format!("  {}  {part}", styled(DIM, &print::pad(name, 8))));
    }
}
