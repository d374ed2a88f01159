//! A photograph: sent, looked at, recorded, shown to those who may see it, and gone when it is withdrawn.

use crate::house::{Browser, House, Page, WHY, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use image::{DynamicImage, ImageFormat, RgbImage};
use std::io::Cursor;

const BOUNDARY: &str = "----a-line-between-the-parts";
const DAY: i64 = 24 * 60;

/// A picture in one colour.
fn picture(width: u32, height: u32, colour: [u8; 3], format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = DynamicImage::from(RgbImage::from_pixel(width, height, image::Rgb(colour)));
    image.write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A form as a browser writes it: the pairs, then the file.
fn multipart(pairs: &[(&str, &str)], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in pairs {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let head =
        "Content-Disposition: form-data; name=\"photograph\"; filename=\"IMG_1.jpg\"\r\nContent-Type: image/jpeg";
    body.extend(format!("--{BOUNDARY}\r\n{head}\r\n\r\n").bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

async fn post(browser: &mut Browser, address: &str, body: Vec<u8>) -> Page {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser.send(Request::post(address).header(header::CONTENT_TYPE, kind), Body::from(body)).await
}

/// Chooses a file on the page of a child and sends it.
async fn choose(browser: &mut Browser, child: &str, file: &[u8]) -> Page {
    let address = format!("{child}/photographs/new");
    browser.open(&address).await;
    let token = browser.csrf.clone();
    post(browser, &address, multipart(&[("csrf", &token)], file)).await
}

/// Sends a picture and records it. Gives the picture's address.
async fn record(browser: &mut Browser, child: &str, file: &[u8], answers: &[(&str, &str)]) -> String {
    let sent = choose(browser, child, file).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let (form, id) = sent.location.split_once("?photograph=").expect("a picture");
    let page = browser.open(&sent.location).await;
    assert!(page.html.contains(&format!("src=\"../photographs/{id}/picture\"")), "it is shown before it is recorded");
    let saved = browser.submit(form, &page, answers).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    format!("{child}/photographs/{id}")
}

async fn open_child(browser: &mut Browser) -> String {
    let link = browser.open("/board").await.links("/children/").remove(0);
    link.split("/episodes/").next().expect("a child").to_string()
}

#[test]
fn a_photograph_is_recorded_and_shown() {
    on_both(|house| async move {
        let mut browser = house.browser("social_worker").await;
        let child = open_child(&mut browser).await;
        let before = browser.open(&child).await;
        assert!(before.says("There is no photograph on the record.") && !before.html.contains("<img"));
        let file = picture(1200, 1600, [90, 120, 160], ImageFormat::Jpeg);
        let taken = [("f-taken_on-day", "3"), ("f-taken_on-month", "5"), ("f-taken_on-year", "2025")];
        let photograph = record(&mut browser, &child, &file, &taken).await;

        let portrait = format!("src=\"{photograph}/portrait\"");
        for address in [child.as_str(), "/board"] {
            assert!(browser.open(address).await.html.contains(&portrait), "{address}");
        }
        let shown = browser.open(&child).await;
        assert!(shown.says("See the photograph Taken on 3 May 2025."), "{}", shown.text());
        let page = browser.open(&photograph).await;
        assert!(page.says("Taken on 3 May 2025") && page.html.contains(&format!("src=\"{photograph}/picture\"")));
        for (address, keep) in [("picture", "no-store"), ("portrait", "no-store")] {
            let picture = browser.open(&format!("{photograph}/{address}")).await;
            assert_eq!(picture.headers[header::CONTENT_TYPE], "image/jpeg");
            let kept = picture.headers[header::CACHE_CONTROL].to_str().unwrap();
            assert!(kept.starts_with("private") && kept.contains(keep), "{kept}");
        }
        let child_id = child.rsplit('/').next().unwrap();
        let log = house.app.store().looks_at_child(child_id, 100).await.unwrap();
        assert!(log.iter().any(|a| a.what == "photograph") && log.iter().any(|a| a.what == "portrait"));
        assert!(house.app.store().verify(child_id).await.unwrap().is_whole());
    });
}

#[tokio::test]
async fn the_last_one_added_is_shown_and_an_old_one_says_so() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let old = [("f-taken_on-day", "3"), ("f-taken_on-month", "5"), ("f-taken_on-year", "2024")];
    let file = picture(300, 300, [200, 30, 30], ImageFormat::Png);
    let first = record(&mut browser, &child, &file, &old).await;
    assert!(browser.open(&child).await.says("months ago"));
    assert!(browser.open(&first).await.says("may look different now"));
    house.clock.pass(1);
    // Whenever it is said to have been handed over: the one put on the record last is shown.
    let earlier = [("occurred-day", "5"), ("occurred-time", "09:00")];
    let second = record(&mut browser, &child, &picture(300, 300, [30, 30, 200], ImageFormat::WebP), &earlier).await;
    let shown = browser.open(&child).await;
    assert!(shown.html.contains(&format!("{second}/portrait")) && shown.says("When it was taken is not recorded"));
    assert!(browser.open(&first).await.says("This is an older photograph"));
    // Withdrawn, the one before is shown again, and of the withdrawn one there is no page any more.
    let withdraw =
        browser.open(&second).await.links(&format!("{child}/correct/")).remove(0).replace("/correct/", "/withdraw/");
    let page = browser.open(&withdraw).await;
    let answer =
        browser.put_right(&withdraw, &page, &[("why", "other-child"), ("reason", "It shows another child")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(browser.open(&child).await.html.contains(&format!("{first}/portrait")));
    for end in ["", "/picture", "/portrait"] {
        assert_eq!(browser.get(&format!("{second}{end}")).await.status, StatusCode::NOT_FOUND, "{end}");
        assert_eq!(browser.get(&format!("{first}{end}")).await.status, StatusCode::OK, "{end}");
    }
    let episode = browser.open("/board").await.links(&format!("{child}/episodes/")).remove(0);
    let timeline = browser.open(&episode).await;
    assert!(timeline.html.contains(&first) && !timeline.html.contains(&second), "a withdrawn one is drawn nowhere");
}

#[tokio::test]
async fn what_is_said_of_a_photograph_is_corrected_and_the_picture_stays() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let photograph = record(&mut browser, &child, &picture(300, 400, [9, 9, 9], ImageFormat::Jpeg), &[]).await;
    let correct = browser.open(&photograph).await.links(&format!("{child}/correct/")).remove(0);
    let page = browser.open(&correct).await;
    assert!(
        !page.html.contains("Choose another photograph") && page.says("To take this one away, withdraw this entry.")
    );
    let taken = [("f-taken_on-day", "1"), ("f-taken_on-month", "9"), ("f-taken_on-year", "2025"), WHY[0], WHY[1]];
    let answer = browser.put_right(&correct, &page, &taken).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert!(browser.open(&photograph).await.says("Taken on 1 September 2025"));
}

#[tokio::test]
async fn a_day_that_cannot_be_is_refused_and_the_picture_stays() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let sent = choose(&mut browser, &child, &picture(300, 400, [9, 9, 9], ImageFormat::Jpeg)).await;
    let (form, id) = sent.location.split_once("?photograph=").expect("a picture");
    let page = browser.open(&sent.location).await;
    let day = |day, year| [("f-taken_on-day", day), ("f-taken_on-month", "1"), ("f-taken_on-year", year)];
    // The link leads to the box that is at fault.
    for (taken, says, fault) in [
        (day("7", "2026"), "7/1/2026 is still to come", "day"),
        (day("1", "2001"), "1/1/2001 is before the child was born", "year"),
        (day("32", "2025"), "When was it taken?", "day"),
    ] {
        let refused = browser.submit(form, &page, &taken).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.says(says) && refused.html.contains(&format!("href=\"#f-taken_on-{fault}\"")),
            "{}",
            refused.text()
        );
        assert!(refused.html.contains(&format!("../photographs/{id}/picture")), "the picture is still there");
    }
    let saved = browser.submit(form, &page, &day("6", "2026")).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
}

#[tokio::test]
async fn what_cannot_be_used_is_said_and_nothing_is_kept() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let child = open_child(&mut browser).await;
    let most = actions::photograph::LARGEST;
    for (file, says) in [
        (Vec::new(), "Choose a photograph"),
        (b"%PDF-1.7 a letter".to_vec(), "not a picture that can be opened"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), "HEIC picture"),
        (picture(60, 90, [1, 2, 3], ImageFormat::Png), "60 by 90 dots"),
        (vec![0xff; most + 1], "larger than 15 MB"),
        (vec![0xff; 20 * 1024 * 1024], "larger than 15 MB"),
    ] {
        let answer = choose(&mut browser, &child, &file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(answer.says(says) && answer.says("There is a problem"), "{says}: {}", answer.text());
        assert!(answer.html.contains("href=\"#photograph\""));
    }
    assert!(browser.open(&child).await.says("There is no photograph on the record."));
}

#[tokio::test]
async fn a_file_is_taken_only_from_a_page_of_ours() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let (address, file) = (format!("{child}/photographs/new"), picture(200, 200, [1, 2, 3], ImageFormat::Png));
    let forged = post(&mut browser, &address, multipart(&[("csrf", "0123")], &file)).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "{}", forged.text());
    let token = browser.csrf.clone();
    let elsewhere = post(&mut browser, "/report", multipart(&[("csrf", &token)], &file)).await;
    assert_eq!(elsewhere.status, StatusCode::BAD_REQUEST);
    // What is no form at all, and one that was cut.
    let whole = multipart(&[("csrf", &token)], &file);
    for body in [b"nothing".to_vec(), whole[..whole.len() / 2].to_vec()] {
        assert_eq!(post(&mut browser, &address, body).await.status, StatusCode::BAD_REQUEST);
    }
    let visitor = &mut house.visitor();
    let answer = post(visitor, &address, multipart(&[("csrf", "0123")], &file)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location.starts_with("/sign-in?to="), "{}", answer.location);
    assert!(visitor.open(&answer.location).await.says("The photograph was not sent. Sign in, then choose it again."));
    // More fields than a form of ours has.
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("csrf", token.as_str()), 20).collect();
    assert_eq!(post(&mut browser, &address, multipart(&many, &file)).await.status, StatusCode::BAD_REQUEST);
    // Signed in once more in another window: the file has to be chosen again, and the page says so.
    let mut earlier = house.browser("social_worker").await;
    earlier.open("/board").await;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let same = Request::post(&address).header(header::CONTENT_TYPE, kind).header("sec-fetch-site", "same-origin");
    let old = browser.send(same, Body::from(multipart(&[("csrf", &earlier.csrf)], &file))).await;
    assert_eq!(old.status, StatusCode::FORBIDDEN);
    assert!(old.says("The photograph was not kept.") && !old.says("Send it again"), "{}", old.text());
    assert!(browser.open(&child).await.says("There is no photograph on the record."));
}

