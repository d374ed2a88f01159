//! Signing in and out, and what happens to somebody whose session ends while they write.

use crate::house::{House, PASSWORD};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

fn username(house: &House) -> String {
    house.county.people.iter().find(|p| p.role == "social_worker").unwrap().username.clone()
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_page_and_back() {
    let house = House::new().await;
    let mut visitor = house.visitor();
    for (wanted, leads) in [
        ("/", "/sign-in"),
        ("/board", "/sign-in?to=%2Fboard"),
        ("/search?name=a%26b", "/sign-in?to=%2Fsearch%3Fname%3Da%2526b"),
    ] {
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
    let before = visitor.cookies["session"].clone();
    visitor.post("/sign-in", &[("username", &username(&house)), ("password", PASSWORD)]).await;
    assert_ne!(visitor.cookies["session"], before, "a cookie that somebody planted is worth nothing");
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

#[tokio::test]
async fn what_was_typed_when_the_session_ended_is_kept_through_signing_in() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    browser.open("/board").await;
    house.clock.pass(25 * 60);
    let body = format!("csrf={}&key=k1&note=She+was+%22fine%22%26+well", browser.csrf);
    let request = Request::post("/children/x/record/return.recorded?duty=d1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let page = browser.send(request, Body::from(body)).await;
    assert_eq!(page.status, StatusCode::UNAUTHORIZED);
    assert!(page.says("You were signed out before this could be saved"), "{}", page.text());
    let pairs: Vec<(String, String)> = page.form();
    let kept = pairs.iter().find(|(name, _)| name == "kept").unwrap().1.replace("&#38;", "&");
    let to = pairs.iter().find(|(name, _)| name == "to").unwrap().1.clone();
    assert_eq!(
        (kept.as_str(), to.as_str()),
        ("key=k1&note=She+was+%22fine%22%26+well", "/children/x/record/return.recorded?duty=d1")
    );
    let wrong = browser
        .post("/sign-in", &[("username", &username(&house)), ("password", "no"), ("to", &to), ("kept", &kept)])
        .await;
    assert!(wrong.html.contains("name=\"kept\""), "it is kept through a wrong password too");
    let page = browser
        .post("/sign-in", &[("username", &username(&house)), ("password", PASSWORD), ("to", &to), ("kept", &kept)])
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.says("What you typed before has not been saved yet"), "{}", page.text());
    assert!(page.html.contains("action=\"/children/x/record/return.recorded?duty=d1\""), "{}", page.html);
    assert!(page.html.contains("name=\"note\" value=\"She was &#34;fine&#34;&#38; well\""), "{}", page.html);
    let sent = browser.post("/children/x/record/return.recorded", &[("key", "k1"), ("version", "1")]).await;
    assert_ne!(sent.status, StatusCode::UNAUTHORIZED);
    assert!(
        !sent.says("does not come from a page of this service"),
        "the form belongs to the new session: {}",
        sent.text()
    );
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
