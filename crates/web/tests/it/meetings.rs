//! Strategy meetings: arranged, held, minuted by form, and read back in their section of the episode.

use crate::house::{Browser, House, Page, WHY};
use axum::http::StatusCode;

const HELD: &str = "strategy_meeting.held";
const DECISIONS: &str = "No publicity yet: <script>alert(1)</script>\r\nDecide again on Thursday";
const ACTIONS: &str = "- Police: ask for the cameras, today\r\n\r\n- Social worker: visit the aunt, by 18:00 tomorrow\r\nSchool: ring if the child comes, at once";

/// An episode that is open and has had no strategy meeting.
async fn quiet_episode(browser: &mut Browser) -> (String, String) {
    for link in browser.open("/board").await.links("/children/") {
        if !browser.open(&link).await.html.contains("id=\"meetings-title\"") {
            return (link.split("/episodes/").next().expect("a child").to_string(), link);
        }
    }
    panic!("every child has had a strategy meeting");
}

/// Fills in the form of an address and sends it; of acts that are not the writer's, the team manager is who did them.
async fn write(browser: &mut Browser, address: &str, answers: &[(&str, &str)]) -> Page {
    let page = browser.open(address).await;
    let mut answers = answers.to_vec();
    if !page.form().iter().any(|(name, value)| name == "by" && !value.is_empty()) {
        answers.push(("by", "team_manager"));
    }
    let answer = browser.put_right(address, &page, &answers).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.text());
    answer
}

/// The section of strategy meetings.
fn section(page: &Page) -> String {
    let (_, rest) = page.html.split_once("id=\"meetings\"").expect("a place for meetings");
    rest.split("<div class=\"wh-side\"").next().expect("what stands before the timeline").to_string()
}

/// The address behind a link of the section, by its first words.
fn behind(section: &str, words: &str) -> String {
    let before = section.split(&format!(">{words}<")).next().filter(|b| b.len() < section.len());
    let before = before.unwrap_or_else(|| panic!("no link {words} in {section}"));
    let address = before.rsplit("href=\"").next().and_then(|rest| rest.split('"').next()).expect("an address");
    address.replace("&amp;", "&").replace("&#38;", "&")
}

async fn arranged(house: &House, browser: &mut Browser) -> (String, String) {
    let (child, episode) = quiet_episode(browser).await;
    let id = episode.rsplit('/').next().expect("an episode");
    let plan = [
        ("f-planned_for-day", "6"),
        ("f-planned_for-month", "1"),
        ("f-planned_for-year", "2026"),
        ("f-planned_for-time", "04:00"),
        ("f-where", "By video, room <7>"),
        ("f-invited", "health"),
        ("f-to_consider", "What is not known\r\nThe return"),
    ];
    write(browser, &format!("{child}/record/strategy_meeting.planned?episode={id}"), &plan).await;
    house.clock.pass(60);
    (child, episode)
}

async fn held(house: &House, browser: &mut Browser) -> String {
    let (_, episode) = arranged(house, browser).await;
    let held = behind(&section(&browser.open(&episode).await), "Record that it was held");
    let said = [
        ("f-chair", "team_manager"),
        ("f-attended", "police"),
        ("f-apologies", "health"),
        ("f-decisions", DECISIONS),
        ("f-actions", ACTIONS),
    ];
    write(browser, &held, &said).await;
    house.clock.pass(60);
    episode
}

