//! Strategy meetings of an episode: which plan and which minutes belong to which meeting.

use crate::databases::on_both;
use crate::world::{RILEY, World};
use actions::queries::Asked;
use actions::views::{EpisodePart, Meeting};
use actions::{entry, queries};

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

async fn write(world: &World, time: &str, event: &str, fields: &[(&str, &str)]) -> String {
    let occurred = format!("2026-01-{time}+00:00");
    world.set(&occurred);
    world.record("owen", event, fields).await.unwrap().entry
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
        assert_eq!((facts[0].label.as_str(), facts[0].value.as_str()), ("What was decided, and why?", "Wait"));
        assert_eq!(
            (facts[1].label.as_str(), &facts[1].items[..]),
            ("Which actions were agreed?", &["A: b".into(), "C: d".into()][..])
        );
        assert!(meeting.parts[0].can_correct && !meeting.parts[0].corrected);

        let version = world.version(RILEY).await;
        let form = world.form(HELD, &[("occurred", "2026-01-06T10:30+00:00"), ("decisions", "Go")]);
        entry::correct(&world.app, &owen, RILEY, version, &held, &form, "c").await.unwrap();
        let [meeting] = &meetings(&world, &gone).await[..] else { panic!("one meeting") };
        assert_eq!((meeting.title.as_str(), meeting.parts[0].entry.as_str()), ("Held 10:30 today", held.as_str()));
        assert_eq!((meeting.parts[0].facts[0].value.as_str(), meeting.parts[0].corrected), ("Go", true));

        let version = world.version(RILEY).await;
        entry::withdraw(&world.app, &owen, RILEY, version, &held, "other-child", "Another child", "w").await.unwrap();
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["No meeting recorded | Minutes issued | Minutes issued"],
            "minutes are never hidden"
        );
    });
}

#[test]
fn a_meeting_of_which_nothing_is_known_is_recorded() {
    on_both(|database| async {
        let world = World::new(database).await;
        let gone = world.gone().await.entry;
        for (time, event) in [("06T03:00", PLANNED), ("06T03:10", HELD), ("06T03:20", MINUTES)] {
            write(&world, time, event, &[]).await;
        }
        assert_eq!(
            told(&meetings(&world, &gone).await),
            ["Held 03:10 today | Minutes issued | Arranged, Held, Minutes issued"]
        );
    });
}
