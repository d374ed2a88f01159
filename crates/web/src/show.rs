//! How views become classes and addresses: small functions that templates call. Nothing here decides anything.

use crate::components::{ErrorSummary, Markup};
use actions::views::{ChildHead, DutyLine, FieldKind, FormField, Limit, TimelineItem, Urgency};

/// The class of a limit.
pub fn urgency(limit: &Limit) -> &'static str {
    match limit.urgency {
        Urgency::Overdue => "overdue",
        Urgency::Soon => "soon",
        Urgency::Later => "later",
        Urgency::None => "none",
    }
}

/// The class of a duty: what is done presses no more.
pub fn pressing(line: &DutyLine) -> &'static str {
    match line.state.word.as_str() {
        "due" | "overdue" => urgency(&line.limit),
        "done" | "done-late" => "done",
        _ => "none",
    }
}

/// The picture of a child, which `actions` has made safe.
pub fn picture(child: &ChildHead) -> Markup {
    Markup::trusted(&child.photo)
}

/// The page of the episode that a duty belongs to, or else of the child.
pub fn place_of(line: &DutyLine) -> String {
    match &line.episode {
        Some(episode) => format!("/children/{}/episodes/{episode}", line.child),
        None => format!("/children/{}", line.child),
    }
}

/// An entry at which the episode turns: it stands out in the timeline.
pub fn is_turn(item: &TimelineItem) -> bool {
    ["absence.", "return.", "status.", "risk.", "police."].iter().any(|start| item.event.starts_with(start))
}

/// What is wrong with the answers, for the top of the page.
pub fn summary<'a>(fields: impl IntoIterator<Item = &'a FormField>) -> Option<ErrorSummary> {
    let problems: Vec<_> = fields.into_iter().filter(|f| !f.error.is_empty()).map(|f| (first_id(f), f.error.clone())).collect();
    (!problems.is_empty()).then(|| ErrorSummary::new(problems))
}

/// The control that the error summary leads to.
fn first_id(field: &FormField) -> String {
    match field.kind {
        FieldKind::Date | FieldKind::Moment => format!("{}-day", field.name),
        _ => field.name.clone(),
    }
}
