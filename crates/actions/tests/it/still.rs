//! What was recorded for a duty and does not count for it is said at once: nobody takes it for done.

use actions::queries::{self, Asked};
use actions::views::{DutyLine, EventForm};
use actions::{Actor, entry};
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

/// An act without an event of its own.
const ACT: &str = "action.recorded";

/// The form of a duty, sent as it opens, by a role.
async fn send(world: &World, who: &Actor, line: &DutyLine, by: &str, key: &str) -> Vec<String> {
    let asked = Asked { duty: Some(line.key.clone()), ..Asked::default() };
    let view: EventForm = queries::event_form(&world.app, who, RILEY, ACT, &asked).await.unwrap();
    let mut form = world.form(ACT, &[("by", by)]);
    form.duty = Some(line.key.clone());
    for field in &view.fields {
        field.values.iter().for_each(|value| form.answers.add(&field.name, value));
    }
    let done = entry::record(&world.app, who, RILEY, view.version, &form, key).await.unwrap();
    done.warnings.into_iter().map(|one| format!("{} {}", one.says, one.instead)).collect()
}

#[test]
fn what_does_not_count_for_a_duty_is_said_at_once() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await;
        let owen = world.actor("owen").await;
        let due = async || {
            let lines = world.due(&owen, RILEY, &gone.entry).await;
            let acts = lines.into_iter().filter(|line| line.doing.as_ref().is_some_and(|doing| doing.event == ACT));
            acts.partition::<Vec<_>, _>(|line| line.mine)
        };
        let (_, others) = due().await;
        let other = others.first().expect("an act of somebody else");
        let said = send(&world, &owen, other, "social_worker", "k1").await;
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].contains(&format!("“{}” is still due: it counts when it was done by", other.label)),
            "{said:?}"
        );
        assert!(said[0].ends_with("If that is wrong, correct who did it."), "{said:?}");
        let (_, still) = due().await;
        assert!(still.iter().any(|line| line.key == other.key), "and so it is");
        // What is done by those whose it is needs no word.
        let said = send(&world, &owen, other, &other.owner, "k2").await;
        assert!(said.is_empty(), "{said:?}");
    });
}
