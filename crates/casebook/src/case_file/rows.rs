//! A case file of rows that are kept one by one: each is read once, and more can be added without reading again what is there.

use super::chronology::Keys;
use super::entry::entry;
use super::model::{CaseFile, EntryLine};
use super::references;
use crate::node::from_json;
use crate::reader::Reader;
use engine::diagnostic::{Diagnostic, Level};
use engine::source::SourceFile;
use engine::vocabulary::Vocabulary;
use engine::words::Sym;
use std::collections::HashMap;
use std::sync::Arc;

/// The rows of a record, read.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Everything but the chronology.
    known: CaseFile,
    /// The entries. What comes later changes nothing of them: they refer to each other backwards or together.
    chronology: Vec<Arc<EntryLine>>,
    words: HashMap<Sym, String>,
}

/// Everything that is wrong with a row.
pub type Faults = Vec<Diagnostic>;

impl Rows {
    /// Begins with the text of a case file that has no chronology.
    ///
    /// # Errors
    /// Everything wrong with it.
    pub fn begin(name: &str, text: &str, vocabulary: &Vocabulary) -> Result<Rows, Faults> {
        let reading = super::read(&SourceFile::new(name, text), vocabulary, None);
        let known = reading.case.ok_or_else(|| errors(reading.problems))?;
        Ok(Rows { words: known.words.clone(), known, chronology: Vec::new() })
    }

    /// Takes another text for everything but the chronology.
    ///
    /// # Errors
    /// Everything wrong with it; what was there before stays.
    pub fn replace_known(&mut self, name: &str, text: &str, vocabulary: &Vocabulary) -> Result<(), Faults> {
        let Rows { known, words, .. } = Rows::begin(name, text, vocabulary)?;
        self.known = known;
        self.words.extend(words);
        Ok(())
    }

    /// Adds entries at the end, each one JSON object as in a case file, which may refer to each other and to those before.
    ///
    /// # Errors
    /// Everything wrong with them; what was there before stays.
    pub fn add<'t>(
        &mut self,
        vocabulary: &'t Vocabulary,
        entries: impl Iterator<Item = &'t str>,
    ) -> Result<(), Faults> {
        let mut reader = Reader::new(vocabulary, "a record", "");
        let mut drafts = Vec::new();
        for text in entries {
            let position = self.chronology.len() + drafts.len() + 1;
            match from_json(text) {
                Ok((node, twice)) => {
                    twice.into_iter().for_each(|key| reader.malformed(key));
                    drafts.extend(entry(&mut reader, &node, position, &Keys::CASE_FILE));
                }
                Err(malformed) => reader.malformed(malformed),
            }
        }
        let lines = references::resolve(&mut reader, &self.chronology, drafts, &Keys::CASE_FILE);
        let sound = reader.errors() == 0;
        let (words, problems) = reader.finish();
        if !sound {
            return Err(errors(problems));
        }
        self.chronology.extend(lines);
        self.words.extend(words);
        Ok(())
    }

    /// The case file that they are.
    pub fn file(&self) -> CaseFile {
        CaseFile { chronology: self.chronology.clone(), words: self.words.clone(), ..self.known.clone() }
    }
}

fn errors(problems: Vec<Diagnostic>) -> Faults {
    problems.into_iter().filter(|p| p.level == Level::Error).collect()
}
