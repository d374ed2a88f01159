//! Tells a page that something changed, so that it draws itself anew. Nothing of a record is sent: the page asks for itself.

use crate::trouble::Trouble;
use crate::visit::Member;
use actions::session::{self, Who};
use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Changes that come close together are told once.
const SETTLE: Duration = Duration::from_millis(300);
/// Limits come near without anything being recorded: a page draws itself anew at least so often. It also keeps the line open.
const ANYWAY: Duration = Duration::from_mins(1);
/// A stream ends after this long, and the browser asks again: so a session that has ended is noticed.
const LONGEST: Duration = Duration::from_mins(15);

/// `GET /board/events`. Whoever is not signed in is told to ask no more, by 204 (HTML, server-sent events): the page then says so.
pub async fn listen(member: Result<Member, Trouble>) -> Response {
    let Ok(member) = member else { return StatusCode::NO_CONTENT.into_response() };
    let changes = actions::live::changes(member.app());
    let (send, receive) = mpsc::channel(1);
    tokio::spawn(tokio::time::timeout(LONGEST, tell(member, changes, send)));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, Body::from_stream(Told(receive))).into_response()
}

/// Sends a line for each change, until nobody listens or the session is no longer open.
async fn tell(member: Member, mut changes: watch::Receiver<i64>, send: mpsc::Sender<Bytes>) {
    let mut seen = *changes.borrow_and_update();
    if send.send(Bytes::from_static(b"retry: 2000\n\n")).await.is_err() {
        return;
    }
    loop {
        tokio::select! {
            () = send.closed() => return,
            changed = changes.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(ANYWAY) => {}
        }
        tokio::time::sleep(SETTLE).await;
        if !matches!(session::who(member.app(), &member.token, false).await, Ok(Who::Open(_))) {
            return;
        }
        let before = seen;
        seen = *changes.borrow_and_update();
        // What changes for others is not told, and no number says how much goes on elsewhere.
        if seen != before && !actions::live::concerns(member.app(), &member.actor, before).await {
            continue;
        }
        if send.send(Bytes::from_static(b"data: anew\n\n")).await.is_err() {
            return;
        }
    }
}

/// What was told, as the body of an answer.
struct Told(mpsc::Receiver<Bytes>);

impl futures_core::Stream for Told {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|told| told.map(Ok))
    }
}
