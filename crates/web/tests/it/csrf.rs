//! No other site posts in a person's name.

use crate::house::{Browser, House, Page};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

async fn post(browser: &mut Browser, path: &str, body: &str, site: &str) -> Page {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if !site.is_empty() {
        request = request.header("sec-fetch-site", site);
    }
    browser.send(request, Body::from(body.to_string())).await
}

#[tokio::test]
async fn whatever_is_posted_without_a_token_is_refused_wherever_it_goes() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    for path in [
        "/sign-in",
        "/sign-out",
        "/report",
        "/report/draft/who",
        "/alerts/1/acknowledge",
        "/alerts/panel",
        "/children/1/record/return.recorded",
        "/children/1/correct/2",
        "/children/1/withdraw/2",
        "/nowhere",
    ] {
        for body in ["", "csrf=", "csrf=zz", &format!("csrf={}", "0".repeat(128))] {
            let page = post(&mut browser, path, body, "").await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{path} {body}");
            assert!(page.says("Nothing was saved"), "{}", page.text());
        }
    }
    assert_eq!(browser.get("/board").await.status, StatusCode::OK, "nobody was signed out by it");
}

#[tokio::test]
async fn a_token_is_good_for_its_own_session_only() {
    let house = House::new().await;
    let mut ours = house.browser("social_worker").await;
    let mut other = house.browser("police_missing_unit").await;
    other.open("/board").await;
    let stolen = format!("csrf={}", other.csrf);
    assert_eq!(post(&mut ours, "/sign-out", &stolen, "").await.status, StatusCode::FORBIDDEN);
    let mut visitor = house.visitor();
    visitor.get("/sign-in").await;
    let early = format!("csrf={}", visitor.csrf);
    assert_eq!(post(&mut ours, "/sign-out", &early, "").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn each_page_has_another_token_and_all_of_them_hold() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let first = browser.csrf.clone();
    browser.open("/board").await;
    assert_ne!(first, browser.csrf, "a token that stays could be guessed from the length of compressed pages");
    let page = post(&mut browser, "/sign-out", &format!("csrf={first}"), "same-origin").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_browser_that_says_it_comes_from_elsewhere_is_refused_with_a_good_token_too() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let body = format!("csrf={}", browser.csrf);
    for site in ["cross-site", "same-site"] {
        assert_eq!(post(&mut browser, "/sign-out", &body, site).await.status, StatusCode::FORBIDDEN, "{site}");
    }
}

#[tokio::test]
async fn a_form_from_another_origin_is_refused_with_a_good_token_too() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let mut send = async |origin: &str| {
        let path = "/account/notices/seen";
        browser.open("/board").await;
        let body = format!("csrf={}&notice=1", browser.csrf);
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "whereabouts.example")
            .header(header::ORIGIN, origin);
        browser.send(request, Body::from(body)).await.status
    };
    for foreign in [
        "https://evil.example",
        "https://whereabouts.example.evil.example",
        "https://whereabouts.example:8443",
        "https://evil.example/whereabouts.example",
        "whereabouts.example",
        "",
    ] {
        assert_eq!(send(foreign).await, StatusCode::FORBIDDEN, "{foreign}");
    }
    for ours in ["https://whereabouts.example", "https://WHEREABOUTS.example", "null"] {
        assert_eq!(send(ours).await, StatusCode::SEE_OTHER, "{ours}");
    }
}

#[tokio::test]
async fn the_sign_in_page_of_a_session_that_is_cleared_away_is_sent_once() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    house.clock.pass(13 * 60);
    let page = browser.get("/sign-in").await;
    // A day later what was left of the session is cleared away, between the page and its form.
    house.clock.pass(25 * 60);
    house.app.store().sweep(house.app.now().0 * 1_000_000).await.unwrap();
    let username = house.county.people.iter().find(|p| p.role == "social_worker").unwrap().username.clone();
    let said = [("username", username.as_str()), ("password", crate::house::PASSWORD)];
    let entered = browser.submit("/sign-in", &page, &said).await;
    assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/"), "{}", entered.text());
    assert_eq!(browser.get("/board").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_of_an_earlier_session_of_the_same_person_is_kept_and_can_be_sent_again() {
    let house = House::with(web::Options { dev: true, ..web::Options::default() }).await;
    let mut earlier = house.browser("social_worker").await;
    earlier.open("/board").await;
    let mut browser = house.browser("social_worker").await;
    let body = format!("csrf={}&note=He+was+at+his+friend%27s+%3Call+night%3E&key=k1", earlier.csrf);
    let page = post(&mut browser, "/styleguide/trouble/nothing?a=1&b=2", &body, "same-origin").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.says("You signed in again since this page was opened"), "{}", page.text());
    assert!(page.html.contains("action=\"/styleguide/trouble/nothing?a=1&#38;b=2\""), "{}", page.html);
    let kept = page.form();
    assert!(kept.contains(&("key".into(), "k1".into())), "{kept:?}");
    assert!(page.html.contains("value=\"He was at his friend&#39;s &#60;all night&#62;\""), "{}", page.html);
    let again = browser.post("/styleguide/trouble/nothing", &[("key", "k1")]).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "the new token was accepted");
    // Somebody else's form is shown to nobody.
    let mut other = house.browser("police_missing_unit").await;
    let page = post(&mut other, "/styleguide/trouble/nothing", &body, "same-origin").await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.html.contains("friend"), "{}", page.html);
}
