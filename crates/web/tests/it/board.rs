//! Who is missing now?

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn the_board_shows_the_children_of_ones_agency_and_no_others() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let board = police.open("/board").await;
    assert!(board.says("Who is missing now") && board.says("As at 03:12"));
    let all = board.links("/children/");
    assert!(!all.is_empty());
    for link in &all {
        police.open(link).await;
    }
    let mut home = house.browser("home_staff").await;
    let seen = home.open("/board").await.links("/children/");
    assert!(seen.len() < all.len());
    for link in all.iter().filter(|link| !seen.contains(link)) {
        assert_eq!(home.get(link).await.status, StatusCode::FORBIDDEN, "{link}");
    }
}

#[tokio::test]
async fn the_board_works_without_scripts_and_says_so() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let board = police.open("/board").await;
    assert!(board.html.contains("data-live=\"/board/events?of=board\""));
    assert_eq!(board.links("/board").len(), 2, "the navigation, and a link to draw it anew");
    assert_eq!(police.kind("/board/events").await, "text/event-stream");
    house.clock.pass(60);
    assert!(police.open("/board").await.says("As at 04:12"));
}

#[tokio::test]
async fn a_report_to_the_police_stands_before_limits_to_come() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let board = actions::queries::board(&house.app, &house.actor(&browser).await, 1).await.expect("a board");
    let just = board.lines.iter().find(|l| !l.reported && l.status.word == "missing").expect("a child just noticed");
    assert!(just.next_limit.at.is_none() && just.next_label.contains("police"), "{}", just.next_label);
    assert!(browser.open("/board").await.says(&format!("no time set {}", just.next_label)));
}
