//! What a rulebook file says that is shown or filled in, as it is written: permissions, forms, registers, contacts, powers, words, guidance.

use super::source::{Cites, Readings, Text};
use crate::source::{one_line, one_line_or_none};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Permission {
    pub id: Text,
    pub who: Vec<Text>,
    pub action: Option<Text>,
    pub when: Option<Text>,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub says: Option<String>,
    #[serde(default)]
    pub cite: Cites,
    #[serde(default, alias = "field")]
    pub fields: Vec<FormField>,
    pub records: Option<Text>,
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, Text>,
    pub class: Option<Text>,
    pub review_within: Option<Text>,
    #[serde(default)]
    pub also: Vec<Also>,
    pub reading: Option<Readings>,
    pub as_of: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Also {
    pub event: Text,
    pub at: Option<Text>,
    pub unless: Option<Text>,
    #[serde(default)]
    pub leads: bool,
    #[serde(default)]
    pub answers: std::collections::BTreeMap<String, Text>,
    #[serde(default)]
    pub asks: std::collections::BTreeMap<String, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FormField {
    pub id: Text,
    #[serde(default, deserialize_with = "one_line")]
    pub label: String,
    #[serde(rename = "type")]
    pub kind: Option<Text>,
    pub fact: Option<Text>,
    pub particular: Option<Text>,
    pub event: Option<Text>,
    pub yes: Option<Text>,
    pub reads: Option<Text>,
    pub class: Option<Text>,
    pub stage: Option<Text>,
    pub details: Option<Text>,
    #[serde(default)]
    pub lines: Vec<LineField>,
    pub keeps: Option<Text>,
    #[serde(default)]
    pub cite: Cites,
    #[serde(default)]
    pub graded: Vec<String>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub help: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub section: Option<String>,
}

/// What is asked of each line of a repeated group.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineField {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub label: String,
    #[serde(rename = "type")]
    pub kind: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Register {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    #[serde(default)]
    pub columns: Vec<Column>,
    pub among: Option<Text>,
    pub when: Option<Text>,
    #[serde(default)]
    pub duties: Vec<Text>,
    #[serde(default)]
    pub who: Vec<Text>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Panel {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub chair: Option<Text>,
    #[serde(default)]
    pub members: Vec<Text>,
    pub meeting: Text,
    pub discusses: Option<Text>,
    pub meets: Option<Text>,
    #[serde(default)]
    pub confidentiality: bool,
    #[serde(default)]
    pub agenda: Vec<AgendaItem>,
    #[serde(default)]
    pub papers: Vec<Text>,
    #[serde(default)]
    pub minutes: Vec<Column>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaItem {
    pub duty: Option<Text>,
    pub register: Option<Text>,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    #[serde(deserialize_with = "one_line")]
    pub label: String,
    #[serde(default)]
    pub shows: Vec<Text>,
    #[serde(default)]
    pub cite: Cites,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contact {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    pub role: Option<Text>,
    #[serde(default)]
    pub phones: Vec<Phone>,
    pub email: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub address: Option<String>,
    pub web: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub hours: Option<String>,
    pub reached: Option<Text>,
    #[serde(default)]
    pub helpline: bool,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub says: Option<String>,
    #[serde(default)]
    pub cite: Cites,
    pub as_of: Option<String>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phone {
    pub number: Text,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub says: Option<String>,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub hours: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Power {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default, deserialize_with = "one_line_or_none")]
    pub law: Option<String>,
    #[serde(default)]
    pub at: Vec<Text>,
    pub runs: Option<Runs>,
    #[serde(default)]
    pub cite: Cites,
    pub as_of: Option<String>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Runs {
    pub from: Text,
    pub until: Option<Text>,
    pub lasts: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Definition {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub term: String,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub as_of: Option<String>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guidance {
    pub id: Text,
    pub at: Text,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub as_of: Option<String>,
    pub reading: Option<Readings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statistic {
    pub id: Text,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
    #[serde(deserialize_with = "one_line")]
    pub says: String,
    #[serde(default)]
    pub cite: Cites,
    pub every: Option<String>,
    pub reading: Option<Readings>,
}
