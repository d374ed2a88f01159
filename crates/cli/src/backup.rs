//! `whereabouts checkpoint`, `backup`, `restore` and `move`.

use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::line;
use crate::running::{block_on, empty_app, existing, fits, open};
use crate::safety_args::{Backup, Checkpoint, Move, Restore};
use crate::session::present;
use crate::verify::{everything, history, readers, report};
use engine::time::Moment;
use safe::Signing;
use std::path::Path;
use std::time::Instant;

/// Signs how all chains stand now.
pub fn checkpoint(args: &Checkpoint) -> Outcome {
    let key = Signing::open(&args.key).map_err(Failure::File)?;
    existing(&args.on.database)?;
    block_on(async {
        let store = open(&args.on.database).await?;
        let made = safe::checkpoint(&store, &key, &args.log, micros(present())).await;
        store.close().await;
        let made = made.map_err(Failure::File)?;
        let changed = made.changed.len();
        line(format!("checkpoint {}: {} chains, {} rows, {changed} changed", made.number, made.chains, made.rows));
        line(format!("root {}", made.root));
        Ok(())
    })
}

/// Makes a backup.
pub fn backup(args: &Backup) -> Outcome {
    existing(&args.on.database)?;
    block_on(async {
        let store = open(&args.on.database).await?;
        let made = safe::write(&store, &args.to, &args.recipient, &stamp(present())).await;
        store.close().await;
        let made = made.map_err(Failure::File)?;
        line(format!("{}: {} rows", made.file.display(), made.rows));
        line(format!("root {}", made.root));
        Ok(())
    })
}

/// Fills an empty database from a backup, and checks everything.
pub fn restore(args: &Restore, rulebooks: Option<&Path>) -> Outcome {
    let against = history(&args.against)?;
    block_on(async {
        let begun = Instant::now();
        let app = empty_app(&args.on.place(), rulebooks).await?;
        let restored = safe::restore(app.store(), &args.from, &args.identity).await;
        let findings = match restored {
            Ok((rows, root)) => {
                line(format!("{rows} rows were restored; the root is the one that was backed up, {root}"));
                let _ = app.store().brought_in().await;
                match fits(app.clone()).await {
                    Ok(app) => everything(&app, against.as_ref(), readers()).await,
                    Err(Failure::File(says)) => Err(Failure::File(format!(
                        "{says}. Every row is there; check it all with `whereabouts verify` then"
                    ))),
                    Err(other) => Err(other),
                }
            }
            Err(what) => Err(Failure::File(what)),
        };
        app.store().close().await;
        report(&findings?, Format::Text)?;
        line(format!("in {:.1} minutes", begun.elapsed().as_secs_f64() / 60.0));
        Ok(())
    })
}

/// Moves everything into an empty database of either kind.
pub fn move_to(args: &Move) -> Outcome {
    existing(&args.from)?;
    block_on(async {
        let from = open(&args.from).await?;
        let to = open(&args.to).await?;
        let moved = safe::copy(&from, &to).await;
        if moved.is_ok() {
            let _ = to.brought_in().await;
        }
        from.close().await;
        to.close().await;
        let (rows, root) = moved.map_err(Failure::File)?;
        line(format!("{rows} rows were moved; the root is the same in both, {root}"));
        line(
            "Check it with `whereabouts verify`, and serve from it from now on, with the sealing key of this one; the other is as it was.",
        );
        Ok(())
    })
}

/// A moment as the store keeps it.
pub fn micros(at: Moment) -> i64 {
    at.0.saturating_mul(1_000_000)
}

/// A moment in the name of a file, in UTC.
pub fn stamp(at: Moment) -> String {
    let at = jiff::Timestamp::from_second(at.0).unwrap_or_default();
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}
