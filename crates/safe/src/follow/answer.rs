//! The server's side: an address of its own, on which a follower with the token gets everything, what was written since, or an answer why not.

use super::{Begins, News, NowUs, Refuses, Token};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::serve::ListenerExt as _;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use store::{Store, StoreError};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{Receiver, channel};

/// A question is answered after so long though there is nothing new, so that both sides notice when the other is gone.
const PATIENCE: Duration = Duration::from_secs(20);
/// So often it is noted how far the follower is.
const NOTED: Duration = Duration::from_secs(1);
/// So many lines are on their way at once.
const AHEAD: usize = 256;
/// A question is never longer than this.
const LONGEST: usize = 16 * 1024;

/// What answers work with.
#[derive(Clone)]
struct Site {
    store: Store,
    token: Token,
    now_us: NowUs,
}

/// Answers followers for as long as it is waited for.
///
/// # Errors
/// If the address can be listened on no more.
pub async fn serve_follower(listener: TcpListener, store: Store, token: Token, now_us: NowUs) -> std::io::Result<()> {
    let site = Site { store, token, now_us };
    let router = Router::new()
        .route("/follow/copy", post(copy))
        .route("/follow/news", post(news))
        .route("/follow/refused", post(refused))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(from_fn_with_state(site.clone(), known))
        .with_state(site);
    // What is written is sent as it is, not kept back until more comes: each save would wait 80 ms for that.
    let at_once = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    axum::serve(at_once, router).await
}

/// Notes once a second how far the follower is, for as long as it is waited for. `troubled` is told why that failed.
pub async fn note_follower(store: Store, now_us: NowUs, troubled: impl Fn(&StoreError)) {
    let mut lagging = 0;
    loop {
        match store.follower_noted(lagging, now_us()).await {
            Ok(last) => lagging = last,
            Err(error) => troubled(&error),
        }
        tokio::time::sleep(NOTED).await;
    }
}

/// Nobody is answered who does not bring the token.
async fn known(State(site): State<Site>, request: Request, next: Next) -> Response {
    let brought = request.headers().get(header::AUTHORIZATION).map(HeaderValue::as_bytes);
    if brought.is_some_and(|brought| site.token.is(brought)) {
        return next.run(request).await;
    }
    (StatusCode::UNAUTHORIZED, "this is not the token of this server's follower\n").into_response()
}

fn asked<T: DeserializeOwned>(body: &Bytes) -> Option<T> {
    serde_json::from_slice(body).ok()
}

fn not_understood() -> Response {
    let says = "this server understands the questions of a follower of its own version only\n";
    (StatusCode::BAD_REQUEST, says).into_response()
}

fn failed(error: &StoreError) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response()
}

async fn copy(State(site): State<Site>, body: Bytes) -> Response {
    let Some(Begins { follower }) = asked(&body) else { return not_understood() };
    let (to, lines) = channel(AHEAD);
    let now_us = (site.now_us)();
    // What fails on the way leaves the answer without its end, and the follower takes nothing of it.
    tokio::spawn(async move { site.store.follower_begins(&follower, now_us, &to).await });
    answer(lines)
}

async fn news(State(site): State<Site>, body: Bytes) -> Response {
    let Some(News { asked, whole }) = asked(&body) else { return not_understood() };
    match site.store.follower_asks(&asked, (site.now_us)()).await {
        Err(error) => return failed(&error),
        Ok(Some(turned)) => return (StatusCode::CONFLICT, turned.says).into_response(),
        Ok(None) => {}
    }
    let (to, lines) = channel(AHEAD);
    tokio::spawn(async move { site.store.follower_news(asked.position, whole, PATIENCE, &to).await });
    answer(lines)
}

async fn refused(State(site): State<Site>, body: Bytes) -> Response {
    let Some(Refuses { follower, says }) = asked(&body) else { return not_understood() };
    match site.store.follower_refuses(&follower, &says, (site.now_us)()).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failed(&error),
    }
}

fn answer(lines: Receiver<String>) -> Response {
    ([(header::CONTENT_TYPE, "application/jsonl; charset=utf-8")], Body::from_stream(Lines(lines))).into_response()
}

/// Lines as they come.
struct Lines(Receiver<String>);

impl Stream for Lines {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|line| line.map(|line| Ok(line + "\n")))
    }
}
