//! Where a child lives, who is around, and the directory, as pages: what is wrong stays on the form with what was typed, and who may not is
//! refused.

use crate::house::{Browser, House, on_both};
use axum::http::StatusCode;

/// A child of the county whose placements this person may change.
async fn child_of(house: &House, browser: &mut Browser) -> String {
    for child in &house.county.children {
        let base = format!("/children/{}", child.id);
        if browser.get(&format!("{base}/placements/move")).await.status == StatusCode::OK {
            return base;
        }
    }
    panic!("the social worker has no child");
}

#[test]
fn a_child_is_moved_on_one_page_and_somebody_is_added_on_another() {
    on_both(|house| async move {
        let mut worker = house.browser("social_worker").await;
        let base = child_of(&house, &mut worker).await;
        let address = format!("{base}/placements/move");
        let page = worker.open(&address).await;
        let wrong =
            worker.submit(&address, &page, &[("name", "<b>The Quay House</b>"), ("phone", "at the door")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "the kind is not chosen");
        assert!(wrong.html.contains("The Quay House") && !wrong.html.contains("<b>The Quay"), "{}", wrong.text());
        assert!(wrong.says("Write the number as it is dialled"), "{}", wrong.text());
        let home = house.county.agencies.iter().find(|a| a.kind == "childrens_home").expect("a home");
        let answers = [("type", "childrens_home"), ("home", home.id.as_str()), ("planned", "no"), ("source", "seen")];
        let saved = worker.submit(&address, &page, &answers).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let again = worker.submit(&address, &page, &answers).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "sent twice, it is done once");
        let shown = worker.open(&saved.location).await;
        assert!(shown.says(&home.name) && shown.says("903 code K2"), "{}", shown.text());
        assert!(!shown.links("tel:").is_empty(), "the directory's number is there to ring");
        // A plan on a page that was opened before the move.
        let mut plan = answers.to_vec();
        plan.extend([("key", "another"), ("from-day", "9"), ("from-month", "1"), ("from-year", "2026")]);
        plan.push(("from-time", "10:00"));
        let stale = worker.submit(&format!("{base}/placements/plan"), &page, &plan).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());

        let address = format!("{base}/people/add");
        let page = worker.open(&address).await;
        let aunt = [("name", "Zoë O’Marsh"), ("kind", "family"), ("relation", "aunt"), ("phone", "07700 900311")];
        let wrong = worker.submit(&address, &page, &[aunt[0], aunt[2]]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let saved = worker.submit(&address, &page, &aunt).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let shown = worker.open(&saved.location).await;
        assert!(shown.says("Zoë O’Marsh") && shown.says("Aunt"));
        assert!(shown.links("tel:").contains(&"tel:07700900311".to_string()));
        assert_eq!(worker.get(&format!("{base}/people/erase")).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn whoever_has_nothing_to_do_with_a_child_learns_nothing_of_where_it_lives() {
    on_both(|house| async move {
        let mut worker = house.browser("social_worker").await;
        let base = child_of(&house, &mut worker).await;
        let mut root = house.browser("system_administrator").await;
        for path in ["placements", "placements/move", "placements/plan", "people", "people/add"] {
            let refused = root.get(&format!("{base}/{path}")).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        }
        // Who cares for children does not say where they live.
        let mut home = house.browser("home_staff").await;
        for child in &house.county.children {
            let status = home.get(&format!("/children/{}/placements/move", child.id)).await.status;
            assert_eq!(status, StatusCode::FORBIDDEN);
        }
    });
}

#[test]
fn the_directory_is_kept_by_whoever_keeps_the_agencies() {
    on_both(|house| async move {
        let home = house.county.agencies.iter().find(|a| a.kind == "childrens_home").expect("a home");
        let mut root = house.browser("system_administrator").await;
        let address = format!("/agencies/{}/directory", home.id);
        assert!(root.open(&format!("/agencies/{}", home.id)).await.links(&address).contains(&address));
        let page = root.open(&address).await;
        let wrong = root.submit(&address, &page, &[("phone_day", "at the desk")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", wrong.text());
        let answers = [("registration", "SC012345"), ("address_class", "whereabouts"), ("address", "1 Weir Lane")];
        assert_eq!(root.submit(&address, &page, &answers).await.status, StatusCode::SEE_OTHER);
        let stale = root.submit(&address, &page, &answers).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "{}", stale.text());
        assert!(root.open(&address).await.html.contains("SC012345"));
        let mut worker = house.browser("social_worker").await;
        assert_eq!(worker.get(&address).await.status, StatusCode::FORBIDDEN);
    });
}
