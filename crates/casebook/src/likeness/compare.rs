//! How alike two records are. A number that others gave settles much; a name needs a date of birth beside it. Every answer says why.

use super::keys::place;
use super::marks::Marks;
use super::sound::{latin, sounds, words};
use strsim::{damerau_levenshtein, jaro_winkler};

/// What speaks for one child.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reason {
    /// The key of a number that both have, such as `nhs_number`, by its place in the order of numbers.
    Number(usize),
    /// Names are the same, in whatever order.
    SameName,
    /// Names sound alike, or are spelt alike.
    LikeName,
    /// The same date of birth.
    SameBirth,
    /// Day and month are exchanged.
    SwappedBirth,
    /// Dates of birth that differ by one figure.
    NearBirth,
    /// The same telephone number.
    SamePhone,
    /// The same home or address.
    SamePlace,
}

impl Reason {
    /// In words, for whoever decides.
    pub fn words(self) -> &'static str {
        match self {
            Reason::Number(0) => "the same NHS number",
            Reason::Number(1) => "the same unique pupil number",
            Reason::Number(2) => "the same number of the authority",
            Reason::Number(_) => "the same police nominal number",
            Reason::SameName => "the same name",
            Reason::LikeName => "a name that sounds or is spelt alike",
            Reason::SameBirth => "the same date of birth",
            Reason::SwappedBirth => "the same date of birth with day and month exchanged",
            Reason::NearBirth => "a date of birth that differs by one figure",
            Reason::SamePhone => "the same telephone number",
            Reason::SamePlace => "the same address",
        }
    }
}

/// How alike two records are, when they are alike enough to ask.
#[derive(Clone, PartialEq, Debug)]
pub struct Likeness {
    /// From 0 to 100; only for the order.
    pub score: u32,
    /// What speaks for it.
    pub reasons: Vec<Reason>,
}

/// Dates of birth of two records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Born {
    Same,
    Swapped,
    Near,
    Unknown,
    Apart,
}

/// Is it perhaps the same child? None where it is not alike enough to ask anybody.
pub fn compare(one: &Marks, other: &Marks) -> Option<Likeness> {
    let name = name_likeness(&one.names, &other.names);
    let born = born(&one.born, &other.born);
    let mut reasons: Vec<Reason> = Vec::new();
    let mut differ = false;
    for (n, kind) in super::marks::NUMBERS.iter().enumerate() {
        let of =
            |marks: &Marks| marks.numbers.iter().filter(|(k, _)| k == kind).map(|(_, v)| v.clone()).collect::<Vec<_>>();
        let (a, b) = (of(one), of(other));
        if a.iter().any(|number| b.contains(number)) {
            reasons.push(Reason::Number(n));
        } else if !a.is_empty() && !b.is_empty() && n < 2 {
            differ = true;
        }
    }
    let numbered = !reasons.is_empty();
    match name {
        0.995.. => reasons.push(Reason::SameName),
        0.8.. => reasons.push(Reason::LikeName),
        _ => {}
    }
    match born {
        Born::Same => reasons.push(Reason::SameBirth),
        Born::Swapped => reasons.push(Reason::SwappedBirth),
        Born::Near => reasons.push(Reason::NearBirth),
        Born::Unknown | Born::Apart => {}
    }
    let phone = one.phones.iter().any(|phone| other.phones.contains(phone));
    if phone {
        reasons.push(Reason::SamePhone);
    }
    let places = |marks: &Marks| marks.addresses.iter().filter_map(|address| place(address)).collect::<Vec<_>>();
    let here = places(one);
    let home = places(other).iter().any(|at| here.contains(at));
    if home {
        reasons.push(Reason::SamePlace);
    }
    let support = if phone || home { 0.04 } else { 0.0 };
    let enough = match born {
        Born::Same if differ => 0.97,
        _ if differ => 2.0,
        Born::Same => 0.84,
        Born::Swapped => 0.88 - support,
        Born::Near => 0.93 - support,
        Born::Unknown => 0.93 - support,
        Born::Apart => 2.0,
    };
    // A number may have been given to the wrong child; where nothing else fits, it is one that was mistyped.
    let by_number = numbered && (name >= 0.6 || born <= Born::Near);
    if !by_number && name < enough {
        return None;
    }
    let weight = match born {
        Born::Same => 40.0,
        Born::Swapped => 34.0,
        Born::Near => 28.0,
        Born::Unknown => 18.0,
        Born::Apart => 0.0,
    };
    let score = name * 45.0 + weight + if numbered { 15.0 } else { 0.0 } + if phone || home { 5.0 } else { 0.0 };
    Some(Likeness { score: (score as u32).min(100), reasons })
}

fn born(one: &[String], other: &[String]) -> Born {
    let each = one.iter().flat_map(|a| other.iter().map(move |b| date(a, b)));
    each.min().unwrap_or(Born::Unknown)
}

fn date(one: &str, other: &str) -> Born {
    let exchanged = |date: &str| {
        let parts: Vec<&str> = date.split('-').collect();
        if let [year, month, day] = parts[..] { format!("{year}-{day}-{month}") } else { String::new() }
    };
    match () {
        () if one == other => Born::Same,
        () if exchanged(one) == other => Born::Swapped,
        () if damerau_levenshtein(one, other) == 1 => Born::Near,
        () => Born::Apart,
    }
}

/// How alike two children's names are, from 0 to 1: the two that are most alike of all that they are called by.
pub fn name_likeness(one: &[String], other: &[String]) -> f64 {
    let each = one.iter().flat_map(|a| other.iter().map(move |b| names(&words(a), &words(b)).max(together(a, b))));
    each.fold(0.0, f64::max)
}

