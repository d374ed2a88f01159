//! Strategy meetings of an episode: which plan and which minutes belong to which meeting.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::queries::Asked;
use actions::views::{EpisodePart, FieldKind, Meeting};
use actions::{Refused, entry, queries};

const PLANNED: &str = "strategy_meeting.planned";
const HELD: &str = "strategy_meeting.held";
const MINUTES: &str = "strategy_meeting.minutes_issued";

async fn meetings(world: &World, episode: &str) -> Vec<Meeting> {
    let owen = world.actor("owen").await;
    let part = queries::episode_part(&world.app, &owen, (RILEY, episode), EpisodePart::Meetings, (1, ""));
    // The page shows the latest first; here they are told as they went.
    part.await.unwrap().meetings.into_iter().rev().collect()
}

/// Each meeting by its title, its state and its parts.
fn told(meetings: &[Meeting]) -> Vec<String> {
    let parts = |m: &Meeting| m.parts.iter().map(|p| p.title.as_str()).collect::<Vec<_>>().join(", ");
    let next = |m: &Meeting| m.next.as_ref().map(|n| format!(" -> {}", n.title)).unwrap_or_default();
    meetings
        .iter()
        .map(|m| format!("{} | {} | {}{}", m.title, views::words::meeting_state(m.state), parts(m), next(m)))
        .collect()
}

/// Of a meeting that was held: who chaired, who came, what was decided, where a test does not say it itself.
fn whole<'f>(event: &str, fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let said = [("chair", "team_manager"), ("attended", "police"), ("decisions", "Look again at the cousin's")];
    let lacks = |one: &&(&str, &str)| event == HELD && !fields.iter().any(|(name, _)| *name == one.0);
    fields.iter().copied().chain(said.iter().filter(lacks).copied()).collect()
}

async fn write(world: &World, time: &str, event: &str, fields: &[(&str, &str)]) -> String {
    let occurred = format!("2026-01-{time}+00:00");
    world.set(&occurred);
    world.record("owen", event, &whole(event, fields)).await.unwrap().entry
}

#[test]
fn time_tells_what_belongs_together() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        assert!(meetings(&world, &gone).await.is_empty());
        let text = "occurred";
        let for_day = |day: &'static str| [("planned_for", day)];
        write(&world, "06T08:00", PLANNED, &for_day("2026-01-06T10:00+00:00")).await;
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["Arranged for 10:00 today | To come | Arranged -> Record that it was held"]
        );
        write(&world, "06T10:00", HELD, &[("chair", "team_manager")]).await;
        // The next one is arranged in the very minute of the meeting, and belongs to none yet.
        let next = [(text, "2026-01-06T10:00+00:00"), ("planned_for", "2026-01-09T10:00+00:00")];
        write(&world, "06T12:00", PLANNED, &next).await;
        write(&world, "06T15:00", MINUTES, &[("to", "police")]).await;
        assert_eq!(
            told(&meetings(&world, &gone).await),
            [
                "Held 10:00 today | Minutes issued | Arranged, Held, Minutes issued",
                "Arranged for 10:00 on Fri 9 Jan | To come | Arranged -> Record that it was held",
            ]
        );
        // Held a day late: until then it is not recorded as held.
        world.set("2026-01-09T18:00+00:00");
        assert_eq!(views::words::meeting_state(meetings(&world, &gone).await[1].state), "Not recorded as held");
        write(&world, "10T10:00", HELD, &[]).await;
        assert_eq!(
            told(&meetings(&world, &gone).await),
            [
                "Held 10:00 on Tue 6 Jan | Minutes issued | Arranged, Held, Minutes issued",
                "Held 10:00 today | No minutes yet | Arranged, Held -> Issue the minutes",
            ]
        );
        // Recorded late, and about a time between the two: the minutes of the first.
        let late = [(text, "2026-01-08T09:00+00:00"), ("minutes", "A better copy")];
        write(&world, "10T11:00", MINUTES, &late).await;
        let [first, second] = &meetings(&world, &gone).await[..] else { panic!("two meetings") };
        assert_eq!((first.parts.len(), second.parts.len()), (4, 2));
        assert_eq!(first.parts[3].facts[0].value, "A better copy");
    });
}

