//! A form that was refused is given back on its own page: to whoever typed it, in that session, as long as they may open the page; and by
//! looking at it nothing is sent.

use crate::house::{Browser, House, Page, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const TYPED: &str = "Platform 4, by the <kiosk>";
const SHOWN: &str = "Platform 4, by the &#60;kiosk&#62;";

/// What is typed of a search, with a time that is none.
const ANSWERS: [(&str, &str); 4] =
    [("f-where", TYPED), ("f-result", "nothing"), ("by", "police_missing_unit"), ("occurred-time", "25:77")];

/// The address of a child who is missing.
async fn missing(browser: &mut Browser) -> String {
    let episode = browser.open("/board").await.links("/children/").remove(0);
    episode.split("/episodes/").next().expect("a child").to_string()
}

async fn version(house: &House, child: &str) -> i64 {
    house.app.store().record(child.rsplit('/').next().expect("an id")).await.expect("a record").version
}

fn given_back(page: &Page) -> bool {
    page.html.contains(SHOWN) && page.says("What you typed on this page was not saved")
}

#[test]
fn a_refused_form_is_given_back_on_its_own_page_and_to_nobody_else() {
    on_both(|house| async move {
        let mut one = house.browser("police_missing_unit").await;
        one.says = true;
        let child = missing(&mut one).await;
        let page = format!("{child}/record/search.made?back=%2Fboard");
        let action = format!("{child}/record/search.made");
        let before = version(&house, &child).await;
        let form = one.open(&page).await;
        let refused = one.submit(&action, &form, &ANSWERS).await;
        assert_eq!((refused.status, refused.location.as_str()), (StatusCode::SEE_OTHER, page.as_str()));
        for _ in 0..2 {
            let again = one.get(&page).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.text());
            assert!(given_back(&again), "{}", again.text());
            assert!(again.says("There is a problem") && again.html.contains("25:77"), "{}", again.text());
        }
        assert_eq!(version(&house, &child).await, before, "nothing is sent by looking at it");
        // The same page from elsewhere, another page, the same person at another browser, and somebody else, are given nothing.
        for other in [format!("{child}/record/search.made"), format!("{child}/record/information.received")] {
            assert!(!given_back(&one.get(&other).await), "{other}");
        }
        let mut elsewhere = house.browser("police_missing_unit").await;
        let mut somebody = house.browser("missing_coordinator").await;
        for browser in [&mut elsewhere, &mut somebody] {
            browser.says = true;
            browser.cookies.insert("refused".into(), "yes".into());
            assert!(!given_back(&browser.open(&page).await));
        }
        // Put right and sent, it is kept no more.
        let again = one.get(&page).await;
        let saved = one.submit(&action, &again, &[("occurred-time", "03:05")]).await;
        assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, "/board"), "{}", saved.text());
        assert_eq!(version(&house, &child).await, before + 1);
        assert!(!given_back(&one.open(&page).await));
    });
}

#[test]
fn it_goes_when_its_person_signs_out_throws_it_away_or_may_not_open_the_page() {
    on_both(|house| async move {
        let mut one = house.browser("police_missing_unit").await;
        one.says = true;
        let child = missing(&mut one).await;
        let page = format!("{child}/record/search.made?back=%2Fboard");
        let action = format!("{child}/record/search.made");
        let form = one.open(&page).await;
        one.submit(&action, &form, &ANSWERS).await;
        let again = one.get(&page).await;
        let thrown = one.post("/resume", &[("page", &page)]).await;
        assert_eq!((again.status, thrown.location), (StatusCode::UNPROCESSABLE_ENTITY, page.clone()));
        let form = one.open(&page).await;
        assert!(!given_back(&form));
        one.submit(&action, &form, &ANSWERS).await;
        assert!(given_back(&one.get(&page).await));
        let session = house.app.store().sessions_of(&house.actor(&one).await.person, 0).await.unwrap().remove(0);
        assert_eq!(house.app.store().kept_in(&session.id).await.unwrap().len(), 1);
        // An hour later it is gone by itself.
        house.clock.pass(10);
        assert!(given_back(&one.get(&page).await));
        one.post("/sign-out", &[]).await;
        assert!(house.app.store().kept_in(&session.id).await.unwrap().is_empty(), "nothing is left in the database");
        let mut one = house.browser("police_missing_unit").await;
        one.says = true;
        one.cookies.insert("refused".into(), "yes".into());
        let form = one.open(&page).await;
        assert!(!given_back(&form));
        // Whoever may not open the page any more is given nothing either.
        one.submit(&action, &form, &ANSWERS).await;
        let actor = house.actor(&one).await;
        let now = house.app.now().0 * 1_000_000;
        for held in house.app.store().posts_of(&actor.person).await.unwrap() {
            let ended = store::Post { until_us: Some(now), ..held.post };
            house.app.store().post_change(&ended, "system_administrator", now).await.unwrap();
        }
        house.clock.pass(1);
        let shut = one.get(&page).await;
        assert_eq!(shut.status, StatusCode::FORBIDDEN, "{}", shut.text());
        assert!(!shut.html.contains("Platform 4"), "{}", shut.text());
    });
}

