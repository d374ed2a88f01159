//! A home that a child has left, and one to which it never came: what it still reads and owes, and what it may change no more.

use crate::attacks::everything;
use crate::living::{answers, home, names, page, related, save, ties, version, wrong};
use crate::staff::{hire, lead};
use actions::living::{self, Doing};
use actions::views;
use actions::{Actor, Answers, READ_CHANGES, Refused, around, particulars, queries, relation, report, worker};
use testkit::databases::on_both;
use testkit::world::{RILEY, World};

/// A move that never was, taken back: the child lives on where it lived, its home sees the record again, and nobody is asked to be told of it.
#[test]
fn a_move_that_never_was_leaves_everything_as_it_stood() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (owen, dana) = (world.actor("owen").await, world.actor("dana").await);
        let asked = async || {
            let page = queries::child(&world.app, &owen, RILEY).await.unwrap();
            page.duties.iter().map(|d| d.label.clone()).collect::<Vec<_>>()
        };
        let before = asked().await;
        save(&world, &owen, Doing::Move, &home("2026-01-05T17:30+00:00", "elsewhere")).await.unwrap();
        assert_ne!(asked().await, before);
        let mistaken = page(&world, &owen).await.now[0].id.clone();
        let form = living::form(&world.app, &owen, RILEY, &Doing::Correct(mistaken.clone()), &answers(&[]), &[]).await;
        let labels: Vec<String> = form.unwrap().fields.into_iter().map(|field| field.label).collect();
        assert!(labels.iter().any(|label| label.contains("did the child live on at “Larkfield House”?")), "{labels:?}");
        // It began half an hour earlier: so says the entry by which others are told of it.
        let mut earlier = home("2026-01-05T17:00+00:00", "elsewhere");
        earlier.push(("reason", "The clock was wrong"));
        save(&world, &owen, Doing::Correct(mistaken.clone()), &earlier).await.unwrap();
        assert_eq!(page(&world, &owen).await.past[0].until.as_ref().unwrap().clock, "17:00");
        let last = world.app.store().record_from(RILEY, 1).await.unwrap().pop().unwrap().payload.unwrap();
        let right = ["placement.started", "corrects", "2026-01-05T17:00"];
        assert!(right.iter().all(|part| last.contains(part)), "{last}");
        let mut given = home("2026-01-05T17:00+00:00", "elsewhere");
        given.extend([("reason", "The move was another child's"), ("mistake", "yes")]);
        let said = wrong(save(&world, &owen, Doing::Correct(mistaken.clone()), &given).await);
        assert_eq!(said[0].0, "goes_on", "{said:?}");
        assert!(!related(&world, "larkfield").await);
        given.push(("goes_on", "yes"));
        save(&world, &owen, Doing::Correct(mistaken), &given).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!((names(&seen.now), names(&seen.mistaken)), (vec!["Larkfield House"], vec!["Elsewhere Lodge"]));
        assert!(seen.now[0].until.is_none() && seen.now[0].history.len() == 4, "{:?}", seen.now[0]);
        assert!(related(&world, "larkfield").await && !related(&world, "elsewhere").await);
        assert_eq!(asked().await, before);
        let theirs = queries::child(&world.app, &dana, RILEY).await.unwrap();
        assert_eq!(theirs.child.access, "", "Larkfield House works with the child as before");
        assert!(theirs.placements.iter().any(|one| one.name == "Larkfield House"));
    });
}

/// The same where the child moved on from there: the home to which it never came sees nothing, though its relation had ended already.
#[test]
fn a_home_to_which_a_child_never_came_finishes_nothing() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        hire(&world, "emil", "Emil Elsewhere", "home_staff", "elsewhere").await;
        let (owen, emil) = (world.actor("owen").await, world.actor("emil").await);
        save(&world, &owen, Doing::Move, &home("2026-01-05T17:30+00:00", "elsewhere")).await.unwrap();
        let never = page(&world, &owen).await.now[0].id.clone();
        world.pass(10);
        let mut third = home("2026-01-05T18:05+00:00", "");
        third.extend([("name", "The Alders"), ("type", "foster_care")]);
        save(&world, &owen, Doing::Move, &third).await.unwrap();
        assert!(queries::child(&world.app, &emil, RILEY).await.is_ok(), "for a while it finishes what it owes");
        let mut given = home("2026-01-05T17:30+00:00", "elsewhere");
        given.extend([("until", "2026-01-05T18:05+00:00"), ("reason", "That was another child"), ("mistake", "yes")]);
        given.push(("goes_on", "yes"));
        save(&world, &owen, Doing::Correct(never), &given).await.unwrap();
        let seen = page(&world, &owen).await;
        assert_eq!((names(&seen.now), names(&seen.past)), (vec!["The Alders"], vec!["Larkfield House"]));
        assert_eq!(seen.past[0].until.as_ref().unwrap().clock, "18:05", "until the child moved on");
        assert!(queries::child(&world.app, &emil, RILEY).await.is_err());
        let found = queries::search(&world.app, &emil, &"riley marsh".into()).await.unwrap();
        assert!(found.rows.is_empty());
    });
}

