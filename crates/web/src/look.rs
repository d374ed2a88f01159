//! Small choices of look, for templates: which class a duty or a limit gets, which colour stands behind somebody's initials.

use views::{DutyLine, Limit, State, Urgency};

/// `overdue`, `soon`, `later`, `done` or `none`.
pub fn urgency(line: &DutyLine) -> &'static str {
    match line.state {
        State::Done | State::DoneLate | State::Lapsed | State::Waived => "done",
        State::Upcoming => "later",
        State::CannotTell => "none",
        State::Due | State::Overdue => limit(&line.limit),
    }
}

/// `overdue`, `soon`, `later` or `none`.
pub fn limit(limit: &Limit) -> &'static str {
    match limit.urgency {
        Urgency::Overdue => "overdue",
        Urgency::Soon => "soon",
        Urgency::Later => "later",
        Urgency::None => "none",
    }
}

/// How strongly a duty is meant, where it is not a must and its own words do not begin with it: `Should`, `Consider`.
pub fn modality(line: &DutyLine) -> String {
    let note = views::words::modality_note(line.modality);
    let said = line.label.to_lowercase().starts_with(note);
    if note.is_empty() || said { String::new() } else { capital(note) }
}

/// One of five colours, always the same for the same initials.
pub fn hue(initials: &str) -> u32 {
    initials.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 5
}

/// With a capital first letter; the rest as it is.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
