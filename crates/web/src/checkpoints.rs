//! `GET /checkpoints?after=N`: the signed checkpoints after one of them, a line each, for partners who keep them. Nobody signs in for it and
//! nothing in it names anybody; so many are answered in a minute and no more, whoever asks.

use crate::state::Site;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use std::sync::atomic::{AtomicI64, Ordering};

/// So many are answered in a minute.
const A_MINUTE: i64 = 60;

/// From where on.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: u64,
}

/// The checkpoints after one.
pub async fn show(State(site): State<Site>, Query(asked): Query<Asked>) -> Response {
    static MINUTE: AtomicI64 = AtomicI64::new(0);
    static COUNT: AtomicI64 = AtomicI64::new(0);
    let Some(served) = site.options.checkpoints.clone() else {
        return (StatusCode::NOT_FOUND, "this server makes no checkpoints\n").into_response();
    };
    let minute = site.app.now().minute();
    if MINUTE.swap(minute, Ordering::Relaxed) != minute {
        COUNT.store(0, Ordering::Relaxed);
    }
    if COUNT.fetch_add(1, Ordering::Relaxed) >= A_MINUTE {
        let later = [(header::RETRY_AFTER, "60")];
        return (StatusCode::TOO_MANY_REQUESTS, later, "asked too often; try again in a minute\n").into_response();
    }
    match tokio::task::spawn_blocking(move || (served.0)(asked.after)).await {
        Ok(Ok(lines)) => ([(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")], lines).into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the checkpoints cannot be read\n").into_response(),
    }
}