/// What others wrote between the move and its being written down is not for the home that was left; where the moment was wrong, sight goes by
/// the right one, and what is owed can be finished for as long as before.
#[test]
fn sight_ends_when_the_child_left_not_when_somebody_wrote_it_down() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        let (owen, dana) = (world.actor("owen").await, world.actor("dana").await);
        let add = async |name: &str| {
            let carer = answers(&[("name", name), ("kind", "family")]);
            let newest = version(&world, &owen).await;
            around::save(&world.app, &owen, RILEY, newest, &around::About::Add, &carer, name).await.unwrap();
        };
        add("Ada Before").await;
        world.pass(48 * 60);
        add("Bea Since").await;
        let reads = async || {
            let read = everything(&world, &dana).await;
            (read.contains("Ada Before"), read.contains("Bea Since"))
        };
        assert_eq!(reads().await, (true, true));
        world.pass(24 * 60);
        save(&world, &owen, Doing::Move, &home("2026-01-06T09:00+00:00", "elsewhere")).await.unwrap();
        assert_eq!(reads().await, (true, false));
        let ended = ties(&world, "larkfield").await.pop().unwrap();
        let over = ended.until_us.unwrap() + ended.grace_us;
        assert_eq!(ended.until_us, Some(1_767_690_000_000_000), "9:00 on the 6th");
        let moved = page(&world, &owen).await.now[0].id.clone();
        world.pass(60);
        let mut right = home("2026-01-08T09:00+00:00", "elsewhere");
        right.push(("reason", "It was two days after"));
        save(&world, &owen, Doing::Correct(moved.clone()), &right).await.unwrap();
        assert_eq!(reads().await, (true, true));
        let ended = ties(&world, "larkfield").await.pop().unwrap();
        assert_eq!((ended.until_us, ended.until_us.unwrap() + ended.grace_us), (Some(1_767_862_800_000_000), over));
        // And back.
        let mut right = home("2026-01-06T10:00+00:00", "elsewhere");
        right.push(("reason", "No, the day after it was said"));
        save(&world, &owen, Doing::Correct(moved), &right).await.unwrap();
        assert_eq!(reads().await, (true, false));
    });
}

