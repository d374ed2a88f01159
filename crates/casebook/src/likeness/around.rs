//! Somebody around one child, and somebody around another: may they be one person? Names, telephone numbers and the date of birth decide what is
//! offered; whether it is so, whoever sees both records says.

use super::compare::{Reason, name_likeness};
use super::keys::{Key, either_way, key, pairs};
use super::marks::figures;
use super::sound::{sounds, words};
use crate::case_file::Person;
use std::collections::BTreeSet;

/// So many words of a name are paired.
const WORDS: usize = 4;
/// So many keys of one person are kept.
const MOST: usize = 40;
/// A name is as like as this to be offered by itself, and with something else beside it.
const ALIKE: f64 = 0.93;
const PERHAPS: f64 = 0.8;

/// What somebody around a child is known by. Each may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Around {
    /// The name, as it is written.
    pub name: String,
    /// Telephone numbers, figures alone.
    pub phones: Vec<String>,
    /// The date of birth, as in `1988-05-02`.
    pub born: String,
    /// Somebody typed it to look for them: a part of the name is enough.
    pub typed: bool,
}

impl Around {
    /// Of what is written.
    pub fn new<'a>(name: &str, phones: impl IntoIterator<Item = &'a str>, born: &str) -> Around {
        let phones = phones.into_iter().map(figures).filter(|phone| !phone.is_empty()).collect();
        Around { name: name.trim().into(), phones, born: born.trim().into(), typed: false }
    }

    /// As somebody typed it.
    #[must_use]
    pub fn typed(self) -> Around {
        Around { typed: true, ..self }
    }

    /// Of somebody in a case file.
    pub fn of(person: &Person) -> Around {
        let detail = |key: &str| person.details.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value);
        let phones = [person.phone.as_deref().unwrap_or_default(), detail("phone2"), detail("phone3")];
        Around::new(person.name.as_deref().unwrap_or_default(), phones, detail("born"))
    }
}

/// The keys under which a record is found by somebody around the child.
pub fn keys_around(one: &Around) -> Vec<Key> {
    let mut found: BTreeSet<Key> = one.phones.iter().map(|phone| key("around-tel", phone.clone())).collect();
    found.extend(either_way(&one.born).map(|day| key("around-born", day)));
    let words = words(&one.name);
    let words = &words[..words.len().min(WORDS)];
    for (n, word) in words.iter().enumerate() {
        for other in &words[n + 1..] {
            found.extend(pairs(word, other).map(|pair| key("around", pair)));
        }
    }
    for word in words.iter().filter(|_| !one.typed || words.len() == 1) {
        found.extend(sounds(word).into_iter().map(|sound| key("around", sound)));
    }
    found.into_iter().take(MOST).collect()
}

/// May two be one person? None where nothing speaks for it that would be worth asking.
pub fn compare_around(one: &Around, other: &Around) -> Option<(u32, Vec<Reason>)> {
    let mut reasons = Vec::new();
    let name = match (one.name.is_empty(), other.name.is_empty()) {
        (false, false) => name_likeness(std::slice::from_ref(&one.name), std::slice::from_ref(&other.name)),
        _ => 0.0,
    };
    let phone = one.phones.iter().any(|phone| other.phones.contains(phone));
    let known = !one.born.is_empty() && !other.born.is_empty();
    let born = known && one.born == other.born;
    match name {
        0.995.. => reasons.push(Reason::SameName),
        PERHAPS.. => reasons.push(Reason::LikeName),
        _ => {}
    }
    if born {
        reasons.push(Reason::SameBirth);
    }
    if phone {
        reasons.push(Reason::SamePhone);
    }
    // Every record has a mother who is called nothing else: one word alone is no name.
    let full = words(&one.name).len() > 1 && words(&other.name).len() > 1;
    let part = one.typed && within(&one.name, &other.name);
    if part && name < PERHAPS {
        reasons.push(Reason::LikeName);
    }
    let by_name = part || full && name >= ALIKE;
    let enough = phone || by_name && (born || !known) || name >= PERHAPS && born || one.name.is_empty() && born;
    let score = name * 50.0 + if phone { 30.0 } else { 0.0 } + if born { 20.0 } else { 0.0 };
    enough.then_some((score as u32, reasons))
}

/// Does each word of a name sound like a word of the other?
fn within(part: &str, name: &str) -> bool {
    let heard: BTreeSet<String> = words(name).iter().flat_map(|word| sounds(word)).collect();
    let part = words(part);
    !part.is_empty() && part.iter().all(|word| sounds(word).iter().any(|sound| heard.contains(sound)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(name: &str, phone: &str, born: &str) -> Around {
        Around::new(name, [phone], born)
    }

    #[test]
    fn one_person_is_found_by_name_number_or_birth() {
        let known = one("Gerald Tranter", "07700 900456", "1988-05-02");
        for sought in [
            one("Gerald Tranter", "", ""),
            one("Tranter, Gerald", "", ""),
            one("", "+44 7700 900456", ""),
            one("Gerrald Trantor", "", "1988-05-02"),
        ] {
            let (keys, theirs) = (keys_around(&sought), keys_around(&known));
            assert!(keys.iter().any(|key| theirs.contains(key)), "{sought:?}");
            assert!(compare_around(&sought, &known).is_some(), "{sought:?}");
        }
        let part = one("Tranter", "", "").typed();
        assert!(compare_around(&part, &known).is_some());
        assert!(keys_around(&part).iter().any(|key| keys_around(&known).contains(key)));
        assert_eq!(compare_around(&one("Mum", "", ""), &one("Mum", "", "")), None);
        for other in [one("Moira Quill", "07700 900999", ""), one("Gerald Tranter", "", "1971-01-30")] {
            assert_eq!(compare_around(&other, &known), None, "{other:?}");
        }
    }
}
