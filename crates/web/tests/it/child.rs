//! The child's page, and how it is found.

use crate::house::{House, on_both};
use axum::http::StatusCode;

#[tokio::test]
async fn a_child_is_found_by_name_and_shown() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    assert!(browser.open("/search").await.says("Find a child"));
    let child = &house.county.children[0];
    let found = browser.post("/search", &[("name", &child.name)]).await;
    let address = format!("/children/{}", child.id);
    assert!(found.links(&address).contains(&address), "{}", found.text());
    let page = browser.open(&address).await;
    for words in ["Summary", "People around", "Placements", "Episodes", "The last twelve months", "Hour of the day"] {
        assert!(page.says(words), "{words}");
    }
    assert!(page.html.contains("role=\"img\"") && !page.html.contains(" style="));
    assert!(browser.post("/search", &[("name", "zzzz yyyy")]).await.says("No child found"));
}

#[tokio::test]
async fn a_search_that_finds_nothing_or_too_much_or_is_told_too_little_says_what_to_do() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    for surname in
        ["Tebbit", "Teague", "Temple", "Tennant", "Terry", "Tester", "Tew", "Tedder", "Tegg", "Telfer", "Templar"]
    {
        super::facts::unknown(&mut browser, &format!("Robin {surname}")).await;
    }
    // A part of both names, in either order.
    for name in ["Robin Te", "te rob"] {
        let many = browser.post("/search", &[("name", name)]).await;
        assert!(
            many.says("10 or more found") && many.says("There are more. Add what else you know."),
            "{}",
            many.text()
        );
    }
    let one = browser.post("/search", &[("name", "Tennant, Robyn")]).await;
    assert!(one.says("1 found") && one.says("Robin Tennant"), "{}", one.text());
    let too_little = browser.post("/search", &[("name", "Robin")]).await;
    assert!(
        too_little.says("Write two things that you know") && too_little.html.contains("value=\"Robin\""),
        "{}",
        too_little.text()
    );
    let none = browser.post("/search", &[("name", "Robin Zzyzx")]).await;
    assert!(none.says("No child found") && none.says("or another spelling"), "{}", none.text());
    assert!(none.html.contains("action=\"/children/new\"") && none.says("Open a new record"), "a way on");
    let number = browser.post("/search", &[("incident", "NP-0000-0000")]).await;
    assert!(number.says("No child found") && number.says("Check the figures of the number"), "{}", number.text());
    let date = browser
        .post("/search", &[("name", "Robin"), ("born-day", "31"), ("born-month", "2"), ("born-year", "2012")])
        .await;
    assert!(date.says("Date of birth"), "{}", date.text());
}

#[tokio::test]
async fn nothing_that_is_typed_in_a_search_becomes_part_of_the_page() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let page = {
        browser.open("/search").await;
        browser.post("/search", &[("name", "<script>\"'% <script>\"'%")]).await
    };
    assert!(!page.html.contains("<script>\""));
}

#[tokio::test]
async fn no_page_has_a_style_or_a_script_of_its_own() {
    let house = House::new().await;
    let mut browser = house.browser("police_missing_unit").await;
    let episode = browser.open("/board").await.links("/children/").remove(0);
    let child = episode.split("/episodes/").next().expect("a child").to_string();
    for path in ["/", "/board", "/alerts", "/search", "/report", "/help", &episode, &child] {
        let page = browser.open(path).await;
        for forbidden in [" style=", "<style", "onclick=", "javascript:", "http://", "https://"] {
            let html = page.html.replace("http://www.w3.org/", "");
            assert!(!html.contains(forbidden), "{path} has {forbidden}");
        }
        assert_eq!(page.html.matches("<script").count(), 1, "{path}");
        assert_eq!(page.html.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_child_of_others_is_not_found_by_name() {
    let house = House::new().await;
    let mut home = house.browser("home_staff").await;
    let mut hidden = 0;
    for child in &house.county.children {
        if home.get(&format!("/children/{}", child.id)).await.status == StatusCode::FORBIDDEN {
            home.open("/search").await;
            assert!(!home.post("/search", &[("name", &child.name)]).await.html.contains(&child.id));
            hidden += 1;
        }
    }
    assert!(hidden > 0);
}

#[test]
fn a_child_whom_nobody_knows_gets_a_record_and_can_be_reported() {
    on_both(|house| async move {
        let mut browser = house.browser("home_staff").await;
        browser.open("/report").await;
        let nobody = browser.post("/report/find", &[("name", "Zebedee Zzz")]).await;
        // What was searched for is brought along, and stands in no address.
        let page = browser.submit("/children/new", &nobody, &[]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.html.contains("value=\"Zebedee Zzz\""), "{}", page.text());
        let wrong = browser
            .submit(
                "/children/new",
                &page,
                &[("name", " "), ("born-day", "1"), ("born-month", "1"), ("born-year", "1950")],
            )
            .await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.html.contains("href=\"#name\"") && wrong.html.contains("href=\"#born-year\""),
            "{}",
            wrong.text()
        );
        let team = house.county.agencies.iter().find(|a| a.kind == "social_work_team").expect("a team");
        let answers = [("name", "Zebedee O’Hara-Üz"), ("teams", team.id.as_str())];
        let opened = browser.submit("/children/new", &page, &answers).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
        let again = browser.submit("/children/new", &page, &answers).await;
        assert_eq!(again.location, opened.location, "sent twice, there is one record");
        let shown = browser.open(&opened.location).await;
        assert!(shown.says("Zebedee O’Hara-Üz") && shown.says("Report Zebedee O’Hara-Üz missing"));
        let begun = browser.post("/report", &[("child", opened.location.rsplit('/').next().unwrap())]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER);
        // The team sees the child; another home does not.
        for person in
            house.county.people.iter().filter(|p| ["social_worker", "foster_carer"].contains(&p.role.as_str()))
        {
            let status = house.browser_of(&person.username).await.get(&opened.location).await.status;
            let expected = if person.agency == team.id { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(status, expected, "{}", person.name);
        }
        assert_eq!(
            house.browser("system_administrator").await.get("/children/new").await.status,
            StatusCode::FORBIDDEN
        );
    });
}
