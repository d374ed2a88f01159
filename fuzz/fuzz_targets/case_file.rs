//! Any bytes as a case file: read, and made into a case as known at two moments. `cargo +nightly fuzz run case_file examples`
#![no_main]

use casebook::case_file::read_bytes;
use casebook::known::known;
use engine::evaluate::Evaluator;
use engine::rulebook::Library;
use engine::time::Moment;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);
static EVALUATOR: LazyLock<Evaluator<'static>> =
    LazyLock::new(|| Evaluator::new(&LIBRARY.vocabulary, &LIBRARY.rulebooks));
const NOW: Moment = Moment(1_767_700_000);

fuzz_target!(|bytes: &[u8]| {
    let Some(file) = read_bytes("fuzz.json", bytes, &LIBRARY.vocabulary, Some(NOW)).case else { return };
    for known_at in [None, Some(NOW)] {
        let (case, _) = known(&file, &EVALUATOR, known_at);
        assert!(case.entries.is_sorted_by_key(|e| e.occurred));
        assert!(case.episodes.windows(2).all(|w| w[0].end.is_some_and(|end| end <= w[1].start)));
    }
});
