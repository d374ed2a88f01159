//! Boards that stand open while others write: what each is told, and what that costs.

use crate::staff::lead;
use actions::live::{self, Window};
use actions::queries::{self, News, Shown, board_news};
use actions::relation::{self, Whom};
use actions::session::{self, Who};
use actions::views::BoardLine;
use actions::{Actor, App, entry, sign_in};
use std::time::Duration;
use testkit::databases::on_both;
use testkit::world::{PASSWORD, RILEY, World, riley};

const WHY: &str = "Because somebody has to, and this says why.";
const PARK: [(&str, &str); 2] = [("where", "The park"), ("result", "nothing")];

/// What a board is told of a window.
fn told(news: News) -> (Vec<BoardLine>, Vec<String>) {
    match news {
        News::Lines(lines, gone) => (lines, gone),
        other => panic!("{other:?}"),
    }
}

/// The change up to which all are settled, once that is after this one and somebody who sees them all is told of something: other tests write to
/// the same PostgreSQL.
async fn heard(app: &App, who: &Actor, before: i64) -> i64 {
    for _ in 0..200 {
        let until = live::look(app).await;
        let window = Window::between(before, until);
        if until > before && board_news(app, who, window, &mut Shown::default()).await != News::Nothing {
            return until;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nobody is told of a change");
}

/// A moment at which nothing is under way.
async fn quiet(app: &App) -> i64 {
    let mut before = -1;
    while before < live::look(app).await {
        before = live::look(app).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    before
}

#[test]
fn a_change_costs_a_board_few_questions() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let app = &world.app;
        let mut open = Vec::new();
        for who in ["grace", "priya", "owen", "dana"] {
            let signed_in = sign_in::sign_in(app, who, PASSWORD, "127.0.0.1").await.unwrap();
            queries::board(app, &signed_in.actor, 1).await.unwrap();
            open.push(signed_in);
        }
        let before = quiet(app).await;
        world.record("dana", "search.made", &PARK).await.unwrap();
        let until = heard(app, &open[0].actor, before).await;
        for board in &open {
            let asked = app.store().asked();
            let Who::Open(now) = session::who(app, &board.token, false).await.unwrap() else { panic!("it is open") };
            assert_eq!(now.actor, board.actor);
            let news = board_news(app, &now.actor, Window::between(before, until), &mut Shown::default()).await;
            assert_eq!(told(news).0.len(), 1, "{}", now.actor.name);
            assert_eq!(app.store().asked() - asked, 2, "who they are, and what they may see");
        }
        // Whoever is the first to ask reads it for all of them.
        let asked = app.store().asked();
        let window = Window::between(before, until + 1);
        assert_eq!(told(board_news(app, &open[0].actor, window, &mut Shown::default()).await).0.len(), 1);
        let first = app.store().asked() - asked;
        assert!(first <= 10, "{first}");
    });
}

