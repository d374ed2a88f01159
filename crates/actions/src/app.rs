//! The application: what every action works with. Time and chance are parameters, so that tests and demonstrations can set them.

use crate::case::Remembered;
use crate::seal::Sealing;
use crate::upkeep::Pulse;
use casebook::retention::Retention;
use casebook::rules::Rules;
use engine::time::Moment;
use policy::Policies;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, StoreError};
use tokio::sync::{Semaphore, SemaphorePermit, watch};
use url::Url;
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Moment;
}

/// Makes what nobody can guess: ids, tokens, salts.
pub trait Chance: Send + Sync {
    /// Fills bytes with chance.
    fn fill(&self, bytes: &mut [u8]);
}

/// Everything an action needs. Cheap to clone.
#[derive(Clone)]
pub struct App {
    pub(crate) store: Store,
    pub(crate) rules: Arc<Rules>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) chance: Arc<dyn Chance>,
    pub(crate) policies: Arc<Policies>,
    /// How often it was decided who may what.
    pub(crate) decisions: Arc<crate::deciding::Decisions>,
    /// Records that were read lately.
    pub(crate) records: Arc<Remembered>,
    /// What areas have set of their rulebooks, and the length of the journal when it was read.
    pub(crate) settings: Arc<Mutex<(i64, Arc<str>)>>,
    /// How areas appear at the head of pages, and when that was read.
    pub(crate) heads: Arc<Mutex<(i64, Arc<crate::setting::Heads>)>>,
    /// Office hours and numbers that areas have set; read with how they appear.
    pub(crate) set: Arc<Mutex<crate::setting::Known>>,
    /// The last change of any record, for pages that draw themselves again.
    pub(crate) changes: watch::Sender<i64>,
    /// What is the same for everybody to whom a change is told.
    pub(crate) told: Arc<crate::live::Shared>,
    /// The last action of a panel that became overdue, for the same pages.
    pub(crate) late: watch::Sender<i64>,
    /// When somebody was last noted as reading a child's line in a list: a page that draws itself again is one reading.
    pub(crate) noted: Arc<Mutex<HashMap<(String, String), i64>>>,
    /// Names of agencies, by id; they hardly ever change, and are read again every few minutes.
    agencies: Arc<Mutex<(i64, HashMap<String, String>)>>,
    /// Not many passwords are compared at once, and so many wait for that.
    hashing: Arc<(Semaphore, AtomicUsize)>,
    /// What all servers of the database share, once it was asked for.
    shared: Arc<std::sync::OnceLock<String>>,
    /// Whether a worker was seen to run, for pages; none while that is not known.
    pub(crate) pulse: watch::Sender<Option<Pulse>>,
    /// What was last found wrong with the database's safety, for whoever keeps this system.
    pub(crate) alarms: watch::Sender<Vec<&'static str>>,
    /// How people come in here.
    pub(crate) doors: Arc<Doors>,
    /// Not many photographs are opened at once: each may need much memory.
    pub(crate) picturing: Arc<Semaphore>,
    /// What seals secrets under a key outside the database; none where secrets are neither made nor read.
    pub(crate) sealing: Option<Arc<Sealing>>,
    /// How long records are kept, where the county adds to what is laid down.
    own_retention: Option<Arc<Retention>>,
    /// Files of records that somebody sent and that are worked on.
    pub(crate) works: crate::coming::Works,
}

/// How people come in, by how the server is run.
#[derive(Default)]
pub struct Doors {
    /// A password alone is not enough. In a demonstration it is.
    pub two_factors: bool,
    /// The address at which browsers find us, for passkeys and for the way back from an agency's own sign-in.
    pub address: Option<Url>,
    /// Passkeys, where the address allows them: TLS, or this very computer by its name.
    pub(crate) passkeys: Option<Webauthn>,
}

