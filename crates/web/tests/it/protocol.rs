//! The pages of protocols: whole, of the edition that is asked for, small, for those who see children.

use crate::house::House;
use axum::http::{Request, StatusCode, header};

/// The largest that a page may be as it is sent.
const LARGEST: usize = 60 * 1024;

#[tokio::test]
async fn a_protocol_says_what_it_asks_its_words_the_law_and_whom_to_ring() {
    let house = House::new().await;
    let mut staff = house.browser("home_staff").await;
    let help = staff.open("/help").await;
    assert!(help.says("Your protocol") && help.says("Northamptonshire"), "{}", help.text());
    let page = staff.open("/protocol/northamptonshire").await;
    for words in ["Edition 2018", "In force from 1 January 2018", "What this protocol is", "Whom it concerns"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    let page = staff.open("/protocol/northamptonshire/contacts").await;
    assert!(page.html.contains("href=\"tel:101,341015\"") && page.html.contains("href=\"tel:03001261000\""));
    // The co-ordinator has an address and no number.
    assert!(page.says("The protocol gives no number.") && page.says("Out of hours"), "{}", page.text());
    let page = staff.open("/protocol/northamptonshire/powers").await;
    assert!(page.says("Children Act 1989, section 49") && page.says("Police protection"));
    let page = staff.open("/protocol/childrens-home/powers").await;
    assert!(page.says("72 h at most"), "{}", page.text());
    let page = staff.open("/protocol/northamptonshire/words").await;
    assert!(page.says("A child late home is not missing until parent or carer has made enquiries."));
    let page = staff.open("/protocol/northamptonshire/chairs").await;
    assert!(page.says("Team manager if") && page.says("at least 10 days"), "{}", page.text());
    let forms = staff.open("/protocol/bedfordshire/forms").await;
    assert!(forms.links("/protocol/bedfordshire/forms/").len() > 8);
}

#[tokio::test]
async fn no_word_of_a_protocol_is_an_id() {
    let house = House::new().await;
    let mut staff = house.browser("social_worker").await;
    for rulebook in ["northamptonshire", "bedfordshire", "essex", "wakefield", "childrens-home"] {
        let first = staff.open(&format!("/protocol/{rulebook}")).await;
        let mut addresses = first.links(&format!("/protocol/{rulebook}/"));
        for part in ["steps", "forms"] {
            let page = staff.get(&format!("/protocol/{rulebook}/{part}")).await;
            addresses.extend(page.links(&format!("/protocol/{rulebook}/{part}/")));
        }
        for address in addresses {
            let page = staff.open(&address).await;
            let text = page.text();
            for mark in
                ["NORTHANTS-", "BEDS-", "ESSEX-", "WAKEFIELD-", "HOME-", "clock.", "child.looked", "episode.", "_"]
            {
                let found = text.split_whitespace().find(|word| {
                    word.trim_end_matches('.').contains(mark) && !word.contains('@') && !word.starts_with("www.")
                });
                assert_eq!(found, None, "{address}");
            }
        }
    }
}

#[tokio::test]
async fn every_page_of_a_protocol_is_small_as_it_is_sent() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let mut weighed = 0;
    for rulebook in ["northamptonshire", "bedfordshire", "essex"] {
        for part in ["steps", "forms"] {
            let page = police.open(&format!("/protocol/{rulebook}/{part}")).await;
            let mut addresses = page.links(&format!("/protocol/{rulebook}/"));
            addresses.sort();
            addresses.dedup();
            for address in addresses {
                let size = police.size(Request::get(&address).header(header::ACCEPT_ENCODING, "gzip")).await;
                assert!(size < LARGEST, "{address}: {size}");
                weighed += 1;
            }
        }
    }
    assert!(weighed > 40, "{weighed}");
}

#[tokio::test]
async fn another_edition_is_read_by_its_own_address_and_what_is_not_there_is_not_found() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    let page = police.open("/protocol/example?edition=2026-09").await;
    assert!(page.says("Edition 2026-09"));
    // The parts are those of that edition.
    assert!(page.links("/protocol/example/").iter().any(|link| link.ends_with("contacts?edition=2026-09")));
    for address in [
        "/protocol/nowhere",
        "/protocol/northamptonshire/nothing",
        "/protocol/northamptonshire/contacts/more",
        "/protocol/northamptonshire/steps/nobody",
        "/protocol/northamptonshire/forms/none",
        "/protocol/northamptonshire?edition=1999",
    ] {
        assert_eq!(police.get(address).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn whoever_sees_no_children_reads_no_protocol_and_nobody_does_before_they_sign_in() {
    let house = House::new().await;
    let mut admin = house.browser("system_administrator").await;
    assert!(!admin.open("/help").await.says("Your protocol"));
    assert_eq!(admin.get("/protocol/northamptonshire").await.status, StatusCode::FORBIDDEN);
    let mut visitor = house.visitor();
    assert_eq!(visitor.get("/protocol/northamptonshire/contacts").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_protocol_holds_nothing_about_a_child() {
    let house = House::new().await;
    let mut police = house.browser("police_missing_unit").await;
    for part in ["", "/contacts", "/steps", "/guidance"] {
        let page = police.open(&format!("/protocol/northamptonshire{part}")).await;
        for child in &house.county.children {
            assert!(!page.says(&child.name), "{part}: {}", child.name);
        }
        assert!(page.links("/children/").is_empty());
    }
}