#[test]
fn what_is_shared_shows_nobody_what_is_another_s_to_see() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        world.child("sam", "Riley Marsh", &riley(), &["elsewhere", "police"]).await;
        world.gone().await;
        let nora = world.actor("nora").await;
        let version = world.version("sam").await;
        let away = world.form("absence.noticed", &[("status", "missing")]);
        entry::record(app, &nora, "sam", version, &away, &app.new_key()).await.unwrap();
        let (grace, dana, owen) = (world.actor("grace").await, world.actor("dana").await, world.actor("owen").await);
        world.pass(30);
        let before = quiet(app).await;
        world.record("dana", "search.made", &PARK).await.unwrap();
        world.pass(10);
        // The home is left; for a while it finishes what it owes.
        let relations = app.store().relations_of_child(RILEY).await.unwrap();
        let home = relations.iter().find(|one| one.agency_id.as_deref() == Some("larkfield")).unwrap();
        let (now, week) = (app.now().0 * 1_000_000, 7 * 24 * 60 * 60 * 1_000_000);
        assert!(app.store().unrelate(&home.id, now, week, "owen", now).await.unwrap());
        world.pass(10);
        world.record("owen", "information.received", &[("text", "She is at the station")]).await.unwrap();
        let until = heard(app, &grace, before).await;
        let window = Window::between(before, until);
        // Whoever asks first, each is told what a line of their own would be.
        for who in [&grace, &dana, &owen, &nora, &dana, &grace] {
            let news = board_news(app, who, window, &mut Shown::default()).await;
            let own = queries::board_line(app, who, RILEY).await.unwrap();
            match own {
                Some(own) => assert_eq!(told(news), (vec![own], Vec::new()), "{}", who.name),
                None => assert_eq!(news, News::Nothing, "{}", who.name),
            }
        }
        let line = async |who: &Actor| told(board_news(app, who, window, &mut Shown::default()).await).0.remove(0);
        let (of_grace, of_dana, of_owen) = (line(&grace).await, line(&dana).await, line(&owen).await);
        assert!(of_grace.child.name.starts_with("Riley Marsh ("), "two of one name: {}", of_grace.child.name);
        assert_eq!((of_dana.child.name.as_str(), of_owen.child.name.as_str()), ("Riley Marsh", "Riley Marsh"));
        assert!(!of_owen.last_entry_words.is_empty() && of_dana.last_entry_words.is_empty());
        assert_eq!(board_news(app, &nora, window, &mut Shown::default()).await, News::Nothing);
    });
}

#[test]
fn whoever_may_see_a_child_no_more_is_told_once_that_it_is_gone() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        world.gone().await;
        let (grace, owen, tess) = (world.actor("grace").await, world.actor("owen").await, world.actor("tess").await);
        let (app, mut shown, mut own) = (&world.app, Shown::default(), Shown::default());
        let mut before = quiet(app).await;
        for round in 0..4 {
            let place = format!("Place {round}");
            world.record("dana", "search.made", &[("where", &place), ("result", "nothing")]).await.unwrap();
            let until = heard(app, &owen, before).await;
            let window = Window::between(before, until);
            before = until;
            let news = board_news(app, &grace, window, &mut shown).await;
            match round {
                0 => assert_eq!(told(news).0.len(), 1),
                1 => assert_eq!(told(news), (Vec::new(), vec![RILEY.to_owned()])),
                _ => assert_eq!(news, News::Nothing, "not even that something goes on"),
            }
            assert_eq!(told(board_news(app, &owen, window, &mut own).await).0.len(), 1);
            // Whoever was never told a line is not told that it is gone.
            if round > 0 {
                assert_eq!(board_news(app, &grace, window, &mut Shown::default()).await, News::Nothing);
            }
            if round == 0 {
                relation::bar(app, &tess, RILEY, Whom::Person("grace"), WHY, "p").await.unwrap();
                // Also of what is shared already nothing is told any more.
                assert_eq!(board_news(app, &grace, window, &mut Shown::default()).await, News::Nothing);
            }
        }
    });
}

#[test]
fn a_relation_that_ended_ends_what_a_board_is_told() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let (app, dana, owen) = (&world.app, world.actor("dana").await, world.actor("owen").await);
        let before = quiet(app).await;
        world.record("owen", "search.made", &PARK).await.unwrap();
        let until = heard(app, &owen, before).await;
        let (window, mut shown) = (Window::between(before, until), Shown::default());
        assert_eq!(told(board_news(app, &dana, window, &mut shown).await).0.len(), 1);
        let relations = app.store().relations_of_child(RILEY).await.unwrap();
        let home = relations.iter().find(|one| one.agency_id.as_deref() == Some("larkfield")).unwrap();
        let now = app.now().0 * 1_000_000;
        assert!(app.store().unrelate(&home.id, now, 0, "owen", now).await.unwrap());
        assert_eq!(told(board_news(app, &dana, window, &mut shown).await), (Vec::new(), vec![RILEY.to_owned()]));
        assert_eq!(board_news(app, &dana, window, &mut shown).await, News::Nothing);
    });
}

