//! The server is killed while somebody saves, and started again: what was acknowledged is there, and the same form sent again stands once.

use crate::databases::on_both;
use crate::site::{Browser, Page, Server, html};
use std::time::Duration;

/// So long after a form is sent the server is killed; the last time only after it has answered.
const AFTER: [u64; 6] = [0, 4, 12, 25, 45, 2_000];

#[test]
fn what_was_sent_to_a_server_that_was_killed_stands_once_when_it_is_sent_again() {
    on_both(|database| async move {
        let url = database.url();
        let demo = Server::demo(&["--children", "12", "--database-url", url]);
        let coordinator = demo.said.lines().find(|line| line.contains("missing co-ordinator")).unwrap();
        let username = coordinator.split("  ").filter(|cell| !cell.trim().is_empty()).nth(2).unwrap().trim().to_owned();
        let mut browser = demo.signed_in(&username, "whereabouts");
        demo.kill();
        let mut answered = 0;
        for (round, after) in AFTER.into_iter().enumerate() {
            database.forget_the_dead().await;
            let server = Server::demo(&["--database-url", url]);
            let (address, episode, page) = form(&mut browser, &server);
            let typed = format!("Seen for the {round}th time");
            let pairs = page.filled(&[("f-text", &typed)]);
            let first = kill_after(server, &browser, &address, &pairs, Duration::from_millis(after));
            answered += usize::from(first.is_some());

            database.forget_the_dead().await;
            let server = Server::demo(&["--database-url", url]);
            browser.address.clone_from(&server.address);
            if first.is_some_and(|page| page.status == 303) {
                assert!(browser.get(&episode).says(&typed), "what was acknowledged is there");
            }
            let again = browser.post(&address, &pairs);
            assert_eq!((again.status, again.location.as_str()), (303, episode.as_str()), "{}", again.text());
            assert_eq!(browser.get(&episode).html.matches(&typed).count(), 1, "{typed}");
            server.stop();
        }
        assert!(answered > 0, "the last one was answered before the server was killed");
        let store = database.open().await;
        let child = store.children_after("", 100).await.unwrap();
        for child in &child {
            assert!(store.verify(child).await.unwrap().is_whole());
        }
        store.close().await;
    });
}

/// The form for news of the first child who is missing: where it leads, the episode, the page.
fn form(browser: &mut Browser, server: &Server) -> (String, String, Page) {
    browser.address.clone_from(&server.address);
    let board = browser.get("/board");
    let episode = html::links(&board.html, "/children/").into_iter().next();
    let episode = episode.unwrap_or_else(|| panic!("nobody is missing: {} {}", board.status, board.text()));
    let address = format!("{}/record/information.received", episode.split("/episodes/").next().unwrap());
    let page = browser.get(&address);
    assert_eq!(page.status, 200, "{}", page.text());
    (address, episode, page)
}

/// Sends a form and kills the server a moment later. Gives the answer, if one came.
fn kill_after(
    server: Server,
    browser: &Browser,
    address: &str,
    pairs: &[(String, String)],
    after: Duration,
) -> Option<Page> {
    let (mut browser, address, pairs) = (browser.clone(), address.to_owned(), pairs.to_vec());
    let sending = std::thread::spawn(move || browser.try_post(&address, &pairs));
    std::thread::sleep(after);
    server.kill();
    sending.join().unwrap()
}
