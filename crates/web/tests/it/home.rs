//! What must I do now?

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn a_home_page_leads_to_what_is_asked() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let home = browser.open("/").await;
    assert!(home.says("What must I do now?"));
    assert!(home.html.len() < 60_000, "{} bytes", home.html.len());
    for link in home.links("/children/") {
        browser.open(&link).await;
    }
}

#[tokio::test]
async fn what_presses_most_stands_on_top_and_only_there() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let home = browser.open("/").await;
    let view = actions::queries::home(&house.app, &house.actor(&browser).await).await.expect("a home page");
    let next = view.next.expect("something has a limit");
    let record = format!("/children/{}/record/{}?duty={}", next.child, next.doing.expect("a page").event, next.key);
    assert_eq!(home.links(&record).len(), 1);
    assert!(home.html.find("wh-next").expect("the panel") < home.html.find("wh-duty ").expect("a line"));
}

#[tokio::test]
async fn whoever_runs_the_system_sees_no_child() {
    let house = House::new().await;
    let mut browser = house.browser("system_administrator").await;
    let home = browser.open("/").await;
    assert!(home.says("do not see children or their records"));
    assert!(home.links("/children/").is_empty() && home.links("/board").is_empty());
    for child in &house.county.children {
        assert!(!home.says(&child.name));
        assert_eq!(browser.get(&format!("/children/{}", child.id)).await.status, StatusCode::FORBIDDEN);
    }
    for closed in ["/board", "/search", "/alerts", "/report"] {
        assert_eq!(browser.get(closed).await.status, StatusCode::FORBIDDEN, "{closed}");
    }
    assert!(browser.open("/help").await.says("do not see children"));
}

#[tokio::test]
async fn nobody_sees_a_page_who_is_not_signed_in() {
    let house = House::new().await;
    let child = &house.county.children[0].id;
    let mut visitor = house.visitor();
    assert_eq!(visitor.get("/board/events").await.status, StatusCode::NO_CONTENT, "it is told to ask no more");
    let pages = ["/", "/board", "/alerts", "/search", "/report", "/report/x/check", "/help"].map(String::from);
    let of_child = ["", "/episodes/e1", "/why/x", "/record/return.recorded", "/correct/e1", "/withdraw/e1"];
    for path in pages.into_iter().chain(of_child.map(|end| format!("/children/{child}{end}"))) {
        let page = visitor.get(&path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location.starts_with("/sign-in"), "{path}");
    }
}
