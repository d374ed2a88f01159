//! People mostly do what their rulebooks ask. This evaluates a case in the making, has each duty done by its owner at a likely time, and
//! looks again, since what was done may ask for more. What would be done later than now is left: it is what must be done now.
//! A few are forgotten, where a plan says so.

use super::chance::Chance;
use super::doing::{self, Around};
use super::entry::Entry;
use super::plan::{Interview, Plan};
use super::record::{Key, Record};
use super::telling::Teller;
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Evaluator, Options, State, is_of_area};
use engine::rulebook::{Repeat, Rule, RuleScope};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::sym;
use serde_json::Value;
use std::collections::HashMap;

/// So often is looked again, at most.
const ROUNDS: usize = 14;
/// So often is somebody said to have done a repeated duty in one go, at most.
const TRAIN: usize = 40;
/// So many entries are made for one rule in one episode, at most: two rules that ask for each other would never end.
const MOST: usize = 60;
/// A duty is tried by its own event, then in so many words, then waived.
const TRIES: u8 = 3;
/// After so many minutes an episode is settled: what its telling left undone is waived.
const SETTLED: i64 = 6 * 1440;

/// Those who are there day and night, and do at once what they do.
const AT_ONCE: [&str; 11] = [
    "home_staff",
    "carer",
    "foster_carer",
    "activity_leader",
    "parent",
    "reporter",
    "police",
    "police_control_room",
    "police_officer",
    "police_missing_unit",
    "emergency_duty_team",
];
/// Those who can be reached at night. Everybody else works by day.
const ON_CALL: [&str; 5] =
    ["home_manager", "registered_person", "police_supervisor", "detective_inspector", "detective_chief_inspector"];
/// What nobody gives a time for and is done again and again is done every so many minutes.
const NOW_AND_THEN: i64 = 9 * 60;

/// An episode that has been told.
pub(super) struct Told<'p> {
    pub start: Key,
    pub plan: &'p Plan,
}

/// Does what the rulebooks ask.
pub(super) struct Diligence<'d, 't> {
    pub evaluator: &'d Evaluator<'d>,
    pub vocabulary: &'d Vocabulary,
    pub teller: &'d mut Teller<'t>,
    pub told: &'d [Told<'d>],
    pub now: Moment,
    pub seed: u64,
}

/// One doing: an entry, and the limit before which it must stay when it is put together with another.
struct Done {
    entry: Entry,
    owner: String,
    due: Option<Moment>,
    episode: Option<u32>,
}

/// What was tried.
#[derive(Default)]
struct Tried {
    /// How often each duty was, by rulebook, rule, episode and arising.
    duties: HashMap<(u16, u32, Option<u32>, Moment), u8>,
    /// How many entries were made for each rule in each episode.
    rules: HashMap<(u16, u32, Option<u32>), usize>,
}

