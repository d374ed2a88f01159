//! A case file of rows that are kept one by one: each is read once, and more can be added without reading again what is there.

use super::chronology::{Draft, Keys};
use super::entry::entry;
use super::model::CaseFile;
use super::references;
use crate::node::from_json;
use crate::reader::Reader;
use engine::diagnostic::{Diagnostic, Level};
use engine::source::SourceFile;
use engine::vocabulary::Vocabulary;
use engine::words::Sym;
use std::collections::HashMap;

/// The rows of a record, read.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Everything but the chronology.
    known: CaseFile,
    /// The entries, before the references between them are resolved.
    drafts: Vec<Draft>,
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
        Ok(Rows { words: known.words.clone(), known, drafts: Vec::new() })
    }

    /// Adds entries at the end, each one JSON object as in a case file.
    ///
    /// # Errors
    /// Everything wrong with them; what was there before stays.
    pub fn add<'t>(
        &mut self,
        vocabulary: &'t Vocabulary,
        entries: impl Iterator<Item = &'t str>,
    ) -> Result<(), Faults> {
        let mut reader = Reader::new(vocabulary, "a record", "");
        let before = self.drafts.len();
        for text in entries {
            let position = self.drafts.len() + 1;
            match from_json(text) {
                Ok((node, twice)) => {
                    twice.into_iter().for_each(|key| reader.malformed(key));
                    self.drafts.extend(entry(&mut reader, &node, position, &Keys::CASE_FILE));
                }
                Err(malformed) => reader.malformed(malformed),
            }
        }
        let sound = reader.errors() == 0;
        let (words, problems) = reader.finish();
        if !sound {
            self.drafts.truncate(before);
            return Err(errors(problems));
        }
        self.words.extend(words);
        Ok(())
    }

    /// The case file that they are.
    ///
    /// # Errors
    /// References between entries that lead nowhere.
    pub fn file(&self, vocabulary: &Vocabulary) -> Result<CaseFile, Faults> {
        let mut reader = Reader::new(vocabulary, "a record", "");
        let chronology = references::resolve(&mut reader, self.drafts.clone(), &Keys::CASE_FILE);
        if reader.errors() > 0 {
            return Err(errors(reader.finish().1));
        }
        Ok(CaseFile { chronology, words: self.words.clone(), ..self.known.clone() })
    }
}

fn errors(problems: Vec<Diagnostic>) -> Faults {
    problems.into_iter().filter(|p| p.level == Level::Error).collect()
}
