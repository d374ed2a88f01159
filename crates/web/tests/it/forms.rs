//! The forms of all rulebooks, each filled in as its person would: opened, put aside, gone on with, completed, read, taken over, compared.

use crate::house::{Browser, House, Page, RULES, on_both};
use axum::http::{Request, StatusCode, header};
use casebook::command::{asked_as, form_of, line_of, name, since_of, what_of};
use casebook::particulars::{self, Kind};
use engine::rulebook::{Block, Bound, Details, FieldType, Form, FormField, Rulebook};
use engine::value::Type;

/// As much as may go over the line for a page.
const PAGE: usize = 60 * 1024;

/// The county's second form in force of each rulebook, with its block.
pub(crate) fn forms() -> Vec<(&'static Rulebook, &'static Block, &'static Form)> {
    let books = RULES.library.rulebooks.iter().filter(|book| book.id != "example");
    books.flat_map(|book| book.blocks.iter().filter_map(move |b| Some((book, b, form_of(b)?)))).collect()
}

/// The child of an open episode, and the address of the episode.
pub(crate) async fn open_episode(browser: &mut Browser) -> (String, String) {
    let link = browser.open("/board").await.links("/children/").remove(0);
    let child = link.split("/episodes/").next().expect("a child").to_string();
    (child, link)
}

fn day(name: &str, parts: [&str; 3]) -> Vec<(String, String)> {
    ["day", "month", "year"].iter().zip(parts).map(|(end, part)| (format!("{name}-{end}"), part.into())).collect()
}

/// An answer to a question, name by name. `mark` stands in whatever is written.
fn answer(one: &FormField, mark: &str) -> Vec<(String, String)> {
    let vocabulary = RULES.vocabulary();
    let asked = asked_as(vocabulary, one);
    let text = format!("{mark} {}", one.id);
    let mut given = match &one.bound {
        Bound::Fact(id) => match &vocabulary.fact_at(*id).kind {
            Type::YesNo => vec![(asked.clone(), "yes".into())],
            Type::Choice(words) => vec![(asked.clone(), words[0].clone())],
            // Filled in from the record already.
            _ => Vec::new(),
        },
        Bound::Particular(key) => {
            let kept = particulars::all().iter().find(|p| p.id == *key).expect("a particular");
            match kept.kind {
                Kind::Text | Kind::Lines => vec![(asked.clone(), text.clone())],
                Kind::Choice => vec![(asked.clone(), kept.words.keys().next().expect("a word").clone())],
                Kind::Phone => vec![(asked.clone(), "07700 900123".into())],
                Kind::Nhs => vec![(asked.clone(), "943 476 5919".into())],
                Kind::Imei => vec![(asked.clone(), "490154203237518".into())],
                Kind::Upn => Vec::new(),
                Kind::Date => day(&asked, ["3", "3", "2025"]),
            }
        }
        Bound::Event(id) => match id.as_str() {
            "rating" => vec![(asked.clone(), "amber".into())],
            "answer" => vec![(asked.clone(), "no".into())],
            "review_on" => {
                let mut parts = day(&asked, ["3", "3", "2026"]);
                parts.push((format!("{asked}-time"), "10:00".into()));
                parts
            }
            "consulted" => vec![(asked.clone(), "police".into())],
            _ => vec![(asked.clone(), text.clone())],
        },
        Bound::No => match one.kind {
            FieldType::YesNo => vec![(asked.clone(), "yes".into())],
            FieldType::Graded | FieldType::Choice => vec![(asked.clone(), one.choices[0].clone())],
            FieldType::Date => day(&asked, ["3", "3", "2025"]),
            // When the interview was held and when the notification came: at the hour of the test.
            FieldType::Moment if ["held_at", "received_at"].contains(&one.id.as_str()) => Vec::new(),
            FieldType::Moment => {
                let mut parts = day(&asked, ["5", "1", "2026"]);
                parts.push((format!("{asked}-time"), "10:00".into()));
                parts
            }
            FieldType::Time => vec![(asked.clone(), "18:30".into())],
            FieldType::Number => vec![(asked.clone(), "3".into())],
            FieldType::Phone => vec![(asked.clone(), "01632 960123".into())],
            FieldType::Role if one.id == "interviewer" => vec![(asked.clone(), "missing_coordinator".into())],
            FieldType::Role => vec![(asked.clone(), "police".into())],
            FieldType::Photograph => Vec::new(),
            FieldType::Group => {
                let part = |(n, part): (usize, &engine::rulebook::LineField)| {
                    (line_of(&asked, 1, &part.id), if n == 0 { format!("{mark} somebody") } else { text.clone() })
                };
                one.lines.iter().enumerate().map(part).collect()
            }
            FieldType::Text | FieldType::LongText | FieldType::Person | FieldType::Place => {
                vec![(asked.clone(), text.clone())]
            }
        },
    };
    if one.details != Details::None && !given.is_empty() {
        given.push((what_of(&asked), format!("{text} rests on this")));
    }
    if one.details == Details::WhatSince && !given.is_empty() {
        given.push((since_of(&asked), "last winter".into()));
    }
    given
}

