//! Who a child is, as data: `rulebooks/vocabulary/particulars.toml` says what is asked, in which groups, who may see it; and numbers with a
//! check digit are checked here. Nothing is evaluated from any of it.

use engine::vocabulary::Class;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("../../../rulebooks/vocabulary/particulars.toml");

/// What is asked together, on one page.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The word of its address.
    pub id: String,
    /// What people read.
    pub title: String,
}

/// What is asked of a child.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Particular {
    /// The key of the record.
    pub id: String,
    /// The group that it belongs to.
    pub group: String,
    /// What people read.
    pub label: String,
    /// A line of help; may be empty.
    #[serde(default)]
    pub hint: String,
    /// How it is written.
    #[serde(default, rename = "type")]
    pub kind: Kind,
    /// Who may see it: a word of the classes.
    #[serde(default = "ordinary")]
    class: String,
    /// It is among what is read to the police.
    #[serde(default)]
    pub say: bool,
    /// Closed answers: the word of the record, and what people read.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
}

/// How a particular is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A line.
    #[default]
    Text,
    /// Several lines.
    Lines,
    /// A date.
    Date,
    /// One of its words.
    Choice,
    /// A telephone number.
    Phone,
    /// An NHS number.
    Nhs,
    /// A unique pupil number.
    Upn,
    /// The number of a telephone.
    Imei,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    particular_group: Vec<Group>,
    particular: Vec<Particular>,
}

// The file is part of the program, and a test reads it: it can always be read.
static ALL: LazyLock<(Vec<Group>, Vec<Particular>)> = LazyLock::new(|| match toml::from_str::<File>(FILE) {
    Ok(file) => (file.particular_group, file.particular),
    Err(_) => (Vec::new(), Vec::new()),
});

fn ordinary() -> String {
    Class::Ordinary.word().into()
}

impl Particular {
    /// A value as people read it.
    pub fn words(&self, value: &str) -> String {
        let known = self.words.get(value).cloned();
        let date = (self.kind == Kind::Date).then(|| value.parse().map(engine::value::Value::Date).ok()).flatten();
        match (known, date) {
            (Some(words), _) => words,
            (_, Some(engine::value::Value::Date(date))) => date.strftime("%-d %B %Y").to_string(),
            _ => value.into(),
        }
    }
}

/// The groups, in order.
pub fn groups() -> &'static [Group] {
    &ALL.0
}

/// All of them, in order.
pub fn all() -> &'static [Particular] {
    &ALL.1
}

/// The word of the class of what is kept under a key; none where the key is no particular.
pub fn class(key: &str) -> Option<&'static str> {
    all().iter().find(|one| one.id == key).map(|one| one.class.as_str())
}

/// A number as it is kept, or what is wrong with it.
///
/// # Errors
/// What is wrong, in the user's words.
pub fn checked(kind: Kind, text: &str) -> Result<String, &'static str> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase();
    match kind {
        Kind::Nhs if nhs(&bare) => Ok(format!("{} {} {}", &bare[..3], &bare[3..6], &bare[6..])),
        Kind::Nhs => {
            Err("this is not an NHS number: ten figures, of which the last checks the others; read it once more")
        }
        Kind::Upn if upn(&bare) => Ok(bare),
        Kind::Upn => Err(
            "this is not a unique pupil number: a letter and twelve figures, checked by the letter; read it once more",
        ),
        Kind::Imei if luhn(&bare) => Ok(bare),
        Kind::Imei => Err(
            "this is not the number of a telephone: fifteen figures, of which the last checks the others; read it once more",
        ),
        Kind::Text | Kind::Lines | Kind::Date | Kind::Choice | Kind::Phone => Ok(text.to_string()),
    }
}

fn digits(text: &str) -> Option<Vec<u32>> {
    text.chars().map(|c| c.to_digit(10)).collect()
}

fn nhs(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 10) else { return false };
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    (11 - sum % 11) % 11 == digits[9]
}

/// The letters of a unique pupil number: those that are not mistaken for a figure.
const LETTERS: &str = "ABCDEFGHJKLMNPQRTUVWXYZ";

fn upn(text: &str) -> bool {
    let value = |c: char| LETTERS.chars().position(|letter| letter == c).map(|n| n as u32);
    let signs: Vec<char> = text.chars().collect();
    let [check, middle @ .., last] = &signs[..] else { return false };
    let middle: Option<Vec<u32>> = middle.iter().map(|c| c.to_digit(10)).collect();
    // A number that was given for a time ends with a letter.
    let (Some(mut numbers), Some(last)) =
        (middle.filter(|m| m.len() == 11), last.to_digit(10).or_else(|| value(*last)))
    else {
        return false;
    };
    numbers.push(last);
    let sum: u32 = numbers.iter().zip(2..).map(|(number, weight)| number * weight).sum();
    value(*check) == Some(sum % 23)
}

fn luhn(text: &str) -> bool {
    let Some(digits) = digits(text).filter(|digits| digits.len() == 15) else { return false };
    let twice = |(n, digit): (usize, &u32)| if n % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    digits.iter().enumerate().map(twice).sum::<u32>() % 10 == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_file_is_whole() {
        assert!(toml::from_str::<File>(FILE).is_ok());
        let mut seen = HashSet::new();
        for one in all() {
            assert!(seen.insert(&one.id), "{} is there twice", one.id);
            assert!(groups().iter().any(|group| group.id == one.group), "{} has no group", one.id);
            assert!(["ordinary", "health", "whereabouts"].contains(&one.class.as_str()), "{}", one.id);
            assert_eq!(one.kind == Kind::Choice, !one.words.is_empty(), "{}", one.id);
        }
    }

    #[test]
    fn numbers_are_checked() {
        assert_eq!(checked(Kind::Nhs, "9990000018"), Ok("999 000 0018".into()));
        assert_eq!(checked(Kind::Upn, "t801200011001"), Ok("T801200011001".into()));
        assert_eq!(checked(Kind::Imei, "49-015420-323751-8"), Ok("490154203237518".into()));
        for (kind, wrong) in [
            (Kind::Nhs, "9990000019"),
            (Kind::Nhs, "999000001"),
            (Kind::Nhs, "dix"),
            (Kind::Upn, "A801200011001"),
            (Kind::Upn, "T80120001100"),
            (Kind::Imei, "490154203237517"),
            (Kind::Imei, "49015420323751٨"),
        ] {
            assert!(checked(kind, wrong).is_err(), "{wrong}");
        }
    }
}
