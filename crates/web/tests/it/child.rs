//! The child's page, and how it is found.

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn a_child_is_found_by_name_and_shown() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    assert!(browser.open("/search").await.says("Find a child"));
    let child = &house.county.children[0];
    let query: String = form_urlencoded::byte_serialize(child.name.as_bytes()).collect();
    let found = browser.open(&format!("/search?name={query}")).await;
    let address = format!("/children/{}", child.id);
    assert!(found.links(&address).contains(&address), "{}", found.text());
    let page = browser.open(&address).await;
    for words in ["Summary", "People around", "Placements", "Episodes", "The last twelve months", "Hour of the day"] {
        assert!(page.says(words), "{words}");
    }
    assert!(page.html.contains("role=\"img\"") && !page.html.contains(" style="));
    assert!(browser.open("/search?name=zzzz").await.says("No child found"));
}

#[tokio::test]
async fn nothing_that_is_typed_in_a_search_becomes_part_of_the_page() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let page = browser.open("/search?name=%3Cscript%3E%22%27%25").await;
    assert!(!page.html.contains("<script>\""));
}

#[tokio::test]
async fn no_page_has_a_style_or_a_script_of_its_own() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    for path in ["/", "/board", "/alerts", "/search?name=a", "/report?name=a", "/help", &episode, &child] {
        let page = browser.open(path).await;
        for forbidden in [" style=", "<style", "onclick=", "javascript:", "http://", "https://"] {
            let html = page.html.replace("http://www.w3.org/", "");
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
        assert_eq!(page.html.matches("<script").count(), 1, "{path}");
        assert_eq!(page.html.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_child_of_others_is_not_found_by_name() {
    let house = House::new().await;
    let mut home = house.browser("home_staff").await;
    let mut hidden = 0;
    for child in &house.county.children {
        if home.get(&format!("/children/{}", child.id)).await.status == StatusCode::FORBIDDEN {
            let query: String = form_urlencoded::byte_serialize(child.name.as_bytes()).collect();
            assert!(!home.open(&format!("/search?name={query}")).await.html.contains(&child.id));
            hidden += 1;
        }
    }
    assert!(hidden > 0);
}
