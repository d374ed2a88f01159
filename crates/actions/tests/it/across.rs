//! Somebody who is around several children is one person to whoever sees both records, and a stranger to everybody else.

use crate::staff::hire;
use crate::world::{RILEY, World, riley};
use actions::around::{self, About, SoughtPerson, Take};
use actions::{Actor, Answers, Refused, live, queries, same, upkeep, worker};
use serde_json::json;
use testkit::databases::on_both;
use views::{Elsewhere, PersonPage};

/// Another child, whom Nora's home and the social workers know.
const ALEX: &str = "alex";
const HERE: [(&str, &str); 5] = [
    ("name", "Gerald Tranter"),
    ("kind", "associate"),
    ("relation", "a friend of her cousin"),
    ("phone", "07700 900451"),
    ("address", "9 Heron Walk, Corby"),
];
const THERE: [(&str, &str); 8] = [
    ("name", "Gerrald Tranter"),
    ("kind", "risk"),
    ("relation", "drove him to the coast"),
    ("phone", "+44 7700 900451"),
    ("phone2", "07700 900888"),
    ("born-day", "2"),
    ("born-month", "5"),
    ("born-year", "1988"),
];

async fn child(world: &World, id: &str, name: &str, agencies: &[&str]) {
    let mut case = riley();
    case["case"] = json!(id);
    case["people"] = json!([{ "id": "child", "name": name, "role": "child" }]);
    case["facts"] = json!([{ "fact": "child.date_of_birth", "value": "2010-11-30" }]);
    case["placements"] = json!([]);
    world.child(id, name, &case, agencies).await;
}

async fn save(world: &World, who: &Actor, child: &str, about: About, given: &[(&str, &str)]) {
    let version = queries::child(&world.app, who, child).await.unwrap().version;
    let answers: Answers = given.iter().copied().collect();
    around::save(&world.app, who, child, version, &about, &answers, &world.app.new_key()).await.unwrap();
}

/// The id of somebody around a child, by the name.
async fn id(world: &World, who: &Actor, child: &str, name: &str) -> String {
    let page = around::show(&world.app, who, child).await.unwrap();
    let mut all = page.groups.into_iter().flat_map(|(_, people)| people);
    all.find(|one| one.name == name).unwrap_or_else(|| panic!("{name} is not around {child}")).id
}

async fn page(world: &World, who: &Actor, child: &str, person: &str) -> PersonPage {
    around::person(&world.app, who, child, person).await.unwrap()
}

fn children(elsewhere: &[Elsewhere]) -> Vec<&str> {
    elsewhere.iter().map(|one| one.child.id.as_str()).collect()
}

struct Two {
    world: World,
    owen: Actor,
    dana: Actor,
    nora: Actor,
    here: String,
    there: String,
}

/// Gerald Tranter is around Riley, whom Dana and Owen see, and around Alex, whom Nora and Owen see.
async fn two(database: testkit::databases::Database) -> Two {
    let world = World::new(database).await;
    child(&world, ALEX, "Alex Moor", &["team", "elsewhere"]).await;
    let (owen, dana, nora) = (world.actor("owen").await, world.actor("dana").await, world.actor("nora").await);
    save(&world, &dana, RILEY, About::Add, &HERE).await;
    save(&world, &nora, ALEX, About::Add, &THERE).await;
    let (here, there) = (id(&world, &dana, RILEY, HERE[0].1).await, id(&world, &nora, ALEX, THERE[0].1).await);
    Two { world, owen, dana, nora, here, there }
}

impl Two {
    async fn join(&self) {
        let (one, other) = ((RILEY, self.here.as_str()), (ALEX, self.there.as_str()));
        around::join(&self.world.app, &self.owen, one, other, "Both call him Gerry", "j").await.unwrap();
    }
}

