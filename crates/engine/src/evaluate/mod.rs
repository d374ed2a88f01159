//! Evaluation: from rulebooks, a case and a moment to duties. Pure; a rulebook is prepared once and evaluated many times.
//!
//! `trigger` finds what brings a duty about, `met` what carries it out, `resolve` which exception holds, `limit` by when,
//! `judge` puts them together into a state, `repeat` does so again and again. `view` says it all in words.

mod facts;
mod judge;
mod limit;
mod merge;
mod met;
mod repeat;
mod resolve;
mod shown;
pub(crate) use resolve::differ;
mod spans;
mod trigger;
mod verdict;
mod view;

pub use facts::entry_matches;
pub use merge::{Line, merge};
pub use shown::{Because, ChecklistView, DutyView, Missing, Overridden, RecipientView};
pub use verdict::{Flag, flags};

use crate::case::Case;
use crate::rulebook::{Exception, Modality, Owner, Repeat, Rule, RuleScope, Rulebook, SettingValue, Trigger};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::Vocabulary;
use crate::words::{Sym, sym};
use facts::{Context, Point};
use jiff::civil::Date;

/// The state of a duty at the moment asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Past its limit and not done.
    Overdue,
    /// To be done.
    Due,
    /// A fact is missing that decides whether, or by when.
    CannotTell,
    /// Will arise if nothing changes.
    Upcoming,
    /// Done after its limit.
    DoneLate,
    /// Done.
    Done,
    /// Its condition went away before it was done.
    Lapsed,
    /// Somebody decided that it will not be done, and said why.
    Waived,
}

impl State {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::Due => "due",
            State::CannotTell => "cannot-tell",
            State::Upcoming => "upcoming",
            State::DoneLate => "done-late",
            State::Done => "done",
            State::Lapsed => "lapsed",
            State::Waived => "waived",
        }
    }
    /// Asks something of somebody, or will.
    pub fn asks(self) -> bool {
        self.is_open() || self == State::Upcoming
    }
    /// Still asks something of somebody.
    pub fn is_open(self) -> bool {
        matches!(self, State::Overdue | State::Due | State::CannotTell)
    }
}

/// The exceptions that hold, outermost first, as indices into the rule's tree. At most four deep.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Path {
    len: u8,
    steps: [u8; Path::DEEPEST],
}

impl Path {
    /// So many levels of exceptions are followed; the loader refuses more.
    pub(crate) const DEEPEST: usize = 4;

    fn push(mut self, step: usize) -> Path {
        if (self.len as usize) < self.steps.len() {
            self.steps[self.len as usize] = step as u8;
            self.len += 1;
        }
        self
    }
    fn steps(&self) -> &[u8] {
        &self.steps[..self.len as usize]
    }
}

/// A duty at a moment. Small; the words are made by [`Evaluator::view`] when somebody wants to read them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Duty {
    /// Index of the rulebook in the evaluator.
    pub book: u16,
    /// Index of the rule in the rulebook.
    pub rule: u32,
    /// The episode, by index.
    pub episode: Option<u32>,
    /// The entry that brought it about, by index.
    pub entry: Option<u32>,
    /// Which one of the rule in its episode, from 1.
    pub n: u32,
    /// When it arose, or will.
    pub arises: Moment,
    /// By when; none where the protocol gives no limit or it cannot be told.
    pub due: Option<Moment>,
    /// The state.
    pub state: State,
    /// When and by which entry it was done.
    pub done: Option<(Moment, u32)>,
    /// When it lapsed.
    pub lapsed: Option<Moment>,
    /// Whose it is; none when that cannot be told.
    pub owner: Option<Sym>,
    /// How strongly it is asked.
    pub modality: Modality,
    /// The exceptions that hold.
    pub path: Path,
    /// The moment at which facts were judged: now, or when it was done or lapsed.
    pub judged: Moment,
    /// When its rule first asked in this spell: for a later step of a repeated rule, when the first step arose.
    pub raised: Moment,
    /// From when entries counted towards it.
    pub window: Moment,
    /// The limit became tighter at this moment, by a change of fact, and was past already.
    pub tightened: Option<Moment>,
    /// The limit passed before it was done, waived or lapsed.
    pub breached: bool,
    /// Two sibling exceptions hold at once: a fault of the rulebook.
    pub contradictory: bool,
}