#[test]
fn an_urgent_meeting_leaves_the_arranged_one_standing_and_minutes_find_their_meeting() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        world.set("2026-01-06T18:00+00:00");
        write(&world, "06T09:00", PLANNED, &[("planned_for", "2026-01-08T14:00+00:00")]).await;
        write(&world, "06T10:00", HELD, &[]).await;
        let first = ["Held 10:00 today | No minutes yet | Held -> Issue the minutes"];
        let arranged = "Arranged for 14:00 on Thu 8 Jan | To come | Arranged -> Record that it was held";
        assert_eq!(told(&meetings(&world, &gone).await), [first[0], arranged]);
        write(&world, "06T15:00", HELD, &[]).await;
        let second = "Held 15:00 today | No minutes yet | Held -> Issue the minutes";
        assert_eq!(told(&meetings(&world, &gone).await), [first[0], second, arranged], "each asks for its minutes");
        // The minutes of the first come after the second, and say whose they are, to the minute or by the day.
        write(&world, "06T16:00", MINUTES, &[("meeting_at", "2026-01-06T10:00+00:00")]).await;
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["Held 10:00 today | Minutes issued | Held, Minutes issued", second, arranged]
        );
        write(&world, "06T17:00", MINUTES, &[("meeting_at", "2026-01-06T11:11+00:00")]).await;
        assert_eq!(
            views::words::meeting_state(meetings(&world, &gone).await[1].state),
            "Minutes issued",
            "the last meeting of that day"
        );
        // The form of the minutes is filled with the time of the meeting whose link was followed.
        let owen = world.actor("owen").await;
        let held = meetings(&world, &gone).await[0].held.clone();
        let asked = Asked { meeting: held, ..Asked::default() };
        let form = queries::event_form(&world.app, &owen, RILEY, MINUTES, &asked).await.unwrap();
        let field = form.fields.iter().find(|field| field.name == "f-meeting_at").unwrap();
        assert_eq!((field.day.as_str(), field.month.as_str(), field.time.as_str()), ("6", "1", "10:00"));
        // On its day, the arranged one is held.
        world.set("2026-01-08T18:00+00:00");
        write(&world, "08T14:10", HELD, &[]).await;
        assert_eq!(
            told(&meetings(&world, &gone).await).last().unwrap(),
            "Held 14:10 today | No minutes yet | Arranged, Held -> Issue the minutes"
        );
    });
}

#[test]
fn what_is_withdrawn_does_not_count_and_what_is_corrected_counts_as_it_stands() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        let owen = world.actor("owen").await;
        let held = write(&world, "06T10:00", HELD, &[("decisions", "Wait"), ("actions", "A: b\n\n * C: d ")]).await;
        write(&world, "06T11:00", MINUTES, &[]).await;
        let [meeting] = &meetings(&world, &gone).await[..] else { panic!("one meeting") };
        let facts = &meeting.parts[0].facts;
        assert_eq!((facts[2].label.as_str(), facts[2].value.as_str()), ("What was decided, and why?", "Wait"));
        assert_eq!(
            (facts[3].label.as_str(), &facts[3].items[..]),
            ("Which actions were agreed?", &["A: b".into(), "C: d".into()][..])
        );
        assert!(meeting.parts[0].can_correct && !meeting.parts[0].corrected);

        let again = whole(HELD, &[("occurred", "2026-01-06T10:30+00:00"), ("decisions", "Go")]);
        let form = world.form(HELD, &again);
        world.correct(&owen, RILEY, &held, &form, "c").await.unwrap();
        let [meeting] = &meetings(&world, &gone).await[..] else { panic!("one meeting") };
        assert_eq!((meeting.title.as_str(), meeting.parts[0].entry.as_str()), ("Held 10:30 today", held.as_str()));
        assert_eq!((meeting.parts[0].facts[2].value.as_str(), meeting.parts[0].corrected), ("Go", true));

        world.withdraw(&owen, &held, ("other-child", "Another child"), "w").await.unwrap();
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["No meeting recorded | Minutes issued | Minutes issued"],
            "minutes are never hidden"
        );
    });
}

