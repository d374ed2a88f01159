//! What `duties`, `explain` and `forecast` have in common: a library, a case as known, a moment, an evaluator.

use crate::args::Asked;
use crate::failure::Failure;
use crate::{library, print};
use casebook::case_file::{self, CaseFile};
use casebook::known::{self, known};
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Evaluator, Options, Words};
use engine::ids::{BookNo, EpisodeNo};
use engine::rulebook::{Library, Rulebook};
use engine::time::Moment;
use engine::value::Truth;
use serde_json::{Value, json};
use std::path::Path;

/// A question to be answered.
pub struct Session {
    pub library: Library,
    pub case: Case,
    pub file: CaseFile,
    pub flags: Vec<known::Flag>,
    pub now: Moment,
    pub known_at: Option<Moment>,
    chosen: Vec<String>,
}

/// The present moment. The command line is the only place that reads a clock.
pub fn present() -> Moment {
    Moment(jiff::Timestamp::now().as_second())
}

/// Reads a case file; prints what is wrong with it.
pub fn read_case(path: &Path, library: &Library) -> Result<CaseFile, Failure> {
    let bytes = std::fs::read(path).map_err(|e| Failure::file(path, e))?;
    let reading = case_file::read_bytes(&path.to_string_lossy(), &bytes, &library.vocabulary, None);
    match reading.case {
        Some(case) if !case_file::any_error(&reading.problems) => Ok(case),
        _ => {
            reading.problems.iter().for_each(|p| print::line(p.to_string()));
            print::line(format!("{}: {}", path.display(), count(reading.problems.len(), "problem")));
            Err(Failure::Wrong)
        }
    }
}

/// `1 problem`, `2 problems`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Reads a time from the command line.
pub fn time(text: &str, option: &str) -> Result<Moment, Failure> {
    Moment::parse(text).map_err(|e| Failure::Usage(format!("{option}: {e}")))
}

impl Session {
    pub fn open(asked: &Asked, rulebooks: Option<&Path>) -> Result<Session, Failure> {
        let library = library::load_sound(rulebooks).map_err(Failure::File)?;
        for id in &asked.rulebook {
            named(&library, id)?;
        }
        let file = read_case(&asked.case, &library)?;
        let now = asked.at.as_deref().map(|t| time(t, "--at")).transpose()?.unwrap_or_else(present);
        let known_at = asked.known_at.as_deref().map(|t| time(t, "--known-at")).transpose()?;
        // Whichever rulebooks are asked, what any of them certainly refuses eases nothing.
        let all = Evaluator::new(&library.vocabulary, &library.rulebooks);
        let (mut case, flags) = known(&file, &all, known_at);
        for line in &asked.setting {
            let (key, value) = setting(&library, line)?;
            case.settings.insert(key, vec![(Moment::EVER, value)]);
        }
        Ok(Session { library, case, file, flags, now, known_at, chosen: asked.rulebook.clone() })
    }

    /// The rulebooks to ask: those named, else all.
    pub fn books(&self) -> Vec<&Rulebook> {
        let wanted = |b: &&Rulebook| self.chosen.is_empty() || self.chosen.iter().any(|id| is_named(b, id));
        self.library.rulebooks.iter().filter(wanted).collect()
    }

    pub fn options(&self, horizon: Moment) -> Options {
        Options { horizon, forced: !self.chosen.is_empty(), ..Options::at(self.now) }
    }

