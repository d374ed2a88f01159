//! The file of the key that seals secrets in the database. A line is a key: the first seals, all of them open, so that a key can be renewed.

use crate::key::{hex, unhex};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Before the hexadecimal digits of a key that seals.
const SEALING: &str = "whereabouts-sealing-key-1:";
/// The first line of the file.
const HEAD: &str = "# Seals secrets in the database of Whereabouts: without it they are lost. Keep a copy elsewhere; show it to nobody.";

/// The keys of a file: the first seals, all open.
///
/// # Errors
/// What is wrong with the file, and what to do.
pub fn sealing_keys(file: &Path) -> Result<Vec<[u8; 32]>, String> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| format!("the key `{shown}` cannot be read: {e}"))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Option<Vec<[u8; 32]>> = lines.map(|line| unhex(line.strip_prefix(SEALING)?)?.try_into().ok()).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        format!("`{shown}` is not a key that seals: each of its lines is `{SEALING}` and 64 digits, as `whereabouts keys sealing` writes them")
    })
}

/// Makes a key in a file that is not there yet. Whoever comes second to the same file leaves it as it is.
///
/// # Errors
/// Why it cannot be written.
pub fn new_sealing_key(file: &Path) -> Result<(), String> {
    let text = format!("{HEAD}\n{}\n", line()?);
    match written(file, &text)?.persist_noclobber(file) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(cannot(file, &error.error)),
        _ => Ok(()),
    }
}

/// Puts a new key before those of a file, which go on opening what they sealed.
///
/// # Errors
/// What is wrong with the file, or why it cannot be written.
pub fn renew_sealing_key(file: &Path) -> Result<(), String> {
    sealing_keys(file)?;
    let before = std::fs::read_to_string(file).map_err(|e| cannot(file, &e))?;
    let older: Vec<&str> = before.lines().filter(|line| line.trim().starts_with(SEALING)).collect();
    let text = format!("{HEAD}\n{}\n{}\n", line()?, older.join("\n"));
    written(file, &text)?.persist(file).map(drop).map_err(|error| cannot(file, &error.error))
}

fn line() -> Result<String, String> {
    let mut key = [0_u8; 32];
    getrandom::fill(&mut key).map_err(|e| format!("this computer gives no random numbers: {e}"))?;
    Ok(format!("{SEALING}{}", hex(&key)))
}

/// The text in a file of its owner alone, on disk, beside the place where it is wanted.
fn written(file: &Path, text: &str) -> Result<NamedTempFile, String> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let made = NamedTempFile::new_in(&folder).and_then(|mut made| {
        made.write_all(text.as_bytes())?;
        made.as_file().sync_all()?;
        Ok(made)
    });
    made.map_err(|e| cannot(file, &e))
}

fn cannot(file: &Path, error: &std::io::Error) -> String {
    format!("the key `{}` cannot be written: {error}", file.display())
}
