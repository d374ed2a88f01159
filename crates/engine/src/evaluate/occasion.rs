//! What brings a duty about: entries, states that begin or have lasted, counts in a rolling window. Each time it does is an
//! occasion, and which rulebooks apply, in which edition, and whom the rule is about, is settled by the occasion.
//! How the spells of a state hang together is in `spell`.

use super::carried_out::Window;
use super::facts::Point;
use super::inquiry::Inquiry;
use super::reach::reach;
use crate::condition::{Condition, Expr, Subject, Test};
use crate::ids::{EntryNo, EpisodeNo};
use crate::rulebook::{Count, CountsFrom, Repeat, RuleScope, Trigger};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{FieldId, Met};
use crate::words::Sym;
use rustc_hash::{FxBuildHasher, FxHashSet};
use smallvec::{SmallVec, smallvec};

/// One occasion on which a rule's trigger is met, or will be.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Occasion {
    pub entry: Option<EntryNo>,
    pub episode: Option<EpisodeNo>,
    /// When the duty arises.
    pub arises: Moment,
    /// When it first arose: for a later step of a repeated rule, when the first step did.
    pub raised: Moment,
    /// When the state that brings it about began; for an entry, when it occurred.
    pub begins: Moment,
    /// When the state ends, and with it the duty; `NEVER` while it lasts.
    pub ends: Moment,
    /// When that state ends, whether or not the duty stands beyond it.
    pub held: Moment,
    /// When somebody first knew of what brought it about.
    pub known: Moment,
    /// Does the rulebook apply on this occasion? What it asks cannot be told while that cannot.
    pub applies: Truth,
    /// It is certain that the trigger was met: for a state, from its beginning to its end.
    pub certain: bool,
    /// The moment from which its time counts is not recorded, so that it cannot be told when it arises.
    pub doubtful: bool,
    /// From when entries count towards it.
    pub window: Moment,
    /// It was looked for already what meets or waives it, and there is nothing.
    pub unmet: bool,
    /// The entry that met the duty that comes before this one; it does not meet this one as well.
    pub spent: Option<EntryNo>,
}

/// Which episodes, and whether what belongs to none, are marked.
struct Marks(SmallVec<[u64; 4]>);

impl Marks {
    fn new(episodes: usize) -> Marks {
        Marks(smallvec![0; episodes / 64 + 1])
    }

    fn place(episode: Option<EpisodeNo>) -> (usize, u64) {
        let number = episode.map_or(0, |e| e.place() + 1);
        (number / 64, 1 << (number % 64))
    }

    fn has(&self, episode: Option<EpisodeNo>) -> bool {
        let (word, bit) = Marks::place(episode);
        self.0[word] & bit != 0
    }

    /// Marks it; was it not marked before?
    fn add(&mut self, episode: Option<EpisodeNo>) -> bool {
        let (word, bit) = Marks::place(episode);
        let new = self.0[word] & bit == 0;
        self.0[word] |= bit;
        new
    }
}

