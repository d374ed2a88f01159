//! Forms, and who they are of: who takes the place of whose, who reads what, what completing one records, and what is told on another's behalf.

use crate::forms::{answers, forms, hour, open_episode, press, returned};
use crate::house::{Browser, Page, RULES, on_both};
use axum::http::StatusCode;
use engine::rulebook::{Details, FieldType};

/// A form with these answers, completed.
async fn complete(browser: &mut Browser, address: &str, given: &[(&str, &str)]) -> String {
    let page = browser.open(address).await;
    let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    let path = address.split('?').next().expect("a path");
    let done = press(browser, path, &page, &given, "complete").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{address}: {}", done.text());
    done.location
}

#[test]
fn what_somebody_completed_is_replaced_by_them_or_their_manager_and_by_nobody_else() {
    on_both(|house| async move {
        let mut interviewer = house.browser("missing_coordinator").await;
        let mut home = house.browser("home_staff").await;
        let (child, episode) = open_episode(&mut home).await;
        returned(&mut interviewer, &child, &episode).await;
        let address = format!("{child}/forms/northamptonshire/return_interview_record");
        let now = RULES.vocabulary().calendar.stamp(house.app.now());
        let told = [
            ("q-childs_views", "The night worker hit me"),
            ("q-feedback", "A talk with the carer"),
            ("q-interviewer", "missing_coordinator"),
            ("q-held_at", now.as_str()),
        ];
        let first = complete(&mut interviewer, &address, &told).await;
        let entry = first.rsplit('/').next().expect("an entry").to_string();
        house.clock.pass(1);
        // Whoever it is about fills in one of her own; it is offered as no version, and becomes none when it is sent as one.
        let read = home.open(&first).await;
        assert!(!read.says("Fill in a new version") && read.says("Fill in one of your own"), "{}", read.text());
        assert_eq!(read.links(&format!("{child}/dispute/")), [format!("{child}/dispute/{entry}")]);
        let over = format!("{address}?from={entry}");
        assert!(home.open(&over).await.says("It takes the place of no other"));
        let own = [("q-feedback", "There was nothing"), ("by", "return_interviewer"), ("q-held_at", now.as_str())];
        complete(&mut home, &over, &own).await;
        for browser in [&mut interviewer, &mut home] {
            assert!(!browser.open(&first).await.says("There is a later version"));
            let list = browser.open(&format!("{child}/forms")).await;
            assert!(list.links(&format!("{child}/forms/filled/")).len() >= 2, "both stand: {}", list.text());
        }
        assert!(interviewer.open(&first).await.says("The same form, filled in by others"));
        // Its author's own new version takes its place.
        house.clock.pass(1);
        let second = complete(&mut interviewer, &over, &[("q-feedback", "A second talk")]).await;
        assert!(interviewer.open(&first).await.says("There is a later version"));
        assert!(interviewer.open(&second).await.says("hit me") && !home.open(&second).await.says("hit me"));
    });
}

#[test]
fn what_an_interview_brought_out_is_read_by_nobody_of_the_home() {
    on_both(|house| async move {
        let mut interviewer = house.browser("missing_coordinator").await;
        let mut police = house.browser("police_missing_unit").await;
        let mut home = house.browser("home_staff").await;
        let (child, episode) = open_episode(&mut home).await;
        returned(&mut interviewer, &child, &episode).await;
        let shared = ["feedback", "permission", "explained", "time_returned", "date_returned"];
        let mut read = 0;
        for (book, block, form) in forms().into_iter().filter(|(_, block, _)| block.id == "return_interview_record") {
            let address = format!("{child}/forms/{}/{}", book.id, block.id);
            let page = interviewer.open(&address).await;
            let mut given = answers(&page, form, "Secret");
            given.extend(hour(&house, form));
            given.push(("note".into(), "Secret note".into()));
            let done = press(&mut interviewer, &address, &page, &given, "complete").await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{address}: {}", done.text());
            let (whole, part) = (police.open(&done.location).await, home.open(&done.location).await);
            let of_episode = home.open(&episode).await;
            assert!(whole.says("Secret note") && !part.says("Secret note"), "{address}: what is added");
            assert!(!of_episode.says("Secret note"), "{address}: nor in the episode");
            for one in form.fields.iter().filter(|one| one.details != Details::None || one.kind == FieldType::LongText)
            {
                let mark = format!("Secret {}", one.id);
                assert!(whole.says(&mark), "{address}: {} is for the police and social care", one.id);
                let open = shared.contains(&one.id.as_str()) || one.class == engine::vocabulary::Class::Health;
                assert_eq!(part.says(&mark), open, "{address}: {}", one.id);
                read += 1;
            }
            house.clock.pass(1);
        }
        assert!(read > 20, "{read} answers");
    });
}

