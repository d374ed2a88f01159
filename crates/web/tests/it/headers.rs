//! What goes with every answer, and what no page may hold.

use crate::house::{Browser, House};
use axum::http::{Request, StatusCode, header};

/// Pages of every kind: before and after signing in, and of trouble.
async fn pages(browser: &mut Browser) -> Vec<(&'static str, crate::house::Page)> {
    let mut all = Vec::new();
    for path in [
        "/",
        "/board",
        "/alerts",
        "/search",
        "/report",
        "/help",
        "/nowhere",
        "/styleguide",
        "/styleguide/trouble/stale",
    ] {
        all.push((path, browser.get(path).await));
    }
    all
}

async fn house() -> House {
    House::with(web::Options { dev: true, ..web::Options::default() }).await
}

#[tokio::test]
async fn every_answer_says_what_a_browser_may_do_with_it() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    let mut all = pages(&mut browser).await;
    all.push(("/health", browser.get("/health").await));
    all.push(("/sign-in", house.visitor().get("/sign-in").await));
    for (path, page) in all {
        let header = |name: &str| page.headers.get(name).map_or("", |value| value.to_str().unwrap());
        let policy = header("content-security-policy");
        for rule in
            ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
        {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        assert_eq!(header("cache-control"), "no-store", "{path}");
        assert_eq!(header("x-request-id").len(), 12, "{path}");
        assert_eq!(header("strict-transport-security"), "", "{path}: only over TLS");
    }
}

#[tokio::test]
async fn each_answer_has_a_reference_of_its_own() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let (one, two) = (visitor.get("/sign-in").await, visitor.get("/sign-in").await);
    assert_ne!(one.headers["x-request-id"], two.headers["x-request-id"]);
}

#[tokio::test]
async fn pages_hold_no_script_or_style_and_ask_nobody_else_for_anything() {
    let house = house().await;
    let mut browser = house.browser("social_worker").await;
    let mut all = pages(&mut browser).await;
    all.push(("/sign-in", house.visitor().get("/sign-in").await));
    for (path, page) in all {
        let html = page.html.as_str();
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script type=\"module\" src=\"/assets/").count(),
            "{path}"
        );
        for never in
            ["<style", " style=\"", " onclick=", " onload=", " onsubmit=", "javascript:", "src=\"http", "src=\"//"]
        {
            assert!(!html.contains(never), "{path} holds {never}");
        }
        let elsewhere = html.matches("http").count() - html.matches("http://www.w3.org/2000/svg").count();
        assert_eq!(elsewhere, 0, "{path} names another host");
    }
}

#[tokio::test]
async fn over_tls_a_cookie_goes_nowhere_else() {
    let house = House::with(web::Options { secure: true, ..web::Options::default() }).await;
    let page = house.visitor().get("/sign-in").await;
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("__Host-visitor="), "{cookie}");
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    assert!(page.headers["strict-transport-security"].to_str().unwrap().starts_with("max-age=31536000"));
}

#[tokio::test]
async fn pages_are_compressed_for_whoever_can_read_that() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let page =
        browser.send(Request::get("/board").header(header::ACCEPT_ENCODING, "gzip"), axum::body::Body::empty()).await;
    assert_eq!((page.status, page.headers[header::CONTENT_ENCODING].to_str().unwrap()), (StatusCode::OK, "gzip"));
}
