//! The shape of rulebook files, as TOML: every block and key there is. Nothing here is checked for sense.

use super::loose::Loose;
use crate::source::{one_line, one_line_or_none};
use crate::vocabulary::MetBySource;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;
use toml::Spanned;

pub(super) use super::source_data::{
    Also, Column, Contact, Definition, Form, FormField, Guidance, Panel, Permission, Power, Register, Runs, Statistic,
};

pub(super) type Text = Spanned<String>;
pub(super) type Cites = Vec<Text>;

/// `rulebook.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TitlePage {
    pub id: Text,
    pub edition: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    pub area: Text,
    pub kind: Option<Text>,
    pub in_force_from: Text,
    pub in_force_until: Option<Text>,
    pub review_due: Option<Text>,
    pub applies_to: Option<Text>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub running_episodes: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub supersedes: Option<String>,
    pub applies: Option<Applies>,
    pub concerns: Option<Applies>,
    #[serde(default)]
    pub cite: Cites,
    #[serde(default)]
    pub names: BTreeMap<Text, String>,
    #[serde(default)]
    pub setting: Vec<Setting>,
    #[serde(default)]
    pub term: Vec<Term>,
    #[serde(default)]
    pub reading: Vec<Reading>,
    pub office_hours: Option<OfficeHours>,
    pub night: Option<Night>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Applies {
    pub when: Text,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Setting {
    pub id: Text,
    #[serde(rename = "type")]
    pub kind: Text,
    pub default: Spanned<toml::Value>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeHours {
    pub days: Vec<Text>,
    pub from: Text,
    pub until: Text,
    #[serde(default)]
    pub local: bool,
    #[serde(default)]
    pub cite: Cites,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Night {
    pub from: Text,
    pub until: Text,
    #[serde(default)]
    pub local: bool,
    #[serde(default)]
    pub cite: Cites,
}

/// Any other rulebook file.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    #[serde(default)]
    pub duty: Vec<Duty>,
    #[serde(default)]
    pub table: Vec<Table>,
    #[serde(default)]
    pub refusal: Vec<Verdict>,
    #[serde(default)]
    pub warning: Vec<Verdict>,
    #[serde(default)]
    pub conflict: Vec<Conflict>,
    #[serde(default)]
    pub holds: Vec<Holds>,
    #[serde(default)]
    pub permission: Vec<Permission>,
    #[serde(default)]
    pub form: Vec<Form>,
    #[serde(default)]
    pub register: Vec<Register>,
    #[serde(default)]
    pub panel: Vec<Panel>,
    #[serde(default)]
    pub contact: Vec<Contact>,
    #[serde(default)]
    pub power: Vec<Power>,
    #[serde(default)]
    pub definition: Vec<Definition>,
    #[serde(default)]
    pub guidance: Vec<Guidance>,
    #[serde(default)]
    pub statistic: Vec<Statistic>,
    #[serde(default)]
    pub set_aside: Vec<SetAside>,
    #[serde(default)]
    pub pending: Vec<Pending>,
    #[serde(default)]
    pub setting: Vec<Setting>,
    #[serde(default)]
    pub term: Vec<Term>,
    #[serde(default)]
    pub reading: Vec<Reading>,
}

/// A condition named once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Term {
    pub id: Text,
    pub when: Text,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Duty {
    pub id: Text,
    pub action: Text,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub label: Option<String>,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub modality: Option<Text>,
    pub owner: Owner,
    pub by: Option<By>,
    #[serde(default)]
    pub parties: Vec<Party>,
    pub concerns: Option<Text>,
    pub scope: Option<Text>,
    pub arises: Arises,
    pub when: Option<Text>,
    pub until: Option<Text>,
    pub due: Option<Due>,
    pub reading: Option<Readings>,
    pub repeat: Option<Repeat>,
    #[serde(default)]
    pub series: Vec<Step>,
    pub series_from: Option<Text>,
    pub opens: Option<Text>,
    pub met_by: Option<MetBy>,
    pub counts_from: Option<Text>,
    #[serde(default, alias = "recipient")]
    pub recipients: Vec<Spanned<Recipient>>,
    pub about: Option<Text>,
    #[serde(default)]
    pub checklist: Vec<Item>,
    pub after: Option<Text>,
    #[serde(default)]
    pub exception: Vec<Exception>,
}

/// How unclear text is read: the id of a reading, or a list of ids.
pub(super) type Readings = Spanned<Loose<IgnoredAny, Text>>;

/// A reading of unclear text, in the register.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reading {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(deserialize_with = "one_line")]
    pub why: String,
    #[serde(deserialize_with = "one_line")]
    pub otherwise: String,
    #[serde(default)]
    pub cite: Cites,
}

/// Entries that meet something: one table or a list of them.
pub(super) type MetBy = Spanned<Loose<MetBySource, MetBySource>>;

/// A role, or a table or setting that gives one.
pub(super) type Owner = Spanned<Loose<OwnerOf, IgnoredAny>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnerOf {
    pub table: Option<Text>,
    pub setting: Option<Text>,
    pub from_log: Option<Text>,
    #[serde(default)]
    pub among: Vec<Text>,
    #[serde(rename = "else")]
    pub otherwise: Option<Text>,
}

/// Who may carry something out: `"anyone"`, or a list of roles.
pub(super) type By = Spanned<Loose<IgnoredAny, Text>>;

/// Somebody who does the act for themselves.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Party {
    pub role: Text,
    #[serde(default)]
    pub cite: Cites,
    pub when: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Arises {
    pub on: Option<On>,
    #[serde(rename = "where")]
    pub filter: Option<Text>,
    pub once: Option<Text>,
    pub count: Option<Count>,
    #[serde(rename = "while")]
    pub state: Option<Text>,
    pub lasted: Option<Text>,
    pub lasted_more_than: Option<Text>,
    pub since: Option<Text>,
    #[serde(default)]
    pub stands: bool,
    pub spell: Option<Text>,
}

/// A fact that holds while something else is so.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holds {
    pub id: Text,
    pub fact: Text,
    pub value: Spanned<toml::Value>,
    #[serde(rename = "while")]
    pub state: Text,
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
}

