//! A board that stands open: it hears of what its reader may see, for as long as their session is open.

use crate::house::{Browser, House, on_both};
use actions::entry::EntryForm;
use actions::{Actor, Answers, live, queries, session};
use axum::body::{Body, BodyDataStream};
use axum::http::{Request, header};
use futures_core::Stream as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;
use tower::ServiceExt as _;

/// Changes that come together are told once; a machine that is busy may be slow.
const LONG: Duration = Duration::from_secs(20);

/// The stream of a board.
struct Board(BodyDataStream);

impl Board {
    async fn open(browser: &Browser) -> Board {
        let cookies: Vec<String> = browser.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = Request::get("/board/events?of=board").header(header::COOKIE, cookies.join("; "));
        let answer = browser.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let mut board = Board(answer.into_body().into_data_stream());
        assert_eq!(board.next().await.as_deref(), Some("retry: 2000\n\n"));
        board
    }

    /// What comes next; none when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        let next = poll_fn(|context| Pin::new(&mut self.0).poll_next(context));
        let next = tokio::time::timeout(LONG, next).await.expect("something, or the end");
        next.map(|part| String::from_utf8(part.unwrap().to_vec()).unwrap())
    }
}

/// Writes on the record of a child who is gone.
async fn write(house: &House, who: &Actor, child: &str, place: &str) {
    let mut answers = Answers::default();
    answers.set("occurred", house.app.now().to_string());
    for (field, value) in [("f-where", place), ("f-result", "nothing"), ("by", "police_missing_unit")] {
        answers.add(field.to_owned(), value);
    }
    let form = EntryForm { event: "search.made".into(), answers, ..EntryForm::default() };
    let key = house.app.new_key();
    let mut version = 0;
    loop {
        match actions::entry::record(&house.app, who, child, version, &form, &key).await {
            Err(actions::Refused::Stale { version: newest, .. }) if newest != version => version = newest,
            done => break assert!(done.is_ok(), "{done:?}"),
        }
    }
}

/// Looks for changes, until it is dropped.
struct Live(tokio::task::JoinHandle<()>);

impl Drop for Live {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A child on the board of somebody.
async fn a_child(house: &House, who: &Actor) -> String {
    queries::board(&house.app, who, 1).await.unwrap().lines.remove(0).child.id
}

#[test]
fn a_session_that_ended_or_was_locked_is_told_nothing_more() {
    on_both(|house| async move {
        let _live = Live(tokio::spawn(live::run(house.app.clone())));
        let writer = house.browser("missing_coordinator").await;
        let writer = house.actor(&writer).await;
        for end in ["signed out", "locked", "left alone", "shut out", "kept"] {
            let browser = house.browser("police_missing_unit").await;
            let token = browser.cookies["session"].clone();
            let actor = house.actor(&browser).await;
            let child = a_child(&house, &actor).await;
            let mut board = Board::open(&browser).await;
            write(&house, &writer, &child, &format!("The park, {end}")).await;
            let line = board.next().await.unwrap();
            assert!(line.starts_with("event: line\ndata: ") && line.contains(&child), "{line}");
            match end {
                "signed out" => session::sign_out(&house.app, &token).await.unwrap(),
                "locked" => session::lock(&house.app, &token).await.unwrap(),
                "left alone" => house.clock.pass(session::IDLE + 1),
                "shut out" => {
                    let now = house.app.now().0 * 1_000_000;
                    assert!(house.app.store().set_active(&actor.person, false, "", now).await.unwrap());
                }
                _ => {}
            }
            write(&house, &writer, &child, &format!("The station, {end}")).await;
            let next = board.next().await;
            assert_eq!(next.is_some(), end == "kept", "{end}: {next:?}");
            if end == "shut out" {
                assert!(
                    house.app.store().set_active(&actor.person, true, "", house.app.now().0 * 1_000_000).await.unwrap()
                );
            }
        }
    });
}

#[test]
fn whoever_is_barred_meanwhile_is_told_that_the_child_is_gone_and_others_are_told_its_line() {
    on_both(|house| async move {
        let _live = Live(tokio::spawn(live::run(house.app.clone())));
        let (one, other) = (house.browser("police_missing_unit").await, house.browser("missing_coordinator").await);
        let (actor, writer) = (house.actor(&one).await, house.actor(&other).await);
        let child = a_child(&house, &actor).await;
        let (mut board, mut others) = (Board::open(&one).await, Board::open(&other).await);
        write(&house, &writer, &child, "The park").await;
        for board in [&mut board, &mut others] {
            assert!(board.next().await.unwrap().starts_with("event: line\n"));
        }
        let bar = store::Relation {
            id: "bar".into(),
            child_id: child.clone(),
            person_id: Some(actor.person.clone()),
            kind: "barred".into(),
            made_by: writer.person.clone(),
            ..store::Relation::default()
        };
        house.app.store().relate(&bar).await.unwrap();
        write(&house, &writer, &child, "The station").await;
        assert_eq!(board.next().await.unwrap(), format!("event: gone\ndata: {child}\n\n"));
        assert!(others.next().await.unwrap().starts_with("event: line\n"));
    });
}

#[test]
fn whoever_works_in_another_post_asks_for_the_page_anew() {
    on_both(|house| async move {
        let _live = Live(tokio::spawn(live::run(house.app.clone())));
        let (one, other) = (house.browser("police_missing_unit").await, house.browser("missing_coordinator").await);
        let (actor, writer) = (house.actor(&one).await, house.actor(&other).await);
        let child = a_child(&house, &actor).await;
        let mut board = Board::open(&one).await;
        let from_us = house.app.now().0 * 1_000_000;
        let systems =
            store::Agency { id: "sys".into(), name: "S".into(), kind: "systems".into(), ..store::Agency::default() };
        house.app.store().add_agency(&systems).await.unwrap();
        let post = store::Post {
            id: "second".into(),
            person: actor.person.clone(),
            role: "system_administrator".into(),
            agency: "sys".into(),
            kind: "own".into(),
            source: "kept".into(),
            from_us,
            ..store::Post::default()
        };
        house.app.store().post_put(&post).await.unwrap();
        house.app.store().session_post(&one.cookies["session"], "second").await.unwrap();
        write(&house, &writer, &child, "The park").await;
        assert_eq!(board.next().await.as_deref(), Some("data: anew\n\n"));
        // In it they see no child, and hear of none: the next that comes is the end.
        write(&house, &writer, &child, "The station").await;
        session::sign_out(&house.app, &one.cookies["session"]).await.unwrap();
        write(&house, &writer, &child, "The bridge").await;
        assert_eq!(board.next().await, None);
    });
}
