//! Times as people type them: day, month, year and the clock. London's time; nothing is guessed where two readings are possible.

use super::answers::{Answers, FieldProblem};
use crate::moment::YEARS;
use engine::calendar::Calendar;
use engine::time::Moment;
use engine::value::Value;
use std::fmt::Write as _;

/// What came of reading a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Time {
    /// Nothing was written.
    Nothing,
    /// This moment.
    At(Moment),
    /// Something else was written.
    Wrong(FieldProblem),
}

/// Whether a clock time came twice on its day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ambiguous(pub bool);

/// Reads the time of a field from its parts `-day`, `-month`, `-year`, `-time` and `-fold`; or, where a program wrote it, from the
/// field itself with date, time and offset.
pub fn read(calendar: &Calendar, answers: &Answers, name: &str, label: &str) -> Time {
    let part = |end: &str| answers.get(&format!("{name}-{end}"));
    let wrong = |message: String| Time::Wrong(FieldProblem::new(name, message));
    let whole = answers.get(name);
    if !whole.is_empty() {
        return match crate::moment::absolute(whole, calendar) {
            Ok(moment) => Time::At(moment),
            Err((what, help)) => wrong(format!("{label}: {what}; {help}")),
        };
    }
    let (day, month, year, time) = (part("day"), part("month"), part("year"), part("time"));
    if [day, month, year, time].iter().all(|p| p.is_empty()) {
        return Time::Nothing;
    }
    let date = match date(day, month, year) {
        Ok(date) => date,
        Err(message) => return wrong(format!("{label}: {message}")),
    };
    if time.is_empty() {
        return wrong(format!("{label}: write the time as well, such as 18:30"));
    }
    let Some((hour, minute)) = clock(time) else {
        return wrong(format!("{label}: “{}” is not a time of day; write it like 18:30 or 6:30pm", short(time)));
    };
    match moment(calendar, &date, hour, minute, part("fold")) {
        Ok(moment) => Time::At(moment),
        Err(message) => wrong(format!("{label}: {message}")),
    }
}

/// Reads a date from its three parts, as `2026-01-05`.
///
/// # Errors
/// What is wrong with it, to stand behind the field's label.
pub fn date(day: &str, month: &str, year: &str) -> Result<String, String> {
    let missing: Vec<&str> = [("a day", day), ("a month", month), ("a year", year)]
        .into_iter()
        .filter(|p| p.1.is_empty())
        .map(|p| p.0)
        .collect();
    match missing[..] {
        [] => {}
        [one] => return Err(format!("write {one} as well")),
        _ => return Err("write the day, the month and the year".into()),
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let month_number = number(month).or_else(|| named_month(month)).filter(|m| (1..=12).contains(m));
    let Some(month_number) = month_number else {
        return Err(format!("“{}” is not a month; write it as a number from 1 to 12", short(month)));
    };
    let Some(year_number) = number(year).filter(|_| year.len() == 4) else {
        return Err(format!("“{}” is not a year; write all four figures, such as 2026", short(year)));
    };
    if !YEARS.contains(&year_number) {
        return Err(format!("the year {year_number} cannot be meant; check it"));
    }
    let Some(day_number) = number(day).filter(|d| (1..=31).contains(d)) else {
        return Err(format!("“{}” is not a day; write it as a number from 1 to 31", short(day)));
    };
    let text = format!("{year_number:04}-{month_number:02}-{day_number:02}");
    // Parsed with the type that a value holds, so that this crate need not name the calendar library.
    if text.parse().map(Value::Date).is_ok() {
        Ok(text)
    } else {
        Err(format!("there is no {day_number} in that month; check the day and the month"))
    }
}

/// Takes a moment apart into the parts that a form shows: day, month, year, time, fold.
pub fn split(calendar: &Calendar, at: Moment) -> [String; 5] {
    let stamp = calendar.stamp(at);
    let part = |from: usize, to: usize| stamp.get(from..to).unwrap_or_default().trim_start_matches('0').to_string();
    let time = stamp.get(11..16).unwrap_or_default().to_string();
    let fold = match twin(calendar, at) {
        Some(other) if other > at => "first",
        Some(_) => "second",
        None => "",
    };
    [part(8, 10), part(5, 7), part(0, 4), time, fold.to_string()]
}

/// Would the parts of a field name an hour that comes twice?
pub fn reads_as(calendar: &Calendar, answers: &Answers, name: &str) -> Ambiguous {
    let part = |end: &str| answers.get(&format!("{name}-{end}"));
    let read = date(part("day"), part("month"), part("year")).ok().zip(clock(part("time")));
    let moment = read.and_then(|(date, (hour, minute))| moment(calendar, &date, hour, minute, "first").ok());
    Ambiguous(moment.is_some_and(|m| twin(calendar, m).is_some()))
}

/// The other moment at which the clock shows the same time on the same day, in the hour that comes twice in autumn.
fn twin(calendar: &Calendar, at: Moment) -> Option<Moment> {
    let wall = |m: Moment| calendar.local(m).datetime();
    [at.plus_minutes(60), at.plus_minutes(-60)].into_iter().find(|other| wall(*other) == wall(at))
}

fn moment(calendar: &Calendar, date: &str, hour: u8, minute: u8, fold: &str) -> Result<Moment, String> {
    let mut text = date.to_string();
    let _ = write!(text, "T{hour:02}:{minute:02}");
    let Ok(wall) = text.parse() else { return Err("that day and time do not fit together; check them".into()) };
    let at = calendar.moment(wall);
    if calendar.local(at).datetime() != wall {
        return Err(format!(
            "the clocks went forward that night, and {hour:02}:{minute:02} never came; write the time that the clock then showed, an hour later"
        ));
    }
    match (twin(calendar, at), fold) {
        (None, _) | (Some(_), "first") => Ok(at),
        (Some(second), "second") => Ok(second),
        (Some(_), _) => Err(format!(
            "{hour:02}:{minute:02} came twice that night, since the clocks went back; say which one is meant"
        )),
    }
}

/// Reads `18:30`, `18.30`, `1830`, `6:30pm`, `6 pm`, `noon`, `midnight`.
fn clock(text: &str) -> Option<(u8, u8)> {
    let plain: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match plain.as_str() {
        "noon" | "midday" | "12noon" => return Some((12, 0)),
        "midnight" | "12midnight" => return Some((0, 0)),
        _ => {}
    }
    let half = |text: &str| match text {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    };
    let end = plain.find(['a', 'p']).unwrap_or(plain.len());
    let (digits, after) = plain.split_at(end);
    let afternoon = if after.is_empty() { None } else { Some(half(after)?) };
    let (hour, minute) = match digits.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?),
        Some(_) => return None,
        None if digits.len() == 4 || digits.len() == 3 => {
            let (hour, minute) = digits.split_at_checked(digits.len() - 2)?;
            (hour.parse().ok()?, minute.parse().ok()?)
        }
        // A bare `6` may be morning or evening; with am or pm it is plain.
        None if afternoon.is_some() => (digits.parse().ok()?, 0),
        None => return None,
    };
    let hour: u8 = match (hour, afternoon) {
        (1..=11, Some(true)) => hour + 12,
        (12, Some(false)) => 0,
        (13.., Some(false)) | (0, Some(_)) => return None,
        (hour, _) => hour,
    };
    (hour < 24 && minute < 60).then_some((hour, minute))
}

