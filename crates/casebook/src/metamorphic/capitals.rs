//! Words of the case file are written in capitals: choices, roles, yes and no. They are the same words.

use super::ask::World;
use super::compare::{Difference, flags_differ, same};
use super::{Change, Changes, Property, Subject};
use crate::case_file::{read, write};
use crate::chance::Chance;
use engine::source::SourceFile;
use engine::value::Type;
use engine::vocabulary::Vocabulary;
use serde_json::Value as Json;

pub(super) const PROPERTY: Property =
    Property { name: "capitals", says: "an answer in capitals is the same answer", changes };

/// How a word may be typed.
type Hand = (&'static str, fn(&str) -> String);

const HANDS: [Hand; 2] = [("CAPITALS", |word| word.to_uppercase()), ("A Capital", capital)];

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let v = world.vocabulary();
    let moments = subject.some_moments(chance, |_| true);
    let mut made = Vec::new();
    for (hand, write_so) in HANDS {
        let mut text = write(&subject.case, v);
        let count = rewrite(v, &mut text, write_so);
        if count == 0 {
            return Changes::aside("no word to write otherwise");
        }
        let reading = read(&SourceFile::new("changed", text.to_string()), v, None);
        let words = format!("{count} words in {hand}");
        let Some(case) = reading.case else {
            let found: Vec<Difference> = reading
                .problems
                .iter()
                .map(|p| Difference {
                    book: "case file".into(),
                    rule: p.message.rsplit(' ').next().unwrap_or_default().into(),
                    duty: p.code.into(),
                    expected: "the same case".into(),
                    got: format!("{}; {}", p.message, p.help),
                })
                .collect();
            let broken: super::Judge = Box::new(move |_, _, _| found.clone());
            made.push(Change::new(words, subject.case.clone(), &moments[..1], broken));
            continue;
        };
        let broken: super::Judge = Box::new(|world, before, after| {
            let mut found = same(world, before, after, &|_| true);
            found.extend(flags_differ(before, after, ""));
            found
        });
        made.push(Change::new(words, case, &moments, broken).with_flags());
    }
    Changes { made, aside: Vec::new() }
}

/// Writes every closed word otherwise, and counts them.
fn rewrite(v: &Vocabulary, case: &mut Json, so: fn(&str) -> String) -> usize {
    let mut count = 0;
    let mut word = |value: &mut Json, closed: bool| {
        if let (Json::String(text), true) = (&mut *value, closed) {
            *text = so(text);
            count += 1;
        }
    };
    for fact in list(case, "facts") {
        let kind = fact["fact"].as_str().and_then(|f| v.fact(f)).map(|f| v.fact_at(f).kind.clone());
        let closed = matches!(kind, Some(Type::Choice(_) | Type::Role));
        word(&mut fact["value"], closed);
    }
    for entry in list(case, "chronology") {
        let Some(event) = entry["event"].as_str().and_then(|e| v.event(e)) else { continue };
        let Json::Object(keys) = entry else { continue };
        for (key, value) in keys {
            let kind = v.event_field(event, key).map(|f| &f.kind);
            let closed =
                key == "by" || matches!(kind, Some(Type::Choice(_) | Type::Role | Type::Roles)) || key == "answer";
            match value {
                Json::Array(items) => items.iter_mut().for_each(|item| word(item, closed)),
                value => word(value, closed),
            }
        }
    }
    count
}

fn list<'a>(case: &'a mut Json, key: &str) -> impl Iterator<Item = &'a mut Json> {
    case.get_mut(key).and_then(Json::as_array_mut).into_iter().flatten()
}
