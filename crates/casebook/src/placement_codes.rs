//! The placement codes of the children looked after return, as data: `rulebooks/vocabulary/placement-codes.toml`.

use serde::Deserialize;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../rulebooks/vocabulary/placement-codes.toml");

/// A code.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code of the return, such as `K2`.
    pub id: String,
    /// The type of placement that it is here: a value of `placement.type`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code that the type has where nobody says more.
    #[serde(default)]
    pub usual: bool,
    /// In words.
    pub words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    placement_code: Vec<Code>,
}

// The file is part of the program, and a test reads it: it can always be read.
static ALL: LazyLock<Vec<Code>> =
    LazyLock::new(|| toml::from_str::<File>(FILE).map(|file| file.placement_code).unwrap_or_default());

/// All codes, in order.
pub fn all() -> &'static [Code] {
    &ALL
}

/// A code by its letters, whatever their size.
pub fn code(id: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.id.eq_ignore_ascii_case(id.trim()))
}

/// The code that a type of placement has where nobody says more.
pub fn usual(kind: &str) -> Option<&'static Code> {
    ALL.iter().find(|code| code.usual && code.kind == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        assert!(toml::from_str::<File>(FILE).is_ok());
        assert_eq!(all().len(), 27);
        for kind in ["foster_care", "childrens_home", "semi_independent", "secure", "kinship", "family_home", "other"] {
            assert_eq!(all().iter().filter(|code| code.usual && code.kind == kind).count(), 1, "{kind}");
        }
        assert_eq!(code("k2").map(|code| code.kind.as_str()), Some("childrens_home"));
    }
}