/// What the page asks, answered.
pub(crate) fn answers(page: &Page, form: &Form, mark: &str) -> Vec<(String, String)> {
    let asks = |given: &Vec<(String, String)>| {
        let there = |name: &str| page.html.contains(&format!("name=\"{name}\""));
        given.iter().any(|(name, _)| there(name) || there(&format!("{name}-else")))
    };
    form.fields.iter().map(|one| answer(one, mark)).filter(asks).flatten().collect()
}

/// The hour of what a form records beside itself: now.
pub(crate) fn hour(house: &House, form: &Form) -> Option<(String, String)> {
    let at = form.also.iter().find_map(|also| also.at.as_ref())?;
    Some((format!("q-{at}"), RULES.vocabulary().calendar.stamp(house.app.now())))
}

pub(crate) async fn press(
    browser: &mut Browser,
    address: &str,
    page: &Page,
    given: &[(String, String)],
    button: &str,
) -> Page {
    let mut given: Vec<(&str, &str)> = given.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    given.push(("do", button));
    browser.submit(address, page, &given).await
}

/// The page as its browser receives it: packed.
async fn small(browser: &Browser, address: &str) {
    let packed = browser.size(Request::get(address).header(header::ACCEPT_ENCODING, "gzip")).await;
    assert!(packed < PAGE, "{address}: {packed} bytes");
}

/// The child of an episode came back.
pub(crate) async fn returned(browser: &mut Browser, child: &str, episode: &str) {
    let address = format!("{child}/record/return.recorded");
    let page = browser.open(&address).await;
    let back = browser.submit(&address, &page, &[("f-how", "own_accord")]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{episode}: {}", back.text());
}

/// Who fills in a form: the police what is theirs to say, social care the rest.
fn doer(form: &Form) -> &'static str {
    let event = form.records.map(|event| RULES.vocabulary().event_at(event));
    let police =
        event.is_some_and(|event| event.said_by.iter().any(|role| RULES.vocabulary().word(*role) == Some("police")));
    if police { "police_missing_unit" } else { "missing_coordinator" }
}

