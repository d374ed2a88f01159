//! `whereabouts serve`: the pages.

use crate::args::Serve;
use crate::failure::{Failure, Outcome};
use crate::print::line;
use crate::running::{Stop, app, block_on, log, stopped};
use actions::{App, live, worker};
use std::net::SocketAddr;
use std::path::Path;
use tokio::net::TcpListener;
use web::{Options, Site};

pub fn run(args: &Serve, rulebooks: Option<&Path>) -> Outcome {
    log();
    block_on(async {
        let app = app(&args.running, rulebooks).await?;
        let options =
            Options { secure: args.secure, behind_proxy: args.behind_proxy, dev: args.dev, ..Options::default() };
        let announce = |address| line(format!("Whereabouts is at http://{address}"));
        serve(app, options, args.listen, args.worker, stopped(), announce).await
    })
}

/// Serves an application until it is stopped. `announce` is told the address as soon as it answers.
pub async fn serve(
    app: App,
    options: Options,
    listen: SocketAddr,
    with_worker: bool,
    stop: Stop,
    announce: impl FnOnce(SocketAddr),
) -> Outcome {
    let cannot = |e: std::io::Error| Failure::File(format!("cannot listen on {listen}: {e}"));
    let listener = TcpListener::bind(listen).await.map_err(cannot)?;
    let address = listener.local_addr().map_err(cannot)?;
    let changes = tokio::spawn(live::run(app.clone()));
    let worker = with_worker.then(|| tokio::spawn(worker::run(app.clone())));
    let store = app.store().clone();
    announce(address);
    let served = web::serve(listener, Site::new(app, options), stop).await;
    changes.abort();
    if let Some(worker) = worker {
        worker.abort();
    }
    store.close().await;
    served.map_err(cannot)
}