fn named_month(text: &str) -> Option<i16> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    MONTHS.iter().position(|m| text.len() >= 3 && text.starts_with(m)).map(|i| i as i16 + 1)
}

fn short(text: &str) -> String {
    crate::reader::short(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(day: &str, month: &str, year: &str, time: &str, fold: &str) -> Answers {
        [("t-day", day), ("t-month", month), ("t-year", year), ("t-time", time), ("t-fold", fold)].into_iter().collect()
    }

    fn at(day: &str, month: &str, year: &str, time: &str, fold: &str) -> String {
        let calendar = Calendar::new([]);
        match read(&calendar, &answers(day, month, year, time, fold), "t", "When") {
            Time::At(at) => calendar.stamp(at),
            Time::Nothing => "nothing".into(),
            Time::Wrong(problem) => problem.message,
        }
    }

    #[test]
    fn the_clock_is_read_as_people_write_it() {
        for (text, time) in [
            ("18:30", (18, 30)),
            ("6.30 pm", (18, 30)),
            ("0115", (1, 15)),
            ("915", (9, 15)),
            ("12am", (0, 0)),
            ("noon", (12, 0)),
        ] {
            assert_eq!(clock(text), Some(time), "{text}");
        }
        for text in ["", "6", "25:00", "18:60", "18:3", "soon", "13am", "0pm", "ä"] {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_read_in_london() {
        assert_eq!(at("5", "1", "2026", "18:30", ""), "2026-01-05T18:30:00+00:00");
        assert_eq!(at("5", "July", "2026", "6:30pm", ""), "2026-07-05T18:30:00+01:00");
        assert_eq!(at("", "", "", "", ""), "nothing");
    }

    #[test]
    fn what_is_wrong_is_said_in_plain_words() {
        assert_eq!(
            at("30", "2", "2026", "18:30", ""),
            "When: there is no 30 in that month; check the day and the month"
        );
        assert_eq!(at("5", "13", "2026", "18:30", ""), "When: “13” is not a month; write it as a number from 1 to 12");
        assert_eq!(at("5", "1", "26", "18:30", ""), "When: “26” is not a year; write all four figures, such as 2026");
        assert_eq!(at("5", "", "2026", "18:30", ""), "When: write a month as well");
        assert_eq!(at("5", "1", "2026", "", ""), "When: write the time as well, such as 18:30");
        assert_eq!(
            at("5", "1", "2026", "late", ""),
            "When: “late” is not a time of day; write it like 18:30 or 6:30pm"
        );
    }

    #[test]
    fn the_hour_that_comes_twice_is_asked_about_and_the_one_that_never_comes_is_refused() {
        assert!(at("25", "10", "2026", "01:30", "").contains("came twice"));
        assert_eq!(at("25", "10", "2026", "01:30", "first"), "2026-10-25T01:30:00+01:00");
        assert_eq!(at("25", "10", "2026", "01:30", "second"), "2026-10-25T01:30:00+00:00");
        assert_eq!(at("25", "10", "2026", "02:00", ""), "2026-10-25T02:00:00+00:00");
        assert!(at("29", "3", "2026", "01:30", "").contains("never came"));
        let calendar = Calendar::new([]);
        let second = Moment::parse("2026-10-25T01:30:00+00:00").unwrap();
        assert_eq!(split(&calendar, second), ["25", "10", "2026", "01:30", "second"].map(String::from));
        assert_eq!(reads_as(&calendar, &answers("25", "10", "2026", "01:30", ""), "t"), Ambiguous(true));
    }
}
