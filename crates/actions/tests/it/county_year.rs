//! A year in a county, lived through entry by entry on a clock that a test sets, with the trouble that a year brings: answers that are lost
//! and sent again, pages that are stale, servers that start anew, two workers at once, clocks that go back, entries that are withdrawn.
//! After each step: nothing that was acknowledged is gone, lists are what the chronologies give, no alert is lost or told twice, and no
//! duty of an episode is gone that was open.
//!
//! `DAYS=365 YEARS=100 SEED=1` for the campaign (`make county-years`); a year is the same for the same seed.

use crate::databases::Database;
use crate::world::{at, rules, sealing};
use actions::entry::{self, EntryForm, Recorded};
use actions::{Actor, Answers, App, Refused, queries, upkeep, worker};
use county::{County, Wanted, county};
use engine::time::Moment;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::AlertKind;
use testkit::clock::{TestChance, TestClock};
use views::words::AT_ONCE_GRACE_MINUTES;

const MINUTE_US: i64 = 60_000_000;
/// What an entry carries beside the fields of its event.
const COMMON: [&str; 11] = [
    "id",
    "event",
    "occurred_at",
    "recorded_at",
    "by",
    "by_name",
    "episode",
    "corrects",
    "note",
    "checklist",
    "filled",
];

/// Numbers that follow from each other.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// Once in so many.
    fn once_in(&mut self, sides: u64) -> bool {
        self.roll(sides) == 0
    }
}

/// What came of a year.
#[derive(Default, Debug)]
struct Lived {
    recorded: usize,
    refused: usize,
    repeated: usize,
    stale: usize,
    withdrawn: usize,
    restarts: usize,
    alerts: usize,
    checks: usize,
}

/// A year under way.
struct Year {
    app: App,
    clock: Arc<TestClock>,
    database: Database,
    county: County,
    dice: Dice,
    /// The rows of each record that were acknowledged, by their hashes.
    kept: BTreeMap<String, Vec<String>>,
    /// The alerts that were raised: child, duty, overdue or not, the limit.
    raised: BTreeSet<(String, String, bool, i64)>,
    /// How entries of the story are called in the record.
    ids: BTreeMap<(String, String), String>,
    /// So many servers were started.
    servers: u64,
    lived: Lived,
}

/// An entry of the story, at the moment at which it is told.
struct Step {
    at: Moment,
    child: usize,
    entry: Map<String, Value>,
}

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn moment(entry: &Map<String, Value>, key: &str) -> Option<Moment> {
    entry.get(key).and_then(Value::as_str).and_then(|text| Moment::parse(text).ok())
}

/// When an entry was told.
fn told(entry: &Map<String, Value>) -> Moment {
    moment(entry, "recorded_at").or_else(|| moment(entry, "occurred_at")).unwrap_or(Moment::EVER)
}

#[test]
fn nothing_is_lost_in_a_year() {
    let (years, days, seed) = (asked("YEARS", 2), asked("DAYS", 5), asked("SEED", 1));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        for year in 0..years {
            let database = if year % 2 == 0 { Database::sqlite() } else { Database::postgres().await };
            let kind = if year % 2 == 0 { "SQLite" } else { "PostgreSQL" };
            println!("SEED={} DAYS={days} on {kind}", seed + year);
            let lived = Year::of(database, seed + year, days).await.live().await;
            println!("  {lived:?}");
            assert!(lived.recorded > lived.refused, "a year in which little is recorded shows little: {lived:?}");
            assert!(lived.alerts > 0 && lived.checks > 0, "{lived:?}");
        }
    });
}

impl Year {
    /// The county as it stands so many days before its last.
    async fn of(database: Database, seed: u64, days: u64) -> (Year, Vec<Step>) {
        let now = at("2026-11-20T18:00+00:00");
        let from = now.plus_minutes(-1440 * days as i64);
        let areas = ["northamptonshire", "bedfordshire", "essex", "wakefield"];
        let wanted = Wanted {
            seed,
            children: 12,
            under_way: 11,
            years: 1 + (days / 366) as u32,
            now,
            area: areas[seed as usize % areas.len()],
            provider: "childrens-home",
        };
        let mut made = county(&wanted, rules().library);
        let clock = Arc::new(TestClock::at(&from.to_string()));
        let store = database.open().await;
        let app = App::new(store, rules(), clock.clone(), Arc::new(TestChance::of(seed))).with_sealing(sealing());
        let mut steps = Vec::new();
        for (number, child) in made.children.iter_mut().enumerate() {
            let Some(Value::Array(all)) = child.case.get_mut("chronology") else { continue };
            let entries = std::mem::take(all).into_iter().filter_map(|entry| match entry {
                Value::Object(entry) => Some(entry),
                _ => None,
            });
            let (before, after): (Vec<_>, Vec<_>) = entries.partition(|entry| told(entry) < from);
            *all = before.into_iter().map(Value::Object).collect();
            steps.extend(after.into_iter().map(|entry| Step { at: told(&entry), child: number, entry }));
        }
        steps.sort_by_key(|step| (step.at, step.child));
        county::fill(&app, Arc::new(made.clone()), "", None, &mut |_| {}).await.unwrap();
        let mut year = Year {
            app,
            clock,
            database,
            county: made,
            dice: Dice(seed),
            kept: BTreeMap::new(),
            raised: BTreeSet::new(),
            ids: BTreeMap::new(),
            servers: 0,
            lived: Lived::default(),
        };
        for number in 0..year.county.children.len() {
            year.acknowledge(number).await;
        }
        (year, steps)
    }
}

