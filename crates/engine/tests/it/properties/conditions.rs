//! Conditions: what the parser makes of them, what evaluation says of them, and what `boxes::witness` says of several at once.

use super::formula::{About, Formula, NOTHING, any_assignment, formulas};
use crate::story::{LIBRARY, calendar};
use engine::case::{Case, Change, Source, Timelines};
use engine::check::boxes::{Answer, witness};
use engine::condition::{Condition, Fields, Problem, parse};
use engine::evaluate::Evaluator;
use engine::ids::BookNo;
use engine::rulebook::Rulebook;
use engine::time::Moment;
use engine::value::{Truth, Value};
use engine::vocabulary::EventId;
use engine::words::sym;
use jiff::civil::date;
use proptest::prelude::*;

/// Reads a condition, with the fields of a grade and of a notice.
pub fn read(text: &str) -> Result<Condition, Problem> {
    let v = &LIBRARY.vocabulary;
    let events: Vec<EventId> = ["risk.graded", "notification.sent"].iter().map(|e| v.event(e).unwrap()).collect();
    v.with_words(&[], &[], Some(sym("area")), |words| parse(text, words, Fields::Of(&events)))
}

fn compiled(formula: &Formula) -> Condition {
    read(&formula.text()).unwrap_or_else(|p| panic!("{}: {p:?}", formula.text()))
}

const ALL: &[About] = &[
    About::LookedAfter,
    About::InEducation,
    About::SocialCare,
    About::Placement,
    About::Age,
    About::MissingMinutes,
    About::OftenMissing,
    About::EntryLevel,
    About::EntryBy,
    About::EntryTo,
];

/// What can be recorded of a child without any episode or entry.
const OF_THE_CHILD: &[About] =
    &[About::LookedAfter, About::InEducation, About::SocialCare, About::Placement, About::Age, About::OftenMissing];

/// The same formulas wanted true and false, by trying everything.
fn by_brute_force(wanted: &[(&Formula, bool)]) -> Option<bool> {
    let formulas: Vec<&Formula> = wanted.iter().map(|(f, _)| *f).collect();
    any_assignment(&formulas, 60_000, |given| wanted.iter().all(|(f, truth)| f.truth(given) == Truth::of(*truth)))
}

fn agree(wanted: &[(&Formula, bool)]) -> Result<(), TestCaseError> {
    let Some(there_is) = by_brute_force(wanted) else { return Ok(()) };
    let conditions: Vec<(Condition, bool)> = wanted.iter().map(|(f, truth)| (compiled(f), *truth)).collect();
    let asked: Vec<(&Condition, bool)> = conditions.iter().map(|(c, truth)| (c, *truth)).collect();
    let answer = witness(&LIBRARY.vocabulary, &[], &asked);
    let texts: Vec<String> = wanted.iter().map(|(f, truth)| format!("{} is {truth}", f.text())).collect();
    match answer {
        Answer::Yes(case) => prop_assert!(there_is, "no case, but a witness: {case:?} for {texts:?}"),
        Answer::No => prop_assert!(!there_is, "a case, but no witness for {texts:?}"),
        Answer::TooMany => {}
    }
    Ok(())
}

/// A child of whom these things are recorded, on 1 June 2026.
fn child(given: &super::formula::Assignment) -> Case {
    let v = &LIBRARY.vocabulary;
    let mut case = Case::default();
    case.facts = Timelines::new(v.facts.len());
    case.index(v);
    for (about, value) in given.iter().filter(|(_, v)| **v != NOTHING) {
        let (fact, value) = match about {
            About::Age => ("child.date_of_birth", Value::Date(date(2026 - *value as i16, 6, 1))),
            _ if about.values()[0] == "false" => (about.word(), Value::Bool(*value == 1)),
            _ => (about.word(), Value::Word(sym(about.values()[*value as usize]))),
        };
        case.facts.set(v.fact(fact).unwrap(), Change { at: Moment::EVER, value, source: Source::Record(0) });
    }
    case
}

