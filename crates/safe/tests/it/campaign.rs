//! Tampering of twelve kinds, each with a child, a row and a person that chance chooses, in a copy of a database of which checkpoints were
//! kept: every one is found, with its place. `TAMPERINGS=10000 SEED=1` in the environment for the campaign (`make torture`).

use crate::databases::on_both;
use crate::filled::{disarm, filled, look, say};
use safe::Signing;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Promised;

const CHILDREN: u64 = 2;
/// So many entries each child has at least.
const ENTRIES: u64 = 12;

/// What is done, by a number that chooses where.
type Kind = (&'static str, fn(u64) -> String);

/// The first two entries of a child may have been erased, and prove nothing.
fn at(n: u64) -> (String, u64) {
    (format!("c{}", 1 + n % CHILDREN), 3 + n / CHILDREN % 3)
}

const KINDS: [Kind; 13] = [
    ("words changed", |n| {
        let (child, seq) = at(n);
        format!(
            "update chain set payload = replace(payload, '\"note\":\"', '\"note\":\"{n} ') where child_id = '{child}' and seq = {seq}"
        )
    }),
    ("time or person changed", |n| {
        let (child, seq) = at(n);
        let what = ["occurred_us = occurred_us + 1", "recorded_us = recorded_us - 60000000", "actor = 'amir'"];
        format!("update chain set {} where child_id = '{child}' and seq = {seq}", what[(n / 7 % 3) as usize])
    }),
    ("a row taken out", |n| {
        let (child, seq) = at(n);
        format!("delete from chain where child_id = '{child}' and seq = {seq}")
    }),
    ("the tail cut", |n| {
        let (child, cut) = at(n);
        format!("delete from chain where child_id = '{child}' and seq > {ENTRIES} - {cut}")
    }),
    ("the tail cut with its head moved", |n| {
        let (child, cut) = at(n);
        let last = format!("(select max(seq) from chain where child_id = '{child}')");
        format!(
            "delete from chain where child_id = '{child}' and seq > {ENTRIES} - {cut}; update child set version = {last}, \
             head = (select hash from chain where child_id = '{child}' and seq = {last}) where id = '{child}'"
        )
    }),
    ("an erasure forged", |n| {
        let (child, seq) = at(n);
        format!("update chain set payload = null, salt = null where child_id = '{child}' and seq = {seq}")
    }),
    ("a picture exchanged", |n| {
        [
            "update photograph set portrait = picture",
            "update photograph set picture = portrait",
            "delete from photograph",
        ][(n % 3) as usize]
            .to_owned()
    }),
    ("a relation added", |n| {
        let (child, _) = at(n);
        format!(
            "insert into relation (id, child_id, person_id, kind, from_us, grace_us, reason, made_by, made_us) \
             values ('forged{n}', '{child}', 'amir', 'parent', {n}, 0, '', '', 0)"
        )
    }),
    ("a person or post changed", |n| {
        [
            "update person set password_hash = 'mine' where id = 'dana'",
            "update person set active = not active where id = 'amir'",
            "update post set role = 'administrator' where id = 'post-amir'",
            "update agency set kind = 'police' where id = 'home'",
        ][(n % 4) as usize]
            .to_owned()
    }),
    ("a way in opened, or another number to ring", |n| {
        [
            "update directory set phone_night = '07700 900999' where agency = 'home'",
            "insert into door (token_hash, kind, person, made_us, expires_us, used_us) values ('mine', 'recovery', 'dana', 1, 99, null)",
            "insert into passkey (id, person, name, credential, added_us, used_us) values ('mine', 'dana', '', '{}', 1, null)",
            "update totp set secret = 'mine' where person = 'dana'",
        ][(n % 4) as usize]
            .to_owned()
    }),
    ("a withheld place opened", |_| "delete from withheld".to_owned()),
    ("the log of looks changed or emptied", |n| {
        [
            "update look set person_id = 'amir' where seq = 1",
            "delete from look; update look_head set seq = 0, hash = ''",
            "delete from look where seq = 2; update look_head set seq = 1, hash = (select hash from look where seq = 1)",
        ][(n % 3) as usize]
            .to_owned()
    }),
    ("a child removed", |n| {
        let (child, _) = at(n);
        let journal = [
            "",
            "; delete from deed; update deed_head set seq = 0, hash = ''; delete from withheld; delete from allocation; delete from relation",
        ];
        format!(
            "delete from relation where child_id = '{child}'; delete from withheld where child_id = '{child}'; \
             delete from child_agency where child_id = '{child}'; delete from child_token where child_id = '{child}'; \
             delete from photograph where child_id = '{child}'; delete from chain where child_id = '{child}'; \
             delete from child where id = '{child}'{}",
            journal[(n / 5 % 2) as usize]
        )
    }),
];

fn asked(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

#[test]
fn every_tampering_is_found_with_its_place() {
    let (count, seed) = (asked("TAMPERINGS", 36), asked("SEED", 1));
    on_both(|database| async move {
        let store = filled(&database).await;
        for n in 0..ENTRIES as i64 {
            for child in 1..=CHILDREN as i64 {
                // The first child has a picture and an erasure more.
                say(&store, &format!("c{child}"), n + if child == 1 { 7 } else { 5 }, &format!("entry {n}")).await;
            }
            look(&store, "c1").await;
        }
        let folder = tempfile::tempdir().unwrap();
        let key = Signing::create(&folder.path().join("key")).unwrap();
        let log = folder.path().join("checkpoints");
        safe::checkpoint(&store, &key, &log, 1).await.unwrap();
        let promised = Arc::new(safe::read(&log, &key.public()).unwrap().promised);
        assert_eq!(store.audit(&promised, 1).await.unwrap().fault, None);
        store.close().await;
        disarm(&database).await;

        let is_sqlite = database.url().starts_with("sqlite");
        // Of PostgreSQL a copy takes fifty times as long; `tampering.rs` does each kind there once.
        let count = if is_sqlite { count } else { (count / 20).max(4) };
        let mut found: BTreeMap<&str, u64> = BTreeMap::new();
        for n in seed..seed + count {
            let (kind, statements) = KINDS[(n % KINDS.len() as u64) as usize];
            let statements = statements(n / KINDS.len() as u64);
            let copy = database.copied().await;
            copy.tamper(&statements).await;
            let store = copy.open().await;
            let fault = store.audit(&Arc::<Promised>::clone(&promised), 1).await.unwrap().fault.unwrap_or_default();
            store.close().await;
            let tables = ["relation", "person", "post", "agency", "withheld", "directory", "door", "passkey", "totp"];
            let mut says_where = ["child c", "the log of looks", "the journal"].into_iter().chain(tables);
            assert!(says_where.any(|place| fault.starts_with(place)), "{kind}: {statements}: `{fault}`");
            copy.removed().await;
            *found.entry(kind).or_default() += 1;
        }
        let kind = database.url().split(':').next().unwrap();
        let each: Vec<String> = found.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        println!("{kind}: {count} tamperings from seed {seed} on, all found with their place: {}", each.join(", "));
    });
}
