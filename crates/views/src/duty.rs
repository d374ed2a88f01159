//! A duty as one line of a list: one act, though several rulebooks may ask for it.

use super::{DutyKey, Gap, Limit, Modality, State, When};
use serde::{Serialize, Serializer};

/// A line. Duties for the same act from several rulebooks are one line, with the strictest limit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DutyLine {
    /// The key of the duty, for `/children/{child}/why/{key}`.
    pub key: DutyKey,
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub child_name: String,
    /// Initials, for a picture: `RM`.
    pub initials: String,
    /// The episode's id, for `/children/{child}/episodes/{episode}`.
    pub episode: Option<String>,
    /// The act, in the area's own words: `Hold the first strategy meeting`.
    pub label: String,
    /// Who is still to be told, where it is telling and the label does not say it: `Police, Emergency Duty Team (EDT)`.
    pub to_tell: String,
    /// The role that owns it; empty when that cannot be told.
    pub owner: String,
    /// The owner in the area's own words; `cannot be told yet`.
    pub owner_name: String,
    /// Mine: the owner is a role that the viewer answers for.
    pub mine: bool,
    /// Why it is on the viewer's list, where it is somebody else's: `For the parent to do: see to it that it is done`; else empty.
    pub why_mine: String,
    /// How it stands.
    #[serde(serialize_with = "state")]
    pub state: State,
    /// By when.
    pub limit: Limit,
    /// Of a limit that had passed when what brought the duty about became known: when that was; else empty.
    pub known_late: String,
    /// It is asked again and again, and this is one of the times.
    pub repeats: bool,
    /// The other times at which the same was to be done, and is overdue as this one is; the earliest first.
    pub other_times: Vec<DutyLine>,
    /// Since when it is asked, or when it will be.
    pub arises: When,
    /// When it was done, lapsed or was waived.
    pub done: Option<When>,
    /// How strongly it is asked.
    #[serde(serialize_with = "modality")]
    pub modality: Modality,
    /// What cannot be told, as a question to answer: `Not recorded: looked after by a local authority`; else empty.
    pub missing: String,
    /// What the entry that did it leaves open: `not said: who chaired`, `complete, 7 of 19 factors not graded`; empty where it is whole.
    pub left_open: String,
    /// The facts that are missing, each with where it is filled in.
    pub gaps: Vec<Gap>,
    /// It calls the police, and is not done: it comes before everything else.
    pub alarm: bool,
    /// `limit set locally`, where the limit or the owner is a local setting; else empty.
    pub local: String,
    /// What another protocol asks that contradicts this one, in words; empty where none does.
    pub contradicts: String,
    /// A contradiction in the record to settle, rather than an act of the protocol.
    pub conflict: bool,
    /// Where it comes from: one for each rulebook on the line.
    pub sources: Vec<Source>,
    /// The page on which it is done; none for what is finished or has not arisen.
    pub doing: Option<Doing>,
}

/// A line of nothing, to be filled in.
impl Default for DutyLine {
    fn default() -> DutyLine {
        DutyLine {
            key: DutyKey::default(),
            child: String::new(),
            child_name: String::new(),
            initials: String::new(),
            episode: None,
            label: String::new(),
            to_tell: String::new(),
            owner: String::new(),
            owner_name: String::new(),
            mine: false,
            why_mine: String::new(),
            state: State::Due,
            limit: Limit::default(),
            known_late: String::new(),
            repeats: false,
            other_times: Vec::new(),
            arises: When::default(),
            done: None,
            modality: Modality::Must,
            missing: String::new(),
            left_open: String::new(),
            gaps: Vec::new(),
            alarm: false,
            local: String::new(),
            contradicts: String::new(),
            conflict: false,
            sources: Vec::new(),
            doing: None,
        }
    }
}

/// A state as its word.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it by reference")]
pub(crate) fn state<S: Serializer>(state: &State, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.word())
}

/// A modality as its word.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it by reference")]
pub(crate) fn modality<S: Serializer>(modality: &Modality, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(modality.word())
}

/// A rulebook that asks for the act.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Source {
    /// `Area`.
    pub rulebook: String,
    /// `NORTHANTS-7.22-e, NORTHANTS-7.17-a`.
    pub provisions: String,
}

/// Where a duty is done: `/children/{child}/record/{event}?duty={key}`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Doing {
    /// The event to record.
    pub event: String,
    /// The words on the button: `Record it`, `Tell them`, `Record the decision`.
    pub label: String,
    /// The key of the duty, which fills in what is known.
    pub duty: DutyKey,
}

/// Duties of one owner.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct DutyGroup {
    /// The role.
    pub owner: String,
    /// In the area's own words.
    pub owner_name: String,
    /// The viewer's own. Own groups come first.
    pub mine: bool,
    /// Most pressing first.
    pub lines: Vec<DutyLine>,
}
