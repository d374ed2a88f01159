//! `GET /health`: the server answers, and when the database was last checked and backed up. Pages ask it before they send a form; so does
//! whatever watches the server.

use crate::state::Site;
use actions::upkeep;
use axum::extract::State;

/// It answers.
pub async fn show(State(site): State<Site>) -> String {
    let mut lines = vec!["ok".to_owned()];
    lines.extend(upkeep::health(&site.app).await);
    lines.join("\n") + "\n"
}
