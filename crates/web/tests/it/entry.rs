//! Recording, correcting and withdrawing an entry: nothing that was typed is ever lost, and nothing is recorded twice.

use crate::house::{Browser, House, Page, WHY};
use axum::http::StatusCode;

const EVENT: &str = "information.received";
const TYPED: &str = "Seen by the river <with a friend> & \"well\"";

/// A child whose episode is open, and the page of that episode.
async fn open_episode(browser: &mut Browser) -> (String, String) {
    let link = browser.open("/board").await.links("/children/").remove(0);
    let child = link.split("/episodes/").next().expect("a child").to_string();
    (child, link)
}

async fn form(browser: &mut Browser, child: &str) -> (String, Page) {
    let address = format!("{child}/record/{EVENT}");
    let page = browser.open(&address).await;
    (address, page)
}

#[tokio::test]
async fn an_entry_is_recorded_and_stands_in_the_timeline() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, episode) = open_episode(&mut browser).await;
    let (address, page) = form(&mut browser, &child).await;
    assert!(page.form().contains(&("occurred-time".into(), "03:12".into())), "now is filled in");
    let answer = browser.submit(&address, &page, &[("f-text", TYPED)]).await;
    assert_eq!(
        (answer.status, answer.location.as_str()),
        (StatusCode::SEE_OTHER, episode.as_str()),
        "{}",
        answer.text()
    );
    let shown = browser.open(&episode).await;
    assert!(shown.html.contains("Seen by the river &#60;with a friend&#62;"), "what was typed is shown as text");
    assert!(shown.html.contains("wh-banner--success"));
}

#[tokio::test]
async fn a_form_sent_twice_is_recorded_once() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, episode) = open_episode(&mut browser).await;
    let (address, page) = form(&mut browser, &child).await;
    let first = browser.submit(&address, &page, &[("f-text", "seen once")]).await;
    let again = browser.submit(&address, &page, &[("f-text", "seen once")]).await;
    assert_eq!((first.status, first.location), (again.status, again.location));
    assert_eq!(browser.open(&episode).await.html.matches("seen once").count(), 1);
}

#[tokio::test]
async fn the_very_same_from_a_new_form_is_recorded_once_and_what_differs_is_recorded() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, episode) = open_episode(&mut browser).await;
    for text in ["seen once", "seen once", "seen once more"] {
        let (address, page) = form(&mut browser, &child).await;
        let saved = browser.submit(&address, &page, &[("f-text", text)]).await;
        assert_eq!((saved.status, saved.location), (StatusCode::SEE_OTHER, episode.clone()));
    }
    assert_eq!(browser.open(&episode).await.html.matches("seen once").count(), 2);
    let mut other = house.browser("missing_coordinator").await;
    let (address, page) = form(&mut other, &child).await;
    other.submit(&address, &page, &[("f-text", "seen once")]).await;
    assert_eq!(browser.open(&episode).await.html.matches("seen once").count(), 3, "another person saw it too");
}

#[tokio::test]
async fn a_wrong_answer_is_said_beside_its_field_and_on_top_and_what_was_typed_stays() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, _) = open_episode(&mut browser).await;
    let (address, page) = form(&mut browser, &child).await;
    // A year to come may be any part of it that is wrong; all else leads to the box that is at fault.
    for (field, value, at_fault) in [
        ("occurred-year", "2031", "occurred-day"),
        ("occurred-time", "lunch", "occurred-time"),
        ("occurred-time", "2561", "occurred-time"),
        ("occurred-day", "31x", "occurred-day"),
        ("occurred-month", "13", "occurred-month"),
        ("occurred-year", "1950", "occurred-day"),
    ] {
        let answer = browser.submit(&address, &page, &[(field, value), ("f-text", TYPED)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}");
        assert!(
            answer.html.contains("<title>Error: ") && answer.html.contains("govuk-error-summary"),
            "{field} {value}"
        );
        assert!(
            answer.html.contains(&format!("href=\"#{at_fault}\"")) && answer.html.contains("id=\"occurred-error\""),
            "{field} {value}"
        );
        let marked = |part: &&str| {
            let tag = answer.html.split("<input ").find(|tag| tag.contains(&format!("id=\"occurred-{part}\"")));
            let tag = tag.expect("a box").split('>').next().unwrap_or_default();
            assert_eq!(tag.contains("govuk-input--error"), tag.contains("aria-invalid=\"true\""), "{tag}");
            tag.contains("aria-invalid=\"true\"")
        };
        let wrong: Vec<&str> = ["day", "month", "year", "time"].into_iter().filter(marked).collect();
        let all = vec!["day", "month", "year", "time"];
        let one = vec![at_fault.trim_start_matches("occurred-")];
        assert_eq!(wrong, if field == "occurred-year" { all } else { one }, "{field} {value}");
        assert!(answer.html.contains(&format!("value=\"{value}\"")), "{field} {value} stays");
        assert!(answer.html.contains("Seen by the river"), "{field} {value}");
    }
}

