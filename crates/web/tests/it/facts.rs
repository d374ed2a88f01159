//! What is known of a child: several facts in one save, what cannot be is refused in words, nothing typed is lost, a wrong value is put
//! right and stays to be seen; and a child whom nobody knows yet.

use crate::house::{Browser, House, Page, on_both};
use axum::http::StatusCode;

/// A new child of whom only the name is known.
pub async fn unknown(browser: &mut Browser, name: &str) -> String {
    let page = browser.open("/children/new").await;
    let mut made = browser.submit("/children/new", &page, &[("name", name)]).await;
    if made.says("none of them") {
        // Others of the name are offered first: it is somebody else.
        made = browser.submit("/children/new", &made, &[]).await;
    }
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.text());
    made.location
}

/// Reports a child missing with as few answers as can be; gives the page of the episode.
pub async fn report(browser: &mut Browser, child: &str) -> String {
    let id = child.rsplit('/').next().expect("an id");
    browser.open(child).await;
    let report = browser.post("/report", &[("child", id)]).await.location;
    let mut step = browser.get(&report).await.location;
    while !step.ends_with("/read-out") {
        let page = browser.open(&step).await;
        let answers: &[(&str, &str)] = if step.ends_with("/status") { &[("f-status", "missing")] } else { &[] };
        let next = browser.submit(&step, &page, answers).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{step}: {}", next.text());
        step = next.location;
    }
    let out = browser.open(&step).await;
    out.links("/children/").into_iter().find(|href| href.contains("/episodes/")).expect("an episode")
}

/// What a change says beside the facts themselves.
const TOLD: [(&str, &str); 3] = [("how-long", "always"), ("source", "told"), ("told-by", "The child’s mother")];

/// Changes facts of a group.
pub async fn change(browser: &mut Browser, child: &str, group: &str, answers: &[(&str, &str)]) -> Page {
    let address = format!("{child}/facts/{group}/change");
    let page = browser.open(&address).await;
    let all: Vec<(&str, &str)> = TOLD.iter().chain(answers).copied().collect();
    browser.submit(&address, &page, &all).await
}

/// What a page says of one fact.
pub fn row<'a>(page: &'a Page, fact: &str) -> &'a str {
    let start = page.html.find(&format!("id=\"fact-{fact}\"")).unwrap_or_else(|| panic!("{fact} is not on the page"));
    let rest = &page.html[start..];
    let end = rest[1..].find("id=\"fact-").or_else(|| rest.find("</dl>")).unwrap_or(rest.len());
    &rest[..end]
}

#[test]
fn several_facts_are_changed_in_one_save_and_a_save_sent_twice_is_one() {
    on_both(|house| async move {
        let mut browser = house.browser("social_worker").await;
        let child = unknown(&mut browser, "Alex Marlow").await;
        let address = format!("{child}/facts/plans/change");
        let page = browser.open(&address).await;
        let answers =
            [TOLD.as_slice(), &[("f-child.social_care", "open"), ("f-child.child_in_need_plan", "no")]].concat();
        for _ in 0..2 {
            let saved = browser.submit(&address, &page, &answers).await;
            assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
            assert_eq!(saved.location, format!("{child}/facts#plans"));
        }
        let shown = browser.open(&format!("{child}/facts")).await;
        assert!(row(&shown, "child.social_care").contains("Open"), "{}", shown.text());
        assert!(row(&shown, "child.child_in_need_plan").contains("No"));
        assert!(row(&shown, "child.child_protection_plan").contains("Nobody has answered this"));
        assert!(row(&shown, "child.social_care").contains("Told by The child’s mother"));
        assert!(row(&shown, "child.social_care").contains("(1)"), "one line of history");
    });
}

