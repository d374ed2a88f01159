//! Alerts are listed, and acknowledged once.

use crate::house::House;
use axum::http::StatusCode;

#[tokio::test]
async fn an_alert_is_acknowledged_and_stays_to_be_seen() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    assert!(browser.open("/alerts").await.says("No alert waits to be seen"));
    house.clock.pass(24 * 60);
    actions::worker::tick(&house.app).await.expect("the worker's round");
    // The session of the day before has ended.
    let mut browser = house.browser("social_worker").await;
    let page = browser.open("/alerts").await;
    let form = page.html.split("action=\"").find(|rest| {
        rest.starts_with("/alerts/") && rest.split('"').next().is_some_and(|to| to.ends_with("/acknowledge"))
    });
    let form = form.expect("an alert");
    let address = form.split('"').next().expect("an address").to_string();
    let count = page.html.matches("/acknowledge\"").count();
    let answer = browser.post(&address, &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/alerts"), "{}", answer.text());
    let after = browser.open("/alerts").await;
    assert_eq!(after.html.matches("/acknowledge\"").count(), count - 1);
    assert!(after.says("Seen by"));
    let unknown = browser.post("/alerts/none/acknowledge", &[]).await;
    assert!(matches!(unknown.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND));
}