/// What is answered by a page that only says what went wrong, such as that somebody signed in again meanwhile, waits on the page of the form as
/// well.
#[test]
fn what_a_plain_page_answers_is_given_back_on_the_page_of_its_form() {
    on_both(|house| async move {
        let mut one = house.browser("police_missing_unit").await;
        one.says = true;
        let child = missing(&mut one).await;
        let action = format!("{child}/record/search.made");
        let before = version(&house, &child).await;
        let form = one.open(&action).await;
        let person = house.actor(&one).await.person;
        let username = house.app.store().person(&person).await.unwrap().expect("somebody").username;
        let mut one = house.browser_at(one, &username).await;
        one.says = true;
        let mut pairs = form.form();
        pairs.retain(|(name, _)| ANSWERS[..3].iter().all(|(own, _)| own != name));
        pairs.extend(ANSWERS[..3].iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        let request = Request::post(&action)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        let old = one.send(request, Body::from(body)).await;
        assert_eq!(old.status, StatusCode::FORBIDDEN, "{}", old.text());
        assert!(old.says("You signed in again since this page was opened"), "{}", old.text());
        for _ in 0..2 {
            let again = one.get(&action).await;
            assert!(given_back(&again), "{} {}", again.status, again.text());
        }
        assert_eq!(version(&house, &child).await, before, "nothing is sent by looking at it");
        let mut somebody = house.browser("missing_coordinator").await;
        somebody.says = true;
        somebody.cookies.insert("refused".into(), "yes".into());
        assert!(!given_back(&somebody.open(&action).await));
        // Sent from there, it is saved, and kept no more.
        let again = one.get(&action).await;
        let saved = one.submit(&action, &again, &[]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(version(&house, &child).await, before + 1);
        assert!(!given_back(&one.open(&action).await));
    });
}

#[test]
fn what_could_be_saved_by_now_is_not_saved_by_looking_at_it() {
    on_both(|house| async move {
        let mut one = house.browser("police_missing_unit").await;
        one.says = true;
        let child = missing(&mut one).await;
        let action = format!("{child}/record/search.made");
        let before = version(&house, &child).await;
        let form = one.open(&action).await;
        // Ten minutes ahead of the clock.
        let ahead =
            [("f-where", TYPED), ("f-result", "nothing"), ("by", "police_missing_unit"), ("occurred-time", "03:22")];
        one.submit(&action, &form, &ahead).await;
        assert_eq!(one.get(&action).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        house.clock.pass(12);
        let again = one.get(&action).await;
        assert_eq!(again.status, StatusCode::OK, "{}", again.text());
        assert!(given_back(&again) && again.says("Not saved yet"), "{}", again.text());
        assert_eq!(version(&house, &child).await, before);
        let saved = one.submit(&action, &again, &[]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert_eq!(version(&house, &child).await, before + 1);
    });
}

#[test]
fn what_only_the_database_can_say_is_said_and_a_draft_is_no_obstacle() {
    on_both(|house| async move {
        // A username that is taken is found out by writing.
        let mut keeper = house.browser("system_administrator").await;
        keeper.says = true;
        let form = keeper.open("/people/new").await;
        let taken = &house.county.people[0].username;
        let systems = house.actor(&keeper).await.agency;
        let answers = [
            ("name", "Robin Thistle"),
            ("username", taken.as_str()),
            ("role", "system_administrator"),
            ("agency", systems.as_str()),
            ("reason", "A second keeper of the system"),
        ];
        let refused = keeper.submit("/people/new", &form, &answers).await;
        assert_eq!(refused.location, "/people/new", "{} {}", refused.status, refused.text());
        let again = keeper.get("/people/new").await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.text());
        assert!(again.html.contains("Robin Thistle"));
        // A form is a draft, saved on the way: it is given back with what is wrong, and its draft stays as it was.
        let mut home = house.browser("home_staff").await;
        home.says = true;
        let child = missing(&mut home).await;
        let forms = home.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/"));
        let page = forms.iter().find(|link| !link.contains("/draft/") && !link.contains("/filled/")).unwrap().clone();
        let form = home.open(&page).await;
        let action = page.split('?').next().unwrap().to_string();
        let answers = [("note", TYPED), ("occurred-time", "25:77"), ("do", "complete")];
        let refused = home.submit(&action, &form, &answers).await;
        assert_eq!(refused.location, page, "{} {}", refused.status, refused.text());
        let person = house.actor(&home).await.person;
        let drafts = house.app.store().form_drafts_of(&person).await.unwrap();
        for _ in 0..2 {
            let again = home.get(&page).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.text());
            assert!(given_back(&again), "{}", again.text());
        }
        assert_eq!(house.app.store().form_drafts_of(&person).await.unwrap(), drafts);
    });
}