impl Doors {
    /// The doors of a server at an address, such as `https://whereabouts.example`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn at(address: &str, two_factors: bool) -> Result<Doors, String> {
        let wrong = |e: &dyn std::fmt::Display| {
            format!("`{address}` is not the address of a site ({e}); write it as in `https://whereabouts.example`")
        };
        let address = Url::parse(address).map_err(|e| wrong(&e))?;
        let host = address.domain().unwrap_or_default().to_owned();
        let passkeys = match WebauthnBuilder::new(&host, &address) {
            Ok(builder) if !host.is_empty() => builder.rp_name("Whereabouts").build().ok(),
            _ => None,
        };
        Ok(Doors { two_factors, address: Some(address), passkeys })
    }
}

/// That it is somebody's turn to hash; and one fewer waits afterwards.
pub(crate) struct Turn<'a>(#[expect(dead_code, reason = "kept until the turn ends")] SemaphorePermit<'a>);

/// No journal has this length.
const UNREAD: i64 = -1;
/// So long names of agencies are remembered.
const REMEMBER_US: i64 = 5 * 60 * 1_000_000;
/// So many passwords are compared at once.
const HASHING: usize = 4;
/// So many photographs are opened at once.
const PICTURING: usize = 2;

impl App {
    /// An application on a store.
    pub fn new(store: Store, rules: Arc<Rules>, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> App {
        let policies = Arc::new(Policies::read());
        App {
            store,
            rules,
            clock,
            chance,
            policies,
            records: Arc::default(),
            settings: Arc::new(Mutex::new((UNREAD, Arc::default()))),
            heads: Arc::new(Mutex::new((UNREAD, Arc::default()))),
            set: Arc::default(),
            decisions: Arc::default(),
            changes: watch::Sender::new(0),
            told: Arc::default(),
            late: watch::Sender::new(0),
            pulse: watch::Sender::new(None),
            alarms: watch::Sender::new(Vec::new()),
            noted: Arc::default(),
            agencies: Arc::default(),
            hashing: Arc::new((Semaphore::new(HASHING), AtomicUsize::new(0))),
            shared: Arc::default(),
            doors: Arc::default(),
            picturing: Arc::new(Semaphore::new(PICTURING)),
            sealing: None,
            own_retention: None,
            works: crate::coming::Works::default(),
        }
    }

    /// The same application, with these doors.
    #[must_use]
    pub fn with_doors(mut self, doors: Doors) -> App {
        self.doors = Arc::new(doors);
        self
    }

    /// The same application, in a county that keeps records by this.
    #[must_use]
    pub fn with_retention(mut self, retention: Retention) -> App {
        self.own_retention = Some(Arc::new(retention));
        self
    }

    /// How long records are kept here.
    pub fn retention(&self) -> &Retention {
        self.own_retention.as_deref().unwrap_or_else(|| Retention::get())
    }

    /// The same application, which seals secrets with this.
    #[must_use]
    pub fn with_sealing(mut self, sealing: Option<Sealing>) -> App {
        self.sealing = sealing.map(Arc::new);
        let vault = self.sealing.clone().map(|sealing| -> Arc<dyn store::Vault> {
            Arc::new(crate::vault::Addresses { sealing, rules: self.rules.clone() })
        });
        self.store = self.store.with_vault(vault);
        self
    }

    /// Is there a key that seals?
    pub fn has_sealing(&self) -> bool {
        self.sealing.is_some()
    }

    /// Reminders and alerts are known not to be sent: since when, in words as `since Sat 21 Nov 03:10`, or nothing where none ever were.
    pub fn unattended(&self) -> Option<String> {
        match *self.pulse.borrow() {
            Some(Pulse::StoppedAt(at)) => Some(format!("since {}", self.rules.vocabulary().calendar.words(at))),
            Some(Pulse::Never) => Some(String::new()),
            Some(Pulse::Beats) | None => None,
        }
    }

    /// What is wrong with the database's safety, in words: a fault that the hourly check found, a backup that failed.
    pub fn alarms(&self) -> Vec<&'static str> {
        self.alarms.borrow().clone()
    }

