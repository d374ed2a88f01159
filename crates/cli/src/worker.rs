//! `whereabouts worker` and `whereabouts migrate`.

use crate::args::{Database, Worker};
use crate::failure::Outcome;
use crate::keeping;
use crate::print::line;
use crate::running::{app, block_on, figures, log, open, raise_handles, stopped};
use actions::worker;
use std::path::Path;
use web::{Options, Site};

/// Raises reminders and alerts until it is stopped.
pub fn run(args: &Worker, rulebooks: Option<&Path>) -> Outcome {
    log(args.running.log);
    raise_handles();
    block_on(async {
        let app = app(&args.running, rulebooks).await?;
        let store = app.store().clone();
        let stop = stopped();
        figures(args.metrics, Site::new(app.clone(), Options::default())).await?;
        line(format!("The worker raises reminders and alerts, on {}.", store.kind()));
        tokio::select! {
            () = worker::run(app.clone()) => {}
            () = keeping::run(app, args.keeping.clone()) => {}
            () = stop => {}
        }
        store.close().await;
        Ok(())
    })
}

/// Brings the tables up to date.
pub fn migrate(args: &Database) -> Outcome {
    block_on(async {
        let store = open(&args.database_url).await?;
        line(format!("The tables of the database ({}) are up to date.", store.kind()));
        store.close().await;
        Ok(())
    })
}
