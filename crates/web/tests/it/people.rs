//! From an empty database to people at work, and what those who keep people may and may not do.

use crate::databases::Database;
use crate::house::{Browser, Page, RULES};
use actions::{App, Doors, door};
use axum::Router;
use axum::http::StatusCode;
use std::sync::Arc;
use testkit::clock::{TestChance, TestClock};

/// An empty house on a database.
struct Empty {
    app: App,
    clock: Arc<TestClock>,
    router: Router,
    _database: Database,
}

impl Empty {
    async fn of(database: Database) -> Empty {
        let clock = Arc::new(TestClock::at("2026-01-06T10:00:00+00:00"));
        let app = App::new(database.open().await, RULES.clone(), clock.clone(), Arc::new(TestChance::of(3)));
        let app = app.with_doors(Doors::at("http://localhost:8080", false).unwrap());
        let app = app.with_sealing(testkit::world::sealing());
        let router = web::router(web::Site::new(app.clone(), web::Options::default()));
        Empty { app, clock, router, _database: database }
    }

    /// Somebody comes in by a link.
    async fn comes(&self, token: &str, said: &[(&str, &str)]) -> Browser {
        let mut browser = Browser::of(&self.router);
        let path = format!("/welcome/{token}");
        let page = browser.open(&path).await;
        let answer = browser.submit(&path, &page, said).await;
        assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/account"), "{}", answer.text());
        browser
    }

    /// The first administrator.
    async fn first(&self) -> Browser {
        let token = door::first(&self.app).await.unwrap().unwrap();
        let said = [("name", "Ruth Sands"), ("username", "ruth"), ("agency", "Systems"), ("password", GOOD)];
        self.comes(&token, &said).await
    }
}

const GOOD: &str = "gravel otter teapot nine";

/// The token of the link that a page shows.
fn token(page: &Page) -> String {
    let link = page.html.split("/welcome/").nth(1).unwrap_or_else(|| panic!("no link: {}", page.text()));
    link.chars().take_while(char::is_ascii_hexdigit).collect()
}

