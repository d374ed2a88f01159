//! Why is this due? One answer for each rulebook that asks for the act.

use super::{AtHand, ChildHead, DutyLine, Gap, Limit, Modality, State, Viewer, When};
use serde::{Serialize, Serializer};

/// The page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Why {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The line as it stands in lists.
    pub line: DutyLine,
    /// Of what is asked again and again, the last of the other times that are overdue as this one is, the earliest first.
    pub other_times: Vec<DutyLine>,
    /// So many other times there are.
    pub other_count: usize,
    /// Each rulebook's answer, the strictest first.
    pub sources: Vec<WhySource>,
    /// Whom to ring, what one may do, the law and the words.
    pub hand: AtHand,
}

/// Why, by one rulebook.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct WhySource {
    /// The rulebook's title.
    pub rulebook: String,
    /// `edition 2018, content 3f2a91c0b7de, asked at 03:12 today`.
    pub edition: String,
    /// The act, in this rulebook's words.
    pub label: String,
    /// The rule in words.
    pub says: String,
    /// The rule's id.
    pub rule: String,
    /// The provisions it carries out.
    pub provisions: Vec<ProvisionLine>,
    /// Whose it is.
    pub owner_name: String,
    /// Its state.
    #[serde(serialize_with = "super::duty::state")]
    pub state: State,
    /// `Due by 18:00 tomorrow; asked since 18:00 today.`
    pub state_words: String,
    /// The limit.
    pub limit: Limit,
    /// The limit in the rule's words: `within 72 h from the start of the episode`; may be empty.
    pub limit_words: String,
    /// Where the limit or the owner is a local setting and not the protocol's; may be empty.
    pub local: String,
    /// The facts and entries it hangs on.
    pub because: Vec<Reason>,
    /// Facts that nobody recorded, and that would decide.
    pub missing: Vec<Gap>,
    /// What it overrides.
    pub overrides: Vec<Override>,
    /// How unclear text is read; may be empty.
    pub reading: String,
    /// Who is to be told, and when they were.
    pub tells: Vec<Toward>,
    /// What belongs to the act.
    pub checklist: Vec<Toward>,
    /// The limit became tighter and was past already: `The limit became tighter at 19:10 today and was past by then.`; may be empty.
    pub tightened: String,
    /// The rule that comes before; may be empty.
    pub after: String,
}

/// A provision.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProvisionLine {
    /// `NORTHANTS-7.22-e`.
    pub id: String,
    /// The paraphrase.
    pub text: String,
    /// The paragraph as people call it: `Paragraph 7.22`, `Appendix 4`; may be empty.
    pub paragraph: String,
}

/// A reason.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Reason {
    /// `The child was not where expected`, `Police risk grade: high`.
    pub words: String,
    /// When it happened, or since when it is so.
    pub at: Option<When>,
    /// `recorded 22:40 today`, where that differs; may be empty.
    pub recorded: String,
    /// The entry, for a link into the timeline.
    pub entry: Option<String>,
}

/// What an exception overrides.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Override {
    /// `Because the risk is high, ...`: the exception in words.
    pub words: String,
    /// `Without it: within 72 h, 18:00 on Thu 8 Jan`; may be empty.
    pub otherwise: String,
    /// Provisions.
    pub provisions: String,
}

/// Somebody to be told, or something that belongs to the act.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Toward {
    /// In words.
    pub text: String,
    /// When it was done.
    pub done: Option<When>,
    /// What was answered to it on a form: `Yes`, `No: nobody has a key`; empty while it is open.
    pub answer: String,
    /// `Dana Holt, at 18:40 today`; may be empty.
    pub answered: String,
    /// How strongly it is asked, where that is said.
    #[serde(serialize_with = "modality")]
    pub modality: Option<Modality>,
    /// It cannot be told whether it concerns this child.
    pub cannot_tell: bool,
    /// Provisions.
    pub provisions: String,
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes it by reference")]
fn modality<S: Serializer>(modality: &Option<Modality>, serializer: S) -> Result<S::Ok, S::Error> {
    modality.map(Modality::word).serialize(serializer)
}
