//! All answers of the policies in a text, so that a change of a policy shows as a change of lines.

use crate::may::{Answers, each_hold, each_tie};
use crate::roles::Policy;
use crate::words::{Act, Class, Classes};
use std::fmt::Write as _;

/// What the columns of letters stand for.
const HEAD: &str = "\
# Who may do what: every post with every tie to a child. Written by `make matrix`, held equal by a test; the answers are those of policy/*.cedar.
#
# see, record, tell: the classes of information, a letter each, and `.` where it is not allowed:
#   o ordinary, w the child's own words, c told in confidence, h health, p police lines, a whereabouts and addresses, n a concern about a practitioner
# `record` is a statement of one's own side, `tell` one that is put down as told by another.
# acts: what may be done about the child as a whole; `none` where nothing may.
# entry: what may be done about an entry: `own` one wrote it oneself, `agency` somebody of one's agency did, `quoted` it was told on behalf of
#   one's side, `absent` it was told on behalf of a side that does not use Whereabouts, `other` anything else, `of-me` it says something about oneself.
";
const LETTERS: &str = "owchpan";

/// The matrix.
pub fn matrix(roles: &Policy, policies: &impl Answers) -> String {
    let mut text = HEAD.to_string();
    for role in roles.roles() {
        let _ = writeln!(text, "\n{role} ({})", roles.groups(role).join(", "));
        for (tie, ties) in each_tie() {
            let may = policies.may(role, ties);
            let acts: Vec<&str> = may.acts.each().map(Act::word).collect();
            let holds = each_hold().map(|(name, hold)| {
                let acts: Vec<&str> = policies.entry(role, ties, hold).each().map(Act::word).collect();
                format!("{name}={}", none(&acts))
            });
            let _ = writeln!(
                text,
                "  {tie:<10} see={} record={} tell={} acts={} entry: {}",
                letters(may.see),
                letters(may.record),
                letters(may.tell),
                none(&acts),
                holds.join(" ")
            );
        }
    }
    text
}

fn none(acts: &[&str]) -> String {
    if acts.is_empty() { "none".into() } else { acts.join(",") }
}

fn letters(classes: Classes) -> String {
    Class::ALL
        .iter()
        .zip(LETTERS.chars())
        .map(|(class, letter)| if classes.has(*class) { letter } else { '.' })
        .collect()
}