impl Diligence<'_, '_> {
    /// Until there is nothing left that would have been done by now.
    pub fn keep_up(&mut self, record: &mut Record<'_>) {
        let mut tried = Tried::default();
        let options = Options::at(self.now);
        for _ in 0..ROUNDS {
            let case = record.case();
            let mut done = Vec::new();
            for duty in self.asked(&case, &options) {
                self.one(&case, &duty, &options, &mut tried, &mut done);
            }
            if done.is_empty() {
                return;
            }
            for Done { mut entry, episode, .. } in together(done) {
                entry.episode = self.named(&case, episode, entry.at);
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
        duty.state.is_open()
            && duty.state != State::CannotTell
            && duty.owner.is_some()
            && !is_of_area(rule)
            && !rule.conflict
    }

    /// The telling of the episode of a duty.
    fn telling(&self, case: &Case, duty: &Duty) -> Option<&Plan> {
        let start = &case.episodes[duty.episode? as usize].id;
        let key = Key::of(start)?;
        self.told.iter().find(|t| t.start == key).map(|t| t.plan)
    }

    fn one(&mut self, case: &Case, duty: &Duty, options: &Options, tried: &mut Tried, done: &mut Vec<Done>) {
        let rule = self.evaluator.rule(duty);
        let tries = tried.duties.entry((duty.book, duty.rule, duty.episode, duty.arises)).or_default();
        let made = tried.rules.entry((duty.book, duty.rule, duty.episode)).or_default();
        if *tries >= TRIES || *made >= MOST {
            return;
        }
        // Each duty has its own luck, whatever else is asked and in whichever round.
        let number = duty.arises.0 as u64 ^ sym(&rule.id).0;
        let mut luck = Chance::of(self.seed, "duty", number);
        let plan = self.telling(case, duty);
        let (until, forgets) = plan.map_or((self.now, 0), |p| (p.until, p.forgets));
        // What has a limit is what is missed when it is forgotten; the rest is only still to do.
        let forgotten = luck.below(1000) < if duty.due.is_some() { forgets } else { forgets / 4 };
        let settled = plan.is_none_or(|p| p.back.is_some_and(|b| b.plus_minutes(SETTLED) < self.now));
        let declined = plan.is_some_and(|p| p.interview == Interview::Declined);
        let risk = plan.map_or("medium", |p| p.risk(duty.arises));
        let view = self.evaluator.view(case, options, duty);
        let Some(owner) = view.owner.clone() else { return };
        let event = doing::event(self.vocabulary, rule, &view);
        let noticed = plan.map_or(Moment::EVER, |p| p.noticed.plus_minutes(2));
        let at = self.time(duty, noticed, &owner, &mut luck);
        let told = doing::is_told(event);
        if forgotten || at > until || told && !settled {
            return;
        }
        if told {
            *tries = TRIES - 1;
        }
        let back = plan.map_or(Some(self.now), |p| p.back);
        let open = back.is_none_or(|back| at < back);
        let carer = self.teller.child.stay(at).living.at_meetings();
        let around = Around { vocabulary: self.vocabulary, at, risk, carer, open, declined: told && declined };
        let mut entry = attempt(*tries, &around, rule, &view, &mut luck);
        let step = self.step(case, duty, &entry);
        if let (Some(step), None) = (step, duty.due) {
            entry.at = duty.arises.plus_minutes(step);
            if entry.at > until {
                return;
            }
        }
        if open && doing::is_of_whole_episode(&entry) {
            let Some(later) = back.map(|b| b.plus_minutes(luck.between(60, 300))).filter(|at| *at <= until) else {
                return;
            };
            entry.at = later;
        }
        *tries += 1;
        let end = if rule.scope == RuleScope::Child { self.now } else { back.unwrap_or(until).min(until) };
        let plan = plan.cloned();
        for entry in train(entry, step, end) {
            *made += 1;
            let mut entry = self.signed(entry, &owner, until);
            if let (Some(plan), "risk.graded" | "risk.assessed") = (&plan, entry.event.as_str()) {
                entry = {
                    let risk = plan.risk(entry.at);
                    entry.with("level", risk)
                };
            }
            done.push(Done { entry, owner: owner.clone(), due: duty.due, episode: duty.episode });
        }
    }

    /// With who did it, and when it was written down.
    fn signed(&mut self, entry: Entry, owner: &str, until: Moment) -> Entry {
        let name = self.teller.name(owner, entry.at);
        let recorded = entry.at.plus_minutes(self.teller.chance.between(0, 8)).min(until);
        entry.by(owner, name).recorded(recorded)
    }

    /// The minutes between one doing and the next, where a duty is done again and again: because its rule says so, or because doing it
    /// asks for it again.
    fn step(&self, case: &Case, duty: &Duty, entry: &Entry) -> Option<i64> {
        let again = |number: u32| {
            let before = case.entry(number);
            let same = |key: &str| match (entry.word(key), self.vocabulary.field(key)) {
                (Some(word), Some(field)) => before.has(field, sym(word)),
                _ => true,
            };
            self.vocabulary.event_at(before.event).id == entry.event
                && ["form", "action", "decision", "meeting", "about", "what", "review"].into_iter().all(same)
        };
        let minutes = match (&self.evaluator.rule(duty).repeat, duty.due) {
            (Repeat::Every(length, _), _) => length.rough_minutes(),
            (Repeat::Once, due) if duty.entry.is_some_and(again) => {
                due.map_or(NOW_AND_THEN, |due| due.minute() - duty.arises.minute())
            }
            _ => return None,
        };
        let step = (minutes * 9 / 10).max(10);
        // Whole days, where it is days: nobody does such a thing at another hour each time.
        Some(if step > 2 * 1440 { step / 1440 * 1440 } else { step })
    }

    /// When somebody gets round to it.
    fn time(&self, duty: &Duty, noticed: Moment, owner: &str, luck: &mut Chance) -> Moment {
        let share = luck.between(20, 85);
        // What belongs to a day cannot be done on another.
        let rule = self.evaluator.rule(duty);
        let late = luck.below(1000) < 25 && !matches!(rule.repeat, Repeat::Days(_) | Repeat::Month);
        // Nobody does anything before somebody has noticed.
        let from = duty.arises.max(duty.window).max(noticed);
        let Some(due) = duty.due else {
            let (least, most) = if AT_ONCE.contains(&owner) { (4, 30) } else { (45, 300) };
            return self.by_day(from.plus_minutes(luck.between(least, most)), owner, None);
        };
        let minutes = (due.minute() - from.minute()).max(0);
        if late {
            return due.max(from).plus_minutes(luck.between(10, 300));
        }
        // What is due at once is done at once, by those who are there.
        let soon = if AT_ONCE.contains(&owner) { minutes.min(12 * 60) } else { minutes };
        self.by_day(from.plus_minutes(soon * share / 100), owner, Some(due))
    }

    /// The same moment, or the next working morning for those who work by day, if the limit leaves time for it.
    fn by_day(&self, at: Moment, owner: &str, due: Option<Moment>) -> Moment {
        // What has days of time is done by day by everybody.
        let pressing = due.is_none_or(|due| due.minute() - at.minute() < 1440);
        if pressing && (AT_ONCE.contains(&owner) || ON_CALL.contains(&owner)) {
            return at;
        }
        let calendar = &self.vocabulary.calendar;
        let here = calendar.local(at);
        let mut day = here.date();
        if calendar.is_working_day(day) && (9..17).contains(&here.hour()) {
            return at;
        }
        let minute = i64::from(here.minute());
        for _ in 0..7 {
            let morning = calendar.start_of(day).plus_minutes(9 * 60 + 10 + minute);
            if morning >= at && calendar.is_working_day(day) {
                return if due.is_none_or(|due| morning <= due) { morning } else { at };
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        at
    }

    /// The entry that starts the episode, where time alone would put an entry into another one.
    fn named(&self, case: &Case, episode: Option<u32>, at: Moment) -> Option<Key> {
        let episode = episode?;
        if case.episode_at(at) == Some(episode) {
            return None;
        }
        Key::of(&case.episodes[episode as usize].id)
    }
}

fn attempt(tries: u8, around: &Around<'_>, rule: &Rule, view: &DutyView, luck: &mut Chance) -> Entry {
    let own = if tries == 0 { doing::done(around, rule, view, luck) } else { None };
    match (tries, own) {
        (_, Some(entry)) => entry,
        (0 | 1, None) => doing::plainly(around, rule, luck),
        _ => doing::waived(around, rule),
    }
}

/// What is done again and again, for as long as it is asked.
fn train(entry: Entry, step: Option<i64>, end: Moment) -> Vec<Entry> {
    let Some(step) = step else { return vec![entry] };
    let mut times = vec![entry.at];
    while let Some(next) = times.last().map(|at| at.plus_minutes(step)).filter(|next| *next < end) {
        times.push(next);
    }
    // Of a long row the first and the latest are told.
    if times.len() > TRAIN {
        times.drain(1..times.len() - TRAIN);
    }
    times.into_iter().map(|at| Entry { at: Moment(at.minute() * 60), ..entry.clone() }).collect()
}

/// What one person does twice at about the same time is one entry: the same act for two rulebooks, or several people told of one thing.
fn together(done: Vec<Done>) -> Vec<Done> {
    let mut found: Vec<Done> = Vec::new();
    for one in done {
        let fits = |other: &&mut Done| {
            let later = other.entry.at.max(one.entry.at);
            other.owner == one.owner
                && other.episode == one.episode
                && (other.entry.at.minute() - one.entry.at.minute()).abs() <= 25
                && [other.due, one.due].into_iter().flatten().all(|due| later <= due)
                && same_act(&other.entry, &one.entry)
        };
        match found.iter_mut().find(fits) {
            Some(other) => {
                other.entry.at = other.entry.at.max(one.entry.at);
                other.entry.recorded = other.entry.recorded.max(one.entry.recorded);
                other.due = [other.due, one.due].into_iter().flatten().min();
                TOLD_TO.into_iter().for_each(|key| union(&mut other.entry, &one.entry, key));
            }
            None => found.push(one),
        }
    }
    found
}

/// Fields that name who was told.
const TOLD_TO: [&str; 2] = ["to", "with"];
/// Fields in which people write what they like.
const FREE: [&str; 4] = ["items", "reason", "result", "how"];

fn same_act(one: &Entry, other: &Entry) -> bool {
    let what = |entry: &Entry| {
        let named = |key: &str, value: &Value| !FREE.contains(&key) && !(TOLD_TO.contains(&key) && value.is_array());
        entry
            .fields
            .iter()
            .filter(|(key, value)| named(key, value))
            .map(|(k, v)| (k.clone(), v.clone()))
            .collect::<Vec<_>>()
    };
    one.event == other.event && what(one) == what(other)
}

fn union(entry: &mut Entry, other: &Entry, key: &str) {
    let (Some(Value::Array(roles)), Some(Value::Array(more))) = (entry.fields.get_mut(key), other.fields.get(key))
    else {
        return;
    };
    for role in more {
        if !roles.contains(role) {
            roles.push(role.clone());
        }
    }
}
