//! Sealing: what must not be read in the database by whoever gets hold of it (a copy, a disk, a backup that was opened) is encrypted under a
//! key that is never there. A sealed text is bound to what it is and whose it is: put in another row, it opens no more.
//!
//! Where the keys are kept is the caller's; `secrets.rs` says which texts are sealed. XChaCha20-Poly1305, with a nonce of its own each time.

use crate::app::{Chance, hex};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};

/// Before a sealed text: then the short name of the key, a colon, and the nonce and the rest in base64.
const SEALED: &str = "sealed-1:";
const NONCE: usize = 24;

/// A key that seals: 256 bits.
pub type SealingKey = [u8; 32];

/// The keys that seal and open.
pub struct Sealing {
    /// The newest first; never empty.
    keys: Vec<Held>,
    /// The place of the key under which indexes are blinded: the oldest, unless a database names another. So they stay as they are when a newer
    /// key comes before it.
    index: usize,
}

/// One of the keys.
struct Held {
    /// By what it is told from others.
    name: String,
    cipher: XChaCha20Poly1305,
    /// Once more, to work out nonces and what stands in indexes.
    key: SealingKey,
}

/// Why a text does not open.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shut {
    /// It was sealed under a key that is not here.
    NoKey,
    /// It was changed, or is not of this row.
    Changed,
    /// It is not sealed at all.
    Plain,
}

/// What a text is, and whose: a text sealed for one opens for no other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Of<'a> {
    /// What it is, such as `totp`.
    pub(crate) what: &'a str,
    /// Whose it is: the id of the row.
    pub(crate) row: &'a str,
}

impl Of<'_> {
    fn bound(self) -> Vec<u8> {
        [self.what, "\0", self.row].concat().into_bytes()
    }
}

impl Sealing {
    /// Seals with the first key and opens with any of them; none without a key.
    pub fn of(keys: &[SealingKey]) -> Option<Sealing> {
        let cipher = |key: &SealingKey| <XChaCha20Poly1305 as chacha20poly1305::aead::KeyInit>::new(&Key::from(*key));
        let held = |key: &SealingKey| Held { name: name(key), cipher: cipher(key), key: *key };
        Some(Sealing { keys: keys.iter().map(held).collect(), index: keys.len().checked_sub(1)? })
    }

    /// The same keys, where indexes are blinded under the one of this name; none where it is not among them.
    pub(crate) fn indexing(&self, name: &str) -> Option<Sealing> {
        let index = self.keys.iter().position(|held| held.name == name)?;
        let keys: Vec<SealingKey> = self.keys.iter().map(|held| held.key).collect();
        Some(Sealing { index, ..Sealing::of(&keys)? })
    }

    /// Seals a text.
    pub(crate) fn seal(&self, chance: &dyn Chance, of: Of<'_>, text: &str) -> String {
        let mut nonce = [0_u8; NONCE];
        chance.fill(&mut nonce);
        self.sealed(nonce, of, text)
    }

    /// Seals a text so that it is the same each time, for the same row and the same `salt`: what is kept can be compared, and nothing is
    /// learned but that it is the same. The nonce is worked out from the text, under the key.
    pub(crate) fn seal_alike(&self, of: Of<'_>, salt: &str, text: &str) -> String {
        let worked_out = keyed(&self.keys[0].key, "nonce", &[of.what, of.row, salt, text]);
        let mut nonce = [0_u8; NONCE];
        nonce.copy_from_slice(&worked_out[..NONCE]);
        self.sealed(nonce, of, text)
    }

    /// What stands in an index instead of a value: the same for the same value, and nobody without the key can tell of which.
    pub(crate) fn blind(&self, kind: &str, value: &str) -> String {
        STANDARD_NO_PAD.encode(&keyed(&self.keys[self.index].key, "index", &[kind, value])[..12])
    }

    /// The name of the key under which indexes are blinded.
    pub(crate) fn index(&self) -> &str {
        &self.keys[self.index].name
    }

