//! `whereabouts demo`: a made-up county in a database of its own, the pages on it, and the people to sign in as.

mod filling;
mod welcome;

pub(crate) use filling::area_of;

use crate::args::{Database, Demo};
use crate::failure::{Failure, Outcome};
use crate::follow::followed;
use crate::library;
use crate::running::{
    SystemChance, SystemClock, block_on, figures, fits, made_up, make_sealing, open, quiet_log, sealing, sealing_file,
    stopped,
};
use crate::serve::{Opening, serve};
use crate::session::{present, time};
use actions::{App, Rules, Sealing, sign_in};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use web::{Options, Site};

/// The password of everybody in a demonstration.
const PASSWORD: &str = sign_in::DEMONSTRATION;
/// With a salt that does not change, a person of an earlier demonstration is known by the hash: nobody else's database is served here.
const SALT: &[u8; 16] = b"a demonstration.";

pub fn run(args: &Demo, rulebooks: Option<&Path>) -> Outcome {
    quiet_log();
    let from = args.now.as_deref().map(|text| time(text, "--now")).transpose()?;
    let clock = SystemClock::new(args.clock_file.clone(), from.map_or(0, |from| from.0 - present().0));
    let (url, folder) = database(args)?;
    block_on(async {
        let rules = Rules::new(library::load_sound(rulebooks).map_err(Failure::File)?);
        let app =
            App::new(open(&url).await?, rules, Arc::new(clock), Arc::new(SystemChance)).with_sealing(key(args, &url)?);
        let app = fits(app).await?;
        let mut stop = stopped();
        let ready = tokio::select! {
            filled = filling::fill(&app, args) => filled.map(|()| true),
            () = &mut stop => Ok(false),
        };
        if !ready? {
            app.store().close().await;
            return Ok(());
        }
        let welcome = welcome::Welcome::of(&app).await?;
        let notice = "Demonstration. Everybody here is made up, and so is everything that happens.".into();
        let options = Options { notice, people: welcome.people(), ..Options::default() };
        let kept = folder.is_none().then_some(url.as_str());
        let opening = Opening { address: None, two_factors: false };
        let site = Site::new(app, options);
        figures(args.metrics, site.clone()).await?;
        // What answers a follower ends with the program.
        followed(&site.app, &args.followed).await?;
        serve(site, args.listen, true, opening, stop, |address| welcome.print(address, kept)).await
    })
}

/// Where the demonstration is kept, and the folder that goes away with it.
fn database(args: &Demo) -> Result<(String, Option<TempDir>), Failure> {
    if let Some(url) = &args.database_url {
        return Ok((url.clone(), None));
    }
    let folder = tempfile::Builder::new().prefix("whereabouts-demo-").tempdir();
    let folder = folder.map_err(|e| Failure::File(format!("no temporary folder can be made: {e}")))?;
    Ok((format!("sqlite:{}", folder.path().join("demo.db").display()), Some(folder)))
}

/// What seals addresses and secrets: in a file beside SQLite's; with PostgreSQL, of which this program keeps no file, one that hides nothing.
fn key(args: &Demo, url: &str) -> Result<Option<Sealing>, Failure> {
    let database = Database { database_url: url.to_owned(), sealing_key: args.sealing_key.clone() };
    if sealing_file(&database).is_some() {
        make_sealing(&database)?;
        return sealing(&database);
    }
    Ok(made_up())
}

/// The hash of everybody's password.
fn hash() -> Result<String, Failure> {
    sign_in::hash(PASSWORD, SALT).map_err(Failure::File)
}