#[test]
fn whoever_sees_both_finds_him_says_so_and_reads_both() {
    on_both(|database| async {
        let two = two(database).await;
        let (app, owen) = (&two.world.app, &two.owen);
        let found = around::same(app, owen, RILEY, &two.here, &SoughtPerson::default()).await.unwrap();
        assert_eq!(found.offers.len(), 1, "{:?}", found.offers);
        assert_eq!((found.offers[0].child.id.as_str(), found.offers[0].one.id.as_str()), (ALEX, two.there.as_str()));
        assert!(found.offers[0].reasons.iter().any(|why| why.contains("telephone")), "{:?}", found.offers[0].reasons);
        // By what somebody types, too: a number that only the other record has, a name, a date of birth.
        for sought in [("", "07700900888", ""), ("Tranter", "", ""), ("", "", "1988-05-02"), ("Gerald Tranter", "", "")]
        {
            let (name, phone, born) = (sought.0.to_string(), sought.1.to_string(), sought.2.to_string());
            let by = SoughtPerson { name, phone, born };
            let found = around::same(app, owen, RILEY, &two.here, &by).await.unwrap();
            assert_eq!(found.offers.len(), 1, "{sought:?}");
        }
        two.join().await;
        two.join().await;
        let one = page(&two.world, owen, RILEY, &two.here).await;
        assert_eq!(children(&one.elsewhere), [ALEX]);
        let other = &one.elsewhere[0];
        assert!(other.risk && !other.here && !other.over);
        assert_eq!((other.one.name.as_str(), other.why.as_str()), ("Gerrald Tranter", "Both call him Gerry"));
        assert!(other.said.starts_with("Said by Owen Pryce, 18:00 today"), "{}", other.said);
        let differs: Vec<_> =
            other.differs.iter().map(|one| (one.field.as_str(), one.here.as_str(), one.there.as_str())).collect();
        assert_eq!(
            differs,
            [("name", "Gerald Tranter", "Gerrald Tranter"), ("born", "", "2 May 1988"), ("phone2", "", "07700 900888"),]
        );
        let back = page(&two.world, owen, ALEX, &two.there).await;
        assert_eq!(children(&back.elsewhere), [RILEY]);
        assert!(!back.elsewhere[0].risk);
        // In the list of people it is said as well, and that he poses a risk.
        let list = around::show(app, owen, RILEY).await.unwrap();
        let gerald = list.groups.iter().flat_map(|(_, people)| people).find(|one| one.id == two.here).unwrap();
        assert_eq!(gerald.also, [(ALEX.to_string(), "Alex Moor".to_string())]);
        assert_eq!(gerald.risk_to, ["Alex Moor"]);
        // At the head of the child's page as well; of the other child, by that record itself.
        for (child, name, by) in
            [(RILEY, "Gerald Tranter", vec!["Alex Moor".to_string()]), (ALEX, "Gerrald Tranter", vec![])]
        {
            let dangers = queries::child(app, owen, child).await.unwrap().dangers;
            let dangers: Vec<_> = dangers.into_iter().map(|one| (one.name, one.by)).collect();
            assert_eq!(dangers, [(name.to_string(), by)]);
        }
        // What is there is offered, and changes nothing by itself.
        let take = |field: &str| Take { child: ALEX.into(), person: two.there.clone(), field: field.into() };
        let taken = around::taking(app, owen, RILEY, &two.here, &take("phone2")).await.unwrap();
        assert_eq!((taken.get("phone"), taken.get("phone2")), ("07700 900451", "07700 900888"));
        let taken = around::taking(app, owen, RILEY, &two.here, &take("born")).await.unwrap();
        assert_eq!((taken.get("born-day"), taken.get("born-year")), ("2", "1988"));
        assert_eq!(page(&two.world, owen, RILEY, &two.here).await.one.rings.len(), 1);
        let nothing = around::taking(app, owen, RILEY, &two.here, &take("accounts")).await;
        assert_eq!(nothing.unwrap_err(), Refused::NotFound);
        assert!(around::same(app, owen, RILEY, &two.here, &SoughtPerson::default()).await.unwrap().offers.is_empty());
        // Put down as one it is on the log of looks of both.
        let lists = upkeep::compare_lists(app).await.unwrap();
        assert_eq!(lists.fault, None);
    });
}

