//! What the rulebooks refuse, found in order of time: each entry is judged by the facts as they stand without the ones refused before it.

use super::Flag;
use super::standing::Standing;
use engine::case::Case;
use engine::evaluate::{Evaluator, first_refused, flags};
use engine::ids::LineNo;
use engine::time::Moment;
use std::collections::HashSet;

/// So many entries are looked at again for refusals one by one; of a file that is refused through and through, the rest is taken at once.
const LOOKS: usize = 2_000_000;

/// Builds the case without what is refused. Where nothing is, it is built once.
pub(super) fn settle(
    evaluator: &Evaluator<'_>,
    standing: &[Standing<'_>],
    build: impl Fn(&HashSet<LineNo>) -> (Case, Vec<Flag>),
) -> (Case, Vec<Flag>) {
    let mut refused = HashSet::new();
    let mut looks = 0;
    loop {
        let (case, odd) = build(&refused);
        // The entries of a case stand in the order of `standing`. The first one is refused whatever becomes of the others.
        let Some(first) = first_refused(evaluator, &case) else { return (case, odd) };
        refused.insert(standing[first.place()].number);
        looks += case.entries.len();
        if looks > LOOKS {
            let last = flags(evaluator, &case, Moment::NEVER, false);
            let ids: HashSet<&str> = last.iter().filter(|f| f.kind == "refusal").map(|f| f.entry.as_str()).collect();
            refused.extend(standing.iter().filter(|s| ids.contains(s.root.id.as_str())).map(|s| s.number));
        }
    }
}