async fn agency(browser: &mut Browser, name: &str, kind: &str) -> String {
    let page = browser.open("/agencies/new").await;
    let answer = browser.submit("/agencies/new", &page, &[("name", name), ("kind", kind), ("uses", "yes")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location.trim_start_matches("/agencies/").to_owned()
}

async fn person(browser: &mut Browser, name: &str, username: &str, role: &str, agency: &str) -> Page {
    let page = browser.open("/people/new").await;
    let answers = [("name", name), ("username", username), ("role", role), ("agency", agency)];
    browser.submit("/people/new", &page, &answers).await
}

#[test]
fn a_county_starts_from_an_empty_database() {
    crate::databases::on_both(|database| async move {
        let house = Empty::of(database).await;
        let mut ruth = house.first().await;
        assert!(door::first(&house.app).await.unwrap().is_none(), "there is one first administrator");
        let home = agency(&mut ruth, "Larkfield House", "childrens_home").await;
        let team = agency(&mut ruth, "Kettering team", "social_work_team").await;
        let twice = ruth.open("/agencies/new").await;
        let twice = ruth.submit("/agencies/new", &twice, &[("name", "larkfield house"), ("kind", "x")]).await;
        assert!(twice.says("There is an agency of this name") && twice.says("Choose what it is"), "{}", twice.text());

        // Whoever keeps the system says who keeps an agency's people, and gives nobody a post that sees children.
        let worker = person(&mut ruth, "Owen Pryce", "owen", "social_worker", &team).await;
        assert_eq!(worker.status, StatusCode::FORBIDDEN, "{}", worker.text());
        let added = person(&mut ruth, "Mary Quill", "mary", "agency_administrator", &home).await;
        assert!(added.says("Mary Quill was added"), "{}", added.text());
        let mut mary = house.comes(&token(&added), &[("password", GOOD)]).await;
        for path in ["/board", "/search", "/report"] {
            assert_eq!(mary.get(path).await.status, StatusCode::FORBIDDEN, "{path}: who keeps people sees no child");
        }

        // People by a file: what is wrong is said by row, what is right goes in, and nothing is doubled.
        let file = "name,username,role,agency,team,from,until,kind\n\
                    Dana Holt,dana,home_staff,Larkfield House,Night staff,,,\n\
                    Mel Aspinall,mel,children's home staff,larkfield house,,2026-01-01,,\n\
                    Sam Orr,sam,wizard,Larkfield House,,,,\n\
                    ,x,home_staff,Nowhere,,yesterday,,\n\
                    Owen Pryce,owen,social_worker,Kettering team,,,,\n\
                    Dana Holt,dana,home_staff,Larkfield House,Night staff,,,\n";
        let page = mary.open("/people/import").await;
        let tried = mary.submit("/people/import", &page, &[("file", file), ("what", "try")]).await;
        assert!(tried.says("nothing was saved") && tried.says("2 people would be added"), "{}", tried.text());
        for says in [
            "Row 4: there is no role `wizard`",
            "Row 5: enter the name",
            "Row 5: there is no agency `Nowhere`",
            "Row 5: `yesterday` is not a day",
            "Row 6: you do not keep the people of Kettering team",
            "Row 7: the same as row 2",
        ] {
            assert!(tried.says(says), "{says}: {}", tried.text());
        }
        let brought = mary.submit("/people/import", &tried, &[("file", file), ("what", "bring")]).await;
        assert!(brought.says("2 people were added"), "{}", brought.text());
        let again = mary.submit("/people/import", &brought, &[("file", file), ("what", "bring")]).await;
        assert!(again.says("0 people were added") && again.says("2 rows were here already"), "{}", again.text());

        // Dana comes in by her link, and reports a child missing.
        let mut dana = house.comes(&token(&brought), &[("password", GOOD)]).await;
        let opened = dana.open("/children/new").await;
        let opened = dana.submit("/children/new", &opened, &[("name", "Riley Marsh")]).await;
        assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
        assert!(dana.open(&opened.location).await.says("Riley Marsh"));

        // From now on it takes two to make somebody see much.
        let alone = person(&mut ruth, "Max Kerr", "max", "agency_administrator", &team).await;
        assert!(alone.says("Say why"), "{}", alone.text());
        let page = ruth.open("/people/new").await;
        let answers = [
            ("name", "Max Kerr"),
            ("username", "max"),
            ("role", "agency_administrator"),
            ("agency", &team),
            ("reason", "They keep the team's people"),
        ];
        let added = ruth.submit("/people/new", &page, &answers).await;
        assert!(added.says("it waits for a second person"), "{}", added.text());
        let mut max = house.comes(&token(&added), &[("password", GOOD)]).await;
        assert_eq!(max.get("/people").await.status, StatusCode::FORBIDDEN, "not yet");
        let waiting = ruth.open("/proposals").await;
        assert!(waiting.says("Max Kerr") && waiting.says("It waits for somebody else"), "{}", waiting.text());
    });
}

#[test]
fn two_decide_and_neither_alone() {
    crate::databases::on_both(|database| async move {
        let house = Empty::of(database).await;
        let mut ruth = house.first().await;
        let systems = house.app.store().agencies().await.unwrap()[0].id.clone();
        let home = agency(&mut ruth, "Larkfield House", "childrens_home").await;
        let added = person(&mut ruth, "Ines Vale", "ines", "system_administrator", &systems).await;
        let mut ines = house.comes(&token(&added), &[("password", GOOD)]).await;
        let added = person(&mut ruth, "Mary Quill", "mary", "agency_administrator", &home).await;
        let mut mary = house.comes(&token(&added), &[("password", GOOD)]).await;
        let added = person(&mut mary, "Dana Holt", "dana", "home_staff", &home).await;
        let mut dana = house.comes(&token(&added), &[("password", GOOD)]).await;
        let opened = dana.open("/children/new").await;
        dana.submit("/children/new", &opened, &[("name", "Riley Marsh")]).await;
        // Whoever keeps nobody sees nothing of that.
        for path in ["/people", "/people/new", "/people/import", "/agencies", "/agencies/new"] {
            assert_eq!(dana.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        }

        // Mary proposes that Dana sees much; Dana cannot confirm it, nor can Mary; Ines can.
        let people = house.app.store().people().await.unwrap();
        let id = |name: &str| people.iter().find(|p| p.username == name).unwrap().id.clone();
        let path = format!("/people/{}/posts", id("dana"));
        let page = mary.open(&format!("/people/{}", id("dana"))).await;
        let wanted = [
            ("role", "agency_administrator"),
            ("agency", home.as_str()),
            ("kind", "own"),
            ("reason", "She takes over"),
        ];
        let proposed = mary.submit(&path, &page, &wanted).await;
        assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.text());
        let proposal = house.app.store().proposals_waiting().await.unwrap().remove(0).id;
        let path = format!("/proposals/{proposal}");
        for one in [&mut mary, &mut dana] {
            one.get("/help").await;
            let refused = one.post(&path, &[("decision", "confirm")]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text());
        }
        ines.open("/proposals").await;
        assert_eq!(ines.post(&path, &[("decision", "confirm")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(ines.post(&path, &[("decision", "confirm")]).await.status, StatusCode::FORBIDDEN, "once");
        assert_eq!(house.app.store().posts_of(&id("dana")).await.unwrap().len(), 2);

        // Dana has lost every way in: Mary and Ines let her back in.
        let page = mary.open(&format!("/people/{}", id("dana"))).await;
        let path = format!("/people/{}/recover", id("dana"));
        mary.submit(&path, &page, &[("lost", "Her phone is gone; I met her at the door")]).await;
        let proposal = house.app.store().proposals_waiting().await.unwrap().remove(0).id;
        let page = ines.open("/proposals").await;
        assert!(page.says("to be let back in"), "{}", page.text());
        let done = ines.post(&format!("/proposals/{proposal}"), &[("decision", "confirm")]).await;
        assert_eq!(dana.get("/board").await.status, StatusCode::SEE_OTHER, "her old sessions are over");
        let mut back = house.comes(&token(&done), &[("password", GOOD)]).await;
        assert!(back.open("/").await.says("Two people let you back in"));

        // The last administrators: one goes, the other stays.
        ines.get("/help").await;
        let asked = ines.open(&format!("/people/{}", id("ruth"))).await;
        assert_eq!(asked.links(&format!("/people/{}/disable", id("ruth"))).len(), 1);
        let asked = ines.open(&format!("/people/{}/disable", id("ruth"))).await;
        assert!(asked.says("Close the account of") && asked.says("No, leave it open"), "{}", asked.text());
        assert!(ines.open(&format!("/people/{}/disable", id("ines"))).await.says("Close your own account?"));
        let gone = ines.post(&format!("/people/{}/disable", id("ruth")), &[]).await;
        assert_eq!(gone.location, "/people", "{}", gone.text());
        assert_eq!(ruth.get("/people").await.status, StatusCode::SEE_OTHER, "her session has ended");
        let alone = ines.post(&format!("/people/{}/disable", id("ines")), &[]).await;
        assert_eq!(alone.location, format!("/people/{}", id("ines")));
        assert!(ines.open(&alone.location).await.says("Nobody would be left who keeps the system"));

        // Two who change one post: the second is told.
        let shown = mary.open(&format!("/people/{}", id("dana"))).await;
        let held = house.app.store().posts_of(&id("dana")).await.unwrap();
        let post = held.into_iter().find(|one| one.post.role == "home_staff").unwrap().post;
        let path = format!("/people/{}/posts/{}", id("dana"), post.id);
        let version = post.version.to_string();
        let first = mary.post(&path, &[("version", &version), ("until", "2026-03-01"), ("what", "change")]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text());
        let second =
            mary.submit(&path, &shown, &[("version", &version), ("until", "2026-04-01"), ("what", "change")]).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        assert!(second.says("Somebody changed this post"), "{}", second.text());

        // Whoever keeps one agency's people does not keep another's.
        assert_eq!(mary.get(&format!("/people/{}", id("ruth"))).await.status, StatusCode::FORBIDDEN);
        house.clock.pass(11);
        mary.get("/help").await;
        let asked = mary.post(&format!("/people/{}/disable", id("dana")), &[("why", "gone")]).await;
        assert!(asked.location.starts_with("/account/confirm"), "weighty acts ask once more: {}", asked.location);
    });
}
