//! While the database is away: everybody gets back what they were shown last, in their own session, marked with its time, and nobody else
//! does; and there is a page for paper.

use crate::house::on_both;
use axum::http::StatusCode;

/// An episode on the board, by address.
fn an_episode(board: &str) -> String {
    let from = board.find("/children/").unwrap();
    board[from..].split(['"', '#']).next().unwrap().to_owned()
}

#[test]
fn last_pages_are_shown_again_to_whom_they_were_shown() {
    on_both(|house| async move {
        let mut one = house.browser("missing_coordinator").await;
        let mut other = house.browser("emergency_duty_team").await;
        let board = one.get("/board").await;
        assert_eq!(board.status, StatusCode::OK);
        let episode = an_episode(&board.html);
        let child = episode.split("/episodes/").next().unwrap().to_owned();
        for address in ["/", episode.as_str(), child.as_str(), "/protocol/northamptonshire/contacts"] {
            assert_eq!(one.get(address).await.status, StatusCode::OK, "{address}");
        }
        other.get("/account").await;
        house.clock.pass(3);
        house.app.store().close().await;
        for address in ["/board", "/", episode.as_str(), child.as_str(), "/protocol/northamptonshire/contacts"] {
            let again = one.get(address).await;
            assert_eq!(again.status, StatusCode::OK, "{address}: {}", again.text());
            assert!(
                again.text().contains("The database is away. This is how it was at 03:12 on Tue 6 Jan."),
                "{address}"
            );
            assert_eq!(again.headers["cache-control"], "no-store");
        }
        // What one was never shown oneself, one is not shown now; nothing is saved; nobody signs in.
        for address in ["/board", episode.as_str(), child.as_str()] {
            let none = other.get(address).await;
            assert_eq!(none.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
            assert!(none.text().contains("a page to print, with whom to ring"), "{}", none.text());
        }
        for address in ["/search", "/account", "/retention", "/board?page=2"] {
            assert_eq!(one.get(address).await.status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
        }
        let mut nobody = house.visitor();
        assert_eq!(nobody.get("/board").await.status, StatusCode::SEE_OTHER);
        // A page of a child is not shown again for long; a session that was left alone gets nothing.
        for _ in 0..2 {
            house.clock.pass(7);
            assert_eq!(one.get("/board").await.status, StatusCode::OK);
        }
        assert_eq!(one.get(&child).await.status, StatusCode::SERVICE_UNAVAILABLE);
        house.clock.pass(16);
        assert_eq!(one.get("/board").await.status, StatusCode::SERVICE_UNAVAILABLE);
    });
}

#[test]
fn whoever_signed_out_or_was_locked_is_shown_nothing_again() {
    on_both(|house| async move {
        let mut gone = house.browser("missing_coordinator").await;
        let mut locked = house.browser("emergency_duty_team").await;
        let page = gone.get("/board").await;
        assert_eq!(locked.get("/board").await.status, StatusCode::OK);
        let left = gone.at(&house.router);
        gone.submit("/sign-out", &page, &[]).await;
        house.clock.pass(16);
        assert_ne!(locked.get("/board").await.status, StatusCode::OK, "the session is locked");
        house.app.store().close().await;
        for mut browser in [gone, left, locked] {
            assert_ne!(browser.get("/board").await.status, StatusCode::OK);
        }
    });
}

#[test]
fn the_page_for_paper_asks_for_no_database_and_no_session() {
    on_both(|house| async move {
        let mut one = house.browser("emergency_duty_team").await;
        one.get("/board").await;
        house.app.store().close().await;
        let mut nobody = house.visitor();
        for (browser, address) in [(&mut nobody, "/downtime?area=northamptonshire"), (&mut one, "/downtime")] {
            let page = browser.get(address).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            let text = page.text();
            assert!(text.contains("If a child is in danger now, call 999.") && text.contains("Whom to ring"), "{text}");
            assert!(page.html.contains("tel:"), "{address}");
        }
        let unsure = nobody.get("/downtime").await;
        assert!(!unsure.html.contains("tel:") && unsure.html.contains("/downtime?area=essex"));
        assert_eq!(nobody.get("/downtime?area=nowhere").await.status, StatusCode::OK);
    });
}

/// After somebody was barred, or ended a session elsewhere, no page from before is shown again; and who leaves meanwhile has left.
#[test]
fn whoever_may_see_less_is_shown_nothing_from_before() {
    on_both(|house| async move {
        let mut one = house.browser("missing_coordinator").await;
        let mut leaver = house.browser("emergency_duty_team").await;
        assert_eq!(one.get("/board").await.status, StatusCode::OK);
        let mut elsewhere = house.browser("missing_coordinator").await;
        let page = elsewhere.get("/account").await;
        let ended = elsewhere.submit("/account/sessions/end", &page, &[("session", "others")]).await;
        assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
        assert_eq!(leaver.get("/board").await.status, StatusCode::OK);
        let token = leaver.cookies["session"].clone();
        house.app.store().close().await;
        assert_eq!(one.get("/board").await.status, StatusCode::SERVICE_UNAVAILABLE, "from before");
        assert_eq!(leaver.get("/board").await.status, StatusCode::OK);
        let left = leaver.post("/sign-out", &[]).await;
        assert_eq!((left.status, left.location.as_str()), (StatusCode::SEE_OTHER, "/downtime"));
        assert_eq!(leaver.cookies.get("session").map(String::as_str), Some(""));
        leaver.cookies.insert("session".into(), token);
        assert_ne!(leaver.get("/board").await.status, StatusCode::OK);
    });
}
