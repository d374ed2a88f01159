//! Who a child is: one page is one save, numbers are checked, the history has what stood before, and health is seen by few.

use crate::staff::{hire, lead};
use actions::views::Particulars;
use actions::{Actor, Answers, Refused, particulars, queries, relation, report};
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

async fn save(world: &World, who: &Actor, group: &str, given: &[(&str, &str)]) -> Result<(), Refused> {
    let version = queries::child(&world.app, who, RILEY).await.unwrap().version;
    let answers: Answers = given.iter().copied().collect();
    particulars::save(&world.app, who, RILEY, version, group, &answers, &world.app.new_key()).await
}

async fn page(world: &World, who: &Actor) -> Particulars {
    particulars::show(&world.app, who, RILEY).await.unwrap()
}

fn wrong(refused: Result<(), Refused>) -> Vec<String> {
    let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
    problems.into_iter().map(|p| p.field).collect()
}

#[test]
fn a_page_is_one_save_with_history_and_is_read_to_the_police() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let looks = [("hair", "Black, short"), ("marks", "A scar over the left eye"), ("source", "seen")];
        save(&world, &owen, "looks", &looks).await.unwrap();
        let again = [("hair", "Red"), ("marks", "A scar over the left eye"), ("reason", "It was dyed")];
        save(&world, &owen, "looks", &again).await.unwrap();
        let seen = page(&world, &owen).await;
        let group = seen.groups.iter().find(|g| g.id == "looks").unwrap();
        assert_eq!(group.lines[0], ("Hair".into(), "Red".into()));
        assert_eq!((group.history.len(), group.history[0].reason.as_str()), (2, "It was dyed"));
        assert_eq!(group.history[0].lines, [("Hair".to_string(), "Red".to_string())], "only what was changed");
        let who = [("ethnicity", "BAFR"), ("languages", "Tigrinya")];
        save(&world, &owen, "who", &who).await.unwrap();
        assert!(format!("{:?}", page(&world, &owen).await.groups).contains("Black African"), "words, and not codes");
        // A name in another script, of 200 letters: the head of the record and the lists have it.
        let name = "ሪ".repeat(200);
        save(&world, &owen, "names", &[("name", &name), ("known_as", "Ri"), ("name_order", "one_name")]).await.unwrap();
        let child = queries::child(&world.app, &owen, RILEY).await.unwrap();
        assert_eq!(child.child.name, name);
        assert!(child.particulars.contains(&("Known as".into(), "Ri".into())));
        assert!(child.particulars.contains(&("Hair".into(), "Red".into())), "what other pages asked stays");
        let dana = world.actor("dana").await;
        let draft = report::start(&world.app, &dana, RILEY).await.unwrap();
        let read = format!("{:?}", report::read_out(&world.app, &dana, &draft).await.unwrap());
        assert!(read.contains("A scar over the left eye") && read.contains("Tigrinya"), "{read}");
    });
}

#[test]
fn numbers_with_a_check_digit_are_checked() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let bad = [("nhs_number", "999 000 0019"), ("upn", "A801200011001")];
        assert_eq!(wrong(save(&world, &owen, "numbers", &bad).await), ["nhs_number", "upn"]);
        assert_eq!(wrong(save(&world, &owen, "devices", &[("device_imei", "490154203237517")]).await), ["device_imei"]);
        let good = [("nhs_number", "9990000018"), ("upn", "T801200011001")];
        save(&world, &owen, "numbers", &good).await.unwrap();
        assert!(format!("{:?}", page(&world, &owen).await.groups).contains("999 000 0018"));
        assert_eq!(wrong(save(&world, &owen, "names", &[("name", "")]).await), ["name"]);
        let day = [("holds_from-day", "31"), ("holds_from-month", "2"), ("holds_from-year", "2026")];
        assert_eq!(wrong(save(&world, &owen, "who", &day).await), ["holds_from"]);
        assert!(matches!(save(&world, &owen, "nothing", &[]).await, Err(Refused::NotFound)));
    });
}

#[test]
fn health_is_not_there_for_whoever_may_not_see_it_and_survives_their_save() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let agency = store::Agency {
            id: "school".into(),
            name: "A School".into(),
            kind: "school".into(),
            ..store::Agency::default()
        };
        world.app.store().add_agency(&agency).await.unwrap();
        hire(&world, "stella", "Stella School", "school", "school").await;
        let (tess, owen, stella) = (world.actor("tess").await, world.actor("owen").await, world.actor("stella").await);
        relation::begin(&world.app, &tess, RILEY, "school", "school", "She goes to this school", "s").await.unwrap();
        let all = async || {
            let child = queries::child(&world.app, &stella, RILEY).await.unwrap();
            format!("{:?}{child:?}", page(&world, &stella).await)
        };
        let before = all().await;
        save(&world, &owen, "health", &[("medication", "Insulin, 8 units"), ("if_missed", "Within hours")])
            .await
            .unwrap();
        assert_eq!(all().await, before, "not a byte, and not a number");
        assert!(matches!(save(&world, &stella, "health", &[]).await, Err(Refused::NotAllowed(_))));
        save(&world, &stella, "looks", &[("eyes", "Brown")]).await.unwrap();
        let seen = format!("{:?}", page(&world, &owen).await.groups);
        assert!(seen.contains("Insulin, 8 units") && seen.contains("Brown"), "{seen}");
        assert!(particulars::show(&world.app, &world.actor("nora").await, RILEY).await.is_err());
    });
}
