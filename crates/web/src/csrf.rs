//! The token that every form brings along, so that no other site can post in a person's name.
//!
//! The secret belongs to the session. In a page it is masked anew each time: pages are compressed, and an unmasked secret could be
//! guessed from their lengths. Where it is checked is `guard`; no page needs to think of it.

use crate::chance::{bytes, hex, unhex};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

const LENGTH: usize = 32;

/// A session's secret.
#[derive(Clone)]
pub struct Csrf([u8; LENGTH]);

impl Csrf {
    /// The secret of somebody signed in, from what the session keeps for it.
    pub fn of_session(kept: &str) -> Csrf {
        Csrf(digest(&[b"session", kept.as_bytes()]))
    }

    /// The secret of a visitor, from the cookie, which nothing but the server can read.
    pub fn of_visitor(cookie: &str) -> Csrf {
        Csrf(digest(&[b"visitor", cookie.as_bytes()]))
    }

    /// A token for a page.
    pub fn token(&self) -> String {
        let pad: [u8; LENGTH] = bytes();
        hex(&[pad, xor(&pad, &self.0)].concat())
    }

    /// Is this one of ours? Takes the same time whatever is wrong with it.
    pub fn accepts(&self, token: &str) -> bool {
        let Some(token) = unhex(token) else { return false };
        let Some((pad, masked)) = token.split_at_checked(LENGTH) else { return false };
        let (Ok(pad), Ok(masked)) = (<&[u8; LENGTH]>::try_from(pad), <&[u8; LENGTH]>::try_from(masked)) else {
            return false;
        };
        xor(pad, masked).ct_eq(&self.0).into()
    }
}

fn xor(a: &[u8; LENGTH], b: &[u8; LENGTH]) -> [u8; LENGTH] {
    std::array::from_fn(|i| a[i] ^ b[i])
}

fn digest(parts: &[&[u8]]) -> [u8; LENGTH] {
    let mut hash = Sha256::new();
    hash.update(b"whereabouts csrf\0");
    for part in parts {
        hash.update(part);
        hash.update(b"\0");
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_accepted_by_its_own_session_only() {
        let (ours, other) = (Csrf::of_session("abc"), Csrf::of_session("abd"));
        let token = ours.token();
        assert!(ours.accepts(&token));
        assert!(!other.accepts(&token));
        assert!(!Csrf::of_visitor("abc").accepts(&token));
    }

    #[test]
    fn two_tokens_of_one_session_differ() {
        let csrf = Csrf::of_session("abc");
        assert_ne!(csrf.token(), csrf.token());
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let csrf = Csrf::of_session("abc");
        let token = csrf.token();
        let flipped = token.replacen(&token[..1], if token.starts_with('0') { "1" } else { "0" }, 1);
        for wrong in ["", "0", "zz", "é", &token[..64], &format!("{token}00"), &"0".repeat(128), &flipped] {
            assert!(!csrf.accepts(wrong), "{wrong}");
        }
    }
}
