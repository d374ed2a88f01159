//! Small random cases: what an evaluation never does.

use crate::asking::assert_shorter_lists_agree;
use crate::story::{LIBRARY, Story, story, told};
use engine::evaluate::{Duty, DutyView, Evaluator, Options, State, flags, merge};
use engine::rulebook::{Modality, Trigger};
use engine::time::Moment;
use proptest::prelude::*;

/// An entry: minutes after the start, and what happened.
type Happening = (u32, String);

const DAY: u32 = 24 * 60;

fn happenings() -> impl Strategy<Value = Vec<Happening>> {
    let status = proptest::sample::select(vec!["missing", "absent", "away"]);
    let level = proptest::sample::select(vec!["low", "medium", "high"]);
    let rule = proptest::sample::select(LIBRARY.rulebooks[0].rules.iter().map(|r| r.id.clone()).collect::<Vec<_>>());
    let by = proptest::sample::select(vec!["police", "carer", "social_worker"]);
    let what = prop_oneof![
        3 => status.clone().prop_map(|s| format!("event = \"absence.noticed\", status = \"{s}\"")),
        2 => status.prop_map(|s| format!("event = \"absence.status_changed\", status = \"{s}\"")),
        3 => Just("event = \"return.recorded\"".to_string()),
        2 => (level, by).prop_map(|(l, by)| format!("event = \"risk.graded\", level = \"{l}\", by = \"{by}\"")),
        1 => Just("event = \"police.reported\", number = \"1\"".to_string()),
        1 => proptest::sample::select(vec!["red", "amber", "green"]).prop_map(|r| format!("event = \"triage.rated\", rating = \"{r}\"")),
        1 => Just("event = \"interview.held\"".to_string()),
        1 => Just("event = \"meeting.planned\", planned_for = \"+9d\"".to_string()),
        1 => Just("event = \"meeting.held\", meeting = \"meeting.hold\"".to_string()),
        2 => proptest::sample::select(vec!["missing", "return"])
            .prop_map(|a| format!("event = \"notification.sent\", to = [\"police\", \"parent\"], about = \"{a}\"")),
        4 => rule.clone().prop_map(|r| format!("event = \"action.recorded\", action = \"case.review\", duty = \"{r}\"")),
        1 => rule.prop_map(|r| format!("event = \"duty.waived\", action = \"case.review\", reason = \"-\", duty = \"{r}\"")),
    ];
    // Mostly whole hours, so that moments coincide.
    let at = prop_oneof![3 => (0_u32..24 * 20).prop_map(|h| h * 60), 1 => 0_u32..DAY * 20];
    proptest::collection::vec((at, what), 1..12)
}

fn facts() -> impl Strategy<Value = String> {
    let yes = proptest::sample::select(vec!["", "true", "false"]);
    (yes.clone(), yes, proptest::sample::select(vec!["", "2008-01-12", "2012-02-29", "2016-05-02"])).prop_map(
        |(care, school, born)| {
            let mut all = Vec::new();
            for (fact, value) in
                [("child.looked_after", care), ("child.in_education", school), ("child.date_of_birth", born)]
            {
                if !value.is_empty() {
                    all.push(format!("\"{fact}\" = {value}"));
                }
            }
            format!("facts = {{ {} }}\n", all.join(", "))
        },
    )
}

/// The entries that occur up to a minute, in a story of some rulebooks.
fn case(facts: &str, all: &[Happening], upto: u32, areas: &[&str]) -> Story {
    let kept = all.iter().enumerate().filter(|(_, (at, _))| *at <= upto);
    let lines = kept.map(|(n, (at, what))| format!("  {{ id = \"e{n}\", at = \"+{at}m\", {what} }},\n"));
    told(&format!("{facts}entries = [\n{}]", lines.collect::<String>()), None, areas)
}

fn views(s: &Story, options: &Options) -> Vec<(Duty, DutyView)> {
    let evaluator: Evaluator<'_> = s.evaluator();
    let duties = evaluator.evaluate(&s.case, options);
    duties.into_iter().map(|d| (d, evaluator.view(&s.case, options, &d))).collect()
}

fn text(views: &[(Duty, DutyView)]) -> Vec<String> {
    views.iter().map(|(_, v)| serde_json::to_string(v).unwrap()).collect()
}

/// What is true of every duty at a moment.
fn sane(d: &Duty, v: &DutyView, now: Moment, always: bool) -> Result<(), TestCaseError> {
    let late = |at: Moment| d.due.is_some_and(|due| at.minute() > due.minute());
    prop_assert_eq!(d.state == State::Upcoming, d.arises > now && d.done.is_none(), "{:?}", v);
    prop_assert!(d.done.is_none_or(|(at, _)| at <= now) && d.lapsed.is_none_or(|at| at <= now), "{:?}", v);
    prop_assert_eq!(d.lapsed.is_some(), d.state == State::Lapsed, "{:?}", v);
    prop_assert_eq!(d.done.is_some(), matches!(d.state, State::Done | State::DoneLate | State::Waived), "{:?}", v);
    match d.state {
        State::Overdue => prop_assert!(late(now) && d.breached && d.modality != Modality::Prompt, "{:?}", v),
        State::Due => prop_assert!(!late(now) || d.modality == Modality::Prompt, "{:?}", v),
        State::DoneLate => prop_assert!(d.done.is_some_and(|(at, _)| late(at)) && d.breached, "{:?}", v),
        State::Done => prop_assert!(!d.breached, "{:?}", v),
        // A limit may count from a field of the entry, which is no fact.
        State::CannotTell => {
            let of_entry = v.limit.as_ref().is_some_and(|l| l.contains("entry."));
            prop_assert!(!v.missing.is_empty() || of_entry, "{:?}", v);
        }
        _ => {}
    }
    prop_assert!(always || !v.because.is_empty(), "no reason: {:?}", v);
    prop_assert!(!v.provisions.is_empty() && !v.label.is_empty(), "{:?}", v);
    prop_assert!(!v.contradictory, "{:?}", v);
    Ok(())
}

