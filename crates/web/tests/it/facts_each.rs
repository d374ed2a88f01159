//! Every fact of the vocabulary that is neither worked out nor of the placement can be set, put right and seen by some post: those of the
//! page on what is known there, all others by the form of an entry. Made from the vocabulary, so that a new fact is held to it.

use crate::facts::{change, report, row, unknown};
use crate::house::{Browser, House, RULES};
use axum::http::StatusCode;
use engine::condition::{Expr, Subject, Test};
use engine::value::{Type, Value};
use engine::vocabulary::{EpisodeEffect, Event, Fact, SetTo, Sets, Vocabulary};

/// Two answers to a fact, each as pairs of a form, and what a page then says.
fn answers(fact: &Fact, number: usize) -> Vec<(String, String)> {
    let name = format!("f-{}", fact.id);
    let one = |value: &str| vec![(name.clone(), value.to_string())];
    let dated = |time: bool| {
        // A birth before everything else.
        let year = if fact.planned {
            2026
        } else if time {
            2013 + number
        } else {
            2010 + number
        };
        let parts =
            [("day", "3".to_string()), ("month", "6".into()), ("year", year.to_string()), ("time", "10:00".into())];
        let parts = parts.into_iter().take(if time { 4 } else { 3 });
        parts.map(|(end, part)| (format!("{name}-{end}"), part)).collect()
    };
    match &fact.kind {
        Type::YesNo => one(["yes", "no"][number]),
        Type::Choice(values) => one(&values[number]),
        Type::Area => one(["kent", "powys"][number]),
        Type::Number => one(["3", "4"][number]),
        Type::Date => dated(false),
        Type::Moment | Type::Since => dated(true),
        other => panic!("{}: no answer to {other:?}", fact.id),
    }
}

fn vocabulary() -> &'static Vocabulary {
    RULES.vocabulary()
}

fn recorded() -> impl Iterator<Item = &'static Fact> {
    vocabulary().facts.iter().filter(|f| f.derived.is_none() && !f.id.starts_with("placement."))
}

#[tokio::test]
async fn every_fact_of_the_page_is_set_put_right_and_seen() {
    let house = House::new().await;
    let mut browser = house.browser("social_worker").await;
    let child = unknown(&mut browser, "Alex Marlow").await;
    report(&mut browser, &child).await;
    let facts: Vec<&Fact> = recorded().filter(|f| !f.group.is_empty()).collect();
    assert!(facts.len() > 35, "{} facts", facts.len());
    for fact in facts {
        assert!(!fact.label.is_empty(), "{} has no label", fact.id);
        let first = answers(fact, 0);
        let pairs: Vec<(&str, &str)> = first.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let saved = change(&mut browser, &child, &fact.group, &pairs).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}: {}", fact.id, saved.text());
        let shown = browser.open(&format!("{child}/facts")).await;
        let set = row(&shown, &fact.id).to_string();
        assert!(set.contains("<strong>") && set.contains("Told by"), "{}: {set}", fact.id);
        let correct = set.split("href=\"").find(|rest| rest.contains("/facts/correct/")).expect("it can be put right");
        let correct = correct.split('"').next().expect("an address").to_string();
        let page = browser.open(&correct).await;
        let mut right = answers(fact, 1);
        if fact.planned {
            right[0].1 = "4".into();
        }
        let also = [("why", "It was another child"), ("source", "told"), ("told-by", "The child’s father")];
        right.extend(also.map(|(name, value)| (name.to_string(), value.to_string())));
        let pairs: Vec<(&str, &str)> = right.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let saved = browser.put_right(&correct, &page, &pairs).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}: {}", fact.id, saved.text());
        let shown = browser.open(&format!("{child}/facts")).await;
        let put_right = row(&shown, &fact.id);
        assert!(
            put_right.contains("Put right") && put_right.contains("It was another child"),
            "{}: {put_right}",
            fact.id
        );
        assert_eq!(browser.get(&correct).await.status, StatusCode::NOT_FOUND, "{}: it is put right once", fact.id);
    }
}

