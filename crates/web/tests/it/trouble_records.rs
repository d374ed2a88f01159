//! Several people and a bad line: on both databases nothing is lost, nothing is recorded twice, and everybody sees what is newer.

use crate::house::{Browser, House, Page, on_both};
use axum::http::StatusCode;

const MINE: &str = "He rang from the bus station <platform 4> & was cold";
const THEIRS: &str = "Seen in the library by his teacher";

/// Two people who see the same child who is missing, and the addresses of the child and of the episode.
async fn two_people(house: &House) -> (Browser, Browser, String, String) {
    let mut one = house.browser("police_missing_unit").await;
    let two = house.browser("missing_coordinator").await;
    let episode = one.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    (one, two, child, episode)
}

fn id_of(child: &str) -> &str {
    child.rsplit('/').next().expect("an id")
}

async fn entries(house: &House, child: &str, event: &str) -> usize {
    let record = house.app.store().record(id_of(child)).await.expect("a record");
    let event = format!("\"event\":\"{event}\"");
    record.rows.iter().filter(|row| row.payload.as_ref().is_some_and(|payload| payload.contains(&event))).count()
}

fn same(a: &Page, b: &Page) -> bool {
    (a.status, &a.location) == (b.status, &b.location)
}

#[test]
fn two_people_record_the_same_return() {
    on_both(|house| async move {
        let (mut one, mut two, child, episode) = two_people(&house).await;
        let before = entries(&house, &child, "return.recorded").await;
        let address = format!("{child}/record/return.recorded");
        let (mine, theirs) = (one.open(&address).await, two.open(&address).await);
        let how = ("f-how", "own_accord");
        let first = two.submit(&address, &theirs, &[how, ("f-where", "The library")]).await;
        assert_eq!((first.status, first.location.as_str()), (StatusCode::SEE_OTHER, episode.as_str()));
        // The second is shown that the child is back already, and keeps what was typed.
        let stale = one.submit(&address, &mine, &[how, ("f-where", "The bus station")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
        assert!(stale.says("The child came back"), "{}", stale.text());
        assert!(stale.html.contains("The bus station"));
        // Insisting does not make a second return of it: the record says why, and what to do instead.
        let refused = one.submit(&address, &stale, &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
        assert!(refused.says("already recorded as back"), "{}", refused.text());
        assert!(refused.html.contains("The bus station"));
        assert_eq!(entries(&house, &child, "return.recorded").await, before + 1);
        assert!(one.open(&episode).await.says("The library"));
    });
}

#[test]
fn what_was_typed_when_a_post_ended_goes_back_to_whoever_typed_it_with_plain_words() {
    on_both(|house| async move {
        let (mut one, mut two, child, _) = two_people(&house).await;
        let address = format!("{child}/record/search.made");
        let page = one.open(&address).await;
        let answers = [("f-where", MINE), ("f-result", "nothing")];
        let store = house.app.store();
        let person = house.county.people.iter().find(|p| p.role == "police_missing_unit").unwrap().id.clone();
        let now = house.app.now().0 * 1_000_000;
        for held in store.posts_of(&person).await.unwrap() {
            let ended = store::Post { until_us: Some(now), ..held.post };
            assert!(store.post_change(&ended, "system_administrator", now).await.is_ok());
        }
        house.clock.pass(1);
        let before = entries(&house, &child, "search.made").await;
        let refused = one.submit(&address, &page, &answers).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
        for says in [
            "Your post as",
            "ended with it",
            "What you typed is not lost",
            "kept for you alone",
            "He rang from the bus station",
        ] {
            assert!(refused.says(says), "{says}: {}", refused.text());
        }
        assert_eq!(entries(&house, &child, "search.made").await, before, "nothing was saved");
        // It is given back to that person, and to nobody else.
        let back = one.open("/resume").await;
        assert!(back.says("He rang from the bus station"), "{}", back.text());
        let again = one.submit(&address, &back, &[]).await;
        assert_eq!(again.status, StatusCode::FORBIDDEN);
        assert_eq!(store.kept_of(&person).await.unwrap().len(), 1, "it is kept once");
        let other = two.get("/resume").await;
        assert!(!other.says("He rang from the bus station"), "{}", other.text());
        // Once the post is held again, it is saved from there.
        for held in store.posts_of(&person).await.unwrap() {
            let open = store::Post { until_us: None, ..held.post };
            assert!(store.post_change(&open, "system_administrator", now).await.is_ok());
        }
        let back = one.open("/resume").await;
        // Who did it was not to be chosen while there was no post.
        let saved = one.submit(&address, &back, &[("by", "police_missing_unit")]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(entries(&house, &child, "search.made").await, before + 1);
        assert!(store.kept_of(&person).await.unwrap().is_empty(), "what was saved is kept no longer");
    });
}

#[test]
fn two_servers_take_the_same_return_in_the_same_moment() {
    on_both(|house| async move {
        let (mut one, two, child, _) = two_people(&house).await;
        let mut two = two.at(&house.second_server().await);
        let before = entries(&house, &child, "return.recorded").await;
        let address = format!("{child}/record/return.recorded");
        let (mine, theirs) = (one.open(&address).await, two.open(&address).await);
        let how = [("f-how", "own_accord")];
        let (a, b) = tokio::join!(one.submit(&address, &mine, &how), two.submit(&address, &theirs, &how));
        let mut found = [a.status, b.status];
        found.sort_unstable();
        assert_eq!(found, [StatusCode::SEE_OTHER, StatusCode::CONFLICT], "{} {}", a.text(), b.text());
        assert_eq!(entries(&house, &child, "return.recorded").await, before + 1);
        assert!(house.app.store().verify(id_of(&child)).await.expect("a chain").is_whole());
    });
}

#[test]
fn a_stale_page_shows_both_and_loses_neither() {
    on_both(|house| async move {
        let (mut one, mut two, child, episode) = two_people(&house).await;
        let address = format!("{child}/record/information.received");
        let (mine, theirs) = (one.open(&address).await, two.open(&address).await);
        two.submit(&address, &theirs, &[("f-text", THEIRS)]).await;
        house.clock.pass(3);
        let stale = one.submit(&address, &mine, &[("f-text", MINE)]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(stale.says(THEIRS), "what is newer is shown: {}", stale.text());
        let typed = stale.form().into_iter().find(|(name, _)| name == "f-text").expect("the field").1;
        assert_eq!(
            typed, "He rang from the bus station &#60;platform 4&#62; &#38; was cold",
            "what was typed is shown"
        );
        assert!(!one.open(&episode).await.says("bus station"), "nothing is saved behind one's back");
        let saved = one.submit(&address, &stale, &[("f-text", MINE)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let shown = one.open(&episode).await;
        assert!(shown.html.contains("platform 4&#62;") && shown.says(THEIRS));
    });
}

#[test]
fn a_form_whose_reply_was_lost_is_sent_again_and_stands_once() {
    on_both(|house| async move {
        let (mut one, mut two, child, episode) = two_people(&house).await;
        let address = format!("{child}/record/information.received");
        let (page, other) = (one.open(&address).await, two.open(&address).await);
        let before = entries(&house, &child, "information.received").await;
        let first = one.submit(&address, &page, &[("f-text", MINE)]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        // Its reply never came. Time passes, somebody else writes, and the same form is sent again: to another server as well.
        house.clock.pass(10);
        two.submit(&address, &other, &[("f-text", THEIRS)]).await;
        let stale = two.submit(&address, &other, &[("f-text", THEIRS), ("key", "another")]).await;
        two.submit(&address, &stale, &[("f-text", THEIRS)]).await;
        let now = entries(&house, &child, "information.received").await;
        let again = one.submit(&address, &page, &[("f-text", MINE)]).await;
        assert!(same(&first, &again), "{}", again.text());
        let mut elsewhere = one.at(&house.second_server().await);
        let there = elsewhere.submit(&address, &page, &[("f-text", MINE)]).await;
        assert!(same(&first, &there), "{}", there.text());
        assert_eq!(entries(&house, &child, "information.received").await, now);
        assert!(now > before + 1);
        assert_eq!(one.open(&episode).await.html.matches("platform 4").count(), 1);
    });
}

#[test]
fn a_form_sent_twice_in_the_same_moment_stands_once() {
    on_both(|house| async move {
        let (mut one, _, child, _) = two_people(&house).await;
        let address = format!("{child}/record/information.received");
        let page = one.open(&address).await;
        let before = entries(&house, &child, "information.received").await;
        let mut twin = one.at(&house.second_server().await);
        let typed = [("f-text", MINE)];
        let (a, b) = tokio::join!(one.submit(&address, &page, &typed), twin.submit(&address, &page, &typed));
        assert!(same(&a, &b), "{} {} | {} {}", a.status, a.text(), b.status, b.text());
        assert_eq!(a.status, StatusCode::SEE_OTHER);
        assert_eq!(entries(&house, &child, "information.received").await, before + 1);
    });
}

#[test]
fn what_cannot_be_saved_now_is_kept_on_the_page_to_be_sent_again() {
    on_both(|house| async move {
        let (mut one, _, child, _) = two_people(&house).await;
        let address = format!("{child}/record/information.received");
        let page = one.open(&address).await;
        let mut other = one.at(&house.second_server().await);
        house.app.store().close().await;
        let lost = one.submit(&address, &page, &[("f-text", MINE)]).await;
        assert_eq!(lost.status, StatusCode::SERVICE_UNAVAILABLE, "{}", lost.text());
        // The server that still reaches the database takes the very same form.
        let saved = other.submit(&address, &page, &[("f-text", MINE)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let record = house.second_app().await.store().record(id_of(&child)).await.expect("a record");
        let found = record.rows.iter().filter(|r| r.payload.as_ref().is_some_and(|p| p.contains("platform 4")));
        assert_eq!(found.count(), 1);
    });
}
