//! The journal of what was changed beside the records: which tables it holds, and its hashes. A line's hash is the sha256 of these, each ended
//! by a newline: `whereabouts deed 1`, the place, the hash of the line before, the table, the key of the row, the hash of the row. A row's
//! hash is that of its columns as a JSON array of texts. What changes at every sign-in is not among them.

use crate::chain::sha256;
use serde::Serialize;

/// A table whose rows the journal holds.
pub(crate) struct Subject {
    /// The table.
    pub(crate) table: &'static str,
    /// What names a row, in SQL.
    pub(crate) key: &'static str,
    /// Its columns, in SQL, each as text.
    columns: &'static [&'static str],
}

pub(crate) const AGENCY: Subject = Subject {
    table: "agency",
    key: "id",
    columns: &["id", "name", "kind", "area", "cast(only_appears as integer)", "version"],
};
pub(crate) const TEAM: Subject = Subject { table: "team", key: "id", columns: &["id", "agency", "name"] };
pub(crate) const PERSON: Subject = Subject {
    table: "person",
    key: "id",
    columns: &[
        "id",
        "username",
        "name",
        "role",
        "agency",
        "password_hash",
        "cast(relation_to_all as integer)",
        "cast(active as integer)",
    ],
};
pub(crate) const POST: Subject = Subject {
    table: "post",
    key: "id",
    columns: &["id", "person", "role", "agency", "team", "kind", "from_us", "until_us", "source", "made_by"],
};
pub(crate) const RELATION: Subject = Subject {
    table: "relation",
    key: "id",
    columns: &[
        "id",
        "child_id",
        "agency_id",
        "person_id",
        "kind",
        "from_us",
        "until_us",
        "grace_us",
        "reason",
        "made_by",
        "made_us",
        "ended_by",
        "ended_us",
    ],
};
pub(crate) const WITHHELD: Subject = Subject {
    table: "withheld",
    key: "child_id || ' ' || place || ' ' || at_us",
    columns: &["child_id", "place", "reason", "by_person", "at_us", "lifted_by", "lifted_us"],
};
pub(crate) const ALLOCATION: Subject = Subject {
    table: "allocation",
    key: "id",
    columns: &["id", "child_id", "role", "agency", "team", "person", "from_us", "until_us", "made_by", "before"],
};

pub(crate) const AREA_ROW: Subject = Subject {
    table: "area_row",
    key: "id",
    columns: &["id", "area", "kind", "subject", "n", "payload", "by_person", "by_role", "at_us", "key"],
};

pub(crate) const KEEPING: Subject = Subject {
    table: "keeping",
    key: "id",
    columns: &["id", "child_id", "kind", "reason", "by_person", "at_us", "ended_by", "ended_why", "ended_us"],
};

pub(crate) const DIRECTORY: Subject = Subject {
    table: "directory",
    key: "agency",
    columns: &[
        "agency",
        "registration",
        "provider",
        "manager",
        "phone_day",
        "phone_night",
        "address",
        "address_class",
        // A line of which nobody said whose procedure it is has the hash that it had before there was such a column.
        "host || case procedure when '' then '' else ' ' || procedure end",
        "version",
        "changed_by",
        "changed_us",
    ],
};

pub(crate) const DOOR: Subject = Subject {
    table: "door",
    key: "token_hash",
    columns: &["token_hash", "kind", "person", "made_us", "expires_us", "used_us"],
};

pub(crate) const PASSKEY: Subject =
    Subject { table: "passkey", key: "id", columns: &["id", "person", "name", "credential", "added_us"] };

/// The secrets of authenticator apps. Which code was taken last changes at every sign-in.
pub(crate) const TOTP: Subject = Subject { table: "totp", key: "person", columns: &["person", "secret", "added_us"] };

pub(crate) const PROVIDER: Subject = Subject {
    table: "provider",
    key: "id",
    columns: &[
        "id",
        "agency",
        "name",
        "issuer",
        "client_id",
        "client_secret",
        "rules",
        "cast(active as integer)",
        "version",
        "changed_by",
        "changed_us",
    ],
};

pub(crate) const IDENTITY: Subject = Subject {
    table: "identity",
    key: "provider || ' ' || subject",
    columns: &["provider", "subject", "person", "linked_us"],
};

/// All of them.
pub(crate) const SUBJECTS: [Subject; 15] = [
    AGENCY, TEAM, PERSON, POST, RELATION, WITHHELD, ALLOCATION, AREA_ROW, KEEPING, DIRECTORY, DOOR, PASSKEY, TOTP,
    PROVIDER, IDENTITY,
];

/// What the journal calls a lawful erasure: its key is the child and the row, its state the row's hash.
pub(crate) const ERASURE: &str = "erasure";

impl Subject {
    /// `select key, columns from table`, every column as text.
    pub(crate) fn select(&self) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| format!("cast({column} as text)")).collect();
        format!("select cast({} as text), {} from {}", self.key, columns.join(", "), self.table)
    }

    /// How many columns a row's hash is made of.
    pub(crate) fn width(&self) -> usize {
        self.columns.len()
    }
}

/// The hash of a row.
pub(crate) fn state(columns: &[Option<String>]) -> String {
    // Texts and nulls are always JSON.
    sha256(serde_json::to_string(columns).unwrap_or_default())
}

/// A line of the journal.
#[derive(Clone, Debug, Serialize, sqlx::FromRow)]
pub(crate) struct Deed {
    pub(crate) seq: i64,
    pub(crate) subject: String,
    pub(crate) key: String,
    pub(crate) state: String,
    pub(crate) hash: String,
}

/// The hash of a line.
pub(crate) fn hash(previous: &str, deed: &Deed) -> String {
    let Deed { seq, subject, key, state, .. } = deed;
    sha256(format!("whereabouts deed 1\n{seq}\n{previous}\n{subject}\n{key}\n{state}\n"))
}

/// The lines that continue the journal.
pub(crate) fn lines(seq: i64, head: &str, subject: &str, states: Vec<(String, String)>) -> Vec<Deed> {
    let mut previous = head.to_owned();
    let mut made = Vec::with_capacity(states.len());
    for ((key, state), seq) in states.into_iter().zip(seq + 1..) {
        let mut deed = Deed { seq, subject: subject.to_owned(), key, state, hash: String::new() };
        deed.hash = hash(&previous, &deed);
        previous.clone_from(&deed.hash);
        made.push(deed);
    }
    made
}