#[tokio::test]
async fn every_other_fact_is_set_by_an_entry_and_seen() {
    let house = House::new().await;
    let mut staff = Vec::new();
    for role in ["social_worker", "police_missing_unit", "missing_coordinator", "mash_decision_maker"] {
        if house.county.people.iter().any(|p| p.role == role) {
            staff.push(house.browser(role).await);
        }
    }
    let mut children = [(String::new(), String::new()), (String::new(), String::new())];
    for (n, name) in ["Alex Marlow", "Robin Marlow"].into_iter().enumerate() {
        let child = unknown(&mut staff[0], name).await;
        let gone = report(&mut staff[0], &child).await;
        children[n] = (child, gone);
    }
    let back = format!("{}/record/return.recorded", children[1].0);
    let page = staff[0].open(&back).await;
    let ended = staff[0].submit(&back, &page, &required(vocabulary(), "return.recorded", None)).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.text());
    let mut unset = Vec::new();
    for fact in recorded().filter(|f| f.group.is_empty()) {
        let mut done = false;
        let setters = vocabulary().events.iter().flat_map(|e| e.sets.iter().map(move |s| (e, s)));
        for (event, sets) in setters.filter(|(e, s)| vocabulary().fact_at(s.fact).id == fact.id && !e.made_up) {
            if matches!(sets.to, SetTo::Value(Value::Unknown)) {
                continue;
            }
            let [open, back] = &children;
            // What begins an episode needs a child who is not gone.
            let fresh = if event.episode == EpisodeEffect::Starts {
                (unknown(&mut staff[0], "Alex Marlow").await, String::new())
            } else {
                Default::default()
            };
            let (child, gone) = match () {
                () if !fresh.0.is_empty() => &fresh,
                () if event.after_return => back,
                () => open,
            };
            for browser in &mut staff {
                done = done || sets_it(browser, child, gone, event, sets, fact).await;
            }
            if done {
                break;
            }
        }
        if !done {
            unset.push(fact.id.as_str());
        }
    }
    assert!(unset.is_empty(), "no post can set {unset:?}");
}

async fn sets_it(browser: &mut Browser, child: &str, gone: &str, event: &Event, sets: &Sets, fact: &Fact) -> bool {
    let episode = gone.rsplit('/').next().expect("an id");
    let address = format!("{child}/record/{}", event.id);
    let answers = required(vocabulary(), &event.id, Some(sets));
    // Which of many acts it was is said before the form opens.
    let act = answers.iter().find(|(name, _)| ["f-action", "f-decision"].contains(name)).map(|(_, act)| *act);
    let act = act.map(|act| format!("&act={act}")).unwrap_or_default();
    let page = browser.get(&format!("{address}?episode={episode}{act}")).await;
    if page.status != StatusCode::OK {
        return false;
    }
    let saved = browser.submit(&address, &page, &answers).await;
    saved.status == StatusCode::SEE_OTHER
        && row(&browser.open(&format!("{child}/facts")).await, &fact.id).contains("<strong>")
}

/// Answers to what an event requires, and to what it needs to set a fact.
fn required<'a>(vocabulary: &'a Vocabulary, event: &str, sets: Option<&Sets>) -> Vec<(&'static str, &'a str)> {
    let id = vocabulary.event(event).expect("an event");
    let mut found: Vec<(String, String)> = Vec::new();
    for field in &vocabulary.event_at(id).fields {
        let wanted = sets.is_some_and(|s| matches!(s.to, SetTo::Field(f) if f == field.field));
        let value = match &field.kind {
            _ if !field.required && !wanted => continue,
            Type::YesNo => "yes".to_string(),
            Type::Choice(values) => values[0].clone(),
            Type::Answer(_) => "yes".into(),
            Type::Moment | Type::Since if field.planned => "2026-01-07T10:00+00:00".into(),
            Type::Moment | Type::Since => "2026-01-06T03:11+00:00".into(),
            Type::Role | Type::Roles => "social_worker".into(),
            Type::Action => "strategy_meeting.hold".into(),
            Type::Number => "3".into(),
            _ => "Words".into(),
        };
        found.push((format!("f-{}", field.id), value));
    }
    if let Some(sets) = sets {
        demanded(vocabulary, &sets.when.expr, &mut found);
    }
    found.push(("by".into(), "social_worker".into()));
    // A test lives as long as its process: what it asks for may be kept.
    found.into_iter().map(|(name, value)| (&*name.leak(), &*value.leak())).collect()
}

/// What a condition demands of an entry.
fn demanded(vocabulary: &Vocabulary, expr: &Expr, found: &mut Vec<(String, String)>) {
    match expr {
        Expr::All(parts) => parts.iter().for_each(|part| demanded(vocabulary, part, found)),
        Expr::Any(parts) => parts.iter().take(1).for_each(|part| demanded(vocabulary, part, found)),
        Expr::Test(Subject::Field(field), Test::OneOf(values)) => {
            let name = format!("f-{}", vocabulary.fields[field.place()]);
            let value = match values.first() {
                Some(Value::Bool(yes)) => if *yes { "yes" } else { "no" }.to_string(),
                Some(Value::Word(word)) => vocabulary.word(*word).unwrap_or_default().to_string(),
                _ => return,
            };
            found.retain(|(known, _)| *known != name);
            found.push((name, value));
        }
        _ => {}
    }
}
