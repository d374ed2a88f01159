//! The shape of vocabulary files, as TOML. Nothing here is checked for sense.

use crate::source::one_line;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub learned_within: Option<Spanned<String>>,
    #[serde(default)]
    pub role: Vec<Role>,
    #[serde(default)]
    pub group: Vec<Group>,
    #[serde(default)]
    pub fact_group: Vec<FactGroup>,
    #[serde(default)]
    pub authority: Vec<Authority>,
    #[serde(default)]
    pub police_force: Vec<PoliceForce>,
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
    /// Who a child is: read where it is asked, and nothing is evaluated from it.
    #[serde(default, rename = "particular")]
    pub _particular: Vec<serde::de::IgnoredAny>,
    #[serde(default, rename = "particular_group")]
    pub _particular_group: Vec<serde::de::IgnoredAny>,
    /// Codes of the return for placements: likewise.
    #[serde(default, rename = "placement_code")]
    pub _placement_code: Vec<serde::de::IgnoredAny>,
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
    #[serde(default)]
    pub part_of: Vec<Spanned<String>>,
    #[serde(default)]
    pub acts_for: Vec<Spanned<String>>,
    #[serde(default)]
    pub same_post: Vec<Spanned<String>>,
    #[serde(default)]
    pub in_person: bool,
    pub exists_when: Option<Spanned<String>>,
    #[serde(default)]
    pub seen_to_by: Vec<SeenTo>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SeenTo {
    pub role: Spanned<String>,
    pub when: Option<Spanned<String>>,
}

/// A closed answer: its label, or its label with more.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Answer {
    Label(String),
    More(AnswerMore),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerMore {
    pub label: String,
    #[serde(default)]
    pub hint: String,
    pub class: Option<String>,
}

/// The words of closed answers, by the word in the record.
pub(super) type Answers = std::collections::BTreeMap<Spanned<String>, Answer>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
    #[serde(default)]
    pub roles: Vec<Spanned<String>>,
    #[serde(default)]
    pub areas: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactGroup {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EarlierCode {
    pub code: String,
    pub until: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PoliceForce {
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    pub nation: String,
    pub areas: Spanned<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Authority {
    pub id: Spanned<String>,
    #[serde(deserialize_with = "one_line")]
    pub name: String,
    pub nation: String,
    #[serde(default)]
    pub code: String,
    #[serde(default)]
    pub earlier: Vec<EarlierCode>,
    pub from: Option<Spanned<String>>,
    pub until: Option<Spanned<String>>,
    pub within: Option<String>,
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
    #[serde(default)]
    pub label: String,
    #[serde(default)]
    pub hint: String,
    pub group: Option<Spanned<String>>,
    #[serde(default)]
    pub planned: bool,
    #[serde(default)]
    pub words: Answers,
    pub class: Option<Spanned<String>>,
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
    #[serde(default, deserialize_with = "one_line")]
    pub hint: String,
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub after_return: bool,
    #[serde(default)]
    pub for_the_record: bool,
    #[serde(default)]
    pub by_action: bool,
    pub doer: Option<Spanned<String>>,
    #[serde(default)]
    pub joint: bool,
    #[serde(default)]
    pub attaches: bool,
    #[serde(default)]
    pub said_by: Vec<Spanned<String>>,
    pub class: Option<Spanned<String>>,
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
    #[serde(default)]
    pub needed: bool,
    #[serde(deserialize_with = "one_line")]
    pub doc: String,
    #[serde(default, deserialize_with = "one_line")]
    pub label: String,
    #[serde(default, deserialize_with = "one_line")]
    pub hint: String,
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub lines: u8,
    #[serde(default)]
    pub planned: bool,
    #[serde(default)]
    pub words: Answers,
    pub class: Option<Spanned<String>>,
    #[serde(default)]
    pub hides_entry: bool,
    #[serde(default)]
    pub place: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sets {
    pub fact: Spanned<String>,
    pub value: Option<Spanned<toml::Value>>,
    pub field: Option<Spanned<String>>,
    #[serde(default)]
    pub moment: bool,
    #[serde(default)]
    pub first: bool,
    #[serde(default)]
    pub ends: bool,
    #[serde(default)]
    pub unknown: bool,
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
    pub answers: Vec<Spanned<String>>,
    #[serde(default)]
    pub former: Vec<Spanned<String>>,
    #[serde(default)]
    pub words: Answers,
    #[serde(default)]
    pub only_by: Vec<Spanned<String>>,
    #[serde(default)]
    pub said_by: Vec<Spanned<String>>,
    #[serde(default)]
    pub never_by: Vec<Spanned<String>>,
    #[serde(default)]
    pub tells: Vec<Spanned<String>>,
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
