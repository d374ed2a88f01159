//! Opening the record of a child.

use crate::databases::on_both;
use crate::recording::messages;
use crate::world::World;
use actions::queries::Asked;
use actions::{Answers, child, queries};

fn answers(pairs: &[(&str, &str)]) -> Answers {
    pairs.iter().copied().collect()
}

#[test]
fn a_record_is_opened_once_and_seen_by_those_who_work_with_the_child() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let form = answers(&[
            ("name", "Ashleigh Ünal"),
            ("born-day", "3"),
            ("born-month", "June"),
            ("born-year", "2012"),
            ("f-child.looked_after", "yes"),
            ("f-child.responsible_authority", "northamptonshire"),
        ]);
        let agencies = ["team".to_string()];
        let created = child::create(&world.app, &dana, &form, &agencies, "key").await.unwrap();
        assert_eq!(child::create(&world.app, &dana, &form, &agencies, "key").await.unwrap(), created);
        let page = queries::child(&world.app, &dana, &created.child).await.unwrap();
        assert_eq!((page.child.name.as_str(), page.child.age.as_str()), ("Ashleigh Ünal", "13"));
        assert_eq!(page.summary.iter().find(|f| f.fact == "child.looked_after").unwrap().value, "Yes");
        assert!(!page.summary.iter().find(|f| f.fact == "child.legal_status").unwrap().known);
        let owen = world.actor("owen").await;
        assert_eq!(queries::search(&world.app, &owen, &"ash unal".into()).await.unwrap().rows.len(), 1);
        let grace = world.actor("grace").await;
        assert!(queries::search(&world.app, &grace, &"ash unal".into()).await.unwrap().rows.is_empty());
    });
}

#[test]
fn what_cannot_be_is_refused_field_by_field() {
    on_both(|database| async {
        let world = World::new(database).await;
        let dana = world.actor("dana").await;
        let refused =
            async |pairs: &[(&str, &str)]| messages(child::create(&world.app, &dana, &answers(pairs), &[], "k").await);
        assert_eq!(refused(&[]).await, ["name: Name of the child: write the name, up to 200 characters"]);
        let born = |year: &'static str| [("name", "A"), ("born-day", "1"), ("born-month", "1"), ("born-year", year)];
        assert_eq!(refused(&born("2027")).await, ["born: Date of birth: this is still to come; check the year"]);
        assert!(refused(&born("1990")).await[0].contains("years old"));
        assert!(refused(&born("20")).await[0].contains("all four figures"));
        assert_eq!(refused(&[("name", "A"), ("f-child.legal_status", "free")]).await.len(), 1);
        let fields = child::form(&world.app, &dana, &Answers::default(), &[]).await.unwrap();
        assert_eq!(fields[0].name, "name");
        assert!(fields.iter().any(|f| f.name == "f-child.legal_status" && !f.options.is_empty()));
    });
}

#[test]
fn what_is_brought_in_without_an_id_has_an_address_that_a_browser_keeps() {
    on_both(|database| async {
        let world = World::new(database).await;
        let case = serde_json::json!({
            "case": "sam",
            "people": [{ "id": "child", "name": "Sam Reed", "role": "child" }],
            "chronology": [
                { "event": "absence.noticed", "status": "missing", "occurred_at": "2026-01-04T20:00+00:00" },
                { "event": "search.made", "where": "the park", "occurred_at": "2026-01-04T20:30+00:00", "episode": "#1" },
                { "id": "entry-2", "event": "search.made", "where": "the pier", "occurred_at": "2026-01-04T21:00+00:00" },
                { "event": "search.made", "where": "the station", "occurred_at": "2026-01-04T20:40+00:00", "corrects": "#2" },
            ],
        });
        world.child("sam", "Sam Reed", &case, &["larkfield"]).await;
        let dana = world.actor("dana").await;
        let open = queries::child(&world.app, &dana, "sam").await.unwrap().open.unwrap().episode;
        let page = queries::episode(&world.app, &dana, "sam", &open).await.unwrap();
        assert_eq!(page.timeline.len(), 3, "one of the four puts another right");
        for id in page.timeline.iter().map(|item| &item.id) {
            let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            assert!(id.bytes().all(safe), "{id}");
            queries::correct_form(&world.app, &dana, "sam", id, &Asked::default()).await.unwrap();
        }
    });
}

#[test]
fn an_authority_that_is_no_more_keeps_its_name_and_asks_who_answers_since() {
    on_both(|database| async {
        let world = World::new(database).await;
        let owen = world.actor("owen").await;
        let case = |facts: serde_json::Value| {
            serde_json::json!({
                "case": "mo", "facts": facts,
                "chronology": [{ "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-05T09:00+00:00", "status": "missing", "by": "carer" }]
            })
        };
        let fact = |value: &str, from: &str| serde_json::json!({ "fact": "child.responsible_authority", "value": value, "from": from });
        let both = case(serde_json::json!([
            fact("cumbria", "2019-01-01T00:00+00:00"),
            fact("cumberland", "2023-04-01T00:00+01:00")
        ]));
        world.child("both", "Mo Marsh", &both, &["team"]).await;
        let old = case(serde_json::json!([fact("cumbria", "2019-01-01T00:00+00:00")]));
        world.child("old", "Flo Marsh", &old, &["team"]).await;
        // Before and after stand each with its own authority.
        let shown = format!("{:?}", queries::facts(&world.app, &owen, "both", "", 1).await.unwrap());
        assert!(shown.contains("Cumberland") && shown.contains("Cumbria"), "{shown}");
        let said = async |child: &str| {
            let page = queries::episode(&world.app, &owen, child, "gone").await.unwrap();
            page.warnings.into_iter().map(|one| one.says).filter(|says| says.contains("ended on")).collect::<Vec<_>>()
        };
        assert_eq!(said("both").await, Vec::<String>::new());
        assert_eq!(said("old").await, ["Authority responsible for the child: Cumbria ended on 31 March 2023."]);
    });
}
