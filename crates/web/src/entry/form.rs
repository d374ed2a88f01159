//! The page with the form of an event, shared by recording and correcting: drawn anew with what was typed, until it is saved.

use crate::back;
use crate::components::ErrorSummary;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::entry::{EntryForm, Recorded};
use actions::queries::Asked;
use actions::typed::typed;
use actions::{FieldProblem, NOT_SENT, Objection, Refused};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use views::{CheckLine, EventForm, FormField, TimelineItem};

#[derive(Template)]
#[template(path = "entry/form.html")]
struct Page {
    frame: Frame,
    view: EventForm,
    key: String,
    /// Where the form leads.
    action: String,
    /// Where it leads who does not want to record anything.
    leave: String,
    /// Where the entry is withdrawn, when one is corrected.
    withdraw: String,
    /// Where the absence that it began is made one with the one before.
    join: String,
    /// Where one came from, and lands again; may be empty.
    back: String,
    summary: Option<ErrorSummary>,
    setback: Setback,
}

impl Page {
    /// The address of the child, under which everything else stands.
    fn base(&self) -> String {
        format!("/children/{}", self.view.child.id)
    }

    /// Where something else is recorded that answers the same duty.
    fn instead(&self, event: &str) -> String {
        let duty = self.view.instead_of.as_ref().map(ToString::to_string).unwrap_or_default();
        let address = format!("{}/record/{event}", self.base());
        back::with(&address, &[("duty", &duty), ("episode", &self.view.episode)], &self.back, "")
    }

    /// Is there anything beside the form?
    fn has_aside(&self) -> bool {
        let (view, hand) = (&self.view, &self.view.hand);
        let said = !view.duty_label.is_empty() || !view.guidance.is_empty();
        let hands = !hand.offers.is_empty() || !hand.powers.is_empty() || !hand.words.is_empty();
        said || hands || !hand.protocols.is_empty()
    }
}

/// What keeps an entry from being saved, other than its answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Setback {
    /// What the rulebooks or the record say against it.
    pub objections: Vec<Objection>,
    /// What was recorded since the page was made.
    pub newer: Vec<TimelineItem>,
    /// The version to send next.
    pub version: Option<i64>,
    /// It is not known whether it was saved.
    pub unavailable: String,
}

impl Setback {
    /// The status that a browser is told; `OK` where nothing but answers keep it.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Setback { version: Some(_), .. } => StatusCode::CONFLICT,
            // It was not sent at all: it is looked at again.
            Setback { unavailable, .. } if unavailable == NOT_SENT => StatusCode::OK,
            Setback { unavailable, .. } if !unavailable.is_empty() => StatusCode::SERVICE_UNAVAILABLE,
            Setback { objections, .. } if !objections.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::OK,
        }
    }
}

/// The status of a page that was refused: what keeps it, or else what was answered.
pub(super) fn refused_status(setback: &Setback) -> StatusCode {
    match setback.status() {
        StatusCode::OK => StatusCode::UNPROCESSABLE_ENTITY,
        other => other,
    }
}

/// What a refusal asks the person to mend; what cannot be mended on the page stays trouble.
pub(crate) fn mend(refused: Refused) -> Result<(Vec<FieldProblem>, Setback), Trouble> {
    match refused {
        Refused::Invalid(problems) => Ok((problems, Setback::default())),
        Refused::RuleRefuses(objections) => Ok((Vec::new(), Setback { objections, ..Setback::default() })),
        Refused::Stale { newer, version } => {
            Ok((Vec::new(), Setback { newer, version: Some(version), ..Setback::default() }))
        }
        Refused::Unavailable(unavailable) => Ok((Vec::new(), Setback { unavailable, ..Setback::default() })),
        other => Err(other.into()),
    }
}

/// What was asked by this address and form.
pub(super) fn asked(member: &Member, posted: &Posted, problems: Vec<FieldProblem>) -> Asked {
    Asked {
        duty: posted.get("duty").parse().ok(),
        episode: filled(posted.get("episode")),
        answers: typed(member.app(), &posted.answers()),
        problems,
        ..Asked::default()
    }
}

/// The form as it was sent.
pub(super) fn entry(member: &Member, event: &str, posted: &Posted) -> EntryForm {
    EntryForm {
        event: event.into(),
        episode: filled(posted.get("episode")),
        duty: posted.get("duty").parse().ok(),
        answers: typed(member.app(), &posted.answers()),
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_string())
}

/// The heading: the act that the form was opened for, or else what is recorded.
pub(crate) fn heading(view: &EventForm) -> &str {
    if view.duty_label.is_empty() { &view.title } else { &view.duty_label }
}

/// The field for why, with what is wrong with it.
fn why_field(line: &CheckLine) -> FormField {
    FormField { name: format!("{}-why", line.key), error: line.error.clone(), ..FormField::default() }
}

/// Draws the page.
pub(super) fn draw(
    member: &Member,
    mut view: EventForm,
    entry: Option<&str>,
    came_from: &str,
    key: String,
    setback: Setback,
) -> Answer {
    if let Some(version) = setback.version {
        view.version = version;
    }
    let base = format!("/children/{}", view.child.id);
    let back = back::sound(came_from).to_string();
    let leave = match view.episode.as_str() {
        _ if !back.is_empty() => back.clone(),
        "" => base.clone(),
        episode => format!("{base}/episodes/{episode}"),
    };
    let join = entry.map(|entry| format!("{base}/join/{entry}")).unwrap_or_default();
    let (action, withdraw) = match entry {
        Some(entry) => (format!("{base}/correct/{entry}"), format!("{base}/withdraw/{entry}")),
        None => (format!("{base}/record/{}", view.event), String::new()),
    };
    let summary = {
        let checks: Vec<FormField> = view.checklist.iter().map(why_field).collect();
        let fields = std::iter::once(&view.occurred).chain(&view.fields).chain(&checks);
        summary_of(fields.chain([&view.by, &view.by_name, &view.note]).chain(&view.why))
    };
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { setback.status() };
    let title = if entry.is_some() { format!("Correct: {}", view.title) } else { heading(&view).into() };
    let frame = member
        .frame(title, &view.viewer)
        .back(leave.clone(), format!("Back to {}", view.child.name))
        .wrong(summary.is_some());
    page_with(status, &Page { frame, view, key, action, leave, withdraw, join, back, summary, setback })
}

/// On to what was saved.
pub(super) fn saved(child: &str, recorded: &Recorded) -> Response {
    saved_from(child, recorded, "")
}

/// On to where one came from, or else to what was saved.
pub(super) fn saved_from(child: &str, recorded: &Recorded, came_from: &str) -> Response {
    let address = match &recorded.episode {
        _ if !back::sound(came_from).is_empty() => back::sound(came_from).to_string(),
        Some(episode) => format!("/children/{child}/episodes/{episode}"),
        None => format!("/children/{child}"),
    };
    let flash = match recorded.warnings.first() {
        Some(warning) => {
            Flash::warning(recorded.words.clone()).text(format!("{} {}", warning.says, warning.instead).trim())
        }
        None => Flash::success(recorded.words.clone()),
    };
    on_to_saying(&address, flash)
}
