//! Times as people type them: day, month, year and the clock. London's time; nothing is guessed where two readings are possible: then
//! what may be meant is offered, and one press says which.

use super::answers::{Answers, FieldProblem, Offer};
use super::clock::{Clock, clock};
use crate::moment::YEARS;
use engine::calendar::{Calendar, Length};
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

/// What a time may be: of something that has happened, or also of what is to come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The present moment.
    pub now: Moment,
    /// It may lie ahead.
    pub ahead: bool,
}

/// What `-fold` holds where the day before was meant.
const YESTERDAY: &str = "yesterday";
/// What `-fold` holds of a clock that goes by twelve hours.
const MORNING: &str = "morning";
const AFTERNOON: &str = "afternoon";
const BEFORE: &str = "evening-before";

/// So many minutes ago, 12:00 is noon to whoever writes it; longer ago it may as well be midnight.
const JUST_NOON: i64 = 60;
/// The same of 12:30 and its like, which fewer people write for the half hour after midnight.
const SINCE_NOON: i64 = 6 * 60;

/// Whether a clock time came twice on its day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ambiguous(pub bool);

/// Reads the time of a field from its parts `-day`, `-month`, `-year`, `-time` and `-fold`; or, where a program wrote it, from the
/// field itself with date, time and offset. `-fold` also holds which reading was meant, where several were offered.
pub fn read(calendar: &Calendar, answers: &Answers, name: &str, label: &str, asked: Asked) -> Time {
    let part = |end: &str| answers.get(&format!("{name}-{end}"));
    let wrong = |part, message: String| Time::Wrong(FieldProblem::new(name, message).at(part));
    let whole = answers.get(name);
    if !whole.is_empty() {
        return match crate::moment::absolute(whole, calendar) {
            Ok(moment) => Time::At(moment),
            Err((what, help)) => wrong("", format!("{label}: {what}; {help}")),
        };
    }
    let (day, month, year, time) = (part("day"), part("month"), part("year"), part("time"));
    if [day, month, year, time].iter().all(|p| p.is_empty()) {
        return Time::Nothing;
    }
    let date = match date(day, month, year) {
        Ok(date) => date,
        Err(WrongDate { part, says }) => return wrong(part, format!("{label}: {says}")),
    };
    if time.is_empty() {
        return wrong("time", format!("{label}: write the time as well, such as 18:30"));
    }
    let Some(clock) = clock(time) else {
        let says = format!("{label}: “{}” is not a time of day; write it like 18:30 or 6:30pm", short(time));
        return wrong("time", says);
    };
    match meant(calendar, &date, clock, part("fold"), asked) {
        Ok(moment) => Time::At(moment),
        Err((message, offers)) => {
            // Where another reading of the time may be meant, the time is at fault; else it may as well be the day.
            let part = if offers.is_empty() { "" } else { "time" };
            Time::Wrong(FieldProblem { offers, ..FieldProblem::new(name, format!("{label}: {message}")).at(part) })
        }
    }
}

