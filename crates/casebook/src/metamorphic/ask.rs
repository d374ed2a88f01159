//! Asks the engine: every duty of some rulebooks on a case at a moment, as far as it can be compared, and what is flagged.

use crate::case_file::CaseFile;
use crate::known::known;
use engine::case::Case;
use engine::evaluate::{Duty, Evaluator, Options, State, flags};
use engine::rulebook::{Exception, Library, Rule, Rulebook};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::Sym;
use std::cell::RefCell;
use std::rc::Rc;

/// The library, and evaluators made of it so far.
pub struct World<'a> {
    /// The rulebooks and the vocabulary.
    pub library: &'a Library,
    /// For tests: spoils answers as an engine with a fault would, so that it can be shown that the campaign notices.
    spoil: Option<fn(&CaseFile, &mut Answers)>,
    evaluators: RefCell<Vec<(Vec<usize>, Rc<Evaluator<'a>>)>>,
}

/// A duty, as far as it is compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer {
    /// The rulebook, by index in the library.
    pub book: usize,
    /// The rule, by index in the rulebook.
    pub rule: usize,
    /// The id of the episode.
    pub episode: Option<String>,
    /// Which one of the rule in its episode.
    pub n: u32,
    /// The entry that brought it about.
    pub cause: Option<String>,
    /// When it arose, or will.
    pub arises: Moment,
    /// Its state.
    pub state: State,
    /// Its limit.
    pub due: Option<Moment>,
    /// Whose it is.
    pub owner: Option<Sym>,
    /// Who is to be told, and whether they were.
    pub told: Vec<(String, bool)>,
    /// Its limit passed undone.
    pub breached: bool,
    /// The entry that carried it out.
    pub done_by: Option<String>,
}

/// Everything that is asked at a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Answers {
    /// The moment.
    pub at: Moment,
    /// The duties, in the order of evaluation.
    pub list: Vec<Answer>,
    /// Refusals and warnings, where they are asked for: the rulebook, the rule, the entry.
    pub flags: Vec<[String; 3]>,
}

impl<'a> World<'a> {
    /// Nothing has been asked yet.
    pub fn new(library: &'a Library) -> World<'a> {
        World { library, spoil: None, evaluators: RefCell::new(Vec::new()) }
    }

    /// For tests: a world whose answers are spoilt.
    #[must_use]
    pub fn spoilt(self, spoil: fn(&CaseFile, &mut Answers)) -> World<'a> {
        World { spoil: Some(spoil), ..self }
    }

    pub(super) fn spoil(&self, case: &CaseFile, answers: &mut Answers) {
        if let Some(spoil) = self.spoil {
            spoil(case, answers);
        }
    }

    /// The vocabulary.
    pub fn vocabulary(&self) -> &'a Vocabulary {
        &self.library.vocabulary
    }

    /// The rulebook of an answer.
    pub fn book(&self, index: usize) -> &'a Rulebook {
        &self.library.rulebooks[index]
    }

    /// The rule of an answer.
    pub fn rule(&self, answer: &Answer) -> &'a Rule {
        &self.book(answer.book).rules[answer.rule]
    }

    pub(super) fn known(&self, case: &CaseFile) -> Case {
        let all: Vec<usize> = (0..self.library.rulebooks.len()).collect();
        known(case, &self.evaluator(&all), None).0
    }

    pub(super) fn evaluator(&self, books: &[usize]) -> Rc<Evaluator<'a>> {
        let mut all = self.evaluators.borrow_mut();
        if let Some((_, found)) = all.iter().find(|(own, _)| own == books) {
            return Rc::clone(found);
        }
        let made = Rc::new(Evaluator::new(self.vocabulary(), books.iter().map(|b| &self.library.rulebooks[*b])));
        all.push((books.to_vec(), Rc::clone(&made)));
        made
    }

    pub(super) fn ask(&self, books: &[usize], case: &Case, at: Moment) -> Answers {
        let evaluator = self.evaluator(books);
        let options = Options::at(at);
        let duties = evaluator.evaluate(case, &options);
        let list = duties.iter().map(|d| answer(&evaluator, books, case, &options, d)).collect();
        Answers { at, list, flags: Vec::new() }
    }

    /// Is an entry certainly refused?
    pub(super) fn refuses(&self, books: &[usize], case: &Case, at: Moment, entry: &str) -> bool {
        flags(&self.evaluator(books), case, at, false).iter().any(|f| f.kind == "refusal" && f.entry == entry)
    }

    /// Refusals and warnings: the rulebook, the rule, the entry.
    pub(super) fn flags(&self, books: &[usize], case: &Case, at: Moment) -> Vec<[String; 3]> {
        let found = flags(&self.evaluator(books), case, at, false);
        found.into_iter().map(|f| [f.rulebook, f.rule, f.entry]).collect()
    }
}

fn answer(evaluator: &Evaluator<'_>, books: &[usize], case: &Case, options: &Options, duty: &Duty) -> Answer {
    let rule = evaluator.rule(duty);
    let tells = !rule.recipients.is_empty() || tells_more(&rule.exceptions);
    // Only the words say who was told; to make them takes longest, and most duties tell nobody.
    let told = if tells {
        let view = evaluator.view(case, options, duty);
        view.recipients.into_iter().map(|r| (r.role, r.told_at.is_some())).collect()
    } else {
        Vec::new()
    };
    Answer {
        book: books[duty.book.place()],
        rule: duty.rule.place(),
        episode: duty.episode.map(|e| case.episodes[e.place()].id.clone()),
        n: duty.n,
        arises: duty.arises,
        state: duty.state,
        due: duty.due,
        owner: duty.owner,
        told,
        breached: duty.breached,
        cause: duty.entry.map(|entry| case.entry(entry).id.clone()),
        done_by: duty.done.map(|(_, entry)| case.entry(entry).id.clone()),
    }
}

fn tells_more(exceptions: &[Exception]) -> bool {
    exceptions.iter().any(|e| !e.recipients.is_empty() || tells_more(&e.exceptions))
}

impl Answer {
    /// Is it the same duty as another: of the same rule and episode, and the same one of several?
    pub fn is(&self, other: &Answer) -> bool {
        self.of(other) && self.n == other.n
    }

    /// Is it of the same rule and episode as another?
    pub fn of(&self, other: &Answer) -> bool {
        (self.book, self.rule, &self.episode) == (other.book, other.rule, &other.episode)
    }

    /// Was it carried out?
    pub fn is_done(&self) -> bool {
        matches!(self.state, State::Done | State::DoneLate)
    }
}
