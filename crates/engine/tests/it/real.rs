//! The rulebooks of this repository: every duty that they ask for, in every case that their scenarios and the examples tell,
//! can be explained. What the answers should be is for the scenarios themselves to say.

use crate::asking::assert_shorter_lists_agree;
use casebook::case_file;
use casebook::known::known;
use casebook::scenario;
use engine::case::Case;
use engine::evaluate::{DutyView, Evaluator, Options, State, flags, merge};
use engine::rulebook::{Library, Rulebook, Trigger};
use engine::time::Moment;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

/// Asks rulebooks about a case at some moments, and looks at every duty in words.
fn explain(name: &str, case: &Case, books: &[&Rulebook], moments: &BTreeSet<Moment>) -> usize {
    let evaluator = Evaluator::new(&LIBRARY.vocabulary, books.iter().copied());
    let mut seen = 0;
    for now in moments {
        let options = Options { horizon: now.plus_minutes(20 * 1440), ..Options::at(*now) };
        let duties = evaluator.evaluate(case, &options);
        assert_shorter_lists_agree(&evaluator, case, &options, &duties);
        for duty in &duties {
            let rule = evaluator.rule(duty);
            let view: DutyView = evaluator.view(case, &options, duty);
            let always = matches!(&rule.trigger, Trigger::While { state, .. } if state.is_always());
            let told = format!("{name}: {} at {now} is {}", view.id, view.state);
            assert!(always || !view.because.is_empty(), "{told}, and nothing says why");
            assert!(!view.provisions.is_empty() && !view.label.is_empty() && !view.says.is_empty(), "{told}");
            assert!(!view.contradictory, "{told}, and two exceptions contradict each other");
            // A limit may count from a field of the entry, which is no fact.
            let of_entry = view.limit.as_ref().is_some_and(|l| l.contains("entry."));
            let explained = duty.state != State::CannotTell || !view.missing.is_empty() || of_entry;
            assert!(explained, "{told}, and nothing says what is missing");
            seen += 1;
        }
        let lines = merge(&evaluator, &duties);
        assert_eq!(lines.iter().map(|l| l.duties.len()).sum::<usize>(), duties.len(), "{name} at {now}");
        let _ = flags(&evaluator, case, *now, false);
    }
    seen
}

#[test]
fn every_duty_of_every_scenario_is_explained() {
    let (scenarios, _) = scenario::read_all(&LIBRARY);
    assert!(scenarios.len() > 500, "{}", scenarios.len());
    let mut seen = 0;
    for s in &scenarios {
        let Some(book) = LIBRARY.rulebooks.iter().find(|b| b.id == s.rulebook && b.edition == s.edition) else {
            continue;
        };
        let asked: BTreeSet<Option<Moment>> = s.expectations.iter().map(|e| e.known_at).collect();
        for known_at in asked {
            let (case, _) = known(&s.case, &Evaluator::new(&LIBRARY.vocabulary, [book]), known_at);
            let at = s.expectations.iter().filter(|e| e.known_at == known_at).map(|e| e.at);
            let moments: BTreeSet<Moment> = at.chain([s.start, s.start.plus_minutes(40 * 1440)]).collect();
            seen += explain(&format!("{}/{}", s.rulebook, s.id), &case, &[book], &moments);
        }
    }
    assert!(seen > 20_000, "{seen}");
}

#[test]
fn every_duty_of_every_example_is_explained_by_all_rulebooks_at_once() {
    let all: Vec<&Rulebook> = LIBRARY.rulebooks.iter().collect();
    let mut seen = 0;
    for file in testkit::example_files() {
        let Some(example) = case_file::read(&file, &LIBRARY.vocabulary, None).case else { continue };
        let (case, _) = known(&example, &Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks), None);
        let at = case.entries.iter().flat_map(|e| [e.occurred, e.recorded]);
        let moments: BTreeSet<Moment> = at.flat_map(|m| [m, m.plus_minutes(1), m.plus_minutes(600)]).collect();
        seen += explain(&file.path, &case, &all, &moments);
    }
    assert!(seen > 1000, "{seen}");
}

#[test]
fn an_authority_has_the_name_and_the_code_of_the_day() {
    let vocabulary = &LIBRARY.vocabulary;
    let day = |text: &str| text.parse::<engine::calendar::Date>().unwrap();
    // The Office gave them new codes when their border was moved in April 2025.
    for (id, before, after) in [
        ("barnsley", "E08000016", "E08000038"),
        ("sheffield", "E08000019", "E08000039"),
        ("kent", "E10000016", "E10000016"),
    ] {
        let one = vocabulary.authority(id).unwrap();
        assert_eq!((one.code_on(day("2025-03-31")), one.code_on(day("2025-04-01"))), (before, after), "{id}");
        assert!(one.has_code(before) && one.has_code(after) && !one.has_code(""), "{id}");
    }
    // One county became two authorities, another two counties three.
    for (id, last) in [("northamptonshire", "2021-03-31"), ("cumbria", "2023-03-31")] {
        let one = vocabulary.authority(id).unwrap();
        assert!(one.is_on(day(last)) && !one.is_on(one.until.unwrap()), "{id}");
        assert_eq!(one.until.unwrap().yesterday().unwrap(), day(last), "{id}");
    }
    for (id, first) in [("west-northamptonshire", "2021-04-01"), ("cumberland", "2023-04-01")] {
        let one = vocabulary.authority(id).unwrap();
        assert!(one.is_on(day(first)) && !one.is_on(day(first).yesterday().unwrap()), "{id}");
    }
    // Each authority is policed by one force, and each area of a force is an authority or the area of a rulebook.
    for one in &vocabulary.authorities {
        assert!(vocabulary.police_force(&one.id).is_some(), "{}", one.id);
    }
    let areas: Vec<&str> = LIBRARY.rulebooks.iter().map(|book| book.area.as_str()).collect();
    for area in vocabulary.police_forces.iter().flat_map(|force| &force.areas) {
        assert!(vocabulary.authority(area).is_some() || areas.contains(&area.as_str()), "{area}");
    }
    assert_eq!(
        vocabulary.police_force("leeds").unwrap().areas[0],
        "wakefield",
        "who tells it is offered the area with a protocol"
    );
    // No code is that of two authorities, whenever.
    let mut codes: Vec<&str> = Vec::new();
    for one in &vocabulary.authorities {
        codes.extend(
            one.earlier.iter().map(|(code, _)| code.as_str()).chain([one.code.as_str()]).filter(|c| !c.is_empty()),
        );
    }
    let count = codes.len();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
