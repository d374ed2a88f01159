//! Any bytes as a file of rules: loaded, and evaluated on an example. `cargo +nightly fuzz run rulebook rulebooks/wakefield/2023`
#![no_main]

use casebook::case_file::read;
use casebook::known::known;
use engine::evaluate::{Evaluator, Options, flags};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use engine::time::Moment;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

/// The vocabulary, and the title page of a small rulebook.
static FILES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    let mut files = testkit::library_files();
    files.retain(|f| f.path.starts_with("vocabulary/"));
    let title = "id = \"fuzz\"\nedition = \"1\"\ntitle = \"Fuzz\"\narea = \"northamptonshire\"\nin_force_from = \"2020-01-01\"\n";
    files.push(SourceFile::new("fuzz/1/rulebook.toml", title));
    files
});
static EXAMPLE: LazyLock<SourceFile> = LazyLock::new(|| testkit::example_files().swap_remove(1));
const NOW: Moment = Moment(1_768_500_000);

fuzz_target!(|bytes: &[u8]| {
    let mut files = FILES.clone();
    files.push(SourceFile::new("fuzz/1/rules.toml", String::from_utf8_lossy(bytes)));
    let (Some(library), _) = load_library(&files) else { return };
    let Some(file) = read(&EXAMPLE, &library.vocabulary, None).case else { return };
    let (case, _) = known(&file, &Evaluator::new(&library.vocabulary, &library.rulebooks), None);
    let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
    let options = Options { forced: true, ..Options::at(NOW) };
    for duty in evaluator.evaluate(&case, &options) {
        evaluator.view(&case, &options, &duty);
    }
    flags(&evaluator, &case, NOW, true);
});
