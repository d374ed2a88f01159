//! The questions of a report, one a page, filled with what was answered and helped by what is on record.

use super::entries::{BACK, ENQUIRY, GONE, KNOWN_FROM, POLICE, RISK, ROWS};
use super::record::OnRecord;
use casebook::command::OCCURRED;
use engine::vocabulary::{Field, Vocabulary};
use views::making::FieldMaker;
use views::{FieldKind, FormField, ReportStep};

/// The steps, in order: id and short title. `check` is the last.
pub(super) const STEPS: [(&str, &str); 9] = [
    ("status", "What is known"),
    ("noticed", "When"),
    ("last-seen", "Last seen"),
    ("appearance", "Clothes and belongings"),
    ("searches", "Where you looked"),
    ("calls", "Whom you asked"),
    ("risk", "Your view of the risk"),
    ("police", "Police"),
    ("check", "Check your answers"),
];

/// The event and the act that a question is about, for what the protocols say there.
pub(super) fn asks(step: &str) -> Option<(&'static str, &'static str)> {
    Some(match step {
        "status" => (GONE, "absence.classify"),
        "searches" => ("search.made", "child.search"),
        "calls" => (ENQUIRY, "whereabouts.check"),
        "risk" => (RISK, "risk.assess"),
        "police" => (POLICE, "police.report"),
        _ => return None,
    })
}

/// The step after another.
pub(super) fn after(step: &str) -> &'static str {
    let at = STEPS.iter().position(|(id, _)| *id == step).map_or(0, |n| n + 1);
    STEPS[at.min(STEPS.len() - 1)].0
}

/// The step before another; none before the first.
pub(super) fn before(step: &str) -> Option<&'static str> {
    STEPS.iter().position(|(id, _)| *id == step).and_then(|n| n.checked_sub(1)).map(|n| STEPS[n].0)
}

/// A step with its fields.
pub(super) fn step(id: &str, maker: &FieldMaker<'_>, record: &OnRecord) -> Option<ReportStep> {
    let (title, hint, fields, optional) = match id {
        "status" => status(maker, record),
        "noticed" => noticed(maker, record),
        "last-seen" => last_seen(maker, record),
        "appearance" => appearance(maker, record),
        "searches" => searches(maker, record),
        "calls" => calls(maker),
        "risk" => risk(maker, record),
        "police" => police(maker, record),
        "check" => ("Check your answers".into(), String::new(), Vec::new(), false),
        _ => return None,
    };
    let button = if id == "check" { "Record the report" } else { "Save and continue" };
    let people = if id == "calls" { record.people.clone() } else { Vec::new() };
    Some(ReportStep { id: id.into(), title, hint, people, fields, optional, button: button.into() })
}

/// For times that are mostly the present one.
const JUST_NOW: &str = "Leave this empty if it was just now.";

/// Title, hint, fields, and whether it may be left empty.
type Question = (String, String, Vec<FormField>, bool);

fn field<'a>(vocabulary: &'a Vocabulary, event: &str, field: &str) -> Option<&'a Field> {
    vocabulary.event_field(vocabulary.event(event)?, field)
}

/// A field of an event, as a question of its own.
fn ask(maker: &FieldMaker<'_>, event: &str, of: &str, name: &str, label: String, hint: &str) -> Option<FormField> {
    let made = maker.named(name, field(maker.names.vocabulary, event, of)?);
    Some(FormField { label, hint: hint.into(), ..made })
}

fn status(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let first = &record.first;
    let fields = [
        ask(maker, GONE, "status", "f-status", format!("What is known of where {first} is?"), ""),
        ask(
            maker,
            GONE,
            "emergency",
            "f-emergency",
            "Is anybody in immediate danger?".into(),
            "If so, ring 999 now and come back to this page.",
        ),
        ask(maker, GONE, "during_activity", "f-during_activity", "Did it happen on an outing or activity?".into(), ""),
    ];
    (format!("What is known of where {first} is?"), String::new(), fields.into_iter().flatten().collect(), false)
}

fn noticed(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let first = &record.first;
    let noticed =
        maker.plain(OCCURRED, &format!("When did you notice that {first} was not there?"), "", FieldKind::Moment);
    let hint = "Leave this empty if it was not agreed. Clocks start from this time if it is earlier.";
    let due =
        ask(maker, GONE, "expected_at", "f-expected_at", format!("When was {first} due back, or expected?"), hint);
    let mut fields: Vec<FormField> = std::iter::once(FormField { required: true, ..noticed }).chain(due).collect();
    let title = format!("When did you notice that {first} was not there?");
    if !is_back(maker) {
        let hint = format!("If {first} is back already, press “The child is back”: when and how is asked then.");
        return (title, hint, fields, false);
    }
    let hint = "Both are recorded together. Empty this if the child is not back after all.";
    fields.push(maker.plain("returned", &format!("When did {first} come back?"), hint, FieldKind::Moment));
    fields.extend(ask(maker, BACK, "how", "returned-how", format!("How did {first} come back?"), ""));
    (title, String::new(), fields, false)
}

/// What is asked of the return, with the question of when the child was missed: of whoever is not back nobody asks how they came back.
pub(super) const RETURNED: [&str; 2] = ["returned", "returned-how"];

/// Has somebody said that the child is back?
fn is_back(maker: &FieldMaker<'_>) -> bool {
    let of = |name: &str| RETURNED.iter().any(|own| name.starts_with(own));
    maker.answers.pairs().any(|(name, value)| of(name) && !value.trim().is_empty())
        || maker.problems.iter().any(|problem| of(&problem.field))
}

