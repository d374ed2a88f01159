//! The accounts of agencies, as whoever keeps an agency's people keeps them: off until they are turned on, two people, nothing of another's.

use crate::databases::on_both;
use crate::staff::hire;
use crate::world::World;
use actions::keeping::By;
use actions::oidc::{self, NewProvider, Put, Rule};
use actions::proposal::{self, Decided};
use actions::{Doors, Refused};

const WHY: &str = "The home's people have these accounts since Monday";

fn wanted(agency: &str) -> NewProvider {
    NewProvider {
        agency: agency.into(),
        name: "Larkfield accounts".into(),
        issuer: "https://login.example".into(),
        client_id: "whereabouts".into(),
        client_secret: "a secret of the test".into(),
        rules: vec![Rule {
            claim: "groups".into(),
            value: "night-staff".into(),
            role: "home_staff".into(),
            ..Rule::default()
        }],
    }
}

fn says<T: std::fmt::Debug>(result: Result<T, Refused>) -> String {
    match result {
        Err(Refused::Invalid(problems)) => {
            problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect::<Vec<_>>().join("; ")
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn a_sign_in_of_an_agency_is_off_until_a_second_person_turns_it_on() {
    on_both(|database| async {
        let world = World::new(database).await;
        let app = &world.app;
        for (id, name) in [("mary", "Mary Quill"), ("ines", "Ines Roe")] {
            hire(&world, id, name, "agency_administrator", "larkfield").await;
        }
        let (mary, ines) = (world.actor("mary").await, world.actor("ines").await);
        let id = oidc::add(app, By::Person(&mary), &wanted("larkfield")).await.unwrap();
        assert!(oidc::choices(app).await.unwrap().is_empty(), "nobody comes in by it yet");
        assert!(matches!(oidc::begin(app, &id, "browser", "/").await, Err(Refused::NotFound)));
        // Its secret is kept when it is changed without one, and is wanted anew for another issuer.
        let shown = oidc::show(app, By::Person(&mary), "larkfield", &id).await.unwrap();
        let changed = NewProvider { client_secret: String::new(), client_id: "w2".into(), ..wanted("larkfield") };
        let sealed = app.store().providers().await.unwrap()[0].client_secret.clone();
        let put = oidc::change(app, By::Person(&mary), &id, shown.version, &changed, "").await.unwrap();
        assert_eq!(put, Put::Held(id.clone()), "while it is off, one person sets it up");
        assert_eq!(app.store().providers().await.unwrap()[0].client_secret, sealed);
        let elsewhere = NewProvider { issuer: "https://other.example".into(), ..changed.clone() };
        let refused = says(oidc::change(app, By::Person(&mary), &id, shown.version + 1, &elsewhere, "").await);
        assert!(refused.contains("client_secret: Enter the client secret of the new issuer"), "{refused}");
        // Two who change it at once.
        let stale = oidc::change(app, By::Person(&ines), &id, shown.version, &changed, "").await;
        assert!(matches!(stale, Err(Refused::Stale { version: 2, .. })), "{stale:?}");

        let turn = async |who, version, on, why: &str| {
            oidc::turn(app, By::Person(who), "larkfield", &id, version, on, why).await
        };
        assert!(says(turn(&mary, 2, true, "").await).contains("Say why"));
        assert_eq!(turn(&mary, 2, true, WHY).await.unwrap(), Put::Proposed);
        assert!(oidc::choices(app).await.unwrap().is_empty());
        assert!(oidc::show(app, By::Person(&mary), "larkfield", &id).await.unwrap().waits);
        assert!(matches!(turn(&ines, 2, true, WHY).await, Err(Refused::NotAllowed(_))), "one waits already");
        let waiting = proposal::waiting(app, &ines).await.unwrap().remove(0);
        assert!(waiting.may_decide && waiting.person == "Larkfield accounts", "{waiting:?}");
        let details = waiting.details.join("; ");
        assert!(
            details.contains("https://login.example") && details.contains("night-staff becomes children's home staff"),
            "{details}"
        );
        assert!(!details.contains("a secret of the test"), "{details}");
        let alone = proposal::decide(app, &mary, &waiting.id, true).await;
        assert!(matches!(alone, Err(Refused::NotAllowed(_))), "{alone:?}");
        assert_eq!(proposal::decide(app, &ines, &waiting.id, true).await.unwrap(), Decided::Done);
        assert_eq!(oidc::choices(app).await.unwrap(), [(id.clone(), "Larkfield accounts".to_owned())]);
        assert!(app.store().notices_of("mary").await.unwrap().iter().any(|n| n.says.contains("was confirmed")));

        // On, a change waits; and what was changed meanwhile is not confirmed over.
        let put = oidc::change(app, By::Person(&mary), &id, 3, &elsewhere_with_secret(), WHY).await.unwrap();
        assert_eq!(put, Put::Proposed);
        assert_eq!(app.store().providers().await.unwrap()[0].issuer, "https://login.example");
        assert_eq!(turn(&ines, 3, false, "").await.unwrap(), Put::Held(id.clone()), "one person alone turns it off");
        assert!(oidc::choices(app).await.unwrap().is_empty());
        let waiting = proposal::waiting(app, &ines).await.unwrap().remove(0);
        let late = proposal::decide(app, &ines, &waiting.id, true).await;
        assert!(matches!(&late, Err(Refused::NotAllowed(says)) if says.contains("was changed since")), "{late:?}");
        assert_eq!(proposal::decide(app, &ines, &waiting.id, false).await.unwrap(), Decided::Done);
        assert!(oidc::choices(app).await.unwrap().is_empty());
    });
}

fn elsewhere_with_secret() -> NewProvider {
    NewProvider { issuer: "https://other.example".into(), ..wanted("larkfield") }
}

#[test]
fn what_a_sign_in_may_not_be_is_said_field_by_field() {
    on_both(|database| async {
        let world = World::new(database).await;
        hire(&world, "mary", "Mary Quill", "agency_administrator", "larkfield").await;
        let (app, mary) = (&world.app, world.actor("mary").await);
        let by = By::Person(&mary);
        let rule = |role: &str| Rule { claim: "g".into(), value: "v".into(), role: role.into(), ..Rule::default() };
        let wrong = NewProvider {
            issuer: "http://login.example".into(),
            client_secret: String::new(),
            client_id: " ".into(),
            name: String::new(),
            rules: vec![
                rule("wizard"),
                rule("home_manager"),
                rule("police_officer"),
                rule("head_of_service"),
                rule(""),
                Rule { value: String::new(), ..rule("home_staff") },
            ],
            ..wanted("larkfield")
        };
        let said = says(oidc::add(app, by, &wrong).await);
        for part in [
            "name: Enter the name",
            "issuer: The issuer's address has to begin with https://",
            "client_id: Enter the client id",
            "client_secret: Enter the client secret",
            "rule-0: there is no role `wizard`",
            "rule-2: Larkfield House has no",
            "rule-3: `head_of_service` sees much",
            "rule-4: Choose the role",
            "rule-5: Enter the claim and its value",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
        // A provider on this computer is for a server on this computer.
        let near = NewProvider { issuer: "http://localhost:9".into(), ..wanted("larkfield") };
        let far = app.clone().with_doors(Doors::at("https://whereabouts.example", true).unwrap());
        assert!(says(oidc::add(&far, by, &near).await).contains("https://"));
        let here = app.clone().with_doors(Doors::at("http://localhost:8080", true).unwrap());
        oidc::add(&here, by, &near).await.unwrap();
        assert!(says(oidc::add(app, by, &wanted("larkfield")).await).contains("has a sign-in of this name"));
        // Nobody keeps another agency's, and whoever keeps none keeps none.
        let dana = world.actor("dana").await;
        for (who, agency) in [(&mary, "elsewhere"), (&dana, "larkfield")] {
            let refused = oidc::add(app, By::Person(who), &wanted(agency)).await;
            assert!(matches!(refused, Err(Refused::NotAllowed(_))), "{refused:?}");
            assert!(oidc::list(app, By::Person(who), agency).await.is_err());
        }
        let one = oidc::list(app, by, "larkfield").await.unwrap().remove(0);
        assert!(matches!(oidc::begin_trial(app, &dana, "larkfield", &one.id, "b").await, Err(Refused::NotAllowed(_))));
    });
}
