//! R07: editions of one rulebook neither overlap nor leave a hole.

use crate::diagnostic::Diagnostic;
use crate::rulebook::Library;

pub(super) fn check(library: &Library, found: &mut Vec<Diagnostic>) {
    // Rulebooks are sorted by id and then by date.
    for pair in library.rulebooks.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.id != later.id {
            continue;
        }
        let ends = earlier.in_force_until.map_or("no end".into(), |until| format!("until {until}"));
        let names = format!(
            "the editions `{}` ({ends}) and `{}` (from {}) of `{}`",
            earlier.edition, later.edition, later.in_force_from, later.id
        );
        let wrong = match earlier.in_force_until {
            None => {
                Some(("overlap", "give the earlier one an `in_force_until`: the day on which the later one begins"))
            }
            Some(until) if until > later.in_force_from => {
                Some(("overlap", "end the earlier one on the day the later one begins"))
            }
            Some(until) if until < later.in_force_from => {
                Some(("leave a hole", "let the later one begin on the day the earlier one ends"))
            }
            Some(_) => None,
        };
        if let Some((what, help)) = wrong {
            found.push(Diagnostic::error("R07", later.dated.clone(), format!("{names} {what}"), help));
        }
    }
}
