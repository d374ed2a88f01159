//! The keys of an index: two records of one child share at least one of them, and records of different children hardly any. A database
//! looks them up by equality, so that no search goes through all children.

use super::marks::{Marks, number};
use super::sound::{latin, sounds, words};
use std::collections::BTreeSet;

/// So many keys of one child are kept. A name of two hundred letters in forty words fills no table.
const MOST: usize = 160;
/// So many words of one name are paired.
const WORDS: usize = 5;

/// A key: its kind, and its value.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    /// `born`, `pair`, `part`, `number`, `phone` and `at` bring two records together; `sound`, `word`, `any`, `home` and `place` are what
    /// people search by; `around`, `around-tel` and `around-born` are of people around the child.
    pub kind: &'static str,
    /// The value.
    pub value: String,
}

pub(super) fn key(kind: &'static str, value: impl Into<String>) -> Key {
    Key { kind, value: value.into() }
}

/// The keys that bring the records of one child together.
pub fn sought(marks: &Marks) -> Vec<Key> {
    let mut found = BTreeSet::new();
    for born in &marks.born {
        found.extend(either_way(born).map(|day| key("born", day)));
    }
    for (kind, value) in &marks.numbers {
        found.insert(key("number", format!("{kind} {value}")));
    }
    found.extend(marks.phones.iter().map(|phone| key("phone", phone.clone())));
    let names: Vec<Vec<String>> = marks.names.iter().map(|name| words(name)).collect();
    for words in &names {
        let words = &words[..words.len().min(WORDS)];
        for (n, one) in words.iter().enumerate() {
            for other in &words[n + 1..] {
                found.extend(pairs(one, other).map(|pair| key("pair", pair)));
                for year in marks.born.iter().filter_map(|born| born.get(..4)) {
                    // The one as it is written, of the other the first letter: for a spelling that changes the sound, and for initials.
                    found.extend(initials(year, one, other).map(|part| key("part", part)));
                }
            }
        }
        if let [only] = words {
            found.extend(sounds(only).into_iter().map(|sound| key("pair", sound)));
        }
    }
    for at in marks.addresses.iter().filter_map(|address| place(address)) {
        let heard = names.iter().flatten().flat_map(|word| sounds(word)).collect::<BTreeSet<_>>();
        found.extend(heard.into_iter().take(24).map(|sound| key("at", format!("{at} {sound}"))));
    }
    found.into_iter().take(MOST).collect()
}

/// All keys under which a record is kept: those that bring records together, and what people search by.
pub fn keys(marks: &Marks) -> Vec<Key> {
    let mut found: BTreeSet<Key> = sought(marks).into_iter().collect();
    for word in marks.names.iter().flat_map(|name| words(name)) {
        found.extend(sounds(&word).into_iter().map(|sound| key("sound", sound)));
        found.insert(key("word", word));
    }
    found.extend(marks.numbers.iter().map(|(_, value)| key("any", value.clone())));
    found.extend(marks.phones.iter().chain(&marks.phones_around).map(|phone| key("any", phone.clone())));
    for (kind, texts) in [("home", &marks.homes), ("place", &marks.addresses)] {
        for text in texts {
            let telling = latin(text);
            let telling = telling.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1).take(12);
            found.extend(telling.map(|word| key(kind, word)));
            // A postcode is looked up with its space and without.
            found.extend(place(text).and_then(|at| at.split(' ').next().map(|code| key(kind, code))));
        }
    }
    found.into_iter().take(2 * MOST).collect()
}

/// A date, with day and month in the order of size, so that it is the same key when somebody exchanged them.
pub(super) fn either_way(born: &str) -> Option<String> {
    let mut parts = born.splitn(3, '-');
    let (year, one, other) = (parts.next()?, parts.next()?, parts.next()?);
    let (less, more) = if one < other { (one, other) } else { (other, one) };
    Some(format!("{year} {less} {more}"))
}

/// A date with day and month exchanged, where that is another date that there is.
pub fn exchanged(born: &str) -> Option<String> {
    let parts: Vec<&str> = born.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    (day != month && day <= "12").then(|| format!("{year}-{day}-{month}"))
}

