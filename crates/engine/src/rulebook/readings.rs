//! The register of readings: how unclear text is read, why, and what else it could mean. Rules point to it by ids; what people
//! are shown is the sentences.

use super::compile::Compiler;
use super::data::Reading;
use super::loose::Loose;
use super::model::Rulebook;
use super::source::{self, Text};
use crate::words::did_you_mean_or;

/// What to do about a reading that there is not.
const WHERE: &str = "write the [[reading]], with what it says, why, and what else it could mean, and point to its id";

impl Compiler<'_> {
    /// Puts a reading into the register.
    pub(super) fn register_reading(&mut self, book: &mut Rulebook, reading: &source::Reading) {
        let id = reading.id.get_ref();
        if book.readings.iter().any(|r| r.id == *id) {
            self.wrong("R03", reading.id.span(), format!("the reading `{id}` is there twice"), "rename one");
            return;
        }
        for (key, text) in [("says", &reading.says), ("why", &reading.why), ("otherwise", &reading.otherwise)] {
            if text.is_empty() {
                let message = format!("the reading `{id}` has an empty `{key}`");
                self.wrong("R21", reading.id.span(), message, "write a plain sentence");
            }
        }
        book.readings.push(Reading {
            id: id.clone(),
            says: reading.says.clone(),
            why: reading.why.clone(),
            otherwise: reading.otherwise.clone(),
            used: false,
            cites: self.cites(&reading.cite),
            place: self.file.place(reading.id.span()),
        });
    }

    /// The sentences of the readings that something points to.
    pub(super) fn reading(&mut self, book: &Rulebook, readings: Option<&source::Readings>) -> Option<String> {
        let readings = readings?;
        let one: Vec<Text>;
        let ids: &[Text] = match readings.get_ref() {
            Loose::Word(id) => {
                one = vec![Self::spanned(id, readings)];
                &one
            }
            Loose::List(ids) => ids,
            Loose::Table(_) => {
                self.wrong("R03", readings.span(), "`reading` is the id of a reading, or a list of ids", WHERE);
                return None;
            }
        };
        let mut sentences = Vec::new();
        for id in ids {
            match book.readings.iter().find(|r| r.id == *id.get_ref()) {
                Some(reading) => {
                    self.read.borrow_mut().insert(reading.id.clone());
                    sentences.push(reading.says.as_str());
                }
                None => {
                    let help = did_you_mean_or(id.get_ref(), book.readings.iter().map(|r| r.id.as_str()), WHERE);
                    self.wrong("R03", id.span(), format!("unknown reading `{}`", short(id.get_ref())), help);
                }
            }
        }
        if sentences.is_empty() { None } else { Some(sentences.join(" ")) }
    }
}

/// The beginning of what may be a whole sentence.
fn short(text: &str) -> String {
    let mut found: String = text.chars().take(40).collect();
    if found.len() < text.len() {
        found.push_str("...");
    }
    found
}
