//! Passwords: argon2id, one after the other so that memory stays bounded; strength by how hard they are to guess; no expiry.

mod strength;

use crate::app::App;
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
pub use strength::weakness;

/// A longer password is not hashed.
pub const LONGEST: usize = 1000;
/// So many may wait for their turn; more than that is turned away, so that nobody fills the queue for the others.
const WAITING: usize = 64;
/// Nobody's hash, so that an unknown username takes as long as a wrong password.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$Sds4w6iyFMb0Y4ZFrGA4Q5oTNUECKuMNHCkNVmVGRgM";

/// Compares a password with its hash. None if too many wait already.
pub(crate) async fn verify(app: &App, hash: String, password: String) -> Option<bool> {
    if password.len() > LONGEST {
        return Some(false);
    }
    let _turn = app.turn(WAITING).await?;
    let compared = tokio::task::spawn_blocking(move || {
        let hash = PasswordHash::new(&hash).ok()?;
        Argon2::default().verify_password(password.as_bytes(), &hash).ok()
    });
    Some(compared.await.is_ok_and(|right| right.is_some()))
}

/// Makes the hash of a new password in its turn. None if too many wait already.
pub(crate) async fn make(app: &App, password: String) -> Option<String> {
    let mut salt = [0_u8; 16];
    app.chance.fill(&mut salt);
    let _turn = app.turn(WAITING).await?;
    tokio::task::spawn_blocking(move || hash(&password, &salt).ok()).await.ok().flatten()
}

/// The hash of a password, to be kept with a person. `salt` is 16 bytes of chance.
///
/// # Errors
/// If the salt is too short.
pub fn hash(password: &str, salt: &[u8]) -> Result<String, String> {
    let hash: PasswordHash =
        Argon2::default().hash_password_with_salt(password.as_bytes(), salt).map_err(|e| e.to_string())?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_s_hash_takes_as_long_as_anybody_s() {
        let somebody = hash("a password", b"sixteen bytes ok").unwrap();
        let parameters = |hash: &str| {
            let hash = PasswordHash::new(hash).unwrap();
            (hash.algorithm.to_string(), hash.version, hash.params.to_string(), hash.hash.unwrap().as_bytes().len())
        };
        assert_eq!(parameters(NOBODY), parameters(&somebody));
        assert!(somebody.starts_with("$argon2id$"));
    }
}
