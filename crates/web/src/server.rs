//! Listening. What a connection may take is bounded: so long for its head, so long for each part of a body, so many at once.

use crate::connections::{Bounds, Connections, Place};
use crate::metrics::{Metrics, metrics};
use crate::router::router;
use crate::state::Site;
use axum::Router;
use axum::body::Body;
use axum::extract::connect_info::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

/// So long an answer that is under way may still take. A page that keeps itself fresh would take for ever.
const GRACE: Duration = Duration::from_secs(5);
/// So long a connection may take until the head of its next request is there: afterwards it is closed.
const HEAD: Duration = Duration::from_secs(15);
/// Where no connection can be taken at all, as when the machine has no file handles left, it is tried again after so long.
const PAUSE: Duration = Duration::from_millis(100);
/// So many may ask for figures at once.
const WATCHERS: usize = 16;

/// Serves until `stop` is done. Answers that are under way are finished, unless they take too long.
///
/// # Errors
/// None at present: a connection that fails ends alone.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let bounds = site.options.bounds;
    // All connections come from the proxy, if there is one: it has its own way to share them out.
    let of_one_address = if site.options.behind_proxy { bounds.all } else { bounds.of_one_address };
    let connections = Connections::new(Bounds { of_one_address, ..bounds });
    let metrics = site.metrics.clone();
    run(listener, router(site), &connections, metrics, stop).await;
    Ok(())
}

/// Answers with the figures of a server, for as long as it is waited for.
pub async fn serve_metrics(listener: TcpListener, site: Site) {
    let connections = Connections::new(Bounds { all: WATCHERS, of_one_address: WATCHERS });
    run(listener, metrics(site), &connections, None, std::future::pending()).await;
}

async fn run(
    listener: TcpListener,
    service: Router,
    connections: &Connections,
    metrics: Option<Metrics>,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let (stream, address) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(%error, "no connection can be taken");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Nobody gives way: it is closed, and whoever asks tries again.
        let Some(place) = connections.enter(address.ip()) else {
            if let Some(metrics) = &metrics {
                metrics.not_taken.inc();
            }
            continue;
        };
        take(stream, address, service.clone(), place, metrics.clone(), &graceful);
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, graceful.shutdown()).await;
}

/// Answers what is asked over one connection, until it ends or has to give way.
fn take(
    stream: TcpStream,
    address: SocketAddr,
    service: Router,
    place: Place,
    metrics: Option<Metrics>,
    graceful: &GracefulShutdown,
) {
    // A page is sent as it is, not kept back until more comes.
    let _ = stream.set_nodelay(true);
    let place = Arc::new(place);
    let asked = place.clone();
    let answer = hyper::service::service_fn(move |request: Request<Incoming>| {
        asked.speaks();
        let (mut request, service) = (request.map(Body::new), service.clone());
        request.extensions_mut().insert(ConnectInfo(address));
        service.oneshot(request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        if let Some(metrics) = &metrics {
            metrics.open.inc();
        }
        let gave_way = tokio::select! {
            // What goes wrong on the way is the other side's to say again.
            _ = connection => false,
            () = place.ousted() => true,
        };
        if let Some(metrics) = &metrics {
            metrics.open.dec();
            metrics.ousted.inc_by(u64::from(gave_way));
        }
    });
}
