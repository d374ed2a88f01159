//! Dated facts from the answers of a form: values, since when and until when, and where they were taken from. What may be changed, and
//! whether it fits what is on record, is judged by whoever has the record.

use super::answers::{Answers, FieldProblem};
use super::entry::{NOTE, Setting};
use super::field;
use super::reason::WHY;
use super::time::{self, Asked, Time};
use crate::case_file::Taken;
use engine::time::Moment;
use engine::vocabulary::{Fact, Field, FieldId};
use serde_json::Value;

/// The field for whether it was always so or began some time.
pub const HOW_LONG: &str = "how-long";
/// Its answer for what was always so.
pub const ALWAYS: &str = "always";
/// Its answer for what began some time.
pub const SINCE: &str = "since";
/// The field for until when it was so.
pub const UNTIL: &str = "until";
/// The field for where it was taken from.
pub const SOURCE: &str = "source";
/// The field for who told it, or which document says so.
pub const TOLD_BY: &str = "told-by";

/// A line of words has so many characters at most.
const LINE: usize = 300;

/// What holds for all facts of one save.
#[derive(Clone, PartialEq, Debug)]
pub struct Terms {
    /// Since when; [`Moment::EVER`] for what was always so.
    pub from: Moment,
    /// Until when, where it is over.
    pub until: Option<Moment>,
    /// Where it was taken from.
    pub taken: Taken,
    /// Who told it, or which document says so.
    pub told_by: String,
    /// Free text.
    pub note: String,
}

/// A fact as the field of a form.
pub fn fact_field(fact: &Fact) -> Field {
    Field {
        id: fact.id.clone(),
        // No entry has it, and no condition asks for it.
        field: FieldId(u16::MAX),
        kind: fact.kind.clone(),
        required: false,
        needed: false,
        doc: fact.doc.clone(),
        label: fact.label.clone(),
        hint: fact.hint.clone(),
        group: fact.group.clone(),
        lines: 1,
        planned: fact.planned,
        answers: fact.answers.clone(),
        class: fact.class,
        hides_entry: false,
        place: false,
    }
}

/// The value of a fact; `None` where nothing was answered. Facts are of the past, but for a date that is expected.
///
/// # Errors
/// What is wrong with the answer.
pub fn fact_value(setting: &Setting<'_>, fact: &Fact, answers: &Answers) -> Result<Option<Value>, FieldProblem> {
    // Of a moment that is a fact itself the day alone will do, as of since when it is so.
    let field = fact_field(fact);
    field::read_until(setting, false, &field, &day_alone(answers, &field::name(&field.id), "00:00"))
}

/// Since when, until when and where from.
///
/// # Errors
/// Everything that is wrong with them.
pub fn terms(setting: &Setting<'_>, answers: &Answers) -> Result<Terms, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut kept = |read: Result<Option<Moment>, FieldProblem>| {
        read.unwrap_or_else(|problem| {
            problems.push(problem);
            None
        })
    };
    let from = kept(since(setting, answers));
    let until = kept(until(setting, answers));
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        problems.push(FieldProblem::new(UNTIL, "Until when: this is before it began; check both times"));
    }
    let taken = Taken::of(answers.get(SOURCE)).filter(|taken| *taken != Taken::Report);
    if taken.is_none() {
        problems
            .push(FieldProblem::new(SOURCE, "Where it is from: choose whether you saw it, were told it or read it"));
    }
    let told_by = line(answers, TOLD_BY, "Who told it, or which document", &mut problems);
    if told_by.is_empty() && matches!(taken, Some(Taken::Told | Taken::Document)) {
        let says = if taken == Some(Taken::Told) { "Who told it: write who" } else { "Which document: write which" };
        problems.push(FieldProblem::new(TOLD_BY, says));
    }
    let note = field::text(answers.get(NOTE)).unwrap_or_else(|what| {
        problems.push(FieldProblem::new(NOTE, format!("Note: {what}")));
        String::new()
    });
    match taken {
        Some(taken) if problems.is_empty() => {
            Ok(Terms { from: from.unwrap_or(Moment::EVER), until, taken, told_by, note })
        }
        _ => Err(problems),
    }
}