#[tokio::test]
async fn a_meeting_is_arranged_held_and_minuted_and_stands_in_one_block() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (_, quiet) = quiet_episode(&mut browser).await;
    assert!(!browser.open(&quiet).await.says("Strategy meetings"), "no section without a meeting");

    let (_, episode) = arranged(&house, &mut browser).await;
    let shown = section(&browser.open(&episode).await);
    for words in ["Arranged for 04:00 today", "Not recorded as held", "By video, room &#60;7&#62;", "Health"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(shown.contains("<li>What is not known</li><li>The return</li>") && !shown.contains("Issue the minutes"));

    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = held(&house, &mut browser).await;
    let shown = section(&browser.open(&episode).await);
    assert_eq!(shown.matches("<details").count(), 1, "the plan belongs to the meeting: {shown}");
    for words in ["Held 04:12 today", "No minutes yet", "Who chaired?", "Team manager", "did not come", "Arranged"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("Record that it was held"));

    let minutes = behind(&shown, "Issue the minutes");
    let kept = [("f-to", "reviewing_officer"), ("f-minutes", "Page one\r\nPage two")];
    write(&mut browser, &minutes, &kept).await;
    let shown = section(&browser.open(&episode).await);
    assert!(shown.contains("Minutes issued</strong>") && shown.contains("<dd>Page one\nPage two</dd>"), "{shown}");
    assert_eq!(shown.matches("<details").count(), 1);
    assert!(!shown.contains("Issue the minutes<"));
}

#[tokio::test]
async fn what_was_typed_is_text_and_keeps_its_lines() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = held(&house, &mut browser).await;
    let page = browser.open(&episode).await;
    assert!(!page.html.contains("<script>alert"));
    let kept = "No publicity yet: &#60;script&#62;alert(1)&#60;/script&#62;\nDecide again on Thursday</dd>";
    assert_eq!(page.html.matches(kept).count(), 2, "in the section and in the timeline");
    let shown = section(&page);
    let listed = "<ul><li>Police: ask for the cameras, today</li><li>Social worker: visit the aunt, by 18:00 tomorrow</li>\
                  <li>School: ring if the child comes, at once</li></ul>";
    assert!(shown.contains(listed), "{shown}");
    let address = page.links("/assets/").into_iter().find(|a| a.ends_with("app.css")).expect("a style sheet");
    let styles = browser.open(&address).await.html;
    for place in [".wh-timeline__fields dd{", ".wh-meeting__facts dd{", ".wh-lines{"] {
        let rules = styles.split(place).nth(1).and_then(|rest| rest.split('}').next()).expect("a rule");
        assert!(rules.contains("white-space:pre-line"), "{place} {rules}");
    }
}

#[tokio::test]
async fn a_corrected_decision_counts_and_a_withdrawn_meeting_does_not() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = held(&house, &mut browser).await;
    let shown = section(&browser.open(&episode).await);
    let (_, part) = shown.split_once(">Held</h4>").expect("the meeting itself");
    let correct = behind(part, "Correct");
    let form = browser.open(&correct).await;
    assert!(form.html.contains("Decide again on Thursday</textarea>") && form.says("What the entry says now"));
    write(&mut browser, &correct, &[&[("f-decisions", "Publicity from today")], &WHY[..]].concat()).await;
    let page = browser.open(&episode).await;
    let shown = section(&page);
    assert!(shown.contains("Publicity from today") && shown.contains(">Corrected</span>"), "{shown}");
    assert!(!shown.contains("Decide again on Thursday") && page.html.contains("Decide again on Thursday"));

    let withdraw = correct.replace("/correct/", "/withdraw/");
    write(&mut browser, &withdraw, &[("why", "other-child"), ("reason", "It was another child")]).await;
    let shown = section(&browser.open(&episode).await);
    assert!(!shown.contains("Publicity from today"), "{shown}");
    assert!(shown.contains("Arranged for 04:00 today") && shown.contains("Record that it was held"), "{shown}");
}

#[tokio::test]
async fn who_sees_no_children_sees_no_meeting_and_no_link() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let episode = held(&house, &mut police).await;
    let child = episode.split("/episodes/").next().expect("a child");
    for role in ["analyst", "system_administrator"] {
        let mut browser = house.browser(role).await;
        for address in [episode.clone(), format!("{child}/record/{HELD}")] {
            let page = browser.get(&address).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{role} {address}");
            assert!(!page.html.contains("Strategy meetings") && !page.html.contains("/record/"), "{role} {address}");
        }
    }
}