fn last_seen(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let first = &record.first;
    let fields = [
        ask(
            maker,
            GONE,
            "last_seen_at",
            "f-last_seen_at",
            "When?".into(),
            "By a responsible adult. Your best estimate will do.",
        ),
        ask(maker, GONE, "last_seen_where", "f-last_seen_where", "Where?".into(), ""),
        ask(
            maker,
            GONE,
            "circumstances",
            "f-circumstances",
            "What happened?".into(),
            "Mood, arguments, messages, anything unusual.",
        ),
        ask(
            maker,
            GONE,
            "whereabouts",
            "f-whereabouts",
            format!("Where do you think {first} may be?"),
            &listed("Before:", &record.places),
        ),
    ];
    let mut fields: Vec<FormField> = fields.into_iter().flatten().collect();
    if !record.areas.is_empty() {
        let hint = "Only where it is not the area of your own agency: its protocol is followed until more is known.";
        let mut area = maker.plain(KNOWN_FROM, "In which area?", hint, FieldKind::Select);
        area.groups.clone_from(&record.areas);
        for option in area.groups.iter_mut().flat_map(|group| &mut group.options) {
            option.chosen = area.values.contains(&option.value);
        }
        fields.insert(2, area);
    }
    (format!("When was {first} last seen?"), String::new(), fields, true)
}

fn appearance(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let first = &record.first;
    let known: Vec<String> = record.looks.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    let fields = vec![
        maker.plain(
            "appearance",
            &format!("What was {first} wearing?"),
            &listed("On record:", &known),
            FieldKind::LongText,
        ),
        maker.plain("companions", &format!("Who may {first} be with?"), "", FieldKind::LongText),
        maker.plain(
            "belongings",
            "What did they take?",
            "Telephone and its number, money, travel card, medicine.",
            FieldKind::LongText,
        ),
    ];
    (format!("What was {first} wearing and carrying?"), String::new(), fields, true)
}

fn searches(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let mut fields = Vec::new();
    for row in 1..=ROWS {
        fields.push(maker.plain(&format!("search-{row}-where"), &format!("Place {row}"), "", FieldKind::Text));
        fields.push(maker.plain(
            &format!("search-{row}-result"),
            &format!("What came of it, place {row}"),
            "",
            FieldKind::Text,
        ));
    }
    fold(&mut fields, 2, "Another place");
    fields.push(maker.plain("searched", "When did you finish looking?", JUST_NOW, FieldKind::Moment));
    let hint =
        format!("Rooms, garden, places {} likes. {}", record.first, listed("Seen or found before at:", &record.places));
    ("Where have you looked?".into(), hint.trim().into(), fields, true)
}

/// The rows after the first, of so many fields each, are opened one by one.
fn fold(fields: &mut [FormField], width: usize, title: &str) {
    for (place, field) in fields.iter_mut().enumerate().skip(width) {
        field.folded = format!("{title} ({} of {ROWS})", place / width + 1);
    }
}

fn calls(maker: &FieldMaker<'_>) -> Question {
    let mut fields = Vec::new();
    for row in 1..=ROWS {
        fields.extend(ask(maker, ENQUIRY, "of", &format!("call-{row}-of"), format!("Person {row}"), ""));
        fields.push(maker.plain(
            &format!("call-{row}-result"),
            &format!("What they said, person {row}"),
            "",
            FieldKind::Text,
        ));
    }
    fold(&mut fields, 2, "Somebody else");
    fields.push(maker.plain("called", "When did you make the last call?", JUST_NOW, FieldKind::Moment));
    ("Whom have you asked?".into(), String::new(), fields, true)
}

fn risk(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let fields = [
        ask(maker, RISK, "significant", "risk-significant", "Do you think the risk is significant?".into(), ""),
        ask(
            maker,
            RISK,
            "level",
            "risk-level",
            "How high, in your view?".into(),
            "The police grade the risk themselves; your view helps them.",
        ),
        Some(maker.plain(
            "risk-why",
            "Why?",
            "What is different tonight? What are you most worried about?",
            FieldKind::LongText,
        )),
    ];
    (
        format!("How worried are you about {}?", record.first),
        listed("On record:", &record.vulnerable),
        fields.into_iter().flatten().collect(),
        true,
    )
}

fn police(maker: &FieldMaker<'_>, record: &OnRecord) -> Question {
    let told = [("yes", "Yes", ""), ("no", "Not yet", "Ring them with the page to read out, then come back.")];
    let mut fields = vec![maker.choice("police-told", "Have you told the police?", "", &told)];
    fields.push(maker.plain("police-at", "When?", JUST_NOW, FieldKind::Moment));
    fields.extend(ask(maker, POLICE, "route", "police-route", "How?".into(), ""));
    fields.extend(ask(maker, POLICE, "as", "police-as", format!("What did you report {} as?", record.first), ""));
    let hint = "The police give it to you. If you have none yet, leave this empty and record it later.";
    fields.extend(ask(
        maker,
        POLICE,
        "incident_number",
        "police-incident_number",
        "Police incident number".into(),
        hint,
    ));
    ("Have you told the police?".into(), String::new(), fields, true)
}

/// `Found before at: the park; the station.`, or nothing.
fn listed(before: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("{before} {}.", items.join("; ").trim_end_matches('.')) }
}