#[tokio::test]
async fn every_form_of_every_rulebook_is_opened_put_aside_gone_on_with_completed_read_taken_over_and_compared() {
    let house = House::new().await;
    let mut browsers = [house.browser("missing_coordinator").await, house.browser("police_missing_unit").await];
    let (child, episode) = open_episode(&mut browsers[0]).await;
    let mut done = 0;
    let mut all = forms();
    // What is only so once the child is back comes last.
    let afterwards = |form: &Form| {
        let mut events = form.records.into_iter().chain(form.also.iter().map(|also| also.event));
        events.any(|event| RULES.vocabulary().event_at(event).after_return)
    };
    all.sort_by_key(|(.., form)| afterwards(form));
    let mut back = false;
    for (book, block, form) in all {
        if afterwards(form) && !back {
            returned(&mut browsers[0], &child, &episode).await;
            back = true;
        }
        let browser = &mut browsers[usize::from(doer(form) == "police_missing_unit")];
        let child = child.clone();
        let what = format!("{} {}", book.id, block.id);
        let address = format!("{child}/forms/{}/{}", book.id, block.id);
        let page = browser.open(&address).await;
        small(browser, &address).await;
        let mut given = answers(&page, form, "First");
        given.extend(hour(&house, form));
        assert!(!given.is_empty(), "{what} asks nothing");

        let put_aside = press(browser, &address, &page, &given, "later").await;
        assert_eq!(
            (put_aside.status, put_aside.location.clone()),
            (StatusCode::SEE_OTHER, format!("{child}/forms")),
            "{what}\n{}",
            put_aside.text()
        );
        let list = browser.open(&format!("{child}/forms")).await;
        let draft = list.links(&format!("{child}/forms/draft/")).remove(0);
        let resumed = browser.open(&draft).await;
        let held = resumed.form();
        for (name, value) in given.iter().filter(|(name, _)| !name.starts_with("q-") || !name.ends_with("-since")) {
            let kept = held.iter().any(|(n, v)| n == name && v == value);
            assert!(kept || held.iter().all(|(n, _)| n != name), "{what}: {name} was kept: {value}");
        }

        let completed = press(browser, &address, &resumed, &[], "complete").await;
        assert_eq!(completed.status, StatusCode::SEE_OTHER, "{what}: {}", completed.text());
        let filled = completed.location.clone();
        assert!(filled.starts_with(&format!("{child}/forms/filled/")), "{what}: {filled}");
        assert!(!browser.open(&format!("{child}/forms")).await.html.contains(&draft), "{what}: the draft is gone");
        let read = browser.open(&filled).await;
        small(browser, &filled).await;
        for one in form.fields.iter().filter(|one| answer(one, "First").iter().any(|(_, v)| v.starts_with("First"))) {
            assert!(
                read.says(&format!("First {}", one.id)) || read.says("First somebody"),
                "{what}: {} is read",
                one.id
            );
        }

        let entry = filled.rsplit('/').next().expect("an entry").to_string();
        let over = browser.open(&format!("{address}?from={entry}")).await;
        assert!(over.says("Taken over, not looked at yet"), "{what}");
        let changed = answers(&over, form, "Second");
        let (first, _) = changed.split_at(1);
        let completed = press(browser, &address, &over, first, "complete").await;
        assert_eq!(completed.status, StatusCode::SEE_OTHER, "{what}: {}", completed.text());
        let second = browser.open(&completed.location).await;
        assert!(
            second.says("Taken over, not looked at") || form.fields.len() == 1,
            "{what}: what nobody looked at says so"
        );
        let compared = browser.open(&format!("{}?with={entry}", completed.location)).await;
        assert!(compared.says("compared with"), "{what}");
        if first[0].1.starts_with("Second") {
            assert!(compared.html.contains("wh-filled__changed"), "{what}: what differs is marked");
        }
        done += 1;
        // A night of forms is a long night.
        house.clock.pass(2);
    }
    assert!(done >= 48, "{done} forms");
}

/// What a Keep Safe Plan has to say.
fn plan(risk: &str) -> Vec<(String, String)> {
    let rest = ["q-supervision", "q-others_involved", "q-parents_advice"].map(|name| (name.into(), "As agreed".into()));
    std::iter::once(("q-risk".into(), risk.into())).chain(rest).collect()
}

