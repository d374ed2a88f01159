//! What the answers of a report come to: entries of the chronology, or what is wrong with them, field by field.

use crate::app::App;
use crate::authorise::Actor;
use crate::entry::born;
use casebook::command::{self, Answers, BY, BY_NAME, Entry, FieldProblem, NOTE, OCCURRED, Setting, time};
use engine::time::Moment;
use views::Record;

/// The events of a report. A test holds them, and the fields asked for, equal to the vocabulary.
pub(super) const GONE: &str = "absence.noticed";
pub(super) const SEARCH: &str = "search.made";
pub(super) const ENQUIRY: &str = "enquiry.made";
pub(super) const RISK: &str = "risk.assessed";
pub(super) const POLICE: &str = "police.reported";
pub(super) const BACK: &str = "return.recorded";
pub(super) const NEWS: &str = "information.received";

/// The field for the area where the child went missing: a fact of the child, and no entry.
pub(super) const KNOWN_FROM: &str = "known-from";

/// So many places and people fit on their pages; more can be recorded in the episode.
pub(super) const ROWS: usize = 3;

/// The parts of a time.
const PARTS: [&str; 5] = ["day", "month", "year", "time", "fold"];

/// An entry to be made: its event, its answers, and which field of the report each of its fields comes from.
struct Part {
    event: &'static str,
    answers: Answers,
    names: Vec<(String, String)>,
}

impl Part {
    fn new(event: &'static str, actor: &Actor, app: &App) -> Part {
        let mut answers = Answers::default();
        if app.rules.vocabulary().role(&actor.role).is_some() {
            answers.set(BY, actor.role.as_str());
        }
        answers.set(BY_NAME, actor.name.as_str());
        Part { event, answers, names: Vec::new() }
    }

    /// Takes an answer of the report for a field of the entry.
    fn take(&mut self, report: &Answers, from: &str, to: &str) {
        report.all(from).into_iter().for_each(|value| self.answers.add(to, value));
        for part in PARTS {
            let value = report.get(&format!("{from}-{part}"));
            if !value.is_empty() {
                self.answers.set(format!("{to}-{part}"), value);
            }
        }
        self.names.push((to.into(), from.into()));
    }

    /// Puts what could not be read of its answers into its note. What was done at such a time was done by now.
    fn note(&mut self, noted: &[Noted], now: &str) {
        let own = |noted: &&Noted| self.names.iter().any(|(_, from)| *from == noted.field);
        let own: Vec<&Noted> = noted.iter().filter(own).collect();
        if own.is_empty() {
            return;
        }
        let note = std::iter::once(self.answers.get(NOTE)).chain(own.iter().map(|noted| noted.said.as_str()));
        let note: Vec<&str> = note.filter(|line| !line.is_empty()).collect();
        self.answers.set(NOTE, note.join("\n"));
        if own.iter().any(|noted| noted.field != OCCURRED && done_at(&noted.field).is_some()) {
            self.answers.set(OCCURRED, now);
        }
    }

    /// Takes over every field of the event that has a name of its own in the report.
    fn take_fields(&mut self, report: &Answers, fields: &[&str], prefix: &str) {
        for field in fields {
            self.take(report, &format!("{prefix}{field}"), &command::name(field));
        }
    }
}

/// Somebody who was named, and not by a role.
fn by_name<'a>(app: &App, asked: &'a str) -> Option<&'a str> {
    let roles = app.rules.vocabulary().roles.iter().map(|role| role.id.as_str());
    let asked = asked.trim();
    (!asked.is_empty() && engine::words::meant(asked, roles).is_none()).then_some(asked)
}