/// A way in which what was typed can be read: its word in `-fold`, and the moment.
type Reading = (&'static str, Moment);

/// The moment that a date and a clock mean.
///
/// # Errors
/// What is wrong with them, and what may be meant.
fn meant(
    calendar: &Calendar,
    date: &str,
    clock: Clock,
    fold: &str,
    asked: Asked,
) -> Result<Moment, (String, Vec<Offer>)> {
    let readings = readings(calendar, date, clock).map_err(|problem| (problem, Vec::new()))?;
    let to_come = |at: Moment| !asked.ahead && at.minute() > asked.now.minute();
    if let Some((_, at)) = readings.iter().find(|(word, _)| *word == fold) {
        return if to_come(*at) { Err((is_to_come(calendar, *at, asked.now), Vec::new())) } else { Ok(*at) };
    }
    if let Clock::At(hour, minute) = clock {
        let twice = if ["first", "second"].contains(&fold) { fold } else { "" };
        let at = moment(calendar, date, hour, minute, twice).map_err(|problem| (problem, Vec::new()))?;
        let before = calendar.add(at, Length::Days(-1));
        if fold == YESTERDAY {
            return Ok(before);
        }
        if !to_come(at) {
            return Ok(at);
        }
        let mut message = is_to_come(calendar, at, asked.now);
        let mut offers = Vec::new();
        if before.minute() <= asked.now.minute() {
            message.push_str(". Was it the day before?");
            offers.push(Offer { value: YESTERDAY.into(), label: format!("Yes, {}", calendar.words(before)) });
        }
        return Err((message, offers));
    }
    // In the hour after noon, and of what is planned, the figures of the clock are plain.
    if let (Clock::Twelve(minute), Some((_, noon))) = (clock, readings.first()) {
        let ago = asked.now.minute() - noon.minute();
        let near = if minute == 0 { JUST_NOON } else { SINCE_NOON };
        if (0..=near).contains(&ago) || asked.ahead && ago < 0 {
            return Ok(*noon);
        }
    }
    let offer = |(word, at): &Reading| {
        let half = match *word {
            "noon" => "Noon",
            MORNING => "In the morning",
            AFTERNOON => "In the afternoon or evening",
            BEFORE => "The evening before",
            _ => "Midnight",
        };
        Offer { value: (*word).into(), label: format!("{half}: {}", calendar.words(*at)) }
    };
    // The evening before is meant only where that of the day itself is still to come.
    let late = readings.iter().any(|(word, at)| *word == AFTERNOON && to_come(*at));
    let offers = readings.iter().filter(|(word, at)| !to_come(*at) && (*word != BEFORE || late)).map(offer).collect();
    let message = match clock {
        Clock::Midnight => "this is 00:00 of a day; say of which",
        Clock::Half(..) => "this may be in the morning or in the afternoon; say which",
        _ => "this may be noon or midnight; say which",
    };
    Err((message.into(), offers))
}

fn is_to_come(calendar: &Calendar, at: Moment, now: Moment) -> String {
    format!("{} is still to come; it is {} now", calendar.words(at), calendar.words(now))
}

/// The ways in which a clock that is not plain can be read on a date: at noon, and in the nights before and after it.
fn readings(calendar: &Calendar, date: &str, clock: Clock) -> Result<Vec<Reading>, String> {
    let at = |hour, minute| moment(calendar, date, hour, minute, "");
    let night = |minute| {
        let start = at(0, minute)?;
        Ok::<_, String>([("start", start), ("next", calendar.add(start, Length::Days(1)))])
    };
    match clock {
        Clock::At(..) => Ok(Vec::new()),
        Clock::Midnight => Ok(night(0)?.to_vec()),
        Clock::Half(hour, minute) => {
            let early = at(hour % 12, minute)?;
            let late = at(hour % 12 + 12, minute)?;
            // In the small hours, what was yesterday evening is easily written with the new day.
            let before = calendar.add(late, Length::Days(-1));
            Ok(vec![(MORNING, early), (AFTERNOON, late), (BEFORE, before)])
        }
        Clock::Twelve(minute) | Clock::BareTwelve(minute) => {
            Ok(std::iter::once(("noon", at(12, minute)?)).chain(night(minute)?).collect())
        }
    }
}

/// What is wrong with a date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WrongDate {
    /// The part that is at fault: `day`, `month` or `year`; empty where it is more than one.
    pub part: &'static str,
    /// What is wrong, to stand behind the field's label.
    pub says: String,
}

/// Reads the date that a form was sent with under a name, from its three parts; none where all of them are empty.
///
/// # Errors
/// What is wrong with it.
pub fn day(answers: &Answers, name: &str) -> Result<Option<String>, WrongDate> {
    let [day, month, year] = ["day", "month", "year"].map(|end| answers.get(&format!("{name}-{end}")));
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return Ok(None);
    }
    date(day, month, year).map(Some)
}

