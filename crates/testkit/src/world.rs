//! A small world: two homes, social work, police, the missing team; one child whom all but the other home work with. The clock is set
//! by the test, and chance is the same each time.

#![expect(clippy::unwrap_used, clippy::missing_panics_doc, reason = "a test says enough by failing")]

use crate::clock::{TestChance, TestClock};
use crate::databases::Database;
use actions::child::{Import, import};
use actions::entry::{EntryForm, REASON, Recorded, WHY, Why};
use actions::views::{DutyLine, EpisodePart, TodoPart, Whose};
use actions::{Actor, Answers, App, READ_CHANGES, Refused, Rules, Sealing, queries, sign_in};
use argon2::password_hash::PasswordHasher as _;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, Version};
use engine::time::Moment;
use serde_json::{Value, json};
use std::sync::{Arc, OnceLock};
use store::{Agency, Person};

/// The child of most tests.
pub const RILEY: &str = "riley";
/// What everybody signs in with.
pub const PASSWORD: &str = "four random words here";

/// The rulebooks of this repository, loaded once for all tests.
pub fn rules() -> Arc<Rules> {
    static RULES: OnceLock<Arc<Rules>> = OnceLock::new();
    RULES.get_or_init(|| Rules::new(crate::library())).anew()
}

/// What seals secrets in all tests.
pub fn sealing() -> Option<Sealing> {
    Sealing::of(&[[7; 32]])
}

/// People, a child, and the clock they live by.
pub struct World {
    /// What they work with.
    pub app: App,
    /// What tells the time.
    pub clock: Arc<TestClock>,
    /// The database, kept for as long as the world is.
    pub database: Database,
}

impl World {
    /// At six in the evening on 5 January 2026, nobody is gone.
    pub async fn new(database: Database) -> World {
        let store = database.open().await;
        let clock = Arc::new(TestClock::at("2026-01-05T18:00+00:00"));
        let app = App::new(store, rules(), clock.clone(), Arc::new(TestChance::of(1))).with_sealing(sealing());
        let world = World { app, clock, database };
        world.people().await;
        world.child(RILEY, "Riley Marsh", &riley(), &["larkfield", "team", "missing", "police"]).await;
        world
    }

    async fn people(&self) {
        let store = self.app.store();
        for (id, name, kind) in [
            ("larkfield", "Larkfield House", "childrens_home"),
            ("elsewhere", "Elsewhere Lodge", "childrens_home"),
            ("team", "Kettering team", "social_work_team"),
            ("missing", "Missing Children Team", "missing_team"),
            ("police", "Northamptonshire Police", "police"),
            ("systems", "Systems", "systems"),
        ] {
            store
                .add_agency(&Agency { id: id.into(), name: name.into(), kind: kind.into(), ..Agency::default() })
                .await
                .unwrap();
        }
        for (id, name, role, agency) in [
            ("dana", "Dana Holt", "home_staff", "larkfield"),
            ("mel", "Mel Aspinall", "home_staff", "larkfield"),
            ("nora", "Nora Quill", "home_staff", "elsewhere"),
            ("owen", "Owen Pryce", "social_worker", "team"),
            ("priya", "Priya Nair", "missing_coordinator", "missing"),
            ("safiya", "Safiya Lund", "return_interviewer", "missing"),
            ("grace", "Grace Oduya", "police_missing_unit", "police"),
            ("root", "Ruth Sysadmin", "system_administrator", "systems"),
        ] {
            let person = Person {
                id: id.into(),
                username: id.into(),
                name: name.into(),
                role: role.into(),
                agency: agency.into(),
                password_hash: password_hash(),
                relation_to_all: false,
                active: true,
                used_us: None,
            };
            store.add_person(&person).await.unwrap();
        }
    }

    /// Brings a child in.
    pub async fn child(&self, id: &str, name: &str, case: &Value, agencies: &[&str]) {
        let agencies: Vec<String> = agencies.iter().map(|a| (*a).to_string()).collect();
        let whole = Import { id, name, agencies: &agencies, case, writer: &|_, _| "dana".into() };
        import(&self.app, &whole).await.unwrap();
    }

    /// Another server on the same database, with the same clock.
    pub async fn second_server(&self) -> App {
        let store = self.database.open().await;
        App::new(store, rules(), self.clock.clone(), Arc::new(TestChance::of(99))).with_sealing(sealing())
    }

    /// Sets the clock.
    pub fn set(&self, time: &str) {
        self.clock.set(time);
    }

    /// Sets the clock forward.
    pub fn pass(&self, minutes: i64) {
        self.clock.pass(minutes);
    }

    /// Somebody who has signed in.
    pub async fn actor(&self, username: &str) -> Actor {
        sign_in::sign_in(&self.app, username, PASSWORD, "127.0.0.1").await.unwrap().actor
    }

    /// The version of a record.
    pub async fn version(&self, child: &str) -> i64 {
        self.app.store().record(child).await.unwrap().version
    }

    /// Records an event now, on the newest version, with a key of its own.
    pub async fn record(&self, who: &str, event: &str, fields: &[(&str, &str)]) -> Result<Recorded, Refused> {
        let actor = self.actor(who).await;
        let version = self.version(RILEY).await;
        let form = self.form(event, fields);
        // Every test has this within it: what a save needs while it waits stands elsewhere.
        let save = async |version| {
            let key = self.app.new_key();
            Box::pin(actions::entry::record(&self.app, &actor, RILEY, version, &form, &key)).await
        };
        match save(version).await {
            // Versions are counted by what somebody sees.
            Err(Refused::Stale { version, .. }) => save(version).await,
            done => done,
        }
    }

