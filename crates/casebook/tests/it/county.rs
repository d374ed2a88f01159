//! The made-up county.

use crate::{LIBRARY, at};
use casebook::case_file::read;
use casebook::county::{County, CountyChild, Wanted, county};
use casebook::known::known;
use engine::case::Case;
use engine::evaluate::{Duty, Evaluator, Options, State, merge};
use engine::source::SourceFile;
use std::collections::BTreeMap;

fn wanted(seed: u64, children: usize) -> Wanted<'static> {
    Wanted {
        seed,
        children,
        years: 1,
        now: at("2026-03-11T03:12:00Z"),
        area: "northamptonshire",
        provider: "childrens-home",
    }
}

fn case(child: &CountyChild) -> Case {
    let file = read(&SourceFile::new("t.json", child.case.to_string()), &LIBRARY.vocabulary, None).case.unwrap();
    known(&file, &LIBRARY.vocabulary, &LIBRARY.rulebooks, None).0
}

#[test]
#[ignore]
fn survey() {
    let area = std::env::var("AREA").unwrap_or("northamptonshire".into());
    let n: usize = std::env::var("N").map_or(200, |n| n.parse().unwrap());
    let years: u32 = std::env::var("YEARS").map_or(1, |n| n.parse().unwrap());
    let seed: u64 = std::env::var("SEED").map_or(1, |n| n.parse().unwrap());
    let now = std::env::var("NOW").unwrap_or("2026-03-11T03:12:00Z".into());
    let w = Wanted { area: &area, years, now: at(&now), ..wanted(seed, n) };
    let start = std::time::Instant::now();
    let c: County = county(&w, &LIBRARY);
    eprintln!(
        "generated in {:?}: {} agencies {} people {} children",
        start.elapsed(),
        c.agencies.len(),
        c.people.len(),
        c.children.len()
    );
    let entries: usize = c.children.iter().map(|c| c.case["chronology"].as_array().unwrap().len()).sum();
    let bytes: usize = if n <= 400 { c.children.iter().map(|c| c.case.to_string().len()).sum() } else { 0 };
    eprintln!("{entries} entries, {bytes} bytes");
    if n > 400 {
        return;
    }
    let ev = Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks);
    let mut per_role: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut episodes = 0;
    let mut events: BTreeMap<String, usize> = BTreeMap::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    let mut states: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, child) in c.children.iter().enumerate() {
        let r = read(&SourceFile::new("t.json", child.case.to_string()), &LIBRARY.vocabulary, Some(w.now));
        for p in &r.problems {
            eprintln!("{i} {p}");
        }
        let case = case(child);
        episodes += case.episodes.len();
        for e in child.case["chronology"].as_array().unwrap() {
            let name = e["event"].as_str().unwrap();
            *events
                .entry(if name == "action.recorded" {
                    format!("action.recorded {}", e["action"])
                } else {
                    name.to_string()
                })
                .or_default() += 1;
        }
        let o = Options::at(w.now);
        let duties = ev.evaluate(&case, &o);
        for d in &duties {
            *states.entry(d.state.word()).or_default() += 1;
        }
        let flags = engine::evaluate::flags(&ev, &case, w.now, false);
        for f in flags {
            *left.entry(format!("FLAG {} {} {}", f.kind, f.rulebook, f.rule)).or_default() += 1;
        }
        let lines = merge(&ev, &duties);
        let mut mine: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for l in lines.iter().filter(|l| l.state.is_open()) {
            let d = &duties[l.duties[0]];
            if engine::evaluate::is_of_area(ev.rule(d)) {
                continue;
            }
            let v = ev.view(&case, &o, d);
            let role = v.owner.clone().unwrap_or("?".into());
            *per_role.entry(role.clone()).or_default().entry(l.state.word()).or_default() += 1;
            if v.rule == "incident-form.regularly" && l.state == State::Overdue {
                eprintln!("OVER {i} {v:?}");
                std::fs::write(format!("/tmp/case-{i}.json"), serde_json::to_string_pretty(&child.case).unwrap())
                    .unwrap();
            }
            if i >= 11 {
                *left
                    .entry(format!(
                        "{} {} {} {} {:?}",
                        l.state.word(),
                        v.rulebook,
                        v.rule,
                        role,
                        v.missing.iter().map(|m| &m.fact).collect::<Vec<_>>()
                    ))
                    .or_default() += 1;
            }
            mine.entry(role).or_default().push(format!(
                "{} {} {} due {:?}",
                l.state.word(),
                v.modality,
                v.label,
                l.due.map(|d| (d.minute() - w.now.minute()) as f64 / 60.0)
            ));
        }
        if i < 11 {
            std::fs::write(format!("/tmp/case-{i}.json"), serde_json::to_string_pretty(&child.case).unwrap()).unwrap();
        }
        if i < 11 {
            eprintln!(
                "== {i} {} entries {} episodes {}",
                child.name,
                child.case["chronology"].as_array().unwrap().len(),
                case.episodes.len()
            );
            for (r, l) in mine {
                eprintln!("  {r}: {}", l.len());
                for x in l.into_iter().take(12) {
                    eprintln!("      {x}");
                }
            }
        }
    }
    eprintln!("{episodes} episodes");
    eprintln!("{per_role:#?}\n{states:?}\n{events:#?}");
    for (k, n) in left {
        eprintln!("{n} {k}");
    }
}
