//! People mostly do what their rulebooks ask. This evaluates a case in the making, has each duty done by its owner at a likely time, and
//! looks again, since what was done may ask for more. What would be done later than now is left: it is what must be done now.
//! A few are forgotten, where a plan says so.

use crate::chance::Chance;
use crate::doing::{self, Around};
use crate::entry::Entry;
use crate::plan::{Interview, Plan};
use crate::record::{Key, Record};
use crate::telling::Teller;
use crate::timing;
use crate::together::{Done, together};
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Evaluator, Options, State, is_of_area};
use engine::ids::{BookNo, EpisodeNo, RuleNo};
use engine::rulebook::{Rule, RuleScope};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::sym;
use std::collections::HashMap;

/// So often is looked again, at most.
const ROUNDS: usize = 14;
/// So many entries are made for one rule in one episode, at most: two rules that ask for each other would never end.
const MOST: usize = 60;
/// A duty is tried by its own event, then in so many words, then waived.
const TRIES: u8 = 3;
/// After so many minutes an episode is settled: what its telling left undone is waived.
const SETTLED: i64 = 6 * 1440;

/// An episode that has been told.
pub(crate) struct Told<'p> {
    pub start: Key,
    pub plan: &'p Plan,
}

/// Does what the rulebooks ask.
pub(crate) struct Diligence<'d, 't> {
    pub evaluator: &'d Evaluator<'d>,
    pub vocabulary: &'d Vocabulary,
    pub teller: &'d mut Teller<'t>,
    pub told: &'d [Told<'d>],
    pub now: Moment,
    pub seed: u64,
}

/// What was tried.
#[derive(Default)]
struct Tried {
    /// How often each duty was, by rulebook, rule, episode and arising.
    duties: HashMap<(BookNo, RuleNo, Option<EpisodeNo>, Moment), u8>,
    /// How many entries were made for each rule in each episode.
    rules: HashMap<(BookNo, RuleNo, Option<EpisodeNo>), usize>,
}

/// A duty that somebody gets round to before now.
struct Chosen<'p> {
    duty: Duty,
    owner: &'p str,
    plan: Option<&'p Plan>,
    at: Moment,
    luck: Chance,
}