#[test]
fn a_meeting_needs_who_chaired_who_came_and_what_was_decided() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        write(&world, "06T03:00", PLANNED, &[]).await;
        world.set("2026-01-06T03:10+00:00");
        // A tick with a date is no meeting: nothing is recorded, each of the three is asked for at its place, and what else is asked is optional.
        let wrong = |result| match result {
            Err(Refused::Invalid(problems)) => problems.into_iter().map(|p| (p.field, p.message)).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        let said = [
            ("f-chair", "Who chaired: choose one of the answers"),
            ("f-attended", "Who attended: choose at least one"),
            ("f-decisions", "What was decided, and why: this cannot be left empty"),
        ];
        let said = said.map(|(field, message)| (field.to_string(), message.to_string()));
        assert_eq!(wrong(world.record("owen", HELD, &[]).await), said);
        assert_eq!(
            wrong(world.record("owen", HELD, &[("chair", "team_manager"), ("attended", "police")]).await),
            said[2..]
        );
        assert!(meetings(&world, &gone).await.iter().all(|meeting| meeting.held.is_none()));
        // A meeting of any other kind is no less one.
        let other = [("meeting", "forum.hold"), ("chair", "team_manager")];
        let other = wrong(world.record("owen", "meeting.held", &other).await);
        assert_eq!(other.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["f-attended", "f-decisions"]);
        write(&world, "06T03:10", HELD, &[]).await;
        write(&world, "06T03:20", MINUTES, &[]).await;
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["Held 03:10 today | Minutes issued | Arranged, Held, Minutes issued"]
        );
    });
}

#[test]
fn a_meeting_that_came_from_elsewhere_says_what_it_does_not_say() {
    on_both(|database| async {
        let world = World::new(database).await;
        let case = serde_json::json!({
            "case": "mo", "facts": { "child.looked_after": true, "child.responsible_authority": "northamptonshire" },
            "chronology": [
                { "id": "gone", "event": "absence.noticed", "occurred_at": "2026-01-01T09:00+00:00", "status": "missing", "by": "carer" },
                { "id": "met", "event": HELD, "occurred_at": "2026-01-03T10:00+00:00", "by": "team_manager", "attended": ["police", "social_worker"] },
            ]
        });
        world.child("mo", "Mo Marsh", &case, &["team", "larkfield"]).await;
        let owen = world.actor("owen").await;
        world.set("2026-01-04T10:00+00:00");
        let open = "not said: who chaired; what was decided, and why";
        let part = |part| queries::episode_part(&world.app, &owen, ("mo", "gone"), part, (1, ""));
        let met = part(EpisodePart::Meetings).await.unwrap().meetings;
        assert_eq!(met[0].parts[0].left_open, open);
        let done = part(EpisodePart::Done).await.unwrap().lines;
        let held = done.iter().filter(|line| line.left_open == open).count();
        assert!(held > 0, "{:?}", done.iter().map(|line| (&line.label, &line.left_open)).collect::<Vec<_>>());
        // Whoever wrote it down and puts its time right need not know who chaired; what it said, it goes on saying.
        let dana = world.actor("dana").await;
        let said = [("occurred", "2026-01-03T10:30+00:00"), ("by", "team_manager"), ("attended", "police")];
        let form = world.form(HELD, &said);
        world.correct(&dana, "mo", "met", &form, "c").await.unwrap();
        let form = world.form(HELD, &said[..2]);
        let version = world.version("mo").await;
        let lost = entry::correct(&world.app, &dana, "mo", version, "met", &form, "d").await;
        assert!(matches!(lost, Err(Refused::Invalid(_))), "{lost:?}");
    });
}

#[test]
fn one_person_holds_no_meeting() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        let said = |attended: &'static str| {
            [("chair", "team_manager"), ("attended", attended), ("decisions", "Look again")].to_vec()
        };
        let alone = world.record("owen", HELD, &said("team_manager")).await;
        let Err(Refused::Invalid(problems)) = alone else { panic!("{alone:?}") };
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(
            problems[0].field == "f-attended" && problems[0].message.contains("nobody is named but"),
            "{problems:?}"
        );
        assert!(meetings(&world, &gone).await.is_empty());
        // Who did it is not asked beside who chaired: whoever writes it down is nobody's chair.
        world.record("owen", HELD, &said("police")).await.unwrap();
        let held = meetings(&world, &gone).await.remove(0);
        assert!(held.parts[0].by.starts_with("Team manager"), "{}", held.parts[0].by);
        let owen = world.actor("owen").await;
        let form = queries::event_form(&world.app, &owen, RILEY, HELD, &Asked::default()).await.unwrap();
        assert!(form.by.kind == FieldKind::Hidden && form.fields.iter().any(|field| field.name == "f-chair"));
    });
}