/// An entry to be made, with the event it is of.
pub(super) type Made = (&'static str, Entry);

/// Everything that the answers come to, in the order in which it happened to be told.
///
/// # Errors
/// Everything that is wrong, under the names of the report's fields.
pub(super) fn entries(
    app: &App,
    actor: &Actor,
    seen: &Record,
    report: &Answers,
) -> Result<Vec<Made>, Vec<FieldProblem>> {
    let (made, mut problems) = read(app, actor, seen, report, &[]);
    problems.extend(out_of_order(app, seen, report));
    if problems.is_empty() { Ok(made) } else { Err(problems) }
}

/// What a report waits for until it can be read: when the child was missed, and what is known of where they are.
const AWAITED: [&str; 2] = [OCCURRED, "f-status"];

/// Does a report wait until this is put right?
pub(super) fn holds_up(problem: &FieldProblem) -> bool {
    AWAITED.contains(&problem.field.as_str())
}

/// The same, and no report is held up by an answer that nothing hangs on: what cannot be read, or does not fit with the rest, stands in the note
/// of its entry, as it was written and with its question (`said`). What was done at such a time was done by now.
///
/// # Errors
/// What holds a report up.
pub(super) fn standing(
    app: &App,
    actor: &Actor,
    seen: &Record,
    report: &Answers,
    said: impl Fn(&str) -> String,
) -> Result<Vec<Made>, Vec<FieldProblem>> {
    let mut report = report.clone();
    // Of police who are not told yet, of a search nowhere and a call to nobody there is no entry that could say it.
    let strays = [("police-at", untold(&report)), ("police-incident_number", untold(&report))].into_iter();
    let strays =
        strays.chain([("searched", !answers_any(&report, "search-")), ("called", !answers_any(&report, "call-"))]);
    let strays = strays.filter(|(_, stray)| *stray).map(|(name, _)| said(name)).filter(|said| !said.is_empty());
    let mut noted: Vec<Noted> = strays.map(|said| Noted { field: OCCURRED.into(), said }).collect();
    loop {
        let (made, mut problems) = read(app, actor, seen, &report, &noted);
        problems.extend(out_of_order(app, seen, &report));
        // What was written of police who are not told is noted already.
        problems.retain(|problem| problem.field != "police-told");
        let (waits, rest): (Vec<_>, Vec<_>) = problems.into_iter().partition(holds_up);
        if !waits.is_empty() {
            return Err(waits);
        }
        let Some(unread) = rest.iter().find(|problem| noted.iter().all(|noted| noted.field != problem.field)) else {
            return if rest.is_empty() { Ok(made) } else { Err(rest) };
        };
        let said = format!("{NOT_TAKEN} {}", said(&unread.field));
        noted.push(Noted { field: unread.field.clone(), said });
        report.take_out(&unread.field);
        PARTS.iter().for_each(|part| report.take_out(&format!("{}-{part}", unread.field)));
        if unread.field == "returned" {
            // That the child is back stands.
            report.set("returned", app.rules.vocabulary().calendar.stamp(app.now()));
        }
    }
}

/// What stands before an answer that could not be read, or that does not fit with the rest.
const NOT_TAKEN: &str = "Not taken as an answer:";

/// An answer that could not be read: of which field of the report, and its question with what was written.
struct Noted {
    field: String,
    said: String,
}

/// When something was done that is reported along.
const DONE_AT: [(&str, &str); 5] = [
    (OCCURRED, "When you noticed"),
    ("returned", "When the child came back"),
    ("searched", "When you finished looking"),
    ("called", "When you made the last call"),
    ("police-at", "When you told the police"),
];

/// What the time of something that was done is called on a report; none for any other field.
fn done_at(field: &str) -> Option<&'static str> {
    DONE_AT.iter().find(|(name, _)| *name == field).map(|(_, label)| *label)
}

/// Is anything answered under names that begin so?
pub(super) fn answers_any(report: &Answers, start: &str) -> bool {
    report.pairs().any(|(name, value)| name.starts_with(start) && !value.trim().is_empty())
}

/// Is something written of telling the police, though they are said not to be told?
fn untold(report: &Answers) -> bool {
    let written =
        ["police-at-day", "police-at-time", "police-incident_number"].iter().any(|name| !report.get(name).is_empty());
    report.get("police-told") != "yes" && written
}

