//! Pages have bounds: whatever the length of the records, each page is small and soon made, and speaks the words of its readers.

use crate::house::{Browser, House, PASSWORD};
use actions::child::{Import, import};
use actions::queries;
use actions::views::{TodoPart, Whose};
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

/// As the server writes it, before it is packed for the line: as sent it is a quarter of that at most. The aim is 60,000; the child, an
/// episode among fifty and a panel on long records are over it.
const LARGEST: usize = 82_000;
/// As it is sent, packed: what the aim is for.
const LARGEST_SENT: usize = 60_000;
/// Protocol pages say a whole protocol, chapter by chapter: they are as long as it is, and the same for every record.
const OF_DATA: [&str; 3] = ["/protocol/", "/help", "/checkpoints"];
/// Whose records are long.
const LONG: [&str; 3] = ["one-episode", "fifty-episodes", "often"];
/// So many pages of a kind are opened.
const OF_A_KIND: usize = 4;

fn at(minutes: i64) -> String {
    let start = engine::time::Moment::parse("2025-06-01T10:00+01:00").expect("a moment");
    start.plus_minutes(minutes).to_string()
}

/// A record of so many entries, in episodes of so many; the last one is open.
fn long(entries: usize, per_episode: usize) -> Value {
    let mut chronology: Vec<Value> = Vec::new();
    let mut minutes = 0;
    let (mut n, mut episode) = (0, 0);
    // Of before the first episode somebody tells much.
    chronology.extend((0..40).map(|day: i64| {
        json!({
            "id": format!("before-{day}"), "event": "information.received", "by": "police", "by_name": "Zac Horsfall",
            "note": "A long note. ".repeat(300), "occurred_at": at((day - 50) * 1440),
        })
    }));
    while n < entries {
        let last = entries - n <= per_episode;
        for place in 0..per_episode.min(entries - n) {
            let id = format!("e{n}");
            let by = json!({ "by": "home_staff", "by_name": "Dana Holt" });
            let event = match place {
                0 => {
                    json!({ "event": "absence.noticed", "status": "missing", "circumstances": "Went out of the back door after supper" })
                }
                1 => json!({ "event": "police.reported", "incident_number": format!("NP-{episode}") }),
                _ if place + 1 == per_episode && !last => json!({ "event": "return.recorded", "how": "own_accord" }),
                place if place % 5 == 2 => {
                    json!({ "event": "search.made", "where": "the park and the streets around it", "result": "not there" })
                }
                place if place % 5 == 3 => {
                    json!({ "event": "information.received", "kind": "sighting", "text": "Seen near the river with two others", "by": "police" })
                }
                _ => {
                    json!({ "event": "notification.sent", "to": ["social_worker", "home_manager"], "about": "missing", "note": "A long note. ".repeat(300) })
                }
            };
            let mut entry = by;
            let (entry_map, event_map) = (entry.as_object_mut().expect("a map"), event.as_object().expect("a map"));
            entry_map.extend(event_map.clone());
            entry_map.insert("id".into(), id.into());
            entry_map.insert("occurred_at".into(), at(minutes).into());
            chronology.push(entry);
            minutes += 5;
            n += 1;
        }
        episode += 1;
        minutes += 1200;
    }
    case(&chronology)
}

fn case(chronology: &[Value]) -> Value {
    let facts = [
        ("child.date_of_birth", json!("2011-05-02")),
        ("child.looked_after", json!(true)),
        ("child.responsible_authority", json!("northamptonshire")),
        ("child.social_care", json!("open")),
        ("child.legal_status", json!("care_order")),
    ];
    let facts: Vec<Value> = facts.iter().map(|(fact, value)| json!({ "fact": fact, "value": value })).collect();
    json!({
        "case": "long", "facts": facts,
        "people": [
            { "id": "child", "name": "Long Record", "role": "child" },
            { "id": "aunt", "name": "Marta Long", "phone": "07700 900311", "details": { "kind": "family", "relation": "aunt" } },
        ],
        "placements": [{
            "id": "p", "type": "childrens_home", "host_authority": "northamptonshire", "provider": "childrens-home", "planned": true,
            "from": "2024-06-01T12:00+01:00", "name": "The Willows",
        }],
        "chronology": chronology,
    })
}

