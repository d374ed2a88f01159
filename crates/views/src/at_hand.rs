//! What somebody needs at hand where they act: whom to ring and what to say, what they may do, the law, the words.

use super::protocol::Cited;
use super::{ContactCard, Doing, ProtocolItem, ProtocolLink, When};
use serde::Serialize;

/// What stands beside an act.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AtHand {
    /// Whom to ring; empty where the act tells nobody.
    pub ringing: Ringing,
    /// What the viewer may do here.
    pub offers: Vec<Offer>,
    /// Legal powers that belong to it.
    pub powers: Vec<ProtocolItem>,
    /// Words of the protocol that are used here.
    pub words: Vec<ProtocolItem>,
    /// The protocols, for links.
    pub protocols: Vec<ProtocolLink>,
}

/// Whom to ring, and what to say.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Ringing {
    /// By what is to be told.
    pub lines: Vec<RingLine>,
    /// Lines for children, families and those who work with them.
    pub helplines: Vec<ContactCard>,
    /// `Out of office hours now`; empty where no protocol says.
    pub hours: String,
    /// How to begin: `I am ringing about Riley Marsh, aged 14: missing for 2 h.`
    pub say: String,
    /// What to have ready: label and value.
    pub ready: Vec<(String, String)>,
}

impl Ringing {
    /// Every contact of a protocol on it.
    pub fn cards_mut(&mut self) -> impl Iterator<Item = &mut ContactCard> {
        self.lines.iter_mut().flat_map(|line| &mut line.cards).chain(&mut self.helplines)
    }
}

/// One telling, with those to ring for it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct RingLine {
    /// The act, in the area's own words; or who it is.
    pub label: String,
    /// It is the viewer's to do.
    pub mine: bool,
    /// Where it is recorded that it was done.
    pub doing: Option<Doing>,
    /// Whom to ring.
    pub cards: Vec<ContactCard>,
    /// Of whom neither the record nor the protocol has a way to reach them: `Reviewing officer, School`; may be empty.
    pub without: String,
}

/// Something that the viewer may do.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Offer {
    /// `Ask for a strategy meeting`.
    pub title: String,
    /// In words.
    pub says: String,
    /// The event under which it is recorded; empty where there is nothing to record.
    pub event: String,
    /// The act, for the address of the form.
    pub act: String,
    /// Provisions.
    pub cited: Cited,
}

/// A legal power that runs.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PowerRunning {
    /// `Police protection`.
    pub title: String,
    /// When it ends by itself.
    pub until: When,
    /// `Ends in 20 h`, `Ran out 2 h ago`.
    pub left: String,
    /// Where it is only told that it began: `Told by Dana Holt, children's home staff; not confirmed by police`. Else empty.
    pub told: String,
    /// It has run out.
    pub over: bool,
    /// The law.
    pub law: String,
    /// Provisions.
    pub cited: Cited,
}