impl<'d> Diligence<'d, '_> {
    /// Until there is nothing left that would have been done by now.
    pub fn keep_up(&mut self, record: &mut Record<'_>) {
        let mut tried = Tried::default();
        let options = Options::at(self.now);
        for _ in 0..ROUNDS {
            let case = record.case();
            let mut done = Vec::new();
            for duty in &self.asked(&case, &options) {
                if let Some(chosen) = self.chosen(&case, duty, &tried) {
                    let view = self.evaluator.view(&case, &options, &chosen.duty);
                    self.act(&case, chosen, &view, &mut tried, &mut done);
                }
            }
            if done.is_empty() {
                return;
            }
            for Done { mut entry, episode, .. } in together(done) {
                entry.episode = named(&case, episode, entry.at);
                record.add(entry);
            }
        }
    }

    /// What is to be done. Of several occasions of one rule without a limit the latest is enough: who does it then has done it for all.
    fn asked(&self, case: &Case, options: &Options) -> Vec<Duty> {
        let mut asked: Vec<Duty> = Vec::new();
        for duty in self.evaluator.evaluate(case, options).into_iter().filter(|d| self.concerns(d)) {
            let same = |d: &Duty| (d.book, d.rule, d.episode) == (duty.book, duty.rule, duty.episode);
            match asked.last_mut().filter(|last| same(last) && last.due.is_none() && duty.due.is_none()) {
                Some(last) => *last = duty,
                None => asked.push(duty),
            }
        }
        asked
    }

    fn concerns(&self, duty: &Duty) -> bool {
        let rule = self.evaluator.rule(duty);
        duty.state.is_open() && duty.state != State::CannotTell && !is_of_area(rule) && !rule.conflict
    }

    /// The plan of the episode of a duty.
    fn plan(&self, case: &Case, duty: &Duty) -> Option<&'d Plan> {
        let start = Key::of(&case.episodes[duty.episode?.place()].id)?;
        self.told.iter().find(|t| t.start == start).map(|t| t.plan)
    }

    /// Does somebody get round to it before now?
    fn chosen(&self, case: &Case, duty: &Duty, tried: &Tried) -> Option<Chosen<'d>> {
        let tries = tried.duties.get(&(duty.book, duty.rule, duty.episode, duty.arises));
        let made = tried.rules.get(&(duty.book, duty.rule, duty.episode));
        if tries.is_some_and(|t| *t >= TRIES) || made.is_some_and(|m| *m >= MOST) {
            return None;
        }
        let rule = self.evaluator.rule(duty);
        // Each duty has its own luck, whatever else is asked and in whichever round.
        let mut luck = Chance::of(self.seed, "duty", duty.arises.0 as u64 ^ sym(&rule.id).0);
        let plan = self.plan(case, duty);
        let (until, forgets) = plan.map_or((self.now, 0), |p| (p.until, p.forgets));
        // What has a limit is what is missed when it is forgotten; the rest is only still to do.
        let forgotten = luck.below(1000) < if duty.due.is_some() { forgets } else { forgets / 4 };
        let owner = self.vocabulary.word(duty.owner?)?;
        let noticed = plan.map_or(Moment::EVER, |p| p.noticed.plus_minutes(2));
        let at = timing::when(&self.vocabulary.calendar, rule, duty, noticed, owner, &mut luck);
        (!forgotten && at <= until).then_some(Chosen { duty: *duty, owner, plan, at, luck })
    }

    /// Makes the entries of somebody who does it.
    fn act(&mut self, case: &Case, chosen: Chosen<'d>, view: &DutyView, tried: &mut Tried, done: &mut Vec<Done>) {
        let Chosen { duty, owner, plan, at, mut luck } = chosen;
        let rule = self.evaluator.rule(&duty);
        let until = plan.map_or(self.now, |p| p.until);
        let back = plan.map_or(Some(self.now), |p| p.back);
        let told = doing::is_told(doing::event(self.vocabulary, rule, view));
        if told && back.is_none_or(|back| plan.is_some() && back.plus_minutes(SETTLED) >= self.now) {
            return;
        }
        let tries = tried.duties.entry((duty.book, duty.rule, duty.episode, duty.arises)).or_default();
        if told {
            *tries = TRIES - 1;
        }
        let around = Around {
            vocabulary: self.vocabulary,
            at,
            risk: plan.map_or("medium", |p| p.risk(at)),
            carer: self.teller.child.stay(at).living.at_meetings(),
            begun: case.episode_at(at).is_some(),
            open: back.is_none_or(|back| at < back),
            declined: told && plan.is_some_and(|p| p.interview == Interview::Declined),
        };
        let mut entry = attempt(*tries, &around, rule, view, &mut luck);
        let step = timing::step(self.vocabulary, case, rule, &duty, &entry);
        if let (Some(step), None) = (step, duty.due) {
            entry.at = duty.arises.plus_minutes(step);
        }
        if around.open && doing::is_of_whole_episode(&entry) {
            entry.at = back.map_or(Moment::NEVER, |back| back.plus_minutes(luck.between(60, 300)));
        }
        if entry.at > until {
            return;
        }
        *tries += 1;
        let end = if rule.scope == RuleScope::Child { self.now } else { back.unwrap_or(until).min(until) };
        for entry in timing::train(entry, step, end) {
            *tried.rules.entry((duty.book, duty.rule, duty.episode)).or_default() += 1;
            let entry = self.signed(entry, owner, plan, until);
            done.push(Done { entry, owner: owner.into(), due: duty.due, episode: duty.episode });
        }
    }

    /// With who did it, and when it was written down.
    fn signed(&mut self, entry: Entry, owner: &str, plan: Option<&Plan>, until: Moment) -> Entry {
        let name = self.teller.name(owner, entry.at);
        let recorded = entry.at.plus_minutes(self.teller.chance.between(0, 8)).min(until);
        let entry = entry.by(owner, name).recorded(recorded);
        match (entry.event.as_str(), plan) {
            // Whoever looks again finds what holds by then.
            ("risk.graded" | "risk.assessed", Some(plan)) => {
                let risk = plan.risk(entry.at);
                entry.with("level", risk)
            }
            _ => entry,
        }
    }
}

/// The entry that starts the episode, where time alone would put an entry into another one.
fn named(case: &Case, episode: Option<EpisodeNo>, at: Moment) -> Option<Key> {
    let episode = episode.filter(|e| case.episode_at(at) != Some(*e))?;
    Key::of(&case.episodes[episode.place()].id)
}

fn attempt(tries: u8, around: &Around<'_>, rule: &Rule, view: &DutyView, luck: &mut Chance) -> Entry {
    let own = if tries == 0 { doing::done(around, rule, view, luck) } else { None };
    match (tries, own) {
        (_, Some(entry)) => entry,
        (0 | 1, None) => doing::plainly(around, rule, luck),
        _ => doing::waived(around, rule),
    }
}
