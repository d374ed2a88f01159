//! What was found, kept to go on from: after one more entry, or a little later, only the rules are asked again that read what is new, or
//! whose moment came. The others would read what they read, and find what they found.
//!
//! Nothing here knows what a rule hangs on: while it was asked, what it read was noted (`reads`). What no rule is asked about by itself is
//! looked at once for all: from when until when episodes were, which editions are in force, what is set locally. Where that changes, and
//! wherever a record is not the one before with more at its end, every rule is asked.

use super::duty::{Duty, Evidence};
use super::evaluator::{Asking, Evaluator, begin};
use super::occasion::Occasion;
use super::options::Options;
use super::reads::{CLOSE, Marked, Reads, Recorder};
use super::seen::Extent;
use crate::case::{Case, Timelines};
use crate::ids::{BookNo, FactId};
use crate::time::Moment;
use crate::value::Value;
use crate::vocabulary::Vocabulary;
use std::sync::Arc;

/// What was found of a record at a moment, and by what.
#[derive(Clone, Debug)]
pub struct Kept {
    evaluator: u64,
    case: Arc<Case>,
    options: Options,
    duties: Vec<Duty>,
    /// Of each rule, in the order of rulebook and rule. Empty where nothing can be gone on from.
    rules: Vec<OfRule>,
    /// So many rules were asked for it.
    asked: usize,
}

/// What was found by one rule.
#[derive(Clone, Copy, Debug)]
struct OfRule {
    reads: Reads,
    /// Where its duties end.
    end: u32,
}

impl Kept {
    /// Every duty, as [`Evaluator::evaluate`] gives them.
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// What was asked.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The record that was asked about.
    pub fn case(&self) -> &Arc<Case> {
        &self.case
    }

    /// So many rules were asked: all of them, or those that had to be.
    pub fn asked(&self) -> usize {
        self.asked
    }

    /// About so many bytes it takes beside the record.
    pub fn bytes(&self) -> usize {
        size_of_val(self.duties.as_slice()) + size_of_val(self.rules.as_slice())
    }

    /// What a rule hangs on that is new, if what is new is all in that; none where every rule has to be asked.
    fn changed(&self, evaluator: &Evaluator<'_>, case: &Arc<Case>, options: &Options) -> Option<Marked> {
        let now = options.now;
        let same = self.evaluator == evaluator.number() && same_question(&self.options, options);
        if self.rules.is_empty() || !same || !can_go_on(case, options) || begin(case, now) != begin(&self.case, now) {
            return None;
        }
        if now != self.options.now && !is_calm(evaluator, case, self.options.now, now) {
            return None;
        }
        if Arc::ptr_eq(case, &self.case) {
            Some(Marked::default())
        } else {
            added(evaluator.vocabulary(), &self.case, case)
        }
    }

    /// Does what a rule found hold at a moment, in a record with this that is new?
    fn holds(&self, reads: &Reads, changed: &Marked, now: Moment) -> bool {
        let asked = self.options.now;
        !reads.marked.meets(changed) && (now == asked || asked < now && now < reads.until)
    }
}

impl Evaluator<'_> {
    /// Every duty, as [`evaluate`](Self::evaluate) gives them, with what it takes to go on from them.
    pub fn keep(&self, case: &Arc<Case>, options: &Options) -> Kept {
        let (duties, rules, asked) = if can_go_on(case, options) {
            self.gone_on(None, case, options)
        } else {
            (self.evaluate(case, options), Vec::new(), self.rulebooks().map(|book| book.rules.len()).sum())
        };
        Kept { evaluator: self.number(), case: Arc::clone(case), options: *options, duties, rules, asked }
    }

    /// As [`keep`](Self::keep), going on from what was found before: of the same record or of one with less in it, at the same moment or
    /// earlier. Whatever was found before, it gives what asking every rule gives.
    pub fn again(&self, before: &Kept, case: &Arc<Case>, options: &Options) -> Kept {
        let Some(changed) = before.changed(self, case, options) else { return self.keep(case, options) };
        let (duties, rules, asked) = self.gone_on(Some((before, &changed)), case, options);
        Kept { evaluator: self.number(), case: Arc::clone(case), options: *options, duties, rules, asked }
    }

    fn gone_on(
        &self,
        before: Option<(&Kept, &Marked)>,
        case: &Case,
        options: &Options,
    ) -> (Vec<Duty>, Vec<OfRule>, usize) {
        let recorder = Recorder::new(self.vocabulary(), &case.entries, options.now);
        let mut duties: Vec<Duty> = Vec::with_capacity(before.map_or(0, |(kept, _)| kept.duties.len() + 8));
        let mut rules: Vec<OfRule> = Vec::with_capacity(before.map_or(0, |(kept, _)| kept.rules.len()));
        let mut asked = 0;
        for (index, prepared) in self.books.iter().enumerate() {
            let book = BookNo::at(index);
            self.with_facts_noted(prepared, case, options, Some(&recorder), |facts| {
                let mut asking = Asking::new(facts, prepared, book, options);
                for rule in 0..prepared.book.rules.len() {
                    if let Some((kept, changed)) = before {
                        let OfRule { reads, end } = kept.rules[rules.len()];
                        if kept.holds(&reads, changed, options.now) {
                            let first = rules.len().checked_sub(1).map_or(0, |last| kept.rules[last].end);
                            let found = &kept.duties[first as usize..end as usize];
                            duties.extend(found.iter().map(|duty| moved(duty, kept.options.now, options.now)));
                            rules.push(OfRule { reads, end: duties.len() as u32 });
                            continue;
                        }
                    }
                    let first = duties.len();
                    self.ask(&mut asking, rule, &mut duties);
                    duties[first..].iter().for_each(|duty| look_at(duty, &recorder, options.now));
                    rules.push(OfRule { reads: recorder.take(), end: duties.len() as u32 });
                    asked += 1;
                }
            });
        }
        (duties, rules, asked)
    }
}

