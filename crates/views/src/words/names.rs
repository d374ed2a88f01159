//! Names in the area's own words: of roles, acts, events, forms and areas.

use casebook::command::labels;
use casebook::rules::{Called, Rules};
use engine::case::Case;
use engine::ids::BookNo;
use engine::rulebook::Rulebook;
use engine::time::Moment;
use engine::value::{Truth, Value};
use engine::vocabulary::{EventId, Vocabulary};
use std::sync::Arc;

/// The names that hold for a child: what the area of the first rulebook that applies calls it now, or what that rulebook does; else the shared ones.
pub struct Names<'a> {
    pub vocabulary: &'a Vocabulary,
    all: &'a [Rulebook],
    books: Vec<&'a Rulebook>,
    called: Arc<Called>,
}

impl<'a> Names<'a> {
    /// The shared names alone, for lists of many children.
    pub fn shared(rules: &'a Rules) -> Names<'a> {
        let (vocabulary, all) = (rules.vocabulary(), rules.library.rulebooks.as_slice());
        Names { vocabulary, all, books: Vec::new(), called: rules.called() }
    }

    /// The names for a child. A rulebook of the area comes before one of a provider.
    pub fn of(rules: &'a Rules, case: &Case, now: Moment) -> Names<'a> {
        let evaluator = &rules.evaluator;
        let applies = |index: &usize| evaluator.applies(BookNo::at(*index), case, now) == Truth::True;
        let mut books: Vec<&Rulebook> =
            (0..evaluator.len()).filter(applies).map(|index| evaluator.book(BookNo::at(index))).collect();
        books.sort_by_key(|b| b.kind != "area");
        Names { books, ..Names::shared(rules) }
    }

    /// The names of one rulebook.
    pub fn of_book(rules: &'a Rules, book: &'a Rulebook) -> Names<'a> {
        Names { books: vec![book], ..Names::shared(rules) }
    }

    /// Every rulebook.
    pub fn all(&self) -> &[Rulebook] {
        self.all
    }

    /// The rulebooks that apply.
    pub fn books(&self) -> &[&'a Rulebook] {
        &self.books
    }

    fn local(&self, word: &str) -> Option<&str> {
        self.books.iter().find_map(|book| self.in_book(book, word))
    }

    /// What the area of a rulebook calls somebody now, or what the rulebook does.
    fn in_book<'s>(&'s self, book: &'s Rulebook, word: &str) -> Option<&'s str> {
        let now = if self.called.is_empty() { None } else { self.called.get(&(book.area.clone(), word.to_owned())) };
        now.map(String::as_str).or_else(|| book.local_name(word))
    }

    /// A role, as the people of a rulebook know it.
    pub fn role_of(&self, book: Option<&Rulebook>, word: &str) -> String {
        book.and_then(|book| self.in_book(book, word)).map_or_else(|| self.role(word), str::to_string)
    }

    /// A role.
    pub fn role(&self, word: &str) -> String {
        self.local(word).unwrap_or_else(|| self.vocabulary.role_name(word)).to_string()
    }

    /// An action.
    pub fn action(&self, word: &str) -> String {
        let shared = self.vocabulary.action(word).map(|a| self.vocabulary.action_at(a).name.as_str());
        labels::capital(self.local(word).or(shared).unwrap_or(word))
    }

    /// An event, with a capital letter.
    pub fn event(&self, word: &str) -> String {
        let shared = self.vocabulary.event(word).map(|e| self.vocabulary.event_at(e).name.as_str());
        labels::capital(self.local(word).or(shared).unwrap_or(word))
    }

    /// What an entry says happened: the event; of one that says that some act was done, the act.
    pub fn happened(&self, event: EventId, act: Option<Value>) -> String {
        let act = act.filter(|_| event == self.vocabulary.known.action_recorded);
        let act = if let Some(Value::Word(word)) = act { self.vocabulary.word(word) } else { None };
        match act {
            Some(act) => format!("Done: {}", self.action(act)),
            None => self.event(&self.vocabulary.event_at(event).id),
        }
    }

    /// A form.
    pub fn form(&self, word: &str) -> String {
        let shared = self.vocabulary.form(word).map(|f| f.name.as_str());
        self.local(word).or(shared).unwrap_or(word).to_string()
    }

    /// The areas that have a rulebook.
    pub fn areas(&self) -> Vec<&str> {
        self.whose(|book| book.kind == "area")
    }

    /// The providers that have a procedure of their own.
    pub fn providers(&self) -> Vec<&str> {
        self.whose(|book| book.kind != "area")
    }

    fn whose(&self, is: impl Fn(&Rulebook) -> bool) -> Vec<&str> {
        let mut areas: Vec<&str> = self.all.iter().filter(|book| is(book)).map(|book| book.area.as_str()).collect();
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// The police force of an area; where it is none that the vocabulary knows, that of the area.
    pub fn force(&self, area: &str) -> String {
        let known = self.vocabulary.police_force(area);
        known.map_or_else(|| format!("The police of {}", self.area(area)), |force| force.name.clone())
    }

    /// An authority or provider: from the title of its rulebook, else as the vocabulary calls it; one that it does not know, its id with
    /// capitals.
    pub fn area(&self, word: &str) -> String {
        let title = self.all.iter().find(|b| b.area == word).and_then(|b| b.title.split(':').next());
        let authority = || self.vocabulary.authority(word).map(|authority| authority.name.clone());
        title.map(|t| t.trim().to_string()).or_else(authority).unwrap_or_else(|| labels::place(word))
    }
}

/// A rulebook's title without its subtitle: `Exampleshire`.
pub fn short_title(book: &Rulebook) -> String {
    book.title.split(':').next().unwrap_or(&book.title).trim().to_string()
}
