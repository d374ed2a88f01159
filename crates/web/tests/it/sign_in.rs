//! Signing in and out, and what happens to somebody whose session ends while they write.

use crate::house::{Browser, House, PASSWORD, Page};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

fn username(house: &House) -> String {
    house.county.people.iter().find(|p| p.role == "social_worker").unwrap().username.clone()
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_page_and_back() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    for (wanted, leads) in
        [("/", "/sign-in"), ("/board", "/sign-in?to=%2Fboard"), ("/help?a=b%26c", "/sign-in?to=%2Fhelp%3Fa%3Db%2526c")]
    {
        let page = visitor.get(wanted).await;
        assert_eq!((page.status, page.location.as_str()), (StatusCode::SEE_OTHER, leads));
    }
    let page = visitor.open("/sign-in?to=%2Fboard").await;
    let answer = visitor.submit("/sign-in", &page, &[("username", &username(&house)), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/board"));
    assert_eq!(visitor.open("/board").await.status, StatusCode::OK);
    assert_eq!(visitor.get("/sign-in?to=%2Fboard").await.location, "/board", "who is signed in needs no page for it");
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let house = House::new().await;
    for elsewhere in ["https://example.com", "//example.com", "/\\example.com", "example.com"] {
        let mut visitor = house.visitor();
        visitor.get("/sign-in").await;
        let pairs = [("username", username(&house)), ("password", PASSWORD.into()), ("to", elsewhere.into())];
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(visitor.post("/sign-in", &pairs).await.location, "/", "{elsewhere}");
    }
}

#[tokio::test]
async fn the_cookie_is_another_after_signing_in() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    let page = visitor.get("/sign-in").await;
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{cookie}");
    let planted = "0".repeat(64);
    visitor.cookies.insert("session".into(), planted.clone());
    visitor.get("/sign-in").await;
    visitor.post("/sign-in", &[("username", &username(&house)), ("password", PASSWORD)]).await;
    assert_ne!(visitor.cookies["session"], planted, "a cookie that somebody planted is worth nothing");
}

#[tokio::test]
async fn what_is_wrong_is_said_without_saying_which() {
    let house = House::new().await;
    let known = username(&house);
    let mut visitor = house.visitor();
    visitor.get("/sign-in").await;
    let mut said = Vec::new();
    for (username, password) in [(known.as_str(), "wrong"), ("nobody.at.all", "wrong")] {
        let page = visitor.post("/sign-in", &[("username", username), ("password", password)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.html.contains("<title>Error: Sign in"), "the window says that something is wrong");
        assert!(page.html.contains(&format!("value=\"{username}\"")), "the username is not typed twice");
        said.push(page.text());
    }
    assert_eq!(said[0], said[1]);
    assert!(said[0].contains("The username or the password is not right"), "{}", said[0]);
    for (username, password, says) in [("", "x", "Enter your username"), ("x", "", "Enter your password")] {
        let page = visitor.post("/sign-in", &[("username", username), ("password", password)]).await;
        assert!(page.says(says), "{}", page.text());
    }
}

#[tokio::test]
async fn whoever_guesses_is_asked_to_wait() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    visitor.get("/sign-in").await;
    let mut page = visitor.post("/sign-in", &[("username", "dana"), ("password", "guess")]).await;
    for _ in 0..12 {
        page = visitor.post("/sign-in", &[("username", "dana"), ("password", "guess")]).await;
    }
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(page.says("Too many attempts. Wait"), "{}", page.text());
    assert!(page.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().unwrap() >= 60);
}

#[tokio::test]
async fn who_signs_out_is_out_and_leaves_nothing_behind() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let token = browser.cookies["session"].clone();
    let answer = browser.post("/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/sign-in"));
    assert_eq!(answer.headers["clear-site-data"], "\"cache\"");
    let page = browser.open("/sign-in").await;
    assert!(page.says("You have signed out"), "{}", page.text());
    assert!(!browser.open("/sign-in").await.says("You have signed out"), "a message is shown once");
    let mut thief = house.visitor();
    thief.cookies.insert("session".into(), token);
    assert_eq!(thief.get("/board").await.status, StatusCode::SEE_OTHER);
}