#[test]
fn what_a_form_leaves_open_is_said_wherever_it_is_complete_and_a_plan_is_whole() {
    on_both(|house| async move {
        let mut browser = house.browser("missing_coordinator").await;
        let (child, episode) = open_episode(&mut browser).await;
        // Nineteen factors, two of them graded: complete, and it says what it is not, on its page, in the lists, where it stands in the episode.
        let address = format!("{child}/forms/bedfordshire/missing_risk_assessment");
        let page = browser.open(&address).await;
        let graded = [("q-illness", "high"), ("q-bullying", "low")].map(|(n, v)| (n.to_string(), v.to_string()));
        let done = press(&mut browser, &address, &page, &graded, "complete").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let read = browser.open(&done.location).await;
        assert!(read.says("Complete, 17 of 19 factors not graded."), "{}", read.text());
        assert_eq!(read.html.matches(">Not graded<").count(), 17, "{}", read.text());
        assert!(browser.open(&format!("{child}/forms")).await.says("17 of 19 factors not graded"));
        assert!(browser.open(&episode).await.says("Complete, 17 of 19 factors not graded"));
        // What the protocol says that a plan records, it records: what is missing is said at its place, and what was typed stays.
        let address = format!("{child}/forms/bedfordshire/safety_plan");
        let page = browser.open(&address).await;
        let short = press(&mut browser, &address, &page, &plan("High at night")[..1], "complete").await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.says("Supervision and support in the placement: this cannot be left empty"), "{}", short.text());
        assert!(short.html.contains("High at night"));
        let done = press(&mut browser, &address, &short, &plan("High at night"), "complete").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        let read = browser.open(&done.location).await;
        assert!(read.says("questions not answered") && read.says("Not answered"), "{}", read.text());
        // The home's record is of four things, all of them.
        returned(&mut browser, &child, &episode).await;
        let address = format!("{child}/forms/childrens-home/absence_record");
        let page = browser.open(&address).await;
        let one = [("q-home_action".to_string(), "Searched the house and rang her friends".to_string())];
        let short = press(&mut browser, &address, &page, &one, "complete").await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(short.says("How the child came back: this cannot be left empty"), "{}", short.text());
    });
}

#[tokio::test]
async fn a_second_place_is_told_and_nothing_that_was_typed_is_lost() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    let address = format!("{child}/forms/bedfordshire/safety_plan");
    let page = browser.open(&address).await;
    press(&mut browser, &address, &page, &[("q-risk".into(), "begun".into())], "later").await;
    let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
    let (one, other) = (browser.open(&draft).await, browser.open(&draft).await);
    let saved = press(&mut browser, &address, &one, &[("q-risk".into(), "from the telephone".into())], "type").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.html);
    // The same page goes on, whatever answer it missed.
    let saved =
        press(&mut browser, &address, &one, &[("q-risk".into(), "from the telephone still".into())], "type").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.html);
    let typing = press(&mut browser, &address, &other, &[("q-risk".into(), "from the desk".into())], "type").await;
    assert!(typing.html.contains("elsewhere"), "{}", typing.html);
    let told = press(&mut browser, &address, &other, &[("q-risk".into(), "from the desk".into())], "complete").await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    for words in ["saved in another place", "from the telephone still", "from the desk"] {
        assert!(told.says(words) || told.html.contains(words), "{words}");
    }
    // Whoever was shown the other goes on with what stands here; the other is kept beside it.
    let saved =
        press(&mut browser, &address, &told, &[("q-risk".into(), "from the desk, compared".into())], "later").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let resumed = browser.open(&draft).await;
    assert!(resumed.html.contains("from the desk, compared") && resumed.says("from the telephone still"));
    let settled = press(&mut browser, &address, &resumed, &[], "settle").await;
    assert_eq!(settled.status, StatusCode::SEE_OTHER);
    assert!(!browser.open(&draft).await.says("from the telephone still"));
    // Completed here, the other place is told that it is gone, and keeps what it holds.
    let page = browser.open(&draft).await;
    let done = press(&mut browser, &address, &page, &plan("from the desk, compared"), "complete").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let late = press(&mut browser, &address, &one, &[("q-risk".into(), "typed too late".into())], "later").await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.says("completed or thrown away in another place") && late.html.contains("typed too late"));
    let saved = press(&mut browser, &address, &late, &[], "later").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
}