    fn sealed(&self, nonce: [u8; NONCE], of: Of<'_>, text: &str) -> String {
        // There is one: it is not made without.
        let Held { name, cipher, .. } = &self.keys[0];
        let payload = Payload { msg: text.as_bytes(), aad: &of.bound() };
        // It fails for texts of 256 GiB alone.
        let closed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap_or_default();
        format!("{SEALED}{name}:{}", STANDARD_NO_PAD.encode([nonce.as_slice(), &closed].concat()))
    }

    /// Opens a text.
    pub(crate) fn open(&self, of: Of<'_>, sealed: &str) -> Result<String, Shut> {
        let (name, body) = sealed.strip_prefix(SEALED).and_then(|rest| rest.split_once(':')).ok_or(Shut::Plain)?;
        let held = self.keys.iter().find(|held| held.name == name).ok_or(Shut::NoKey)?;
        let bytes = STANDARD_NO_PAD.decode(body).map_err(|_| Shut::Changed)?;
        let (nonce, closed) = bytes.split_first_chunk::<NONCE>().ok_or(Shut::Changed)?;
        let payload = Payload { msg: closed, aad: &of.bound() };
        let open = held.cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Shut::Changed)?;
        String::from_utf8(open).map_err(|_| Shut::Changed)
    }

    /// Was it sealed with the key that seals now?
    pub(crate) fn is_new(&self, sealed: &str) -> bool {
        sealed
            .strip_prefix(SEALED)
            .and_then(|rest| rest.split_once(':'))
            .is_some_and(|(name, _)| name == self.keys[0].name)
    }
}

/// A hash of texts that nobody works out without the key; of each purpose another.
fn keyed(key: &SealingKey, purpose: &str, texts: &[&str]) -> [u8; 32] {
    // A key is shorter than a block of the hash, and zeros follow it there.
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(b"whereabouts ");
    for text in [purpose].iter().chain(texts) {
        mac.update(&(text.len() as u64).to_le_bytes());
        mac.update(text.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// By what a key is told from others; it says nothing of the key.
fn name(key: &SealingKey) -> String {
    let digest = Sha256::new().chain_update(b"whereabouts sealing key\0").chain_update(key).finalize();
    hex(&digest[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Count(std::sync::atomic::AtomicU8);
    impl Chance for Count {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }
    const DANA: Of<'_> = Of { what: "totp", row: "dana" };

    #[test]
    fn a_sealed_text_opens_for_its_own_row_with_its_own_key() {
        let chance = Count(0.into());
        let (old, new) = (Sealing::of(&[[1; 32]]).unwrap(), Sealing::of(&[[2; 32], [1; 32]]).unwrap());
        let sealed = old.seal(&chance, DANA, "JBSWY3DP");
        assert!(!sealed.contains("JBSWY3DP") && sealed != old.seal(&chance, DANA, "JBSWY3DP"));
        assert_eq!(old.open(DANA, &sealed).as_deref(), Ok("JBSWY3DP"));
        assert_eq!(new.open(DANA, &sealed).as_deref(), Ok("JBSWY3DP"), "an older key opens still");
        assert!(old.is_new(&sealed) && !new.is_new(&sealed) && !new.is_new("JBSWY3DP"));
        for elsewhere in [Of { row: "mel", ..DANA }, Of { what: "provider", ..DANA }] {
            assert_eq!(old.open(elsewhere, &sealed), Err(Shut::Changed));
        }
        assert_eq!(Sealing::of(&[[3; 32]]).unwrap().open(DANA, &sealed), Err(Shut::NoKey));
        assert_eq!(old.open(DANA, "JBSWY3DP"), Err(Shut::Plain));
        for end in 1..sealed.len() {
            assert!(old.open(DANA, &sealed[..end]).is_err());
        }
        assert!(Sealing::of(&[]).is_none());
    }
}
