//! From a duty to the entry that somebody makes who does it: the event that carries out the act, with what its form asks for.

use crate::chance::Chance;
use crate::entry::Entry;
use crate::{meetings, words};
use casebook::command::{doing, name};
use engine::condition::{Expr, Subject, Test};
use engine::evaluate::DutyView;
use engine::rulebook::Rule;
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::{EventId, Field, FieldId, Scope, Sets, Vocabulary};
use engine::words::Sym;
use serde_json::{Value, json};

/// What is so at the moment of an entry.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub vocabulary: &'a Vocabulary,
    pub at: Moment,
    /// The risk as it is graded.
    pub risk: &'a str,
    /// Who comes to meetings for those who look after the child.
    pub carer: &'static str,
    /// An episode has begun, now or earlier.
    pub begun: bool,
    /// The child is not back.
    pub open: bool,
    /// The return home interview was declined.
    pub declined: bool,
}

/// What only the telling of an episode decides; nobody does these because a rulebook asks.
const TOLD: [&str; 16] = [
    "absence.noticed",
    "absence.status_changed",
    "police.reported",
    "police.incident_number_given",
    "return.recorded",
    "child.located",
    "disclosure.refused",
    "episode.closed",
    "prevention_interview.held",
    "return_interview.offered",
    "return_interview.accepted",
    "return_interview.declined",
    "return_interview.held",
    "looked_after.ended",
    "placement.started",
    "police_protection.started",
];

/// Is it a record of the whole episode, which nobody can write before the return?
pub(crate) fn is_of_whole_episode(entry: &Entry) -> bool {
    entry.event == "form.completed" && matches!(entry.word("form"), Some("absence_record" | "episode_record"))
}

/// Is a duty done by something that only the telling decides?
pub(crate) fn is_told(event: &str) -> bool {
    TOLD.contains(&event)
}

/// The event that does a duty.
pub(crate) fn event<'v>(vocabulary: &'v Vocabulary, rule: &Rule, view: &DutyView) -> &'v str {
    &vocabulary.event_at(doing(vocabulary, rule, view).event).id
}

/// The entry that does a duty by its own event. `None` where there is nothing to write in a field that must be written, or the event says
/// something of an episode before there is any.
pub(crate) fn done(around: &Around<'_>, rule: &Rule, view: &DutyView, chance: &mut Chance) -> Option<Entry> {
    let doing = doing(around.vocabulary, rule, view);
    let event = around.vocabulary.event_at(doing.event);
    let of_episode = |sets: &Sets| around.vocabulary.fact_at(sets.fact).scope == Scope::Episode;
    if !around.begun && event.sets.iter().any(of_episode) {
        return None;
    }
    let mut entry = Entry::new(&event.id, around.at);
    for field in &event.fields {
        let answers = doing.answers.all(&name(&field.id));
        let value = match (&field.kind, answers.first(), wanted(around.vocabulary, rule, doing.event, field.field)) {
            (Type::Roles, Some(_), _) => Some(json!(answers)),
            (Type::Roles, None, Some(word)) => Some(json!([word])),
            (Type::YesNo, Some(yes), _) => Some(json!(*yes == "yes")),
            (_, _, Some(word)) => Some(json!(word)),
            (_, Some(answer), None) => Some(json!(answer)),
            (_, None, None) => answer(around, &entry, field, view, chance),
        };
        match value {
            Some(value) => entry = entry.with(&field.id, value),
            None if field.required || field.needed => return None,
            None => {}
        }
    }
    Some(entry)
}

/// The first word with which a rule is met, where it asks for one of several in a field.
fn wanted<'v>(vocabulary: &'v Vocabulary, rule: &Rule, event: EventId, field: FieldId) -> Option<&'v str> {
    fn find(expr: &Expr, field: FieldId) -> Option<Sym> {
        match expr {
            Expr::All(parts) => parts.iter().find_map(|part| find(part, field)),
            Expr::Test(Subject::Field(found), Test::OneOf(values)) if *found == field => match values.first() {
                Some(engine::value::Value::Word(word)) => Some(*word),
                _ => None,
            },
            _ => None,
        }
    }
    let met = rule.met_by.iter().flatten().find(|met| met.event == event)?;
    vocabulary.word(find(&met.when.expr, field)?)
}

