//! One action, many rulebooks: duties for the same act in the same episode are one line on the page.
//! The strictest limit, the strongest modality and every owner show; each duty is still tracked by itself.
//!
//! Duties that different people have to do, none of whom may do the other's, stay on lines of their own. Where one rulebook asks an
//! act of somebody whom another refuses it, both lines say that they contradict each other.

use super::{Duty, Evaluator, State};
use crate::case::Entry;
use crate::ids::{BookNo, EpisodeNo};
use crate::rulebook::{By, Modality, Rulebook, Who};
use crate::time::Moment;
use crate::value::Value;
use crate::vocabulary::ActionId;
use crate::words::Sym;
use smallvec::SmallVec;
use std::collections::HashMap;

/// A line of the merged list: indices into the list of duties it was made from.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The duties on it, the one with the strictest limit first.
    pub duties: Vec<usize>,
    /// The state of the most pressing one.
    pub state: State,
    /// The strictest limit among those still open.
    pub due: Option<Moment>,
    /// The strongest modality.
    pub modality: Modality,
    /// Everybody who owns one of its duties.
    pub owners: Vec<Sym>,
    /// Duties of other lines, of rulebooks that refuse the act to an owner of this one or the other way round: which protocol was
    /// followed has to be said when it is recorded.
    pub contradicts: Vec<usize>,
}

/// What duties on one line have in common, but for their owners.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    action: ActionId,
    episode: Option<EpisodeNo>,
    open: bool,
    /// Duties to tell different people are different lines; for other acts nobody is to be told.
    recipients: SmallVec<[Sym; 4]>,
    /// Two contradictions are two things to settle, though the act is one.
    conflict: Option<usize>,
}

/// Lines with one key, and for each rulebook how many of them, from the first on, have a duty of it.
#[derive(Default)]
struct Bucket {
    lines: SmallVec<[usize; 2]>,
    /// Few rulebooks ask one thing.
    filled: SmallVec<[(usize, usize); 2]>,
}

impl Bucket {
    fn filled(&mut self, number: usize) -> &mut usize {
        let known = self.filled.iter().position(|(of, _)| *of == number);
        let place = known.unwrap_or_else(|| {
            self.filled.push((number, 0));
            self.filled.len() - 1
        });
        &mut self.filled[place].1
    }
}

/// Merges the duties of several rulebooks: same action, same episode, owners who may do each other's.
/// Duties of one rulebook are never merged with each other: there, each is an act of its own.
pub fn merge(evaluator: &Evaluator<'_>, duties: &[Duty]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut buckets: HashMap<Key, Bucket> = HashMap::new();
    // What they are ordered by is taken out of them first: duties are large, and many of them are in no cache.
    let keys = duties.iter().enumerate().map(|(n, duty)| (duty.due.unwrap_or(Moment::NEVER), duty.arises, n));
    let mut order: Vec<(Moment, Moment, usize)> = keys.collect();
    order.sort_unstable();
    let numbers = numbers(evaluator);
    for (_, _, index) in order {
        let duty = &duties[index];
        let bucket = buckets.entry(key(evaluator, duty, index)).or_default();
        let number = numbers[duty.book.place()];
        let filled = *bucket.filled(number);
        let fits = |line: &usize| {
            let on_it = || lines[*line].duties.iter().map(|i| &duties[*i]);
            on_it().all(|other| numbers[other.book.place()] != number)
                && on_it().any(|other| shares(evaluator, other, duty))
        };
        match bucket.lines.iter().copied().skip(filled).position(|line| fits(&line)) {
            Some(place) => {
                let line = bucket.lines[filled + place];
                *bucket.filled(number) += usize::from(place == 0);
                add(&mut lines[line], index, duty);
            }
            None => {
                *bucket.filled(number) += usize::from(filled == bucket.lines.len());
                bucket.lines.push(lines.len());
                lines.push(alone(index, duty));
            }
        }
    }
    for bucket in buckets.values().filter(|b| b.lines.len() > 1) {
        contradictions(evaluator, duties, &bucket.lines, &mut lines);
    }
    lines
}

/// For each edition a number that editions of one rulebook share.
fn numbers(evaluator: &Evaluator<'_>) -> Vec<usize> {
    let ids: Vec<&str> = evaluator.books.iter().map(|p| p.book.id.as_str()).collect();
    ids.iter().map(|id| ids.iter().position(|other| other == id).unwrap_or_default()).collect()
}

