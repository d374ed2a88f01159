//! Reporting a child missing, from the first question to the page that is read to the police.

use crate::house::{Browser, House};
use axum::http::StatusCode;

/// Begins a report of a child who is not missing; gives its address.
async fn begin(browser: &mut Browser) -> String {
    let page = browser.open("/report").await;
    let child = page.form().into_iter().find(|(name, _)| name == "child").expect("a child to report").1;
    let begun = browser.post("/report", &[("child", &child)]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text());
    begun.location
}

#[tokio::test]
async fn a_report_is_asked_question_by_question_and_read_to_the_police() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let report = begin(&mut browser).await;
    let mut step = browser.get(&report).await.location;
    let mut asked = Vec::new();
    while !step.ends_with("/check") {
        asked.push(step.clone());
        let page = browser.open(&step).await;
        let answers: &[(&str, &str)] = match step.rsplit('/').next() {
            Some("status") => &[("f-status", "missing")],
            Some("searches") => &[("search-1-where", "The garden"), ("search-1-result", "Not there")],
            _ => &[],
        };
        let next = browser.submit(&step, &page, answers).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{step}: {}", next.text());
        step = next.location;
    }
    assert_eq!(asked.len(), 8);
    let page = browser.open(&step).await;
    assert!(page.says("Check what you report") && page.says("The garden"));
    let done = browser.submit(&step, &page, &[]).await;
    assert_eq!(
        (done.status, done.location.clone()),
        (StatusCode::SEE_OTHER, format!("{report}/read-out")),
        "{}",
        done.text()
    );
    let out = browser.open(&done.location).await;
    assert!(out.says("Read this to the police") && out.html.contains("data-print"));
    let episode = out.links("/children/").into_iter().find(|href| href.contains("/episodes/")).expect("an episode");
    assert!(browser.open(&episode).await.says("The garden"));
    let again = browser.submit(&step, &page, &[]).await;
    assert_eq!(again.location, done.location, "sent again it is the same report");
}

/// Answers the first two questions and sends the report; gives the page to read out.
async fn send(browser: &mut Browser, report: &str) -> String {
    for (step, answers) in [("status", &[("f-status", "missing")][..]), ("noticed", &[]), ("check", &[])] {
        let address = format!("{report}/{step}");
        let shown = browser.open(&address).await;
        let next = browser.submit(&address, &shown, answers).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{step}: {}", next.text());
    }
    format!("{report}/read-out")
}

#[tokio::test]
async fn whoever_has_few_children_reports_with_one_press_and_searches_below() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let page = browser.open("/report").await;
    let (row, search) = (page.html.find("name=\"child\""), page.html.find("action=\"/report/find\""));
    assert!(row.is_some() && row < search, "the children come before the search");
    assert!(page.says("Another child"), "{}", page.text());
}

#[tokio::test]
async fn i_have_told_them_stands_where_it_is_read_out_with_their_number() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let report = begin(&mut browser).await;
    let out = send(&mut browser, &report).await;
    let page = browser.open(&out).await;
    assert!(page.says("I have told them") && page.html.contains("name=\"incident_number\""), "{}", page.text());
    house.clock.pass(4);
    let told = format!("{report}/told");
    let done = browser.submit(&told, &page, &[("incident_number", "NP-20260106-77")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let episode = browser.open(&done.location).await;
    assert!(episode.says("NP-20260106-77") && !episode.says("Not reported"), "{}", episode.text());
    // Sent twice it is one report, and the page asks no more.
    let again = browser.submit(&told, &page, &[("incident_number", "NP-20260106-77")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
    let episode = browser.open(&done.location).await;
    assert_eq!(episode.html.matches("The child was reported to the police<").count(), 1, "{}", episode.text());
    let page = browser.open(&out).await;
    assert!(page.says("NP-20260106-77") && !page.says("I have told them"), "{}", page.text());
}

#[tokio::test]
async fn who_has_told_them_before_the_report_is_sent_says_so_in_it() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let report = begin(&mut browser).await;
    let page = browser.open(&format!("{report}/read-out")).await;
    let done = browser.submit(&format!("{report}/told"), &page, &[("incident_number", "NP-9")]).await;
    assert_eq!((done.status, done.location.clone()), (StatusCode::SEE_OTHER, format!("{report}/check")));
    let check = browser.open(&done.location).await;
    assert!(check.says("NP-9") && check.says("Yes"), "{}", check.text());
}

#[tokio::test]
async fn the_form_of_the_police_report_says_whom_to_ring_above_it_and_knows_the_status() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let report = begin(&mut browser).await;
    let out = send(&mut browser, &report).await;
    let out = browser.open(&out).await;
    let episode = out.links("/children/").into_iter().find(|href| href.contains("/episodes/")).expect("an episode");
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    let page = browser.open(&format!("{child}/record/police.reported")).await;
    let (ring, button) = (page.html.find("tel:101"), page.html.find(">Record<"));
    assert!(ring.is_some() && ring < button, "the number is above the button: {}", page.text());
    assert!(page.form().contains(&("f-as".into(), "missing".into())), "{:?}", page.form());
}

#[tokio::test]
async fn a_report_can_be_left_and_gone_on_with() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let report = begin(&mut browser).await;
    let step = browser.get(&report).await.location;
    let page = browser.open(&step).await;
    let next = browser.submit(&step, &page, &[("f-status", "missing")]).await.location;
    let home = browser.open("/").await;
    assert!(home.links("/report/").contains(&report), "the home page leads back");
    assert_eq!(browser.get(&report).await.location, next);
    let first = browser.open(&step).await;
    assert!(first.form().contains(&("f-status".into(), "missing".into())), "the answer is still there");
}

