//! The hashes of a record.
//!
//! `commitment = sha256(salt, NUL, payload)`, and a row's hash is the sha256 of these lines, each ended by a newline:
//! `whereabouts row 1`, the child, `seq`, the hash of the row before (empty for the first), `occurred_us`, `recorded_us`, the actor, the
//! kind, the commitment. All hashes are 64 hexadecimal digits. When payload and salt are erased, the commitment stays, so that the chain
//! still verifies and nobody can guess what was said.

use crate::error::{Result, StoreError};
use crate::model::{Fault, NewRow, RowKind, Verified};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::FromRow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The longest payload that is kept.
const LONGEST: usize = 1024 * 1024;
/// The shortest salt: a payload is often short and easy to guess.
const SHORTEST_SALT: usize = 16;

/// A row as it is kept.
#[derive(Clone, Debug, Serialize, FromRow)]
pub(crate) struct Link {
    pub(crate) seq: i64,
    pub(crate) kind: String,
    pub(crate) occurred_us: i64,
    pub(crate) recorded_us: i64,
    pub(crate) actor: String,
    pub(crate) payload: Option<String>,
    pub(crate) salt: Option<String>,
    pub(crate) commitment: String,
    pub(crate) hash: String,
}

/// Hexadecimal digits of the sha256 of some bytes.
pub(crate) fn sha256(bytes: impl AsRef<[u8]>) -> String {
    String::from_utf8_lossy(&digits(Sha256::digest(bytes).as_ref())).into_owned()
}

/// The hexadecimal digits of a hash. Millions are made of them when all chains are worked out again.
fn digits(hash: &[u8]) -> [u8; 64] {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = [b'0'; 64];
    for (two, byte) in text.chunks_exact_mut(2).zip(hash) {
        two[0] = DIGITS[usize::from(byte >> 4)];
        two[1] = DIGITS[usize::from(byte & 15)];
    }
    text
}

/// The first letters of a hash of a secret, by which it is told apart from others and that open nothing.
pub fn fingerprint(secret: &str) -> String {
    let mut hash = sha256(format!("whereabouts session\0{secret}"));
    hash.truncate(16);
    hash
}

fn commitment(salt: &str, payload: &str) -> String {
    sha256(format!("{salt}\0{payload}"))
}

fn hash(child: &str, previous: &str, link: &Link) -> String {
    let Link { seq, kind, occurred_us, recorded_us, actor, commitment, .. } = link;
    sha256(format!(
        "whereabouts row 1\n{child}\n{seq}\n{previous}\n{occurred_us}\n{recorded_us}\n{actor}\n{kind}\n{commitment}\n"
    ))
}

/// Refuses rows that cannot be kept.
pub(crate) fn check(rows: &[NewRow]) -> Result<()> {
    for row in rows {
        let refuse = |why: &str| Err(StoreError::Refused(why.to_owned()));
        if row.actor.is_empty() || row.actor.chars().any(char::is_control) {
            return refuse("a row needs the id of the person who writes it");
        }
        if row.salt.len() < SHORTEST_SALT || !row.salt.bytes().all(|b| b.is_ascii_graphic()) {
            return refuse("the salt of a row is at least 16 letters or digits of chance");
        }
        if row.payload.len() > LONGEST {
            return refuse("an entry can be 1 MB long, and this one is longer");
        }
        if !row.payload.starts_with('{') || serde_json::from_str::<IgnoredAny>(&row.payload).is_err() {
            return refuse("the payload of a row is one JSON object");
        }
    }
    Ok(())
}

/// The rows that continue a record of this version and head.
pub(crate) fn links(child: &str, version: i64, head: &str, rows: &[NewRow]) -> Vec<Link> {
    let mut previous = head.to_owned();
    let mut made = Vec::with_capacity(rows.len());
    for (row, seq) in rows.iter().zip(version + 1..) {
        let mut link = Link {
            seq,
            kind: row.kind.word().to_owned(),
            occurred_us: row.occurred_us,
            recorded_us: row.recorded_us,
            actor: row.actor.clone(),
            payload: Some(row.payload.clone()),
            salt: Some(row.salt.clone()),
            commitment: commitment(&row.salt, &row.payload),
            hash: String::new(),
        };
        link.hash = hash(child, &previous, &link);
        previous.clone_from(&link.hash);
        made.push(link);
    }
    made
}

/// What an erasure says.
#[derive(Deserialize)]
pub(crate) struct Erasure {
    pub(crate) erases: Vec<i64>,
}

