//! What an entry brings about.

use crate::story::story;

const GONE: &str = r#"{ id = "gone", at = "+0h", event = "absence.noticed", status = "missing" }"#;

#[test]
fn probe() {
    let s = story(&format!("entries = [ {GONE}, {{ at = \"+5h\", event = \"return.recorded\" }} ]"));
    for r in crate::story::LIBRARY.rulebooks.iter().flat_map(|b| &b.rules) {
        println!("{}: {} | {}", r.id, s.ask(&r.id, "+2h"), s.ask(&r.id, "+6h"));
    }
}