#[test]
fn whoever_sees_one_learns_nothing_of_the_other() {
    on_both(|database| async {
        let two = two(database).await;
        let app = &two.world.app;
        // Everything that Dana and Nora can look at, before and after.
        let all = async |who: &Actor, child: &str, person: &str| {
            let offers = around::same(app, who, child, person, &SoughtPerson::default()).await.unwrap();
            let form = around::form(app, who, child, &About::Change(person.into()), &Answers::default(), &[]).await;
            let everything = (
                page(&two.world, who, child, person).await,
                around::show(app, who, child).await.unwrap(),
                offers,
                form.unwrap(),
                queries::child(app, who, child).await.unwrap(),
                queries::facts(app, who, child, "", 1).await.unwrap(),
                same::pages(app, who, child).await.unwrap(),
            );
            format!("{everything:?}")
        };
        let before = (all(&two.dana, RILEY, &two.here).await, all(&two.nora, ALEX, &two.there).await);
        assert!(!before.0.contains("Alex") && !before.1.contains("Riley"));
        // A form that is open meanwhile is not stale by it.
        let version = queries::child(app, &two.dana, RILEY).await.unwrap().version;
        let since = live::look(app).await;
        two.join().await;
        // No open page is told to draw itself anew.
        live::look(app).await;
        for who in [&two.dana, &two.nora, &two.owen] {
            assert_eq!(live::changed(app, who, since, None).await, live::Changed::Nothing);
        }
        assert_eq!(children(&page(&two.world, &two.owen, RILEY, &two.here).await.elsewhere), [ALEX]);
        assert_eq!((all(&two.dana, RILEY, &two.here).await, all(&two.nora, ALEX, &two.there).await), before);
        let answers: Answers = HERE.into_iter().chain([("accounts", "gerry_t")]).collect();
        let about = About::Change(two.here.clone());
        around::save(app, &two.dana, RILEY, version, &about, &answers, "late").await.unwrap();
        let seen = page(&two.world, &two.dana, RILEY, &two.here).await;
        assert_eq!((seen.one.history.len(), seen.elsewhere.len()), (2, 0));
        // They neither say it nor take it back, whatever they send.
        let (one, other) = ((RILEY, two.here.as_str()), (ALEX, two.there.as_str()));
        let mark = page(&two.world, &two.owen, RILEY, &two.here).await.elsewhere[0].tie.clone();
        let tried = around::join(app, &two.dana, one, other, "", "x").await;
        assert!(matches!(tried, Err(Refused::NotAllowed(_))), "{tried:?}");
        let tried = around::part(app, &two.dana, one, &mark, "They are not the same man", "y").await;
        assert_eq!(tried, Err(Refused::NotFound));
        assert_eq!(children(&page(&two.world, &two.owen, RILEY, &two.here).await.elsewhere), [ALEX]);
        let take = Take { child: ALEX.into(), person: two.there.clone(), field: "born".into() };
        assert_eq!(around::taking(app, &two.dana, RILEY, &two.here, &take).await, Err(Refused::NotFound));
        // A record that hides more from its viewer counts no row either.
        let grace = two.world.actor("grace").await;
        let police = queries::child(app, &grace, RILEY).await.unwrap().version;
        assert_eq!(police, queries::child(app, &two.owen, RILEY).await.unwrap().version);
    });
}

#[test]
fn where_a_third_between_them_is_hidden_it_does_not_go_on() {
    on_both(|database| async {
        let two = two(database).await;
        let (world, app) = (&two.world, &two.world.app);
        hire(world, "tess", "Tess Lead", "team_manager", "team").await;
        let tess = world.actor("tess").await;
        child(world, "third", "Sam Fell", &["team", "larkfield"]).await;
        save(world, &tess, "third", About::Add, &[("name", "Gerry"), ("kind", "friend")]).await;
        let third = id(world, &tess, "third", "Gerry").await;
        two.join().await;
        around::join(app, &tess, (ALEX, &two.there), ("third", &third), "", "k").await.unwrap();
        // By Alex, Riley's man is Sam's as well; whoever does not see Alex does not see that.
        let one = page(world, &tess, RILEY, &two.here).await;
        assert_eq!(children(&one.elsewhere), [ALEX, "third"]);
        assert!(one.elsewhere[1].tie.is_empty() && one.elsewhere[1].said.is_empty());
        assert!(page(world, &two.dana, RILEY, &two.here).await.elsewhere.is_empty());
        assert!(page(world, &two.dana, "third", &third).await.elsewhere.is_empty());
    });
}

