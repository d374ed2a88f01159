//! Several editions of one rulebook: an episode keeps the one it began under, unless a later one takes over all that are open.

use crate::story::{Story, told};

fn moving(body: &str) -> Story {
    told(body, None, &["moving"])
}

fn gone(start: &str, back: &str) -> Story {
    let back = if back.is_empty() {
        String::new()
    } else {
        format!("  {{ at = \"{back}\", event = \"return.recorded\" }},\n")
    };
    moving(&format!(
        "start = \"{start}\"\nentries = [\n  {{ at = \"+0h\", event = \"absence.noticed\", status = \"missing\" }},\n{back}]"
    ))
}

/// The limit, and the edition that gives it.
fn answers(s: &Story, at: &str) -> String {
    let view =
        |d: &engine::evaluate::Duty| s.evaluator().view(&s.case, &engine::evaluate::Options::at(s.at(at)), d).edition;
    let all = s.duties("moving.review", at);
    let one = |d: &engine::evaluate::Duty| format!("{} by {}", view(d), crate::story::words(d.due.unwrap()));
    all.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn an_episode_keeps_the_edition_it_began_under() {
    let s = gone("2026-01-09T18:00+00:00", "");
    assert_eq!(answers(&s, "+1h"), "2025 by Mon 12 Jan 18:00");
    // The second edition came into force at midnight.
    assert_eq!(answers(&s, "+20h"), "2025 by Mon 12 Jan 18:00");
    let s = gone("2026-01-10T00:00+00:00", "");
    assert_eq!(answers(&s, "+20h"), "2026 by Mon 12 Jan 00:00");
    let s = gone("2026-01-09T23:59+00:00", "");
    assert_eq!(answers(&s, "+20h"), "2025 by Mon 12 Jan 23:59");
}

#[test]
fn an_edition_for_all_open_episodes_takes_over_those_that_are_open_when_it_comes_into_force() {
    let open = gone("2026-05-31T18:00+01:00", "");
    assert_eq!(answers(&open, "+5h"), "2026 by Tue 2 Jun 18:00");
    assert_eq!(answers(&open, "+6h"), "2026-06 by Mon 1 Jun 18:00");
    // A child who was back before that day stays under the edition of then.
    let ended = gone("2026-05-30T18:00+01:00", "+20h");
    assert_eq!(answers(&ended, "+10d"), "2026 by Mon 1 Jun 18:00");
    let after = gone("2026-06-02T18:00+01:00", "");
    assert_eq!(answers(&after, "+1h"), "2026-06 by Wed 3 Jun 18:00");
    // An episode of the first edition that is still open is taken over as well.
    let long = gone("2026-01-05T18:00+00:00", "");
    assert_eq!(answers(&long, "+100d"), "2025 by Thu 8 Jan 18:00");
    assert_eq!(answers(&long, "+150d"), "2026-06 by Tue 6 Jan 18:00");
}

#[test]
fn before_the_first_edition_nothing_is_asked() {
    let s = gone("2024-06-01T18:00+01:00", "+5h");
    assert_eq!(answers(&s, "+1h"), "");
}

#[test]
fn what_belongs_to_no_episode_goes_by_the_edition_of_each_step() {
    let s = moving(
        r#"start = "2025-12-01T12:00+00:00"
facts = { "child.looked_after" = true }
entries = [ { at = "+0h", event = "absence.noticed", status = "missing" } ]"#,
    );
    let options = engine::evaluate::Options::at(s.at("+70d"));
    let evaluator = s.evaluator();
    let steps: Vec<String> = s
        .duties("moving.monthly", "+70d")
        .iter()
        .map(|d| evaluator.view(&s.case, &options, d))
        .map(|v| format!("{} {}", v.edition, &v.due_at.unwrap()[..10]))
        .collect();
    assert_eq!(steps, ["2025 2025-12-31", "2025 2026-01-31", "2026 2026-02-28", "2026 2026-03-31"]);
}
