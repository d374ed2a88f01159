//! What stands at hand where somebody acts: whom to ring, what one may do, the law, the words, and the checklist to be answered.

use crate::house::{Browser, House, Page, WHY};
use axum::http::StatusCode;

/// In the night, when the emergency duty team answers and the council does not.
async fn episode(browser: &mut Browser) -> (String, String) {
    let link = browser.open("/board").await.links("/children/").remove(0);
    (link.split("/episodes/").next().expect("a child").to_string(), link)
}

#[tokio::test]
async fn an_episode_says_whom_to_ring_at_this_hour_and_what_to_say() {
    let house = House::new().await;
    let mut staff = house.browser("police_missing_unit").await;
    let (_, link) = episode(&mut staff).await;
    let page = staff.open(&link).await;
    let ring = page.html.split("id=\"ring\"").nth(1).expect("whom to ring");
    assert!(ring.contains("Out of office hours now"), "{}", page.text());
    assert!(ring.contains("href=\"tel:101\"") && ring.contains("href=\"tel:999\""));
    assert!(page.says("Say: I am ringing about") && page.says("Police incident number"), "{}", page.text());
    assert!(page.links("/protocol/northamptonshire/contacts").len() == 1);
    // The links of the protocol lead there.
    for address in page.links("/protocol/") {
        staff.open(&address).await;
    }
}

#[tokio::test]
async fn a_telling_shows_the_numbers_beside_the_form_and_who_has_none() {
    let house = House::new().await;
    let (mut rung, mut without) = (0, 0);
    for role in ["home_staff", "social_worker", "missing_coordinator", "police_missing_unit", "team_manager"] {
        let mut browser = house.browser(role).await;
        let page = browser.open("/").await;
        let telling = page.links("/children/").into_iter().filter(|l| l.contains("/record/notification.sent?duty="));
        for address in telling.take(4) {
            let form = browser.open(&address).await;
            assert!(form.says("Whom to ring"), "{address}: {}", form.text());
            rung += form.html.matches("href=\"tel:").count();
            without += form.html.matches("No number on the record or in the protocol").count();
            let why = form.links("/children/").into_iter().find(|l| l.contains("/why/")).expect("why");
            assert!(browser.open(&why).await.says("Whom to ring"), "{why}");
        }
    }
    assert!(rung > 0, "somebody is rung");
    assert!(without > 0, "somebody has no number, and that is said");
}

