//! The page of an episode.

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn an_episode_says_what_is_so_and_what_is_asked() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let link = police.open("/board").await.links("/children/").remove(0);
    let page = police.open(&link).await;
    for words in
        ["Due from you now", "Timeline", "Record an entry", "Status", "Police risk", "Which protocols this goes by"]
    {
        assert!(page.says(words), "{words}");
    }
    assert!(page.html.contains("id=\"strip\"") && page.html.contains("wh-strip__headline"));
    for why in page.links("/children/").iter().filter(|href| href.contains("/why/")).take(5) {
        let page = police.open(why).await;
        assert!(page.says("Because") && page.html.contains("data-provision"), "{why}: {}", page.text());
    }
}

#[tokio::test]
async fn an_episode_that_is_not_there_is_not_found_and_one_of_others_is_not_shown() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let link = police.open("/board").await.links("/children/").remove(0);
    let child = link.split("/episodes/").next().expect("a child");
    for (path, status) in [
        (format!("{child}/episodes/none"), StatusCode::NOT_FOUND),
        (format!("{child}/why/none"), StatusCode::NOT_FOUND),
        (format!("{child}/record/no.such_event"), StatusCode::NOT_FOUND),
        (format!("{child}/correct/none"), StatusCode::NOT_FOUND),
        (format!("{child}/withdraw/none"), StatusCode::NOT_FOUND),
        ("/children/nobody/episodes/e1".into(), StatusCode::FORBIDDEN),
        ("/children/nobody/why/x".into(), StatusCode::FORBIDDEN),
        ("/children/nobody/record/return.recorded".into(), StatusCode::FORBIDDEN),
        ("/children/nobody".into(), StatusCode::FORBIDDEN),
    ] {
        assert_eq!(police.get(&path).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn the_timeline_shows_the_latest_and_leads_to_the_rest() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let mut long = 0;
    for link in police.open("/board").await.links("/children/") {
        let page = police.open(&link).await;
        let shown = page.html.matches("<li class=\"wh-timeline__item").count();
        let Some(all) = page.links(&format!("{link}/timeline")).into_iter().next() else { continue };
        long += 1;
        assert_eq!(shown, 12, "{link}");
        let rest = police.open(&all).await;
        assert!(rest.html.matches("<li class=\"wh-timeline__item").count() > 12, "{all}");
    }
    assert!(long > 0, "an episode of three days has more than is shown at once");
}