#[tokio::test]
async fn a_stale_page_shows_what_is_newer_and_what_was_typed_and_is_recorded_all_the_same() {
    let house = House::new().await;
    let mut one = house.browser("police_missing_unit").await;
    let mut two = house.browser("missing_coordinator").await;
    let (child, episode) = open_episode(&mut one).await;
    let (address, mine) = form(&mut one, &child).await;
    let (_, theirs) = form(&mut two, &child).await;
    assert_eq!(
        two.submit(&address, &theirs, &[("f-text", "newer of somebody else")]).await.status,
        StatusCode::SEE_OTHER
    );
    let stale = one.submit(&address, &mine, &[("f-text", "typed by me")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.says("newer of somebody else") && stale.html.contains("typed by me"));
    assert!(stale.says("Record it all the same"));
    let saved = one.submit(&address, &stale, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let shown = one.open(&episode).await;
    assert!(shown.says("typed by me") && shown.says("newer of somebody else"));
}

#[tokio::test]
async fn an_entry_is_corrected_then_withdrawn_and_both_stay_to_be_seen() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, episode) = open_episode(&mut browser).await;
    let (address, page) = form(&mut browser, &child).await;
    browser.submit(&address, &page, &[("f-text", "said at first")]).await;
    let shown = browser.open(&episode).await;
    let place = shown.html.find("said at first").expect("the entry");
    let correct = shown.html[..place].rsplit("href=\"").find(|rest| rest.contains("/correct/")).expect("a link");
    let correct = correct.split('"').next().expect("an address").to_string();
    let page = browser.open(&correct).await;
    assert!(page.says("What the entry says now") && page.says("said at first"));
    let unsaid = browser.submit(&correct, &page, &[("f-text", "said at last")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unsaid.text());
    assert!(unsaid.says("Choose why it is put right") && unsaid.says("Say why it is put right, in a few words"));
    assert!(unsaid.html.contains("said at last"), "what was typed is there");
    let answer = browser.put_right(&correct, &page, &[("f-text", "said at last"), WHY[0], WHY[1]]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let shown = browser.open(&episode).await;
    assert!(shown.says("said at last") && shown.says("said at first"));
    assert!(shown.says("It was written down wrongly. Read off the wrong line"), "why stands beside it");

    let withdraw = correct.replace("/correct/", "/withdraw/");
    let page = browser.open(&withdraw).await;
    let empty = browser.submit(&withdraw, &page, &[("reason", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.html.contains("href=\"#reason\""));
    let answer =
        browser.put_right(&withdraw, &page, &[("why", "other-child"), ("reason", "It was another child")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let shown = browser.open(&episode).await;
    assert!(shown.says("Withdrawn") && shown.says("It was another child") && shown.says("said at last"));
}

#[tokio::test]
async fn every_event_of_the_menu_has_a_page() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, episode) = open_episode(&mut browser).await;
    let id = episode.rsplit('/').next().expect("an id");
    let ways = browser.open(&format!("{child}/record?episode={id}")).await.links(&format!("{child}/record?q="));
    let mut menu = std::collections::BTreeSet::new();
    for group in ways {
        let page = browser.open(&group.replace("&#38;", "&").replace("&amp;", "&")).await;
        menu.extend(page.links(&format!("{child}/record/")));
    }
    // What is one of many acts is said first.
    menu.retain(|link| !link.contains("/action.recorded") && !link.contains("/decision.recorded"));
    assert!(menu.len() > 30, "{} links", menu.len());
    for link in menu {
        if link.contains("photograph") {
            // A picture is chosen first: `photograph.rs`.
            assert!(browser.get(&link).await.location.ends_with("/photographs/new"));
            continue;
        }
        let page = browser.open(&link).await;
        assert!(page.html.contains("name=\"occurred-day\"") && page.html.contains("name=\"key\""), "{link}");
        assert!(page.html.len() < 60_000, "{link}: {} bytes", page.html.len());
    }
}

#[tokio::test]
async fn a_form_without_its_version_or_token_is_not_taken() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let (child, _) = open_episode(&mut browser).await;
    let address = format!("{child}/record/{EVENT}");
    browser.open(&address).await;
    assert_eq!(browser.post(&address, &[("key", "k"), ("f-text", "x")]).await.status, StatusCode::BAD_REQUEST);
    let forged = house.browser("police_missing_unit").await.post(&address, &[("version", "1")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
}

/// Chosen by name in the list, an event that stands for many acts asks which it was, and each is a link to its form.
#[tokio::test]
async fn what_stands_for_many_acts_asks_which_it_was_and_leads_to_its_form() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, episode) = open_episode(&mut browser).await;
    let id = episode.rsplit('/').next().expect("an id").to_string();
    for (words, event, field) in
        [("decision recorded", "decision.recorded", "f-decision"), ("something done", "action.recorded", "f-action")]
    {
        let typed = words.replace(' ', "+");
        let found = browser.open(&format!("{child}/record?q={typed}&episode={id}")).await;
        let link = found.links(&format!("{child}/record/{event}")).into_iter().find(|link| !link.contains("act="));
        let chosen = browser.get(&plain(&link.expect("it is found by its name"))).await;
        assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{event}");
        let which = browser.open(&chosen.location).await;
        let acts = which.links(&format!("{child}/record/{event}?act="));
        assert!(acts.len() > 10, "{event}: {} acts", acts.len());
        for act in acts {
            let page = browser.get(&plain(&act)).await;
            // Some decisions are recorded by a form of the protocol.
            if page.location.contains("/forms/") {
                continue;
            }
            assert_eq!(page.status, StatusCode::OK, "{act} leads to {}", page.location);
            let named = act.split("act=").nth(1).and_then(|rest| rest.split(['&', '"']).next()).expect("an act");
            assert!(page.form().contains(&(field.into(), named.into())), "{act}");
        }
        let narrower = browser.open(&format!("{child}/record?of={event}&q=meeting")).await;
        assert!(narrower.html.contains("id=\"found\""));
    }
}

/// A word of the address with nothing behind it, an act that nobody knows, and one that the event does not record name no act.
#[tokio::test]
async fn an_address_that_names_no_act_offers_no_answers_of_other_decisions() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    for act in
        ["?act=", "?act=no.such", "?act=strategy_meeting.hold", "?duty=", "?act=&duty=&episode=&photograph=&meeting="]
    {
        let page = browser.get(&format!("{child}/record/decision.recorded{act}")).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{act}");
        assert!(page.location.contains("/record?of=decision.recorded"), "{act}: {}", page.location);
    }
    // One that has an event of its own can be recorded as a decision as well.
    let page = browser.open(&format!("{child}/record/decision.recorded?act=absence.classify")).await;
    assert_eq!(page.html.matches("name=\"f-answer\"").count(), 2, "yes and no");
    assert!(page.says("Yes, the child is missing"));
    // Sent without its decision, the form comes again with no answers of others.
    let address = format!("{child}/record/decision.recorded");
    let again = browser.submit(&address, &page, &[("f-decision", "")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(again.html.matches("name=\"f-answer\"").count(), 2);
}

/// An address as a browser takes it from a page.
fn plain(link: &str) -> String {
    link.replace("&#38;", "&").replace("&amp;", "&")
}
