//! Reporting a child missing: one question a page, saved at each step, and a page to read out to the police.

use super::{ChildHead, FormField, Guidance, PhotographLine, Ringing, SearchRow, Sought, Viewer};
use serde::Serialize;

/// Where a report begins: choose the child, or go on with one begun.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReportStart {
    /// Who is looking.
    pub viewer: Viewer,
    /// What was asked for; empty at first.
    pub asked: Sought,
    /// What more has to be known; empty where it was enough.
    pub too_little: String,
    /// Children to choose from.
    pub rows: Vec<SearchRow>,
    /// They are the viewer's own: allocated to them by name.
    pub own: bool,
    /// Reports begun and not finished: draft id, and words.
    pub unfinished: Vec<(String, String)>,
}

/// A report begun. `/report/{id}/{step}`.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReportDraft {
    /// Who is looking.
    pub viewer: Viewer,
    /// The draft's id.
    pub id: String,
    /// `Dana Holt began this report at 02:10.`; empty where its reader did.
    pub begun: String,
    /// The child.
    pub child: ChildHead,
    /// The step shown.
    pub step: ReportStep,
    /// How often it was saved; goes into its form and back.
    pub times: String,
    /// All steps, in order, for a list of tasks: with `check` as the last.
    pub steps: Vec<StepState>,
    /// The step before; before the first, where a report begins.
    pub back: String,
    /// `saved at 18:42`; empty at first.
    pub saved: String,
    /// On `check`: what was answered, step by step.
    pub summary: Vec<SummaryRow>,
    /// On `check`: what is wrong in the answers; nothing can be recorded while there is something.
    pub problems: Vec<String>,
    /// An episode is open already; somebody else reported the child. What was typed can be added to it.
    pub already_open: Option<String>,
    /// Finished: the episode it led to.
    pub episode: Option<String>,
    /// Whom the report goes to.
    pub ringing: Ringing,
    /// What the protocols say at this question.
    pub guidance: Vec<Guidance>,
}

/// One question.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReportStep {
    /// `status`, `noticed`, `last-seen`, `appearance`, `searches`, `calls`, `risk`, `police`, `check`.
    pub id: String,
    /// The question: `When did you notice that Riley was not there?`
    pub title: String,
    /// A sentence; may be empty.
    pub hint: String,
    /// Whom to ring, from the record: role and name, with a number that can be dialled or empty.
    pub people: Vec<ToRing>,
    /// The fields, filled with what was answered before or is in the record.
    pub fields: Vec<FormField>,
    /// It may be left empty: show `Skip this question`.
    pub optional: bool,
    /// The words on the button.
    pub button: String,
}

/// Somebody to ring.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ToRing {
    /// `Social worker`.
    pub role: String,
    /// `Owen Pryce`.
    pub name: String,
    /// `07700 900145`; empty where none is recorded.
    pub phone: String,
}

/// Where a step stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StepPlace {
    /// Answered or skipped.
    Done,
    /// Shown.
    Now,
    /// Not answered yet.
    #[default]
    ToDo,
}

impl StepPlace {
    /// The word, for a class.
    pub fn word(self) -> &'static str {
        match self {
            StepPlace::Done => "done",
            StepPlace::Now => "now",
            StepPlace::ToDo => "to-do",
        }
    }
}

/// A step in the list of tasks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct StepState {
    /// The step.
    pub id: String,
    /// Short: `Last seen`.
    pub title: String,
    /// Answered, shown now, or to come.
    pub state: StepPlace,
}

/// An answer on the last page.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct SummaryRow {
    /// The step, for the link `Change`.
    pub step: String,
    /// `Last seen`.
    pub label: String,
    /// The answers in words, one a line; `Not answered`.
    pub value: Vec<String>,
    /// The last line says what is wrong.
    pub wrong: bool,
}

/// What to read to the police on the telephone; printable.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ReadOut {
    /// Who is looking.
    pub viewer: Viewer,
    /// The draft's id.
    pub id: String,
    /// The child.
    pub child: ChildHead,
    /// The photograph that can be sent.
    pub photograph: Option<PhotographLine>,
    /// `I am ringing to report a missing child.`
    pub opening: String,
    /// In the order in which the police ask.
    pub sections: Vec<ReadOutSection>,
    /// `NP-20260105-311`, or empty: then leave room to write it down.
    pub incident_number: String,
    /// Finished: the episode it led to.
    pub episode: Option<String>,
    /// `Made at 18:52 on Mon 5 Jan 2026 by Dana Holt`.
    pub made: String,
    /// Whom to ring.
    pub ringing: Ringing,
    /// Somebody has said that the police were told.
    pub told: bool,
}

/// Part of the page.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReadOutSection {
    /// `Who is missing`.
    pub title: String,
    /// The lines.
    pub lines: Vec<ReadOutLine>,
}

/// A line to read out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ReadOutLine {
    /// `Date of birth`.
    pub label: String,
    /// `2 May 2011, 14 years old`; `Not recorded`.
    pub value: String,
    /// A number to ring; may be empty.
    pub phone: String,
}