/// The words of a home or an address by which it is looked up.
pub fn places(text: &str) -> Vec<String> {
    let text: String = latin(text).chars().take(120).collect();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1).take(6);
    words.map(String::from).collect()
}

/// Two words as they sound, in either order.
pub(super) fn pairs(one: &str, other: &str) -> impl Iterator<Item = String> {
    let (one, other) = (sounds(one), sounds(other));
    let both = one.into_iter().flat_map(move |a| other.clone().into_iter().map(move |b| (a.clone(), b)));
    // Codes of figures and codes of letters are of two algorithms, and are not mixed.
    let figures = |code: &str| code.starts_with(|c: char| c.is_ascii_digit());
    both.filter(move |(a, b)| figures(a) == figures(b))
        .map(|(a, b)| if a < b { format!("{a} {b}") } else { format!("{b} {a}") })
}

/// One word whole and the first letter of the other, either way round, in a year of birth.
fn initials(year: &str, one: &str, other: &str) -> impl Iterator<Item = String> {
    let part = |whole: &str, other: &str| Some(format!("{year} {whole} {}", other.chars().next()?));
    let found: Vec<String> = [part(one, other), part(other, one)].into_iter().flatten().collect();
    found.into_iter()
}

/// A place as it is compared: the postcode with the number of the house, or the beginning of the address.
pub(super) fn place(address: &str) -> Option<String> {
    let bare = number(address);
    let words: Vec<String> = latin(address)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(String::from)
        .collect();
    let house = words.iter().find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    match (postcode(&words), house) {
        (Some(code), Some(house)) => Some(format!("{code} {house}")),
        (Some(code), None) => Some(code),
        _ if bare.len() > 5 => Some(bare.chars().take(14).collect()),
        _ => None,
    }
}

/// An address as it is compared with another: the postcode with the number of the house. None where it does not say both.
pub fn address_key(address: &str) -> Option<String> {
    place(address).filter(|at| at.contains(' '))
}

/// The postcode at the end of an address, without its space: `NN15 7QA` is `nn157qa`.
fn postcode(words: &[String]) -> Option<String> {
    let inward = |word: &str| {
        let b = word.as_bytes();
        b.len() == 3 && b[0].is_ascii_digit() && b[1].is_ascii_alphabetic() && b[2].is_ascii_alphabetic()
    };
    let outward = |word: &str| {
        (2..=4).contains(&word.len())
            && word.starts_with(|c: char| c.is_ascii_alphabetic())
            && word.contains(|c: char| c.is_ascii_digit())
    };
    words.windows(2).rev().find(|pair| outward(&pair[0]) && inward(&pair[1])).map(<[String]>::concat)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(name: &str, born: &str) -> Marks {
        Marks { names: vec![name.into()], born: vec![born.into()], ..Marks::default() }
    }

    fn meet(one: &Marks, other: &Marks) -> bool {
        let kept = keys(one);
        sought(other).iter().any(|key| kept.contains(key))
    }

    #[test]
    fn one_child_written_in_two_ways_meets() {
        let one = marks("Mohammed Hussain", "2011-05-02");
        for other in [
            marks("Hussein, Muhammad", "2012-05-02"),
            marks("M Hussain", "2011-09-30"),
            marks("Anybody Else", "2011-02-05"),
            Marks { names: vec!["Mohamed Hussain".into()], ..Marks::default() },
        ] {
            assert!(meet(&one, &other), "{other:?}");
        }
        assert!(!meet(&one, &marks("Emily Jones", "2010-01-01")));
    }

    #[test]
    fn a_place_is_its_postcode_and_house() {
        assert_eq!(place("4 Weir Lane, Kettering NN15 7QA").as_deref(), Some("nn157qa 4"));
        assert_eq!(place("4, Weir Ln; NN15 7qa").as_deref(), Some("nn157qa 4"));
        assert_eq!(place("?"), None);
    }

    #[test]
    fn a_name_without_end_has_few_keys() {
        let long = (0..200).map(|n| format!("name{n}")).collect::<Vec<_>>().join(" ");
        assert!(keys(&marks(&long, "2011-05-02")).len() <= 2 * MOST);
    }
}
