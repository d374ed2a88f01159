//! `whereabouts serve`: the pages.

use crate::args::Serve;
use crate::failure::{Failure, Outcome};
use crate::follow::followed;
use crate::keeping;
use crate::print::line;
use crate::running::{Stop, app, block_on, figures, log, make_sealing, raise_handles, stopped, unmake_sealing};
use actions::{App, Doors, door, live, secrets, worker};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use web::{Checkpoints, Options, Site};

pub fn run(args: &Serve, rulebooks: Option<&Path>) -> Outcome {
    refuse_open(args)?;
    log(args.running.log);
    raise_handles();
    let made = make_sealing(&args.running.database)?;
    block_on(async {
        let app = app(&args.running, rulebooks).await;
        if app.is_err() && made {
            unmake_sealing(&args.running.database);
        }
        let app = app?;
        let log = args.keeping.checkpoint_log.clone();
        let options = Options {
            secure: args.secure,
            behind_proxy: args.behind_proxy,
            dev: args.dev,
            checkpoints: log.map(|log| Checkpoints(Arc::new(move |after| safe::served(&log, after)))),
            ..Options::default()
        };
        let keeping = args.worker.then(|| tokio::spawn(keeping::run(app.clone(), args.keeping.clone())));
        let announce = |address| line(format!("Whereabouts is at http://{address}"));
        let doors = Opening { address: args.address.as_deref(), two_factors: true };
        let site = Site::new(app, options);
        figures(args.metrics, site.clone()).await?;
        let followed = followed(&site.app, &args.followed).await?;
        let served = serve(site, args.listen, args.worker, doors, stopped(), announce).await;
        if let Some(keeping) = keeping {
            keeping.abort();
        }
        followed.iter().for_each(tokio::task::JoinHandle::abort);
        served
    })
}

/// What is asked and answered here is read by nobody on the way: by TLS, or because it does not leave the machine.
fn refuse_open(args: &Serve) -> Outcome {
    if args.listen.ip().is_loopback() || args.secure || args.behind_proxy {
        return Ok(());
    }
    Err(Failure::Usage(format!(
        "{} is reached from other machines, and names of children would go over the wire for all to read: listen on 127.0.0.1 behind a proxy \
         with TLS, and say `--secure --behind-proxy`",
        args.listen
    )))
}

/// Seals what stands in the open, and says what cannot be opened: people are let in all the same.
async fn settle(app: &App) -> Outcome {
    let standing = secrets::settle(app).await.map_err(|e| Failure::File(e.to_string()))?;
    if standing.sealed > 0 {
        tracing::info!(secrets = standing.sealed, "secrets in the database were sealed");
    }
    standing.says().into_iter().for_each(|says| tracing::error!("{says}"));
    Ok(())
}

/// How people come in.
pub struct Opening<'a> {
    /// The address at which browsers find the pages; none for this computer by its name.
    pub address: Option<&'a str>,
    /// A password alone is not enough.
    pub two_factors: bool,
}

/// Serves an application until it is stopped. `announce` is told the address as soon as it answers.
pub async fn serve(
    mut site: Site,
    listen: SocketAddr,
    with_worker: bool,
    opening: Opening<'_>,
    stop: Stop,
    announce: impl FnOnce(SocketAddr),
) -> Outcome {
    let cannot = |e: std::io::Error| Failure::File(format!("cannot listen on {listen}: {e}"));
    let listener = TcpListener::bind(listen).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let own = opening.address.map_or_else(|| format!("http://localhost:{}", address.port()), str::to_owned);
    let app = site.app.with_doors(Doors::at(&own, opening.two_factors).map_err(Failure::Usage)?);
    site.app = app.clone();
    settle(&app).await?;
    let first = door::first(&app).await.map_err(|e| Failure::File(e.says()))?;
    let changes = tokio::spawn(live::run(app.clone()));
    let worker = with_worker.then(|| tokio::spawn(worker::run(app.clone())));
    let store = app.store().clone();
    announce(address);
    if let Some(token) = first {
        line("Nobody is here yet. Whoever opens this link is the first administrator; it opens once, within 24 hours:");
        line(format!("{}/welcome/{token}", own.trim_end_matches('/')));
        if opening.address.is_none() {
            line(
                "No address of the pages is configured (`--address`): this link, and those that are made on the pages, open on this computer alone.",
            );
        }
    }
    let served = web::serve(listener, site, stop).await;
    changes.abort();
    if let Some(worker) = worker {
        worker.abort();
    }
    store.close().await;
    served.map_err(cannot)
}
