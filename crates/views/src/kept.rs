//! What is kept of a child beside what happened: where the child lives, who is around, who the child is. What holds now, and its history.

use super::{ChildHead, FormField, Viewer, When};
use serde::Serialize;

/// A page on which something of it is changed.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct KeptForm {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The version of the record, for the hidden field `version`.
    pub version: i64,
    /// `The child moved`.
    pub title: String,
    /// A sentence under it.
    pub lead: String,
    /// What is asked.
    pub fields: Vec<FormField>,
    /// The words on the button.
    pub button: String,
}

/// What somebody said at some time, and how they knew.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Said {
    /// When it was written down.
    pub at: When,
    /// `Owen Pryce`; may be empty.
    pub by: String,
    /// What was done: `It ended`.
    pub act: String,
    /// Labels and values, as they were then.
    pub lines: Vec<(String, String)>,
    /// How they knew; may be empty.
    pub source: String,
    /// Why it was put right; may be empty.
    pub reason: String,
}

/// A number to ring.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Ring {
    /// As written.
    pub number: String,
    /// Whose it is, and when: `by night`; may be empty.
    pub what: String,
}

/// Where a child lives, lived, and is to live.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Living {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The viewer may see where the child lives.
    pub may_see: bool,
    /// The viewer says where the child lives.
    pub may_place: bool,
    /// A place of the child is withheld from the viewer, until a second person opens it.
    pub withheld: bool,
    /// What holds now, what began last first.
    pub now: Vec<Stay>,
    /// What is planned, the next first.
    pub planned: Vec<Stay>,
    /// What has ended, the latest first.
    pub past: Vec<Stay>,
    /// What was entered by mistake.
    pub mistaken: Vec<Stay>,
}

/// A placement, or the family home.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Stay {
    /// Its id.
    pub id: String,
    /// `Larkfield House`.
    pub name: String,
    /// `Children's home`; may be empty.
    pub kind: String,
    /// The code of the children looked after return; may be empty.
    pub code: String,
    /// It is respite beside another.
    pub respite: bool,
    /// From when.
    pub from: When,
    /// Until when; none while it lasts.
    pub until: Option<When>,
    /// Numbers to ring.
    pub rings: Vec<Ring>,
    /// Labels and values of all else.
    pub lines: Vec<(String, String)>,
    /// What was said of it, the last first.
    pub history: Vec<Said>,
}

/// The people around a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Around {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The viewer may add and change.
    pub may_change: bool,
    /// Who is around the child now: under what they are.
    pub groups: Vec<(String, Vec<Someone>)>,
    /// Who was.
    pub past: Vec<Someone>,
    /// Who was entered by mistake.
    pub mistaken: Vec<Someone>,
}

/// Somebody around a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Someone {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// `Social worker`, `Mother`; may be empty.
    pub what: String,
    /// Numbers to ring.
    pub rings: Vec<Ring>,
    /// May be empty.
    pub email: String,
    /// Labels and values of all else.
    pub lines: Vec<(String, String)>,
    /// The viewer may put right what is said of them.
    pub may_correct: bool,
    /// Other children around whom they are, of those whom the viewer may see: the id and the name.
    pub also: Vec<(String, String)>,
    /// Those of them to whom they pose a risk, by name.
    pub risk_to: Vec<String>,
    /// What was said of them, the last first.
    pub history: Vec<Said>,
}

/// Who a child is.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Particulars {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The viewer may change it.
    pub may_change: bool,
    /// Group by group.
    pub groups: Vec<ParticularGroup>,
}

/// What is asked together of who a child is.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ParticularGroup {
    /// The word of its address.
    pub id: String,
    /// What people read.
    pub title: String,
    /// Labels and values of what holds now.
    pub lines: Vec<(String, String)>,
    /// What was changed, the last first.
    pub history: Vec<Said>,
}
