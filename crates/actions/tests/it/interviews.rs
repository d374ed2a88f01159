//! Return home interviews by name: the list of whoever arranges them, and to whom one is allocated.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::views::Whose;
use actions::{Refused, entry, interview, queries, team, worker};

async fn states(world: &World, who: &str, part: &str) -> Vec<(String, String)> {
    let page = interview::list(&world.app, &world.actor(who).await, part, 1).await.unwrap();
    page.lines.into_iter().map(|line| (line.state.word, line.person)).collect()
}

#[test]
fn an_interview_is_owed_allocated_offered_declined_and_held() {
    on_both(|database| async {
        let world = World::new(database).await;
        world.gone().await;
        assert!(states(&world, "priya", "").await.is_empty(), "the child is not back");
        world.pass(120);
        let back = world.record("dana", "return.recorded", &[]).await.unwrap();
        let owed = |person: &str| vec![("owed".to_string(), person.to_string())];
        assert_eq!(states(&world, "priya", "").await, owed(""));
        // It is allocated by name, on the page of the act, and stands first on that person's list.
        let priya = world.actor("priya").await;
        let asked = queries::Asked::default();
        let form = queries::event_form(&world.app, &priya, RILEY, "return_interview.allocated", &asked).await.unwrap();
        let whom = form.fields.iter().find(|field| field.label == "To whom?").expect("it asks to whom");
        let names: Vec<&str> = whom.options.iter().map(|option| option.label.as_str()).collect();
        assert_eq!(names, ["Safiya Lund"]);
        let mut given = world.form("return_interview.allocated", &[("by", "missing_coordinator")]);
        given.answers.set(whom.name.as_str(), "nobody");
        let version = form.version;
        let wrong = entry::record(&world.app, &priya, RILEY, version, &given, "a").await;
        assert!(matches!(&wrong, Err(Refused::Invalid(p)) if p[0].field == whom.name), "{wrong:?}");
        given.answers.set(whom.name.as_str(), whom.options[0].value.as_str());
        entry::record(&world.app, &priya, RILEY, version, &given, "a").await.unwrap();
        assert_eq!(states(&world, "priya", "owed").await, owed("Safiya Lund"));
        let safiya = world.actor("safiya").await;
        let home = queries::home(&world.app, &safiya).await.unwrap();
        assert!(home.notices.iter().any(|notice| notice.says.contains("allocated")), "{:?}", home.notices);
        let hers = home.next.iter().chain(
            home.lists.iter().filter(|l| l.whose == Whose::Mine).flat_map(|l| l.bundles.iter().flat_map(|b| &b.lines)),
        );
        assert!(hers.map(|line| line.child.as_str()).all(|child| child == RILEY));
        // Late, offered, declined, held.
        world.pass(5 * 24 * 60);
        worker::tick(&world.app).await.unwrap();
        assert_eq!(states(&world, "priya", "late").await, owed("Safiya Lund"));
        let episode = back.episode.unwrap();
        for (event, word) in [
            ("return_interview.offered", "offered"),
            ("return_interview.declined", "declined"),
            ("return_interview.held", "held"),
        ] {
            // It was written up in another system: who held it and where that is kept are said.
            let mut answers = vec![("reason", "Not now"), ("by", "return_interviewer")];
            answers.extend([("interviewer", "return_interviewer"), ("kept_at", "The case system")]);
            let mut form = world.form(event, &answers);
            form.episode = Some(episode.clone());
            let version = queries::child(&world.app, &safiya, RILEY).await.unwrap().version;
            entry::record(&world.app, &safiya, RILEY, version, &form, event).await.unwrap();
            assert_eq!(states(&world, "priya", word).await, [(word.to_string(), "Safiya Lund".to_string())]);
            world.pass(1);
        }
        assert!(states(&world, "priya", "late").await.is_empty());
        // Whoever neither arranges nor holds interviews has no list of them.
        let refused = interview::list(&world.app, &world.actor("dana").await, "", 1).await;
        assert!(matches!(refused, Err(Refused::NotAllowed(_))));
        assert!(matches!(team::show(&world.app, &safiya).await, Err(Refused::NotAllowed(_))), "she manages nobody");
    });
}