/// The home that a child has left finishes what it owes of the time before, and reads nothing of the time after.
#[test]
fn who_cared_for_the_child_before_reads_and_owes_what_was_before() {
    on_both(|database| async {
        let world = World::new(database).await;
        lead(&world).await;
        hire(&world, "emil", "Emil Elsewhere", "home_staff", "elsewhere").await;
        let (owen, dana, emil) = (world.actor("owen").await, world.actor("dana").await, world.actor("emil").await);
        let first = world.gone().await.entry;
        world.pass(120);
        world.record("dana", "return.recorded", &[]).await.unwrap();
        let on_board = async |who: &Actor| queries::board(&world.app, who, 1).await.unwrap().lines.len();
        let listed = async |who: &Actor| {
            let start = report::start_page(&world.app, who, &"".into()).await.unwrap();
            start.rows.iter().any(|row| row.child.id == RILEY)
        };
        let owed = async |who: &Actor| {
            let lines = world.to_do(who, views::TodoPart::Due).await.into_iter().filter(|line| line.child == RILEY);
            lines.filter_map(|line| line.episode).collect::<Vec<_>>()
        };
        assert!(listed(&dana).await && owed(&dana).await.contains(&first));
        assert_eq!(queries::child(&world.app, &dana, RILEY).await.unwrap().child.access, "");
        world.pass(60);
        save(&world, &owen, Doing::Move, &home("2026-01-05T20:45+00:00", "elsewhere")).await.unwrap();
        // Of the episode before, what others write is theirs to read; of the time after, nothing is.
        world.pass(5);
        let mut offered = world.form("return_interview.offered", &[("note", "By telephone")]);
        offered.episode = Some(first.clone());
        let newest = version(&world, &owen).await;
        let offer = actions::entry::record(&world.app, &owen, RILEY, newest, &offered, "offered").await.unwrap().entry;
        let mut right = world.form("return_interview.offered", &[("note", "By telephone"), ("how", "a call")]);
        right.episode = Some(first.clone());
        right.answers.set(actions::entry::REASON, "A call, not a visit to the bakery");
        world.correct(&owen, RILEY, &offer, &right, "right").await.unwrap();
        world.pass(5);
        let second = world.record("emil", "absence.noticed", &[("status", "missing")]).await.unwrap().entry;
        let page = queries::child(&world.app, &dana, RILEY).await.unwrap();
        assert!(
            page.child.access.contains("You work with this child no more, since Mon 5 Jan"),
            "{}",
            page.child.access
        );
        assert_eq!(page.episodes.iter().map(|one| &one.id).collect::<Vec<_>>(), [&first]);
        assert!(page.open.is_none(), "{:?}", page.open);
        reads_what_is_theirs(&world, &page, (&owen, &dana, &emil)).await;
        let read = queries::episode(&world.app, &dana, RILEY, &first).await.unwrap();
        let titles: Vec<&str> = read.timeline.iter().map(|entry| entry.title.as_str()).collect();
        assert!(!titles.iter().any(|title| title.contains("placement")), "{titles:?}");
        // What was done they read, and nobody's words since: those may say where the child lives now.
        assert!(titles.iter().any(|title| title.contains("offered")), "{titles:?}");
        assert!(!format!("{read:?}").contains("By telephone"), "{titles:?}");
        assert!(!format!("{read:?}").contains("bakery"), "nor why something was put right");
        assert!(queries::episode(&world.app, &dana, RILEY, &second).await.is_err());
        // What they owe of it they still find; and nothing of the episode after, which is for those who care for the child now.
        assert_eq!((owed(&dana).await.contains(&first), owed(&dana).await.contains(&second)), (true, false));
        assert!(owed(&emil).await.contains(&second));
        assert_eq!((on_board(&dana).await, on_board(&emil).await), (0, 1));
        assert!(!listed(&dana).await && listed(&emil).await);
        world.pass(24 * 60);
        worker::tick(&world.app).await.unwrap();
        let alerted = async |who: &Actor| {
            let all = queries::alerts(&world.app, who, 1).await.unwrap();
            let all = all.open.into_iter().chain(all.seen);
            all.filter_map(|one| one.episode).collect::<Vec<_>>()
        };
        assert!(alerted(&emil).await.contains(&second) && !alerted(&dana).await.contains(&second));
        // Nor what was written since of the child, of people around them, or of facts: neither on pages nor prefilled.
        let carer = answers(&[("name", "Ida Fenn"), ("kind", "carer")]);
        around::save(&world.app, &owen, RILEY, version(&world, &owen).await, &around::About::Add, &carer, "p")
            .await
            .unwrap();
        let mut fact = answers(&[("how-long", "always"), ("source", "document"), ("told-by", "The care plan")]);
        fact.set("f-child.responsible_authority", "kent");
        let newest = version(&world, &owen).await;
        // What is late would end by it, though nobody did it: whoever adds the fact reads that first.
        let change = async |fact: &Answers| {
            actions::fact::change(&world.app, &owen, RILEY, newest, "responsible", fact, "f").await
        };
        let Err(Refused::Changes(found)) = change(&fact).await else { panic!("something late ends by it") };
        let ends = found.parts.iter().filter(|part| part.what == views::Change::NoLonger).flat_map(|part| &part.lines);
        assert!(ends.clone().any(|line| line.act.contains("Need to Know briefing")), "{found:?}");
        fact.set(READ_CHANGES, found.mark.as_str());
        change(&fact).await.unwrap();
        let read = async |who: &Actor| {
            let around = around::show(&world.app, who, RILEY).await.unwrap();
            format!("{around:?}{:?}", queries::facts(&world.app, who, RILEY, "", 1).await.unwrap())
        };
        assert!(read(&owen).await.contains("Ida Fenn") && read(&owen).await.contains("Kent"));
        let theirs = read(&dana).await;
        assert!(!theirs.contains("Ida Fenn") && !theirs.contains("Kent"), "{theirs}");
        // Nor do they find the child by a name that was told since.
        let former = answers(&[("name", "Riley Marsh"), ("former_names", "Zelda Quint")]);
        let newest = version(&world, &owen).await;
        particulars::save(&world.app, &owen, RILEY, newest, "names", &former, "n").await.unwrap();
        let finds = async |who: &Actor, name: &str| {
            !queries::search(&world.app, who, &name.into()).await.unwrap().rows.is_empty()
        };
        assert!(finds(&owen, "zelda quint").await && finds(&dana, "riley marsh").await);
        assert!(!finds(&dana, "zelda quint").await && !finds(&dana, "selda kwint").await);
        keeps_nothing(&world, &dana, &carer, &fact, &first).await;
    });
}