/// Which of the duties that ask nothing more (done, lapsed or waived) are wanted. What is open or will arise always is.
/// Most of a long record is settled: not to ask for it saves most of the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// Every one.
    All,
    /// Those of one episode.
    Of(u32),
    /// None.
    None,
}

/// What to evaluate.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The moment asked about.
    pub now: Moment,
    /// Repeated duties are worked out up to here; beyond `now` they are upcoming.
    pub horizon: Moment,
    /// Ask the rulebooks even where, by their own rules, they do not apply to this child.
    pub forced: bool,
    /// Which of the duties that ask nothing more are wanted.
    pub settled: Settled,
    /// Also the standing duties of the partnership as a whole.
    pub area: bool,
}

impl Options {
    /// At a moment, with the next of each repeated duty.
    pub fn at(now: Moment) -> Options {
        Options { now, horizon: now, forced: false, settled: Settled::All, area: true }
    }

    /// At a moment, only what is open or will arise for the child: what the work lists show.
    pub fn asking(now: Moment) -> Options {
        Options { settled: Settled::None, area: false, ..Options::at(now) }
    }

    /// Is a duty wanted that asks nothing more?
    fn wants_settled(&self, episode: Option<u32>) -> bool {
        match self.settled {
            Settled::All => true,
            Settled::Of(one) => episode == Some(one),
            Settled::None => false,
        }
    }
}

/// A rulebook with what evaluation needs of it worked out once.
pub(crate) struct Prepared<'a> {
    pub book: &'a Rulebook,
    /// The symbol of each rule's id.
    pub syms: Vec<Sym>,
    /// For each rule, the owners of other rules with the same action.
    pub rivals: Vec<Vec<Sym>>,
    /// It is the only edition of its rulebook here.
    alone: bool,
    /// For each rule, the number of its state: rules that wait on the same state share its spans.
    pub states: Vec<u32>,
    /// So many states there are.
    state_count: usize,
    /// For each rule, whether exceptions add recipients to it.
    pub widens: Vec<bool>,
    defaults: Vec<SettingValue>,
}

/// Rulebooks ready to be evaluated on many cases.
pub struct Evaluator<'a> {
    vocabulary: &'a Vocabulary,
    books: Vec<Prepared<'a>>,
}

