//! A made-up set of children to measure the finding of doubles with: children of a county, the same children as somebody else would have written them
//! down, others who are new, and twins.

use crate::chance::Chance;
use crate::names;
use std::fmt::Write as _;

/// How a child is written down a second time.
const WAYS: [&str; 12] = [
    "as it was",
    "names in the other order",
    "day and month exchanged",
    "first name as an initial",
    "a spelling that sounds alike",
    "a letter wrong",
    "a figure of the date wrong",
    "no date of birth",
    "a second first name",
    "another name, the same NHS number",
    "another name, the same police number",
    "another name, the authority's number",
];

/// Somebody of the set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Somebody {
    /// The id in the set.
    pub id: String,
    /// The name.
    pub name: String,
    /// `2011-05-02`; may be empty.
    pub born: String,
    /// The NHS number, from the range for tests; may be empty.
    pub nhs: String,
    /// The number of the police; may be empty.
    pub police: String,
    /// The authority's own number; may be empty.
    pub authority: String,
    /// Where they live.
    pub address: String,
    /// Who it really is, of the first children: their id; empty for somebody new.
    pub of: String,
    /// How it was written down.
    pub way: &'static str,
}

/// A set.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Set {
    /// The children who are here.
    pub here: Vec<Somebody>,
    /// Those who come: some of them are here.
    pub come: Vec<Somebody>,
}

/// Makes a set of so many children who are here; a tenth as many come who are here, a tenth who are new, a fiftieth who are the twin of one, a
/// hundredth who are the twin of one and called nearly the same, and a fiftieth who have the very name of one and were born on another day.
pub fn set(seed: u64, children: usize) -> Set {
    let mut chance = Chance::of(seed, "alike", 0);
    let mut made = Set::default();
    for n in 0..children {
        made.here.push(somebody(&mut chance, n));
    }
    for n in 0..children / 10 {
        let other = chance.one_of(&made.here).clone();
        let way = WAYS[n % WAYS.len()];
        let again = again(&mut chance, &other, way);
        made.come.push(Somebody { id: format!("again-{n}"), of: other.id, way, ..again });
    }
    for n in 0..children / 10 {
        let new = somebody(&mut chance, children + n);
        made.come.push(Somebody { id: format!("new-{n}"), way: "new", ..new });
    }
    for n in 0..children / 50 {
        let other = chance.one_of(&made.here).clone();
        let twin = somebody(&mut chance, 2 * children + n);
        let first = twin.name.split(' ').next().unwrap_or_default();
        let last = other.name.rsplit(' ').next().unwrap_or_default();
        let name = format!("{first} {last}");
        let same = name == other.name;
        let twin =
            Somebody { id: format!("twin-{n}"), name, born: other.born, address: other.address, way: "twin", ..twin };
        if !same {
            made.come.push(twin);
        }
    }
    for n in 0..children / 100 {
        let other = chance.one_of(&made.here).clone();
        let twin = somebody(&mut chance, 3 * children + n);
        let (first, last) = other.name.split_once(' ').unwrap_or((&other.name, ""));
        let name = format!("{} {last}", near(first));
        let (born, address) = (other.born, other.address);
        made.come.push(Somebody {
            id: format!("near-{n}"),
            name,
            born,
            address,
            way: "twin of nearly the same name",
            ..twin
        });
    }
    for n in 0..children / 50 {
        let other = chance.one_of(&made.here).clone();
        let one = somebody(&mut chance, 4 * children + n);
        if one.born != other.born {
            made.come.push(Somebody { id: format!("namesake-{n}"), name: other.name, way: "namesake", ..one });
        }
    }
    made
}

fn somebody(chance: &mut Chance, n: usize) -> Somebody {
    // Drawn apart, so that some have a name that others have too, as in any county.
    let name = format!("{} {}", names::first(chance), names::last(chance));
    let (year, month, day) = (2008 + chance.below(17), 1 + chance.below(12), 1 + chance.below(28));
    Somebody {
        id: format!("here-{n}"),
        name,
        born: format!("{year}-{month:02}-{day:02}"),
        nhs: if chance.percent(60) { nhs(n) } else { String::new() },
        police: if chance.percent(40) { format!("PN{n:07}") } else { String::new() },
        authority: if chance.percent(70) { format!("A-{n:06}") } else { String::new() },
        address: format!("{} Made-up Lane, NN{} {}AA", 1 + chance.below(200), 1 + chance.below(18), chance.below(10)),
        ..Somebody::default()
    }
}