/// Of what is to do they read what is theirs, and the page offers no report of a child for whom others care.
async fn reads_what_is_theirs(world: &World, page: &views::ChildPage, (owen, dana, emil): (&Actor, &Actor, &Actor)) {
    let others = page.duties.iter().chain(&page.folded).filter(|line| !line.mine);
    assert_eq!(others.map(|line| &line.label).collect::<Vec<_>>(), Vec::<&String>::new());
    assert!(page.left && page.decides.is_empty(), "{:?}", page.decides);
    for part in [views::ChildPart::Due, views::ChildPart::Unknown] {
        let part = queries::child_part(&world.app, dana, RILEY, part, (1, "")).await.unwrap();
        assert!(part.lines.iter().all(|line| line.mine), "{:?}", part.lines);
    }
    let carers = queries::child(&world.app, emil, RILEY).await.unwrap();
    assert!(!carers.left && carers.duties.iter().any(|line| !line.mine));
    // Who works with the child says who did, and until when.
    let related = relation::working(&world.app, owen, RILEY).await.unwrap().related;
    let said = |who: &str| related.iter().find(|one| one.who == who).unwrap();
    assert_eq!(
        (said("Elsewhere Lodge").what.as_str(), said("Elsewhere Lodge").until.as_str()),
        ("cares for the child", "")
    );
    let old = said("Larkfield House");
    assert_eq!((old.what.as_str(), old.until.is_empty()), ("cared for the child", false));
    assert!(!old.reason.contains("lives"), "{}", old.reason);
}

/// Whoever works with the child no more changes nothing of what is said of it, and records what is still owed of the time before.
async fn keeps_nothing(world: &World, dana: &Actor, carer: &Answers, fact: &Answers, first: &str) {
    let newest = version(world, dana).await;
    let refusals = [
        around::save(&world.app, dana, RILEY, newest, &around::About::Add, carer, "q").await.map(drop),
        actions::fact::change(&world.app, dana, RILEY, newest, "responsible", fact, "g").await.map(drop),
        queries::facts_form(&world.app, dana, RILEY, "responsible", &Answers::default(), &[]).await.map(drop),
        queries::photograph_form(&world.app, dana, RILEY).await.map(drop),
    ];
    for refused in refusals {
        let Err(Refused::NotAllowed(why)) = refused else { panic!("{refused:?}") };
        assert!(why.contains("You work with this child no more"), "{why}");
    }
    // An entry of the time since, which belongs to no episode of theirs.
    let form = world.form("information.received", &[("note", "Seen at the fair")]);
    let refused = actions::entry::record(&world.app, dana, RILEY, newest, &form, "h").await;
    let Err(Refused::Invalid(problems)) = refused else { panic!("{refused:?}") };
    assert!(problems[0].message.contains("you work with this child no more, since"), "{problems:?}");
    // What they owe of the episode before they record.
    let mut owed = world.form("risk.assessed", &[("note", "As agreed")]);
    owed.episode = Some(first.to_string());
    let done = actions::entry::record(&world.app, dana, RILEY, newest, &owed, "i").await;
    assert!(done.is_ok(), "{done:?}");
}
