//! Statuses and grades with their colours. An unknown word is shown as it is, in grey: the vocabulary may grow.

use crate::Tag;
use casebook::command::labels;

fn tag(word: &str, text: impl Into<String>, colour: &'static str) -> Tag {
    Tag { word: word.into(), text: text.into(), colour }
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

/// A grade of risk.
pub fn risk(word: Option<&str>) -> Tag {
    match word {
        Some("high") => tag("high", "High risk", "red"),
        Some("medium") => tag("medium", "Medium risk", "orange"),
        Some("low") => tag("low", "Low risk", "blue"),
        Some("no_apparent_risk") => tag("no_apparent_risk", "No apparent risk", "grey"),
        Some(word) => tag(word, labels::capital(word), "grey"),
        None => tag("", "Risk not graded", "grey"),
    }
}