#[tokio::test]
async fn police_protection_runs_on_the_strip_for_72_hours_and_ends_when_it_is_ended() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let (child, link) = episode(&mut police).await;
    assert!(!police.open(&link).await.html.contains("<dt>Police protection</dt>"));
    // It was filled in elsewhere: the plain page.
    let address = format!("{child}/record/police_protection.started?paper=yes");
    let form = police.open(&address).await;
    assert!(form.says("Legal powers") && form.says("Children Act 1989, section 46"), "{}", form.text());
    let saved = police.submit(&address, &form, &[("by", "police_missing_unit")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let page = police.open(&link).await;
    assert!(page.html.contains("<dt>Police protection</dt>") && page.says("Ends in 72 h"), "{}", page.text());
    house.clock.pass(73 * 60);
    let page = police.open(&link).await;
    assert!(page.says("Ran out 1 h ago"), "{}", page.text());
    let address = format!("{child}/record/police_protection.ended");
    let form = police.open(&address).await;
    let saved = police.submit(&address, &form, &[("by", "police_missing_unit")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(!police.open(&link).await.html.contains("<dt>Police protection</dt>"));
}

#[tokio::test]
async fn what_one_may_do_leads_to_its_form_with_the_act_filled_in() {
    let house = House::new().await;
    let mut offered = 0;
    for role in ["police_missing_unit", "home_staff", "social_worker"] {
        let mut browser = house.browser(role).await;
        let (_, link) = episode(&mut browser).await;
        let page = browser.open(&link).await;
        for address in page.links("/children/").into_iter().filter(|l| l.contains("?act=")) {
            let address = address.replace("&amp;", "&");
            let act =
                address.split("?act=").nth(1).and_then(|rest| rest.split('&').next()).expect("an act").to_string();
            let form = browser.open(&address).await;
            let generic = ["/record/action.recorded", "/record/decision.recorded", "/record/meeting.held"];
            if generic.iter().any(|event| address.contains(event)) {
                assert!(form.form().iter().any(|(_, value)| *value == act), "{address}: {:?}", form.form());
            }
            offered += 1;
        }
    }
    assert!(offered > 0, "somebody may do something");
}

#[tokio::test]
async fn a_word_of_the_protocol_opens_where_it_is_used() {
    let house = House::new().await;
    let mut police = house.browser("missing_coordinator").await;
    let (_, link) = episode(&mut police).await;
    let page = police.open(&link).await;
    let mut explained = 0;
    for why in page.links("/children/").into_iter().filter(|l| l.contains("/why/")).take(12) {
        explained += police.open(&why).await.html.matches("<details class=\"wh-word\" data-provision=").count();
    }
    assert!(explained > 0);
}

/// A form with a checklist of two lines or more, and its address, among what is asked of these people.
async fn with_checklist(house: &House) -> (Browser, String, Page) {
    for role in
        ["home_staff", "home_manager", "social_worker", "team_manager", "missing_coordinator", "police_missing_unit"]
    {
        let mut browser = house.browser(role).await;
        let home = browser.open("/").await;
        for address in home.links("/children/").into_iter().filter(|l| l.contains("/record/") && l.contains("duty=")) {
            let page = browser.open(&address).await;
            if keys(&page).len() > 2 && address.contains("action.recorded") {
                return (browser, address, page);
            }
        }
    }
    panic!("no form has a checklist");
}

fn keys(page: &Page) -> Vec<String> {
    let shown = page.form().into_iter().find(|(name, _)| name == "checks").map(|(_, keys)| keys).unwrap_or_default();
    shown.split_whitespace().map(String::from).collect()
}

#[tokio::test]
async fn a_checklist_is_answered_with_the_act_and_shown_where_it_is_asked_about() {
    let house = House::new().await;
    let (mut browser, address, page) = with_checklist(&house).await;
    let keys = keys(&page);
    let (path, role) = (address.split('?').next().expect("a path").to_string(), house.actor(&browser).await.role);
    let why = page.links("/children/").into_iter().find(|l| l.contains("/why/")).expect("why");
    assert!(browser.open(&why).await.html.contains("<span class=\"wh-soft\">open</span>"));
    // A no without why is not taken, and nothing that was chosen is lost.
    let chosen = [(keys[0].as_str(), "yes"), (keys[1].as_str(), "no"), ("by", role.as_str())];
    let refused = browser.submit(&path, &page, &chosen).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    assert!(
        refused.says("write why not") && refused.html.contains(&format!("name=\"{}\" value=\"yes\" checked", keys[0]))
    );
    assert!(refused.html.contains(&format!("href=\"#{}-why\"", keys[1])));
    let reason = format!("{}-why", keys[1]);
    let saved = browser.submit(&path, &refused, &[(reason.as_str(), "The <office> was shut")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = browser.open(&saved.location).await;
    let checked =
        shown.html.split("wh-checked\">").nth(1).and_then(|c| c.split("</ul>").next()).expect("the checklist");
    assert!(checked.contains("<strong>Yes</strong>") && checked.contains("<strong>Left open</strong>"), "{checked}");
    assert!(checked.contains("<strong>No</strong>: The &#60;office&#62; was shut"), "{checked}");
    let asked = browser.open(&why).await;
    assert!(
        asked.says("No: The <office> was shut") || asked.html.contains("No: The &#60;office&#62; was shut"),
        "{}",
        asked.text()
    );
    // Corrected, the answers are there to be changed, and what is not changed stays.
    let correct = shown.links("/children/").into_iter().find(|l| l.contains("/correct/")).expect("to correct");
    let form = browser.open(&correct).await;
    assert!(form.html.contains(&format!("name=\"{}\" value=\"yes\" checked", keys[0])));
    let again = browser.put_right(&correct, &form, &[(keys[2].as_str(), "not-applicable"), WHY[0], WHY[1]]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    let after = browser.open(&again.location).await;
    assert!(
        after.html.contains("<strong>Not applicable</strong>") && after.html.contains("The &#60;office&#62; was shut")
    );
}

#[tokio::test]
async fn the_report_says_whom_to_ring_and_what_the_protocol_says() {
    let house = House::new().await;
    let mut staff = house.browser("social_worker").await;
    let page = staff.open("/report").await;
    let child = page.form().into_iter().find(|(name, _)| name == "child").expect("a child to report").1;
    let report = staff.post("/report", &[("child", &child)]).await.location;
    let police = staff.open(&format!("{report}/police")).await;
    assert!(police.says("Whom to ring") && police.html.contains("href=\"tel:101\""), "{}", police.text());
    // What is said at the act itself, folded, with the provision it comes from.
    assert!(police.says("A report does not pass the child on"), "{}", police.text());
    assert!(police.html.contains("data-provision=\"NORTHANTS-1.10-n\""));
    assert!(staff.open(&format!("{report}/read-out")).await.html.contains("href=\"tel:999\""));
}
