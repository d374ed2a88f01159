//! The application: what every action works with. Time and chance are parameters, so that tests and demonstrations can set them.

use crate::policy::Policy;
use casebook::rules::Rules;
use engine::time::Moment;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Store, StoreError};
use tokio::sync::{Semaphore, watch};

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
    pub(crate) policy: Arc<Policy>,
    /// The last change of any record, for pages that draw themselves again.
    pub(crate) changes: watch::Sender<i64>,
    /// When somebody was last noted as reading a child's line in a list: a page that draws itself again is one reading.
    pub(crate) noted: Arc<Mutex<HashMap<(String, String), i64>>>,
    /// Names of agencies, by id; they hardly ever change, and are read again every few minutes.
    agencies: Arc<Mutex<(i64, HashMap<String, String>)>>,
    /// Not many passwords are compared at once.
    pub(crate) hashing: Arc<Semaphore>,
    /// Not many photographs are opened at once: each may need much memory.
    pub(crate) picturing: Arc<Semaphore>,
}

/// So long names of agencies are remembered.
const REMEMBER_US: i64 = 5 * 60 * 1_000_000;
/// So many passwords are compared at once.
const HASHING: usize = 4;
/// So many photographs are opened at once.
const PICTURING: usize = 2;

impl App {
    /// An application on a store.
    pub fn new(store: Store, rules: Arc<Rules>, clock: Arc<dyn Clock>, chance: Arc<dyn Chance>) -> App {
        let policy = Arc::new(Policy::read());
        App {
            store,
            rules,
            clock,
            chance,
            policy,
            changes: watch::Sender::new(0),
            noted: Arc::default(),
            agencies: Arc::default(),
            hashing: Arc::new(Semaphore::new(HASHING)),
            picturing: Arc::new(Semaphore::new(PICTURING)),
        }
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
        let name = self.policy.name(role).unwrap_or_else(|| self.rules.vocabulary().role_name(role));
        (self.policy.place(role), name.to_string())
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

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
