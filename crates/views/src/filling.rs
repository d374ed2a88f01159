//! A form of a rulebook: as it is filled in, as it was filled in, and what forms a child has.

use crate::{AtHand, CheckLine, ChildHead, Cited, DutyKey, FormField, Viewer, When};
use serde::Serialize;

/// A form that is being filled in.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FillForm {
    /// Who looks.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The rulebook, by id.
    pub rulebook: String,
    /// Its name: `Exampleshire`.
    pub book: String,
    /// The edition that the form is of.
    pub edition: String,
    /// The form, in the vocabulary's word.
    pub form: String,
    /// The event that completing it records.
    pub records: String,
    /// Its title.
    pub title: String,
    /// What it is for, in the rulebook's words.
    pub says: String,
    /// How unclear text is read; may be empty.
    pub reading: String,
    /// What the form as a whole carries out.
    pub cited: Cited,
    /// The questions, under their headings, in order.
    pub sections: Vec<FillSection>,
    /// What every entry is asked: when, by whom, anything else; and what else belongs to what is recorded.
    pub tail: Vec<FormField>,
    /// What is sent along unseen.
    pub hidden: Vec<(String, String)>,
    /// The checklist of the duty that it does.
    pub checklist: Vec<CheckLine>,
    /// The draft.
    pub draft: DraftLine,
    /// The completed form that it was begun from; may be empty.
    pub from: String,
    /// The version of the record.
    pub version: i64,
    /// The episode that it is about; may be empty.
    pub episode: String,
    /// The duty that it does.
    pub duty: Option<DutyKey>,
    /// Its label; may be empty.
    pub duty_label: String,
    /// What somebody should know before they go on: the child came back, a newer edition, what another person has open.
    pub notices: Vec<String>,
    /// A newer edition in force has the form too: to its form what was typed can be carried over.
    pub newer_edition: String,
    /// What was saved in another place since this page was made, answer by answer: what is asked, what was saved there, what was typed here.
    pub differs: Vec<[String; 3]>,
    /// Whom to ring, what one may do, the law and the words.
    pub hand: AtHand,
    /// Completing it ends the episode.
    pub ends_episode: bool,
    /// The forms that were completed before, the latest first.
    pub before: Vec<FilledLine>,
    /// So many answers stand as they were taken over.
    pub unexamined: usize,
    /// Names of people around the child, for whoever types one.
    pub people: Vec<String>,
    /// Places that the record names.
    pub places: Vec<String>,
}

/// A heading with its questions.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FillSection {
    /// May be empty.
    pub title: String,
    /// Asked only later, and folded away until then: `once the child is back`; empty for what is asked now.
    pub later: String,
    /// The questions.
    pub questions: Vec<FillQuestion>,
}

/// A question.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FillQuestion {
    /// How it is drawn.
    pub shape: FillShape,
    /// The question with its answer.
    pub field: FormField,
    /// What it rests on, where that is asked.
    pub what: Option<FormField>,
    /// Since when, where that is asked.
    pub since: Option<FormField>,
    /// Of a group, its lines.
    pub lines: Vec<Vec<FormField>>,
    /// There is room for one more line.
    pub more: bool,
    /// What the record says of it: `Yes, since 3 March 2026`; may be empty.
    pub held: String,
    /// Another rulebook sets it otherwise, and the record goes on saying so; may be empty.
    pub otherwise: String,
    /// Where the answer goes when the form is completed: `the child's record`; may be empty.
    pub writes: String,
    /// It was taken over from an earlier form and is unexamined: the hidden mark of what was taken over.
    pub copied: String,
    /// Somebody said that what was taken over still holds.
    pub still: bool,
    /// Provisions.
    pub cited: Cited,
}

/// How a question is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FillShape {
    /// As any field of a form.
    #[default]
    Field,
    /// A line with somebody's name, offered from those around the child.
    Person,
    /// A line with a place, offered from those of the record.
    Place,
    /// Lines of a group.
    Group,
    /// The photograph of the record.
    Photograph,
}