/// `van der Berg` and `Vanderberg`, `Mary Ann` and `Maryann`: the same letters, apart or together.
fn together(one: &str, other: &str) -> f64 {
    let run = |name: &str| latin(name).chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let (one, other) = (run(one), run(other));
    let alike = if one.len() < 6 || other.len() < 6 { 0.0 } else { jaro_winkler(&one, &other) - 0.01 };
    if alike > 0.98 { alike } else { 0.0 }
}

/// Two names: each word of the shorter with the word of the longer that is most like it.
fn names(one: &[String], other: &[String]) -> f64 {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.is_empty() {
        return 0.0;
    }
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (a, word) in short.iter().enumerate() {
        all.extend(long.iter().enumerate().map(|(b, with)| (likeness(word, with), a, b)));
    }
    all.sort_by(|x, y| y.0.total_cmp(&x.0));
    let (mut taken, mut of) = (vec![false; short.len()], vec![false; long.len()]);
    let mut sum = 0.0;
    for (like, a, b) in all {
        if !taken[a] && !of[b] {
            (taken[a], of[b]) = (true, true);
            sum += like;
        }
    }
    // No name has so many words that a number of them is not exact.
    let by_words = sum / f64::from(u32::try_from(short.len()).unwrap_or(1));
    // One name alone says less than two; a name that is a part of a longer one says nearly all.
    match (short.len(), long.len()) {
        (1, 1) => by_words,
        (1, _) => by_words * 0.84,
        (a, b) if a < b => by_words * 0.99,
        _ => by_words,
    }
}

fn likeness(one: &str, other: &str) -> f64 {
    if one == other {
        return 1.0;
    }
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() == 1 {
        return if long.starts_with(short) { 0.78 } else { 0.0 };
    }
    let spelt = jaro_winkler(one, other);
    let heard = sounds(one);
    // What two algorithms or both codes of one hear alike is a spelling of the same name; `Amina` and `Amira` are not.
    let alike = sounds(other).iter().filter(|code| heard.contains(code)).count();
    let slip = damerau_levenshtein(one, other);
    let found = match (alike, slip) {
        (2.., _) if spelt > 0.6 => 0.93_f64.max(spelt),
        (1, _) if spelt > 0.7 => 0.88_f64.max(spelt.min(0.95)),
        (_, 1) if short.len() >= 5 => 0.86,
        (_, 2) if short.len() >= 8 => 0.84,
        // `Alex` for `Alexander`, `Kat` for `Kateryna`.
        _ if short.len() >= 3 && long.starts_with(short) => 0.88,
        _ => spelt * 0.72,
    };
    found.min(0.99)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(name: &str, born: &str) -> Marks {
        let born = if born.is_empty() { Vec::new() } else { vec![born.to_string()] };
        Marks { names: vec![name.into()], born, ..Marks::default() }
    }

    fn asked(one: (&str, &str), other: (&str, &str)) -> bool {
        compare(&marks(one.0, one.1), &marks(other.0, other.1)).is_some()
    }

    #[test]
    fn the_same_child_is_asked_about() {
        for (one, other) in [
            (("Riley Marsh", "2011-05-02"), ("Marsh Riley", "2011-05-02")),
            (("Riley Marsh", "2011-05-02"), ("Riley Marsh", "2011-02-05")),
            (("Riley Marsh", "2011-05-02"), ("Reilly Marsh", "2011-05-02")),
            (("Riley Marsh", "2011-05-02"), ("Riley Marsh", "")),
            (("Riley Marsh", "2011-05-02"), ("R Marsh", "2011-05-02")),
            (("Riley Marsh", "2011-05-02"), ("Riley Anne Marsh", "2011-05-03")),
            (("Mohammed Hussain", "2011-05-02"), ("Muhammad Hussein", "2011-05-02")),
            (("Anna van der Berg", "2011-05-02"), ("Anna Vanderberg", "2011-05-02")),
            (("Alexander Popov", "2011-05-02"), ("Alex Popov", "2011-05-02")),
            (("Łukasz Wójcik", "2011-05-02"), ("Lukas Wojcik", "2011-05-02")),
            (("Мария Иванова", "2011-05-02"), ("Maria Ivanova", "2011-05-02")),
            (("Jhon Smith", "2011-05-02"), ("John Smith", "2011-05-02")),
        ] {
            assert!(asked(one, other), "{one:?} {other:?}");
            assert!(asked(other, one), "{other:?} {one:?}");
        }
    }

    #[test]
    fn another_child_is_not() {
        for (one, other) in [
            (("Riley Marsh", "2011-05-02"), ("Riley Marsh", "2014-11-19")),
            (("Jack Marsh", "2011-05-02"), ("Emily Marsh", "2011-05-02")),
            (("Riley Marsh", ""), ("Morgan Marsh", "")),
            (("Riley", "2011-05-02"), ("Riley Marsh", "2013-07-12")),
        ] {
            assert!(!asked(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_number_speaks_for_and_against() {
        let with = |name: &str, nhs: &str| {
            let mut one = marks(name, "2011-05-02");
            one.detail("nhs_number", nhs);
            one
        };
        let found = compare(&with("Riley Marsh", "9990000018"), &with("Ryleigh Dale", "999 000 0018")).unwrap();
        assert!(found.reasons.contains(&Reason::Number(0)));
        // Twins whose names are alike have numbers that differ.
        assert_eq!(compare(&with("Amina Noor", "9990000018"), &with("Amira Noor", "9990000026")), None);
    }
}
