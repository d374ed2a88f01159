//! Tells a page what changed. A board is sent the lines that changed and no others; any other page is told that something did, and asks for
//! itself; a page about one child hears of that child alone.

use crate::back::filled;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::live::{self, Changed};
use actions::queries;
use actions::session::{self, Who};
use askama::Template;
use axum::body::{Body, Bytes};
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;
use views::BoardLine;

/// Changes that come close together are told once.
const SETTLE: Duration = Duration::from_millis(300);
/// Limits come near without anything being recorded: a page draws itself anew at least so often. It also keeps the line open.
const ANYWAY: Duration = Duration::from_mins(1);
/// A stream ends after this long, and the browser asks again: so a session that has ended is noticed.
const LONGEST: Duration = Duration::from_mins(15);

/// What a page is about.
#[derive(Deserialize, Default, Clone)]
pub struct About {
    /// The child that it is about.
    #[serde(default, deserialize_with = "filled")]
    child: Option<String>,
    /// `board`, of the board.
    #[serde(default)]
    of: String,
}

/// A line of the board, to be put in the place of the one before.
#[derive(Template)]
#[template(path = "board/line.html")]
struct Line {
    line: BoardLine,
}

/// `GET /board/events`. Whoever is not signed in is told to ask no more, by 204 (HTML, server-sent events): the page then says so.
pub async fn listen(member: Result<Member, Trouble>, Query(about): Query<About>) -> Response {
    let Ok(member) = member else { return StatusCode::NO_CONTENT.into_response() };
    let changes = live::changes(member.app());
    let (send, receive) = mpsc::channel(1);
    let late = live::late(member.app());
    tokio::spawn(tokio::time::timeout(LONGEST, tell(member, about, (changes, late), send)));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::CACHE_CONTROL, "no-store")];
    (headers, Body::from_stream(Told(receive))).into_response()
}

/// Sends what changed, until nobody listens or the session is no longer open.
async fn tell(
    member: Member,
    about: About,
    (mut changes, mut late): (watch::Receiver<i64>, watch::Receiver<i64>),
    send: mpsc::Sender<Bytes>,
) {
    let mut seen = *changes.borrow_and_update();
    late.mark_unchanged();
    if send.send(Bytes::from_static(b"retry: 2000\n\n")).await.is_err() {
        return;
    }
    let mut anyway = Instant::now() + ANYWAY;
    loop {
        let mut overdue = false;
        tokio::select! {
            () = send.closed() => return,
            changed = changes.changed() => if changed.is_err() { return },
            changed = late.changed() => if changed.is_err() { return } else { overdue = true },
            () = tokio::time::sleep_until(anyway) => {}
        }
        tokio::time::sleep(SETTLE).await;
        if !matches!(session::who(member.app(), &member.token, false).await, Ok(Who::Open(_))) {
            return;
        }
        let before = seen;
        seen = *changes.borrow_and_update();
        // What changes for others is not told, and no number says how much goes on elsewhere.
        let changed = if anyway <= Instant::now() || overdue && live::is_late(member.app(), &member.actor).await {
            Changed::Anything
        } else {
            live::changed(member.app(), &member.actor, before, about.child.as_deref()).await
        };
        let told = match changed {
            // What goes on elsewhere puts off nothing of theirs.
            Changed::Nothing => continue,
            Changed::Children(children) if about.of == "board" => lines(&member, &children).await,
            Changed::Children(_) => ANEW.to_owned(),
            Changed::Anything => {
                anyway = Instant::now() + ANYWAY;
                ANEW.to_owned()
            }
        };
        if send.send(Bytes::from(told)).await.is_err() {
            return;
        }
    }
}

/// That the page is to ask for itself.
const ANEW: &str = "data: anew\n\n";

/// The lines of these children as they are now, or that they are not on the board any more.
async fn lines(member: &Member, children: &[String]) -> String {
    let mut told = String::new();
    for child in children {
        match queries::board_line(member.app(), &member.actor, child).await {
            Ok(Some(line)) => match (Line { line }).render() {
                Ok(html) => told.extend(["event: line\ndata: ", &html.replace(['\n', '\r'], " "), "\n\n"]),
                Err(_) => return ANEW.to_owned(),
            },
            Ok(None) => told.extend(["event: gone\ndata: ", child, "\n\n"]),
            Err(_) => return ANEW.to_owned(),
        }
    }
    told
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
