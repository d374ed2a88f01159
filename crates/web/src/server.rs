//! Listening.

use crate::router::router;
use crate::state::Site;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Serves until `stop` is done. Answers that are under way are finished.
///
/// # Errors
/// If the listener fails.
pub async fn serve(listener: TcpListener, site: Site, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await
}