/// An event, or a list of events each with its condition.
pub(super) type On = Spanned<Loose<MetBySource, MetBySource>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Count {
    pub at_least: u32,
    pub within: Text,
    #[serde(default)]
    pub each: bool,
}

/// A limit: the word `immediately`, or a table.
pub(super) type Due = Spanned<Loose<DueOf, IgnoredAny>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DueOf {
    pub within: Option<Text>,
    pub from: Option<Text>,
    pub by: Option<Text>,
    #[serde(rename = "else")]
    pub otherwise: Option<Box<Due>>,
    #[serde(default)]
    pub end_of_day: bool,
    pub table: Option<Text>,
    pub setting: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Repeat {
    pub every: Option<Text>,
    pub first: Option<Text>,
    pub each: Option<Spanned<Loose<IgnoredAny, Text>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Step {
    pub at: Option<Text>,
    pub every: Option<Text>,
    pub times: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Recipient {
    pub role: Option<Text>,
    pub from_log: Option<Text>,
    #[serde(default)]
    pub cite: Cites,
    pub when: Option<Text>,
    pub at: Option<Text>,
    pub modality: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Item {
    #[serde(deserialize_with = "one_line")]
    pub text: String,
    #[serde(default)]
    pub cite: Cites,
    pub modality: Option<Text>,
    pub when: Option<Text>,
    pub met_by: Option<MetBy>,
    pub by: Option<By>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exception {
    pub id: Text,
    #[serde(default)]
    pub cite: Cites,
    pub when: Text,
    pub at: Option<Text>,
    pub due: Option<Due>,
    pub owner: Option<Owner>,
    pub modality: Option<Text>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub label: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub says: Option<String>,
    pub reading: Option<Readings>,
    #[serde(default)]
    pub not_required: bool,
    #[serde(default)]
    pub checklist: Vec<Item>,
    #[serde(default, alias = "recipient")]
    pub recipients: Vec<Spanned<Recipient>>,
    #[serde(default)]
    pub exception: Vec<Exception>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub output: Text,
    pub at: Option<Text>,
    #[serde(alias = "row")]
    pub rows: Vec<Row>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub when: Text,
    pub then: Text,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verdict {
    pub id: Text,
    pub on: On,
    #[serde(rename = "where")]
    pub filter: Option<Text>,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub instead: Option<String>,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Conflict {
    pub id: Text,
    #[serde(rename = "while")]
    pub state: Text,
    pub owner: Owner,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub label: Option<String>,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetAside {
    #[serde(default)]
    pub cite: Cites,
    pub reason: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pending {
    #[serde(default)]
    pub cite: Cites,
    pub needs: Text,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub reason: Option<String>,
}
