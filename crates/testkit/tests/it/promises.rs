//! What `docs/threats.md` and `docs/asvs.md` promise: every test that they name is there.

use std::path::Path;
use testkit::root;

fn all_tests(folder: &Path, found: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("target") {
            all_tests(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_row_names_a_test_that_is_there() {
    let mut sources = String::new();
    all_tests(&root().join("crates"), &mut sources);
    for file in ["docs/threats.md", "docs/asvs.md"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        let mut named = 0;
        for word in text.split('`').skip(1).step_by(2).filter(|word| word.contains("::") && !word.contains(' ')) {
            let test = word.rsplit("::").next().unwrap();
            assert!(sources.contains(&format!("fn {test}(")), "{file} names `{word}`, and there is no such test");
            named += 1;
        }
        assert!(named > 10, "{file} names {named} tests");
    }
}
