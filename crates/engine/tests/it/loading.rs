//! Loading: the places of what is wrong inside conditions, the vocabulary's own checks, and that order does not matter.

use crate::fixture::{files, findings, folder, load, vocabulary};
use engine::check::CODES;
use engine::diagnostic::Diagnostic;
use engine::rulebook::load_library;
use engine::source::SourceFile;

const TITLE: &str =
    "id = \"area\"\nedition = \"2026\"\ntitle = \"T\"\narea = \"area\"\nin_force_from = \"2026-01-01\"\n";

/// What is said of one file of rules, as `line:column code message`.
fn said(rules: &str) -> Vec<String> {
    let all = [
        SourceFile::new("area/2026/rulebook.toml", TITLE),
        SourceFile::new("area/2026/provisions.jsonl", r#"{"id": "A", "kind": "duty", "action": "Do"}"#),
        SourceFile::new("area/2026/rules.toml", rules),
    ];
    findings(&all).iter().map(|d| format!("{}:{} {} {}", d.place.line, d.place.column, d.code, d.message)).collect()
}

fn duty(more: &str) -> String {
    format!(
        "[[duty]]\nid = \"a\"\naction = \"case.review\"\nsays = \"A.\"\ncite = [\"A\"]\nowner = \"carer\"\n{more}\n"
    )
}

#[test]
fn the_place_of_a_fault_in_a_condition_is_where_it_stands_in_the_file() {
    let on = "arises = { on = \"return.recorded\" }\n";
    let at = |when: &str| said(&duty(&format!("{on}when = {when}")));
    assert_eq!(at(r#""child.agee < 18""#), ["8:9 R03 unknown fact `child.agee`"]);
    assert_eq!(at("'child.agee < 18'"), ["8:9 R03 unknown fact `child.agee`"]);
    assert_eq!(at("'''child.agee < 18'''"), ["8:11 R03 unknown fact `child.agee`"]);
    assert_eq!(at("'''\nchild.looked_after\nand child.agee < 18\n'''"), ["10:5 R03 unknown fact `child.agee`"]);
    // An escape is one character of what is meant and two of what is written.
    let escaped = r#""child.responsible_authority = \"x\" and child.agee < 18""#;
    assert_eq!(at(escaped), ["8:49 R03 unknown fact `child.agee`"]);
}

#[test]
fn a_faulty_piece_does_not_hide_the_others() {
    let found = said(&format!(
        "{}{}",
        duty("arises = { on = \"return.recorded\" }\nwhen = \"child.agee < 18\"\ndue = { within = \"soon\" }"),
        duty("arises = { on = \"retrun.recorded\" }").replace("\"a\"", "\"b\"")
    ));
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn exceptions_that_change_something_else_may_hold_together_and_unknown_is_no_clash() {
    let on = "arises = { on = \"return.recorded\" }\ndue = { within = \"72h\" }\n";
    let pair = |first: &str, second: &str| {
        said(&duty(&format!(
            "{on}[[duty.exception]]\nid = \"x\"\ncite = [\"A\"]\nwhen = \"{first}\"\nat = \"arises\"\ndue = {{ within = \"24h\" }}\n[[duty.exception]]\nid = \"y\"\ncite = [\"A\"]\nwhen = \"{second}\"\nat = \"arises\"\ndue = {{ within = \"48h\" }}"
        )))
    };
    assert_eq!(pair("child.age < 12", "child.age >= 12"), [""; 0]);
    assert_eq!(pair("child.age < 12", "child.age <= 12 and child.age > 11"), [""; 0]);
    // While the age is not recorded, the second cannot be told: they never hold together.
    assert_eq!(pair("child.age is not recorded", "child.age >= 12"), [""; 0]);
    assert_eq!(
        pair("child.age < 12", "child.looked_after"),
        ["16:6 R05 the exceptions `x` and `y` both hold when child.looked_after = true, child.age = 11"]
    );
    // One of them changes the limit and the other nothing of it: they say different things of the same limit.
    let loose = said(&duty(&format!(
        "{on}[[duty.exception]]\nid = \"x\"\ncite = [\"A\"]\nwhen = \"child.age < 12\"\nat = \"arises\"\ndue = {{ within = \"24h\" }}\n[[duty.exception]]\nid = \"y\"\ncite = [\"A\"]\nwhen = \"child.looked_after\"\nlabel = \"Other words\""
    )));
    assert_eq!(loose.len(), 1, "{loose:#?}");
}

#[test]
fn a_notice_may_go_to_two_at_once() {
    let told = |condition: &str| {
        said(&duty(&format!(
            "arises = {{ on = \"absence.noticed\" }}\nmet_by = {{ event = \"notification.sent\", where = \"{condition}\" }}"
        )))
    };
    assert_eq!(told("entry.to = police and entry.to = school"), [""; 0]);
    assert_eq!(told("entry.to in [police] and not entry.to in [police, school]").len(), 1);
    assert_eq!(told("entry.to is not recorded and entry.to = school").len(), 1);
}

#[test]
fn a_folder_without_a_title_page_or_with_a_faulty_one_is_said() {
    let found = findings(&[SourceFile::new("area/2026/rules.toml", duty("arises = { on = \"return.recorded\" }"))]);
    assert_eq!(
        found[0].to_string(),
        "area/2026: error R00: the folder has no rulebook.toml\n    help: write the title page; `whereabouts rulebook new` makes one"
    );
    let other = TITLE.replace("\"area\"", "\"arae\"").replace("2026-01-01", "1 January");
    let found = findings(&[SourceFile::new("area/2026/rulebook.toml", other)]);
    let said: Vec<String> = found.iter().map(|d| format!("{} {}", d.code, d.message)).collect();
    assert_eq!(said, ["R00 `arae` is not the folder's name `area`", "R07 `1 January` is not a date"]);
}

#[test]
fn files_in_any_order_make_the_same_library() {
    let mut all = files(&folder().join("evaluate"));
    let once = load(&all).0.unwrap();
    all.reverse();
    let again = load(&all).0.unwrap();
    let names = |l: &engine::rulebook::Library| {
        l.rulebooks
            .iter()
            .map(|b| {
                (
                    b.id.clone(),
                    b.edition.clone(),
                    b.hash.clone(),
                    b.rules.iter().map(|r| r.id.clone()).collect::<Vec<_>>(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&once), names(&again));
}

/// What is said of the vocabulary with one more file.
fn vocabulary_with(text: &str) -> Vec<Diagnostic> {
    let mut all = vocabulary();
    all.push(SourceFile::new("vocabulary/more.toml", text));
    let (library, found) = load_library(&all);
    assert_eq!(library.is_none(), !found.is_empty());
    found
}

#[test]
fn a_faulty_vocabulary_is_said_and_nothing_else_is_looked_at() {
    let said =
        |text: &str| vocabulary_with(text).iter().map(|d| format!("{} {}", d.code, d.message)).collect::<Vec<_>>();
    assert_eq!(said(""), [""; 0]);
    let role =
        |id: &str, kind: &str| format!("[[role]]\nid = \"{id}\"\nname = \"x\"\nkind = \"{kind}\"\ndoc = \"x\"\n");
    assert_eq!(said(&role("carer", "person")), ["V01 `carer` is declared twice"]);
    assert_eq!(said(&role("cook", "somebody")), ["V01 unknown kind `somebody`"]);
    let group = |members: &str| format!("[[group]]\nid = \"several\"\nname = \"x\"\ndoc = \"x\"\n{members}\n");
    assert_eq!(said(&group("areas = [\"ely\", \"march\"]")), [""; 0]);
    assert_eq!(said(&group("areas = [\"ely\"]")), ["V01 the group `several` has fewer than two areas"]);
    assert_eq!(said(&group("")), ["V01 the group `several` has fewer than two roles"]);
    let both = group("areas = [\"ely\", \"march\"]\nroles = [\"carer\", \"police\"]");
    assert_eq!(said(&both), ["V01 the group `several` has roles and areas"]);
    let fact = |id: &str, more: &str| format!("[[fact]]\nid = \"{id}\"\n{more}\ndoc = \"x\"\n");
    assert_eq!(said(&fact("weather.rain", "type = \"yes-no\"")), ["V01 `weather.rain` is about nothing"]);
    assert_eq!(said(&fact("child.height", "type = \"metres\"")), ["V01 unknown type `metres`"]);
    assert_eq!(said(&fact("child.tall", "type = \"yes-no\"\nif_silent = \"no\"")), ["V01 `\"no\"` is not a yes-no"]);
    assert_eq!(
        said(&fact("child.old", "type = \"number\"\nderived = \"height\"")),
        ["V01 the engine derives no `height`"]
    );
    let event = |more: &str| format!("[[event]]\nid = \"x.y\"\nname = \"x\"\ndoc = \"x\"\n{more}\n");
    assert_eq!(said(&event("sets = [ { fact = \"child.tall\", value = true } ]")), ["V01 unknown fact `child.tall`"]);
    assert_eq!(
        said(&event("sets = [ { fact = \"episode.risk\", field = \"level\" } ]")),
        ["V01 the event has no field `level`"]
    );
    assert_eq!(said(&event("sets = [ { fact = \"episode.risk\" } ]")), ["V01 a fact is set to one thing"]);
    assert_eq!(said(&event("episode = \"pauses\"")), ["V01 unknown effect"]);
    assert_eq!(said(&event("start_at = \"noon\"")), ["V01 the event has no moment `noon`"]);
    assert_eq!(said(&event("tells = { role = \"cook\", about = \"missing\" }")), ["V01 unknown role `cook`"]);
    assert_eq!(
        said(&event("[[event.field]]\nid = \"by\"\ntype = \"role\"\ndoc = \"x\"")),
        ["V01 every entry has `by` already"]
    );
    let action = |more: &str| format!("[[action]]\nid = \"x.do\"\nname = \"x\"\ndoc = \"x\"\n{more}\n");
    assert_eq!(said(&action("kind = \"dream\"")), ["V01 unknown kind `dream`"]);
    assert_eq!(said(&action("kind = \"do\"\nmet_by = [ { event = \"x.y\" } ]")), ["V01 unknown event `x.y`"]);
    assert_eq!(said(&action("kind = \"do\"\nonly_by = [\"cook\"]")), ["V01 unknown role `cook`"]);
    assert_eq!(said("[[bank_holiday]]\ndate = \"Christmas\"\nname = \"x\""), ["V01 not a date"]);
}

#[test]
fn words_that_the_engine_needs_are_asked_for() {
    let found = load_library(&[]).1;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code, "V02");
    assert!(found[0].message.contains("event `action.recorded`") && found[0].message.contains("fact `episode.status`"));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "tests read their fixtures; the crate itself reads nothing")]
fn every_code_is_explained_on_the_page_of_checks() {
    let page = std::fs::read_to_string(testkit::root().join("docs/checks.md")).unwrap();
    for code in CODES.iter().map(|c| c.0).chain(["V01", "V02"]) {
        assert!(page.contains(&format!("| {code} |")), "docs/checks.md does not explain {code}");
    }
    // What the page gives as an example is what the checks say of the bad examples.
    let all: Vec<Diagnostic> =
        CODES.iter().flat_map(|(c, _)| findings(&files(&folder().join("check").join(c).join("bad")))).collect();
    for (code, _) in CODES {
        let row = page.lines().find(|l| l.starts_with(&format!("| {code} |"))).unwrap();
        let of_code = || all.iter().filter(|d| d.code == code);
        assert!(of_code().any(|d| row.contains(&d.message)), "{code}: {row}\n{:#?}", of_code().collect::<Vec<_>>());
    }
}