/// Sends a form from a page of ours, as a browser says that it does.
async fn send(browser: &mut Browser, path: &str, csrf: &str, body: &str) -> Page {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    browser.send(request, Body::from(format!("csrf={csrf}&{body}"))).await
}

const TYPED: &str = "key=k1&note=She+was+%22fine%22%26+well";

#[tokio::test]
async fn what_was_typed_when_the_session_was_locked_goes_back_to_whoever_typed_it() {
    let house = House::new().await;
    for minutes in [15, 13 * 60] {
        let mut browser = house.browser("social_worker").await;
        browser.open("/board").await;
        house.clock.pass(minutes);
        let csrf = browser.csrf.clone();
        let page = send(&mut browser, "/children/x/record/return.recorded?duty=d1", &csrf, TYPED).await;
        assert_eq!(page.status, StatusCode::UNAUTHORIZED);
        assert!(page.says("You were signed out before this could be saved"), "{}", page.text());
        assert!(!page.html.contains("fine"), "the page holds nothing of it: {}", page.html);
        let wrong = browser.submit("/sign-in", &page, &[("username", &username(&house)), ("password", "no")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let entered =
            browser.submit("/sign-in", &wrong, &[("username", &username(&house)), ("password", PASSWORD)]).await;
        assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/resume"));
        let page = browser.open("/resume").await;
        assert!(page.says("What you typed before has not been saved yet"), "{}", page.text());
        assert!(page.html.contains("action=\"/children/x/record/return.recorded?duty=d1\""), "{}", page.html);
        assert!(page.html.contains("name=\"note\" value=\"She was &#34;fine&#34;&#38; well\""), "{}", page.html);
        let kept = page.form().into_iter().find(|(name, _)| name == "kept").unwrap().1;
        let thrown = browser.post("/resume", &[("throw", &kept)]).await;
        assert_eq!(thrown.status, StatusCode::SEE_OTHER);
        assert_eq!(browser.get("/resume").await.location, "/", "nothing waits any more");
    }
}

#[tokio::test]
async fn what_was_typed_at_a_shared_computer_is_shown_to_nobody_else() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let theirs = browser.csrf.clone();
    house.clock.pass(15);
    send(&mut browser, "/children/x/record/return.recorded", &theirs, TYPED).await;
    // Somebody else sits down, and signs in.
    let other = house.county.people.iter().find(|p| p.role == "police_missing_unit").unwrap().username.clone();
    let page = browser.open("/sign-in").await;
    let entered = browser.submit("/sign-in", &page, &[("username", &other), ("password", PASSWORD)]).await;
    assert_eq!((entered.status, entered.location.as_str()), (StatusCode::SEE_OTHER, "/"), "nothing waits for them");
    assert_eq!(browser.get("/resume").await.location, "/");
    // Nor is the page that still is open in another tab good for anything.
    let page = send(&mut browser, "/children/x/record/return.recorded", &theirs, TYPED).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.html.contains("fine") && page.says("Nothing was saved"), "{}", page.text());
    // It still waits for whoever typed it.
    let mut back = house.browser_of(&username(&house)).await;
    assert!(back.open("/resume").await.html.contains("She was"));
}

#[tokio::test]
async fn what_was_still_typed_in_another_window_after_signing_out_waits_for_its_own_person() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    let theirs = browser.csrf.clone();
    browser.post("/sign-out", &[]).await;
    let page = send(&mut browser, "/children/x/record/return.recorded", &theirs, TYPED).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.says("You were signed out before this could be saved"), "{}", page.text());
    assert!(!page.html.contains("fine"), "the page holds nothing of it: {}", page.html);
    // A form of nobody's is nobody's.
    let made_up = browser.csrf.replacen(&theirs[..1], if theirs.starts_with('0') { "1" } else { "0" }, 1);
    let nothing = send(&mut browser, "/children/x/record/return.recorded", &made_up, TYPED).await;
    assert!(!nothing.says("You were signed out before this could be saved"), "{}", nothing.text());
    // Whoever signs in next there finds nothing, also when they send what still stands in that window.
    let other = house.county.people.iter().find(|p| p.role == "police_missing_unit").unwrap().username.clone();
    let mut next = house.browser_at(browser, &other).await;
    assert_eq!(next.get("/resume").await.location, "/");
    let page = send(&mut next, "/children/x/record/return.recorded", &theirs, TYPED).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(!page.html.contains("fine") && page.says("kept for whoever typed it"), "{}", page.text());
    assert_eq!(next.get("/resume").await.location, "/");
    let mut back = house.browser_of(&username(&house)).await;
    assert!(back.open("/resume").await.html.contains("She was"));
    // Long after, nobody knows whose it was.
    house.clock.pass(13 * 60);
    let late = send(&mut house.visitor(), "/children/x/record/return.recorded", &theirs, TYPED).await;
    assert!(!late.says("You were signed out before this could be saved"), "{}", late.text());
}

