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
