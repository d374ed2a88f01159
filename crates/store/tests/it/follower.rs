//! A follower's copy: everything comes, durably and as it stands; what does not continue the chains is refused and changes nothing; a save waits a
//! moment for it, and not again while it is away.

use crate::builders::{MINUTE, NOW, add, append, derived, duty, entry, episode, key, populate, row};
use crate::databases::{Database, on_both};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::{Asked, Copying, Draft, NewLook, NewRow, Photograph, Promised, RowKind, Store, StoreError, Taken, WAITS};
use tokio::sync::mpsc::channel;

/// A server and its follower's copy, which has its first copy.
struct Two {
    server: Store,
    at_server: Arc<Database>,
    copy: Copying,
    at_copy: Arc<Database>,
}

fn on_two<F: Future<Output = ()>>(test: impl FnOnce(Two) -> F) {
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        // Both files are there until the test is over.
        let (at_server, at_copy) = (Arc::new(Database::sqlite()), Arc::new(Database::sqlite()));
        let server = at_server.open().await;
        populate(&server).await;
        add(&server, &derived("c1")).await;
        server.follow("line").await.unwrap();
        let mut copy = at_copy.open().await.copying().await.unwrap();
        begin(&server, &mut copy, "one").await.unwrap();
        test(Two { server, at_server: at_server.clone(), copy, at_copy: at_copy.clone() }).await;
    });
}

async fn begin(server: &Store, copy: &mut Copying, follower: &str) -> store::Result<Taken> {
    let (to, lines) = channel(16);
    let (sent, taken) = tokio::join!(
        async {
            let sent = server.follower_begins(follower, NOW, &to).await;
            drop(to);
            sent
        },
        copy.first(follower, lines, NOW)
    );
    sent.and(taken)
}

/// What a follower does again and again: it asks, which confirms what it has, and takes what comes.
async fn ask(server: &Store, copy: &mut Copying, with_whole: bool) -> store::Result<Taken> {
    let asked = copy.stands().await.unwrap().unwrap();
    if let Some(turned) = server.follower_asks(&asked, NOW).await? {
        return Err(StoreError::Refused(turned.says));
    }
    let (to, lines) = channel(16);
    let (sent, taken) = tokio::join!(
        async {
            let sent = server.follower_news(asked.position, with_whole, Duration::ZERO, &to).await;
            drop(to);
            sent
        },
        copy.take(lines, NOW + MINUTE)
    );
    let taken = taken?;
    sent?;
    let asked = copy.stands().await.unwrap().unwrap();
    assert_eq!(asked.position, taken.position);
    assert_eq!(server.follower_asks(&asked, NOW).await?, None);
    Ok(taken)
}

fn refusal(of: store::Result<Taken>) -> String {
    match of {
        Err(StoreError::Refused(says)) => says,
        other => panic!("it was not refused: {other:?}"),
    }
}

/// Everything that a backup would hold, line by line, whatever the order of rows.
async fn lines(store: &Store) -> Vec<String> {
    let (to, mut from) = channel(16);
    let (dumped, mut lines) = tokio::join!(
        async {
            let dumped = store.dump(to).await;
            dumped.unwrap()
        },
        async {
            let mut lines = Vec::new();
            while let Some(line) = from.recv().await {
                lines.push(line);
            }
            lines
        }
    );
    assert!(dumped.0 > 0);
    lines.sort();
    lines
}

async fn is_same(server: &Store, at_copy: &Database) {
    let copy = at_copy.open().await;
    assert_eq!(lines(&copy).await, lines(server).await);
    let audit = copy.audit(&Arc::new(Promised::default()), 1).await.unwrap();
    assert_eq!(audit.fault, None);
    copy.close().await;
}

fn photograph() -> Photograph {
    let (picture, portrait) = (b"large".to_vec(), b"small".to_vec());
    let id = Photograph::id_of(&picture, &portrait);
    Photograph { id, picture, portrait, added_us: NOW, added_by: "dana".into() }
}

