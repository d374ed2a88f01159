//! What a child is known by, as a record says it.

use super::sound::latin;
use crate::case_file::{CaseFile, Person};
use crate::known::standing_facts;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use engine::words::sym;

/// The particulars that are numbers by which others know a child.
pub(super) const NUMBERS: [&str; 4] = ["nhs_number", "upn", "authority_number", "police_nominal"];
/// The particulars that are names.
const NAMES: [&str; 3] = ["legal_name", "known_as", "former_names"];

/// What a child is known by: all that a record says, or what somebody typed. Every list may be empty.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Marks {
    /// Names, as they are written: the one at the head of the record first.
    pub names: Vec<String>,
    /// Dates of birth that are said, as in `2011-05-02`.
    pub born: Vec<String>,
    /// Numbers, each with the key of its particular, such as `upn`; letters and figures alone.
    pub numbers: Vec<(String, String)>,
    /// Telephone numbers of the child, figures alone.
    pub phones: Vec<String>,
    /// Telephone numbers of people around the child, figures alone.
    pub phones_around: Vec<String>,
    /// Homes where the child lives or lived.
    pub homes: Vec<String>,
    /// Addresses of the child, of the homes, and of the household.
    pub addresses: Vec<String>,
}

impl Marks {
    /// What the record of a child says, as far as it is shown in this case file.
    pub fn of(vocabulary: &Vocabulary, name: &str, file: &CaseFile) -> Marks {
        let mut marks = Marks { names: vec![name.to_string()], ..Marks::default() };
        let born = vocabulary.known.date_of_birth;
        let dates = standing_facts(file, None).into_iter().filter(|(_, line)| line.fact == born);
        for (_, line) in dates {
            if let Value::Date(date) = line.value {
                add(&mut marks.born, date.to_string());
            }
        }
        for person in &file.people {
            let is_child = person.role == Some(sym("child"));
            if is_child {
                marks.child(person);
            } else {
                person.phone.iter().for_each(|phone| add(&mut marks.phones_around, figures(phone)));
            }
        }
        for placement in &file.placements {
            placement.name.iter().for_each(|name| add(&mut marks.homes, name.clone()));
            placement.address.iter().for_each(|address| add(&mut marks.addresses, address.clone()));
        }
        marks
    }

    fn child(&mut self, person: &Person) {
        person.name.iter().for_each(|name| add(&mut self.names, name.clone()));
        person.phone.iter().for_each(|phone| add(&mut self.phones, figures(phone)));
        person.address.iter().for_each(|address| add(&mut self.addresses, address.clone()));
        for (key, value) in &person.details {
            self.detail(key, value);
        }
    }

    /// Takes in a particular of the child, by its key.
    pub fn detail(&mut self, key: &str, value: &str) {
        if NAMES.contains(&key) {
            let several = value.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
            several.for_each(|name| add(&mut self.names, name.to_string()));
        }
        if NUMBERS.contains(&key) {
            let number = (key.to_string(), number(value));
            if !number.1.is_empty() && !self.numbers.contains(&number) {
                self.numbers.push(number);
            }
        }
        if key == "device_number" {
            add(&mut self.phones, figures(value));
        }
    }
}

fn add(list: &mut Vec<String>, text: String) {
    if !text.trim().is_empty() && !list.contains(&text) {
        list.push(text);
    }
}

/// A number by its letters and figures alone, however somebody writes it.
pub(super) fn number(text: &str) -> String {
    latin(text).chars().filter(char::is_ascii_alphanumeric).collect()
}

/// A number as it is looked up: a telephone number by its figures alone, any other by its letters and figures.
pub fn number_or_phone(text: &str) -> String {
    let only_figures = text.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c));
    let phone = if only_figures { figures(text) } else { String::new() };
    if phone.is_empty() { number(text) } else { phone }
}

/// A telephone number by its figures, from home or abroad alike: `+44 7700 900123` is `07700900123`. Too few figures are no number.
pub(super) fn figures(text: &str) -> String {
    let first = text.split(['/', ',', ';']).next().unwrap_or_default().replace("(0)", "");
    let figures: String = first.chars().filter(char::is_ascii_digit).collect();
    let abroad =
        figures.strip_prefix("0044").or_else(|| first.trim().strip_prefix('+').and(figures.strip_prefix("44")));
    let figures = abroad.map_or(figures.clone(), |rest| format!("0{rest}"));
    if figures.len() < 6 { String::new() } else { figures }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_one_however_it_is_written() {
        for written in ["07700 900123", "+44 7700 900123", "0044 7700900123", "+44 (0)7700 900 123", "07700-900123"] {
            assert_eq!(figures(written), "07700900123", "{written}");
        }
        assert_eq!(figures("999"), "");
    }

    #[test]
    fn former_names_are_names_each() {
        let mut marks = Marks::default();
        marks.detail("former_names", "Ana Popescu, Ana Ionescu\nAnna P");
        marks.detail("nhs_number", "999 000 0018");
        marks.detail("hair", "brown");
        assert_eq!(marks.names, ["Ana Popescu", "Ana Ionescu", "Anna P"]);
        assert_eq!(marks.numbers, [("nhs_number".to_string(), "9990000018".to_string())]);
    }
}
