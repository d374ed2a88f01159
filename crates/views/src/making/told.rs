//! Who is still to be told, or what is not recorded: what stands behind the label of a duty.

use crate::asked::One;
use casebook::command::labels;
use engine::evaluate::State;
use engine::vocabulary::Vocabulary;

/// Between the label and those to be told, in the label that lists keep: a space that does not break tells the two apart again.
pub const TOLD: &str = ":\u{a0}";

/// Before what is not recorded, of what is asked for certain: by the strictest limit that could apply.
pub const STRICTEST: &str = "by the strictest limit, ";

/// Before the moment at which it became known, in the words of a limit that had passed by then.
pub const KNOWN_LATE: &str = "passed before it was known, ";

/// Who is still to be told, or what is not recorded.
pub fn told(vocabulary: &Vocabulary, one: &One) -> String {
    if one.duty.state == State::CannotTell {
        let Some(missing) = one.view.missing.first() else { return String::new() };
        if missing.entry.is_some() {
            return format!("{} of a meeting that is recorded", missing.doc.trim_end_matches('.'));
        }
        return vocabulary.fact(&missing.fact).map(|f| labels::fact(vocabulary.fact_at(f))).unwrap_or_default();
    }
    // Whom the label names already is not named again.
    let label = one.view.label.to_lowercase();
    let named = |name: &str| label.contains(name.split(" (").next().unwrap_or(name).to_lowercase().as_str());
    let left = one.view.recipients.iter().filter(|r| r.told_at.is_none() && !named(&r.name));
    left.map(|r| r.name.as_str()).collect::<Vec<_>>().join(", ")
}