trait Live {
    async fn live(self) -> Lived;
}

impl Live for (Year, Vec<Step>) {
    async fn live(self) -> Lived {
        let (mut year, steps) = self;
        for (number, step) in steps.iter().enumerate() {
            year.wait_until(step.at).await;
            if year.dice.once_in(30) {
                year.restart().await;
            }
            year.tell(step).await;
            year.acknowledge(step.child).await;
            if number % 12 == 0 {
                year.check().await;
            }
        }
        year.check().await;
        year.lived
    }
}

impl Year {
    fn now(&self) -> Moment {
        self.app.now()
    }

    fn set(&self, at: Moment) {
        self.clock.set(&at.to_string());
    }

    /// Lets time pass: the worker looks every six hours and at the end, sometimes two at once, sometimes with a clock that went back.
    async fn wait_until(&mut self, until: Moment) {
        while self.now() < until {
            let next = self.now().plus_minutes(360).min(until);
            if self.dice.once_in(60) {
                self.set(next.plus_minutes(-60));
                self.tick().await;
            }
            self.set(next);
            self.tick().await;
        }
    }

    async fn tick(&mut self) {
        let mut all = Vec::new();
        if self.dice.once_in(20) {
            let other = self.server().await;
            let (one, two) = tokio::join!(worker::tick(&self.app), worker::tick(&other));
            all.extend(one.unwrap().raised);
            all.extend(two.unwrap().raised);
        } else {
            all.extend(worker::tick(&self.app).await.unwrap().raised);
        }
        for alert in all {
            self.lived.alerts += 1;
            let overdue = alert.kind == AlertKind::Overdue;
            let one = (alert.child_id, alert.duty_key, overdue, alert.due_us);
            assert!(self.raised.insert(one.clone()), "told twice: {one:?}");
        }
    }

    /// A server that remembers nothing, with a chance of its own.
    async fn server(&mut self) -> App {
        self.servers += 1;
        let (store, clock) = (self.database.open().await, self.clock.clone());
        let chance = Arc::new(TestChance::of(1_000_000 + self.servers));
        App::new(store, rules(), clock, chance).with_sealing(sealing())
    }

    async fn restart(&mut self) {
        self.app = self.server().await;
        self.lived.restarts += 1;
    }

    /// Whoever did something, as they are signed in.
    fn actor(&self, child: usize, entry: &Map<String, Value>) -> Actor {
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default();
        let related = &self.county.children[child].agencies;
        let of_role = || self.county.people.iter().filter(|person| person.role == text("by"));
        let person = of_role()
            .find(|person| person.name == text("by_name"))
            .or_else(|| of_role().find(|person| related.contains(&person.agency)))
            .or_else(|| self.county.people.iter().find(|person| related.contains(&person.agency)))
            .unwrap_or(&self.county.people[0]);
        Actor {
            person: person.id.clone(),
            name: person.name.clone(),
            role: person.role.clone(),
            agency: person.agency.clone(),
            sees_children: true,
            ..Actor::default()
        }
    }

    /// The form that somebody fills in to tell it.
    fn form(&self, child: &str, entry: &Map<String, Value>) -> EntryForm {
        let mut answers = Answers::default();
        let occurred = moment(entry, "occurred_at").unwrap_or(self.now());
        answers.set("occurred", occurred.to_string());
        if let Some(note) = entry.get("note").and_then(Value::as_str) {
            answers.set("note", note);
        }
        for (key, value) in entry.iter().filter(|(key, _)| !COMMON.contains(&key.as_str())) {
            for text in texts(value) {
                let named = self.ids.get(&(child.to_owned(), text.clone())).cloned();
                answers.add(format!("f-{key}"), named.unwrap_or(text));
            }
        }
        let text = |key: &str| entry.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let episode = self.ids.get(&(child.to_owned(), text("episode"))).cloned();
        EntryForm { event: text("event"), episode, answers, ..EntryForm::default() }
    }