    pub fn evaluator(&self) -> Evaluator<'_> {
        Evaluator::new(&self.library.vocabulary, self.books())
    }

    /// The duties in words, in the order of evaluation.
    pub fn duties(&self, evaluator: &Evaluator<'_>, options: &Options) -> Vec<(Duty, DutyView)> {
        let duties = evaluator.evaluate(&self.case, options);
        let views = evaluator.views(&self.case, options, &duties, Words::All);
        duties.into_iter().zip(views).collect()
    }

    /// Which rulebooks were asked, and whether they say that they apply.
    pub fn rulebooks_json(&self, evaluator: &Evaluator<'_>) -> Vec<Value> {
        let books = self.books();
        let one = |(index, book): (usize, &&Rulebook)| {
            let applies = match self.applies(evaluator, BookNo::at(index)) {
                Truth::True => "yes",
                Truth::False => "no",
                Truth::Unknown => "cannot tell",
            };
            let counts = self.counts(evaluator, BookNo::at(index));
            json!({ "id": book.id, "edition": book.edition, "hash": book.hash, "applies": applies, "counts": counts })
        };
        books.iter().enumerate().map(one).collect()
    }

    /// The frame of every JSON answer: rulebook, edition, content hash and moment.
    pub fn frame(&self, evaluator: &Evaluator<'_>) -> serde_json::Map<String, Value> {
        let calendar = &self.library.vocabulary.calendar;
        let mut map = serde_json::Map::new();
        map.insert("case".into(), json!(self.case.id));
        map.insert("at".into(), json!(calendar.stamp(self.now)));
        map.insert("known_at".into(), json!(self.known_at.map(|k| calendar.stamp(k))));
        map.insert("rulebooks".into(), Value::Array(self.rulebooks_json(evaluator)));
        map
    }

    /// Does a rulebook apply to the child: now, or for one of the episodes?
    pub fn applies(&self, evaluator: &Evaluator<'_>, book: BookNo) -> Truth {
        let starts = self.case.episodes.iter().map(|e| e.start).chain([self.now]).filter(|at| *at <= self.now);
        starts.map(|at| evaluator.applies(book, &self.case, at)).max().unwrap_or(Truth::Unknown)
    }

    /// Is it not known whether a rulebook applies to the child? One that was named is taken at its word.
    pub fn is_unsure_of(&self, evaluator: &Evaluator<'_>, book: BookNo) -> bool {
        self.chosen.is_empty() && self.applies(evaluator, book) == Truth::Unknown
    }

    /// Is an edition the one that counts: for one of the episodes, or today where there is none?
    fn counts(&self, evaluator: &Evaluator<'_>, book: BookNo) -> bool {
        let begun = self.case.episodes.iter().filter(|e| e.start <= self.now).count();
        (0..begun).map(EpisodeNo::at).any(|e| evaluator.is_edition_of(book, &self.case, e, self.now))
            || begun == 0 && evaluator.is_in_force(book, self.now)
    }

    fn another_counts(&self, evaluator: &Evaluator<'_>, book: &Rulebook) -> bool {
        let editions = self.books().into_iter().enumerate().filter(|(_, b)| b.id == book.id);
        editions.into_iter().any(|(index, _)| self.counts(evaluator, BookNo::at(index)))
    }

    fn is_first_edition(&self, book: &Rulebook) -> bool {
        self.books().iter().find(|b| b.id == book.id).is_some_and(|first| first.edition == book.edition)
    }

    /// The line above every answer in text.
    pub fn heading(&self, evaluator: &Evaluator<'_>) {
        let calendar = &self.library.vocabulary.calendar;
        let known = self.known_at.map(|k| format!(", as known at {}", calendar.words(k))).unwrap_or_default();
        print::line(print::styled(print::BOLD, &format!("{} at {}{known}", self.case.id, calendar.words(self.now))));
        for (index, book) in self.books().iter().enumerate() {
            let applies = self.applies(evaluator, BookNo::at(index));
            let counts = self.counts(evaluator, BookNo::at(index));
            let says = match (applies, self.chosen.is_empty()) {
                (Truth::False, true) => continue,
                // Another edition of the rulebook counts here; if none does, the first one says so.
                _ if !counts && (self.another_counts(evaluator, book) || !self.is_first_edition(book)) => continue,
                _ if !counts => ": no edition of it is in force, so it asks nothing",
                (Truth::False, false) => ", which says that it does not apply to this child",
                (Truth::Unknown, _) => ", which cannot tell whether it applies to this child",
                (Truth::True, _) => "",
            };
            let stale = book.review_due.filter(|due| *due < calendar.date(self.now));
            let stale = stale.map(|d| format!(" (its review was due on {d})")).unwrap_or_default();
            print::line(print::styled(
                print::DIM,
                &format!("by {} {} [{}]{says}{stale}", book.id, book.edition, book.hash),
            ));
        }
    }
}

/// Is a rulebook meant by `area` or `area/edition`?
pub fn is_named(book: &Rulebook, id: &str) -> bool {
    match id.split_once('/') {
        Some((area, edition)) => book.id == area && book.edition == edition,
        None => book.id == id,
    }
}

/// The rulebooks meant by `area` or `area/edition`.
pub fn named<'a>(library: &'a Library, id: &str) -> Result<Vec<&'a Rulebook>, Failure> {
    let found: Vec<&Rulebook> = library.rulebooks.iter().filter(|b| is_named(b, id)).collect();
    if found.is_empty() {
        let names: Vec<String> =
            library.rulebooks.iter().flat_map(|b| [b.id.clone(), format!("{}/{}", b.id, b.edition)]).collect();
        let help = engine::words::did_you_mean(id, names.iter().map(String::as_str));
        return Err(Failure::Usage(format!("there is no rulebook `{id}`; {help}")));
    }
    Ok(found)
}

type Setting = ((String, String), engine::rulebook::SettingValue);

fn setting(library: &Library, line: &str) -> Result<Setting, Failure> {
    let wrong = |why: String| Failure::Usage(format!("--setting {line}: {why}"));
    let (key, value) = line.split_once('=').ok_or_else(|| wrong("write RULEBOOK.SETTING=VALUE".into()))?;
    let (book, id) = key.split_once('.').ok_or_else(|| wrong("write RULEBOOK.SETTING=VALUE".into()))?;
    let books = named(library, book)?;
    let all = books.iter().flat_map(|b| &b.settings);
    let Some(found) = all.clone().find(|s| s.id == id) else {
        return Err(wrong(format!(
            "unknown setting `{id}`; {}",
            engine::words::did_you_mean(id, all.map(|s| s.id.as_str()))
        )));
    };
    Ok(((book.into(), id.into()), found.read(value).map_err(wrong)?))
}