#[tokio::test]
async fn a_draft_is_its_authors_alone_and_of_nobody_who_may_not_see_the_child() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    let address = format!("{child}/forms/bedfordshire/safety_plan");
    let page = browser.open(&address).await;
    press(&mut browser, &address, &page, &[("q-risk".into(), "for nobody yet".into())], "later").await;
    let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
    let mut police = house.browser("police_missing_unit").await;
    assert_eq!(police.get(&draft).await.status, StatusCode::NOT_FOUND);
    assert!(!police.open(&format!("{child}/forms")).await.html.contains(&draft));
    // Of another child's address it opens neither.
    let other = house.county.children.iter().map(|c| format!("/children/{}", c.id)).find(|c| *c != child);
    let other = other.expect("a second child");
    let elsewhere = draft.replace(&child, &other);
    assert_ne!(browser.get(&elsewhere).await.status, StatusCode::OK);
    // Nobody else saves into it, or throws it away.
    let id = draft.rsplit('/').next().expect("an id").to_string();
    let page = police.open(&address).await;
    let forged = press(
        &mut police,
        &address,
        &page,
        &[("draft".into(), id.clone()), ("draft-version".into(), "1".into()), ("q-risk".into(), "mine".into())],
        "later",
    )
    .await;
    assert_ne!(forged.status, StatusCode::OK);
    let thrown = press(&mut police, &address, &page, &[("draft".into(), id)], "discard").await;
    assert_eq!(thrown.status, StatusCode::NOT_FOUND);
    assert!(browser.open(&draft).await.html.contains("for nobody yet"));
}

#[tokio::test]
async fn what_is_told_in_a_form_is_on_the_record_once_it_is_complete_and_not_before() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    let address = format!("{child}/forms/northamptonshire/incident_form");
    let page = browser.open(&address).await;
    let given = [
        ("q-phone", "07700 900987"),
        ("q-associates-1-name", "Kez Abara"),
        ("q-associates-1-phone", "07700 900654"),
        ("q-last_seen_where", "The bus station"),
        ("q-last_seen_at-day", "6"),
        ("q-last_seen_at-month", "1"),
        ("q-last_seen_at-year", "2026"),
        ("q-last_seen_at-time", "01:30"),
    ];
    let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    press(&mut browser, &address, &page, &given, "later").await;
    assert!(
        !browser.open(&format!("{child}/particulars")).await.says("07700 900987"),
        "a draft tells the record nothing"
    );
    let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
    let page = browser.open(&draft).await;
    let done = press(&mut browser, &address, &page, &[], "complete").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(browser.open(&format!("{child}/particulars")).await.says("07700 900987"), "the child's number");
    let people = browser.open(&format!("{child}/people")).await;
    assert!(people.says("Kez Abara") && people.says("07700 900654"), "{}", people.text());
    let again = browser.open(&address).await;
    assert!(again.form().contains(&("q-phone".into(), "07700 900987".into())), "the next form is filled with it");
}

#[tokio::test]
async fn completing_the_form_meets_the_duty_and_a_tick_with_a_date_does_not() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    let plain = format!("{child}/record/form.completed?paper=1");
    let page = browser.open(&plain).await;
    let form = name("form");
    let ticked =
        browser.submit(&format!("{child}/record/form.completed"), &page, &[(form.as_str(), "incident_form")]).await;
    assert_eq!(ticked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", ticked.text());
    assert!(ticked.says("Where is the filled-in form kept"));
    let kept = name("kept_at");
    let on_paper = browser
        .submit(
            &format!("{child}/record/form.completed"),
            &page,
            &[(form.as_str(), "incident_form"), (kept.as_str(), "Paper file, room 4")],
        )
        .await;
    assert_eq!(on_paper.status, StatusCode::SEE_OTHER, "{}", on_paper.text());
}