fn key(evaluator: &Evaluator<'_>, duty: &Duty, index: usize) -> Key {
    let rule = evaluator.rule(duty);
    let mut recipients: SmallVec<[Sym; 4]> =
        rule.recipients.iter().filter_map(|r| if let Who::Role(role) = r.who { Some(role) } else { None }).collect();
    recipients.sort_unstable();
    let conflict = rule.conflict.then_some(index);
    Key { action: rule.action, episode: duty.episode, open: duty.state.is_open(), recipients, conflict }
}

fn alone(index: usize, duty: &Duty) -> Line {
    Line {
        duties: vec![index],
        state: duty.state,
        due: duty.due,
        modality: duty.modality,
        owners: duty.owner.into_iter().collect(),
        contradicts: Vec::new(),
    }
}

fn add(line: &mut Line, index: usize, duty: &Duty) {
    line.duties.push(index);
    line.state = line.state.min(duty.state);
    line.modality = line.modality.min(duty.modality);
    if let Some(owner) = duty.owner.filter(|o| !line.owners.contains(o)) {
        line.owners.push(owner);
    }
}

/// May the owner of one of two duties carry out the other? While an owner cannot be told, they share a line.
fn shares(evaluator: &Evaluator<'_>, one: &Duty, other: &Duty) -> bool {
    let (Some(first), Some(second)) = (one.owner, other.owner) else { return true };
    let may = |doer: Sym, duty: &Duty, owner: Sym| {
        let for_whom = |role: &Sym| evaluator.vocabulary.may_act_for(doer, *role);
        for_whom(&owner)
            || match &evaluator.rule(duty).by {
                By::Anyone => true,
                By::Roles(roles) => roles.iter().any(for_whom),
                By::Owner => false,
            }
    };
    may(first, other, second) || may(second, one, first)
}

fn contradictions(evaluator: &Evaluator<'_>, duties: &[Duty], places: &[usize], lines: &mut [Line]) {
    let refused = |of: &Duty, by: &Duty| {
        let book = evaluator.book(by.book);
        book.id != evaluator.book(of.book).id
            && of.owner.is_some_and(|owner| refuses(evaluator, book, evaluator.rule(of).action, owner))
    };
    // Whether two duties contradict each other hangs on whose they are and which rulebooks ask: of those there are few, however many
    // duties there are.
    let mut whose: Vec<(BookNo, Option<Sym>)> = Vec::new();
    let mut of_line: Vec<SmallVec<[usize; 4]>> = Vec::with_capacity(places.len());
    let mut example: Vec<usize> = Vec::new();
    for place in places {
        let mut kinds = SmallVec::new();
        for duty in &lines[*place].duties {
            let one = (duties[*duty].book, duties[*duty].owner);
            let kind = whose.iter().position(|known| *known == one).unwrap_or_else(|| {
                whose.push(one);
                example.push(*duty);
                whose.len() - 1
            });
            kinds.push(kind);
        }
        of_line.push(kinds);
    }
    let contradict = |one: usize, other: usize| {
        let (one, other) = (&duties[example[one]], &duties[example[other]]);
        refused(one, other) || refused(other, one)
    };
    let width = whose.len();
    let clash: Vec<bool> = (0..width * width).map(|n| contradict(n / width, n % width)).collect();
    if !clash.contains(&true) {
        return;
    }
    let meets =
        |one: usize, other: usize| of_line[one].iter().any(|a| of_line[other].iter().any(|b| clash[a * width + b]));
    for one in 0..places.len() {
        for other in one + 1..places.len() {
            if meets(one, other) {
                let (left, right) = (lines[places[one]].duties.clone(), lines[places[other]].duties.clone());
                lines[places[one]].contradicts.extend(right);
                lines[places[other]].contradicts.extend(left);
            }
        }
    }
}

/// Does a rulebook refuse, of an entry that says no more than who did it, that a role does an act?
fn refuses(evaluator: &Evaluator<'_>, book: &Rulebook, action: ActionId, owner: Sym) -> bool {
    let vocabulary = evaluator.vocabulary;
    let action = vocabulary.action_at(action);
    let verdicts = book.verdicts.iter().filter(|v| v.refuses);
    verdicts.flat_map(|v| v.events.iter().map(move |met| (v, met))).any(|(verdict, met)| {
        let does_it = action.met_by.iter().any(|own| own.event == met.event);
        let doer = vocabulary.event_at(met.event).doer;
        let who = doer.into_iter().chain([vocabulary.known.by]).map(|field| (field, Value::Word(owner)));
        let entry = Entry::of(met.event, who.collect());
        let says = |condition| super::entry_matches(condition, &entry);
        let looks = !verdict.filter.is_always() || !met.when.is_always();
        does_it && looks && says(&met.when) && says(&verdict.filter)
    })
}
