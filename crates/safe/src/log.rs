//! The file of checkpoints: only added to, and each line is on disk before it counts.

use crate::checkpoint::Checkpoint;
use crate::history::{History, Roots};
use crate::key::{Public, Signing};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use store::{Store, Tip, root};

/// Reads and checks a file of checkpoints.
pub fn read(file: &Path, key: &Public) -> Result<History, String> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|e| format!("the checkpoints `{shown}` cannot be read: {e}"))?;
    History::of(&text, key).map_err(|what| format!("{shown}, {what}"))
}

/// So many lines are given at once.
const SERVED: usize = 500;

/// The lines after the checkpoint of a number, as they stand in the file, for whoever fetches them.
pub fn served(file: &Path, after: u64) -> std::io::Result<String> {
    let lines = BufReader::new(File::open(file)?).lines();
    let after = usize::try_from(after).unwrap_or(usize::MAX);
    lines.skip(after).take(SERVED).map(|line| line.map(|line| line + "\n")).collect()
}

/// Adds a checkpoint of how all chains stand now. What does not continue what earlier checkpoints hold is not signed.
pub async fn checkpoint(store: &Store, key: &Signing, file: &Path, at_us: i64) -> Result<Checkpoint, String> {
    let (mut log, history) = open(file, &key.public())?;
    let named = store.tips().await.map_err(|e| e.to_string())?;
    let mut tips: Vec<Tip> = Vec::with_capacity(named.len());
    let mut changed = Vec::new();
    for (chain, tip) in named {
        let before = history.ends.get(&tip.label);
        if before != Some(&tip) {
            continues(store, &chain, before, &tip).await?;
            changed.push((tip.label.clone(), tip.seq, tip.head.clone()));
        }
        tips.push(tip);
    }
    let gone = history.ends.keys().find(|label| !tips.iter().any(|tip| tip.label == **label));
    if let Some(label) = gone {
        return Err(format!(
            "a record that checkpoints hold is not there any more (chain {label}): nothing was signed; run `whereabouts verify`"
        ));
    }
    changed.sort();
    let checkpoint = Checkpoint {
        number: history.count + 1,
        at_us,
        before: history.hash,
        chains: tips.len() as i64,
        rows: tips.iter().map(|tip| tip.seq).sum(),
        root: root(&tips),
        changed,
    };
    let line = checkpoint.clone().line(key) + "\n";
    let written = log.write_all(line.as_bytes()).and_then(|()| log.sync_all());
    written.map_err(|e| format!("the checkpoints `{}` cannot be written: {e}", file.display()))?;
    Ok(checkpoint)
}

/// A chain goes on from where the checkpoint before saw it, and ends as it says.
async fn continues(store: &Store, chain: &str, before: Option<&Tip>, tip: &Tip) -> Result<(), String> {
    for kept in before.into_iter().chain([tip]).filter(|kept| kept.seq > 0) {
        let hash = store.hash_at(chain, kept.seq).await.map_err(|e| e.to_string())?;
        if hash.as_ref() != Some(&kept.head) || tip.seq < kept.seq {
            return Err(format!(
                "`{chain}` is not what it was: row {} is another, or is gone. Nothing was signed; run `whereabouts verify`",
                kept.seq
            ));
        }
    }
    Ok(())
}

/// Opens the file to be added to, held for this process alone until it is closed, with what it says.
fn open(file: &Path, key: &Public) -> Result<(File, History), String> {
    let shown = file.display();
    let fault = |e: std::io::Error| format!("the checkpoints `{shown}` cannot be opened: {e}");
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        store::private_folder(folder).map_err(fault)?;
    }
    let mut log = store::private_file(file).map_err(fault)?;
    log.lock().map_err(fault)?;
    let mut text = String::new();
    log.seek(SeekFrom::Start(0)).and_then(|_| log.read_to_string(&mut text)).map_err(fault)?;
    // A line that was being written when the machine stopped counts for nothing: it never was whole.
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    if whole < text.len() {
        log.set_len(whole as u64).map_err(fault)?;
        text.truncate(whole);
    }
    let history = History::read(&text, key, Roots::Last).map_err(|what| format!("{shown}, {what}"))?;
    Ok((log, history))
}
