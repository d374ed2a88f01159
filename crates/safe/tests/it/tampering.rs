//! What was done to the database behind the program's back is found, each with its place: by itself, or by the checkpoints.

use crate::databases::{Database, on_both};
use crate::filled::{disarm, filled, look, say};
use safe::{History, Signing};
use std::sync::Arc;
use store::{Promised, Store};

async fn fault(store: &Store, promised: &Arc<Promised>) -> Option<String> {
    store.audit(promised, 2).await.unwrap().fault
}

/// What is done, and what is said of it. The first is found without checkpoints.
const BY_ITSELF: [(&str, &str); 17] = [
    (
        "update chain set payload = replace(payload, 'said', 'lied') where child_id = 'c2' and seq = 3",
        "child c2: what row 3 says was changed",
    ),
    (
        "update chain set actor = 'amir' where child_id = 'c1' and seq = 4",
        "child c1: the times, the person or the kind of row 4",
    ),
    ("delete from chain where child_id = 'c2' and seq = 3", "child c2: row 3 should follow"),
    ("delete from chain where child_id = 'c2' and seq = 5", "child c2: the record should end with row 5"),
    (
        "update chain set payload = null, salt = null where child_id = 'c2' and seq = 2",
        "child c2: what row 2 said is gone",
    ),
    ("delete from deed where subject = 'erasure'", "child c1: row 7 is an erasure that the journal does not know"),
    ("update photograph set portrait = picture", "child c1: the picture"),
    (
        "insert into relation (id, child_id, person_id, kind, from_us, grace_us, reason, made_by, made_us) \
      values ('r9', 'c2', 'amir', 'parent', 0, 0, '', '', 0)",
        "relation `r9` was added beside the program",
    ),
    ("update person set password_hash = 'mine' where id = 'dana'", "person `dana` was changed beside the program"),
    (
        "update post set role = 'administrator' where id = 'post-amir'",
        "post `post-amir` was changed beside the program",
    ),
    (
        "update directory set phone_night = '07700 900999' where agency = 'home'",
        "directory `home` was changed beside the program",
    ),
    (
        "insert into door (token_hash, kind, person, made_us, expires_us, used_us) values ('mine', 'recovery', 'dana', 1, 99, null)",
        "door `mine` was added beside the program",
    ),
    (
        "insert into passkey (id, person, name, credential, added_us, used_us) values ('mine', 'dana', '', '{}', 1, null)",
        "passkey `mine` was added beside the program",
    ),
    ("update totp set secret = 'mine' where person = 'dana'", "totp `dana` was changed beside the program"),
    ("delete from withheld", "withheld `c1 p1 7` was removed beside the program"),
    ("update look set person_id = 'amir' where seq = 1", "the log of looks: look 1 is not what was written"),
    (
        "delete from relation where child_id = 'c2'; delete from child_agency where child_id = 'c2'; delete from child_token where child_id = 'c2'; \
      delete from chain where child_id = 'c2'; delete from child where id = 'c2'",
        "relation `usual:c2:home` was removed",
    ),
];

#[test]
fn tampering_is_found_without_checkpoints() {
    for (statements, says) in BY_ITSELF {
        on_both(|database| async move {
            let store = filled(&database).await;
            let promised = Arc::new(Promised::default());
            assert_eq!(fault(&store, &promised).await, None);
            disarm(&database).await;
            database.tamper(statements).await;
            let found = fault(&store, &promised).await.unwrap_or_default();
            assert!(found.contains(says), "{statements}: {found}");
            store.close().await;
        });
    }
}

/// What fits together in itself, and is not what checkpoints hold.
const BY_CHECKPOINTS: [(&str, &str); 3] = [
    (
        "delete from chain where child_id = 'c2' and seq = 5; update child set version = 4, \
      head = (select hash from chain where child_id = 'c2' and seq = 4) where id = 'c2'",
        "child c2: a checkpoint holds row 5, and the record ends at row 4",
    ),
    (
        "delete from look; update look_head set seq = 0, hash = ''",
        "the log of looks: a checkpoint holds line 2, and it ends at line 0",
    ),
    (
        "delete from deed; update deed_head set seq = 0, hash = ''; delete from withheld; delete from allocation; delete from relation; \
      delete from post; delete from team",
        "",
    ),
];

