//! The words of the commands that keep the record safe: keys, checkpoints, verify, rebuild, backup, restore, move.

use crate::args::Database;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Which database.
#[derive(Args)]
pub struct On {
    /// `sqlite:PATH` or `postgres://user:password@host/database`
    #[arg(long, alias = "database-url", value_name = "URL", env = "WHEREABOUTS_DATABASE_URL", hide_env_values = true)]
    pub database: String,
    /// The file of the key that seals addresses in the database [default: beside a SQLite database, with `.sealing-key` after its name]
    #[arg(long, value_name = "FILE", env = "WHEREABOUTS_SEALING_KEY")]
    pub sealing_key: Option<PathBuf>,
}

impl On {
    /// As the commands have it that run on a database.
    pub fn place(&self) -> Database {
        Database { database_url: self.database.clone(), sealing_key: self.sealing_key.clone() }
    }
}

#[derive(Subcommand)]
pub enum Keys {
    /// Note that the key is lost with which addresses of a database are sealed: they stay unreadable, and new ones are sealed with the
    /// key that is there now
    Lost(On),
    /// Make the key that signs checkpoints, and print the public key that checks them
    New {
        /// The file to keep it in, outside the database and its folder; it must not be there yet
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Make the key that seals secrets in the database, such as those of authenticator apps; `serve` makes one where none is
    Sealing {
        /// The file to keep it in, outside the database; keep a copy of it elsewhere, since without it the secrets are lost
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Put a new key before those that are in the file: the next `serve` seals secrets anew with it, and whatever is written from then on
        #[arg(long)]
        renew: bool,
    },
    /// Make the token by which a server knows its follower, for both machines
    Follower {
        /// The file to keep it in; it must not be there yet
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Make the key that opens backups, and print the recipient for whom they are encrypted
    Backup {
        /// The file to keep it in; take it off this machine afterwards
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
}

#[derive(Args)]
pub struct Checkpoint {
    #[command(flatten)]
    pub on: On,
    /// The key that signs, from `keys new`
    #[arg(long, value_name = "FILE")]
    pub key: PathBuf,
    /// The file of checkpoints, which is added to
    #[arg(long, value_name = "FILE")]
    pub log: PathBuf,
}

/// Checkpoints that somebody kept.
#[derive(Args)]
pub struct Against {
    /// A file of checkpoints, kept by you or by a partner
    #[arg(long, value_name = "FILE", requires = "public_key")]
    pub checkpoints: Option<PathBuf>,
    /// The public key that `keys new` printed, or a file with it
    #[arg(long, value_name = "KEY", requires = "checkpoints")]
    pub public_key: Option<String>,
}

#[derive(Args)]
pub struct Verify {
    /// `sqlite:PATH` or `postgres://...`; left out: the checkpoints are checked alone
    #[arg(long, alias = "database-url", value_name = "URL", required_unless_present = "checkpoints")]
    pub database: Option<String>,
    /// The file of the key that seals addresses in the database [default: beside a SQLite database, with `.sealing-key` after its name]
    #[arg(long, value_name = "FILE", env = "WHEREABOUTS_SEALING_KEY")]
    pub sealing_key: Option<PathBuf>,
    #[command(flatten)]
    pub against: Against,
}

#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    pub on: On,
    /// The folder for it
    #[arg(long, value_name = "FOLDER")]
    pub to: PathBuf,
    /// For whom it is encrypted, as `keys backup` printed it; may be given several times
    #[arg(long, value_name = "AGE1...", required = true)]
    pub recipient: Vec<String>,
}

#[derive(Args)]
pub struct Restore {
    /// The backup
    #[arg(long, value_name = "FILE")]
    pub from: PathBuf,
    /// The file that `keys backup` made
    #[arg(long, value_name = "FILE")]
    pub identity: PathBuf,
    #[command(flatten)]
    pub on: On,
    #[command(flatten)]
    pub against: Against,
}

#[derive(Args)]
pub struct Move {
    /// The database that there is
    #[arg(long, value_name = "URL")]
    pub from: String,
    /// The empty one
    #[arg(long, value_name = "URL")]
    pub to: String,
}

/// What a worker does for safety, every hour and on a schedule. It checks the database in any case.
#[derive(Args, Clone, Default)]
pub struct Keeping {
    /// Sign a checkpoint every hour with this key, from `keys new`
    #[arg(long, value_name = "FILE", requires = "checkpoint_log")]
    pub checkpoint_key: Option<PathBuf>,
    /// The file of checkpoints; a server answers with it at `/checkpoints`
    #[arg(long, value_name = "FILE")]
    pub checkpoint_log: Option<PathBuf>,
    /// Make backups in this folder
    #[arg(long, value_name = "FOLDER", requires = "backup_recipient")]
    pub backup_to: Option<PathBuf>,
    /// For whom they are encrypted; may be given several times
    #[arg(long, value_name = "AGE1...", requires = "backup_to")]
    pub backup_recipient: Vec<String>,
    /// A backup every so many hours
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub backup_hours: u32,
    /// Remove backups after so many days; the last one always stays
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub backup_days: u32,
}
