//! What people see of the protocols: everybody who signs in follows the links of the product's own pages, and every provision whose words
//! are drawn is collected. `rulebooks/drawn.txt` is held equal to what is found; `rulebooks/undrawn.txt` says what is on no page yet, and
//! may only become shorter. `make drawn` writes the first anew.

use crate::house::House;
use engine::coverage::{Disposition, coverage};
use engine::drawn::{Drawn, is_for_eyes};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// So many pages of one sort are opened by one person: of many children, some are enough.
const OF_A_SORT: usize = 2;
/// So many provisions wait for a page. A number that may only become smaller.
const WAITING: usize = 21;

/// The sort of an address: with everything that names a child, an episode, an entry or a duty left out.
fn sort(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if path.starts_with("/protocol/") {
        // A page of a protocol is one of its own.
        return address.split('#').next().unwrap_or_default().into();
    }
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["", "children", _] => "/children/*".into(),
        ["", "children", _, noun, ..] => format!("/children/*/{noun}/{}", parts.len()),
        ["", noun, _] => format!("/{noun}/*"),
        _ => path.into(),
    }
}

/// Pages of the product's own that are no picture, no stream and no way out.
fn is_page(address: &str) -> bool {
    let left_out = ["/assets/", "/sign-out", "/board/events", "/photographs/", "/resume", "/welcome/", "/account"];
    address.starts_with('/') && !left_out.iter().any(|part| address.contains(part))
}

/// The provisions that a page draws.
fn drawn_on(html: &str) -> impl Iterator<Item = &str> {
    let values = html.split("data-provision=\"").skip(1).filter_map(|rest| rest.split('"').next());
    values.flat_map(str::split_whitespace)
}

/// What everybody sees: by post, how many pages were opened and how many provisions are drawn on them.
struct Crawl {
    drawn: BTreeSet<String>,
    by_post: BTreeMap<String, (usize, usize)>,
}

async fn crawl(house: &House) -> Crawl {
    let mut found = Crawl { drawn: BTreeSet::new(), by_post: BTreeMap::new() };
    let mut protocols: BTreeSet<String> = BTreeSet::new();
    let roles: BTreeSet<&str> = house.county.people.iter().map(|person| person.role.as_str()).collect();
    for role in roles {
        let mut browser = house.browser(role).await;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut own: BTreeSet<String> = BTreeSet::new();
        let mut next: VecDeque<String> = VecDeque::from(["/".to_string()]);
        let mut pages = 0;
        while let Some(address) = next.pop_front() {
            let page = browser.get(&address).await;
            assert!(!page.status.is_server_error(), "{role}: {address}: {}", page.status);
            pages += 1;
            own.extend(drawn_on(&page.html).map(String::from));
            for link in page.links("/").into_iter().map(|link| link.replace("&amp;", "&")).filter(|link| is_page(link))
            {
                let sort = sort(&link);
                // A protocol says the same to everybody: whoever comes later looks whether it opens, and not at every page again.
                let again = sort.starts_with("/protocol/") && protocols.contains(&sort);
                let count = seen.entry(sort.clone()).or_default();
                if !again && *count < OF_A_SORT && known.insert(link.clone()) {
                    *count += 1;
                    if sort.starts_with("/protocol/") {
                        protocols.insert(sort);
                    }
                    next.push_back(link);
                }
            }
        }
        found.by_post.insert(role.into(), (pages, own.len()));
        found.drawn.extend(own);
    }
    found
}

fn listed() -> Drawn {
    let text = |name: &str| std::fs::read_to_string(testkit::root().join("rulebooks").join(name)).unwrap_or_default();
    Drawn::read(&text("drawn.txt"), &text("undrawn.txt"))
}

#[tokio::test]
async fn what_is_listed_as_drawn_is_what_people_find_on_the_pages() {
    let house = House::new().await;
    let found = crawl(&house).await;
    for (post, (pages, provisions)) in &found.by_post {
        println!("{post}: {pages} pages, {provisions} provisions");
    }
    if std::env::var_os("WRITE_DRAWN").is_some() {
        let head = "# The provisions that are drawn on the pages, by a crawl of everybody who signs in. `make drawn` writes it anew.\n";
        let lines = found.drawn.iter().map(String::as_str).collect::<Vec<_>>().join("\n") + "\n";
        std::fs::write(testkit::root().join("rulebooks/drawn.txt"), format!("{head}{lines}")).unwrap();
    }
    let listed = listed();
    let gone: Vec<&str> = listed.all().filter(|id| !found.drawn.contains(*id)).collect();
    let new: Vec<&String> = found.drawn.iter().filter(|id| !listed.has(id)).collect();
    assert!(gone.is_empty(), "{} provisions are drawn on no page any more: {gone:?}", gone.len());
    assert!(new.is_empty(), "{} provisions are drawn and not listed (make drawn): {new:?}", new.len());
    // Each of them is one of a rulebook.
    let books = &crate::house::RULES.library.rulebooks;
    let stray: Vec<&String> =
        found.drawn.iter().filter(|id| !books.iter().any(|book| book.provision(id).is_some())).collect();
    assert!(stray.is_empty(), "no provision of any rulebook: {stray:?}");
}

#[test]
fn nothing_stands_only_in_data_but_what_is_said_to_wait() {
    let listed = listed();
    let mut lost = Vec::new();
    let mut reported = BTreeSet::new();
    for book in &crate::house::RULES.library.rulebooks {
        let lines = coverage(book);
        lost.extend(lines.iter().filter(|line| listed.is_lost(line)).map(|line| line.provision.id.clone()));
        let of = lines.iter().filter(|line| is_for_eyes(line) && line.main() == Some(Disposition::Reported));
        reported.extend(of.map(|line| line.provision.id.clone()));
    }
    assert!(lost.is_empty(), "{} provisions stand only in data: {lost:?}", lost.len());
    let waiting: BTreeSet<String> = listed.waiting().map(|(id, _)| id.to_string()).collect();
    assert!(waiting.len() <= WAITING, "what waits for a page may only become less: {}", waiting.len());
    assert!(waiting.is_subset(&reported), "only what is reported waits: {:?}", waiting.difference(&reported));
    for (id, why) in listed.waiting() {
        assert!(!why.is_empty(), "{id} waits, and nobody says why");
        assert!(!listed.has(id), "{id} is drawn now: take it off the list");
    }
}
