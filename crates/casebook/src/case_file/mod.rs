//! The case file: the whole record of one child as JSON. `docs/case-file.md` is its description for people, `schema` the one
//! for machines. Reading it collects everything wrong with it at once. What was known when is worked out in `known`.

mod checked;
mod chronology;
mod entry;
mod facts;
mod filled;
mod growing;
mod model;
mod people;
mod placements;
mod plausible;
mod record;
mod references;
mod rows;
mod write;

pub use checked::{CheckAnswer, Checked};
pub use facts::{corrected_by, standing as standing_facts};
pub use filled::{Filled, FilledAnswer};
pub use growing::Growing;
pub use model::{CaseFile, DatedFact, EntryLine, Person, Placement, Remark, SettingLine, Taken};
pub use write::{text as written, write};

pub(crate) use chronology::{Keys, chronology};
pub(crate) use facts::is_known;
pub(crate) use placements::fact_keys as placement_keys;
pub use placements::is_of_placement;
pub(crate) use record::{fact_line, fact_value, setting_lines};
pub use rows::{Faults, Rows};

use crate::node::{Node, from_json};
use crate::reader::Reader;
use engine::diagnostic::{Diagnostic, Level, Place};
use engine::source::SourceFile;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;

/// A longer file is refused, in bytes.
pub const LARGEST: usize = 20_000_000;

const KEYS: [&str; 8] = ["$schema", "case", "about", "facts", "people", "placements", "settings", "chronology"];

/// What came of reading a case file.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The case; none if anything in it is an error.
    pub case: Option<CaseFile>,
    /// Everything wrong, by place. With warnings alone the case is kept.
    pub problems: Vec<Diagnostic>,
}

/// Reads a case file. `now`, if given, is used to flag what is said to have happened later.
///
/// Never fails as such: see [`Reading::problems`]. Codes are listed in `docs/case-file.md`.
pub fn read(source: &SourceFile, vocabulary: &Vocabulary, now: Option<Moment>) -> Reading {
    if let Some(problem) = too_large(&source.path, source.text.len()) {
        return Reading { case: None, problems: vec![problem] };
    }
    let mut reader = Reader::new(vocabulary, &source.path, &source.text);
    let case = match from_json(&source.text) {
        Ok((node, twice)) => {
            for key in twice {
                reader.malformed(key);
            }
            Some(top(&mut reader, &node, now))
        }
        Err(malformed) => {
            reader.malformed(malformed);
            None
        }
    };
    let sound = reader.errors() == 0;
    let (words, problems) = reader.finish();
    let case = case.filter(|_| sound).map(|case| CaseFile { words, ..case });
    Reading { case, problems }
}

/// As [`read`], for bytes that may not even be text.
pub fn read_bytes(path: &str, bytes: &[u8], vocabulary: &Vocabulary, now: Option<Moment>) -> Reading {
    if let Some(problem) = too_large(path, bytes.len()) {
        return Reading { case: None, problems: vec![problem] };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => read(&SourceFile::new(path, text), vocabulary, now),
        Err(problem) => {
            let place = Reader::new(vocabulary, path, &String::from_utf8_lossy(&bytes[..problem.valid_up_to()]))
                .lines
                .place(usize::MAX);
            let message = "the file is not text in UTF-8 from here on";
            Reading { case: None, problems: vec![Diagnostic::error("C00", place, message, "save it as UTF-8")] }
        }
    }
}

/// Is anything in a list of findings an error?
pub fn any_error(problems: &[Diagnostic]) -> bool {
    problems.iter().any(|p| p.level == Level::Error)
}

fn too_large(path: &str, bytes: usize) -> Option<Diagnostic> {
    let place = Place { file: path.into(), line: 0, column: 0 };
    let (found, most) = (bytes.div_ceil(1_000_000), LARGEST / 1_000_000);
    let message = format!("the file has {found} MB; a case file may have {most} MB");
    (bytes > LARGEST).then(|| Diagnostic::error("C00", place, message, "one file is for one child; split it"))
}

fn top<'a>(reader: &mut Reader<'a>, node: &Node<'a>, now: Option<Moment>) -> CaseFile {
    let mut case = CaseFile {
        file: reader.lines.file().into(),
        id: String::new(),
        about: None,
        facts: Vec::new(),
        people: Vec::new(),
        placements: Vec::new(),
        settings: Vec::new(),
        chronology: Vec::new(),
        words: std::collections::HashMap::new(),
    };
    let mut named = false;
    for property in reader.object(node, "the case file") {
        let value = &property.value;
        match &*property.name {
            "$schema" => _ = reader.text(value, "$schema"),
            "case" => {
                named = true;
                case.id = reader.full_text(value, "case").unwrap_or_default();
            }
            "about" => case.about = reader.text(value, "about"),
            "facts" => case.facts = record::facts(reader, value),
            "people" => case.people = people::people(reader, value),
            "placements" => case.placements = placements::placements(reader, value),
            "settings" => case.settings = record::settings(reader, value),
            "chronology" => case.chronology = chronology(reader, value, &Keys::CASE_FILE),
            _ => reader.unknown_key(property, "the case file", &KEYS),
        }
    }
    if !named {
        reader.missing(node.at, "the case file", "case", "give the case an id, such as `\"case\": \"riley-01\"`");
    }
    plausible::check(reader, &case, now);
    case
}