    /// Somebody tells what happened, and sometimes something goes wrong with it.
    async fn tell(&mut self, step: &Step) {
        let child = self.county.children[step.child].id.clone();
        let actor = self.actor(step.child, &step.entry);
        let form = self.form(&child, &step.entry);
        let key = self.app.new_key();
        let before = self.open(&child).await;
        if self.dice.once_in(25) {
            // A page from before the last entry.
            let seen = self.version(&actor, &child).await;
            let done = entry::record(&self.app, &actor, &child, seen - 1, &form, &self.app.new_key()).await;
            assert!(done.is_err(), "a stale page was saved: {form:?}");
            self.lived.stale += 1;
        }
        let Some(done) = self.record(&actor, &child, &form, &key).await else { return };
        if let Some(own) = step.entry.get("id").and_then(Value::as_str) {
            self.ids.insert((child.clone(), own.to_owned()), done.entry.clone());
        }
        if self.dice.once_in(12) {
            // The answer was lost, and the form is sent again, perhaps to another server.
            if self.dice.once_in(2) {
                self.restart().await;
            }
            let again = self.record(&actor, &child, &form, &key).await.unwrap();
            assert_eq!((&again.entry, again.version), (&done.entry, done.version), "sent again, it is the same");
            self.lived.repeated += 1;
        }
        let late = moment(&step.entry, "occurred_at").is_some_and(|at| at.plus_minutes(5) < self.now());
        let event = form.event.as_str();
        if !late {
            self.asked_for(&child, &before, &format!("{event} at {}", self.now())).await;
        }
        if self.dice.once_in(40) {
            let version = self.version(&actor, &child).await;
            let key = self.app.new_key();
            let why = "It was about another evening, and was told by mistake";
            let done =
                entry::withdraw(&self.app, &actor, &child, version, &done.entry, ("wrong_child", why), &key).await;
            self.lived.withdrawn += usize::from(done.is_ok());
        }
    }

    /// Records something, on whatever version its author sees. None where it is refused in words.
    async fn record(&mut self, actor: &Actor, child: &str, form: &EntryForm, key: &str) -> Option<Recorded> {
        let mut version = self.version(actor, child).await;
        for _ in 0..2 {
            match entry::record(&self.app, actor, child, version, form, key).await {
                Ok(done) => {
                    self.lived.recorded += 1;
                    return Some(done);
                }
                Err(Refused::Stale { version: now, .. }) => version = now,
                Err(Refused::Unavailable(why)) => panic!("{why}: {form:?}"),
                Err(_) => break,
            }
        }
        self.lived.refused += 1;
        None
    }

    async fn version(&self, actor: &Actor, child: &str) -> i64 {
        let page = queries::child(&self.app, actor, child).await;
        page.map_or(0, |page| page.version)
    }

    /// The duties on which somebody has to do something now. What lies ahead may never come up.
    async fn open(&self, child: &str) -> BTreeSet<String> {
        let (listed, now) = (self.app.store().on_lists(child).await.unwrap(), self.now().0 * 1_000_000);
        let open = listed.duties().filter(|duty| matches!(duty.state_at(now), "due" | "overdue"));
        open.map(|duty| duty.key.clone()).collect()
    }

    /// Whatever was asked of somebody in an episode is asked still, or stands there as what became of it.
    async fn asked_for(&self, child: &str, before: &BTreeSet<String>, with: &str) {
        let after = self.all(child).await;
        // Of what is about the child alone, lists keep what is open.
        let gone: Vec<&String> = before.iter().filter(|key| !key.contains("~-~") && !after.contains(*key)).collect();
        assert!(gone.is_empty(), "{child}: gone with {with}: {gone:?}");
    }

    async fn all(&self, child: &str) -> BTreeSet<String> {
        let listed = self.app.store().on_lists(child).await.unwrap();
        listed.duties().map(|duty| duty.key.clone()).collect()
    }

    /// What a record holds is acknowledged, and stays. Whatever was acknowledged before is there still, as it was.
    async fn acknowledge(&mut self, child: usize) {
        let id = &self.county.children[child].id;
        let rows = self.app.store().record(id).await.unwrap().rows;
        let now: Vec<String> = rows.iter().map(|row| row.hash.clone()).collect();
        let kept = self.kept.entry(id.clone()).or_default();
        assert!(now.starts_with(kept), "{id}: what was acknowledged is gone");
        *kept = now;
    }

    /// Everything holds, for every child.
    async fn check(&mut self) {
        self.lived.checks += 1;
        self.tick().await;
        let other = self.server().await;
        let lists = upkeep::compare_lists(&other).await.unwrap();
        assert_eq!((lists.fault, lists.waiting), (None, 0));
        let late = (self.now().minute() - AT_ONCE_GRACE_MINUTES) * MINUTE_US;
        for number in 0..self.county.children.len() {
            self.acknowledge(number).await;
            let child = self.county.children[number].id.clone();
            let listed = other.store().on_lists(&child).await.unwrap();
            for duty in listed.duties().filter(|duty| duty.is_open() && !duty.silent) {
                let Some(due) = duty.due_us.filter(|due| *due < late) else { continue };
                let told = self
                    .raised
                    .iter()
                    .any(|(of, key, overdue, limit)| *overdue && *of == child && *key == duty.key && *limit >= due);
                assert!(told, "{child}: nobody was told that `{}` is late since {due}", duty.key);
            }
            assert!(other.store().verify(&child).await.unwrap().is_whole(), "{child}");
        }
    }
}

/// A value as it is typed.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Bool(yes) => vec![if *yes { "yes" } else { "no" }.into()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