/// Is it the same question, but for the moment?
fn same_question(one: &Options, other: &Options) -> bool {
    let Options { now, horizon: _, forced: _, settled: _, area: _, child: _, conflicts: _ } = *other;
    // What is asked ahead is not kept: the horizon is now.
    Options { now, horizon: now, ..*one } == Options { horizon: now, ..*other }
}

/// Can what is found be gone on from? What is worked out ahead is counted from now. Where something is only told, two records are asked.
/// And what begins now, since the record speaks of nothing before, begins at another moment later.
fn can_go_on(case: &Case, options: &Options) -> bool {
    options.horizon == options.now && case.sure.is_none() && begin(case, options.now) < options.now
}

/// Does nothing that is looked at for all rules at once turn between two moments, or close to them: an episode's start and end, an edition, a
/// local setting?
fn is_calm(evaluator: &Evaluator<'_>, case: &Case, from: Moment, to: Moment) -> bool {
    let calm = |at: Moment| at.0 < from.0 - CLOSE || at.0 > to.0 + CLOSE;
    let episodes = case.episodes.iter().map(Extent::of);
    let mut extents = episodes.flat_map(|Extent { start, end, .. }| [Some(start), end]).flatten();
    let mut editions = evaluator.books.iter().flat_map(|book| [book.in_force.from, book.in_force.until]);
    let mut set = case.settings.values().flatten().map(|(at, _)| *at);
    from < to && extents.all(calm) && editions.all(calm) && set.all(calm)
}

/// What a record has at its end that the one before had not: none where it is not the one before with more at its end.
fn added(vocabulary: &Vocabulary, before: &Case, after: &Case) -> Option<Marked> {
    // Taken apart, so that nothing that a record may come to hold is forgotten here.
    let Case {
        id: _,
        entries,
        episodes,
        facts,
        written,
        words: _,
        settings,
        sure,
        apart,
        by_event: _,
        by_episode: _,
        by_word: _,
    } = after;
    let more = entries.get(before.entries.len()..)?;
    // A line that says anew what another says may be older than it: then it was known earlier.
    if !written.starts_with(&before.written) {
        return None;
    }
    if entries[..before.entries.len()] != before.entries
        || *settings != before.settings
        || sure.is_some()
        || before.sure.is_some()
    {
        return None;
    }
    let mut marked = Marked::default();
    for entry in more {
        marked.event(entry.event);
        for (field, value) in &entry.fields {
            if let Value::Word(word) = value {
                marked.naming(entry.event, *field, *word);
            }
        }
    }
    if *apart != before.apart {
        marked.apart();
    }
    differing(vocabulary, &before.facts, facts, &mut marked);
    if episodes.len() != before.episodes.len() {
        return None;
    }
    for (one, other) in before.episodes.iter().zip(episodes) {
        if Extent::of(one) != Extent::of(other) || one.id != other.id {
            return None;
        }
        differing(vocabulary, &one.facts, &other.facts, &mut marked);
    }
    Some(marked)
}

/// Marks the facts of which two records do not say the same.
fn differing(vocabulary: &Vocabulary, one: &Timelines, other: &Timelines, marked: &mut Marked) {
    for fact in (0..vocabulary.facts.len()).map(FactId::at) {
        if one.changes(fact) != other.changes(fact) {
            marked.fact(fact);
        }
    }
}

/// A duty that was found at a moment, as it is found at another: what was judged as of now is judged as of then.
fn moved(duty: &Duty, from: Moment, to: Moment) -> Duty {
    let Evidence { occasion, judged, learned, within } = duty.evidence;
    let later = |at: Moment| if at == from { to } else { at };
    Duty { evidence: Evidence { occasion, judged: later(judged), learned: later(learned), within }, ..*duty }
}

/// What a duty says of a moment close to now may be said of now itself: then it is not what is said later. That it was judged as of now
/// is another matter (`moved`).
fn look_at(duty: &Duty, recorder: &Recorder, now: Moment) {
    let Duty {
        book: _,
        rule: _,
        episode: _,
        entry: _,
        n: _,
        arises,
        due,
        state: _,
        done,
        doubt,
        lapsed,
        owner: _,
        modality: _,
        path: _,
        tightened,
        breached: _,
        known,
        contradictory: _,
        asked: _,
        told: _,
        evidence: Evidence { occasion, judged, learned, within: (since, until) },
    } = *duty;
    let Occasion {
        entry: _,
        episode: _,
        arises: arose,
        raised,
        begins,
        ends,
        held,
        known: heard,
        applies: _,
        certain: _,
        doubtful: _,
        window,
        unmet: _,
        spent: _,
    } = occasion;
    let moments = [Some(arises), due, done.map(|d| d.0), doubt.map(|d| d.0), lapsed, tightened, known];
    let of_occasion = [arose, raised, begins, ends, held, heard, window, since, until].map(Some);
    let by = [judged, learned].map(|at| Some(at).filter(|at| *at != now));
    moments.into_iter().chain(of_occasion).chain(by).flatten().for_each(|at| recorder.moment(at));
}
