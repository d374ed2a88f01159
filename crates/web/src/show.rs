//! Addresses that pages of cases lead to. Classes are in `look`.

use views::DutyLine;

/// The page of the episode that a duty belongs to, or else of the child.
pub fn place_of(line: &DutyLine) -> String {
    match &line.episode {
        Some(episode) => format!("/children/{}/episodes/{episode}", line.child),
        None => format!("/children/{}", line.child),
    }
}

/// A telephone number as it is dialled.
pub fn dialled(phone: &str) -> String {
    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// The address under which entries are disputed, beside that under which they are corrected.
pub fn disputes(correct: &str) -> String {
    correct.trim_end_matches("/correct").to_string() + "/dispute"
}

/// Ids of provisions that stand in a text with commas, for the attribute of what is drawn.
pub fn provisions(listed: &str) -> String {
    listed.replace(", ", " ")
}
