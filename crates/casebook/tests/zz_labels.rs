#![allow(missing_docs)]
use casebook::command::labels;
#[test]
fn labels_all() {
    let v = testkit::library().vocabulary;
    for f in &v.facts { println!("FACT {} => {}", f.id, labels::fact(f)); }
    for e in &v.events { for f in &e.fields { println!("FIELD {}.{} => {} | {}", e.id, f.id, labels::field(f), labels::hint(f)); } }
}