/// The entries that can be made of the answers, and what is wrong with the others.
fn read(app: &App, actor: &Actor, seen: &Record, report: &Answers, noted: &[Noted]) -> (Vec<Made>, Vec<FieldProblem>) {
    let vocabulary = app.rules.vocabulary();
    let now = app.now();
    let setting =
        Setting { vocabulary, now, born: born(vocabulary, seen, now), episodes: &seen.case.episodes, lacking: &[] };
    let mut made = Vec::new();
    let mut problems = Vec::new();
    for mut part in parts(app, actor, report) {
        let Some(event) = vocabulary.event(part.event) else { continue };
        part.note(noted, &vocabulary.calendar.stamp(now));
        match command::entry(&setting, vocabulary.event_at(event), &part.answers) {
            Ok(entry) => made.push((part.event, Entry { occurred: Moment(entry.occurred.0.min(now.0)), ..entry })),
            Err(found) => problems.extend(found.into_iter().map(|problem| {
                let name = part.names.iter().find(|(to, _)| *to == problem.field).map(|(_, from)| from.clone());
                let field = name.unwrap_or(problem.field);
                // Every entry calls its time the same; on a report each is asked in its own words.
                let rest =
                    done_at(&field).and_then(|label| Some((label, problem.message.strip_prefix(command::WHEN)?)));
                let message = rest.map(|(label, rest)| format!("{label}{rest}"));
                FieldProblem { field, message: message.unwrap_or(problem.message), ..problem }
            })),
        }
    }
    (made, problems)
}

/// Nobody was seen after they were noticed to be gone, looked for before they were last seen, or reported before they were missed; and whoever is
/// gone now was not missed before they last came back.
fn out_of_order(app: &App, seen: &Record, report: &Answers) -> Vec<FieldProblem> {
    let calendar = &app.rules.vocabulary().calendar;
    let asked = time::Asked { now: app.now(), ahead: false };
    let at = |name: &str| match time::read(calendar, report, name, "", asked) {
        time::Time::At(at) => Some(at),
        _ => None,
    };
    let (last, noticed, expected) = (at("f-last_seen_at"), at(OCCURRED), at("f-expected_at"));
    let returned = at("returned");
    let mut wrong = Vec::new();
    let ended = seen.case.episodes.last().and_then(|episode| episode.end).filter(|end| *end <= app.now());
    let ended = ended.filter(|_| !is_back(report));
    if let (Some(due), Some(back)) = (expected, ended)
        && due.minute() < back.minute()
    {
        // An absence begins when the child was due, where that is earlier.
        let back = calendar.words(back);
        let words = format!("When due back: this is before {back}, when {} came back by the record", seen.name);
        wrong.push(FieldProblem::new("f-expected_at", words));
    }
    if let (Some(gone), Some(back)) = (noticed, ended)
        && gone.minute() < back.minute()
    {
        let words = format!(
            "When you noticed: this is before {}, when {} came back by the record. If the child is gone again, write when that was noticed; \
             if this is an absence that is over, press “The child is back” and write when it ended",
            calendar.words(back),
            seen.name
        );
        wrong.push(FieldProblem::new(OCCURRED, words));
    }
    if let (Some(back), Some(gone)) = (returned, noticed)
        && back.minute() < gone.minute()
    {
        let back = calendar.words(back);
        let words =
            format!("When you noticed: this is after {back}, when the child came back. One of the two is wrong");
        wrong.push(FieldProblem::new(OCCURRED, words));
    }
    if let (Some(last), Some(gone)) = (last, noticed)
        && last.minute() > gone.minute()
    {
        let words = calendar.words(gone);
        let words = format!("When last seen: this is after {words}, when it was noticed that the child was gone");
        wrong.push(FieldProblem::new("f-last_seen_at", words));
    }
    if untold(report) {
        let words = "Have you told the police? You wrote when, or their number: choose Yes, or empty that";
        wrong.push(FieldProblem::new("police-told", words));
    }
    let missed = noticed.into_iter().chain(expected).min();
    let told = at("police-at").filter(|_| report.get("police-told") == "yes");
    let order = [
        ("searched", at("searched"), last, "when the child was last seen"),
        ("called", at("called"), last, "when the child was last seen"),
        ("police-at", told, missed, "when the child was missed"),
    ];
    wrong.extend(order.into_iter().filter_map(|(name, one, other, what)| {
        let (one, other) = (one?, other?);
        let label = done_at(name).unwrap_or_default();
        let words = format!("{label}: this is before {}, {what}", calendar.words(other));
        (one.minute() < other.minute()).then(|| FieldProblem::new(name, words))
    }));
    wrong
}