proptest! {
    /// R04: can a condition be true at all; can it be false.
    #[test]
    fn one_condition_has_a_witness_when_brute_force_finds_a_case(f in formulas(ALL), truth in any::<bool>()) {
        agree(&[(&f, truth)])?;
    }

    /// R05 and R06: can two both hold; can neither.
    #[test]
    fn two_conditions_have_a_witness_when_brute_force_finds_a_case(
        f in formulas(ALL), g in formulas(ALL), first in any::<bool>(), second in any::<bool>()
    ) {
        agree(&[(&f, first), (&g, second)])?;
    }

    /// Few subjects, so that conditions clash often.
    #[test]
    fn conditions_about_the_same_few_things_agree_with_brute_force(
        f in formulas(&[About::Age, About::EntryTo, About::OftenMissing]),
        g in formulas(&[About::Age, About::EntryTo, About::OftenMissing]),
        h in formulas(&[About::Age, About::EntryTo, About::OftenMissing]),
    ) {
        agree(&[(&f, true), (&g, true), (&h, true)])?;
        agree(&[(&f, false), (&g, false), (&h, false)])?;
    }

    #[test]
    fn evaluation_agrees_with_three_valued_logic(f in formulas(OF_THE_CHILD), seed in any::<u64>()) {
        let v = &LIBRARY.vocabulary;
        let base = LIBRARY.rulebooks.iter().find(|b| b.id == "area").unwrap();
        let book = Rulebook { applies: compiled(&f), rules: Vec::new(), ..base.clone() };
        let evaluator = Evaluator::new(v, [&book]);
        let now = calendar().start_of(date(2026, 6, 1)).plus_minutes(600);
        let mut given = super::formula::Assignment::new();
        let mut random = seed;
        for about in OF_THE_CHILD {
            let domain = about.domain(true);
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mut value = domain[(random >> 33) as usize % domain.len()];
            // Nobody says anything of it: that is false.
            if *about == About::OftenMissing && value == NOTHING { value = 0; }
            given.insert(*about, value);
        }
        prop_assert_eq!(evaluator.applies(BookNo(0), &child(&given), now), f.truth(&given), "{} with {:?}", f.text(), given);
    }

    #[test]
    fn a_printed_condition_reads_the_same_again(f in formulas(ALL), spaces in "[ \t\n]{1,3}") {
        let text = f.text();
        let once = read(&text.replace(' ', &spaces)).unwrap();
        let again = read(&once.text).unwrap();
        prop_assert_eq!(&once.text, &again.text);
        prop_assert_eq!(&once.expr, &again.expr);
        prop_assert_eq!(&once.expr, &read(&text).unwrap().expr);
    }

    #[test]
    fn an_area_in_quotation_marks_reads_the_same_again(area in "[a-z ]{1,12}") {
        let once = read(&format!("child.responsible_authority  =  \"{area}\"  and  always")).unwrap();
        let again = read(&once.text).unwrap();
        prop_assert_eq!(&once.text, &again.text);
        prop_assert_eq!(&once.expr, &again.expr);
    }
}

#[test]
fn a_condition_binds_not_before_and_before_or() {
    let same = |a: &str, b: &str| assert_eq!(read(a).unwrap().expr, read(b).unwrap().expr, "{a}");
    let (x, y, z) = ("child.looked_after", "child.in_education", "child.age < 16");
    same(&format!("not {x} and {y} or {z}"), &format!("((not {x}) and {y}) or ({z})"));
    same(&format!("{x} or {y} and {z}"), &format!("{x} or ({y} and {z})"));
    same("child.social_care != open", "not child.social_care = open");
    same("child.looked_after = no", "child.looked_after = false");
    same("not not child.looked_after", "not (not (child.looked_after))");
    same("episode.missing_for >= 2 weeks", "episode.missing_for >= 14 days");
    same("episode.missing_for>=72h", "episode.missing_for >= 72 h");
}

#[test]
fn numbers_at_the_end_of_their_range_are_only_numbers() {
    for text in ["child.age < 9223372036854775807", "child.age in [9223372036854775807, 0]", "child.age >= 0"] {
        let condition = read(text).unwrap();
        assert!(matches!(witness(&LIBRARY.vocabulary, &[], &[(&condition, true)]), Answer::Yes(_)), "{text}");
    }
    assert!(read("child.age < 9223372036854775808").is_err());
    assert!(read(&"(".repeat(5000)).is_err());
    assert!(read(&"not ".repeat(5000)).is_err());
}