/// Reads a date from its three parts, as `2026-01-05`.
///
/// # Errors
/// What is wrong with it.
pub fn date(day: &str, month: &str, year: &str) -> Result<String, WrongDate> {
    let wrong = |part, says: String| Err(WrongDate { part, says });
    let missing: Vec<&str> =
        [("day", day), ("month", month), ("year", year)].into_iter().filter(|p| p.1.is_empty()).map(|p| p.0).collect();
    match missing[..] {
        [] => {}
        ["day"] => return wrong("day", "write a day as well".into()),
        ["month"] => return wrong("month", "write a month as well".into()),
        ["year"] => return wrong("year", "write a year as well".into()),
        _ => return wrong("", "write the day, the month and the year".into()),
    }
    let number = |text: &str| text.parse::<i16>().ok();
    let month_number = number(month).or_else(|| named_month(month)).filter(|m| (1..=12).contains(m));
    let Some(month_number) = month_number else {
        return wrong("month", format!("“{}” is not a month; write it as a number from 1 to 12", short(month)));
    };
    let Some(year_number) = number(year).filter(|_| year.len() == 4) else {
        return wrong("year", format!("“{}” is not a year; write all four figures, such as 2026", short(year)));
    };
    if !YEARS.contains(&year_number) {
        return wrong("year", format!("the year {year_number} cannot be meant; check it"));
    }
    let Some(day_number) = number(day).filter(|d| (1..=31).contains(d)) else {
        return wrong("day", format!("“{}” is not a day; write it as a number from 1 to 31", short(day)));
    };
    let text = format!("{year_number:04}-{month_number:02}-{day_number:02}");
    // Parsed with the type that a value holds, so that this crate need not name the calendar library.
    if text.parse().map(Value::Date).is_ok() {
        Ok(text)
    } else {
        wrong("day", format!("there is no {day_number} in that month; check the day and the month"))
    }
}

/// Puts a day, such as `2026-01-05`, into the three fields of a form that ask for it; of an empty text they are empty.
pub fn put_day(answers: &mut Answers, name: &str, day: &str) {
    for (end, part) in ["year", "month", "day"].into_iter().zip(day.split('-')) {
        answers.set(format!("{name}-{end}"), part.trim_start_matches('0'));
    }
}

/// Takes a moment apart into the parts that a form shows: day, month, year, time, fold.
pub fn split(calendar: &Calendar, at: Moment) -> [String; 5] {
    let stamp = calendar.stamp(at);
    let part = |from: usize, to: usize| stamp.get(from..to).unwrap_or_default().trim_start_matches('0').to_string();
    let mut time = stamp.get(11..16).unwrap_or_default().to_string();
    if time.starts_with("12:") {
        // Said so that nobody asks whether midnight is meant.
        time.push_str("pm");
    }
    let fold = match twin(calendar, at) {
        Some(other) if other > at => "first",
        Some(_) => "second",
        None => "",
    };
    [part(8, 10), part(5, 7), part(0, 4), time, fold.to_string()]
}

/// The parts as a form shows them once it was said which reading is meant: nobody is asked a second time.
pub fn settled(calendar: &Calendar, answers: &Answers, name: &str) -> Option<[String; 5]> {
    let fold = answers.get(&format!("{name}-fold"));
    if !["noon", "start", "next", YESTERDAY, MORNING, AFTERNOON, BEFORE].contains(&fold) {
        return None;
    }
    match read(calendar, answers, name, "", Asked { now: Moment::NEVER, ahead: true }) {
        Time::At(at) => Some(split(calendar, at)),
        Time::Nothing | Time::Wrong(_) => None,
    }
}

