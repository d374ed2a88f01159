//! Keys in files: the one that signs checkpoints, and the one that opens backups. Neither is ever in the database.

use age::secrecy::ExposeSecret as _;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use std::fmt;
use std::io::Write as _;
use std::path::Path;

/// Before the hexadecimal digits of a key that signs.
const SIGNING: &str = "whereabouts-signing-key-1:";
/// Before the hexadecimal digits of the key that checks.
const PUBLIC: &str = "whereabouts-public-key-1:";

/// Signs checkpoints.
pub struct Signing(Ed25519KeyPair);

/// Checks what was signed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Public(Vec<u8>);

impl Signing {
    /// Makes a key and keeps it in a file that is not there yet.
    pub fn create(file: &Path) -> Result<Signing, String> {
        let mut seed = [0_u8; 32];
        getrandom::fill(&mut seed).map_err(|e| format!("this computer gives no random numbers: {e}"))?;
        let key = Signing::of(&seed).ok_or("the key that was made is no key: try again")?;
        let text = format!(
            "# Signs the checkpoints of Whereabouts. Keep a copy elsewhere; show it to nobody.\n{SIGNING}{}\n",
            hex(&seed)
        );
        create(file, &text)?;
        Ok(key)
    }

    /// The key in a file.
    pub fn open(file: &Path) -> Result<Signing, String> {
        let shown = file.display();
        let text = std::fs::read_to_string(file).map_err(|e| format!("the key `{shown}` cannot be read: {e}"))?;
        let wrong = || format!("`{shown}` is not a key that signs; make one with `whereabouts keys new --to FILE`");
        let digits = text.lines().find_map(|line| line.trim().strip_prefix(SIGNING)).ok_or_else(wrong)?;
        unhex(digits).and_then(|seed| Signing::of(&seed)).ok_or_else(wrong)
    }

    fn of(seed: &[u8]) -> Option<Signing> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Signing)
    }

    /// What checks the signatures of this key.
    pub fn public(&self) -> Public {
        Public(self.0.public_key().as_ref().to_vec())
    }

    pub(crate) fn sign(&self, text: &str) -> String {
        hex(self.0.sign(text.as_bytes()).as_ref())
    }
}

impl Public {
    /// A key as it was printed, or a file that holds it.
    pub fn read(key: &str) -> Result<Public, String> {
        let held =
            if key.starts_with(PUBLIC) { key.to_owned() } else { std::fs::read_to_string(key).unwrap_or_default() };
        let digits = held.lines().find_map(|line| line.trim().strip_prefix(PUBLIC));
        let bytes = digits.and_then(unhex).filter(|bytes| bytes.len() == 32);
        bytes.map(Public).ok_or_else(|| {
            format!(
                "`{key}` is no public key: give what `whereabouts keys new` printed, `{PUBLIC}...`, or a file with it"
            )
        })
    }

    pub(crate) fn signed(&self, text: &str, signature: &str) -> bool {
        let Some(signature) = unhex(signature) else { return false };
        UnparsedPublicKey::new(&ED25519, &self.0).verify(text.as_bytes(), &signature).is_ok()
    }
}

impl fmt::Display for Public {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PUBLIC}{}", hex(&self.0))
    }
}

/// Makes the key that opens backups and keeps it in a file that is not there yet. Gives the recipient, for whom backups are encrypted.
pub fn new_identity(file: &Path) -> Result<String, String> {
    let identity = age::x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let secret = identity.to_string();
    let text = format!(
        "# Opens the backups of Whereabouts. Keep it away from the server.\n# public key: {recipient}\n{}\n",
        secret.expose_secret()
    );
    create(file, &text)?;
    Ok(recipient)
}

/// The key of a file that opens backups.
pub fn identity(file: &Path) -> Result<age::x25519::Identity, String> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| format!("the key `{shown}` cannot be read: {e}"))?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    line.parse().map_err(|_| {
        format!(
            "`{shown}` is not a key that opens backups; it is the file that `whereabouts keys backup --to FILE` made"
        )
    })
}

/// For whom a backup is encrypted.
pub fn recipient(text: &str) -> Result<age::x25519::Recipient, String> {
    text.trim().parse().map_err(|_| {
        // What was given may be the secret itself, and errors go to terminals and journals.
        let what = if text.to_ascii_uppercase().contains("AGE-SECRET-KEY") {
            "that is the secret key, which opens backups and is given to nobody".to_string()
        } else {
            format!("`{text}` is nobody for whom a backup can be encrypted")
        };
        format!("{what}: give what `whereabouts keys backup` printed, `age1...`")
    })
}

pub(crate) fn create(file: &Path, text: &str) -> Result<(), String> {
    let shown = file.display();
    if file.exists() {
        return Err(format!("`{shown}` is there already: a key is never written over; name another file"));
    }
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::private_folder(folder).map_err(|e| format!("the folder of `{shown}` cannot be made: {e}"))?;
    }
    let written = store::private_file(file).and_then(|mut made| {
        made.write_all(text.as_bytes())?;
        made.sync_all()
    });
    written.map_err(|e| format!("the key `{shown}` cannot be written: {e}"))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    let pairs = (text.len().is_multiple_of(2) && text.is_ascii()).then_some(0..text.len() / 2)?;
    pairs.map(|at| u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()).collect()
}
