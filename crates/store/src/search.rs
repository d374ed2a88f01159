//! How names are folded, so that `zoe o'n` finds Zoë O'Neill.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name in lower case and without accents, for sorting.
pub(crate) fn fold(name: &str) -> String {
    name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).flat_map(apart).collect()
}

/// Letters that do not come apart into a letter and a mark, as people write them who have no such key.
fn apart(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ø' => "o",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ı' => "i",
        'ħ' => "h",
        'ŋ' => "n",
        'ŧ' => "t",
        _ => "",
    };
    plain.chars().chain(plain.is_empty().then_some(letter))
}

/// The words of a folded text.
pub(crate) fn words(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// So many words of a name are run together; no name has more.
const TOGETHER: usize = 8;

/// The words under which a folded name is found: those of it, and words beside each other run together: `oneill` for `o'neill`,
/// `vanderberg` for `van der berg`.
pub(crate) fn tokens(folded: &str) -> Vec<String> {
    let words = words(folded);
    let mut found = words.clone();
    for start in 0..words.len().min(TOGETHER) {
        for end in start + 2..=words.len().min(TOGETHER) {
            found.push(words[start..end].concat());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// An incident number by its letters and digits alone, however somebody writes it.
pub(crate) fn number(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The end of the range of the words that begin with this one.
pub(crate) fn beyond(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

#[cfg(test)]
mod tests {
    use super::{fold, tokens};

    #[test]
    fn accents_capitals_and_apostrophes_fold_away() {
        assert_eq!(fold("Zoë O'Neill"), "zoe o'neill");
        assert_eq!(tokens("zoe o'neill"), ["neill", "o", "oneill", "zoe", "zoeo", "zoeoneill"]);
        assert_eq!(tokens(&fold("Niamh O\u{2019}Connor")), tokens(&fold("NIAMH O'Connor")));
    }

    #[test]
    fn letters_that_do_not_come_apart_are_found_by_those_that_people_type() {
        for (name, folded) in [
            ("Łukasz Żak", "lukasz zak"),
            ("Đặng Thị Lan", "dang thi lan"),
            ("Søren Bjørk", "soren bjork"),
            ("Æthel Œuvre", "aethel oeuvre"),
            ("Groß GROẞ", "gross gross"),
            ("Işık", "isik"),
            ("Þóra Guðrún", "thora gudrun"),
            ("José-Luis", "jose-luis"),
            ("王", "王"),
        ] {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn names_of_several_words_are_found_by_one() {
        let found = |name: &str, asked: &str| tokens(&fold(name)).iter().any(|token| token.starts_with(&fold(asked)));
        assert!(found("Anna van der Berg", "vanderberg"));
        assert!(found("Aït Ali Karim", "aitali"));
        assert!(found("Niamh O\u{2019}Connor", "oconnor"));
        assert!(found("José-Luis", "joseluis"));
        assert!(!found("Anna van der Berg", "vanberg"));
        let long = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
        assert!(tokens(long).len() < 60, "a long name stays within bounds");
    }
}
