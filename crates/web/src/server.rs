//! Listening.

use crate::router::router;
use crate::state::Site;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// So long an answer that is under way may still take. A page that keeps itself fresh would take for ever.
const GRACE: Duration = Duration::from_secs(5);

/// Serves until `stop` is done. Answers that are under way are finished, unless they take too long.
///
/// # Errors
/// If the listener fails.
pub async fn serve(
    listener: TcpListener,
    site: Site,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    let (say, stopping) = oneshot::channel();
    let stop = async move {
        stop.await;
        let _ = say.send(());
    };
    let patience = async move {
        if stopping.await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        served = axum::serve(listener, service).with_graceful_shutdown(stop) => served,
        () = patience => Ok(()),
    }
}
