//! Temporary: dumps everything.
use casebook::known::known;
use casebook::scenario::{self, Wanted};
use engine::evaluate::*;
use engine::rulebook::Library;
use std::io::Write;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

#[test]
fn baseline() {
    for p in engine::rulebook::load_library(&testkit::library_files()).1 {
        println!("{p}");
    }
    let (scenarios, problems) = scenario::read_all(&LIBRARY);
    let outcomes = scenario::run(&LIBRARY, &scenarios);
    for o in &outcomes {
        for f in &o.failures {
            println!("{} {}: expected {}; found {}", o.scenario, f.place, f.expected, f.found);
        }
    }
    println!("{} scenarios, {} problems", scenarios.len(), problems.len());
    for p in problems {
        println!("{p}");
    }
    for p in engine::check::check_library(&LIBRARY) {
        println!("{p}");
    }
    let mut out = std::io::BufWriter::new(std::fs::File::create(std::env::var("DUMP").unwrap()).unwrap());
    for book in &LIBRARY.rulebooks {
        for p in engine::check::check_rulebook(&LIBRARY.vocabulary, book) {
            println!("{p}");
        }
        let evaluator = Evaluator::new(&LIBRARY.vocabulary, [book]);
        for s in scenarios.iter().filter(|s| s.rulebook == book.id && s.edition == book.edition) {
            let mut moments: Vec<_> = s.expectations.iter().map(|e| (e.known_at, e.at)).collect();
            moments.extend(s.expectations.iter().map(|e| (e.known_at, e.at.plus_minutes(1))));
            moments.push((None, s.start.plus_minutes(60 * 24 * 40)));
            moments.push((None, s.start.plus_minutes(60 * 30)));
            moments.sort();
            moments.dedup();
            let _ = Wanted::about;
            for (k, at) in moments {
                let (case, _) = known(&s.case, &LIBRARY.vocabulary, std::slice::from_ref(book), k);
                let options = Options { now: at, horizon: at.plus_minutes(60 * 24 * 20), forced: false };
                for d in evaluator.evaluate(&case, &options) {
                    let mut v = serde_json::to_value(evaluator.view(&case, &options, &d)).unwrap();
                    v["hash"] = "".into();
                    writeln!(out, "{}/{} {} {}", book.id, s.id, at, v).unwrap();
                }
            }
        }
    }
}
