//! One duty at one moment: what it comes to, given what brought it about and what has been done.

use super::facts::{Context, Point};
use super::limit::Due;
use super::met::{Meeting, Window};
use super::resolve::{Resolved, along, limit_of, owner_of};
use super::trigger::Occurrence;
use super::{Duty, Options, Path, Prepared, State};
use crate::condition::Condition;
use crate::rulebook::{Exception, Limit, Modality, Owner, Recipient, Rule, Trigger};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::EventId;
use crate::words::Sym;
use smallvec::{SmallVec, smallvec};

/// A duty to be judged: one occasion, or one step of a repeated rule.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub occurrence: Occurrence,
    /// The limit, for a step of a repeated rule.
    pub due: Option<Moment>,
    /// What met it, for a step of a repeated rule.
    pub done: Option<Option<Meeting>>,
    /// What waived it, for a step of a repeated rule.
    pub waived: Option<Meeting>,
}

/// What a rule asks under one outcome of its exceptions and of the table that gives its limit.
#[derive(Clone, Copy)]
struct Outcome {
    resolved: Resolved,
    due: Due,
    owner: Option<Sym>,
    modality: Modality,
    not_required: bool,
    tightened: Option<Moment>,
}

impl Context<'_> {
    pub fn judge(
        &self,
        prepared: &Prepared<'_>,
        book: u16,
        rule: usize,
        slot: &Slot,
        options: &Options,
    ) -> Option<Duty> {
        let definition = &prepared.book.rules[rule];
        let o = &slot.occurrence;
        let upto = o.ends.min(options.now);
        let window = Self::window_of(definition, o, upto);
        let end = Point { episode: o.episode, entry: o.entry, at: upto.max(o.arises) };
        let extra = self.extra(prepared, rule, end);
        let look = || if o.unmet { None } else { self.done(prepared, rule, window, &extra) };
        let done = slot.done.unwrap_or_else(look);
        let waived = match slot.done {
            _ if done.is_some() || o.unmet => None,
            Some(_) => slot.waived,
            None => self.waived(prepared, rule, window),
        };
        let ended = o.ends <= options.now;
        let judged = done.or(waived).map_or(upto, |(at, _)| at.min(upto)).max(o.arises);
        let point = Point { episode: o.episode, entry: o.entry, at: judged };

        let applies = self.truth(&definition.when, point);
        let outcomes = self.outcomes(definition, o, point, slot.due);
        let main = outcomes.first()?;
        let owed = applies != Truth::False
            && !outcomes.iter().all(|x| x.not_required)
            && (done.is_some() || waived.is_some() || !self.nobody(definition, window, &extra));
        let trigger = self.trigger_truth(definition, o, point);
        let applies = applies.and(self.in_force);
        let sure = applies == Truth::True && trigger == Truth::True && outcomes.iter().all(|x| same(x, main));
        let due = strictest(&outcomes);
        // Late is what is past every limit that could apply; while that cannot be told, nobody is blamed.
        let late = |at: Moment| {
            let past = |x: &Outcome| matches!(x.due, Due::At(due) if at.minute() > due.minute());
            applies.and(trigger) == Truth::True && outcomes.iter().all(|x| past(x) && !x.not_required)
        };
        let mut duty = Duty {
            book,
            rule: rule as u32,
            episode: o.episode,
            entry: o.entry,
            n: 0,
            arises: o.arises,
            due,
            state: State::Due,
            done,
            lapsed: None,
            owner: main.owner,
            modality: main.modality,
            path: main.resolved.path,
            judged,
            raised: o.raised,
            window: o.window,
            tightened: main.tightened,
            breached: false,
            contradictory: main.resolved.contradictory,
        };
        if !owed {
            return self.no_longer_owed(definition, slot, duty, options);
        }
        duty.state = if let Some((at, _)) = done {
            if late(at) { State::DoneLate } else { State::Done }
        } else if let Some((at, entry)) = waived {
            duty.done = Some((at, entry));
            State::Waived
        } else if ended && options.now >= o.arises {
            duty.lapsed = Some(o.ends.max(o.arises));
            State::Lapsed
        } else if options.now < o.arises {
            State::Upcoming
        } else {
            Self::open_state(&outcomes, sure, applies.and(trigger), options.now)
        };
        if !sure && matches!(duty.state, State::Overdue | State::DoneLate) {
            // Which limit it is cannot be told; that the latest of them has passed can.
            duty.due = outcomes.iter().filter_map(|x| if let Due::At(at) = x.due { Some(at) } else { None }).max();
        }
        duty.breached = match duty.state {
            State::Overdue | State::DoneLate => true,
            State::Lapsed => late(duty.lapsed.unwrap_or(options.now)),
            State::Waived => duty.done.is_some_and(|(at, _)| late(at)),
            _ => false,
        };
        Some(duty)
    }

    /// What the rule comes to at a point, under each outcome of its exceptions that is possible.
    fn outcomes(&self, rule: &Rule, o: &Occurrence, point: Point, fixed: Option<Moment>) -> SmallVec<[Outcome; 2]> {
        if rule.exceptions.is_empty() && !matches!(rule.due, Some(Limit::Table(..))) {
            return smallvec![self.outcome(rule, o, Resolved::default(), point, fixed)];
        }
        let mut found = SmallVec::new();
        for resolved in self.resolve(rule, point) {
            let outcome = self.outcome(rule, o, resolved, point, fixed);
            let unknown = outcome.due == Due::Unknown;
            let limit = if unknown { limit_of(rule, &along(rule, resolved.path)) } else { None };
            let possible = limit.map_or_else(SmallVec::new, |limit| self.possible(limit, o, point));
            if possible.is_empty() {
                found.push(outcome);
            }
            found.extend(possible.into_iter().map(|due| Outcome { due: Due::At(due.max(o.arises)), ..outcome }));
        }
        found
    }

    /// Where entries are looked for that carry out what an occasion brings about.
    pub fn window_of(rule: &Rule, o: &Occurrence, to: Moment) -> Window {
        let episode = Self::scope_of(rule, o.episode);
        Window { from: o.window, to, episode, entry: o.entry, arises: o.arises, spent: o.spent }
    }

    /// The recipients that exceptions add at a point.
    pub fn extra(&self, prepared: &Prepared<'_>, rule: usize, point: Point) -> Vec<Recipient> {
        if !prepared.widens[rule] {
            return Vec::new();
        }
        let definition = &prepared.book.rules[rule];
        let first = self.resolve(definition, point).first().copied();
        first.map_or_else(Vec::new, |r| extra_recipients(definition, r.path))
    }

    fn open_state(outcomes: &[Outcome], sure: bool, applies: Truth, now: Moment) -> State {
        let overdue = |x: &Outcome| {
            matches!(x.due, Due::At(due) if now.minute() > due.minute()) && x.modality != Modality::Prompt
        };
        let unknown = outcomes.iter().any(|x| x.due == Due::Unknown);
        // Past every limit that could apply, the missing fact no longer matters.
        let all_overdue = outcomes.iter().all(|x| overdue(x) && !x.not_required);
        match (applies == Truth::True && all_overdue, sure && !unknown) {
            (true, _) => State::Overdue,
            (false, true) => State::Due,
            (false, false) => State::CannotTell,
        }
    }

    /// A duty whose guard is false now: nothing, if it never was owed; else it lapsed when the guard went away.
    fn no_longer_owed(&self, rule: &Rule, slot: &Slot, duty: Duty, options: &Options) -> Option<Duty> {
        let o = slot.occurrence;
        if options.now < o.arises {
            return None;
        }
        let at = |at: Moment| Point { episode: o.episode, entry: o.entry, at };
        let mut points = self.points(&rule.when, o.episode, o.arises);
        let mut note = |when: &Condition| {
            if !when.is_always() {
                points.extend(self.points(when, o.episode, o.arises));
            }
        };
        each_condition(&rule.exceptions, &mut note);
        rule.recipients.iter().for_each(|r| note(&r.when));
        points.retain(|p| *p <= duty.judged);
        points.sort_unstable();
        points.dedup();
        let last = points.iter().rposition(|p| self.is_owed(rule, slot, at(*p)))?;
        let lapsed = points.get(last + 1).copied().unwrap_or(duty.judged);
        let before = at(Moment(lapsed.0 - 1).max(o.arises));
        let outcomes = self.outcomes(rule, &o, before, slot.due);
        let main = outcomes.first()?;
        let due = strictest(&outcomes);
        Some(Duty {
            due,
            state: State::Lapsed,
            done: None,
            lapsed: Some(lapsed),
            owner: main.owner,
            modality: main.modality,
            judged: lapsed,
            tightened: main.tightened,
            breached: due.is_some_and(|due| lapsed.minute() > due.minute()),
            contradictory: false,
            ..duty
        })
    }

    /// Was it certain at a point that the duty was owed?
    fn is_owed(&self, rule: &Rule, slot: &Slot, point: Point) -> bool {
        let o = slot.occurrence;
        let resolved = self.resolve(rule, point);
        let window = Self::window_of(rule, &o, point.at);
        let extra = extra_recipients(rule, resolved.first().map_or(Path::default(), |r| r.path));
        self.truth(&rule.when, point) == Truth::True
            && !resolved.iter().any(|r| along(rule, r.path).iter().any(|e| e.not_required))
            && !self.nobody(rule, window, &extra)
    }

    /// Was the trigger itself certain? Spans and filters let through what cannot be told.
    pub fn trigger_truth(&self, rule: &Rule, o: &Occurrence, point: Point) -> Truth {
        if o.doubtful {
            return Truth::Unknown;
        }
        if o.certain {
            return Truth::True;
        }
        let raised = Point { at: o.raised, ..point };
        let filter = self.truth(&rule.filter, raised);
        let cause = match &rule.trigger {
            Trigger::While { state, lasted, since, stands } => {
                let last = Moment(o.held.0 - 1);
                let truth = |at: Moment| self.truth(state, Point { entry: None, at, ..point });
                let now = truth(point.at.min(last).max(o.begins));
                let now = if *stands { now.max(truth(o.begins.max(self.begin))) } else { now };
                // What has been certain for a part of the time only has not certainly lasted.
                let doubt = match (lasted, since) {
                    (Some((length, _)), None) if now == Truth::True && point.at >= o.raised => {
                        let known = Point { entry: None, at: point.at.min(last).max(o.begins), ..point };
                        let since = self.true_since(state, known, o.begins);
                        self.vocabulary.calendar.add(since, *length) > point.at
                    }
                    _ => false,
                };
                if doubt { Truth::Unknown } else { now }
            }
            Trigger::On { events, .. } => {
                let own = events.iter().filter(|m| self.is_cause(m.event, o.entry, o.episode));
                own.map(|m| self.truth(&m.when, raised)).max().unwrap_or(Truth::True)
            }
        };
        // A state that has ended was what it was; its end is not a reason to doubt it.
        filter.and(if cause == Truth::False { Truth::True } else { cause })
    }

    /// Is an entry, or what the casebook makes up at it, an instance of an event?
    pub fn is_cause(&self, event: EventId, entry: Option<u32>, episode: Option<u32>) -> bool {
        let known = &self.vocabulary.known;
        let episode = episode.map(|e| &self.case.episodes[e as usize]);
        entry.is_some_and(|e| self.case.entry(e).event == event)
            || event == known.episode_started && episode.is_some_and(|e| Some(e.start_entry) == entry)
            || event == known.episode_ended && episode.is_some_and(|e| e.end_entry == entry)
    }

    fn outcome(&self, rule: &Rule, o: &Occurrence, resolved: Resolved, point: Point, fixed: Option<Moment>) -> Outcome {
        let chain = along(rule, resolved.path);
        let limit = limit_of(rule, &chain);
        let owner = owner_of(rule, &chain);
        let modality = chain.iter().rev().find_map(|e| e.modality).unwrap_or(rule.modality);
        let mut due = fixed.map_or_else(|| self.due(limit, o, point.at), Due::At);
        // Nothing is late before it is asked: a limit counted from an earlier moment is then due at once.
        if let (Due::At(at), None) = (due, fixed) {
            due = Due::At(at.max(o.arises));
        }
        let mut tightened = None;
        // A limit that tightens because a fact changed is never earlier than that change.
        // An exception holds since it and all those around it do.
        let depth = chain.iter().rposition(|e| e.due.is_some()).map_or(0, |index| index + 1);
        let exceptions = chain[..depth].iter().map(|e| &e.when);
        for cause in exceptions.chain(limit.and_then(|l| self.row_of(l, point))).chain(Some(&rule.when)) {
            let (Due::At(at), None) = (due, fixed) else { break };
            if cause.is_always() {
                continue;
            }
            // Where the cause cannot be told it has no moment; its limit then stands as it is.
            let certain = at < point.at && self.truth(cause, point) == Truth::True;
            let since = if certain { self.true_since(cause, point, o.arises) } else { o.arises };
            if since > o.arises && at < since {
                // A breach that stood already is not wiped out by a tighter limit.
                match self.stood(rule, o, Point { at: Moment(since.0 - 1), ..point }) {
                    Some(before) if before < since => due = Due::At(before),
                    _ => {
                        due = Due::At(since);
                        tightened = Some(since);
                    }
                }
            }
        }
        let judged_at = match (self.book_table_at_due(owner), due) {
            (true, Due::At(at)) => at,
            _ => point.at,
        };
        let owner = self.owner(owner, Point { at: judged_at, ..point });
        Outcome { resolved, due, owner, modality, not_required: chain.iter().any(|e| e.not_required), tightened }
    }

    /// The limit that held at an earlier point, if the rule asked anything then.
    fn stood(&self, rule: &Rule, o: &Occurrence, before: Point) -> Option<Moment> {
        if before.at < o.arises || self.truth(&rule.when, before) != Truth::True {
            return None;
        }
        let resolved = self.resolve(rule, before).into_iter().next()?;
        match self.outcome(rule, o, resolved, before, None).due {
            Due::At(at) => Some(at),
            Due::None | Due::Unknown => None,
        }
    }

    /// The condition of the row that gives a limit its length, if a table does.
    pub fn row_of(&self, limit: &Limit, point: Point) -> Option<&Condition> {
        let Limit::Table(index, _) = limit else { return None };
        let rows = &self.book?.tables[*index].rows;
        rows.iter().map(|r| &r.when).find(|when| self.truth(when, point) == Truth::True)
    }

    pub fn book_table_at_due(&self, owner: Owner) -> bool {
        match (owner, self.book) {
            (Owner::Table(index), Some(book)) => book.tables[index].at_due,
            _ => false,
        }
    }
}

fn each_condition(list: &[Exception], see: &mut impl FnMut(&Condition)) {
    for exception in list {
        see(&exception.when);
        each_condition(&exception.exceptions, see);
    }
}

/// Recipients that exceptions add.
pub(crate) fn extra_recipients(rule: &Rule, path: Path) -> Vec<Recipient> {
    along(rule, path).iter().flat_map(|e| e.recipients.iter().cloned()).collect()
}

fn same(a: &Outcome, b: &Outcome) -> bool {
    a.due == b.due && a.owner == b.owner && a.modality == b.modality && a.not_required == b.not_required
}

/// The earliest limit that could apply.
fn strictest(outcomes: &[Outcome]) -> Option<Moment> {
    let limits = outcomes
        .iter()
        .filter(|x| !x.not_required)
        .filter_map(|x| if let Due::At(at) = x.due { Some(at) } else { None });
    limits.min()
}