async fn look(store: &Store) {
    look_by(store, "dana").await;
}

async fn look_by(store: &Store, person: &str) {
    let child_id = Some("c1".into());
    let look = NewLook { person_id: person.into(), child_id, what: "opened".into(), ..NewLook::default() };
    store.look(&[look], NOW).await.unwrap();
}

async fn one_of_each(server: &Store) {
    look(server).await;
    let one = photograph();
    server.photograph_put("c1", &one).await.unwrap();
    let payload = serde_json::json!({ "event": "child.photograph_added", "photograph": one.id }).to_string();
    let naming = NewRow { photograph: Some(one.id), ..row(RowKind::Entry, payload) };
    let mut with_lists = derived("c1");
    with_lists.duties = vec![duty("d1"), duty("d2")];
    with_lists.episodes = vec![episode("e1")];
    server.append("c1", 1, &[naming], &with_lists, &key()).await.unwrap();
    add(server, &derived("c2")).await;
    append(server, "c2", 1, "line\nwith \"marks\", ünd \u{1F600}").await.unwrap();
    let draft = Draft { id: "draft".into(), person_id: "dana".into(), body: "{}".into(), ..Draft::default() };
    server.draft_put("dana", &draft).await.unwrap();
}

#[test]
fn everything_comes_and_stands_as_it_does_at_the_server() {
    on_two(|Two { server, mut copy, at_copy, .. }| async move {
        is_same(&server, &at_copy).await;
        one_of_each(&server).await;
        let taken = ask(&server, &mut copy, true).await.unwrap();
        assert!(taken.rows > 10 && taken.compared, "{taken:?}");
        is_same(&server, &at_copy).await;
        // Lists change, a line of them goes, and a draft is thrown away.
        server.append("c1", 2, &[entry("later")], &derived("c1"), &key()).await.unwrap();
        server.draft_delete("dana", "draft").await.unwrap();
        server.password_set("dana", "$argon2id$other").await.unwrap();
        ask(&server, &mut copy, false).await.unwrap();
        is_same(&server, &at_copy).await;
        assert_eq!(ask(&server, &mut copy, true).await.unwrap().rows, 0);
        let copies = server.copies().await.unwrap().unwrap();
        assert_eq!((copies.begun, copies.alone_since_us, copies.behind, copies.away), (true, None, 0, false));
    });
}

#[test]
fn what_is_erased_is_left_neither_in_the_copy_nor_in_its_log() {
    on_two(|Two { server, mut copy, at_copy, .. }| async move {
        append(&server, "c1", 1, "nobody is to read thiswords").await.unwrap();
        ask(&server, &mut copy, false).await.unwrap();
        let holds = |bytes: Vec<u8>| bytes.windows(9).any(|part| part == b"thiswords");
        assert!(holds(at_copy.bytes().await), "it came");
        let payload = serde_json::json!({ "erases": [2], "why": "asked for" }).to_string();
        server.erase("c1", 2, &row(RowKind::Erasure, payload), &derived("c1"), &key()).await.unwrap();
        ask(&server, &mut copy, true).await.unwrap();
        assert!(!holds(at_copy.bytes().await), "it is gone from the file and from the log beside it");
        is_same(&server, &at_copy).await;
    });
}

