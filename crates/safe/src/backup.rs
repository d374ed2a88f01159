//! Backups: the lines of the store, packed (gzip) and encrypted (age) into one file, written under another name until it is whole.

use crate::key::{identity, recipient};
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient};
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use store::Store;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::spawn_blocking;

/// So many lines are on their way at once.
const AHEAD: usize = 256;
/// How the files are named, around the time.
const BEGIN: &str = "whereabouts-";
const END: &str = ".age";

/// A backup that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Made {
    /// The file.
    pub file: PathBuf,
    /// How many rows are in it.
    pub rows: i64,
    /// The root over all chains.
    pub root: String,
}

/// Makes a backup in a folder. `stamp` is the time, as `20260105T183000Z`.
pub async fn write(store: &Store, folder: &Path, recipients: &[String], stamp: &str) -> Result<Made, String> {
    let recipients = recipients.iter().map(|text| recipient(text)).collect::<Result<Vec<_>, _>>()?;
    let shown = folder.display().to_string();
    let fault = |e: std::io::Error| format!("no backup can be written to `{shown}`: {e}");
    store::private_folder(folder).map_err(fault)?;
    let file = folder.join(format!("{BEGIN}{stamp}{END}"));
    let part = tempfile::Builder::new().prefix(".unfinished-").tempfile_in(folder).map_err(fault)?;
    let out = part.as_file().try_clone().map_err(fault)?;
    let (to, lines) = channel(AHEAD);
    let writing = spawn_blocking(move || pack(out, &recipients, lines));
    let dumped = store.dump(to).await;
    // What stopped the writing is the cause where both failed.
    writing.await.map_err(|e| e.to_string())?.map_err(fault)?;
    let (rows, root) = dumped.map_err(|e| e.to_string())?;
    part.persist_noclobber(&file).map_err(|e| fault(e.error))?;
    // The name is on disk as well.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)?;
    Ok(Made { file, rows, root })
}

fn pack(out: File, recipients: &[age::x25519::Recipient], mut lines: Receiver<String>) -> std::io::Result<()> {
    let each = recipients.iter().map(|one| one as &dyn Recipient);
    let encryptor = Encryptor::with_recipients(each).map_err(std::io::Error::other)?;
    let encrypted = encryptor.wrap_output(BufWriter::new(out))?;
    let mut packed = GzEncoder::new(encrypted, Compression::default());
    while let Some(line) = lines.blocking_recv() {
        packed.write_all(line.as_bytes())?;
        packed.write_all(b"\n")?;
    }
    let out = packed.finish()?.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    out.sync_all()
}

/// Fills an empty database with what a backup holds: all of it, or nothing. Gives the number of rows and the root.
pub async fn restore(store: &Store, file: &Path, key: &Path) -> Result<(i64, String), String> {
    let identity = identity(key)?;
    let (to, lines) = channel(AHEAD);
    let path = file.to_owned();
    let reading = spawn_blocking(move || unpack(&path, &identity, &to));
    let filled = store.fill(lines).await;
    // What stopped the reading is the cause where both failed; that nobody listens any more is not.
    match (reading.await.map_err(|e| e.to_string())?, filled) {
        (Err(Stopped::Fault(what)), _) => Err(what),
        (_, Err(error)) => Err(error.to_string()),
        (_, Ok(filled)) => Ok(filled),
    }
}

/// Why the reading of a backup stopped.
enum Stopped {
    /// The database takes no more.
    Unheard,
    Fault(String),
}

fn unpack(file: &Path, identity: &age::x25519::Identity, to: &Sender<String>) -> Result<(), Stopped> {
    let shown = file.display();
    let fault = |e: &dyn std::fmt::Display| Stopped::Fault(format!("the backup `{shown}` cannot be read: {e}"));
    let input = File::open(file).map_err(|e| fault(&e))?;
    let decryptor = Decryptor::new(BufReader::new(input)).map_err(|_| {
        Stopped::Fault(format!("`{shown}` is not a backup of Whereabouts, or its beginning was changed: take another"))
    })?;
    let plain = decryptor.decrypt(std::iter::once(identity as &dyn Identity)).map_err(|e| match e {
        DecryptError::NoMatchingKeys => Stopped::Fault(format!(
            "`{shown}` was not encrypted for this key: give the file of the key for whom it was made"
        )),
        other => fault(&other),
    })?;
    let cut = |e: std::io::Error| {
        Stopped::Fault(format!("the backup `{shown}` is cut or was changed ({e}). Nothing was restored; take another"))
    };
    for line in BufReader::new(MultiGzDecoder::new(plain)).lines() {
        to.blocking_send(line.map_err(cut)?).map_err(|_| Stopped::Unheard)?;
    }
    Ok(())
}

/// Fills an empty database with another one. Gives the number of rows and the root, which is the same in both.
pub async fn copy(from: &Store, to: &Store) -> Result<(i64, String), String> {
    let (sender, lines) = channel(AHEAD);
    let (dumped, filled) = tokio::join!(from.dump(sender), to.fill(lines));
    let filled = filled.map_err(|e| e.to_string())?;
    dumped.map_err(|e| e.to_string())?;
    Ok(filled)
}

/// The backups of a folder, the oldest first, each with the time in its name.
pub fn backups(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let stamped = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let stamp = name.strip_prefix(BEGIN)?.strip_suffix(END)?.to_owned();
        Some((stamp, entry.path()))
    });
    let mut found: Vec<_> = stamped.collect();
    found.sort();
    found
}

/// Removes backups from before a time, but never the last one. Gives how many.
pub fn prune(folder: &Path, before: &str) -> std::io::Result<usize> {
    let mut old = backups(folder);
    old.pop();
    old.retain(|(stamp, _)| stamp.as_str() < before);
    for (_, file) in &old {
        std::fs::remove_file(file)?;
    }
    Ok(old.len())
}