impl Inquiry<'_> {
    /// Each occasion on which the rule's trigger is met and its rulebook applies, in an edition in force.
    pub fn occasions(&self, found: &mut Vec<Occasion>) {
        match &self.rule.trigger {
            Trigger::On { events, once, count, .. } => self.on(events, *once, *count, found),
            Trigger::While { .. } => {
                self.states(found);
                if self.rule.scope != RuleScope::Episode {
                    found.retain(|o| self.is_current(o));
                }
            }
        }
        if let Some(until) = &self.rule.until {
            for o in found {
                o.ends = o.ends.min(self.first_true(until, o));
            }
        }
    }

    /// Leaves out what brought about, in episodes whose settled duties are not wanted, only duties that ask nothing more.
    /// All of a rule in an episode are left out or none, so that their numbers stay what they are.
    pub fn leave_settled(&self, occasions: &mut Vec<Occasion>) {
        let mut asking = Marks::new(self.facts.case.episode_count());
        for o in occasions.iter_mut() {
            if !asking.has(o.episode) && (self.options.wants_settled(o.episode) || self.may_ask(o)) {
                asking.add(o.episode);
            }
        }
        occasions.retain(|o| asking.has(o.episode));
    }

    /// May what an occasion brings about still ask something? `false` only where that is certain.
    fn may_ask(&self, o: &mut Occasion) -> bool {
        let now = self.facts.now;
        if o.ends <= now && o.arises <= now {
            return false;
        }
        // What met the steps of a series, or was spent on another duty, takes more to find out.
        let counted = matches!(self.rule.trigger, Trigger::On { count: Some(_), .. });
        let widens = self.prepared.widens[self.index];
        if !matches!(self.rule.repeat, Repeat::Once) || self.rule.after.is_some() || widens || counted {
            return true;
        }
        let upto = o.ends.min(now);
        let window = Window { any: true, ..self.window(o, upto) };
        o.unmet = self.done(&window, &[]).is_none() && self.waived(&window).is_none();
        o.unmet
    }

    fn on(&self, events: &[Met], once: Option<RuleScope>, count: Option<Count>, found: &mut Vec<Occasion>) {
        self.candidates(events, once, found);
        if let Some(count) = count {
            let times: Vec<Moment> = found.iter().map(|o| o.arises).collect();
            let before = (count.at_least as usize).saturating_sub(1);
            let mut number = 0;
            // They are in order of time: it is enough that the one so many before still lies in the window.
            found.retain(|o| {
                let first = usize::checked_sub(number, before).map(|i| times[i]);
                number += 1;
                first.is_some_and(|first| self.facts.reckoning().add(first, count.within) >= o.arises)
            });
        }
        // Whoever counts what happened elsewhere counts it all; what is asked is asked where the rulebook applies.
        found.retain(|o| o.applies != Truth::False && self.is_current(o));
        if matches!(once, Some(RuleScope::Child | RuleScope::Area)) {
            found.truncate(1);
        }
    }

    /// Each time one of the events brings the duty about, before anything is counted.
    fn candidates(&self, events: &[Met], once: Option<RuleScope>, found: &mut Vec<Occasion>) {
        if !events.iter().any(|met| self.may_have_come(met)) {
            return;
        }
        // The first that certainly brought this about in each episode; and, where there are several events, what was seen of them.
        let mut first: SmallVec<[Option<Moment>; 8]> = SmallVec::new();
        let several = if events.len() > 1 { 16 } else { 0 };
        let mut seen = FxHashSet::with_capacity_and_hasher(several, FxBuildHasher);
        let settled = self.facts.settled();
        for met in events {
            // Unless the rule says in a word that each entry asks anew.
            let anew = matches!(self.rule.trigger, Trigger::On { anew: true, .. });
            let attaches = !anew && self.facts.vocabulary.event_at(met.event).attaches;
            self.each_of(met, &mut |entry, episode, at, known| {
                if at > self.options.now {
                    return;
                }
                // A second call attaches to the first that brought this about.
                let one = episode.map(EpisodeNo::place);
                if attaches && one.is_some_and(|e| first.get(e).copied().flatten().is_some_and(|first| first <= at)) {
                    return;
                }
                let point = Point { episode, entry, at };
                let mut truth = settled.truth(&met.when, point);
                if truth != Truth::False {
                    truth = truth.and(settled.truth(&self.rule.filter, point));
                }
                if truth == Truth::False || !self.surely.covers(at) && self.concerns(episode, at) == Truth::False {
                    return;
                }
                // One entry that fits two of the events is one occasion.
                if events.len() > 1 && !seen.insert((entry, episode, at)) {
                    return;
                }
                if let (Truth::True, Some(e)) = (truth, one) {
                    if first.is_empty() {
                        first.resize(self.facts.case.episode_count(), None);
                    }
                    first[e] = Some(first[e].map_or(at, |first| first.min(at)));
                }
                found.push(self.occasion(entry, episode, at, known, truth));
            });
        }
        found.sort_by_key(|o| o.arises);
        if once == Some(RuleScope::Episode) {
            // An episode counts once, however often the event comes in it.
            let mut seen = Marks::new(self.facts.case.episode_count());
            found.retain(|o| seen.add(o.episode));
        }
    }

    fn occasion(
        &self,
        entry: Option<EntryNo>,
        episode: Option<EpisodeNo>,
        at: Moment,
        known: Moment,
        truth: Truth,
    ) -> Occasion {
        Occasion {
            entry,
            episode,
            arises: at,
            raised: at,
            begins: at,
            ends: Moment::NEVER,
            held: Moment::NEVER,
            known,
            applies: self.applies(episode, at),
            certain: truth == Truth::True,
            doubtful: false,
            window: self.window_from(episode, entry.map_or(at, |e| self.facts.case.entry(e).earliest.min(at))),
            unmet: false,
            spent: None,
        }
    }

    /// What a count has seen up to a moment: when, and by which entry.
    pub fn seen(&self, upto: Moment) -> Vec<(Moment, Option<EntryNo>)> {
        let Trigger::On { events, once, .. } = &self.rule.trigger else { return Vec::new() };
        let mut found = Vec::new();
        self.candidates(events, *once, &mut found);
        found.iter().filter(|o| o.arises <= upto).map(|o| (o.arises, o.entry)).collect()
    }

    /// Calls `see` for each entry of an event that can bring a duty about: entry, episode, when, and since when it is known.
    /// For the two made-up events, for each episode.
    fn each_of(&self, met: &Met, see: &mut impl FnMut(Option<EntryNo>, Option<EpisodeNo>, Moment, Moment)) {
        let known = &self.facts.vocabulary.known;
        let case = self.facts.case;
        if met.event == known.episode_started || met.event == known.episode_ended {
            for number in case.episodes() {
                let episode = case.episode(number);
                let (at, entry) = if met.event == known.episode_started {
                    (Some(episode.start), Some(episode.start_entry))
                } else {
                    (episode.end, episode.end_entry)
                };
                if let Some(at) = at {
                    see(entry, Some(number), at, entry.map_or(at, |e| case.entry(e).known));
                }
            }
            return;
        }
        let numbers = match self.named_in(&met.when.expr).or_else(|| self.named_in(&self.rule.filter.expr)) {
            Some((field, word)) => case.entries_naming(None, met.event, field, word),
            None => case.entries_of(met.event),
        };
        for number in numbers {
            let entry = case.entry(*number);
            // What a rulebook refused, or the record calls void, brings nothing about.
            if !entry.void && !entry.refused {
                see(Some(*number), entry.episode, entry.occurred, entry.known);
            }
        }
    }

    /// Is there an entry of an event, or does none need to be?
    fn may_have_come(&self, met: &Met) -> bool {
        let known = &self.facts.vocabulary.known;
        let made_up = [known.episode_started, known.episode_ended];
        made_up.contains(&met.event) || !self.facts.case.entries_of(met.event).is_empty()
    }

    /// A word that an entry has to name for a condition to be true of it: other entries need not be looked at.
    pub fn named_in(&self, expr: &Expr) -> Option<(FieldId, Sym)> {
        match expr {
            Expr::Test(Subject::Field(field), Test::OneOf(words)) => match words[..] {
                [Value::Word(word)] if self.facts.vocabulary.known.naming().contains(field) => Some((*field, word)),
                _ => None,
            },
            Expr::All(parts) => parts.iter().find_map(|part| self.named_in(part)),
            _ => None,
        }
    }

    /// Does the rulebook apply on an occasion? What belongs to an episode goes by its start, all else by itself; what nobody
    /// knew then, by what was learned first.
    pub fn applies(&self, episode: Option<EpisodeNo>, at: Moment) -> Truth {
        if self.options.forced {
            return Truth::True;
        }
        let of_episode = episode.filter(|_| self.rule.scope == RuleScope::Episode);
        let at = match self.rule.scope {
            RuleScope::Area => self.facts.now,
            _ => of_episode.map_or(at, |e| self.facts.case.episode(e).start),
        };
        let own =
            self.facts.settled().truth(&self.prepared.book.applies, Point { episode: of_episode, entry: None, at });
        reach(self.facts, self.editions, self.prepared.book, own, at)
    }

    /// Is the rule about this child on an occasion? While nobody knows, yes: a missing birth date silences nothing.
    pub fn concerns(&self, episode: Option<EpisodeNo>, at: Moment) -> Truth {
        if self.rule.scope == RuleScope::Area {
            return Truth::True;
        }
        // A birthday after the return changes nothing of what the episode brings about.
        let of_episode = episode.filter(|_| self.rule.scope == RuleScope::Episode);
        let ended = of_episode.and_then(|e| self.facts.case.episode(e).end);
        let at = ended.map_or(at, |end| end.min(at));
        self.facts.settled().truth(&self.rule.concerns, Point { episode, entry: None, at })
    }

    /// Is this edition the one for an episode?
    pub fn is_edition_of(&self, episode: EpisodeNo) -> bool {
        let (case, now) = (self.facts.case, self.facts.now);
        let current = || case.episodes().map(|e| self.editions.of(self.prepared, case.episode(e), now)).collect();
        self.facts.cache.current(current)[episode.place()]
    }

    /// Is this edition the one for the occasion?
    fn is_current(&self, o: &Occasion) -> bool {
        match o.episode.filter(|_| self.rule.scope == RuleScope::Episode) {
            Some(e) => self.is_edition_of(e),
            // Each step of what is asked again and again goes by the edition of its own day.
            None if !matches!(self.rule.repeat, Repeat::Once) => true,
            None => self.editions.at(self.prepared, o.arises),
        }
    }

    pub fn first_true(&self, until: &Condition, o: &Occasion) -> Moment {
        let points = self.facts.points(until, o.episode, o.arises);
        let certain =
            |at: &Moment| self.facts.truth(until, Point { episode: o.episode, entry: None, at: *at }) == Truth::True;
        points.into_iter().find(certain).unwrap_or(Moment::NEVER)
    }

    /// When an episode began, or was first said to have begun: what was done since goes on counting when only its time is corrected.
    pub fn begun(&self, episode: EpisodeNo) -> Moment {
        let episode = self.facts.case.episode(episode);
        episode.start.min(self.facts.case.entry(episode.start_entry).earliest)
    }

    /// From when entries count towards what is brought about at a moment.
    pub fn window_from(&self, episode: Option<EpisodeNo>, trigger: Moment) -> Moment {
        match self.rule.counts_from {
            CountsFrom::Trigger => trigger,
            CountsFrom::Ever => Moment::EVER,
            CountsFrom::Episode => episode.map_or(trigger, |e| self.begun(e).min(trigger)),
        }
    }
}