#[test]
fn what_fits_together_in_itself_is_found_by_checkpoints() {
    for (statements, says) in BY_CHECKPOINTS {
        on_both(|database| async move {
            let store = filled(&database).await;
            let folder = tempfile::tempdir().unwrap();
            let key = Signing::create(&folder.path().join("key")).unwrap();
            let log = folder.path().join("checkpoints");
            safe::checkpoint(&store, &key, &log, 1).await.unwrap();
            let promised = Arc::new(safe::read(&log, &key.public()).unwrap().promised);
            assert_eq!(fault(&store, &promised).await, None);
            disarm(&database).await;
            database.tamper(statements).await;
            let found = fault(&store, &promised).await.unwrap_or_default();
            assert!(!found.is_empty() && found.contains(says), "{statements}: {found}");
            // Nothing is signed that the checkpoints before contradict.
            let refused = safe::checkpoint(&store, &key, &log, 2).await.unwrap_err();
            assert!(refused.to_lowercase().contains("nothing was signed"), "{refused}");
            store.close().await;
        });
    }
}

/// The whole made anew, with a key of the attacker's choice or the stolen one: the copy that a partner kept tells.
#[test]
fn a_partner_s_checkpoints_alone_find_a_history_made_anew() {
    on_both(|database| async move {
        let folder = tempfile::tempdir().unwrap();
        let key = Signing::create(&folder.path().join("key")).unwrap();
        let (log, other) = (folder.path().join("checkpoints"), folder.path().join("anew"));
        let store = filled(&database).await;
        safe::checkpoint(&store, &key, &log, 1).await.unwrap();
        say(&store, "c2", 5, "more").await;
        safe::checkpoint(&store, &key, &log, 2).await.unwrap();
        let kept = std::fs::read_to_string(&log).unwrap();
        assert_eq!(History::of(&kept, &key.public()).unwrap().count, 2);
        store.close().await;

        // Another database, as it would be after everything was written again by the program itself.
        let second = if database.url().starts_with("sqlite") { Database::sqlite() } else { Database::postgres().await };
        let anew = filled(&second).await;
        look(&anew, "c1").await;
        safe::checkpoint(&anew, &key, &other, 1).await.unwrap();
        let theirs = std::fs::read_to_string(&other).unwrap();
        assert_eq!(History::of(&theirs, &key.public()).unwrap().count, 1, "by itself it is whole");
        let both = History::of(&format!("{kept}{theirs}"), &key.public()).err().unwrap();
        assert!(both.contains("checkpoint 1 is there twice"), "{both}");
        let promised = Arc::new(History::of(&kept, &key.public()).unwrap().promised);
        assert!(fault(&anew, &promised).await.unwrap().contains("is not the one that a checkpoint holds"));
        anew.close().await;
    });
}

#[test]
fn yesterday_s_file_put_back_is_found() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let database = Database::sqlite();
        let folder = tempfile::tempdir().unwrap();
        let key = Signing::create(&folder.path().join("key")).unwrap();
        let log = folder.path().join("checkpoints");
        let path = database.url().strip_prefix("sqlite:").unwrap().to_owned();
        filled(&database).await.close().await;
        let yesterday = folder.path().join("yesterday");
        std::fs::copy(&path, &yesterday).unwrap();
        let store = database.open().await;
        say(&store, "c2", 5, "today").await;
        safe::checkpoint(&store, &key, &log, 1).await.unwrap();
        store.close().await;
        std::fs::copy(&yesterday, &path).unwrap();
        let store = database.open().await;
        let promised = Arc::new(safe::read(&log, &key.public()).unwrap().promised);
        let found = fault(&store, &promised).await.unwrap();
        assert!(found.contains("child c2: a checkpoint holds row 6, and the record ends at row 5"), "{found}");
        store.close().await;
    });
}

#[test]
fn a_checkpoint_that_was_changed_cut_or_left_out_is_found() {
    on_both(|database| async move {
        let store = filled(&database).await;
        let folder = tempfile::tempdir().unwrap();
        let key = Signing::create(&folder.path().join("key")).unwrap();
        let log = folder.path().join("checkpoints");
        for at in 1..4 {
            look(&store, "c1").await;
            safe::checkpoint(&store, &key, &log, at).await.unwrap();
        }
        store.close().await;
        let text = std::fs::read_to_string(&log).unwrap();
        assert!(!text.contains("\"c1\"") && !text.contains("dana"), "no id and no name");
        let lines: Vec<&str> = text.lines().collect();
        let other = Signing::create(&folder.path().join("other")).unwrap();
        for (changed, says) in [
            (text.replace("\"at_us\":2", "\"at_us\":9"), "checkpoint 2 was not signed by this key"),
            (format!("{}\n{}\n", lines[0], lines[2]), "checkpoint 2 should follow, and 3 does"),
            (text[..text.len() - 9].to_owned(), "it is cut"),
            (text.replace("{\"checkpoint\"", "{\"more\":1,\"checkpoint\""), "checkpoint 1 was not signed"),
        ] {
            let found = History::of(&changed, &key.public()).err().unwrap();
            assert!(found.contains(says), "{found}");
        }
        assert!(History::of(&text, &other.public()).is_err(), "another key");
    });
}