/// Would the parts of a field name an hour that comes twice?
pub fn reads_as(calendar: &Calendar, answers: &Answers, name: &str) -> Ambiguous {
    let part = |end: &str| answers.get(&format!("{name}-{end}"));
    let read = date(part("day"), part("month"), part("year")).ok().zip(clock(part("time")));
    let moment = read.and_then(|(date, clock)| match clock {
        Clock::At(hour, minute) => moment(calendar, &date, hour, minute, "first").ok(),
        _ => None,
    });
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
        let asked = Asked { now: Moment::parse("2026-12-31T00:00Z").unwrap(), ahead: false };
        match read(&calendar, &answers(day, month, year, time, fold), "t", "When", asked) {
            Time::At(at) => calendar.stamp(at),
            Time::Nothing => "nothing".into(),
            Time::Wrong(problem) => problem.message,
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
    fn the_part_that_is_at_fault_is_named() {
        let part = |day: &str, month: &str, year: &str, time: &str| {
            let asked = Asked { now: Moment::parse("2026-11-29T00:40Z").unwrap(), ahead: false };
            match read(&Calendar::new([]), &answers(day, month, year, time, ""), "t", "When", asked) {
                Time::Wrong(problem) => problem.part,
                _ => "none",
            }
        };
        assert_eq!(part("28", "11", "2026", "2561"), "time");
        assert_eq!(part("28", "11", "2026", ""), "time");
        assert_eq!(part("29", "11", "2026", "23:30"), "time", "the day before is offered");
        assert_eq!(part("30", "11", "2026", "23:30"), "", "it may as well be the day");
        assert_eq!(part("28", "13", "2026", "18:30"), "month");
        assert_eq!(part("28", "11", "26", "18:30"), "year");
        assert_eq!(part("31", "11", "2026", "18:30"), "day");
        assert_eq!(part("", "11", "2026", "18:30"), "day");
        assert_eq!(part("", "", "2026", "18:30"), "");
        assert_eq!(part("28", "11", "2026", "18:30"), "none");
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

    /// What comes of a time that is typed at 00:40 on Sunday 29 November: the moment, or what is asked with what is offered.
    fn at_night(day: &str, time: &str, fold: &str) -> String {
        let calendar = Calendar::new([]);
        let asked = Asked { now: Moment::parse("2026-11-29T00:40Z").unwrap(), ahead: false };
        match read(&calendar, &answers(day, "11", "2026", time, fold), "t", "When", asked) {
            Time::At(at) => calendar.stamp(at)[5..16].replace('T', " "),
            Time::Nothing => "nothing".into(),
            Time::Wrong(problem) => {
                let offers: Vec<String> = problem.offers.iter().map(|o| format!("{}={}", o.value, o.label)).collect();
                format!("{} [{}]", problem.message, offers.join("; "))
            }
        }
    }

    #[test]
    fn twelve_and_twenty_four_are_asked_about_and_never_guessed() {
        const NOON: &str = "noon=Noon: Sat 28 Nov 2026 12:00";
        const START: &str = "start=Midnight: Sat 28 Nov 2026 00:00";
        const NEXT: &str = "next=Midnight: Sun 29 Nov 2026 00:00";
        const WHICH: &str = "When: this may be noon or midnight; say which";
        for typed in ["12", "12:00", "12.00", "1200"] {
            assert_eq!(
                at_night("29", typed, ""),
                format!("{WHICH} [start=Midnight: Sun 29 Nov 2026 00:00]"),
                "{typed}"
            );
            assert_eq!(at_night("28", typed, ""), format!("{WHICH} [{NOON}; {START}; {NEXT}]"), "{typed}");
            assert_eq!(at_night("28", typed, "noon"), "11-28 12:00");
            assert_eq!(at_night("28", typed, "start"), "11-28 00:00");
            assert_eq!(at_night("28", typed, "next"), "11-29 00:00");
        }
        for typed in ["24:00", "2400", "24.00"] {
            let asked = "When: this is 00:00 of a day; say of which";
            assert_eq!(at_night("28", typed, ""), format!("{asked} [{START}; {NEXT}]"), "{typed}");
            assert_eq!(
                at_night("29", typed, ""),
                format!("{asked} [start=Midnight: Sun 29 Nov 2026 00:00]"),
                "{typed}"
            );
            assert_eq!(at_night("28", typed, "next"), "11-29 00:00");
        }
        for typed in ["12am", "12.00 am", "midnight", "00:00", "0:00", "12 midnight"] {
            assert_eq!(at_night("29", typed, ""), "11-29 00:00", "{typed}");
        }
        for typed in ["noon", "12pm", "12:00 pm", "12 noon"] {
            assert_eq!(at_night("28", typed, ""), "11-28 12:00", "{typed}");
        }
        assert_eq!(at_night("29", "0.30", ""), "11-29 00:30");
        assert_eq!(at_night("29", "12:30", ""), format!("{WHICH} [start=Midnight: Sun 29 Nov 2026 00:30]"));
        assert_eq!(at_night("28", "12:30", "noon"), "11-28 12:30");
        // A press on what is still to come is refused all the same.
        assert!(at_night("29", "12:00", "noon").starts_with("When: Sun 29 Nov 2026 12:00 is still to come"));
    }

    #[test]
    fn yesterday_is_offered_and_taken_with_one_press() {
        for typed in ["23:30", "11.30pm", "23h30", "2330"] {
            let asked =
                "When: Sun 29 Nov 2026 23:30 is still to come; it is Sun 29 Nov 2026 00:40 now. Was it the day before?";
            let offer = "yesterday=Yes, Sat 28 Nov 2026 23:30";
            assert_eq!(at_night("29", typed, ""), format!("{asked} [{offer}]"), "{typed}");
            assert_eq!(at_night("29", typed, "yesterday"), "11-28 23:30");
        }
        assert!(at_night("29", "0730", "").contains("[yesterday=Yes, Sat 28 Nov 2026 07:30]"));
        assert!(at_night("29", "7.30pm", "").contains("[yesterday=Yes, Sat 28 Nov 2026 19:30]"));
        assert!(at_night("30", "23:30", "").ends_with("now []"), "the day before is still to come as well");
        assert_eq!(at_night("29", "00:40", ""), "11-29 00:40", "this very minute");
        assert!(at_night("29", "00:41", "").contains("[yesterday=Yes, Sat 28 Nov 2026 00:41]"));
        for (typed, offers) in [
            (
                "half seven",
                "morning=In the morning: Sat 28 Nov 2026 07:30; afternoon=In the afternoon or evening: Sat 28 Nov 2026 19:30",
            ),
            (
                "quarter to one",
                "morning=In the morning: Sat 28 Nov 2026 00:45; afternoon=In the afternoon or evening: Sat 28 Nov 2026 12:45",
            ),
        ] {
            let which = "When: this may be in the morning or in the afternoon; say which";
            assert_eq!(at_night("28", typed, ""), format!("{which} [{offers}]"));
        }
        assert_eq!(at_night("28", "half seven", "afternoon"), "11-28 19:30");
        // At 00:40 of the 29th both half sevens of that day are to come; the one of the evening before is offered.
        assert!(
            at_night("29", "half seven", "").ends_with("[evening-before=The evening before: Sat 28 Nov 2026 19:30]")
        );
        assert_eq!(at_night("29", "half seven", "evening-before"), "11-28 19:30");
        assert!(at_night("29", "half seven", "morning").contains("is still to come"));
        for typed in ["23:30-23:45", "25:00", "24:01", "24:30"] {
            assert_eq!(
                at_night("28", typed, ""),
                format!("When: “{typed}” is not a time of day; write it like 18:30 or 6:30pm []")
            );
        }
    }

    #[test]
    fn noon_is_plain_in_the_hour_after_it_and_for_what_is_planned() {
        let calendar = Calendar::new([]);
        let read = |now: &str, time: &str, ahead: bool| {
            let asked = Asked { now: Moment::parse(now).unwrap(), ahead };
            match read(&calendar, &answers("29", "11", "2026", time, ""), "t", "When", asked) {
                Time::At(at) => Some(calendar.stamp(at)[11..16].to_string()),
                _ => None,
            }
        };
        assert_eq!(read("2026-11-29T12:00Z", "12:00", false), Some("12:00".into()));
        assert_eq!(read("2026-11-29T13:00Z", "12:00", false), Some("12:00".into()));
        assert_eq!(read("2026-11-29T13:01Z", "12:00", false), None);
        assert_eq!(read("2026-11-29T18:15Z", "12:15", false), Some("12:15".into()));
        assert_eq!(read("2026-11-29T18:16Z", "12:15", false), None);
        assert_eq!(read("2026-11-29T09:00Z", "12:00", true), Some("12:00".into()), "a meeting at noon");
        assert_eq!(read("2026-11-29T09:00Z", "12:00", false), None);
        assert_eq!(read("2026-11-29T12:20Z", "12", false), None, "a bare figure is no time by itself");
    }

    #[test]
    fn what_was_said_once_is_not_asked_again() {
        let calendar = Calendar::new([]);
        let settled = |day: &str, time: &str, fold: &str| {
            settled(&calendar, &answers(day, "11", "2026", time, fold), "t").map(|p| p.join(" "))
        };
        assert_eq!(settled("28", "12:00", "noon"), Some("28 11 2026 12:00pm ".into()));
        assert_eq!(settled("28", "24:00", "next"), Some("29 11 2026 00:00 ".into()));
        assert_eq!(settled("29", "23:30", "yesterday"), Some("28 11 2026 23:30 ".into()));
        assert_eq!(settled("28", "half three", "afternoon"), Some("28 11 2026 15:30 ".into()));
        assert_eq!(settled("29", "23:30", ""), None);
        assert_eq!(settled("29", "soon", "yesterday"), None);
        let noon = Moment::parse("2026-11-20T12:00Z").unwrap();
        assert_eq!(split(&calendar, noon)[3], "12:00pm");
    }
}
