//! What is known of a child: sections of facts, each with what holds now, since when and from whom, and its history; the form in which
//! facts are changed or put right; and the facts that are missing, each to be led to.

use super::{ChildHead, FormField, Viewer, When};
use serde::Serialize;

/// The page on what is known of a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FactsPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// Sections, in order.
    pub sections: Vec<FactSection>,
}

/// Facts under one heading.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FactSection {
    /// The group; empty for what is recorded by entries.
    pub group: String,
    /// The heading.
    pub title: String,
    /// Its facts, in order.
    pub facts: Vec<KnownFact>,
    /// The viewer may change them.
    pub may_change: bool,
}

/// A fact, and how it came to be known.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct KnownFact {
    /// The word, for an anchor.
    pub fact: String,
    /// `Legal status`.
    pub label: String,
    /// `Care order`; `Nobody has answered this`.
    pub value: String,
    /// It holds now.
    pub known: bool,
    /// Since when; none where it was always so or is not known.
    pub since: Option<When>,
    /// `told by the school`; may be empty.
    pub source: String,
    /// Taken from where the report was made, and confirmed by nobody.
    pub unconfirmed: bool,
    /// Everything that was ever recorded of it, latest first.
    pub history: Vec<FactStory>,
    /// How much of its history there is in all.
    pub history_count: usize,
    /// Where it is filled in, where that is an entry.
    pub gap: Option<Gap>,
}

/// Something that was recorded of a fact.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FactStory {
    /// The id of the line; empty for what an entry says.
    pub id: String,
    /// The entry that says it; empty for a line.
    pub entry: String,
    /// The value in words.
    pub value: String,
    /// `always`, `since Tue 3 Mar 10:00`, `from … until …`.
    pub held: String,
    /// When it was recorded.
    pub recorded: When,
    /// Who recorded it.
    pub by: String,
    /// `told by the school`; may be empty.
    pub source: String,
    /// Free text.
    pub note: String,
    /// Why it was wrong, who said so and when; empty for what stands.
    pub wrong: String,
    /// The viewer may say that it was wrong.
    pub may_correct: bool,
}

/// The form in which facts are changed, or one line of a fact is put right.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FactForm {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The version of the record, for the hidden field `version`.
    pub version: i64,
    /// The group.
    pub group: String,
    /// Its heading.
    pub title: String,
    /// The facts, in order.
    pub fields: Vec<FormField>,
    /// Why what was recorded was wrong, where a line is put right.
    pub why: Option<FormField>,
    /// Since when, until when, where from, and a note.
    pub terms: Vec<FormField>,
    /// What is put right.
    pub correcting: Option<FactStory>,
}

/// A fact that nobody recorded, and where it is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Gap {
    /// The word.
    pub fact: String,
    /// What people read.
    pub label: String,
    /// Where it is filled in.
    pub place: GapPlace,
    /// The episode it is about, where it is about one.
    pub episode: String,
    /// So many lines of what cannot be told hang on it.
    pub lines: usize,
    /// It is filled in by what is supposed, which nobody has confirmed: `Exampleshire`; empty for what is not known at all.
    pub supposed: String,
}

/// Where a fact is filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapPlace {
    /// With what is known of the child, in this group.
    Group(String),
    /// On the form of this event.
    Event(String),
    /// With the placement.
    Placement,
    /// In this entry, which leaves it out: where it is put right.
    Entry(String),
    /// Nowhere that the viewer can be led to.
    #[default]
    Nowhere,
}
