//! States and grades with their colours. An unknown word is shown as it is, in grey: the vocabulary may grow.

use crate::Tag;
use casebook::command::labels;

fn tag(word: &str, text: impl Into<String>, colour: &'static str) -> Tag {
    Tag { word: word.into(), text: text.into(), colour }
}

/// The state of a duty.
pub fn duty_state(word: &str) -> Tag {
    match word {
        "overdue" => tag(word, "Overdue", "red"),
        "due" => tag(word, "Due", "yellow"),
        "cannot-tell" => tag(word, "Cannot tell yet", "purple"),
        "upcoming" => tag(word, "Not yet", "grey"),
        "done" => tag(word, "Done", "green"),
        "done-late" => tag(word, "Done late", "orange"),
        "lapsed" => tag(word, "No longer asked", "grey"),
        "waived" => tag(word, "Waived", "grey"),
        _ => tag(word, labels::capital(word), "grey"),
    }
}

/// The status of an episode.
pub fn status(word: Option<&str>) -> Tag {
    match word {
        Some("missing") => tag("missing", "Missing", "red"),
        Some("absent") => tag("absent", "Absent", "orange"),
        Some("away") => tag("away", "Away", "yellow"),
        Some("returned") => tag("returned", "Returned", "green"),
        Some(word) => tag(word, labels::capital(word), "grey"),
        None => tag("", "Status not recorded", "grey"),
    }
}

/// How far a strategy meeting has come.
pub fn meeting_state(word: &str) -> Tag {
    match word {
        "to-come" => tag(word, "To come", "blue"),
        "passed" => tag(word, "Not recorded as held", "orange"),
        "held" => tag(word, "No minutes yet", "grey"),
        "minuted" => tag(word, "Minutes issued", "green"),
        _ => tag(word, labels::capital(word), "grey"),
    }
}

/// A grade of risk.
pub fn risk(word: Option<&str>) -> Tag {
    match word {
        Some("high") => tag("high", "High risk", "red"),
        Some("medium") => tag("medium", "Medium risk", "orange"),
        Some("low") => tag("low", "Low risk", "blue"),
        Some(word) => tag(word, labels::capital(word), "grey"),
        None => tag("", "Risk not graded", "grey"),
    }
}
