//! What is known of a child, said as it was at its time.

use crate::world::{RILEY, World};
use actions::{Answers, Refused, fact, queries};
use testkit::databases::on_both;

/// Says who was responsible, since a day and until another; gives what is wrong.
async fn responsible(world: &World, authority: &str, since: [&str; 3], until: Option<[&str; 3]>) -> Vec<String> {
    let owen = world.actor("owen").await;
    let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
    let mut answers = Answers::default();
    answers.set("f-child.responsible_authority", authority);
    answers.set("how-long", "since");
    answers.set("source", "document");
    answers.set("told-by", "The care plan");
    for (name, day) in [("since", Some(since)), ("until", until)] {
        let Some([date, month, year]) = day else { continue };
        for (end, part) in [("day", date), ("month", month), ("year", year), ("time", "09:00")] {
            answers.set(format!("{name}-{end}"), part);
        }
    }
    match fact::change(&world.app, &owen, RILEY, version, "responsible", &answers, &world.app.new_key()).await {
        Ok(_) => Vec::new(),
        Err(Refused::Invalid(problems)) => problems.into_iter().map(|problem| problem.message).collect(),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn an_authority_is_said_for_the_time_in_which_there_was_one() {
    on_both(|database| async {
        let world = World::new(database).await;
        let found = responsible(&world, "poole", ["1", "5", "2018"], None).await;
        assert!(found[0].contains("Poole ended on 31 March 2019; choose what came after it"), "{found:?}");
        let found = responsible(&world, "cumberland", ["31", "3", "2023"], None).await;
        assert!(found[0].contains("there is Cumberland from 1 April 2023 on only"), "{found:?}");
        assert_eq!(responsible(&world, "poole", ["1", "5", "2018"], Some(["1", "4", "2019"])).await, [""; 0]);
        // The area of a protocol is there, though the county council of its name is not.
        assert_eq!(responsible(&world, "kent", ["1", "1", "2026"], None).await, [""; 0]);
        assert_eq!(responsible(&world, "northamptonshire", ["3", "1", "2026"], None).await, [""; 0]);
        let owen = world.actor("owen").await;
        let form = queries::facts(&world.app, &owen, RILEY, "", 1).await.unwrap();
        assert!(format!("{form:?}").contains("Poole"), "what was so stands in the history");
    });
}

/// Of a day without a time the whole counts, and of the present day what has been of it.
#[test]
fn of_a_day_alone_the_whole_counts() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let days = |name: &str, day: &str| {
            let parts = [("day", day), ("month", "1"), ("year", "2026")];
            parts.map(|(end, part)| (format!("{name}-{end}"), part.to_string()))
        };
        let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
        let mut answers: Answers = days("since", "2").into_iter().chain(days("until", "5")).collect::<Vec<_>>().into();
        for (name, value) in [("how-long", "since"), ("source", "document"), ("told-by", "The care plan")] {
            answers.set(name, value);
        }
        answers.set("f-child.responsible_authority", "kent");
        fact::change(&world.app, &owen, RILEY, version, "responsible", &answers, "k").await.unwrap();
        let form = format!("{:?}", queries::facts(&world.app, &owen, RILEY, "", 1).await.unwrap());
        assert!(form.contains("from Fri 2 Jan until 18:00 today"), "it is six in the evening of that day");
        // What was always so did not begin.
        let mut both = answers.clone();
        both.set("how-long", "always");
        let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
        let both = fact::change(&world.app, &owen, RILEY, version, "responsible", &both, "k1").await;
        assert!(matches!(&both, Err(Refused::Invalid(found)) if found[0].message.contains("always so")), "{both:?}");
        // A day that is to come is no time that has been.
        answers.lay_over(days("until", "6").to_vec().into());
        let version = queries::child(&world.app, &owen, RILEY).await.unwrap().version;
        let ahead = fact::change(&world.app, &owen, RILEY, version, "responsible", &answers, "k2").await;
        assert!(matches!(ahead, Err(Refused::Invalid(_))), "{ahead:?}");
    });
}