impl<'a> Evaluator<'a> {
    /// Prepares rulebooks. Several editions of one rulebook may be given; each episode is judged by its own.
    pub fn new(vocabulary: &'a Vocabulary, books: impl IntoIterator<Item = &'a Rulebook>) -> Evaluator<'a> {
        let books: Vec<&Rulebook> = books.into_iter().collect();
        let alone = |book: &Rulebook| books.iter().filter(|b| b.id == book.id).count() == 1;
        Evaluator { vocabulary, books: books.iter().map(|b| prepare(b, alone(b))).collect() }
    }

    /// The rulebook of an index.
    pub fn book(&self, index: u16) -> &'a Rulebook {
        self.books[index as usize].book
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
        &self.book(duty.book).rules[duty.rule as usize]
    }

    /// Does a rulebook, by its own rules, apply to this child at this moment?
    pub fn applies(&self, book: u16, case: &Case, now: Moment) -> Truth {
        let prepared = &self.books[book as usize];
        self.with_context(prepared, case, &Options::at(now), |context| context.in_force)
    }

    /// Every duty of every rulebook, in the order of rulebook, rule, episode and arising.
    pub fn evaluate(&self, case: &Case, options: &Options) -> Vec<Duty> {
        let mut duties = Vec::with_capacity(64);
        for index in 0..self.books.len() {
            self.evaluate_book(index as u16, case, options, &mut duties);
        }
        duties
    }

    fn evaluate_book(&self, index: u16, case: &Case, options: &Options, duties: &mut Vec<Duty>) {
        let prepared = &self.books[index as usize];
        self.with_context(prepared, case, options, |context| {
            if context.in_force == Truth::False {
                return;
            }
            let mut occurrences = Vec::new();
            for rule in 0..prepared.book.rules.len() {
                if !options.area && is_of_area(&prepared.book.rules[rule]) {
                    continue;
                }
                let first = duties.len();
                let mut spent = None;
                occurrences.clear();
                context.occurrences(prepared, rule, options, &mut occurrences);
                if options.settled != Settled::All {
                    context.leave_settled(prepared, rule, options, &mut occurrences);
                }
                for occurrence in &occurrences {
                    let before = duties.len();
                    if occurrence.episode.is_none() || self.is_in_force(index, &context, occurrence) {
                        let spent = spent.get_or_insert_with(|| context.spent(prepared, index, rule, options));
                        let spent =
                            spent.iter().find(|(episode, _)| *episode == occurrence.episode).map(|(_, entry)| *entry);
                        let occurrence = trigger::Occurrence { spent, ..*occurrence };
                        context.run(prepared, index, rule, &occurrence, options, duties);
                    }
                    if occurrence.episode.is_none() {
                        // What belongs to no episode goes by the edition in force when it arose, each step of it by its own.
                        let day = |d: &Duty| context.vocabulary.calendar.date(d.arises);
                        keep(duties, before, |d| prepared.alone || self.is_current(index, day(d)));
                    }
                }
                number(&mut duties[first..]);
                if options.settled != Settled::All {
                    let wanted = |d: &Duty| d.state.asks() || options.wants_settled(d.episode);
                    keep(duties, first, wanted);
                }
            }
        });
    }

    /// Gives a context to work in: the settings of the case over the defaults of the rulebook.
    fn with_context<T>(
        &self,
        prepared: &Prepared<'_>,
        case: &Case,
        options: &Options,
        work: impl FnOnce(Context<'_>) -> T,
    ) -> T {
        let now = options.now;
        let begin = begin(case, now);
        let cache = spans::Cache::new(prepared.state_count, case.episodes.len());
        let mut own = Vec::new();
        let settings = if case.settings.is_empty() {
            &prepared.defaults
        } else {
            own.extend(prepared.book.settings.iter().zip(&prepared.defaults).map(|(setting, default)| {
                case.settings.get(&(prepared.book.id.clone(), setting.id.clone())).unwrap_or(default).clone()
            }));
            &own
        };
        let book = Some(prepared.book);
        let mut context = Context {
            vocabulary: self.vocabulary,
            case,
            book,
            settings,
            now,
            begin,
            in_force: Truth::True,
            clock: None,
            cache: &cache,
        };
        if !options.forced {
            context.in_force = context.truth(&prepared.book.applies, Point { episode: None, entry: None, at: now });
        }
        work(context)
    }

    /// The editions of a rulebook, oldest first.
    fn editions(&self, id: &str) -> Vec<&'a Rulebook> {
        let mut editions: Vec<&Rulebook> = self.books.iter().map(|p| p.book).filter(|b| b.id == id).collect();
        editions.sort_by_key(|b| b.in_force_from);
        editions
    }

    /// Where a rulebook has several editions: is this the one in force on a day? Before the first, that one counts.
    fn is_current(&self, index: u16, day: Date) -> bool {
        let prepared = &self.books[index as usize];
        if prepared.alone {
            return true;
        }
        let book = prepared.book;
        let editions = self.editions(&book.id);
        if editions.len() == 1 {
            return true;
        }
        let chosen = editions.iter().rfind(|b| b.in_force_from <= day).or(editions.first());
        chosen.is_some_and(|b| b.edition == book.edition && b.in_force_until.is_none_or(|until| day < until))
    }

    /// Where a rulebook has several editions: is this the one for an occurrence in an episode? The one in force when the
    /// episode began, unless a later one takes over the episodes that are open when it comes into force.
    fn is_in_force(&self, index: u16, context: &Context<'_>, occurrence: &trigger::Occurrence) -> bool {
        let prepared = &self.books[index as usize];
        if prepared.alone {
            return true;
        }
        let book = prepared.book;
        let editions = self.editions(&book.id);
        let Some(episode) = occurrence.episode.map(|e| &context.case.episodes[e as usize]) else { return true };
        if editions.len() == 1 {
            return true;
        }
        let calendar = &context.vocabulary.calendar;
        let (began, today) = (calendar.date(episode.start), calendar.date(context.now));
        let ended = episode.end.filter(|end| *end <= context.now).map(|end| calendar.date(end));
        let takes_over = |b: &&&Rulebook| {
            let open_then = ended.is_none_or(|ended| ended >= b.in_force_from);
            !b.episodes_keep_edition && b.in_force_from > began && b.in_force_from <= today && open_then
        };
        if let Some(later) = editions.iter().rfind(takes_over) {
            let day = ended.unwrap_or(today);
            return later.edition == book.edition && later.in_force_until.is_none_or(|until| day < until);
        }
        self.is_current(index, began)
    }
}