/// Changes behind the program's back, each with what is said of it.
const TAMPERINGS: [(&str, &str); 10] = [
    (
        "drop trigger chain_only_erased; update chain set actor = 'amir' where child_id = 'c1' and seq = 1",
        "a fork: row 1 of child c1",
    ),
    (
        "drop trigger chain_only_erased; update chain set payload = '{}' where child_id = 'c1' and seq = 2",
        "row 2 of child c1",
    ),
    (
        "drop trigger chain_never_deleted; delete from chain where child_id = 'c1' and seq = 2",
        "was removed at the server",
    ),
    (
        "insert into chain select child_id, seq + 2, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash from chain \
         where child_id = 'c1' and seq = 2",
        "a gap: the record of child c1 ends here at 2, and 4 came",
    ),
    (
        "insert into chain select child_id, seq + 1, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash from chain \
         where child_id = 'c1' and seq = 2; update child set version = 3 where id = 'c1'",
        "row 3 of child c1 does not continue the record",
    ),
    ("update child set version = 1 where id = 'c1'", "the record of child c1 ends at row 2, and should end at 1"),
    (
        "drop trigger look_never_changed; update look set person_id = 'amir', hash = 'x' where seq = 1",
        "a fork: line 1 of the log of looks",
    ),
    ("insert into deed values (99, 'person', 'dana', 'x', 'y')", "a gap: the journal"),
    ("update person set role = 'police_officer' where id = 'dana'", "person `dana` is not what the journal says"),
    ("update photograph set picture = x'00'", "was exchanged"),
];

#[test]
fn what_does_not_continue_the_chains_is_refused_and_changes_nothing() {
    for (statements, says) in TAMPERINGS {
        on_two(|Two { server, at_server, mut copy, at_copy, .. }| async move {
            one_of_each(&server).await;
            ask(&server, &mut copy, false).await.unwrap();
            let at_copy_before = lines(&at_copy.open().await).await;
            let before = copy.stands().await.unwrap();
            at_server.tamper(statements).await;
            let refused = refusal(ask(&server, &mut copy, false).await);
            assert!(refused.contains(says), "{statements}: {refused}");
            assert_eq!(copy.stands().await.unwrap(), before);
            assert_eq!(lines(&at_copy.open().await).await, at_copy_before);
            // It does not heal by itself.
            append(&server, "c2", 2, "later").await.unwrap();
            refusal(ask(&server, &mut copy, false).await);
        });
    }
}

#[test]
fn a_row_that_was_taken_out_unseen_by_any_trigger_is_found_when_all_is_compared() {
    on_two(|Two { server, at_server, mut copy, .. }| async move {
        at_server.tamper("drop trigger \"follow delete write_key\"; delete from write_key").await;
        append(&server, "c1", 1, "later").await.unwrap();
        ask(&server, &mut copy, false).await.unwrap();
        let refused = refusal(ask(&server, &mut copy, true).await);
        assert!(refused.contains("the table `write_key` has 1 rows at the server, and 2 here"), "{refused}");
    });
}

#[test]
fn a_server_that_lost_what_it_had_saved_or_goes_on_from_an_older_file_is_turned_away() {
    on_two(|Two { server, at_server, mut copy, .. }| async move {
        ask(&server, &mut copy, false).await.unwrap();
        server.close().await;
        let older = at_server.copied().await;
        let server = at_server.open().await;
        server.follow("line").await.unwrap();
        append(&server, "c1", 1, "this stood at both").await.unwrap();
        look(&server).await;
        ask(&server, &mut copy, false).await.unwrap();
        server.close().await;

        let server = older.open().await;
        server.follow("line").await.unwrap();
        let asked = copy.stands().await.unwrap().unwrap();
        let turned = server.follower_asks(&asked, NOW).await.unwrap().unwrap();
        assert!(turned.alarm && turned.says.contains("lost what it had saved"), "{turned:?}");
        // Nothing is confirmed by a question that is turned away.
        assert!(!server.copies().await.unwrap().unwrap().begun || server.copies().await.unwrap().unwrap().away);
        let told = server.standing().await.unwrap().into_iter().find(|one| one.name == "follower").unwrap();
        assert_eq!(told.says, turned.says);
        // It has written as much as it had lost, and more: the places agree, and the history does not.
        append(&server, "c1", 1, "this stands at the server alone").await.unwrap();
        for _ in 0..3 {
            look(&server).await;
        }
        let turned = server.follower_asks(&asked, NOW).await.unwrap().unwrap();
        assert!(turned.alarm && turned.says.contains("a fork: line 2 of the record of child c1"), "{turned:?}");
        let looked = Asked { row: (String::new(), 0, String::new()), ..asked };
        assert_eq!(server.follower_asks(&looked, NOW).await.unwrap(), None, "so far the looks are the same");
        look_by(&server, "amir").await;
        let hash = server.hash_at("log:looks", 3).await.unwrap().unwrap();
        let turned = server.follower_asks(&Asked { looks: (4, hash), ..looked }, NOW).await.unwrap().unwrap();
        assert!(turned.alarm && turned.says.contains("a fork: line 4 of the log of looks"), "{turned:?}");
    });
}