#[tokio::test]
async fn what_is_wrong_is_said_and_kept() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let report = begin(&mut browser).await;
    let step = format!("{report}/noticed");
    let page = browser.open(&step).await;
    let answer = browser.submit(&step, &page, &[("occurred-time", "25:61")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.html.contains("govuk-error-summary") && answer.html.contains("value=\"25:61\""));
}

#[tokio::test]
async fn a_report_belongs_to_whoever_began_it() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let report = begin(&mut browser).await;
    let mut other = house.browser("police_missing_unit").await;
    for end in ["", "/status", "/check", "/read-out", "/no-such-step"] {
        let status = other.get(&format!("{report}{end}")).await.status;
        assert!(matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND), "{end}: {status}");
    }
    assert_eq!(browser.get(&format!("{report}/no-such-step")).await.status, StatusCode::NOT_FOUND);
    let nobody = browser.post("/report", &[("child", "nobody")]).await;
    assert_eq!(nobody.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_police_see_a_child_from_the_first_report_on() {
    let house = House::new().await;
    let agency = |kind: &str| &house.county.agencies.iter().find(|a| a.kind == kind).expect("an agency").id;
    let missing_before = |child: &&county::CountyChild| child.agencies.contains(agency("police"));
    let child = house.county.children.iter().find(|c| !missing_before(c)).expect("a child who never was missing");
    let mut police = house.browser("police_missing_unit").await;
    let page = format!("/children/{}", child.id);
    assert_eq!(police.get(&page).await.status, StatusCode::FORBIDDEN);
    let mut browser = house.browser("emergency_duty_team").await;
    browser.open("/report").await;
    let report = browser.post("/report", &[("child", &child.id)]).await.location;
    for (step, answers) in [("status", &[("f-status", "missing")][..]), ("noticed", &[]), ("check", &[])] {
        let address = format!("{report}/{step}");
        let shown = browser.open(&address).await;
        let next = browser.submit(&address, &shown, answers).await;
        assert_eq!(next.status, StatusCode::SEE_OTHER, "{step}: {}", next.text());
    }
    police.open(&page).await;
}

#[tokio::test]
async fn whoever_goes_to_another_question_takes_along_what_was_typed() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let report = begin(&mut browser).await;
    let step = format!("{report}/appearance");
    let page = browser.open(&step).await;
    let gone = browser.submit(&step, &page, &[("appearance", "A red coat"), ("go", "police")]).await;
    assert_eq!((gone.status, gone.location.clone()), (StatusCode::SEE_OTHER, format!("{report}/police")));
    assert!(
        browser.open(&step).await.form().contains(&("appearance".into(), "A red coat".into())),
        "it is there again"
    );
    // What is wrong in it is kept too, and said before the report is sent.
    let noticed = format!("{report}/noticed");
    let page = browser.open(&noticed).await;
    let gone = browser.submit(&noticed, &page, &[("occurred-time", "25:61"), ("go", "check")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(browser.open(&gone.location).await.says("25:61"));
    // A question where nothing was typed stays open, and there is no way out of the report by a made-up one.
    let page = browser.open(&format!("{report}/risk")).await;
    browser.submit(&format!("{report}/risk"), &page, &[("go", "status")]).await;
    assert!(
        !browser
            .open(&format!("{report}/status"))
            .await
            .html
            .contains("Your view of the risk<span class=\"govuk-visually-hidden\"> (answered)")
    );
    let away = browser.submit(&step, &page, &[("go", "../../sign-out")]).await;
    assert_eq!(away.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_was_asked_and_has_no_role_holds_no_report_up() {
    let house = House::new().await;
    let mut browser = house.browser("home_staff").await;
    let report = begin(&mut browser).await;
    let step = format!("{report}/calls");
    let page = browser.open(&step).await;
    let named = [("call-1-of-else", "her friend Jade"), ("call-1-result", "Has not seen her")];
    assert_eq!(browser.submit(&step, &page, &named).await.status, StatusCode::SEE_OTHER);
    let check = browser.open(&format!("{report}/check")).await;
    assert!(check.says("her friend Jade") && !check.says("cannot be reported"), "{}", check.text());
    let out = send(&mut browser, &report).await;
    let out = browser.open(&out).await;
    let episode = out.links("/children/").into_iter().find(|href| href.contains("/episodes/")).expect("an episode");
    let episode = browser.open(&episode).await;
    assert!(episode.says("her friend Jade: Has not seen her"), "{}", episode.text());
}
