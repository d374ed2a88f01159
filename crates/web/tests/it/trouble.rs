//! Pages for what goes wrong: in the frame, in plain words, with a way on.

use crate::house::House;
use axum::http::StatusCode;

async fn house() -> House {
    House::with(web::Options { dev: true, ..web::Options::default() }).await
}

#[tokio::test]
async fn each_trouble_has_its_page() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    for (kind, status, says) in [
        ("nothing", StatusCode::NOT_FOUND, "Page not found"),
        ("not-this-way", StatusCode::METHOD_NOT_ALLOWED, "This page cannot be opened like that"),
        ("not-allowed", StatusCode::FORBIDDEN, "You cannot see this"),
        ("stale", StatusCode::CONFLICT, "Something newer was recorded"),
        ("old-form", StatusCode::FORBIDDEN, "You signed in again since this page was opened"),
        ("forged", StatusCode::FORBIDDEN, "This could not be accepted"),
        ("too-large", StatusCode::PAYLOAD_TOO_LARGE, "That is too large to send"),
        ("too-slow", StatusCode::REQUEST_TIMEOUT, "The connection is too slow"),
        ("not-understood", StatusCode::BAD_REQUEST, "This could not be understood"),
        ("wrong", StatusCode::UNPROCESSABLE_ENTITY, "Say who was told."),
        ("unavailable", StatusCode::SERVICE_UNAVAILABLE, "We could not reach the record"),
        ("broken", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
        ("panic", StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side"),
    ] {
        let page = browser.get(&format!("/styleguide/trouble/{kind}")).await;
        assert_eq!(page.status, status, "{kind}");
        assert!(page.says(says), "{kind}: {}", page.text());
        assert!(page.html.contains("Missing now"), "{kind} stands in the frame");
        assert_eq!(page.html.matches("<h1").count(), 1, "{kind}");
    }
}

#[tokio::test]
async fn a_fault_of_ours_is_found_in_the_log_by_its_reference() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    let page = browser.get("/styleguide/trouble/panic").await;
    assert!(page.says(page.headers["x-request-id"].to_str().unwrap()), "{}", page.text());
}

#[tokio::test]
async fn a_stale_page_shows_both_and_sends_on_what_was_typed() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/styleguide").await;
    let page = browser
        .post(
            "/styleguide/trouble/stale",
            &[("key", "k1"), ("version", "3"), ("note", "He came back by himself, wet through.")],
        )
        .await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.says("The police graded the risk") && page.says("He came back by himself, wet through."),
        "{}",
        page.text()
    );
    let form = page.form();
    for pair in [("key", "k1"), ("version", "7"), ("note", "He came back by himself, wet through.")] {
        assert!(form.contains(&(pair.0.into(), pair.1.into())), "{form:?}");
    }
    assert!(!form.contains(&("version".into(), "3".into())));
}

#[tokio::test]
async fn what_may_not_have_been_saved_can_be_sent_again_with_its_key() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/styleguide").await;
    let page = browser.post("/styleguide/trouble/unavailable", &[("key", "k1"), ("note", "x")]).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let form = page.form();
    assert!(form.contains(&("key".into(), "k1".into())) && form.contains(&("note".into(), "x".into())), "{form:?}");
    assert!(page.says("Try again"), "{}", page.text());
}

#[tokio::test]
async fn nobody_signed_in_reads_the_same_without_a_way_into_the_record() {
    let house = house().await;
    let page = house.visitor().get("/nowhere").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.says("Page not found") && !page.html.contains("Missing now"));
}
