//! A protocol on pages of its own: what it asks of whom, its words, whom to ring, the law, its forms. Nothing of it is about a child.

use super::Viewer;
use serde::Serialize;

/// One part of a protocol.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ProtocolPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// Which protocol.
    pub head: ProtocolHead,
    /// The part's word in the address; empty for the first page.
    pub part: String,
    /// The heading of the part: `Whom to ring`.
    pub title: String,
    /// A sentence under it; may be empty.
    pub lead: String,
    /// What is on it.
    pub sections: Vec<ProtocolSection>,
    /// Pages of this part, where it has several: one for each owner, one for each form.
    pub pages: Vec<PartLink>,
    /// The part that this is one page of; empty where it is the whole.
    pub within: String,
}

/// Which protocol, and which edition of it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolHead {
    /// Its word in addresses.
    pub id: String,
    /// The whole title.
    pub title: String,
    /// `Exampleshire`.
    pub short: String,
    /// `2018`.
    pub edition: String,
    /// The edition asked for in the address; empty for the one in force.
    pub asked: String,
    /// `In force from 1 January 2018`.
    pub in_force: String,
    /// When it was to be reviewed; may be empty.
    pub review: String,
    /// Its parts.
    pub parts: Vec<PartLink>,
    /// Its other editions.
    pub editions: Vec<EditionLink>,
}

/// A link to a part of a protocol.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PartLink {
    /// Its address within the protocol: `contacts`, `steps/police`.
    pub part: String,
    /// `Whom to ring`.
    pub title: String,
    /// How much is on it; 0 where that is not said.
    pub count: usize,
}

/// Another edition.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct EditionLink {
    /// `2018`.
    pub edition: String,
    /// `In force from 1 January 2018 until 1 March 2020`.
    pub in_force: String,
}

/// What stands under one heading.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolSection {
    /// The heading; may be empty.
    pub title: String,
    /// What stands there.
    pub items: Vec<ProtocolItem>,
}

/// A text with the provisions it carries out.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Cited {
    /// Their ids, one space between: for the attribute of what is drawn, and for nobody to read.
    pub provisions: String,
    /// `Paragraph 7.18`, `Paragraphs 7.18 and 7.22`; may be empty.
    pub paragraphs: String,
}

/// A duty, a word, a power, a form, a text.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolItem {
    /// Its anchor on the page.
    pub anchor: String,
    /// May be empty.
    pub title: String,
    /// `should`, where it is not a must; may be empty.
    pub badge: String,
    /// In words.
    pub says: String,
    /// Whom to reach, where that is what it is.
    pub contact: Option<ContactCard>,
    /// `For`, `Limit`, `Law`: label and text.
    pub lines: Vec<(String, String)>,
    /// Lists that belong to it.
    pub points: Vec<ProtocolPoints>,
    /// How unclear text is read; may be empty.
    pub reading: String,
    /// Provisions.
    pub cited: Cited,
}

/// A list that belongs to an item.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolPoints {
    /// `What belongs to it`.
    pub title: String,
    /// The list.
    pub points: Vec<ProtocolPoint>,
}

/// One of a list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolPoint {
    /// In words.
    pub text: String,
    /// Behind it, softer; may be empty.
    pub note: String,
    /// Provisions.
    pub cited: Cited,
}

/// Whom to reach, and how.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ContactCard {
    /// Its id in the rulebook, and the rulebook's area: by what a newer number is found.
    pub id: String,
    /// See `id`.
    pub area: String,
    /// The number by which they are reached since the protocol was printed, where somebody has said so.
    pub newer: Option<PhoneLine>,
    /// `Newer, since 3 November 2026, from Grace Oduya`; empty where there is none.
    pub newer_words: String,
    /// `Emergency Duty Team`.
    pub name: String,
    /// The rulebook that names them.
    pub rulebook: String,
    /// `Out of hours`, `In office hours`; may be empty.
    pub reached: String,
    /// As published; may be empty.
    pub hours: String,
    /// What they are for; may be empty.
    pub says: String,
    /// Numbers. None: the page says so.
    pub phones: Vec<PhoneLine>,
    /// May be empty.
    pub email: String,
    /// Postal address; may be empty.
    pub address: String,
    /// May be empty.
    pub web: String,
    /// `As printed in January 2018`; may be empty.
    pub as_of: String,
    /// A line for children, families or the public.
    pub helpline: bool,
    /// Provisions.
    pub cited: Cited,
}

/// A telephone number.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhoneLine {
    /// As published: `101 ext. 341015`.
    pub number: String,
    /// As it is dialled: the extension comes after a pause, a menu's choice is pressed by hand.
    pub dial: String,
    /// What it is for, and when it is answered; may be empty.
    pub note: String,
}

/// The protocols that somebody may read.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolList {
    /// Of the area in which they work, and of the children they work with.
    pub own: Vec<ProtocolLink>,
    /// The others.
    pub others: Vec<ProtocolLink>,
}

/// A link to a protocol.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ProtocolLink {
    /// Its word in addresses.
    pub id: String,
    /// Its edition, where it is not the one in force; may be empty.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// `In force from 1 January 2018`.
    pub in_force: String,
}
