//! The token by which a server knows its follower, in a file of its owner alone on both machines. Whoever has it can read every record.

use crate::key::{create, hex, unhex};
use std::path::Path;
use subtle::ConstantTimeEq as _;

/// Before the hexadecimal digits.
const TOKEN: &str = "whereabouts-follower-token-1:";

/// A token.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Makes one and keeps it in a file that is not there yet.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn create(file: &Path) -> Result<(), String> {
        let mut secret = [0_u8; 32];
        getrandom::fill(&mut secret).map_err(|e| format!("this computer gives no random numbers: {e}"))?;
        let head = "# By this a server of Whereabouts knows its follower, who reads every record. Show it to nobody.";
        create(file, &format!("{head}\n{TOKEN}{}\n", hex(&secret)))
    }

    /// The token in a file.
    ///
    /// # Errors
    /// What is wrong with the file, and what to do.
    pub fn open(file: &Path) -> Result<Token, String> {
        let shown = file.display();
        let text = std::fs::read_to_string(file).map_err(|e| format!("the token `{shown}` cannot be read: {e}"))?;
        let digits = text.lines().find_map(|line| line.trim().strip_prefix(TOKEN));
        let digits = digits.filter(|digits| unhex(digits).is_some_and(|bytes| bytes.len() == 32));
        digits.map(|digits| Token(digits.to_owned())).ok_or_else(|| {
            format!("`{shown}` is no token of a follower: make one with `whereabouts keys follower --to FILE`, and copy that file to both machines")
        })
    }

    /// As a request brings it.
    pub(super) fn bearer(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// Is it what a request brought? How long that takes does not say how much of it is right.
    pub(super) fn is(&self, brought: &[u8]) -> bool {
        self.bearer().as_bytes().ct_eq(brought).into()
    }
}