#[test]
fn a_gap_another_line_and_another_follower_are_turned_away() {
    on_two(|Two { server, at_server, mut copy, .. }| async move {
        ask(&server, &mut copy, false).await.unwrap();
        let asked = copy.stands().await.unwrap().unwrap();
        let why = async |asked: Asked| server.follower_asks(&asked, NOW).await.unwrap().unwrap();
        assert!(
            why(Asked { line: "other".into(), ..asked.clone() })
                .await
                .says
                .contains("is not the one that this copy follows")
        );
        assert!(
            why(Asked { follower: "two".into(), ..asked.clone() })
                .await
                .says
                .contains("another follower took the place")
        );
        append(&server, "c1", 1, "lost").await.unwrap();
        at_server.tamper("delete from to_follow where seq <= (select max(seq) - 1 from to_follow)").await;
        let turned = why(asked).await;
        assert!(turned.alarm && turned.says.contains("a gap"), "{turned:?}");
    });
}

#[test]
fn what_is_cut_on_the_way_is_no_fault_and_comes_again() {
    on_two(|Two { server, mut copy, at_copy, .. }| async move {
        append(&server, "c1", 1, "cut").await.unwrap();
        let asked = copy.stands().await.unwrap().unwrap();
        let (to, mut all) = channel(1000);
        server.follower_news(asked.position, false, Duration::ZERO, &to).await.unwrap();
        drop(to);
        let (to, lines) = channel(1000);
        let mut last = all.recv().await;
        while let Some(next) = all.recv().await {
            to.send(last.replace(next).unwrap()).await.unwrap();
        }
        drop(to);
        assert!(matches!(copy.take(lines, NOW).await, Err(StoreError::Unavailable(_))));
        assert_eq!(copy.stands().await.unwrap().unwrap(), asked);
        ask(&server, &mut copy, true).await.unwrap();
        is_same(&server, &at_copy).await;
    });
}

#[test]
fn a_save_waits_a_moment_for_the_follower_and_not_again_until_it_has_caught_up() {
    on_two(|Two { server, mut copy, .. }| async move {
        let save = async |version| {
            let (saved, place) = store::noting(Box::pin(append(&server, "c1", version, "saved"))).await;
            saved.unwrap();
            let begun = Instant::now();
            (server.in_two_copies(place.unwrap(), NOW + version).await, begun.elapsed())
        };
        // It has not asked since the server began: nothing waits for it.
        let (two, took) = save(1).await;
        assert!(!two && took < WAITS / 2, "{took:?}");
        ask(&server, &mut copy, false).await.unwrap();
        // It answers while the save waits.
        let (saved, ()) = tokio::join!(save(2), async {
            tokio::time::sleep(Duration::from_millis(60)).await;
            ask(&server, &mut copy, false).await.unwrap();
        });
        assert!(saved.0 && saved.1 < WAITS, "{:?}", saved.1);
        // It is away: one save waits, the others do not.
        let (two, took) = save(3).await;
        assert!(!two && took >= WAITS && took < WAITS * 3, "{took:?}");
        let (two, took) = save(4).await;
        assert!(!two && took < WAITS / 2, "{took:?}");
        let copies = server.copies().await.unwrap().unwrap();
        assert!(copies.away && copies.behind > 0 && copies.alone_since_us == Some(NOW + 3), "{copies:?}");
        ask(&server, &mut copy, false).await.unwrap();
        let copies = server.copies().await.unwrap().unwrap();
        assert_eq!((copies.away, copies.behind, copies.alone_since_us), (false, 0, None));
        let (_, place) = store::noting(Box::pin(server.record("c1"))).await;
        assert_eq!(place, None, "who reads waits for nothing");
    });
}