/// A form half filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct DraftLine {
    /// Its id.
    pub id: String,
    /// How often it was saved: what is sent along, so that a second place is told.
    pub version: i64,
    /// The title of the form.
    pub title: String,
    /// The rulebook's name.
    pub book: String,
    /// The child's name.
    pub child: String,
    /// The child's id.
    pub child_id: String,
    /// When it was last saved; none before the first time.
    pub saved: Option<When>,
    /// So many questions are answered.
    pub answered: usize,
    /// So many there are.
    pub of: usize,
    /// Who began it, where that is somebody else; may be empty.
    pub by: String,
}

/// A form that was completed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FilledLine {
    /// The entry.
    pub entry: String,
    /// The title.
    pub title: String,
    /// The rulebook's name.
    pub book: String,
    /// The rulebook, by id.
    pub rulebook: String,
    /// The form.
    pub form: String,
    /// Who filled it in.
    pub by: String,
    /// When.
    pub at: When,
    /// When it is to be reviewed; may be empty.
    pub review: String,
    /// That day has passed.
    pub review_late: bool,
    /// So many later versions there are.
    pub later: usize,
    /// A version that the viewer fills in takes its place.
    pub may_renew: bool,
    /// The viewer may dispute it.
    pub may_dispute: bool,
    /// So many answers are unexamined.
    pub unexamined: usize,
    /// What was left open: `7 of 19 factors not graded`; empty where nothing was.
    pub open: String,
}

/// The forms of a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FormList {
    /// Who looks.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// Half filled in, by the viewer.
    pub drafts: Vec<DraftLine>,
    /// Completed: of each form the latest.
    pub filled: Vec<FilledLine>,
    /// What the record says was completed or looked through on paper or in another system: of each the latest.
    pub elsewhere: Vec<KeptElsewhere>,
    /// What can be begun, rulebook by rulebook.
    pub books: Vec<FormBook>,
    /// The viewer may fill in forms of this child.
    pub may_fill: bool,
    /// The child is back since this.
    pub back: String,
}

/// A form that was filled in elsewhere.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct KeptElsewhere {
    /// The entry that says so.
    pub entry: String,
    /// The episode that it stands in; may be empty.
    pub episode: String,
    /// `Prevention plan`.
    pub title: String,
    /// `Completed`, `Looked through`.
    pub what: String,
    /// Who did it.
    pub by: String,
    /// When.
    pub at: When,
    /// Where it is kept; empty where nobody said.
    pub kept_at: String,
    /// When it is to be reviewed; may be empty.
    pub review: String,
    /// That day has passed.
    pub review_late: bool,
}

/// The forms of a rulebook.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FormBook {
    /// Its name.
    pub title: String,
    /// By id.
    pub rulebook: String,
    /// Its forms: the word, the title, what it is for.
    pub forms: Vec<[String; 3]>,
}

/// A form as it was filled in.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FilledForm {
    /// Who looks.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// Which, who, when.
    pub line: FilledLine,
    /// Its edition.
    pub edition: String,
    /// What was answered, under its headings.
    pub sections: Vec<FilledSection>,
    /// The note of the entry.
    pub note: String,
    /// All versions of it, the latest first.
    pub versions: Vec<FilledLine>,
    /// The same form as others filled it in, beside it, the latest first.
    pub beside: Vec<FilledLine>,
    /// The version that it is compared with.
    pub with: Option<FilledLine>,
    /// The episode it belongs to; may be empty.
    pub episode: String,
    /// The viewer may fill in a new version.
    pub may_fill: bool,
}

/// A heading with its answers.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FilledSection {
    /// May be empty.
    pub title: String,
    /// The answers.
    pub answers: Vec<FilledLineOf>,
}

/// An answer, as it is read.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FilledLineOf {
    /// What was asked.
    pub asked: String,
    /// What was answered, paragraph by paragraph.
    pub said: String,
    /// What it rests on; may be empty.
    pub what: String,
    /// Since when; may be empty.
    pub since: String,
    /// Lines of a group: label and text.
    pub lines: Vec<Vec<(String, String)>>,
    /// It stood so before, and nobody has said that it still holds.
    pub unexamined: bool,
    /// It was left open: `Not answered`, `Not graded`; else empty.
    pub open: String,
    /// What the other version says, where it says something else: empty when that is nothing.
    pub other: Option<String>,
    /// Whose word it is, where that is not everybody's to see: `The child's own words`.
    pub class: String,
    /// A photograph, by its id.
    pub photograph: String,
    /// Provisions.
    pub cited: Cited,
}