#[tokio::test]
async fn who_may_not_see_the_child_sees_no_photograph() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let photograph = record(&mut browser, &child, &picture(300, 400, [9, 9, 9], ImageFormat::Jpeg), &[]).await;
    let mut strangers = vec![house.browser("system_administrator").await];
    for person in house.county.people.iter().filter(|p| ["home_staff", "foster_carer"].contains(&p.role.as_str())) {
        let mut other = house.browser_of(&person.username).await;
        if other.get(&child).await.status == StatusCode::FORBIDDEN {
            strangers.push(other);
        }
    }
    assert!(strangers.len() > 1, "some home does not work with this child");
    for stranger in &mut strangers {
        for end in ["", "/picture", "/portrait"] {
            let page = stranger.get(&format!("{photograph}{end}")).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{end}");
            assert!(page.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
        }
        assert_eq!(stranger.get(&format!("{child}/photographs/new")).await.status, StatusCode::FORBIDDEN);
    }
    // Before it is recorded, only who sent it sees a picture.
    let sent = choose(&mut browser, &child, &picture(300, 400, [7, 7, 7], ImageFormat::Jpeg)).await;
    let waiting = sent.location.rsplit('=').next().unwrap().to_string();
    let mut police = house.browser("police_missing_unit").await;
    for end in ["picture", "portrait"] {
        assert_eq!(browser.get(&format!("{child}/photographs/{waiting}/{end}")).await.status, StatusCode::OK);
        assert_eq!(police.get(&format!("{child}/photographs/{waiting}/{end}")).await.status, StatusCode::NOT_FOUND);
    }
    let signed_out = house.visitor().get(&format!("{photograph}/portrait")).await;
    assert_eq!(signed_out.status, StatusCode::SEE_OTHER);
    // A picture belongs to its child: by the address of another it is not found.
    let links = browser.open("/board").await.links("/children/");
    let other = links.iter().find(|link| !link.starts_with(&child)).expect("another child");
    let other = other.split("/episodes/").next().expect("a child");
    let id = photograph.rsplit('/').next().unwrap();
    for end in ["", "/picture", "/portrait"] {
        assert_eq!(browser.get(&format!("{other}/photographs/{id}{end}")).await.status, StatusCode::NOT_FOUND, "{end}");
    }
    let form = browser.open(&format!("{other}/record/child.photograph_added?photograph={id}")).await;
    let refused = browser.submit(&format!("{other}/record/child.photograph_added"), &form, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
}

#[tokio::test]
async fn a_picture_that_waited_too_long_is_chosen_again() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = open_child(&mut browser).await;
    let sent = choose(&mut browser, &child, &picture(300, 400, [9, 9, 9], ImageFormat::Jpeg)).await;
    let (form, _) = sent.location.split_once('?').expect("a picture");
    let later = house.app.now().0 * 1_000_000 + 2 * DAY * 60_000_000;
    house.app.store().sweep(later).await.unwrap();
    // The session has ended as well by then.
    let mut browser = house.browser("social_worker").await;
    let page = browser.open(&sent.location).await;
    let refused = browser.submit(form, &page, &[("note", "Taken at the fair")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Choose it again") && refused.html.contains("Taken at the fair"), "{}", refused.text());
    assert!(refused.html.contains("href=\"../photographs/new\""));
    // Without a picture the form leads to the page on which one is chosen.
    let led = browser.get(form).await;
    assert_eq!((led.status, led.location), (StatusCode::SEE_OTHER, format!("{child}/photographs/new")));
}