/// What somebody writes in a field, if anything.
fn answer(around: &Around<'_>, entry: &Entry, field: &Field, view: &DutyView, chance: &mut Chance) -> Option<Value> {
    let calendar = &around.vocabulary.calendar;
    let text = |words: &str| Some(json!(words));
    match (entry.event.as_str(), field.id.as_str()) {
        ("risk.graded" | "risk.assessed", "level") => text(around.risk),
        ("risk.assessed", "significant") => Some(json!(around.risk == "high")),
        ("triage.rated", "rating") | ("notification.received", "triage_rating") => {
            text(if around.risk == "high" { "red" } else { "amber" })
        }
        ("police.classified", "category") => text("missing"),
        ("welfare.confirmed", "well") | ("strategy_meeting.requested", "manager_consulted") => Some(json!(true)),
        (event, field) if event.starts_with("strategy_meeting.") => {
            meetings::answer(around, event, field, view.owner.as_deref())
        }
        // A plan says when it is looked at again.
        ("form.completed" | "form.reviewed", "review_on") => {
            let is_plan = matches!(entry.word("form"), Some("child_in_need_plan" | "joint_action_plan"));
            is_plan.then(|| json!(calendar.stamp(around.at.plus_minutes(28 * 1440))))
        }
        ("meeting.held", "chair") => text(view.owner.as_deref().unwrap_or("missing_coordinator")),
        ("meeting.held", "attended") => {
            Some(json!(["police_missing_unit", "social_worker", "missing_coordinator", around.carer]))
        }
        ("meeting.held", "decisions") => text(meetings::DECIDED),
        // To consider something is to decide, and mostly to leave things as they are.
        ("decision.recorded", "answer") => {
            let no =
                view.action.ends_with(".withhold") || matches!(view.modality, "consider" | "may") && chance.percent(65);
            text(if no { "no" } else { "yes" })
        }
        ("contact.made", "with") => text("police"),
        ("contact.made", "result") => text(chance.pick(&words::CONTACTS)),
        ("enquiry.made", "of") => text("family"),
        ("enquiry.made", "result") => text(chance.pick(&words::ENQUIRIES)),
        ("search.made", "where") => text(&words::searched(false, chance)),
        ("search.made", "result") => text("Not found"),
        ("notification.sent", "about") => text("other"),
        ("notification.sent", "how") => text(chance.pick(&words::BY_TELEPHONE)),
        ("information.shared", "what") => text("records"),
        ("review.held", "review") => text("looked_after"),
        ("action.recorded", "items") => text(chance.pick(&words::DONE)),
        (_, "reason") => text(chance.pick(&words::REASONS)),
        (_, "at_team" | "to") if field.kind == Type::Role => view.owner.as_deref().and_then(text),
        _ => None,
    }
}

/// The entry that says in so many words that the act was done.
pub(crate) fn plainly(around: &Around<'_>, rule: &Rule, chance: &mut Chance) -> Entry {
    let action = &around.vocabulary.action_at(rule.action).id;
    let items = chance.pick(&words::DONE);
    Entry::new("action.recorded", around.at)
        .with("action", action.as_str())
        .with("duty", rule.id.as_str())
        .with("items", items)
}

/// The entry that says that the act will not be done, and why.
pub(crate) fn waived(around: &Around<'_>, rule: &Rule) -> Entry {
    let action = &around.vocabulary.action_at(rule.action).id;
    let reason = if around.declined {
        "The child declined, and declined again. The offer stands, and somebody the child trusts has it."
    } else if around.open {
        "Covered by what was done already; agreed on the phone with those concerned."
    } else {
        "Overtaken by events: the child is back, and what it is for was done another way."
    };
    Entry::new("duty.waived", around.at)
        .with("action", action.as_str())
        .with("duty", rule.id.as_str())
        .with("reason", reason)
}
