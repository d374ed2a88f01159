//! How a command ends: what it prints on failure, and with which exit status.

use std::fmt::Display;

/// Why a command did not do what was asked.
pub enum Failure {
    /// What was checked is wrong; it has been printed already. Exit status 1.
    Wrong,
    /// The command cannot be understood. Exit status 2.
    Usage(String),
    /// A file cannot be read or written. Exit status 3.
    File(String),
}

impl Failure {
    pub fn status(&self) -> u8 {
        match self {
            Failure::Wrong => 1,
            Failure::Usage(_) => 2,
            Failure::File(_) => 3,
        }
    }
    pub fn file(path: &std::path::Path, problem: impl Display) -> Failure {
        Failure::File(format!("{}: {problem}", path.display()))
    }
}

pub type Outcome = Result<(), Failure>;
