//! People around a child, as the record has them: who stands now, what they are, and whom to ring.

use crate::words::Names;
use crate::{Lens, PersonLine, Record, Ring, ToRing};
use casebook::case_file::Person;
use casebook::command::labels;
use engine::value::Value;

/// What somebody is to the child: the word of the record, what people read, and the same of several.
pub const KINDS: [(&str, &str, &str); 6] = [
    ("family", "Family", "Family"),
    ("carer", "Carer", "Carers"),
    ("friend", "Friend", "Friends"),
    ("associate", "Associate", "Associates"),
    ("professional", "Works with the child", "People who work with the child"),
    ("risk", "Poses a risk", "People who pose a risk"),
];

/// One of the details of somebody; empty where it is not there.
pub(crate) fn detail<'a>(person: &'a Person, key: &str) -> &'a str {
    person.details.iter().find(|(known, _)| known == key).map_or("", |(_, value)| value)
}

/// Everybody around the child, but for those with whom it ended.
fn standing<'a>(lens: &Lens<'_>, record: &'a Record) -> impl Iterator<Item = &'a Person> {
    let child = engine::words::sym("child");
    let today = lens.face.calendar.date(lens.now);
    let over = move |person: &Person| {
        let until = detail(person, "until").parse().map(Value::Date);
        until.is_ok_and(|until| matches!(until, Value::Date(until) if until <= today))
    };
    record.file.people.iter().filter(move |person| person.role != Some(child) && !over(person))
}

/// What somebody is: the role in the vocabulary's word, else the relation as it was written, else the kind.
fn what(names: &Names<'_>, person: &Person) -> String {
    let role = person.role.and_then(|role| names.vocabulary.word(role)).map(|word| labels::capital(&names.role(word)));
    let kind = KINDS.iter().find(|(word, ..)| *word == detail(person, "kind")).map_or("", |(_, words, _)| words);
    let relation = labels::capital(detail(person, "relation"));
    let mut said: Vec<String> =
        [role.unwrap_or_default(), relation].into_iter().filter(|text| !text.is_empty()).collect();
    if said.is_empty() || detail(person, "kind") == "risk" {
        said.insert(0, kind.to_string());
    }
    said.retain(|text| !text.is_empty());
    said.join(", ")
}

/// The numbers of somebody, the first first.
fn rings(person: &Person) -> Vec<Ring> {
    let first = Ring { number: person.phone.clone().unwrap_or_default(), what: detail(person, "phone_what").into() };
    let more = [("phone2", "phone2_what"), ("phone3", "phone3_what")];
    let more =
        more.map(|(number, what)| Ring { number: detail(person, number).into(), what: detail(person, what).into() });
    std::iter::once(first).chain(more).filter(|ring| !ring.number.is_empty()).collect()
}

/// The people of the child's page.
pub fn people(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<PersonLine> {
    let line = |p: &Person| PersonLine {
        name: p.name.clone().unwrap_or_else(|| "Name not recorded".into()),
        role: what(names, p),
        rings: rings(p),
        email: p.email.clone().unwrap_or_default(),
        address: p.address.clone().unwrap_or_default(),
        more: p.facts.iter().map(|(key, value)| (labels::written(key), value.clone())).collect(),
    };
    standing(lens, record).map(line).collect()
}

/// Whom to ring: everybody with a name or a number, but for those who may be a danger.
pub fn to_ring(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<ToRing> {
    let safe = |p: &&Person| !["risk", "associate"].contains(&detail(p, "kind"));
    let line = |p: &Person| {
        let role = what(names, p);
        let mut numbers = rings(p).into_iter();
        let first = numbers.next().unwrap_or_default();
        let one = ToRing {
            role: if role.is_empty() { "Around the child".into() } else { role.clone() },
            name: p.name.clone().unwrap_or_default(),
            phone: first.number,
        };
        let more = numbers.map(move |ring| ToRing {
            role: if ring.what.is_empty() { role.clone() } else { ring.what },
            name: p.name.clone().unwrap_or_default(),
            phone: ring.number,
        });
        std::iter::once(one).chain(more).collect::<Vec<_>>()
    };
    let all = standing(lens, record).filter(safe).flat_map(line);
    let mut found: Vec<ToRing> = Vec::new();
    for one in all.filter(|one| !one.name.is_empty() || !one.phone.is_empty()) {
        // One number is shown once, with everybody who answers it.
        let same = |known: &&mut ToRing| !one.phone.is_empty() && digits(&known.phone) == digits(&one.phone);
        match found.iter_mut().find(same) {
            Some(known) if known.name.contains(&one.name) => {}
            Some(known) => known.name = format!("{}, {}", known.name, one.name),
            None => found.push(one),
        }
    }
    found
}

fn digits(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}