#[test]
fn what_another_program_writes_is_noticed_and_what_the_follower_has_is_forgotten() {
    on_two(|Two { server, at_server, mut copy, at_copy }| async move {
        ask(&server, &mut copy, false).await.unwrap();
        let last = server.follower_noted(0, NOW).await.unwrap();
        let worker = at_server.open().await;
        append(&worker, "c1", 1, "by another program").await.unwrap();
        let lagging = server.follower_noted(last, NOW + 1).await.unwrap();
        assert_eq!(server.copies().await.unwrap().unwrap().alone_since_us, None, "a second ago all was there");
        server.follower_noted(lagging, NOW + 2).await.unwrap();
        assert_eq!(server.copies().await.unwrap().unwrap().alone_since_us, Some(NOW + 2));
        let noted = worker.copies().await.unwrap().unwrap();
        assert!(noted.alone_since_us == Some(NOW + 2) && noted.behind > 0, "{noted:?}");
        ask(&server, &mut copy, false).await.unwrap();
        server.follower_noted(lagging, NOW + 3).await.unwrap();
        let noted = worker.copies().await.unwrap().unwrap();
        assert_eq!((noted.alone_since_us, noted.behind), (None, 0));
        is_same(&server, &at_copy).await;
    });
}

#[test]
fn a_copy_is_written_in_by_nobody_until_it_is_promoted_and_then_follows_nobody() {
    on_two(|Two { server, mut copy, at_copy, .. }| async move {
        let store = at_copy.open().await;
        assert!(store.is_copy() && !server.is_copy());
        let refused = append(&store, "c1", 1, "beside").await.unwrap_err().to_string();
        assert!(refused.contains("the copy that a follower keeps"), "{refused}");
        assert!(store.follow("other").await.is_err());
        store.close().await;
        assert_eq!(copy.promote().await.unwrap().unwrap().follower, "one");
        let store = at_copy.open().await;
        assert!(!store.is_copy());
        append(&store, "c1", 1, "on its own").await.unwrap();
        append(&server, "c1", 1, "still there").await.unwrap();
        assert_eq!(copy.stands().await.unwrap(), None);
        let (to, lines) = channel(1000);
        server.follower_news(0, false, Duration::ZERO, &to).await.unwrap();
        drop(to);
        assert!(refusal(copy.take(lines, NOW).await).contains("it was promoted"));
    });
}

#[test]
fn without_a_follower_nothing_is_noted_and_postgres_says_what_it_has_instead() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        add(&store, &derived("c1")).await;
        assert_eq!(store.copies().await.unwrap(), None);
        let (_, place) = store::noting(Box::pin(append(&store, "c1", 1, "alone"))).await;
        assert_eq!(place, None);
        if database.url().starts_with("postgres") {
            assert!(
                store.follow("line").await.unwrap_err().to_string().contains("a standby that confirms each commit")
            );
            return;
        }
        store.follow("line").await.unwrap();
        append(&store, "c1", 2, "noted").await.unwrap();
        assert!(store.copies().await.unwrap().unwrap().behind > 0);
        assert!(store.unfollow().await.unwrap() && !store.unfollow().await.unwrap());
        assert_eq!(store.copies().await.unwrap(), None);
        append(&store, "c1", 3, "not noted").await.unwrap();
        store.follow("another").await.unwrap();
        assert_eq!(store.copies().await.unwrap().unwrap().behind, 0);
    });
}
