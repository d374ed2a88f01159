//! What changes after the return: a move, another authority, leaving care, a birthday. What the episode brought about is still owed, by
//! the same people, and the old episode gains nothing.

use super::ask::{Answer, World};
use super::compare::same;
use super::{Change, Changes, Property, Subject, edit, said};
use crate::case_file::CaseFile;
use crate::chance::Chance;
use engine::calendar::Length;
use engine::rulebook::RuleScope;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::Derived;
use engine::words::sym;

pub(super) const MOVED: Property = Property {
    name: "moved",
    says: "a move, another authority or leaving care after the return takes nothing from the episode and adds nothing to it",
    changes: moved,
};

pub(super) const BIRTHDAY: Property = Property {
    name: "birthday",
    says: "a birthday after the return, the 18th too, changes nothing of what the episode brought about",
    changes: birthday,
};

/// So long after the return it happens, in minutes.
const LATER: i64 = 1440;

/// The last return, if the case ends with one.
fn ended(world: &World<'_>, case: &CaseFile) -> Option<Moment> {
    world.known(case).episodes.last()?.end
}

fn moved(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let v = world.vocabulary();
    let Some(end) = ended(world, &subject.case) else { return Changes::aside("no return at its end") };
    let at = end.plus_minutes(LATER + chance.between(-600, 600));
    let moments = subject.some_moments(chance, |m| m > at);
    if moments.is_empty() {
        return Changes::aside("nothing is asked about after it");
    }
    let known = world.known(&subject.case);
    let now = |fact: &str| v.fact(fact).map(|f| known.facts.value_at(f, at));
    let others: Vec<usize> = areas(world).filter(|b| !subject.books.contains(b)).collect();
    let elsewhere = if others.is_empty() { chance.one_of(&subject.books) } else { chance.one_of(&others) };
    let area = world.book(*elsewhere).area.clone();
    let mut books = subject.books.clone();
    let same_book = |b: &usize| world.book(*b).id == world.book(*elsewhere).id;
    books.extend((0..world.library.rulebooks.len()).filter(|b| same_book(b) && !subject.books.contains(b)));
    let mut made = Vec::new();
    let mut change = |words: String, facts: &[(&str, Value)]| {
        let mut case = subject.case.clone();
        case.words.insert(sym(&area), area.clone());
        for (fact, value) in facts {
            let Some(fact) = v.fact(fact) else { return };
            case = edit::with_fact(&case, fact, *value, at);
        }
        let before_that = move |a: &Answer| a.arises < at;
        let broken: super::Judge = Box::new(move |world, before, after| {
            same(world, before, after, &|a| of_episode(world, a) && before_that(a))
        });
        let words = format!("{words} at {}", v.calendar.words(at));
        let books = Some([books.clone(), books.clone()]);
        made.push(Change { books, ..Change::new(words, case, &moments, broken) });
    };
    let there = Value::Word(sym(&area));
    let other_type = match v.fact("placement.type").map(|f| v.fact_at(f).kind.clone()) {
        Some(Type::Choice(types)) => {
            let is = now("placement.type");
            let others: Vec<String> = types.into_iter().filter(|t| is != Some(Value::Word(sym(t)))).collect();
            Some(Value::Word(sym(chance.one_of::<String>(&others))))
        }
        _ => None,
    };
    if let Some(kind) = other_type {
        let kind_word = if let Value::Word(word) = kind { v.word(word).unwrap_or("?") } else { "?" };
        let facts = [("placement.type", kind), ("placement.host_authority", there)];
        change(format!("moved to {kind_word} in {area}"), &facts);
    }
    change(format!("{area} is responsible"), &[("child.responsible_authority", there)]);
    if now("child.looked_after") == Some(Value::Bool(true)) {
        change("not looked after any more".into(), &[("child.looked_after", Value::Bool(false))]);
    }
    Changes { made, aside: Vec::new() }
}

/// The first edition of each rulebook of an area.
fn areas<'a>(world: &'a World<'_>) -> impl Iterator<Item = usize> + 'a {
    let books = &world.library.rulebooks;
    (0..books.len()).filter(move |b| books[*b].kind == "area" && (*b == 0 || books[*b - 1].id != books[*b].id))
}

/// Was it brought about by the episode?
fn of_episode(world: &World<'_>, answer: &Answer) -> bool {
    answer.episode.is_some() && world.rule(answer).scope == RuleScope::Episode
}

/// Born so that the child has the same age as before, and the birthday comes the day after the return, or half a year after it.
fn birthday(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const HALF_A_YEAR: i32 = 180;
    let v = world.vocabulary();
    let calendar = &v.calendar;
    let Some(end) = ended(world, &subject.case) else { return Changes::aside("no return at its end") };
    let born = |case: &CaseFile| case.facts.iter().position(|f| f.fact == v.known.date_of_birth);
    let Some(line) = born(&subject.case) else { return Changes::aside("nobody knows the date of birth") };
    let first = subject.case.chronology.iter().map(|e| e.occurred).min().unwrap_or(end);
    if calendar.add(first, Length::Days(HALF_A_YEAR)) < end {
        return Changes::aside("the record is longer than half a year");
    }
    let at = calendar.add(end, Length::Days(1 + chance.below(2) as i32));
    let later = calendar.add(end, Length::Days(HALF_A_YEAR));
    let moments = subject.some_moments(chance, |m| calendar.date(m) >= calendar.date(at) && m < later);
    if moments.is_empty() {
        return Changes::aside("nothing is asked about after it");
    }
    let Value::Date(date) = subject.case.facts[line].value else {
        return Changes::aside("nobody knows the date of birth");
    };
    let mut made = Vec::new();
    // The age as it is at the return, and seventeen.
    let mut ages = vec![17];
    let today = calendar.date(end);
    let not_yet = (today.month(), today.day()) < (date.month(), date.day());
    ages.push(i32::from(today.year()) - i32::from(date.year()) - i32::from(not_yet));
    ages.retain(|age| (0..40).contains(age));
    ages.dedup();
    for age in ages {
        let birth = |birthday: Moment| calendar.add(birthday, Length::Months(-12 * (age + 1)));
        let of = |birthday: Moment| {
            let mut case = subject.case.clone();
            case.facts.retain(|f| f.fact != v.known.date_of_birth);
            let mut fact = subject.case.facts[line].clone();
            fact.value = Value::Date(calendar.date(birth(birthday)));
            case.facts.push(fact);
            case
        };
        let broken: super::Judge = Box::new(move |world, before, after| {
            // A limit that is the 18th birthday itself moves with it.
            let of_age = |a: &Answer| said::looks_at(world, world.rule(a), Derived::Turns18);
            same(world, before, after, &|a| of_episode(world, a) && a.arises < at && !of_age(a))
        });
        let words = format!("the birthday at which the child is {} falls on {}", age + 1, calendar.date(at));
        made.push(Change { before: Some(of(later)), ..Change::new(words, of(at), &moments, broken) });
    }
    Changes { made, aside: Vec::new() }
}
