//! What keeps the record safe outside the database: keys in files, signed checkpoints, encrypted backups.
//!
//! - `key.rs` the key that signs checkpoints (Ed25519) and the one that opens backups (age), each in a file of its owner alone.
//! - `sealing.rs` the file of the key that seals secrets in the database.
//! - `checkpoint.rs` a line that promises how all chains stood; `history.rs` all of them, checked alone; `log.rs` the file they are kept in.
//! - `follow/` how a second machine keeps a copy: what it asks over HTTP, and what the server answers.
//! - `backup.rs` the lines of the store, packed (gzip) and encrypted (age) into a file, and back.
//!
//! What the lines of a backup are, and what a chain is, the store knows.

mod backup;
mod checkpoint;
mod follow;
mod history;
mod key;
mod log;
mod sealing;

pub use backup::{Made, backups, copy, prune, restore, write};
pub use checkpoint::Checkpoint;
pub use follow::{Ended, NowUs, Pulling, Said, Token, note_follower, pull, serve_follower};
pub use history::History;
pub use key::{Public, Signing, identity, new_identity, recipient};
pub use log::{checkpoint, read, served};
pub use sealing::{new_sealing_key, renew_sealing_key, sealing_keys};
