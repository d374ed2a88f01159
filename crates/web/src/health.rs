//! `GET /health`, `/health/live`, `/health/ready`: for whatever watches the server, without signing in; pages ask the first before they send
//! a form. No place and no name is said.

use crate::state::Site;
use actions::upkeep;
use axum::extract::State;
use axum::http::StatusCode;

/// It answers, whatever the database does: a server that says so need not be started again.
pub async fn live() -> &'static str {
    "ok\n"
}

/// People can work: `200` and `ok`, or `503` and what is wrong; and when the database was last checked and backed up, whether a worker runs.
pub async fn ready(State(site): State<Site>) -> (StatusCode, String) {
    let health = upkeep::health(&site.app).await;
    let (status, first) =
        if health.ready { (StatusCode::OK, "ok") } else { (StatusCode::SERVICE_UNAVAILABLE, "not ready") };
    let lines: Vec<&str> = std::iter::once(first).chain(health.lines.iter().map(String::as_str)).collect();
    (status, lines.join("\n") + "\n")
}
