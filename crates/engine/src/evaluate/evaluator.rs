//! Rulebooks ready to be asked of many cases: every duty of every rulebook at a moment.

use super::duty::Duty;
use super::editions::Editions;
use super::facts::{Facts, Point, Settling};
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::options::{Options, Settled};
use super::prepared::Prepared;
use super::reach::reach;
use super::reads::Recorder;
use super::seen::{Extent, Seen};
use super::shown::{DutyView, Words};
use super::spans::{Cache, Span};
use super::stricter::stricter;
use crate::case::Case;
use crate::condition::Condition;
use crate::ids::{BookNo, EpisodeNo};
use crate::rulebook::{Course, Repeat, Rule, RuleScope, Rulebook};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::{FactId, Vocabulary};
use std::sync::atomic::{AtomicU64, Ordering};

/// Asking the rules of one rulebook, one after the other.
pub(super) struct Asking<'a> {
    facts: &'a Facts<'a>,
    prepared: &'a Prepared<'a>,
    book: BookNo,
    options: &'a Options,
    occasions: Vec<Occasion>,
    /// Whom the rule before was about, and over which time that was certain.
    surely: (Option<u32>, Span),
}

impl<'a> Asking<'a> {
    pub fn new(facts: &'a Facts<'a>, prepared: &'a Prepared<'a>, book: BookNo, options: &'a Options) -> Asking<'a> {
        Asking { facts, prepared, book, options, occasions: Vec::new(), surely: (None, Span::NONE) }
    }

    /// The time over which it is certain that a rule is about this child.
    fn surely(&mut self, index: usize) -> Span {
        let concerns = self.prepared.concerns[index];
        // Where it is noted what a rule reads, each reads it for itself.
        if self.surely.0 != concerns || self.facts.case.recorder().is_some() {
            let rule = &self.prepared.book.rules[index];
            let certain = concerns.and_then(|number| self.facts.certain_span(number, &rule.concerns));
            self.surely = (concerns, certain.unwrap_or(Span::NONE));
        }
        self.surely.1
    }
}

/// Rulebooks ready to be evaluated on many cases.
pub struct Evaluator<'a> {
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) books: Vec<Prepared<'a>>,
    dated: bool,
    /// No other evaluator has this number: what one found is not taken for what another would find.
    number: u64,
}