/// Does a report say that the child is back?
fn is_back(report: &Answers) -> bool {
    ["returned", "returned-day", "returned-time", "returned-how"].iter().any(|name| !report.get(name).is_empty())
}

fn parts(app: &App, actor: &Actor, report: &Answers) -> Vec<Part> {
    let new = |event| Part::new(event, actor, app);
    let mut parts = Vec::new();
    let mut gone = new(GONE);
    gone.take(report, OCCURRED, OCCURRED);
    let fields = [
        "status",
        "expected_at",
        "last_seen_at",
        "last_seen_where",
        "whereabouts",
        "circumstances",
        "during_activity",
        "emergency",
    ];
    gone.take_fields(report, &fields, "f-");
    for (asked, field) in SEEN {
        gone.take(report, asked, &command::name(field));
    }
    parts.push(gone);
    // An absence of the past is told with its return in one go.
    if is_back(report) {
        let mut back = new(BACK);
        back.take(report, "returned", OCCURRED);
        back.take_fields(report, &["how"], "returned-");
        parts.push(back);
    }
    for row in 1..=ROWS {
        let (place, result) = (format!("search-{row}-where"), format!("search-{row}-result"));
        if !report.get(&place).is_empty() || !report.get(&result).is_empty() {
            let mut search = new(SEARCH);
            search.take(report, "searched", OCCURRED);
            search.take(report, &place, &command::name("where"));
            search.take(report, &result, &command::name("result"));
            parts.push(search);
        }
    }
    for row in 1..=ROWS {
        let (of, result) = (format!("call-{row}-of"), format!("call-{row}-result"));
        if !report.get(&of).is_empty() || !report.get(&result).is_empty() {
            let mut call = new(ENQUIRY);
            call.take(report, "called", OCCURRED);
            call.take(report, &result, &command::name("result"));
            match by_name(app, report.get(&of)) {
                // A report is not held up because somebody was asked who has no role: their name stands with what they said.
                Some(name) => {
                    let said = [name, report.get(&result).trim()].join(": ");
                    call.answers.set(command::name("result"), said.trim_end_matches(": "));
                }
                None => call.take(report, &of, &command::name("of")),
            }
            parts.push(call);
        }
    }
    if ["risk-significant", "risk-level", "risk-why"].iter().any(|name| !report.get(name).is_empty()) {
        let mut risk = new(RISK);
        // The view is that of the moment at which it is given.
        risk.answers.set(OCCURRED, app.rules.vocabulary().calendar.stamp(app.now()));
        risk.take_fields(report, &["significant", "level"], "risk-");
        risk.take(report, "risk-why", NOTE);
        parts.push(risk);
    }
    if report.get("police-told") == "yes" {
        let mut police = new(POLICE);
        police.take(report, "police-at", OCCURRED);
        police.take_fields(report, &["route", "as", "incident_number"], "police-");
        parts.push(police);
    }
    parts
}

/// What the child wore, whom they may be with, and what they carry: the question, and the field of the absence.
pub(super) const SEEN: [(&str, &str); 3] =
    [("appearance", "wearing"), ("companions", "companions"), ("belongings", "carrying")];