#[test]
fn a_change_that_comes_while_a_line_is_made_is_told_next() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let (app, grace, owen) = (&world.app, world.actor("grace").await, world.actor("owen").await);
        let first = quiet(app).await;
        world.record("dana", "search.made", &PARK).await.unwrap();
        let second = heard(app, &grace, first).await;
        let read =
            told(board_news(app, &grace, Window::between(first, second), &mut Shown::default()).await).0.remove(0);
        // It is written, here or by another server, after what is shared was read.
        let other = world.second_server().await;
        let there = sign_in::sign_in(&other, "grace", PASSWORD, "127.0.0.1").await.unwrap().actor;
        let graded = world.form("risk.graded", &[("level", "high")]);
        let version = world.version(RILEY).await;
        entry::record(&other, &there, RILEY, version, &graded, &other.new_key()).await.unwrap();
        let late =
            told(board_news(app, &owen, Window::between(first, second), &mut Shown::default()).await).0.remove(0);
        assert_eq!(late.risk, read.risk, "of this window, as it was");
        let third = heard(app, &grace, second).await;
        for (who, since) in [(&owen, second), (&grace, second), (&grace, first)] {
            let line =
                told(board_news(app, who, Window::between(since, third), &mut Shown::default()).await).0.remove(0);
            assert_eq!(line.risk.text, "High risk", "{}", who.name);
        }
    });
}

#[test]
fn every_board_ends_up_with_the_line_as_it_is() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        let (app, dana) = (&world.app, world.actor("dana").await);
        let mut since = [quiet(app).await; 3];
        let mut last: [Option<BoardLine>; 3] = [None, None, None];
        let writes = async {
            for n in 0..6 {
                let place = format!("Place {n}");
                world.record("owen", "search.made", &[("where", &place), ("result", "nothing")]).await.unwrap();
                let level = if n % 2 == 0 { "medium" } else { "high" };
                world.record("grace", "risk.graded", &[("level", level)]).await.unwrap();
            }
        };
        let mut listen = async |rounds: usize| {
            for _ in 0..rounds {
                for (since, last) in since.iter_mut().zip(&mut last) {
                    let until = live::look(app).await;
                    match board_news(app, &dana, Window::between(*since, until), &mut Shown::default()).await {
                        News::Lines(mut lines, _) => *last = lines.pop(),
                        other => assert_eq!(other, News::Nothing),
                    }
                    *since = until;
                    tokio::task::yield_now().await;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::join!(writes, listen(30));
        quiet(app).await;
        listen(2).await;
        let own = queries::board_line(app, &dana, RILEY).await.unwrap();
        assert!(own.as_ref().is_some_and(|line| line.risk.text == "High risk"));
        assert!(last.iter().all(|line| *line == own), "{last:?}");
    });
}

#[test]
fn whoever_sees_every_child_is_told_the_line_of_their_board() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        let known = app.store().person("nora").await.unwrap().unwrap();
        let (id, name) = ("vera".to_owned(), "Vera Vale".to_owned());
        let vera = store::Person { username: id.clone(), id, name, relation_to_all: true, ..known };
        let vera = store::Person { role: "missing_coordinator".into(), ..vera };
        app.store().add_person(&vera).await.unwrap();
        world.gone().await;
        let vera = world.actor("vera").await;
        assert!(vera.sees_all);
        let before = quiet(app).await;
        world.record("dana", "search.made", &PARK).await.unwrap();
        let until = heard(app, &vera, before).await;
        let board = queries::board(app, &vera, 1).await.unwrap();
        let asked = app.store().asked();
        let news = board_news(app, &vera, Window::between(before, until), &mut Shown::default()).await;
        assert_eq!(told(news), (board.lines, Vec::new()));
        assert_eq!(app.store().asked() - asked, 1, "how they stand to the child");
    });
}
