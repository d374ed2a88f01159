//! The styleguide is for those who develop, and shows everything.

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn it_is_there_for_those_who_develop_only() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    assert_eq!(browser.get("/styleguide").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/styleguide/trouble/panic").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_component_is_on_it() {
    let house = House::with(web::Options { dev: true, ..web::Options::default() }).await;
    let page = house.visitor().open("/styleguide").await;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates/components");
    let parts = ["boxes.html", "case.html", "form.html", "live.html"];
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if parts.contains(&file.as_str()) {
            continue;
        }
        let name = file.trim_end_matches(".html").replace('_', "-");
        let class = match name.as_str() {
            "banner" => "wh-banner".into(),
            "moment-input" => "wh-moment".into(),
            _ => format!("govuk-{name}"),
        };
        assert!(page.html.contains(&class), "{file} is not on the styleguide");
    }
}

#[tokio::test]
async fn no_id_stands_twice_on_it() {
    let house = House::with(web::Options { dev: true, ..web::Options::default() }).await;
    let page = house.visitor().open("/styleguide").await;
    let mut ids: Vec<&str> = page.html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}
