//! A year's calendar of a child's episodes, and the hours of the day at which they began.

use crate::Lens;
use crate::words::count;
use crate::{CalendarDay, HourCount};
use engine::case::{Case, Episode};

/// The first and the last day of the year that ends today, and each day of it that an episode touched.
pub(crate) fn calendar(lens: &Lens<'_>, case: &Case) -> (String, String, Vec<CalendarDay>) {
    let calendar = lens.face.calendar;
    let today = calendar.date(lens.now);
    let mut day = today;
    for _ in 0..364 {
        day = day.yesterday().unwrap_or(day);
    }
    let first = day;
    let since = calendar.start_of(first);
    let year: Vec<&Episode> = case.episodes.iter().filter(|e| e.end.is_none_or(|end| end > since)).collect();
    let mut found = Vec::new();
    while day <= today {
        let Ok(next) = day.tomorrow() else { break };
        let (from, to) = (calendar.start_of(day), calendar.start_of(next).min(lens.now));
        let touched = year.iter().filter(|e| e.start < to && e.end.is_none_or(|end| end > from));
        let mut seconds = 0;
        let mut episodes = Vec::new();
        for episode in touched {
            seconds += episode.end.map_or(to, |end| end.min(to)).0 - episode.start.max(from).0;
            episodes.push(episode.id.clone());
        }
        if !episodes.is_empty() {
            // A quarter of an hour is still a day on which the child was gone.
            let hours = ((seconds + 1800) / 3600).clamp(1, 25);
            let words = format!("{}: gone for {}", lens.face.date(from), count(hours as usize, "hour", "hours"));
            found.push(CalendarDay { date: day.to_string(), hours: hours as u8, episodes, words });
        }
        day = next;
    }
    (first.to_string(), today.to_string(), found)
}

/// How many episodes began in each hour of the day.
pub(crate) fn hours(lens: &Lens<'_>, case: &Case) -> Vec<HourCount> {
    let mut counts = [0_u32; 24];
    for episode in &case.episodes {
        let hour = lens.face.calendar.local(episode.start).hour();
        counts[usize::from(hour.unsigned_abs()) % 24] += 1;
    }
    counts.into_iter().enumerate().map(|(hour, count)| HourCount { hour: hour as u8, count }).collect()
}