/// A child who went 48 times in 84 days: a day and three quarters from one time to the next, each of some hours.
fn often() -> Value {
    let mut chronology: Vec<Value> = Vec::new();
    // The last began twelve minutes before the pages are opened.
    let now = engine::time::Moment::parse("2026-01-06T03:00+00:00").expect("a moment");
    for time in 0..48_i64 {
        let gone = now.plus_minutes((time - 47) * 84 * 24 * 60 / 47);
        let mut add = |place: i64, minutes: i64, event: Value| {
            let mut entry = json!({ "id": format!("o{time}-{place}"), "by": "home_staff", "by_name": "Dana Holt" });
            let map = entry.as_object_mut().expect("a map");
            map.extend(event.as_object().expect("a map").clone());
            map.insert("occurred_at".into(), gone.plus_minutes(minutes).to_string().into());
            chronology.push(entry);
        };
        add(0, 0, json!({ "event": "absence.noticed", "status": "missing", "circumstances": "Went after supper" }));
        if time < 47 {
            add(1, 20, json!({ "event": "police.reported", "incident_number": format!("NP-{time}") }));
            add(2, 60, json!({ "event": "search.made", "where": "the park", "result": "not there" }));
            add(3, 400, json!({ "event": "return.recorded", "how": "own_accord" }));
        }
    }
    case(&chronology)
}

/// A county with a child of a thousand entries in one episode, one of a thousand in fifty, and many who are gone.
async fn county(many: usize) -> House {
    let house = House::at("2026-01-06T03:12:00+00:00").await;
    let agencies: Vec<String> = house.county.agencies.iter().map(|agency| agency.id.clone()).collect();
    let bring = async |id: &str, name: &str, case: &Value| {
        let writer = |_: &str, _: &str| house.county.people[0].id.clone();
        import(&house.app, &Import { id, name, agencies: &agencies, case, writer: &writer }).await.expect("a record");
    };
    bring("one-episode", "Ada One", &long(1000, 1000)).await;
    bring("fifty-episodes", "Ben Fifty", &long(1000, 20)).await;
    bring("often", "Cleo Often", &often()).await;
    for n in 0..many {
        let gone = json!({ "id": "e0", "event": "absence.noticed", "status": "missing", "occurred_at": at(300_000 + n as i64), "by": "home_staff" });
        bring(&format!("many-{n}"), &format!("Child Number{n}"), &case(&[gone])).await;
    }
    house
}

/// The address without what tells one page of a kind from another.
fn kind(link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let mut parts: Vec<&str> = path.split('/').collect();
    for place in 2..parts.len() {
        let before = parts[place - 1];
        let named = [
            "children",
            "episodes",
            "why",
            "correct",
            "dispute",
            "withdraw",
            "photographs",
            "team",
            "report",
            "record",
            "particulars",
            "placements",
        ];
        // Of people the word of what is done comes first.
        let after_doing = parts[place - 2] == "people";
        if named.contains(&before) || after_doing || parts.get(1) == Some(&"protocol") {
            parts[place] = "one";
        }
    }
    let query = link.split_once('?').map(|(_, q)| q.split(['=', '#']).next().unwrap_or_default()).unwrap_or_default();
    format!("{}?{query}", parts.join("/"))
}

fn is_page(link: &str) -> bool {
    let left_out =
        ["/assets/", "/sign-out", "/board/events", "/picture", "/portrait", "/resume", "/welcome/", "/account"];
    link.starts_with('/') && !left_out.iter().any(|part| link.contains(part))
}

/// What no page says: `ask` and `limit` for what is due, ids, hashes, numbers of provisions and readings.
fn wrong_words(text: &str) -> Vec<String> {
    let plain = [
        "is asked of",
        "no limit",
        "the next limit",
        "cannot be told",
        "Cannot tell",
        "Consider: Consider",
        "Should: Should",
        "no longer asked",
    ];
    let mut found: Vec<String> =
        plain.iter().filter(|words| text.contains(**words)).map(|words| (*words).to_string()).collect();
    let is_hex = |word: &str, least: usize| word.len() >= least && word.bytes().all(|b| b.is_ascii_hexdigit());
    // An address of the net is printed as it is: on paper nobody can follow a link.
    let without =
        text.split_whitespace().filter(|part| !part.contains("://") && !part.starts_with("www.")).collect::<Vec<_>>();
    let without = without.join(" ");
    for word in without.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_' && c != '.') {
        let uuid = word.len() == 36 && word.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        let provision = ["NORTHANTS-", "BEDS-", "ESSEX-", "WAKEFIELD-", "HOME-"]
            .iter()
            .any(|start| word.starts_with(start) && word.len() > start.len());
        if uuid || provision || is_hex(word, 32) || word.contains('_') {
            found.push(word.to_string());
        }
    }
    found.truncate(4);
    found
}

