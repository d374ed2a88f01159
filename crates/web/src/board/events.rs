//! Tells a page what changed. A board is sent the lines that changed and no others; any other page is told that something did, and asks for
//! itself; a page about one child hears of that child alone.

use crate::back::filled;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::Actor;
use actions::live::{self, Changed, Window};
use actions::queries::{self, News, Shown};
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
    let (mut actor, mut shown) = (member.actor.clone(), Shown::default());
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
        let Ok(Who::Open(now)) = session::who(member.app(), &member.token, false).await else { return };
        // In another post they see other children: the page asks for itself.
        let moved = !is_same(&now.actor, &actor);
        actor = now.actor;
        let until = *changes.borrow_and_update();
        let window = Window::between(seen, until);
        seen = until;
        // What changes for others is not told, and no number says how much goes on elsewhere.
        let told = if moved || anyway <= Instant::now() || overdue && live::is_late(member.app(), &actor).await {
            Some(ANEW.to_owned())
        } else if about.of == "board" && about.child.is_none() {
            lines(queries::board_news(member.app(), &actor, window, &mut shown).await)
        } else {
            let changed = live::changed_in(member.app(), &actor, window, about.child.as_deref()).await;
            (changed != Changed::Nothing).then(|| ANEW.to_owned())
        };
        // What goes on elsewhere puts off nothing of theirs.
        let Some(told) = told else { continue };
        if told == ANEW {
            anyway = Instant::now() + ANYWAY;
            shown = Shown::default();
        }
        if send.send(Bytes::from(told)).await.is_err() {
            return;
        }
    }
}

/// That the page is to ask for itself.
const ANEW: &str = "data: anew\n\n";

/// Does somebody work in the post in which they worked before?
fn is_same(now: &Actor, before: &Actor) -> bool {
    let of = |one: &Actor| (one.person.clone(), one.post.clone(), one.role.clone(), one.agency.clone(), one.sees_all);
    of(now) == of(before)
}

/// What a board is told: the lines of children as they are now, or that they are not on the board any more; none where there is no news.
fn lines(news: News) -> Option<String> {
    let (lines, gone) = match news {
        News::Nothing => return None,
        News::Anything => return Some(ANEW.to_owned()),
        News::Lines(lines, gone) => (lines, gone),
    };
    let mut told = String::new();
    for line in lines {
        match (Line { line }).render() {
            Ok(html) => told.extend(["event: line\ndata: ", &html.replace(['\n', '\r'], " "), "\n\n"]),
            Err(_) => return Some(ANEW.to_owned()),
        }
    }
    gone.iter().for_each(|child| told.extend(["event: gone\ndata: ", child, "\n\n"]));
    Some(told)
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