proptest! {
    #![proptest_config(super::some())]

    #[test]
    fn duties_make_sense_at_any_moment(facts in facts(), all in happenings(), now in 0_u32..DAY * 40, ahead in 0_u32..DAY * 90) {
        let s = case(&facts, &all, u32::MAX, &["area", "moving", "other"]);
        let at = s.start.plus_minutes(now.into());
        let options = Options { horizon: at.plus_minutes(ahead.into()), forced: now % 2 == 0, ..Options::at(at) };
        let found = views(&s, &options);
        let evaluator = s.evaluator();
        for (d, v) in &found {
            let always = matches!(&evaluator.rule(d).trigger, Trigger::While { state, .. } if state.is_always());
            sane(d, v, at, always)?;
        }
        // Each stands on exactly one line of the merged list.
        let duties: Vec<Duty> = found.iter().map(|(d, _)| *d).collect();
        assert_shorter_lists_agree(&evaluator, &s.case, &options, &duties);
        let mut on_lines: Vec<usize> = merge(&evaluator, &duties).into_iter().flat_map(|l| l.duties).collect();
        on_lines.sort_unstable();
        prop_assert_eq!(on_lines, (0..duties.len()).collect::<Vec<_>>());
        // Each has a name of its own.
        let mut ids: Vec<String> = found.iter().map(|(_, v)| format!("{}/{}", v.edition, v.id)).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), found.len());
        let _ = flags(&evaluator, &s.case, at, false);
    }

    #[test]
    fn what_happens_later_changes_nothing_now(facts in facts(), all in happenings(), now in 0_u32..DAY * 30) {
        let whole = case(&facts, &all, u32::MAX, &["area", "moving"]);
        let prefix = case(&facts, &all, now, &["area", "moving"]);
        let options = Options::at(whole.start.plus_minutes(now.into()));
        prop_assert_eq!(text(&views(&prefix, &options)), text(&views(&whole, &options)));
        prop_assert_eq!(
            flags(&prefix.evaluator(), &prefix.case, options.now, true),
            flags(&whole.evaluator(), &whole.case, options.now, true)
        );
    }

    #[test]
    fn an_entry_that_concerns_nothing_changes_nothing(facts in facts(), all in happenings(), at in 0_u32..DAY * 20, now in 0_u32..DAY * 30) {
        // Forms shared with the school: no rule asks for it, and it changes no fact. Nothing happens before it.
        let first = all.iter().map(|(at, _)| *at).min().unwrap();
        let mut more = all.clone();
        more.push((at.max(first), "event = \"information.shared\", with = [\"school\"], what = \"forms\"".into()));
        let (without, with) = (case(&facts, &all, u32::MAX, &["area"]), case(&facts, &more, u32::MAX, &["area"]));
        let options = Options::at(without.start.plus_minutes(now.into()));
        prop_assert_eq!(text(&views(&without, &options)), text(&views(&with, &options)));
    }

    #[test]
    fn evaluation_is_a_function(facts in facts(), all in happenings(), now in 0_u32..DAY * 30) {
        let s = case(&facts, &all, u32::MAX, &["area", "moving", "other"]);
        let options = Options::at(s.start.plus_minutes(now.into()));
        prop_assert_eq!(s.evaluator().evaluate(&s.case, &options), s.evaluator().evaluate(&s.case, &options));
    }

    #[test]
    fn what_is_done_or_lapsed_stays_so_while_nothing_happens(facts in facts(), all in happenings(), wait in 1_u32..DAY * 30) {
        // After the last entry, only time passes; a limit may pass and a birthday come, but what is over is over.
        let s = case(&facts, &all, u32::MAX, &["area"]);
        let last = all.iter().map(|(at, _)| *at).max().unwrap();
        let at = |minutes: u32| Options::at(s.start.plus_minutes(minutes.into()));
        let over = |found: Vec<(Duty, DutyView)>| {
            found.into_iter().filter(|(d, _)| d.done.is_some()).map(|(d, v)| (v.id, d.done, d.state)).collect::<Vec<_>>()
        };
        let (before, after) = (over(views(&s, &at(last))), over(views(&s, &at(last + wait))));
        for one in before {
            prop_assert!(after.contains(&one), "{one:?} is not in {after:?}");
        }
    }
}

#[test]
fn nothing_is_asked_of_an_empty_case_but_what_is_of_the_child() {
    let s = story("");
    let duties = s.evaluator().evaluate(&s.case, &Options::at(s.start));
    assert!(duties.iter().all(|d| d.episode.is_none() && d.state == State::CannotTell), "{duties:?}");
}
