//! Nothing is left behind: in a browser, an address, a title, a message between pages, after a session.

use crate::house::House;
use axum::http::{StatusCode, header};

#[tokio::test]
async fn no_page_with_a_person_on_it_is_kept() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    for path in ["/", "/board", "/alerts", "/search", "/report", &episode, &child, &format!("{child}/relations")] {
        let page = browser.open(path).await;
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store", "{path}");
    }
}

#[tokio::test]
async fn no_name_in_an_address_a_title_or_a_message() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let names: Vec<&str> =
        house.county.children.iter().flat_map(|c| c.name.split_whitespace()).filter(|n| n.len() > 4).collect();
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    let record = format!("{child}/record/search.made");
    for path in ["/board", "/search", "/report", &episode, &child, &record, &format!("{child}/relations")] {
        let page = browser.open(path).await;
        let title =
            page.html.split("<title>").nth(1).and_then(|t| t.split("</title>").next()).expect("a title").to_string();
        for name in &names {
            assert!(!title.contains(name), "{path}: {title}");
            for link in page.links("/") {
                assert!(!link.contains(name), "{path} leads to {link}");
            }
        }
    }
    // Names are searched for in the form alone.
    assert!(browser.open("/search").await.html.contains("method=\"post\" action=\"/search\""));
    assert!(!browser.open("/search?name=Riley").await.html.contains("Riley"));
    // A message between pages names nobody.
    let page = browser.open(&record).await;
    let answers = [("f-where", "The garden"), ("f-result", "nothing"), ("by", "police_missing_unit")];
    let saved = browser.submit(&record, &page, &answers).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let cookies: String = saved.headers.get_all(header::SET_COOKIE).iter().filter_map(|c| c.to_str().ok()).collect();
    assert!(names.iter().all(|name| !cookies.contains(name)), "{cookies}");
}

#[tokio::test]
async fn a_session_that_ended_shows_nothing() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let child = browser.open("/board").await.links("/children/").remove(0);
    let before: Vec<(String, String)> = browser.cookies.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
    browser.open(&child).await;
    assert_eq!(browser.post("/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    // Whoever kept the cookie has a key to nothing.
    browser.cookies = before.into_iter().collect();
    // A stream is told to ask no more.
    let stream = browser.get("/board/events").await;
    assert_eq!((stream.status, stream.html.as_str()), (StatusCode::NO_CONTENT, ""));
    for path in [child.as_str(), "/board"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location.starts_with("/sign-in"), "{path}: {}", page.location);
    }
}