/// What was found of the pages of one kind.
#[derive(Default)]
struct Found {
    bytes: usize,
    sent: usize,
    slowest: Duration,
    address: String,
    wrong: BTreeSet<String>,
}

async fn look_at_everything(house: &House, browser: &mut Browser, found: &mut BTreeMap<String, Found>) {
    let starts = [
        "/",
        "/board",
        "/alerts",
        "/to-do/all",
        "/interviews",
        "/team",
        "/search",
        "/area",
        "/allocations",
        "/handover",
        "/looks",
    ];
    let mut next: VecDeque<String> = starts.into_iter().map(String::from).collect();
    let parts = [
        "",
        "/facts",
        "/episodes",
        "/due",
        "/unknown",
        "/record",
        "/forms",
        "/placements",
        "/particulars",
        "/people",
        "/places",
    ];
    let more = ["/same", "/access", "/relations", "/looks", "/raise", "/allocate", "/photographs/new"];
    for child in LONG {
        next.extend(parts.iter().chain(&more).map(|part| format!("/children/{child}{part}")));
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    while let Some(address) = next.pop_front() {
        let start = Instant::now();
        let mut page = browser.get(&address).await;
        let mut took = start.elapsed();
        if page.location.starts_with("/account/confirm") {
            // Who opens the records of so many children shows once more who they are.
            house.clock.pass(1);
            browser.get(&page.location).await;
            browser.post("/account/confirm", &[("password", PASSWORD), ("to", &address)]).await;
            let again = Instant::now();
            page = browser.get(&address).await;
            took = again.elapsed();
            assert!(!page.location.starts_with("/account"), "{address}: {}", page.location);
        }
        if page.status == StatusCode::FORBIDDEN || page.status.is_redirection() {
            continue;
        }
        assert_eq!(page.status, StatusCode::OK, "{address}");
        let one = found.entry(kind(&address)).or_default();
        if page.html.len() > one.bytes {
            one.bytes = page.html.len();
            one.address.clone_from(&address);
            let packed = Request::get(&address).header(header::ACCEPT_ENCODING, "gzip");
            one.sent = browser.size(packed).await;
        }
        one.slowest = one.slowest.max(took);
        one.wrong.extend(wrong_words(&page.text()));
        for link in
            page.links("/").into_iter().map(|l| l.replace("&amp;", "&").replace("&#38;", "&")).filter(|l| is_page(l))
        {
            // Long records first: those of others are short.
            let ours = !link.starts_with("/children/") || LONG.iter().any(|child| link.contains(child));
            let count = seen.entry(kind(&link)).or_default();
            if ours && *count < OF_A_KIND && known.insert(link.clone()) {
                *count += 1;
                next.push_back(link);
            }
        }
    }
}

impl Found {
    /// Is the page one of this route?
    fn is_of(&self, route: &str) -> bool {
        let path = self.address.split(['?', '#']).next().unwrap_or_default();
        let (path, route): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), route.split('/').collect());
        path.len() == route.len()
            && path.iter().zip(&route).all(|(part, named)| named.starts_with('{') || part == named)
    }
}

/// Every address of the router that shows something about a child. Left out is what shows a picture, and what is opened from a page that
/// these records do not have: an entry to be joined, a record that may be the same, a draft, a completed form, a placement that began.
fn of_a_child() -> Vec<&'static str> {
    let left_out = ["/picture", "/portrait", "{photograph}", "/import", "/children/new", "/join/", "/same/{other}"];
    let lines = include_str!("../../src/router.rs").lines().filter(|line| line.contains("get("));
    let routes = lines.filter_map(|line| line.split('"').nth(1)).filter(|route| route.starts_with("/children/"));
    let drafts = [
        "/draft/",
        "/filled/",
        "/people/{doing}/{person}",
        "/places/one/",
        "/places/{doing}/{place}",
        "/facts/correct/",
    ];
    routes.filter(|route| !left_out.iter().chain(&drafts).any(|part| route.contains(part))).collect()
}