/// Why what was recorded was wrong.
///
/// # Errors
/// That nothing was said, or too much.
pub fn why(answers: &Answers) -> Result<String, FieldProblem> {
    match field::text(answers.get(WHY)) {
        Ok(text) if text.is_empty() => Err(FieldProblem::new(WHY, "Why it was wrong: say what was wrong with it")),
        Ok(text) => Ok(text),
        Err(what) => Err(FieldProblem::new(WHY, format!("Why it was wrong: {what}"))),
    }
}

fn since(setting: &Setting<'_>, answers: &Answers) -> Result<Option<Moment>, FieldProblem> {
    match answers.get(HOW_LONG) {
        ALWAYS
            if ["day", "month", "year", "time"]
                .iter()
                .any(|end| !answers.get(&format!("{SINCE}-{end}")).is_empty()) =>
        {
            let says = "Since when: you chose that it was always so, and wrote since when. Choose that it began at a certain time, or \
                        empty the time";
            Err(FieldProblem::new(HOW_LONG, says))
        }
        ALWAYS => Ok(None),
        // Of a day alone the whole counts: a court made an order on it, and nobody knows at what time.
        SINCE => match moment(setting, &day_alone(answers, SINCE, "00:00"), SINCE, "Since when")? {
            Some(at) => Ok(Some(at)),
            None => Err(FieldProblem::new(SINCE, "Since when: write the day, the month and the year")),
        },
        _ => Err(FieldProblem::new(HOW_LONG, "Since when: choose whether it was always so or began some time")),
    }
}

/// To the end of a day alone; of the present day, to now.
fn until(setting: &Setting<'_>, answers: &Answers) -> Result<Option<Moment>, FieldProblem> {
    let whole = day_alone(answers, UNTIL, "23:59");
    let is_today = || {
        let start = moment(setting, &day_alone(answers, UNTIL, "00:00"), UNTIL, "Until when");
        let date = |at: Moment| setting.vocabulary.calendar.date(at);
        matches!(start, Ok(Some(start)) if date(start) == date(setting.now))
    };
    match moment(setting, &whole, UNTIL, "Until when") {
        Err(_) if whole != *answers && is_today() => Ok(Some(setting.now)),
        other => other,
    }
}

/// The answers, with this time of day where a day was written and no time.
fn day_alone(answers: &Answers, name: &str, time: &str) -> Answers {
    let says = |end: &str| !answers.get(&format!("{name}-{end}")).is_empty();
    let mut whole = answers.clone();
    if says("day") && !says("time") {
        whole.set(format!("{name}-time"), time);
    }
    whole
}

/// A moment that has been, in the child's life.
fn moment(setting: &Setting<'_>, answers: &Answers, name: &str, label: &str) -> Result<Option<Moment>, FieldProblem> {
    let calendar = &setting.vocabulary.calendar;
    match time::read(calendar, answers, name, label, Asked { now: setting.now, ahead: false }) {
        Time::Nothing => Ok(None),
        Time::Wrong(problem) => Err(problem),
        Time::At(at) if at.minute() > setting.now.minute() => {
            let (at, now) = (calendar.words(at), calendar.words(setting.now));
            Err(FieldProblem::new(name, format!("{label}: {at} is still to come; it is {now} now")))
        }
        Time::At(at) if setting.born.is_some_and(|born| at < born) => {
            let at = calendar.words(at);
            Err(FieldProblem::new(name, format!("{label}: {at} is before the child was born; check the year")))
        }
        Time::At(at) => Ok(Some(at)),
    }
}

fn line(answers: &Answers, name: &str, label: &str, problems: &mut Vec<FieldProblem>) -> String {
    let text = answers.get(name);
    if text.chars().count() > LINE || text.contains(char::is_control) {
        let message = format!("{label}: write one line of up to {LINE} characters; more goes into the note");
        problems.push(FieldProblem::new(name, message));
        return String::new();
    }
    text.into()
}