    /// How people come in here.
    pub fn doors(&self) -> &Doors {
        &self.doors
    }

    /// A turn to hash a password; none if so many wait already.
    pub(crate) async fn turn(&self, most: usize) -> Option<Turn<'_>> {
        let (hashing, waiting) = &*self.hashing;
        if waiting.fetch_add(1, Ordering::Relaxed) >= most {
            waiting.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let turn = hashing.acquire().await;
        waiting.fetch_sub(1, Ordering::Relaxed);
        turn.ok().map(Turn)
    }

    /// What tells two texts apart without saying either, for those who share this database.
    pub(crate) async fn fingerprint(&self, purpose: &str, text: &str) -> Result<String, StoreError> {
        self.share().await?;
        Ok(self.keyed(purpose, text))
    }

    /// What only this service knows of a person, by which its forms are known to be theirs. The same for every server of the database, once
    /// [`App::share`] was called.
    pub fn form_secret(&self, person: &str) -> String {
        self.keyed("form", person)
    }

    /// Learns the secret that all servers of the database share.
    ///
    /// # Errors
    /// If the store cannot be reached.
    pub async fn share(&self) -> Result<(), StoreError> {
        if self.shared.get().is_none() {
            let secret = self.store.shared_secret("shared", &self.secret()).await?;
            let _ = self.shared.set(secret);
        }
        Ok(())
    }

    fn keyed(&self, purpose: &str, text: &str) -> String {
        let key = self.shared.get().map_or("", String::as_str);
        let mut digest = Sha256::new();
        for part in [key, purpose, text, key] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        hex(&digest.finalize()[..16])
    }

    /// The store, for those who fill it: demonstrations and tests.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The rulebooks.
    pub fn rules(&self) -> &Arc<Rules> {
        &self.rules
    }

    /// The name of a role, and its place in the order in which the policy names them.
    pub fn role(&self, role: &str) -> (usize, String) {
        let name = self.policies.roles().name(role).unwrap_or_else(|| self.rules.vocabulary().role_name(role));
        (self.policies.roles().place(role), name.to_string())
    }

    /// The present moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The present moment as the store keeps it.
    pub(crate) fn now_us(&self) -> i64 {
        micros(self.now())
    }

    /// A key for a form: what is sent twice with one key is done once.
    pub fn new_key(&self) -> String {
        self.new_id()
    }

    /// A new id: a version 7 UUID, so that later ones sort after earlier ones.
    pub fn new_id(&self) -> String {
        let millis = (self.now().0.max(0) as u64) * 1000;
        let mut bytes = [0_u8; 16];
        self.chance.fill(&mut bytes[6..]);
        bytes[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        bytes[6] = bytes[6] & 0x0f | 0x70;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex = hex(&bytes);
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// The name of an agency.
    pub(crate) async fn agency_name(&self, id: &str) -> Result<String, StoreError> {
        let now = self.now_us();
        {
            let known = self.agencies.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(name) = known.1.get(id).filter(|_| (0..REMEMBER_US).contains(&(now - known.0))) {
                return Ok(name.clone());
            }
        }
        let all = self.store.agencies().await?;
        let names: HashMap<String, String> = all.into_iter().map(|a| (a.id, a.name)).collect();
        let name = names.get(id).cloned().unwrap_or_default();
        *self.agencies.lock().unwrap_or_else(PoisonError::into_inner) = (now, names);
        Ok(name)
    }

    /// Something nobody can guess: 256 bits in hexadecimal digits.
    pub(crate) fn secret(&self) -> String {
        let mut bytes = [0_u8; 32];
        self.chance.fill(&mut bytes);
        hex(&bytes)
    }
}

/// A moment as the store keeps it: microseconds.
pub(crate) fn micros(at: Moment) -> i64 {
    at.0.saturating_mul(1_000_000)
}

/// A moment of the store.
pub(crate) fn moment(us: i64) -> Moment {
    Moment(us.div_euclid(1_000_000))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