#[test]
fn the_form_of_an_interview_records_that_it_was_held_and_a_bare_tick_does_not() {
    on_both(|house| async move {
        let mut browser = house.browser("missing_coordinator").await;
        let (child, episode) = open_episode(&mut browser).await;
        returned(&mut browser, &child, &episode).await;
        // The page of the act leads to the form.
        let plain = format!("{child}/record/return_interview.held");
        let led = browser.get(&plain).await;
        assert!(led.location.contains("/forms/northamptonshire/return_interview_record"), "{}", led.location);
        // What was filled in elsewhere says who held it and where it is.
        let page = browser.open(&format!("{plain}?paper=1")).await;
        let ticked = browser.submit(&plain, &page, &[]).await;
        assert_eq!(ticked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", ticked.text());
        assert!(ticked.says("Where is the filled-in form kept") && ticked.says("Who held it"), "{}", ticked.text());
        let owed = |page: &Page| page.says("Not offered yet") || page.says("Owed");
        assert!(owed(&browser.open(&episode).await));
        // The form records it, at the hour and by whom it says.
        house.clock.pass(30);
        let now = RULES.vocabulary().calendar.stamp(house.app.now());
        let address = format!("{child}/forms/northamptonshire/return_interview_record");
        let open = browser.open(&address).await;
        let told = [("q-childs_views".into(), "My nan was ill".into())];
        let refused = press(&mut browser, &address, &open, &told, "complete").await;
        assert!(refused.says("When was it held") && refused.html.contains("My nan was ill"), "{}", refused.text());
        let whole = [
            ("q-childs_views", "My nan was ill"),
            ("q-interviewer", "missing_coordinator"),
            ("q-held_at", now.as_str()),
        ];
        let filled = complete(&mut browser, &address, &whole).await;
        let record = browser.open(&episode).await;
        assert!(!owed(&record) && record.says("Held"), "{}", record.text());
        // A new version of the form says nothing twice.
        let entry = filled.rsplit('/').next().expect("an entry");
        complete(&mut browser, &format!("{address}?from={entry}"), &[("q-feedback", "A talk")]).await;
        let id = child.trim_start_matches("/children/");
        let held = house.app.store().record(id).await.expect("a record");
        let held = held
            .rows
            .iter()
            .filter(|row| row.payload.as_deref().is_some_and(|p| p.contains("\"return_interview.held\"")));
        assert_eq!(held.count(), 1, "it was held once");
    });
}

#[test]
fn a_rating_says_when_the_notification_came_so_that_the_hours_run() {
    on_both(|house| async move {
        let mut browser = house.browser("missing_coordinator").await;
        let (child, episode) = open_episode(&mut browser).await;
        let address = format!("{child}/forms/northamptonshire/hub_rating");
        let now = RULES.vocabulary().calendar.stamp(house.app.now());
        let given = [("f-rating", "red"), ("q-rests_on", "Adults who wait"), ("q-received_at", now.as_str())];
        complete(&mut browser, &address, &given).await;
        let page = browser.open(&episode).await;
        assert!(page.says("notification was received"), "{}", page.text());
        // The next rating is filled with it.
        assert!(
            browser.open(&address).await.form().iter().any(|(name, value)| name == "q-received_at-day" && value == "6")
        );
    });
}

#[test]
fn a_yes_of_the_essex_assessment_is_on_the_record_and_what_contradicts_it_is_said_first() {
    on_both(|house| async move {
        let mut browser = house.browser("missing_coordinator").await;
        let (child, _) = open_episode(&mut browser).await;
        let id = child.trim_start_matches("/children/").to_string();
        let address = format!("{child}/forms/essex/missing_risk_assessment");
        assert!(browser.open(&address).await.says("goes into what is known of the child"));
        complete(&mut browser, &address, &[("q-very_young", "yes"), ("q-other_vulnerability", "yes")]).await;
        let rows = house.app.store().record(&id).await.expect("a record").rows;
        let told = rows.iter().filter(|row| {
            let payload = row.payload.as_deref().unwrap_or_default();
            payload.contains("\"child.particularly_vulnerable\"") && payload.contains("true")
        });
        assert_eq!(told.count(), 1, "it is on the record once");
    });
}

#[test]
fn what_is_told_on_anothers_behalf_says_so_wherever_it_is_shown() {
    on_both(|house| async move {
        let mut home = house.browser("home_staff").await;
        let (child, episode) = open_episode(&mut home).await;
        let actor = house.actor(&home).await;
        let address = format!("{child}/forms/northamptonshire/incident_form");
        let given = [("q-clothing", "A green coat"), ("by", "police_officer"), ("by-name", "PC Fake")];
        let filled = complete(&mut home, &address, &given).await;
        let told = format!("as told; written down by {}", actor.name);
        for page in [filled, format!("{child}/forms")] {
            let page = home.open(&page).await;
            assert!(page.says("PC Fake") && page.says(&told), "{}", page.text());
        }
        assert!(home.open("/board").await.says("as told and not confirmed"));
        assert!(home.open(&episode).await.says("not confirmed yet"));
    });
}
