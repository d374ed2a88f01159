//! How the columns of files become records: a mapping, in TOML. `mappings/README.md` says what may be written.

use serde::Deserialize;
use std::collections::BTreeMap;

/// The mappings that are part of the program, by name.
const GIVEN: [(&str, &str); 3] = [
    ("whereabouts", include_str!("../../../../mappings/whereabouts.toml")),
    ("ssda903", include_str!("../../../../mappings/ssda903.toml")),
    ("d2i-ssd", include_str!("../../../../mappings/d2i-ssd.toml")),
];

/// The mappings that are part of the program: name and text.
pub fn given() -> &'static [(&'static str, &'static str)] {
    &GIVEN
}

/// A mapping.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What the ids of the files are ids of.
    pub source: String,
    /// The order of dates; none where the mapping does not say.
    #[serde(default)]
    pub dates: Option<Order>,
    /// The name of a child whose file gives none.
    #[serde(default)]
    pub nameless: Option<String>,
    /// Children keep the ids of the file.
    #[serde(default)]
    pub keep_ids: bool,
    /// Agencies that work with every child, by name or id.
    #[serde(default)]
    pub agencies: Vec<String>,
    /// The tables.
    pub table: Vec<Of>,
}

/// The order in which a date is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[expect(clippy::enum_variant_names, reason = "which comes first is what they say")]
pub enum Order {
    /// As in England.
    #[serde(rename = "day/month/year")]
    DayFirst,
    /// As in America.
    #[serde(rename = "month/day/year")]
    MonthFirst,
    /// As in ISO 8601.
    #[serde(rename = "year-month-day")]
    YearFirst,
}

/// What a row is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An agency.
    Agency,
    /// A line of the directory of homes.
    Home,
    /// A postcode, with the authority in whose area it lies.
    Postcode,
    /// A child.
    Child,
    /// A dated fact of a child.
    Fact,
    /// Somebody around a child.
    Person,
    /// A placement.
    Placement,
    /// A past episode.
    Episode,
    /// An entry of the chronology.
    Entry,
}

impl Kind {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Agency => "agency",
            Kind::Home => "home",
            Kind::Postcode => "postcode",
            Kind::Child => "child",
            Kind::Fact => "fact",
            Kind::Person => "person",
            Kind::Placement => "placement",
            Kind::Episode => "episode",
            Kind::Entry => "entry",
        }
    }
}

/// One column, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Columns {
    /// One.
    One(String),
    /// Several: those that are there are joined by a space.
    Several(Vec<String>),
}

impl Columns {
    /// Their names.
    pub fn names(&self) -> &[String] {
        match self {
            Columns::One(name) => std::slice::from_ref(name),
            Columns::Several(names) => names,
        }
    }
}

/// What a table holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Of {
    /// The name of the file or sheet holds this.
    pub name: String,
    /// What a row is.
    pub kind: Kind,
    /// The column for each thing that we keep.
    pub columns: BTreeMap<String, Columns>,
    /// What the codes of a column mean, by the thing that we keep.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// What every row says.
    #[serde(default)]
    pub fixed: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a mapping: one of the program's by its name, or the text of one.
    ///
    /// # Errors
    /// What is wrong with it, with the line.
    pub fn read(text: &str) -> Result<Mapping, String> {
        let text = GIVEN.iter().find(|(name, _)| *name == text.trim()).map_or(text, |(_, text)| text);
        toml::from_str(text).map_err(|wrong| format!("the mapping cannot be read: {wrong}"))
    }

    /// The same mapping for files of another source, whose ids are not ours.
    #[must_use]
    pub fn without_ids(self, source: &str) -> Mapping {
        Mapping { source: source.into(), keep_ids: false, ..self }
    }

    /// What a table of this name holds. The longest name that fits counts: `missing_reviews` is not `missing` where both are named.
    pub fn of(&self, name: &str) -> Option<&Of> {
        let name = name.to_lowercase();
        self.table.iter().filter(|of| name.contains(&of.name.to_lowercase())).max_by_key(|of| of.name.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mappings_of_the_program_can_be_read() {
        for (name, _) in given() {
            let mapping = Mapping::read(name).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
            assert!(mapping.table.iter().any(|of| of.kind == Kind::Child), "{name}");
        }
        assert!(Mapping::read("source = 1").is_err());
    }
}