fn adds_recipients(exceptions: &[Exception]) -> bool {
    exceptions.iter().any(|e| !e.recipients.is_empty() || adds_recipients(&e.exceptions))
}

/// Numbers the states that `while` rules wait on; equal conditions get the same number. And how many there are.
fn states(book: &Rulebook) -> (Vec<u32>, usize) {
    let mut known: Vec<&crate::condition::Expr> = Vec::new();
    let mut numbers = Vec::with_capacity(book.rules.len());
    for rule in &book.rules {
        let Trigger::While { state, .. } = &rule.trigger else {
            numbers.push(0);
            continue;
        };
        let found = known.iter().position(|k| **k == state.expr).unwrap_or(known.len());
        if found == known.len() {
            known.push(&state.expr);
        }
        numbers.push(found as u32);
    }
    (numbers, known.len())
}

fn prepare(book: &Rulebook, alone: bool) -> Prepared<'_> {
    let owners = |rule: &Rule| -> Vec<Sym> {
        let mut found = Vec::new();
        let mut note = |owner: &Owner| match owner {
            Owner::Role(role) => found.push(*role),
            Owner::Table(table) => found.extend(book.tables[*table].rows.iter().filter_map(|r| match r.then {
                crate::rulebook::Outcome::Role(role) => Some(role),
                crate::rulebook::Outcome::Length(_) => None,
            })),
            Owner::Setting(setting) => found.extend(book.settings[*setting].choices.iter().map(|c| sym(c))),
        };
        note(&rule.owner);
        rule.exceptions.iter().filter_map(|e| e.owner.as_ref()).for_each(note);
        found
    };
    let all: Vec<Vec<Sym>> = book.rules.iter().map(owners).collect();
    let (states, state_count) = states(book);
    let rivals = book.rules.iter().enumerate().map(|(i, rule)| {
        let others = book.rules.iter().enumerate().filter(|(j, other)| *j != i && other.action == rule.action);
        others.flat_map(|(j, _)| all[j].iter().copied()).filter(|o| !all[i].contains(o)).collect()
    });
    Prepared {
        book,
        syms: book.rules.iter().map(|r| sym(&r.id)).collect(),
        rivals: rivals.collect(),
        alone,
        states,
        state_count,
        widens: book.rules.iter().map(|rule| adds_recipients(&rule.exceptions)).collect(),
        defaults: book.settings.iter().map(|s| s.default.clone()).collect(),
    }
}

/// The earliest moment that the record speaks of: an entry, an episode, or a fact that is dated.
fn begin(case: &Case, now: Moment) -> Moment {
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