impl<'a> Evaluator<'a> {
    /// Prepares rulebooks. Several editions of one rulebook may be given; each occasion is judged by its own.
    pub fn new(vocabulary: &'a Vocabulary, books: impl IntoIterator<Item = &'a Rulebook>) -> Evaluator<'a> {
        let prepare = |book| Prepared::new(vocabulary, book);
        Evaluator { vocabulary, books: books.into_iter().map(prepare).collect(), dated: true, number: next_number() }
    }

    /// Asks each rulebook given as if it had always been in force: to try an edition on cases of another time.
    #[must_use]
    pub fn as_if_in_force(self) -> Evaluator<'a> {
        Evaluator { dated: false, number: next_number(), ..self }
    }

    /// The shared words.
    pub fn vocabulary(&self) -> &'a Vocabulary {
        self.vocabulary
    }

    /// The rulebooks, in the order of their indexes.
    pub fn rulebooks(&self) -> impl Iterator<Item = &'a Rulebook> {
        self.books.iter().map(|prepared| prepared.book)
    }

    /// The rulebook of an index.
    pub fn book(&self, index: BookNo) -> &'a Rulebook {
        self.books[index.place()].book
    }

    /// How many rulebooks there are.
    pub fn len(&self) -> usize {
        self.books.len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.books.is_empty()
    }

    /// The rule of a duty.
    pub fn rule(&self, duty: &Duty) -> &'a Rule {
        &self.book(duty.book).rules[duty.rule.place()]
    }

    /// Does a rulebook apply to this child at this moment: by its own rules or, while those cannot tell, by where the child is known from?
    pub fn applies(&self, book: BookNo, case: &Case, now: Moment) -> Truth {
        let prepared = &self.books[book.place()];
        self.with_facts(prepared, case, &Options::at(now), |facts| {
            let own = facts.truth(&prepared.book.applies, Point { episode: None, entry: None, at: now });
            reach(facts, self.editions(), prepared.book, own, now)
        })
    }

    /// Is it only supposed, by where the child is known from, that a rulebook applies?
    pub fn is_supposed(&self, book: BookNo, case: &Case, now: Moment) -> bool {
        let prepared = &self.books[book.place()];
        self.with_facts(prepared, case, &Options::at(now), |facts| {
            let own = facts.truth(&prepared.book.applies, Point { episode: None, entry: None, at: now });
            own == Truth::Unknown && reach(facts, self.editions(), prepared.book, own, now) == Truth::True
        })
    }

    /// The facts for want of which it cannot be told whether a rulebook applies.
    pub fn missing_for_reach(&self, book: BookNo, case: &Case, now: Moment) -> Vec<FactId> {
        let prepared = &self.books[book.place()];
        let mut found = Vec::new();
        self.with_facts(prepared, case, &Options::at(now), |facts| {
            facts.missing(&prepared.book.applies, Point { episode: None, entry: None, at: now }, &mut found);
        });
        found
    }

    /// Is a condition of a rulebook true of this child at this moment, in an episode or outside?
    pub fn holds(
        &self,
        book: BookNo,
        condition: &Condition,
        case: &Case,
        episode: Option<EpisodeNo>,
        now: Moment,
    ) -> Truth {
        self.with_facts(&self.books[book.place()], case, &Options::at(now), |facts| {
            facts.truth(condition, Point { episode, entry: None, at: now })
        })
    }

    /// Is an edition the one that counts for an episode, as known at a moment?
    pub fn is_edition_of(&self, book: BookNo, case: &Case, episode: EpisodeNo, now: Moment) -> bool {
        self.editions().of(&self.books[book.place()], Extent::of(&case.episodes[episode.place()]), now)
    }

    /// Is an edition in force at a moment?
    pub fn is_in_force(&self, book: BookNo, at: Moment) -> bool {
        self.editions().at(&self.books[book.place()], at)
    }

    /// The number that no other evaluator has.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn editions(&self) -> Editions<'_> {
        Editions { books: &self.books, dated: self.dated }
    }

    /// Every duty of every rulebook, in the order of rulebook, rule, episode and arising.
    pub fn evaluate(&self, case: &Case, options: &Options) -> Vec<Duty> {
        let duties = self.evaluate_facts(case, options);
        match &case.sure {
            None => duties,
            Some(sure) => stricter(duties, self.evaluate_facts(sure, options)),
        }
    }

    fn evaluate_facts(&self, case: &Case, options: &Options) -> Vec<Duty> {
        let rules: usize = self.books.iter().map(|prepared| prepared.book.rules.len()).sum();
        let mut duties = Vec::with_capacity(rules / 2);
        for index in 0..self.books.len() {
            self.evaluate_book(BookNo::at(index), case, options, &mut duties);
        }
        duties
    }

    fn evaluate_book(&self, book: BookNo, case: &Case, options: &Options, duties: &mut Vec<Duty>) {
        let prepared = &self.books[book.place()];
        self.with_facts(prepared, case, options, |facts| {
            let mut asking = Asking::new(facts, prepared, book, options);
            for index in 0..prepared.book.rules.len() {
                self.ask(&mut asking, index, duties);
            }
        });
    }

    /// Asks one rule, if it is one of those that are wanted: adds its duties.
    pub(super) fn ask(&self, asking: &mut Asking<'_>, index: usize, duties: &mut Vec<Duty>) {
        let Asking { facts, prepared, book, options, .. } = *asking;
        let rule = &prepared.book.rules[index];
        if !(if is_of_area(rule) { options.area } else { options.child }) || options.conflicts && !rule.conflict {
            return;
        }
        let (editions, surely) = (self.editions(), asking.surely(index));
        let inquiry = Inquiry { facts, editions, prepared, book, index, rule, options, surely };
        let first = duties.len();
        let occasions = &mut asking.occasions;
        occasions.clear();
        inquiry.occasions(occasions);
        if options.settled != Settled::All && !occasions.is_empty() {
            inquiry.leave_settled(occasions);
        }
        if occasions.is_empty() {
            return;
        }
        inquiry.run_all(occasions, duties);
        if is_repeated(rule) {
            // Each step of what belongs to no episode goes by the edition in force when it arose.
            let kept = |d: &Duty| {
                d.episode.is_some() && rule.scope == RuleScope::Episode || self.editions().at(prepared, d.arises)
            };
            keep(duties, first, kept);
        }
        number(&mut duties[first..]);
        if options.settled != Settled::All {
            keep(duties, first, |d| d.state.asks() || options.wants_settled(d.episode));
        }
    }

    /// A duty in words.
    pub fn view(&self, case: &Case, options: &Options, duty: &Duty) -> DutyView {
        let mut views = self.views(case, options, std::slice::from_ref(duty), Words::All);
        // One was asked for, and one is given for each.
        views.swap_remove(0)
    }

    /// Duties in words, in their order. What rulebooks need is worked out once for all of them.
    pub fn views(&self, case: &Case, options: &Options, duties: &[Duty], words: Words) -> Vec<DutyView> {
        let mut views = Vec::with_capacity(duties.len());
        self.each_view(case, options, duties, words, |_, view| views.push(view));
        views
    }

    /// As [`views`](Self::views), one at a time: of a long record all of them take much room.
    pub fn each_view(
        &self,
        case: &Case,
        options: &Options,
        duties: &[Duty],
        words: Words,
        mut take: impl FnMut(&Duty, DutyView),
    ) {
        let mut rest = duties;
        while let Some(first) = rest.first() {
            let alike = |d: &&Duty| (d.book, d.told) == (first.book, first.told);
            let length = rest.iter().take_while(alike).count();
            let (same, others) = rest.split_at(length);
            let prepared = &self.books[first.book.place()];
            // By the facts that it was judged by: what asks no more for being told is explained by what is certain.
            let case = if first.told { case } else { case.certain() };
            self.with_facts(prepared, case, options, |facts| {
                for duty in same {
                    let (index, rule) = (duty.rule.place(), self.rule(duty));
                    let book = duty.book;
                    let (editions, surely) = (self.editions(), Span::NONE);
                    let inquiry = Inquiry { facts, editions, prepared, book, index, rule, options, surely };
                    take(duty, inquiry.view(duty, words));
                }
            });
            rest = others;
        }
    }

    /// Gives facts to work with: with the settings of the case over the defaults of the rulebook.
    pub(crate) fn with_facts<T>(
        &self,
        prepared: &Prepared<'_>,
        case: &Case,
        options: &Options,
        work: impl FnOnce(&Facts<'_>) -> T,
    ) -> T {
        self.with_facts_noted(prepared, case, options, None, work)
    }

    /// As [`with_facts`](Self::with_facts), noting what is read.
    pub(super) fn with_facts_noted<T>(
        &self,
        prepared: &Prepared<'_>,
        case: &Case,
        options: &Options,
        recorder: Option<&Recorder>,
        work: impl FnOnce(&Facts<'_>) -> T,
    ) -> T {
        let now = options.now;
        let cache = Cache::new(prepared.state_count, case.episodes.len());
        let mut own = Vec::new();
        let settings = if case.settings.is_empty() {
            &prepared.defaults
        } else {
            own.extend(prepared.book.settings.iter().map(|setting| {
                let set = case.settings.get(&(prepared.book.id.clone(), setting.id.clone()));
                Course::of(setting.default.clone(), set.map_or(&[], Vec::as_slice))
            }));
            &own
        };
        work(&Facts {
            vocabulary: self.vocabulary,
            case: Seen::new(case, recorder),
            book: Some(prepared.book),
            settings,
            now,
            begin: begin(case, now),
            clock: None,
            before: None,
            settling: Settling::No,
            cache: &cache,
        })
    }
}

fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// The earliest moment that the record speaks of: an entry, an episode, or a fact that is dated.
pub(super) fn begin(case: &Case, now: Moment) -> Moment {
    let entry = case.entries.first().map(|e| e.occurred);
    let episode = case.episodes.first().map(|e| e.start);
    [entry, episode, case.facts.first_dated()].into_iter().flatten().min().unwrap_or(now).min(now)
}

/// Numbers the duties of a rule within each episode, in order of arising.
fn number(duties: &mut [Duty]) {
    duties.sort_by_key(|d| (d.episode, d.arises));
    let mut last = None;
    let mut n = 0;
    for duty in duties {
        n = if last == Some(duty.episode) { n + 1 } else { 1 };
        last = Some(duty.episode);
        duty.n = n;
    }
}

/// Of the items from an index on, keeps those that are wanted.
fn keep(duties: &mut Vec<Duty>, first: usize, wanted: impl Fn(&Duty) -> bool) {
    let mut end = first;
    for index in first..duties.len() {
        if wanted(&duties[index]) {
            if index > end {
                duties[end] = duties[index];
            }
            end += 1;
        }
    }
    duties.truncate(end);
}

/// Is the duty of the partnership as a whole rather than of this child?
pub fn is_of_area(rule: &Rule) -> bool {
    rule.scope == RuleScope::Area
}

/// Is it done again and again?
pub fn is_repeated(rule: &Rule) -> bool {
    !matches!(rule.repeat, Repeat::Once)
}
