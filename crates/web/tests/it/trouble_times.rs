//! Times that cannot be, and the two nights in which the clocks change: said in words, beside the field, with what was typed still there.

use crate::house::{Browser, House, Page};
use axum::http::StatusCode;

const TYPED: &str = "Seen at the skate park, laughing";

async fn form(browser: &mut Browser) -> (String, Page, String) {
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    let address = format!("{child}/record/information.received");
    let page = browser.open(&address).await;
    (address, page, episode)
}

/// Sends the form with these parts of the time.
async fn at(browser: &mut Browser, address: &str, page: &Page, when: &[(&str, &str)]) -> Page {
    let mut answers = when.to_vec();
    answers.push(("f-text", TYPED));
    browser.submit(address, page, &answers).await
}

fn assert_said(answer: &Page, words: &str, when: &[(&str, &str)]) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{when:?}: {}", answer.text());
    assert!(answer.says(words), "{when:?}: {}", answer.text());
    assert!(answer.html.contains("govuk-error-summary") && answer.html.contains("href=\"#occurred-"), "{when:?}");
    assert!(answer.html.contains(TYPED), "{when:?}: what was typed stays");
    for (field, value) in when {
        assert!(answer.form().contains(&((*field).into(), (*value).into())), "{when:?}: {field} stays");
    }
}

#[tokio::test]
async fn a_time_that_cannot_be_is_refused_in_words_and_nothing_is_lost() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (address, page, episode) = form(&mut browser).await;
    for (when, words) in [
        (&[("occurred-time", "03:13")][..], "is still to come"),
        (&[("occurred-day", "7")], "is still to come"),
        (&[("occurred-year", "2126")], "is still to come"),
        (&[("occurred-year", "1999")], "before the child was born"),
        (&[("occurred-time", "25:61")], "is not a time of day"),
        (&[("occurred-time", "")], "write the time as well"),
        (&[("occurred-day", "31"), ("occurred-month", "2"), ("occurred-year", "2025")], "there is no 31 in that month"),
        (&[("occurred-day", "first")], "is not a day"),
        (&[("occurred-month", "13")], "is not a month"),
        (&[("occurred-year", "26")], "is not a year"),
    ] {
        let answer = at(&mut browser, &address, &page, when).await;
        assert_said(&answer, words, when);
    }
    assert!(!browser.open(&episode).await.says(TYPED));
    // This minute is not the future, and what was there all the time can be sent now.
    let saved = at(&mut browser, &address, &page, &[("occurred-time", "03:12")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(browser.open(&episode).await.says(TYPED));
}

#[tokio::test]
async fn the_hour_that_comes_twice_is_asked_about() {
    let house = House::at("2026-10-25T03:12:00+00:00").await;
    let mut browser = house.browser("police_missing_unit").await;
    let (address, page, episode) = form(&mut browser).await;
    assert!(!page.html.contains("occurred-fold"), "it is asked only where it matters");
    let when = [("occurred-time", "01:30")];
    let asked = at(&mut browser, &address, &page, &when).await;
    assert_said(&asked, "01:30 came twice that night", &when);
    assert!(asked.html.contains("name=\"occurred-fold\""), "{}", asked.text());
    let saved = browser.submit(&address, &asked, &[("occurred-fold", "second"), ("f-text", TYPED)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = browser.open(&episode).await;
    assert!(shown.says("01:30 GMT"), "{}", shown.text());
    // The other of the two is another hour.
    let (_, page, _) = form(&mut browser).await;
    let asked = at(&mut browser, &address, &page, &when).await;
    let saved = browser.submit(&address, &asked, &[("occurred-fold", "first"), ("f-text", "An hour before")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(
        saved.location == episode && browser.open(&episode).await.says("01:30 BST today"),
        "it says which was saved"
    );
    let shown = browser.open(&episode).await.text();
    let (second, first) = (shown.find(TYPED), shown.find("An hour before"));
    assert!(second.is_some() && second < first, "the newest first: {shown}");
}

#[tokio::test]
async fn the_hour_that_never_comes_is_refused_and_the_one_after_it_is_not() {
    let house = House::at("2026-03-29T04:12:00+01:00").await;
    let mut browser = house.browser("police_missing_unit").await;
    let (address, page, episode) = form(&mut browser).await;
    let when = [("occurred-time", "01:30")];
    let never = at(&mut browser, &address, &page, &when).await;
    assert_said(&never, "01:30 never came", &when);
    let saved = browser.submit(&address, &never, &[("occurred-time", "02:30"), ("f-text", TYPED)]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(browser.open(&episode).await.says("02:30 today"));
}

/// The hours that an episode has lasted, of a headline such as `Missing for 3 d 6 h`.
fn lasted(page: &Page) -> i64 {
    let text = page.text();
    let words: Vec<&str> = text.split("Missing for ").nth(1).expect("a headline").split(' ').take(4).collect();
    let number = |word: &str| word.parse::<i64>().expect("a number");
    match words[..] {
        [days, "d", hours, "h"] => number(days) * 24 + number(hours),
        [days, "d", ..] => number(days) * 24,
        [hours, "h", ..] => number(hours),
        _ => panic!("{words:?}"),
    }
}

/// Six hours are six hours, whatever the clock on the wall does meanwhile.
#[tokio::test]
async fn hours_are_elapsed_hours_on_both_nights() {
    for (evening, morning) in
        [("2026-10-24T22:12:00+01:00", "As at 03:12"), ("2026-03-28T22:12:00+00:00", "As at 05:12")]
    {
        let house = House::at(evening).await;
        let mut browser = house.browser("police_missing_unit").await;
        let (_, _, episode) = form(&mut browser).await;
        let before = lasted(&browser.open(&episode).await);
        house.clock.pass(6 * 60);
        assert!(browser.open("/board").await.says(morning), "{evening}");
        assert_eq!(lasted(&browser.open(&episode).await), before + 6, "{evening}");
    }
}
