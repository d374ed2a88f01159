//! A story: a case told in a few lines, in the language of scenarios, and questions about the duties in it.

use crate::fixture;
use casebook::known::known;
use casebook::scenario;
use engine::calendar::{Calendar, Length};
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Evaluator, Options, State, flags};
use engine::rulebook::Library;
use engine::source::SourceFile;
use engine::time::Moment;
use std::sync::LazyLock;

/// The rulebook with one of everything, and the small vocabulary.
pub static LIBRARY: LazyLock<Library> = LazyLock::new(|| {
    let (library, found) = fixture::load(&fixture::files(&fixture::folder().join("evaluate")));
    assert!(found.is_empty(), "{found:#?}");
    library.unwrap()
});

/// A case as known at some moment, and the rulebooks that are asked.
pub struct Story {
    pub start: Moment,
    pub case: Case,
    library: &'static Library,
    books: Vec<usize>,
}

/// A story from the body of a scenario, for the rulebook `area`. It starts on Monday 5 January 2026 at 18:00 unless it says.
pub fn story(body: &str) -> Story {
    told(body, None, &["area"])
}

/// A story as it was known at a moment (relative to its start), for some rulebooks.
pub fn told(body: &str, known_at: Option<&str>, areas: &[&str]) -> Story {
    let library = &*LIBRARY;
    let start = if body.contains("start = ") { "" } else { "start = \"2026-01-05T18:00+00:00\"\n" };
    let expect = "expect = [ { at = \"+0h\", open_at_most = { role = \"carer\", duties = 999 } } ]";
    let text = format!("[[scenario]]\nid = \"story\"\nsays = \"A story.\"\n{start}{body}\n{expect}\n");
    let book = library.rulebooks.iter().find(|b| b.id == areas[0]).unwrap();
    let (mut found, problems) =
        scenario::read(&SourceFile::new("story.toml", text.as_str()), &library.vocabulary, book);
    assert!(problems.is_empty(), "{problems:#?}\n{text}");
    let scenario = found.remove(0);
    let known_at = known_at.map(|at| relative(at, scenario.start));
    let (case, _) = known(&scenario.case, &Evaluator::new(&library.vocabulary, &library.rulebooks), known_at);
    let books = (0..library.rulebooks.len()).filter(|i| areas.contains(&library.rulebooks[*i].id.as_str())).collect();
    Story { start: scenario.start, case, library, books }
}

/// A moment relative to a start, such as `+1d 2h30m`; a day is a calendar day, stepped first.
pub fn relative(text: &str, start: Moment) -> Moment {
    let calendar = calendar();
    let (mut days, mut minutes) = (0, 0);
    let mut rest = text.trim().strip_prefix('+').unwrap_or_else(|| panic!("`{text}` begins with no +"));
    while let Some(end) = rest.find(|c: char| !c.is_ascii_digit()) {
        let number: i32 = rest[..end].parse().unwrap();
        match rest.as_bytes()[end] {
            b'd' => days += number,
            b'h' => minutes += number * 60,
            b'm' => minutes += number,
            _ => panic!("`{text}` is not a time"),
        }
        rest = rest[end + 1..].trim_start();
    }
    calendar.add(start, Length::Days(days)).plus_minutes(minutes.into())
}

/// England's calendar, from the small vocabulary.
pub fn calendar() -> &'static Calendar {
    &LIBRARY.vocabulary.calendar
}

/// `Mon 5 Jan 18:00`, and the year when it is not 2026.
pub fn words(at: Moment) -> String {
    calendar().words(at).replace(" 2026", "")
}

impl Story {
    pub fn at(&self, at: &str) -> Moment {
        relative(at, self.start)
    }

    pub fn evaluator(&self) -> Evaluator<'static> {
        Evaluator::new(&self.library.vocabulary, self.books.iter().map(|i| &self.library.rulebooks[*i]))
    }

    /// The duties of a rule at a moment, in order of arising.
    pub fn duties(&self, rule: &str, at: &str) -> Vec<Duty> {
        self.duties_until(rule, at, at)
    }

    /// The same, with what will arise up to a later moment.
    pub fn duties_until(&self, rule: &str, at: &str, horizon: &str) -> Vec<Duty> {
        let evaluator = self.evaluator();
        let known = self.books.iter().any(|i| self.library.rulebooks[*i].rule(rule).is_some());
        assert!(known, "no rule `{rule}`");
        let options = Options { horizon: self.at(horizon), ..Options::at(self.at(at)) };
        let mut duties = evaluator.evaluate(&self.case, &options);
        duties.retain(|d| evaluator.rule(d).id == rule);
        duties.sort_by_key(|d| d.arises);
        duties
    }

    /// The duties of a rule in words: `due by Tue 6 Jan 18:00; upcoming Wed 7 Jan 18:00`, or `nothing`.
    pub fn ask(&self, rule: &str, at: &str) -> String {
        in_words(&self.duties(rule, at))
    }

    /// The same, with what will arise up to a later moment.
    pub fn ask_until(&self, rule: &str, at: &str, horizon: &str) -> String {
        in_words(&self.duties_until(rule, at, horizon))
    }

    /// The only duty of a rule, with all that is said of it.
    pub fn view(&self, rule: &str, at: &str) -> DutyView {
        let duties = self.duties(rule, at);
        assert_eq!(duties.len(), 1, "{rule}: {}", in_words(&duties));
        self.evaluator().view(&self.case, &Options::at(self.at(at)), &duties[0])
    }

    /// The reasons given for the only duty of a rule.
    pub fn because(&self, rule: &str, at: &str) -> Vec<String> {
        self.view(rule, at).because.iter().map(engine::evaluate::Because::words).collect()
    }

    /// The facts for want of which the only duty of a rule cannot be told.
    pub fn missing(&self, rule: &str, at: &str) -> Vec<String> {
        self.view(rule, at).missing.into_iter().map(|m| m.fact).collect()
    }

    /// Refusals and warnings: `rule on entry`.
    pub fn flags(&self, at: &str) -> Vec<String> {
        let found = flags(&self.evaluator(), &self.case, self.at(at), false);
        found.iter().map(|f| format!("{} {} on {}", f.kind, f.rule, f.entry)).collect()
    }

    /// A minute before its limit and at it the duty is due, a minute after it is overdue.
    pub fn boundary(&self, rule: &str, due: &str) {
        let due = self.at(due);
        for (minutes, wanted) in [(-1, State::Due), (0, State::Due), (1, State::Overdue)] {
            let now = due.plus_minutes(minutes);
            let evaluator = self.evaluator();
            let duties = evaluator.evaluate(&self.case, &Options::at(now));
            let duty = duties.iter().find(|d| evaluator.rule(d).id == rule && d.due == Some(due));
            // What is due at its trigger is not there a minute before.
            if duty.is_none_or(|d| d.state == State::Upcoming) && minutes < 0 {
                continue;
            }
            let state = duty.map(|d| d.state);
            assert_eq!(state, Some(wanted), "{rule} at {}, due {}", words(now), words(due));
        }
    }
}

fn in_words(duties: &[Duty]) -> String {
    let all: Vec<String> = duties.iter().map(one).collect();
    if all.is_empty() { "nothing".into() } else { all.join("; ") }
}

fn one(duty: &Duty) -> String {
    let when = match duty.state {
        State::Upcoming => format!(" {}", words(duty.arises)),
        State::Lapsed => format!(" {}", duty.lapsed.map_or_else(|| "?".into(), words)),
        _ => String::new(),
    };
    let due = duty.due.map(|due| format!(" by {}", words(due))).unwrap_or_default();
    format!("{}{when}{due}", duty.state.word())
}