#[tokio::test]
async fn a_kent_child_can_be_entered() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = unknown(&mut browser, "Alex Marlow").await;
    let saved = change(&mut browser, &child, "responsible", &[("f-child.responsible_authority", "kent")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(row(&browser.open(&format!("{child}/facts")).await, "child.responsible_authority").contains("Kent"));
    let nowhere = change(&mut browser, &child, "responsible", &[("f-child.responsible_authority", "atlantis")]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nowhere.says("choose one of the list"));
}

#[tokio::test]
async fn two_who_change_the_same_child_lose_nothing() {
    let house = House::new().await;
    let mut one = house.browser("police_missing_unit").await;
    let mut two = house.browser("missing_coordinator").await;
    let child = one.open("/board").await.links("/children/").remove(0);
    let child = child.split("/episodes/").next().expect("a child").to_string();
    let address = format!("{child}/facts/going-missing/change");
    let mine = one.open(&address).await;
    let theirs = change(&mut two, &child, "going-missing", &[("f-child.risk_effectively_managed", "yes")]).await;
    assert_eq!(theirs.status, StatusCode::SEE_OTHER, "{}", theirs.text());
    let answers = [TOLD.as_slice(), &[("f-child.high_risk_of_going_missing", "yes"), ("note", "typed by me")]].concat();
    let stale = one.submit(&address, &mine, &answers).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("Risk of running away effectively managed"), "what is newer is shown: {}", stale.text());
    assert!(stale.html.contains("typed by me"));
    let saved = one.submit(&address, &stale, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = one.open(&format!("{child}/facts")).await;
    assert!(row(&shown, "child.high_risk_of_going_missing").contains("typed by me"));
    assert!(row(&shown, "child.risk_effectively_managed").contains("Yes"));
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_words_and_what_was_typed_stays() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = unknown(&mut browser, "Alex Marlow").await;
    let birth = |year: &'static str| {
        [("f-child.date_of_birth-day", "2"), ("f-child.date_of_birth-month", "5"), ("f-child.date_of_birth-year", year)]
    };
    for (year, says) in [("2031", "still to come"), ("1995", "30 years old")] {
        let wrong = change(&mut browser, &child, "birth", &birth(year)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{year}");
        assert!(wrong.says(says) && wrong.html.contains(&format!("value=\"{year}\"")), "{year}: {}", wrong.text());
        assert!(wrong.html.contains("value=\"The child’s mother\""), "{year}");
    }
    assert_eq!(change(&mut browser, &child, "birth", &birth("2011")).await.status, StatusCode::SEE_OTHER);
    let since = |year: &'static str| {
        [
            ("f-child.looked_after", "yes"),
            ("how-long", "since"),
            ("since-day", "3"),
            ("since-month", "3"),
            ("since-year", year),
            ("since-time", "10:00"),
        ]
    };
    for (year, says) in [("2031", "still to come"), ("2004", "before the child was born")] {
        let wrong = change(&mut browser, &child, "care", &since(year)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{year}");
        assert!(wrong.says(says), "{year}: {}", wrong.text());
    }
    assert_eq!(change(&mut browser, &child, "care", &since("2025")).await.status, StatusCode::SEE_OTHER);
    // What would have no effect, since something else is on record from later on, is asked about.
    let silent = change(&mut browser, &child, "care", &[("f-child.looked_after", "no")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.says("something else is on record"), "{}", silent.text());
    let nothing = change(&mut browser, &child, "school", &[]).await;
    assert!(nothing.status == StatusCode::UNPROCESSABLE_ENTITY && nothing.says("Nothing was changed"));
    let unsaid = change(&mut browser, &child, "school", &[("f-child.in_education", "yes"), ("told-by", "")]).await;
    assert!(unsaid.status == StatusCode::UNPROCESSABLE_ENTITY && unsaid.says("Who told it: write who"));
}

#[tokio::test]
async fn whoever_may_not_see_a_class_finds_no_trace_of_it() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let mut home = house.browser("home_staff").await;
    let all = police.open("/board").await.links("/children/");
    let mut found = None;
    for child in all.iter().map(|link| link.split("/episodes/").next().expect("a child")) {
        if home.get(child).await.status == StatusCode::OK {
            found = Some(child.to_string());
            break;
        }
    }
    let child = found.expect("a child of the home who is gone");
    assert!(police.open(&format!("{child}/facts")).await.says("refuses disclosure"), "the police see it asked for");
    assert!(!home.open(&format!("{child}/facts")).await.html.contains("disclosure_refused"));
}

#[tokio::test]
async fn one_lands_where_one_came_from_and_nowhere_else() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = unknown(&mut browser, "Alex Marlow").await;
    for (back, lands) in [("/", "/".to_string()), ("https://evil.example", format!("{child}/facts#school"))] {
        let address = format!("{child}/facts/school/change");
        let page = browser.open(&format!("{address}?back={back}")).await;
        let value = if back == "/" { "yes" } else { "no" };
        let answers = [TOLD.as_slice(), &[("f-child.in_education", value), ("back", back)]].concat();
        assert_eq!(browser.submit(&address, &page, &answers).await.location, lands);
    }
}

#[tokio::test]
async fn a_child_whom_nobody_knows_has_the_protocol_of_the_area_and_a_short_list() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let child = unknown(&mut browser, "Alex").await;
    let episode = report(&mut browser, &child).await;
    let page = browser.open(&episode).await;
    let lines: Vec<&str> =
        page.html.split("<li class=\"wh-duty").skip(1).chain(page.html.split("<li class=\"wh-slim").skip(1)).collect();
    let of = |name: &str| lines.iter().filter(|l| l.contains(name)).count();
    // What others have to do opens by a press.
    let first = page.html.split("wh-agency").next().expect("a list");
    let first = first.matches("<li class=\"wh-duty").count() + first.matches("<li class=\"wh-slim").count();
    println!("{first} lines at first of {}", lines.len());
    assert!(first < 12 && lines.len() < 25, "{first} of {}", lines.len());
    let asked = page.html.split("id=\"due\"").nth(1).expect("what is due");
    let call = asked.find("Report the child missing to the police").expect("the call to the police");
    let before = asked[..call].matches("<li class=\"wh-").count();
    assert_eq!(before, 1, "the call comes first");
    for other in ["Bedfordshire", "Essex", "Wakefield"] {
        assert_eq!(of(other), 0, "{other} stays silent");
    }
    assert!(of("Northamptonshire") > 0);
    assert!(page.says("What decides most") && page.says("Area that the child is known from"));
    let gaps =
        page.html.split("id=\"decides\"").nth(1).and_then(|rest| rest.split("</details>").next()).expect("a list");
    assert!((1..=7).contains(&gaps.matches("<li>").count()));
}
