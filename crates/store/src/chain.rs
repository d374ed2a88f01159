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
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
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

/// Works the chain out again and says what does not fit.
pub(crate) fn verify(child: &str, version: i64, head: &str, links: &[Link]) -> Verified {
    let mut faults = Vec::new();
    let mut previous = "";
    let mut expected = 1;
    let mut gone = Vec::new();
    let mut explained = BTreeSet::new();
    for link in links {
        let seq = link.seq;
        if seq != expected {
            faults.push(Fault::Gap { expected, found: seq });
        }
        if hash(child, previous, link) != link.hash {
            faults.push(Fault::Altered { seq });
        }
        match (&link.salt, &link.payload) {
            (Some(salt), Some(payload)) if commitment(salt, payload) != link.commitment => {
                faults.push(Fault::Payload { seq });
            }
            (Some(_), Some(payload)) if link.kind == RowKind::Erasure.word() => {
                explained.extend(serde_json::from_str::<Erasure>(payload).into_iter().flat_map(|e| e.erases));
            }
            (Some(_), Some(_)) => {}
            (None, None) => gone.push(seq),
            _ => faults.push(Fault::HalfErased { seq }),
        }
        previous = &link.hash;
        expected = seq + 1;
    }
    faults.extend(gone.iter().filter(|seq| !explained.contains(seq)).map(|seq| Fault::Unexplained { seq: *seq }));
    let last = expected - 1;
    if last != version || previous != head {
        faults.push(Fault::End { version, last });
    }
    Verified {
        child: child.to_owned(),
        rows: links.len() as i64,
        erased: gone.len() as i64,
        head: previous.to_owned(),
        faults,
    }
}