#[tokio::test]
async fn nothing_on_a_long_list_falls_away() {
    let house = county(160).await;
    let browser = house.browser("police_missing_unit").await;
    let actor = house.actor(&browser).await;
    let (mut children, mut stretches, mut after) = (BTreeSet::new(), 0, Some(0));
    while let Some(from) = after {
        stretches += 1;
        for part in [TodoPart::Due, TodoPart::Unknown, TodoPart::May] {
            let mut page = 1;
            loop {
                let list = queries::todo(&house.app, &actor, Whose::All, part, (from, page)).await.unwrap();
                children.extend(list.lines.into_iter().map(|line| line.child));
                after = list.more;
                if page == list.pages {
                    break;
                }
                page += 1;
            }
        }
    }
    assert!(stretches > 1, "the list is longer than what is read at once");
    let many = children.iter().filter(|child| child.starts_with("many-")).count();
    assert_eq!(many, 160, "every child stands on it");
    // And who reads it is led there, from the first page and from the list.
    let mut browser = browser;
    let home = browser.open("/").await;
    assert!(home.links("/to-do/").iter().any(|link| link == "/to-do/all?after=200"), "{}", home.text());
    let list = browser.open("/to-do/all?after=200&page=1").await;
    assert!(list.says("The stretch before"), "{}", list.text());
}

#[tokio::test]
async fn every_page_is_small_however_long_the_record() {
    let many = std::env::var("MANY").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let house = county(many).await;
    // An entry of somebody's own, which they may correct.
    let mut home = house.browser("home_staff").await;
    let address = "/children/one-episode/record/information.received";
    let form = home.open(address).await;
    let saved =
        home.submit(address, &form, &[("f-text", &"Seen by the river. ".repeat(1000)), ("by", "home_staff")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let mut found = BTreeMap::new();
    for role in ["missing_coordinator", "police_missing_unit", "team_manager", "social_worker", "home_staff"] {
        let mut browser = house.browser(role).await;
        look_at_everything(&house, &mut browser, &mut found).await;
    }
    // The child who went 48 times in 84 days, by themselves: the pages that grow with what happened.
    let mut browser = house.browser("missing_coordinator").await;
    for address in ["/children/often", "/children/often/episodes/o47-0", "/children/often/episodes"] {
        let page = browser.open(address).await;
        let sent = browser.size(Request::get(address).header(header::ACCEPT_ENCODING, "gzip")).await;
        println!("{:>7} {sent:>7}          {address}", page.html.len());
        assert!(page.html.len() <= LARGEST && sent <= LARGEST_SENT, "{address}");
    }
    let mut large = Vec::new();
    let mut wrong = Vec::new();
    println!("{:>7} {:>7} {:>7}  kind", "bytes", "sent", "ms");
    for (kind, one) in &found {
        let ms = one.slowest.as_secs_f64() * 1e3;
        println!("{:>7} {:>7} {ms:>7.0}  {kind} ({})", one.bytes, one.sent, one.address);
        if one.sent > LARGEST_SENT {
            large.push(format!("{kind}: {} bytes as sent, {}", one.sent, one.address));
        }
        let of_data = OF_DATA.iter().any(|start| kind.starts_with(start));
        if one.bytes > LARGEST && !of_data {
            large.push(format!("{kind}: {} bytes, {}", one.bytes, one.address));
        }
        if !one.wrong.is_empty() && !of_data {
            wrong.push(format!("{kind} ({}): {:?}", one.address, one.wrong));
        }
    }
    let unseen: Vec<&str> =
        of_a_child().into_iter().filter(|route| !found.values().any(|one| one.is_of(route))).collect();
    assert!(unseen.is_empty(), "no page of these was opened:\n{}", unseen.join("\n"));
    assert!(found.len() > 25, "the crawl found {} kinds of page", found.len());
    println!("words that nobody should read:\n{}", wrong.join("\n"));
    assert!(large.is_empty(), "too large:\n{}", large.join("\n"));
    assert!(wrong.is_empty(), "words that nobody should read:\n{}", wrong.join("\n"));
}
