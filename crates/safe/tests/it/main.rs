//! What keeps the record safe, on SQLite and on PostgreSQL: tampering is found, backups come back.

#![expect(clippy::unwrap_used, reason = "a test says enough by failing")]

mod backups;
mod campaign;
mod filled;
mod keys;
mod tampering;

use testkit::databases;