/// A number of the range for tests that checks.
fn nhs(n: usize) -> String {
    (0..11)
        .map(|more| format!("999{:06}", (n * 11 + more) % 1_000_000))
        .find_map(|nine| {
            let sum: usize =
                nine.bytes().zip((2..=10).rev()).map(|(figure, weight)| usize::from(figure - b'0') * weight).sum();
            let check = (11 - sum % 11) % 11;
            (check < 10).then(|| format!("{nine}{check}"))
        })
        .unwrap_or_default()
}

fn again(chance: &mut Chance, other: &Somebody, way: &str) -> Somebody {
    let (nhs, police, authority, address) = Default::default();
    let mut made = Somebody { nhs, police, authority, address, ..other.clone() };
    let (first, last) = other.name.split_once(' ').unwrap_or((&other.name, ""));
    match way {
        "names in the other order" => made.name = format!("{last}, {first}"),
        "day and month exchanged" => made.born = exchanged(&other.born),
        "first name as an initial" => made.name = format!("{}. {last}", &first[..first.ceil_char_boundary(1)]),
        "a spelling that sounds alike" => made.name = format!("{} {}", spelt(first), spelt(last)),
        "a letter wrong" => made.name = format!("{first} {}", slip(chance, last)),
        "a figure of the date wrong" => made.born = figure(chance, &other.born),
        "no date of birth" => made.born.clear(),
        "a second first name" => made.name = format!("{first} Alex {last}"),
        "another name, the same NHS number" => {
            made.nhs.clone_from(&other.nhs);
            made.name = renamed(other, first, &other.nhs);
        }
        "another name, the same police number" => {
            made.police.clone_from(&other.police);
            made.name = renamed(other, first, &other.police);
        }
        "another name, the authority's number" => {
            made.authority.clone_from(&other.authority);
            made.name = renamed(other, first, &other.authority);
        }
        _ => {}
    }
    made
}

/// Another surname, where there is a number by which the child is found all the same.
fn renamed(other: &Somebody, first: &str, number: &str) -> String {
    if number.is_empty() { other.name.clone() } else { format!("{first} Newname") }
}

/// `Amina` for `Amira`: a name that differs by its last consonant.
fn near(name: &str) -> String {
    let other = |c: char| if c == 'n' { 'r' } else { 'n' };
    let at = name.char_indices().filter(|(at, c)| *at > 0 && !"aeiouy-".contains(*c)).map(|(at, _)| at).next_back();
    match at.and_then(|at| Some((at, name[at..].chars().next()?))) {
        Some((at, c)) => format!("{}{}{}", &name[..at], other(c), &name[at + c.len_utf8()..]),
        None => format!("{name}ne"),
    }
}

fn exchanged(born: &str) -> String {
    let parts: Vec<&str> = born.split('-').collect();
    if parts.len() == 3 && parts[2] <= "12" { format!("{}-{}-{}", parts[0], parts[2], parts[1]) } else { born.into() }
}

fn spelt(name: &str) -> String {
    let mut made = name.to_string();
    for (from, to) in [
        ("ph", "f"),
        ("ck", "k"),
        ("ee", "ea"),
        ("ie", "y"),
        ("c", "k"),
        ("oo", "u"),
        ("tt", "t"),
        ("ll", "l"),
        ("i", "y"),
    ] {
        if made.contains(from) {
            made = made.replacen(from, to, 1);
            break;
        }
    }
    made
}

fn slip(chance: &mut Chance, name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    if letters.len() > 3 {
        let at = 1 + chance.below(letters.len() - 2);
        letters.swap(at, at + 1);
    }
    letters.into_iter().collect()
}

fn figure(chance: &mut Chance, born: &str) -> String {
    let mut made = born[..8].to_string();
    let day: usize = born[8..].parse().unwrap_or(1);
    let other = if day % 10 == 9 { day - 1 } else { day + 1 };
    let _ = write!(made, "{other:02}");
    if chance.percent(30) && &born[5..7] != "12" && &born[5..7] != "09" {
        let month: usize = born[5..7].parse().unwrap_or(1);
        return format!("{}{:02}{}", &born[..5], month + 1, &born[7..]);
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_the_same_for_the_same_seed() {
        let one = set(7, 200);
        assert_eq!(one, set(7, 200));
        assert_eq!(one.here.len(), 200);
        assert_eq!(one.come.iter().filter(|c| !c.of.is_empty()).count(), 20);
        assert_eq!(one.come.iter().filter(|c| c.way == "namesake").count(), 4);
        assert_eq!((near("Amina"), near("Amira")), ("Amira".into(), "Amina".into()));
        assert!(
            one.here
                .iter()
                .filter(|c| !c.nhs.is_empty())
                .all(|c| { casebook::particulars::checked(casebook::particulars::Kind::Nhs, &c.nhs).is_ok() })
        );
    }
}