    /// Corrects an entry on the newest version, once what that changes was read.
    pub async fn correct(
        &self,
        actor: &Actor,
        child: &str,
        entry: &str,
        form: &EntryForm,
        key: &str,
    ) -> Result<Recorded, Refused> {
        let version = self.version(child).await;
        let mut form = reasoned(form.clone());
        match actions::entry::correct(&self.app, actor, child, version, entry, &form, key).await {
            Err(Refused::Changes(found)) => {
                form.answers.set(READ_CHANGES, found.mark.as_str());
                actions::entry::correct(&self.app, actor, child, version, entry, &form, key).await
            }
            done => done,
        }
    }

    /// Withdraws an entry of Riley on the newest version, once what that changes was read.
    pub async fn withdraw(
        &self,
        actor: &Actor,
        entry: &str,
        why: (&str, &str),
        key: &str,
    ) -> Result<Recorded, Refused> {
        let version = self.version(RILEY).await;
        match actions::entry::withdraw(&self.app, actor, RILEY, version, entry, why, key).await {
            Err(Refused::Changes(found)) => {
                let why = Why { read: &found.mark, ..why.into() };
                actions::entry::withdraw(&self.app, actor, RILEY, version, entry, why, key).await
            }
            done => done,
        }
    }

    /// A form for an event that happened just now, unless a field `occurred` says otherwise.
    pub fn form(&self, event: &str, fields: &[(&str, &str)]) -> EntryForm {
        let mut answers = Answers::default();
        answers.set("occurred", self.app.now().to_string());
        for (name, value) in fields {
            let name = match *name {
                "occurred" | "by" | "by-name" | "note" => (*name).to_string(),
                field => format!("f-{field}"),
            };
            if name == "occurred" { answers.set(name, *value) } else { answers.add(name, *value) }
        }
        EntryForm { event: event.into(), answers, ..EntryForm::default() }
    }

    /// The form that puts an entry right, with a reason.
    pub fn correction(&self, event: &str, fields: &[(&str, &str)]) -> EntryForm {
        reasoned(self.form(event, fields))
    }

    /// Everything that is due or may be due in an episode, as somebody sees it.
    pub async fn due(&self, actor: &Actor, child: &str, episode: &str) -> Vec<DutyLine> {
        let mut found = Vec::new();
        for part in [EpisodePart::Due, EpisodePart::Unknown] {
            for page in 1.. {
                let asked = (page, "");
                let page = queries::episode_part(&self.app, actor, (child, episode), part, asked).await.unwrap();
                found.extend(page.lines);
                if page.page == page.pages {
                    break;
                }
            }
        }
        found
    }

    /// Everything that is to do for somebody, of a part of the list.
    pub async fn to_do(&self, actor: &Actor, part: TodoPart) -> Vec<DutyLine> {
        let mut found = Vec::new();
        for page in 1.. {
            let page = queries::todo(&self.app, actor, Whose::All, part, (0, page)).await.unwrap();
            found.extend(page.lines);
            if page.page == page.pages {
                break;
            }
        }
        found
    }

    /// Riley is gone, and was noticed to be at half past six.
    pub async fn gone(&self) -> Recorded {
        self.set("2026-01-05T18:30+00:00");
        self.record("dana", "absence.noticed", &[("status", "missing")]).await.unwrap()
    }
}

fn password_hash() -> String {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| quick_hash(PASSWORD)).clone()
}

/// The hash of a password, made with so little work that whoever signs in hundreds of times in a test does not wait for it. How much work real ones
/// take, tests of passwords look at.
pub fn quick_hash(password: &str) -> String {
    let little = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None).unwrap();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, little);
    let hash: PasswordHash = argon.hash_password_with_salt(password.as_bytes(), b"sixteen bytes ok").unwrap();
    hash.to_string()
}

/// A moment.
pub fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

/// A looked-after child in a children's home in Northamptonshire, of whom everything is known that rulebooks ask about.
pub fn riley() -> Value {
    let facts = [
        ("child.date_of_birth", json!("2011-05-02")),
        ("child.looked_after", json!(true)),
        ("child.responsible_authority", json!("northamptonshire")),
        ("child.social_care", json!("open")),
        ("child.legal_status", json!("care_order")),
        ("child.in_education", json!(true)),
        ("child.child_protection_plan", json!(false)),
        ("child.child_in_need_plan", json!(false)),
        ("child.care_leaver", json!(false)),
        ("child.uasc", json!(false)),
        ("child.exploitation_risk", json!(false)),
        ("child.disabled", json!(false)),
        ("child.limited_understanding", json!(false)),
        ("child.particularly_vulnerable", json!(false)),
    ];
    let facts: Vec<Value> = facts.iter().map(|(fact, value)| json!({ "fact": fact, "value": value })).collect();
    json!({
        "case": RILEY,
        "facts": facts,
        "people": [
            { "id": "child", "name": "Riley Marsh", "role": "child", "facts": { "hair": "Brown, shoulder length" } },
            { "id": "staff", "name": "Dana Holt", "role": "home_staff", "phone": "01632 960112" },
            { "id": "sw", "name": "Owen Pryce", "role": "social_worker", "phone": "07700 900145" }
        ],
        "placements": [{
            "id": "pl1", "type": "childrens_home", "host_authority": "northamptonshire", "provider": "childrens-home", "planned": true,
            "from": "2025-03-03T10:00+00:00", "name": "Larkfield House", "address": "4 Weir Lane, Kettering"
        }]
    })
}

/// With why it is put right, where it does not say so itself.
fn reasoned(mut form: EntryForm) -> EntryForm {
    for (name, answer) in [(WHY, "mistyped"), (REASON, "Read off the wrong line")] {
        if form.answers.get(name).is_empty() {
            form.answers.set(name, answer);
        }
    }
    form
}
