//! The authorities that can answer for a child, with the days from which and until which each is one.

use super::source;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use jiff::civil::Date;
use toml::Spanned;

/// An authority.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Authority {
    /// The word in the record, such as `kent`.
    pub id: String,
    /// What people read.
    pub name: String,
    /// England, Wales, Scotland or Northern Ireland.
    pub nation: String,
    /// The code of the Office for National Statistics; may be empty. The last one, where it changed.
    pub code: String,
    /// The codes that it had before, each with the day after its last, in order.
    pub earlier: Vec<(String, Date)>,
    /// Its first day; none if that is long ago.
    pub from: Option<Date>,
    /// The day after its last.
    pub until: Option<Date>,
    /// The area of a rulebook that it is part of.
    pub within: Option<String>,
}

impl Authority {
    /// The code on a day: that of the time, since what was counted then was counted by it.
    pub fn code_on(&self, day: Date) -> &str {
        self.earlier.iter().find(|(_, until)| day < *until).map_or(&self.code, |(code, _)| code)
    }

    /// Is it, or was it, called by this code?
    pub fn has_code(&self, code: &str) -> bool {
        !code.is_empty() && (self.code == code || self.earlier.iter().any(|(earlier, _)| earlier == code))
    }

    /// Is there this authority on a day?
    pub fn is_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// Reads the authorities of a file.
pub(super) fn read(
    file: &SourceFile,
    list: &[source::Authority],
    authorities: &mut Vec<Authority>,
    problems: &mut Vec<Diagnostic>,
) {
    for one in list {
        let id = one.id.get_ref();
        if authorities.iter().any(|a| a.id == *id) {
            let message = format!("`{id}` is declared twice");
            problems.push(Diagnostic::error(
                "V01",
                file.place(one.id.span()),
                message,
                "keep one; a word has one meaning",
            ));
            continue;
        }
        authorities.push(Authority {
            id: id.clone(),
            name: one.name.clone(),
            nation: one.nation.clone(),
            code: one.code.clone(),
            earlier: earlier(file, &one.earlier, problems),
            from: date(file, one.from.as_ref(), problems),
            until: date(file, one.until.as_ref(), problems),
            within: one.within.clone(),
        });
    }
}

fn earlier(file: &SourceFile, list: &[source::EarlierCode], problems: &mut Vec<Diagnostic>) -> Vec<(String, Date)> {
    let dated = list.iter().filter_map(|one| Some((one.code.clone(), date(file, Some(&one.until), problems)?)));
    let mut found: Vec<(String, Date)> = dated.collect();
    found.sort_by_key(|(_, until)| *until);
    found
}

fn date(file: &SourceFile, written: Option<&Spanned<String>>, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    let written = written?;
    let date = written.get_ref().parse().ok();
    if date.is_none() {
        let help = "write it like `2021-04-01`";
        problems.push(Diagnostic::error("V01", file.place(written.span()), "not a date", help));
    }
    date
}