#[test]
fn an_answer_of_twenty_thousand_words_is_completed_and_one_of_no_end_is_kept_and_said_to_be_too_long() {
    on_both(|house| async move {
        let mut browser = house.browser("missing_coordinator").await;
        let (child, _) = open_episode(&mut browser).await;
        let address = format!("{child}/forms/bedfordshire/safety_plan");
        let (long, endless) = ("word ".repeat(20_000), "wörd ".repeat(40_001));
        let page = browser.open(&address).await;
        let saved = press(&mut browser, &address, &page, &[("q-risk".into(), endless.clone())], "later").await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
        let page = browser.open(&draft).await;
        assert!(page.html.contains(endless.trim()), "all of it is there");
        let refused = press(&mut browser, &address, &page, &[], "complete").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("200000 is the most") && refused.html.contains(endless.trim()));
        let done = press(&mut browser, &address, &refused, &plan(&long), "complete").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
        assert!(browser.open(&done.location).await.html.contains(long.trim()), "and all of it is read");
    });
}

#[tokio::test]
async fn a_child_who_comes_back_while_a_form_is_open_is_said_at_its_top_and_the_form_stays() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, episode) = open_episode(&mut browser).await;
    let address = format!("{child}/forms/bedfordshire/joint_action_plan");
    let page = browser.open(&address).await;
    press(&mut browser, &address, &page, &[("q-visits".into(), "the nan's".into())], "later").await;
    let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
    assert!(!browser.open(&draft).await.says("is back since"));
    house.clock.pass(30);
    returned(&mut browser, &child, &episode).await;
    house.clock.pass(1);
    let page = browser.open(&draft).await;
    assert!(page.says("is back since") && page.html.contains("the nan"), "{}", page.text());
    assert!(browser.open("/").await.html.contains(&draft), "the home page says what is not finished");
}

#[tokio::test]
async fn a_draft_stays_on_its_edition_and_is_offered_to_be_carried_over() {
    let house = House::at("2026-10-06T03:12:00+00:00").await;
    let mut browser = house.browser("missing_coordinator").await;
    let (child, _) = open_episode(&mut browser).await;
    let address = format!("{child}/forms/example/return_interview_record");
    let page = browser.open(&format!("{address}?edition=2026-01")).await;
    press(&mut browser, &address, &page, &[("q-reasons".into(), "of the old form".into())], "later").await;
    let draft = browser.open(&format!("{child}/forms")).await.links(&format!("{child}/forms/draft/")).remove(0);
    let page = browser.open(&draft).await;
    assert!(page.form().contains(&("edition".into(), "2026-01".into())), "it stays on its edition");
    assert!(page.says("A newer edition, 2026-09, is in force now"), "{}", page.text());
    let over = page.links(&address).into_iter().find(|link| link.contains("over=")).expect("it can be carried over");
    let newer = browser.open(&over.replace("&amp;", "&").replace("&#38;", "&")).await;
    assert!(newer.form().contains(&("edition".into(), "2026-09".into())));
    assert!(newer.html.contains("of the old form"));
}

#[tokio::test]
async fn the_childs_own_words_are_for_those_whom_they_are_for() {
    let house = House::new().await;
    let mut browser = house.browser("missing_coordinator").await;
    let mut home = house.browser("home_staff").await;
    let (child, episode) = open_episode(&mut home).await;
    returned(&mut browser, &child, &episode).await;
    let address = format!("{child}/forms/northamptonshire/return_interview_record");
    let page = browser.open(&address).await;
    let now = RULES.vocabulary().calendar.stamp(house.app.now());
    let given = [
        ("q-childs_views", "I wanted to see my nan"),
        ("q-feedback", "A talk with the carer"),
        ("q-interviewer", "missing_coordinator"),
        ("q-held_at", now.as_str()),
    ];
    let given: Vec<(String, String)> = given.iter().map(|(n, v)| ((*n).into(), (*v).into())).collect();
    let done = press(&mut browser, &address, &page, &given, "complete").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert!(browser.open(&done.location).await.says("I wanted to see my nan"));
    let read = home.open(&done.location).await;
    assert!(read.says("A talk with the carer") && !read.html.contains("see my nan"), "{}", read.text());
    assert!(!read.html.contains("own words"), "not even that there are any");
    // Nor are they taken over into a form of theirs.
    let entry = done.location.rsplit('/').next().expect("an entry");
    assert!(!home.open(&format!("{address}?from={entry}")).await.html.contains("see my nan"));
}
