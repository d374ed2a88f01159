//! `whereabouts follow`: a second machine keeps a copy of a SQLite database; and the server's side of it.

use crate::failure::{Failure, Outcome};
use crate::follow_args::{Follow, Followed};
use crate::print::line;
use crate::running::{SystemChance, block_on, existing, file_of, log, open, raise_handles, stopped, writable};
use crate::verify::readers;
use actions::{App, Chance as _};
use safe::{Ended, NowUs, Pulling, Said, Token, note_follower, pull, serve_follower};
use std::sync::Arc;
use store::{Promised, Store, StoreError, Taken};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The document's section.
const SECTION: &str = "docs/operating.md, \"A second machine for SQLite\"";

pub fn run(args: &Follow) -> Outcome {
    if file_of(&args.database_url).is_none() {
        return Err(Failure::Usage(format!(
            "a follower keeps its copy in a SQLite file: write `sqlite:PATH`. PostgreSQL has its own way, a standby that confirms each commit \
             (docs/operating.md, \"More than one machine\"); for SQLite see {SECTION}"
        )));
    }
    if args.verify || args.promote {
        existing(&args.database_url)?;
        return block_on(async {
            let store = open(&args.database_url).await?;
            let done = if args.promote { promote(&store).await } else { verify(&store).await };
            store.close().await;
            done
        });
    }
    log(args.log);
    raise_handles();
    writable(&args.database_url)?;
    let pulling = pulling(args)?;
    block_on(async {
        let stop = stopped();
        let store = open(&args.database_url).await?;
        let ended = tokio::select! {
            ended = follow(&store, &pulling) => ended,
            () = stop => Ok(()),
        };
        store.close().await;
        ended
    })
}

fn pulling(args: &Follow) -> Result<Pulling, Failure> {
    // clap asks for both where it follows.
    let (Some(from), Some(token)) = (args.from.clone(), &args.follower_token) else {
        return Err(Failure::Usage(
            "say which server it follows (`--from`), and where its token is (`--follower-token`)".into(),
        ));
    };
    if let Some(says) = store::lies_open(token) {
        tracing::warn!("{says}");
    }
    let authority = args.from_authority.as_ref().map(|file| std::fs::read(file).map_err(|e| Failure::file(file, e)));
    Ok(Pulling {
        from,
        token: Token::open(token).map_err(Failure::File)?,
        authority: authority.transpose()?,
        name: name(),
        now_us: now_us(),
    })
}

/// What names a follower, or a succession of places.
fn name() -> String {
    let mut bytes = [0_u8; 16];
    SystemChance.fill(&mut bytes);
    format!("{:032x}", u128::from_be_bytes(bytes))
}

fn now_us() -> NowUs {
    Arc::new(|| crate::backup::micros(crate::session::present()))
}

async fn follow(store: &Store, pulling: &Pulling) -> Outcome {
    let mut copy = store.copying().await.map_err(fault)?;
    line(format!("Following {}.", pulling.from));
    match pull(pulling, &mut copy, say).await {
        Ended::Unfit(says) => Err(Failure::File(says)),
        Ended::Refused(says) => {
            tracing::error!(fault = %says, "what the server sent was refused, and nothing of it was kept");
            line(format!("WRONG: {says}"));
            line(format!("The copy stays as it was. Keep it, stop the server, and see {SECTION}."));
            Err(Failure::Wrong)
        }
    }
}

fn say(said: Said) {
    match said {
        Said::Begins => tracing::info!("the first copy is being taken: it may be minutes"),
        Said::Begun(Taken { rows, position, .. }) => tracing::info!(rows, position, "the first copy is here"),
        Said::Compared(Taken { position, .. }) => {
            tracing::info!(position, "everything is here, and stands as at the server");
        }
        Said::Away(why) => tracing::warn!(%why, "the server cannot be followed; it is tried every second"),
        Said::Back => tracing::info!("the server is followed again"),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
fn fault(error: StoreError) -> Failure {
    Failure::File(error.to_string())
}

/// Works every chain of a copy out again.
async fn verify(store: &Store) -> Outcome {
    let audit = store.audit(&Arc::new(Promised::default()), readers()).await.map_err(fault)?;
    let counts = audit.counts;
    if let Some(says) = audit.fault {
        line(format!("WRONG: {says}"));
        line(format!("Keep the copy as it is, and see {SECTION}."));
        return Err(Failure::Wrong);
    }
    line(format!(
        "{} rows of {} children, {} looks, {} lines of the journal, {} pictures: all of them continue their chains",
        counts.rows, counts.children, counts.looks, counts.deeds, counts.pictures
    ));
    line(format!("root {}", audit.root));
    Ok(())
}

/// Makes a database of a copy, if every chain of it is whole.
async fn promote(store: &Store) -> Outcome {
    if !store.is_copy() {
        return Err(Failure::Usage(format!(
            "this database is no follower's copy: there is nothing to promote ({SECTION})"
        )));
    }
    verify(store).await?;
    let mut copy = store.copying().await.map_err(fault)?;
    let taken_us = copy.taken_us().await.map_err(fault)?.unwrap_or_default();
    let was = copy.promote().await.map_err(fault)?.unwrap_or_default();
    copy.close().await;
    let at = jiff::Timestamp::from_microsecond(taken_us).unwrap_or_default();
    line(format!(
        "It has everything up to place {}; the last of it came {}.",
        was.position,
        at.strftime("%Y-%m-%d %H:%M:%S UTC")
    ));
    line(
        "It is a database of its own now, and follows nobody. Put the sealing key beside it and `whereabouts serve` it.",
    );
    line("Never serve the old server's file again: what it alone has, this one does not, and the two would go apart.");
    Ok(())
}

/// The server's side, for as long as it runs: what is written is noted for a follower, and one is answered. Without one, nothing is noted.
pub async fn followed(app: &App, args: &Followed) -> Result<Vec<JoinHandle<()>>, Failure> {
    let store = app.store();
    let (Some(at), Some(token)) = (args.follower_listen, &args.follower_token) else {
        if store.unfollow().await.map_err(fault)? {
            tracing::warn!("this server has no follower any more: one that comes back has to take a new first copy");
        }
        return Ok(Vec::new());
    };
    if !at.ip().is_loopback() {
        return Err(Failure::Usage(format!(
            "{at} is reached from other machines, and children's records would go over the wire for all to read: listen on 127.0.0.1, and let a \
             tunnel or a proxy with TLS lead there ({SECTION})"
        )));
    }
    if let Some(says) = store::lies_open(token) {
        tracing::warn!("{says}");
    }
    let token = Token::open(token).map_err(Failure::File)?;
    let cannot = |e: std::io::Error| Failure::File(format!("cannot listen on {at} for a follower: {e}"));
    let listener = TcpListener::bind(at).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    store.follow(&name()).await.map_err(fault)?;
    tracing::info!("a follower is answered at http://{address}");
    let clock = app.clone();
    let now_us: NowUs = Arc::new(move || crate::backup::micros(clock.now()));
    let noting = note_follower(
        store.clone(),
        now_us.clone(),
        |error| tracing::warn!(%error, "how far the follower is cannot be noted"),
    );
    let answering = serve_follower(listener, store.clone(), token, now_us);
    Ok(vec![
        tokio::spawn(noting),
        tokio::spawn(async move {
            if let Err(error) = answering.await {
                tracing::error!(%error, "no follower is answered any more");
            }
        }),
    ])
}
