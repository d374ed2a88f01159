//! Addresses that pages of cases lead to. Classes are in `look`.

use crate::back;
use std::borrow::Borrow;
use views::{BoardLine, Bundle, DutyLine, Gap, GapPlace, Urgency, Whose};

/// The page of the episode that a duty belongs to, or else of the child.
pub fn place_of(line: &DutyLine) -> String {
    match &line.episode {
        Some(episode) => format!("/children/{}/episodes/{episode}", line.child),
        None => format!("/children/{}", line.child),
    }
}

/// The page of the episode that the lines of a bundle belong to, or else of the child.
pub fn place_of_bundle(bundle: &Bundle) -> String {
    match &bundle.episode {
        Some(episode) => format!("/children/{}/episodes/{episode}", bundle.child),
        None => format!("/children/{}", bundle.child),
    }
}

/// The word for whose list it is, in addresses.
pub fn whose(whose: impl Borrow<Whose>) -> &'static str {
    match whose.borrow() {
        Whose::All => "all",
        Whose::Mine => "mine",
        Whose::Team => "team",
    }
}

/// Where a duty is done, and back from there to the page that is named.
pub fn does(line: &DutyLine, event: &str, from: &str) -> String {
    // A key stands in an address as it is.
    let address = format!("/children/{}/record/{event}?duty={}", line.child, line.key);
    match back::with("", &[], from, "").strip_prefix('?') {
        Some(back) => format!("{address}&{back}"),
        None => address,
    }
}

/// Where it is said why a duty is due, and back from there.
pub fn why(line: &DutyLine, from: &str) -> String {
    back::with(&format!("/children/{}/why/{}", line.child, line.key), &[], from, "")
}

/// Where on the board a line belongs: while this stays, the line can be put in the place of the one before.
pub fn rank(line: &BoardLine) -> String {
    format!("{} {}", u8::from(line.next_limit.urgency != Urgency::Overdue), line.risk.word)
}

/// A telephone number as it is dialled.
pub fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// The address under which entries are disputed, beside that under which they are corrected.
pub fn disputes(correct: &str) -> String {
    correct.trim_end_matches("/correct").to_string() + "/dispute"
}

/// The address under which completed forms are read, beside that under which entries are corrected.
pub fn filled(correct: &str) -> String {
    correct.trim_end_matches("/correct").to_string() + "/forms/filled"
}

/// Where a missing fact is filled in, and back from there; none where the viewer cannot be led anywhere.
pub fn fills(child: &str, gap: &Gap, from: &str) -> Option<String> {
    let base = format!("/children/{child}");
    match &gap.place {
        GapPlace::Group(group) => {
            Some(back::with(&format!("{base}/facts/{group}/change"), &[], from, &format!("fact-{}", gap.fact)))
        }
        GapPlace::Event(event) => {
            Some(back::with(&format!("{base}/record/{event}"), &[("episode", &gap.episode)], from, ""))
        }
        GapPlace::Placement => Some(format!("{base}/placements")),
        GapPlace::Entry(entry) => Some(back::with(&format!("{base}/correct/{entry}"), &[], from, "")),
        GapPlace::Nowhere => None,
    }
}

/// Where a missing fact of a line is filled in, and back from there: to the page that is named, or else to that of the child or episode.
pub fn fills_line(line: &DutyLine, gap: &Gap, from: &str) -> Option<String> {
    if from.is_empty() { fills(&line.child, gap, &place_of(line)) } else { fills(&line.child, gap, from) }
}

/// The fact that a field of a form asks for.
pub fn fact_of(field: &views::FormField) -> &str {
    field.name.strip_prefix("f-").unwrap_or(&field.name)
}

/// Ids of provisions that stand in a text with commas, for the attribute of what is drawn.
pub fn provisions(listed: &str) -> String {
    listed.replace(", ", " ")
}