/// A row as it is read to be worked out again: nothing of it is copied.
pub(crate) struct Seen<'r> {
    pub(crate) seq: i64,
    pub(crate) kind: &'r str,
    pub(crate) occurred_us: i64,
    pub(crate) recorded_us: i64,
    pub(crate) actor: &'r str,
    pub(crate) payload: Option<&'r str>,
    pub(crate) salt: Option<&'r str>,
    pub(crate) commitment: &'r str,
    pub(crate) hash: &'r str,
}

impl Seen<'_> {
    /// Does it continue a record that ends with this hash, with the text that it commits to, if that was not erased?
    pub(crate) fn fits(&self, child: &str, previous: &str) -> bool {
        let text = self.salt.zip(self.payload).is_none_or(|(salt, payload)| self.commits(salt, payload));
        text && self.follows(child, previous, &mut String::new())
    }

    fn commits(&self, salt: &str, payload: &str) -> bool {
        let mut digest = Sha256::new();
        digest.update(salt);
        digest.update([0]);
        digest.update(payload);
        digits(digest.finalize().as_ref()) == self.commitment.as_bytes()
    }

    fn follows(&self, child: &str, previous: &str, buffer: &mut String) -> bool {
        let Seen { seq, kind, occurred_us, recorded_us, actor, commitment, .. } = self;
        buffer.clear();
        // Writing into a text does not fail.
        let _ = write!(
            buffer,
            "whereabouts row 1\n{child}\n{seq}\n{previous}\n{occurred_us}\n{recorded_us}\n{actor}\n{kind}\n{commitment}\n"
        );
        digits(Sha256::digest(buffer.as_bytes()).as_ref()) == self.hash.as_bytes()
    }
}

/// Works a chain out again, row by row, and says what does not fit.
pub(crate) struct Walk {
    child: String,
    previous: String,
    expected: i64,
    rows: i64,
    gone: Vec<i64>,
    explained: BTreeSet<i64>,
    faults: Vec<Fault>,
    buffer: String,
}

impl Walk {
    /// From the first row of a child.
    pub(crate) fn of(child: &str) -> Walk {
        Walk {
            child: child.to_owned(),
            previous: String::new(),
            expected: 1,
            rows: 0,
            gone: Vec::new(),
            explained: BTreeSet::new(),
            faults: Vec::new(),
            buffer: String::new(),
        }
    }

    /// The next row.
    pub(crate) fn row(&mut self, row: &Seen<'_>) {
        let seq = row.seq;
        if seq != self.expected {
            self.faults.push(Fault::Gap { expected: self.expected, found: seq });
        }
        if !row.follows(&self.child, &self.previous, &mut self.buffer) {
            self.faults.push(Fault::Altered { seq });
        }
        match (row.salt, row.payload) {
            (Some(salt), Some(payload)) if !row.commits(salt, payload) => self.faults.push(Fault::Payload { seq }),
            (Some(_), Some(payload)) if row.kind == RowKind::Erasure.word() => {
                let erases = serde_json::from_str::<Erasure>(payload).into_iter().flat_map(|e| e.erases);
                self.explained.extend(erases);
            }
            (Some(_), Some(_)) => {}
            (None, None) => self.gone.push(seq),
            _ => self.faults.push(Fault::HalfErased { seq }),
        }
        self.previous.clear();
        self.previous.push_str(row.hash);
        self.expected = seq + 1;
        self.rows += 1;
    }

    /// There are no more rows; the child's own row says that it ends like this.
    pub(crate) fn end(mut self, version: i64, head: &str) -> Verified {
        let unexplained = self.gone.iter().filter(|seq| !self.explained.contains(seq));
        self.faults.extend(unexplained.map(|seq| Fault::Unexplained { seq: *seq }));
        let last = self.expected - 1;
        if last != version || self.previous != head {
            self.faults.push(Fault::End { version, last });
        }
        Verified {
            child: self.child,
            rows: self.rows,
            erased: self.gone.len() as i64,
            head: self.previous,
            faults: self.faults,
        }
    }
}

/// Works a whole chain out again and says what does not fit.
pub(crate) fn verify(child: &str, version: i64, head: &str, links: &[Link]) -> Verified {
    let mut walk = Walk::of(child);
    for link in links {
        walk.row(&Seen {
            seq: link.seq,
            kind: &link.kind,
            occurred_us: link.occurred_us,
            recorded_us: link.recorded_us,
            actor: &link.actor,
            payload: link.payload.as_deref(),
            salt: link.salt.as_deref(),
            commitment: &link.commitment,
            hash: &link.hash,
        });
    }
    walk.end(version, head)
}
