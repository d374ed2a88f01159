//! The headings of the Philomena forms are covered whole: each by fields that a page asks (`philomena.txt`).

use crate::house::{Browser, House};
use axum::http::StatusCode;
use std::collections::BTreeMap;

const HEADINGS: &str = include_str!("philomena.txt");

/// A heading, and the page and the field of each that covers it.
fn headings() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let lines = HEADINGS.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &'static str| {
        let (heading, fields) = line.split_once(": ").unwrap_or((line, ""));
        let fields = fields.split_whitespace().map(|one| one.split_once('#').unwrap_or((one, "")));
        (heading, fields.collect())
    };
    lines.map(read).collect()
}

/// A child whose placements this person may change, and who is not gone.
async fn child(house: &House, browser: &mut Browser) -> String {
    for child in &house.county.children {
        let base = format!("/children/{}", child.id);
        let open = browser.get(&format!("{base}/placements/move")).await.status == StatusCode::OK;
        if open && browser.get(&base).await.says("Report") {
            let page = browser.open(&base).await;
            if page.form().iter().any(|(name, value)| name == "child" && *value == child.id) {
                return base;
            }
        }
    }
    panic!("the social worker has no child at home");
}

#[tokio::test]
async fn every_heading_is_asked_by_a_page() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let base = child(&house, &mut browser).await;
    let id = base.trim_start_matches("/children/").to_string();
    let report = browser.post("/report", &[("child", &id)]).await;
    assert_eq!(report.status, StatusCode::SEE_OTHER, "{}", report.text());
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    let mut bare = Vec::new();
    for (heading, fields) in headings() {
        if fields.is_empty() {
            bare.push(heading.to_string());
        }
        for (page, field) in fields {
            if !pages.contains_key(page) {
                let address = match page.strip_prefix("report/") {
                    Some(step) => format!("{}/{step}", report.location),
                    None => format!("{base}/{page}"),
                };
                let shown = browser.get(&address).await;
                assert_eq!(shown.status, StatusCode::OK, "{heading}: {address}");
                pages.insert(page, shown.html);
            }
            // A date is asked in three parts.
            let asks = ["\"", "-"].iter().any(|end| pages[page].contains(&format!("name=\"{field}{end}")));
            if field.is_empty() || !asks {
                bare.push(format!("{heading}: {page}#{field}"));
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new(), "headings that no page asks");
    assert!(headings().len() > 50 && pages.len() > 20);
}