#[test]
fn it_is_taken_back_in_both_records() {
    on_both(|database| async {
        let two = two(database).await;
        let (world, app) = (&two.world, &two.world.app);
        two.join().await;
        let mark = page(world, &two.owen, ALEX, &two.there).await.elsewhere[0].tie.clone();
        let part = async |why: &str, key: &str| around::part(app, &two.owen, (ALEX, &two.there), &mark, why, key).await;
        assert!(matches!(part(" ", "p").await, Err(Refused::Invalid(_))));
        part("He has a brother of that name", "p").await.unwrap();
        part("He has a brother of that name", "p").await.unwrap();
        assert_eq!(part("He has a brother of that name", "q").await, Err(Refused::NotFound));
        for (child, person) in [(RILEY, &two.here), (ALEX, &two.there)] {
            assert!(page(world, &two.owen, child, person).await.elsewhere.is_empty());
            assert!(app.store().verify(child).await.unwrap().is_whole());
        }
        // Said anew it stands anew.
        let (one, other) = ((RILEY, two.here.as_str()), (ALEX, two.there.as_str()));
        around::join(app, &two.owen, one, other, "", "again").await.unwrap();
        assert_eq!(children(&page(world, &two.owen, RILEY, &two.here).await.elsewhere), [ALEX]);
        // Whoever was put down by mistake is nobody's double.
        let wrong = [&THERE[..], &[("mistake", "yes"), ("reason", "It was somebody else")]].concat();
        save(world, &two.nora, ALEX, About::Correct(two.there.clone()), &wrong).await;
        assert!(page(world, &two.owen, RILEY, &two.here).await.elsewhere.is_empty());
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
    });
}

#[test]
fn records_made_one_and_taken_apart_keep_who_is_who() {
    on_both(|database| async {
        let two = two(database).await;
        let (world, app) = (&two.world, &two.world.app);
        hire(world, "tess", "Tess Lead", "team_manager", "team").await;
        let tess = world.actor("tess").await;
        child(world, "second", "Alex More", &["team"]).await;
        save(world, &tess, "second", About::Add, &[("name", "Gerry T"), ("kind", "friend")]).await;
        two.join().await;
        same::merge(app, &tess, "second", ALEX, "The mother said so", "m").await.unwrap();
        let one = page(world, &tess, RILEY, &two.here).await;
        assert_eq!(children(&one.elsewhere), ["second"]);
        assert_eq!(one.elsewhere[0].one.name, "Gerrald Tranter");
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
        // Said while they are one, of somebody who came from Alex, it goes back with Alex.
        save(world, &tess, RILEY, About::Add, &[("name", "Moira Quill"), ("kind", "friend")]).await;
        let moira = id(world, &tess, RILEY, "Moira Quill").await;
        let gerald = one.elsewhere[0].one.id.clone();
        around::join(app, &tess, (RILEY, &moira), ("second", &gerald), "", "n").await.unwrap();
        same::part(app, &tess, "second", ALEX, "Two cousins", "p").await.unwrap();
        assert_eq!(children(&page(world, &tess, RILEY, &two.here).await.elsewhere), [ALEX, RILEY]);
        assert_eq!(children(&page(world, &tess, RILEY, &moira).await.elsewhere), [ALEX, RILEY]);
        let gerry = id(world, &tess, "second", "Gerry T").await;
        assert!(page(world, &tess, "second", &gerry).await.elsewhere.is_empty());
        worker::tick(app).await.unwrap();
        assert_eq!(upkeep::compare_lists(app).await.unwrap().fault, None);
        for child in [RILEY, ALEX, "second"] {
            assert!(app.store().verify(child).await.unwrap().is_whole(), "{child}");
        }
    });
}
