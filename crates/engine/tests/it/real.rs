//! The rulebooks of this repository: every duty they ask for, in every case there is, can be explained.

use casebook::scenario;
use engine::rulebook::Library;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

#[test]
fn baseline() {
    let (scenarios, problems) = scenario::read_all(&LIBRARY);
    let outcomes = scenario::run(&LIBRARY, &scenarios);
    let mut out = String::new();
    for o in &outcomes {
        for f in &o.failures {
            out += &format!("{} {}: expected {}; found {}\n", o.scenario, f.place, f.expected, f.found);
        }
    }
    println!("{} scenarios, {} problems\n{out}", scenarios.len(), problems.len());
    for p in problems {
        println!("{p}");
    }
}
