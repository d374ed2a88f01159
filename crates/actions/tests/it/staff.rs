//! More people for the small world: those who lead, and whoever a test hires.

use actions::sign_in;
use store::{Agency, Person};
use testkit::world::{PASSWORD, RILEY, World};

/// Hires somebody for a post.
pub async fn hire(world: &World, id: &str, name: &str, role: &str, agency: &str) -> Person {
    let known = world.app.store().person("dana").await.unwrap().unwrap();
    let person = Person {
        id: id.into(),
        username: id.into(),
        name: name.into(),
        role: role.into(),
        agency: agency.into(),
        ..known
    };
    world.app.store().add_person(&person).await.unwrap();
    let _ = sign_in::sign_in(&world.app, id, PASSWORD, "127.0.0.1").await;
    person
}

/// A team manager of the child's team, and a head of service of the authority that leads.
pub async fn lead(world: &World) {
    hire(world, "tess", "Tess Lead", "team_manager", "team").await;
    let authority = Agency {
        id: "authority".into(),
        name: "Children's Services".into(),
        kind: "leadership".into(),
        ..Agency::default()
    };
    world.app.store().add_agency(&authority).await.unwrap();
    hire(world, "hugo", "Hugo Head", "head_of_service", "authority").await;
    let relation = store::Relation {
        id: "lead".into(),
        child_id: RILEY.into(),
        agency_id: Some("authority".into()),
        kind: "lead".into(),
        made_by: "tess".into(),
        ..store::Relation::default()
    };
    world.app.store().relate(&relation).await.unwrap();
}

/// Everybody who can sign in.
pub async fn hired(world: &World) -> Vec<String> {
    world.app.store().people().await.unwrap().into_iter().filter(|p| p.active).map(|p| p.username).collect()
}

/// A concern about somebody who works with children, recorded by one of the world.
pub async fn secret_entry(world: &World, who: &str, words: &str) -> String {
    let done = world.record(who, "concern.raised", &[("kind", "staff_or_placement"), ("text", words)]).await.unwrap();
    done.entry
}
