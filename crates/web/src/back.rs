//! Where somebody came from: a page of this site, sent along in the address and in the form, so that they land there again.

use form_urlencoded::Serializer;
use serde::{Deserialize, Deserializer};

/// The name in addresses and forms.
pub const BACK: &str = "back";
/// A longer address is none of ours.
const LONGEST: usize = 300;

/// What an address says of itself; a word with nothing behind it is as good as left out.
///
/// # Errors
/// What the address has instead of a text.
pub fn filled<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.is_empty()))
}

/// An address that may be gone back to: of a list, or of a child. Anything else is dropped, so that no link leads elsewhere.
pub fn sound(address: &str) -> &str {
    let ours = address == "/"
        || ["/board", "/alerts", "/interviews", "/team"].contains(&address)
        || ["/children/", "/#", "/to-do/"].iter().any(|start| address.starts_with(start));
    let plain = |c: char| c.is_ascii_alphanumeric() || "/-._~#".contains(c);
    let sound = ours && address.len() <= LONGEST && address.chars().all(plain) && !address.contains("..");
    if sound { address } else { "" }
}

/// An address with where to go back to. `anchor` is put behind it.
pub fn with(address: &str, pairs: &[(&str, &str)], back: &str, anchor: &str) -> String {
    let mut query = Serializer::new(String::new());
    pairs.iter().filter(|(_, value)| !value.is_empty()).for_each(|(name, value)| _ = query.append_pair(name, value));
    if !back.is_empty() {
        query.append_pair(BACK, back);
    }
    let query = query.finish();
    let mark = if query.is_empty() { "" } else { "?" };
    let hash = if anchor.is_empty() { "" } else { "#" };
    format!("{address}{mark}{query}{hash}{anchor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_back_to() {
        for ours in ["/", "/board", "/to-do/mine", "/children/riley", "/children/c-1/episodes/e.2#duty~x~1"] {
            assert_eq!(sound(ours), ours);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/children/../sign-out",
            "/children/a b",
            "/account",
            "/children/x?y",
        ] {
            assert_eq!(sound(other), "", "{other}");
        }
    }

    #[test]
    fn what_is_put_into_an_address_is_escaped() {
        assert_eq!(with("/a", &[("episode", "#1"), ("none", "")], "/", "x"), "/a?episode=%231&back=%2F#x");
        assert_eq!(with("/a", &[], "", ""), "/a");
    }
}
