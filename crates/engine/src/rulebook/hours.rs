//! When the offices of an area are open: as a rulebook has it, until the area sets it otherwise.

use super::{Course, Rulebook, Setting, SettingValue};
use crate::calendar::Calendar;
use crate::time::Moment;
use jiff::civil::Time;
use std::fmt;

/// The kind of the setting that says when offices are open.
pub const HOURS: &str = "hours";
/// Its id in every rulebook that has office hours.
pub const OFFICE_HOURS: &str = "office-hours";
/// Monday first.
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const HOW: &str = "Write days and hours as in Monday to Thursday 08:45 to 17:15, Friday 08:45 to 16:30";

/// Office hours, by the wall clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct OfficeHours {
    /// From when until when on each day, Monday first; none on a day on which offices are closed.
    pub days: [Option<(Time, Time)>; 7],
}

impl OfficeHours {
    /// Is this moment within them? A bank holiday is not.
    pub fn cover(&self, calendar: &Calendar, at: Moment) -> bool {
        let here = calendar.local(at);
        let day = here.weekday().to_monday_zero_offset() as usize;
        let holiday = day < 5 && !calendar.is_working_day(here.date());
        !holiday && self.days[day].is_some_and(|(from, until)| here.time() >= from && here.time() < until)
    }

    /// Reads `Monday to Thursday 08:45 to 17:15, Friday 08:45 to 16:30`; days also as `mon-thu`, and one by one.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<OfficeHours, String> {
        let mut hours = OfficeHours::default();
        let (mut days, mut opens, mut range): (Vec<usize>, Option<Time>, bool) = (Vec::new(), None, false);
        for token in tokens(text) {
            match token.as_str() {
                "to" | "until" | "-" | "–" => range = true,
                "and" | "," | ";" => {}
                _ => match (day(&token), time(&token), opens) {
                    (Some(last), _, None) => {
                        let first = if range { days.pop() } else { None };
                        match first {
                            Some(first) if first < last => days.extend(first..=last),
                            Some(_) => return Err(format!("The days are in order from Monday. {HOW}")),
                            None if range => return Err(HOW.into()),
                            None => days.push(last),
                        }
                        range = false;
                    }
                    (None, Some(from), None) if !days.is_empty() && !range => opens = Some(from),
                    (None, Some(until), Some(from)) if range && from < until => {
                        for day in days.drain(..) {
                            if hours.days[day].replace((from, until)).is_some() {
                                return Err(format!("{} stands there twice. {HOW}", DAYS[day]));
                            }
                        }
                        (opens, range) = (None, false);
                    }
                    (None, Some(_), Some(_)) if range => {
                        return Err(format!("Offices close later than they open. {HOW}"));
                    }
                    _ => return Err(HOW.into()),
                },
            }
        }
        if !days.is_empty() || opens.is_some() || range || hours == OfficeHours::default() {
            return Err(HOW.into());
        }
        Ok(hours)
    }

    /// The times of the day at which offices open or close on some day.
    pub fn edges(&self) -> impl Iterator<Item = Time> {
        self.days.into_iter().flatten().flat_map(|(from, until)| [from, until])
    }
}

impl fmt::Display for OfficeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut day = 0;
        let mut first = true;
        while day < DAYS.len() {
            let Some((from, until)) = self.days[day] else {
                day += 1;
                continue;
            };
            let same = self.days[day..].iter().take_while(|other| **other == self.days[day]).count();
            f.write_str(if first { "" } else { ", " })?;
            f.write_str(DAYS[day])?;
            if same > 1 {
                write!(f, " to {}", DAYS[day + same - 1])?;
            }
            write!(f, " {} to {}", from.strftime("%H:%M"), until.strftime("%H:%M"))?;
            (first, day) = (false, day + same);
        }
        Ok(())
    }
}

impl Rulebook {
    /// The setting that says when offices are open, with its place among the settings; none where the rulebook has no office hours.
    pub fn hours(&self) -> Option<(usize, &Setting)> {
        // It is the last: see `office_hours` in `library`.
        let last = self.settings.len().checked_sub(1)?;
        self.settings.get(last).filter(|setting| setting.kind == HOURS).map(|setting| (last, setting))
    }

    /// When offices are open at a moment, with what was set of it from some moments on: see [`Case::settings`](crate::case::Case::settings).
    pub fn office_hours(&self, set: &[(Moment, SettingValue)], at: Moment) -> Option<OfficeHours> {
        match Course::of(self.hours()?.1.default.clone(), set).at(at) {
            SettingValue::Hours(hours) => Some(*hours),
            _ => None,
        }
    }
}

/// Words, times and marks, in small letters.
fn tokens(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    for c in text.to_lowercase().chars() {
        let part = c.is_alphanumeric() || c == ':' || c == '.';
        if !part {
            found.extend([c.to_string(), String::new()]);
        } else if let Some(last) = found.last_mut() {
            last.push(c);
        }
    }
    found.retain(|token| !token.trim().is_empty());
    found
}

fn day(token: &str) -> Option<usize> {
    let token = token.trim_end_matches('.');
    let short = token.len() >= 3;
    DAYS.iter().position(|day| short && day.to_lowercase().starts_with(token.trim_end_matches('s')))
}

fn time(token: &str) -> Option<Time> {
    let token = token.replace('.', ":");
    let (hour, minute) = token.split_once(':')?;
    (minute.len() == 2).then(|| Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn office_hours_are_read_as_people_write_them() {
        for (written, means) in [
            ("Monday to Friday 09:00 to 17:00", "Monday to Friday 09:00 to 17:00"),
            ("mon-fri 9:00-17:00", "Monday to Friday 09:00 to 17:00"),
            ("Mon-Thu 08.45 – 17.15; Fri 8.45 until 16.30", "Monday to Thursday 08:45 to 17:15, Friday 08:45 to 16:30"),
            ("Mondays, Tuesday and Sat 10:00 to 12:00", "Monday to Tuesday 10:00 to 12:00, Saturday 10:00 to 12:00"),
        ] {
            assert_eq!(OfficeHours::parse(written).unwrap().to_string(), means, "{written}");
            assert_eq!(OfficeHours::parse(means).unwrap().to_string(), means);
        }
    }

    #[test]
    fn what_says_no_hours_is_refused_with_how_to_write_them() {
        for written in [
            "",
            "always",
            "9 to 5",
            "Mon-Fri",
            "09:00 to 17:00",
            "Mon-Fri 17:00-09:00",
            "Mon-Fri 09:00",
            "Mon 09:00-17:00, Mon 10:00-11:00",
            "Fri-Mon 09:00-17:00",
            "Mon-Fri 25:00-26:00",
            "Mon-Fri 09:00-17:00 roughly",
            "- Fri 09:00-17:00",
        ] {
            let says = OfficeHours::parse(written).unwrap_err();
            assert!(says.contains(HOW), "{written}: {says}");
        }
    }
}
