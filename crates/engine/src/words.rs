//! Words: "did you mean", look-alike characters, and symbols to compare words fast.

/// A word as a number: equal words have equal symbols (FNV-1a, 64 bits; a closed vocabulary of a few thousand words).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Sym(pub u64);

/// The symbol of a word.
pub const fn sym(word: &str) -> Sym {
    let bytes = word.as_bytes();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut at = 0;
    while at < bytes.len() {
        hash ^= bytes[at] as u64;
        hash = hash.wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    Sym(hash)
}

/// The word of a closed list that is meant, whatever its capitals and with spaces or hyphens for underscores: `Found by police` for
/// `found_by_police`; `y` for `yes`. None where it is no word of the list, or could be two.
pub fn meant<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(word) = known.iter().find(|word| **word == written) {
        return Some(word);
    }
    let plain = plain(written);
    let wanted = match plain.as_str() {
        "y" => "yes",
        "n" => "no",
        other => other,
    };
    let find = |wanted: &str| {
        let mut found = known.iter().copied().filter(|word| self::plain(word) == wanted);
        found.next().filter(|first| found.all(|other| other == *first))
    };
    find(&plain).or_else(|| find(wanted))
}

/// A word as it is compared: small letters, one underscore for what stands between its parts.
fn plain(word: &str) -> String {
    let parts = word.split(|c: char| c.is_whitespace() || c == '-' || c == '_').filter(|part| !part.is_empty());
    parts.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// "did you mean `x`?" for the nearest word, or a list of a few, or nothing.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let mut known: Vec<&str> = known.into_iter().collect();
    known.sort_unstable();
    known.dedup();
    let nearest = known.iter().map(|k| (strsim::jaro_winkler(word, k), *k)).max_by(|a, b| a.0.total_cmp(&b.0));
    match nearest {
        Some((score, near)) if score > 0.8 => format!("did you mean `{near}`?"),
        _ if known.is_empty() => String::new(),
        _ if known.len() == 1 => format!("write {}", list(&known)),
        _ if known.len() <= 12 => format!("write one of {}", list(&known)),
        _ => String::new(),
    }
}

/// As [`did_you_mean`]; where that has nothing to say, this.
pub(crate) fn did_you_mean_or<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, otherwise: &str) -> String {
    match did_you_mean(word, known) {
        help if help.is_empty() => otherwise.into(),
        help => help,
    }
}

/// Words in backticks, with commas.
pub fn list(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}

/// The first character of a text that could deceive a reader: look-alike letters of other scripts inside words,
/// bidirectional controls, zero-width characters. Gives its byte offset and why.
pub fn deceiving_character(text: &str) -> Option<(usize, String)> {
    text.char_indices().find_map(|(at, c)| {
        let why = match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' => {
                "changes the direction of the text"
            }
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' => "cannot be seen",
            '\u{0370}'..='\u{03FF}' | '\u{0400}'..='\u{052F}' | '\u{FF01}'..='\u{FF5E}' => "looks like a Latin letter",
            '\u{0000}'..='\u{0008}' | '\u{000B}' | '\u{000C}' | '\u{000E}'..='\u{001F}' => "is a control character",
            _ => return None,
        };
        Some((at, format!("the character U+{:04X} {why}", c as u32)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_read_whatever_its_capitals() {
        let known = ["yes", "no", "found_by_police", "in_person", "strategy_meeting.hold"];
        for (written, word) in [
            ("yes", "yes"),
            ("Yes", "yes"),
            ("YES ", "yes"),
            ("y", "yes"),
            ("N", "no"),
            ("Found by police", "found_by_police"),
            ("found-by  police", "found_by_police"),
            ("Strategy meeting.hold", "strategy_meeting.hold"),
        ] {
            assert_eq!(meant(written, known), Some(word), "{written}");
        }
        for written in ["", "yes, because", "yess", "at risk", "not yes", "foundbypolice", "ye", "no no"] {
            assert_eq!(meant(written, known), None, "{written}");
        }
    }

    #[test]
    fn a_word_that_could_be_two_is_neither() {
        assert_eq!(meant("A b", ["a-b", "a_b"]), None);
        assert_eq!(meant("a-b", ["a-b", "a_b"]), Some("a-b"));
        assert_eq!(meant("A b", ["a_b", "a_b"]), Some("a_b"));
        assert_eq!(meant("n", ["n", "no"]), Some("n"));
    }
}
