//! How a child goes missing, in one sentence: how often lately, at what time of day, for how long.

use crate::words::{count, span};
use crate::{Lens, Record};
use engine::case::Episode;

/// So many days back count as lately.
const DAYS: i64 = 90;
/// Fewer episodes than this are no pattern of hours.
const FEW: usize = 3;
/// Hours of the day are looked at in stretches of so many.
const STRETCH: usize = 3;

/// The pattern; empty for a child who was gone once at most.
pub(crate) fn pattern(lens: &Lens<'_>, record: &Record) -> String {
    let since = lens.now.plus_minutes(-DAYS * 1440);
    let all = &record.case.certain().episodes;
    let lately: Vec<&Episode> = all.iter().filter(|e| e.start > since && e.start <= lens.now).collect();
    if all.len() < 2 {
        return String::new();
    }
    let mut said = format!("Gone {} in the last {DAYS} days", count(lately.len(), "time", "times"));
    let mut lengths: Vec<i64> =
        lately.iter().filter_map(|e| Some(e.end?.minute() - e.start.minute())).filter(|m| *m >= 0).collect();
    lengths.sort_unstable();
    if let Some(middle) = lengths.get(lengths.len() / 2) {
        said += &format!(", mostly for about {}", span(*middle));
    }
    if let Some(longest) = lengths.last().filter(|_| lengths.len() > 1) {
        said += &format!(", at most {}", span(*longest));
    }
    said.push('.');
    if lately.len() >= FEW
        && let Some((from, times)) = hours(lens, &lately)
    {
        let until = (from + STRETCH) % 24;
        said += &format!(" {times} of {} began between {from:02}:00 and {until:02}:00.", lately.len());
    }
    said
}

/// The stretch of the day in which most began, where it is half of them or more: its first hour, and how many.
fn hours(lens: &Lens<'_>, episodes: &[&Episode]) -> Option<(usize, usize)> {
    let mut of_hour = [0_usize; 24];
    for episode in episodes {
        let hour = lens.face.calendar.local(episode.start).hour();
        of_hour[usize::try_from(hour).unwrap_or(0) % 24] += 1;
    }
    let in_stretch = |from: usize| (0..STRETCH).map(|n| of_hour[(from + n) % 24]).sum::<usize>();
    let from = (0..24).max_by_key(|from| (in_stretch(*from), of_hour[*from], std::cmp::Reverse(*from)))?;
    let times = in_stretch(from);
    (times * 2 >= episodes.len()).then_some((from, times))
}
