//! A checkpoint: how all chains stood at a moment, signed. It names no child: a chain is told by the hash of its name.

use crate::key::{Public, Signing, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::Tip;

/// How all chains stood at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Checkpoint {
    /// Counts from 1.
    pub number: i64,
    /// When, in microseconds since 1970.
    pub at_us: i64,
    /// The hash of the line before; empty for the first.
    pub before: String,
    /// How many chains there were.
    pub chains: i64,
    /// How many rows they had together.
    pub rows: i64,
    /// The hash over the ends of all chains.
    pub root: String,
    /// The chains that changed since the one before: label, place and hash of the last row.
    pub changed: Vec<(String, i64, String)>,
}

/// A checkpoint as it stands in a line.
#[derive(Serialize, Deserialize)]
struct Signed {
    checkpoint: Checkpoint,
    signature: String,
}

impl Checkpoint {
    fn text(&self) -> String {
        // Plain fields are always JSON.
        format!("whereabouts checkpoint 1\n{}", serde_json::to_string(self).unwrap_or_default())
    }

    /// As a line, signed.
    pub(crate) fn line(self, key: &Signing) -> String {
        let signature = key.sign(&self.text());
        serde_json::to_string(&Signed { checkpoint: self, signature }).unwrap_or_default()
    }

    /// Reads a line, if this key signed it and nothing stands in it that was not signed.
    pub(crate) fn read(line: &str, key: &Public) -> Result<Checkpoint, String> {
        let signed: Signed =
            serde_json::from_str(line).map_err(|_| "it cannot be read: it is cut, or no checkpoint")?;
        let number = signed.checkpoint.number;
        if serde_json::to_string(&signed).ok().as_deref() != Some(line)
            || !key.signed(&signed.checkpoint.text(), &signed.signature)
        {
            return Err(format!("checkpoint {number} was not signed by this key, or was changed since"));
        }
        Ok(signed.checkpoint)
    }

    /// The ends of chains that it says.
    pub fn tips(&self) -> impl Iterator<Item = Tip> {
        self.changed.iter().map(|(label, seq, head)| Tip { label: label.clone(), seq: *seq, head: head.clone() })
    }
}

/// What the next checkpoint says of a line.
pub(crate) fn hash(line: &str) -> String {
    hex(Sha256::digest(line).as_ref())
}