#[tokio::test]
async fn a_page_that_keeps_itself_fresh_keeps_nobody_signed_in() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    for _ in 0..3 {
        house.clock.pass(6);
        let request = Request::get("/board").header("sec-fetch-dest", "empty");
        let page = browser.send(request, Body::empty()).await;
        if page.status == StatusCode::SEE_OTHER {
            return;
        }
    }
    panic!("eighteen minutes without anything done, and the page is still open");
}

#[tokio::test]
async fn nothing_of_a_page_is_kept_by_a_browser_and_no_title_names_a_child() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let board = browser.open("/board").await;
    let episode = board.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().unwrap().to_owned();
    for path in ["/", "/board", "/alerts", "/help", "/account", &child, &episode, "/nowhere"] {
        let page = browser.get(path).await;
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store", "{path}");
        let title = page.html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        for one in &house.county.children {
            for name in one.name.split(' ') {
                assert!(!title.contains(name), "{path}: {title}");
            }
        }
    }
}

#[tokio::test]
async fn a_stale_session_opens_nothing() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let board = browser.open("/board").await;
    let episode = board.links("/children/").remove(0);
    let kind = browser.kind("/board/events").await;
    assert!(kind.starts_with("text/event-stream"), "{kind}");
    house.clock.pass(15);
    assert_eq!(browser.get("/board/events").await.status, StatusCode::NO_CONTENT);
    for path in ["/", "/board", &episode, "/account"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{path}");
        assert!(page.location.starts_with("/sign-in"), "{path}: {}", page.location);
    }
    house.clock.pass(13 * 60);
    assert_eq!(browser.get("/board").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_is_weighty_asks_once_more_who_it_is_and_goes_on() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let fresh = browser.open("/account/password").await;
    assert!(fresh.says("New password"));
    house.clock.pass(11);
    let csrf = browser.csrf.clone();
    let asked = send(&mut browser, "/account/sessions/end", &csrf, "session=others").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "to end one's other sessions needs nothing more");
    let asked = browser.get("/account/password").await;
    assert_eq!(
        (asked.status, asked.location.as_str()),
        (StatusCode::SEE_OTHER, "/account/confirm?to=%2Faccount%2Fpassword")
    );
    let page = browser.open(&asked.location).await;
    let wrong = browser.submit("/account/confirm", &page, &[("password", "no")]).await;
    assert!(wrong.says("The password is not right"), "{}", wrong.text());
    let on = browser.submit("/account/confirm", &wrong, &[("password", PASSWORD)]).await;
    assert_eq!(on.location, "/account/password");
    let page = browser.open("/account/password").await;
    let weak = browser.submit("/account/password", &page, &[("password", "whereabouts1")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.says("too easy to guess"), "{}", weak.text());
    let done = browser.submit("/account/password", &weak, &[("password", "gravel otter teapot nine")]).await;
    assert_eq!(done.location, "/account");
}

#[tokio::test]
async fn people_of_a_demonstration_are_offered() {
    let people = vec![web::DemoPerson {
        username: "dana".into(),
        password: "<demo>".into(),
        name: "Dana Holt".into(),
        role: "children's home staff".into(),
    }];
    let house =
        House::with(web::Options { people, notice: "Everybody here is made up.".into(), ..web::Options::default() })
            .await;
    let page = house.visitor().open("/sign-in").await;
    assert!(page.says("Dana Holt") && page.html.contains("Everybody here is made up."));
    assert!(page.html.contains("value=\"&#60;demo&#62;\""));
}
