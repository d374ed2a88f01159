//! The token that every form brings along, so that no other site can post in a person's name.
//!
//! One secret belongs to the session, and another to the person, by which a form of an earlier session is known to be theirs: what somebody
//! else typed at the same computer is shown to nobody. In a page both are masked anew each time: pages are compressed, and an unmasked secret could be
//! guessed from their lengths. Where it is checked is `guard`; no page needs to think of it.

use crate::chance::{bytes, hex, unhex};
use actions::session::secret_of_forms;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

const LENGTH: usize = 32;

/// A session's secret, and its person's.
#[derive(Clone)]
pub struct Csrf {
    session: [u8; LENGTH],
    person: [u8; LENGTH],
    /// Of the session that is locked or over, whose forms are still known.
    before: Option<[u8; LENGTH]>,
}

impl Csrf {
    /// The secret of somebody signed in, from what the session keeps for it.
    pub fn of_session(kept: &str, person: &str) -> Csrf {
        let session = unhex(&secret_of_forms(kept)).and_then(|secret| secret.try_into().ok()).unwrap_or_default();
        Csrf { session, person: digest(&[b"person", person.as_bytes()]), before: None }
    }

    /// The secret of somebody whose session is locked or over: the forms of that session are known, and new ones are bound to the visitor's
    /// cookie, so that they hold also once the session is cleared away.
    pub fn of_asleep(cookie: &str, kept: &str, person: &str) -> Csrf {
        let Csrf { session, person, .. } = Csrf::of_session(kept, person);
        Csrf { session: Csrf::of_visitor(cookie).session, person, before: Some(session) }
    }

    /// The secret of a visitor, from the cookie, which nothing but the server can read.
    pub fn of_visitor(cookie: &str) -> Csrf {
        let session = digest(&[b"visitor", cookie.as_bytes()]);
        Csrf { session, person: session, before: None }
    }

    /// A token for a page.
    pub fn token(&self) -> String {
        let (pad, other): ([u8; LENGTH], [u8; LENGTH]) = (bytes(), bytes());
        hex(&[pad, xor(&pad, &self.session), other, xor(&other, &self.person)].concat())
    }

    /// Is this one of ours? Takes the same time whatever is wrong with it.
    pub fn accepts(&self, token: &str) -> bool {
        unmask(token).is_some_and(|(session, _)| {
            let before = self.before.map_or(0.into(), |before| session.ct_eq(&before));
            (session.ct_eq(&self.session) | before).into()
        })
    }

    /// Is it one of the same person, of whichever session?
    pub fn is_of_person(&self, token: &str) -> bool {
        unmask(token).is_some_and(|(_, person)| person.ct_eq(&self.person).into())
    }
}

/// The secret of the session in a token, in hexadecimal digits: whose it is, a store may know after that session.
pub fn of_session(token: &str) -> Option<String> {
    unmask(token).map(|(session, _)| hex(&session))
}

/// The secrets of session and person in a token.
fn unmask(token: &str) -> Option<([u8; LENGTH], [u8; LENGTH])> {
    let token = unhex(token)?;
    let parts: Vec<&[u8; LENGTH]> =
        token.chunks(LENGTH).map(<&[u8; LENGTH]>::try_from).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [pad, session, other, person] => Some((xor(pad, session), xor(other, person))),
        _ => None,
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
        let (ours, other) = (Csrf::of_session("abc", "dana"), Csrf::of_session("abd", "dana"));
        let token = ours.token();
        assert!(ours.accepts(&token));
        assert!(!other.accepts(&token));
        assert!(!Csrf::of_visitor("abc").accepts(&token));
        assert!(other.is_of_person(&token), "another session of the same person");
        assert!(!Csrf::of_session("abd", "amir").is_of_person(&token));
        assert!(!Csrf::of_visitor("abc").is_of_person(&token));
    }

    #[test]
    fn a_form_before_a_session_holds_when_the_session_is_cleared_away() {
        let asleep = Csrf::of_asleep("cookie", "abc", "dana");
        assert!(asleep.accepts(&Csrf::of_session("abc", "dana").token()), "a page that was open when it was locked");
        assert!(Csrf::of_visitor("cookie").accepts(&asleep.token()), "the session is gone meanwhile");
        assert!(!Csrf::of_session("abc", "dana").accepts(&asleep.token()), "it is no form of the session");
        assert!(!Csrf::of_visitor("another").accepts(&asleep.token()));
    }

    #[test]
    fn two_tokens_of_one_session_differ() {
        let csrf = Csrf::of_session("abc", "dana");
        assert_ne!(csrf.token(), csrf.token());
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let csrf = Csrf::of_session("abc", "dana");
        let token = csrf.token();
        let flipped = token.replacen(&token[..1], if token.starts_with('0') { "1" } else { "0" }, 1);
        for wrong in
            ["", "0", "zz", "é", &token[..64], &format!("{token}00"), &"0".repeat(128), &"0".repeat(256), &flipped]
        {
            assert!(!csrf.accepts(wrong), "{wrong}");
        }
    }
}
