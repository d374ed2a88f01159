//! The shape of vocabulary files, as TOML. Nothing here is checked for sense.

use crate::source::one_line;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    #[serde(default)]
    pub role: Vec<Role>,
    #[serde(default)]
    pub fact: Vec<Fact>,
    #[serde(default)]
    pub event: Vec<Event>,
    #[serde(default)]
    pub action: Vec<Action>,
    #[serde(default)]
    pub form: Vec<Form>,
    #[serde(default)]
    pub bank_holiday: Vec<BankHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Role {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    pub kind: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fact {
    pub id: Spanned<String>,
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
    pub if_silent: Option<Spanned<toml::Value>>,
    pub derived: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
    pub episode: Option<Spanned<String>>,
    pub start_at: Option<Spanned<String>>,
    #[serde(default)]
    pub after_return: bool,
    #[serde(default)]
    pub field: Vec<Field>,
    #[serde(default)]
    pub sets: Vec<Sets>,
    pub tells: Option<Tells>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tells {
    pub role: Spanned<String>,
    pub about: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Field {
    pub id: Spanned<String>,
    #[serde(rename = "type")]
    pub kind: Spanned<String>,
    #[serde(default)]
    pub values: Vec<String>,
    #[serde(default)]
    pub required: bool,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sets {
    pub fact: Spanned<String>,
    pub value: Option<Spanned<toml::Value>>,
    pub field: Option<Spanned<String>>,
    #[serde(default)]
    pub moment: bool,
    #[serde(rename = "where")]
    pub when: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    pub kind: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
    pub about: Option<Spanned<String>>,
    pub what: Option<Spanned<String>>,
    #[serde(default)]
    pub met_by: Vec<MetBy>,
    #[serde(default)]
    pub only_by: Vec<Spanned<String>>,
    #[serde(default)]
    pub never_by: Vec<Spanned<String>>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetBy {
    pub event: Spanned<String>,
    #[serde(rename = "where")]
    pub when: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Form {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BankHoliday {
    pub date: Spanned<String>,
    #[expect(dead_code, reason = "for the reader of the file")]
    pub name: String,
}
