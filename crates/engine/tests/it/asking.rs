//! To ask only for what still asks something is quicker, and gives what asking for everything would have given.

use engine::case::Case;
use engine::evaluate::{Duty, Evaluator, Options, Settled, is_of_area};
use engine::ids::EpisodeNo;

/// Compares the whole list with the shorter ones.
#[track_caller]
pub fn assert_shorter_lists_agree(evaluator: &Evaluator<'_>, case: &Case, options: &Options, whole: &[Duty]) {
    let episodes = (0..case.episodes.len()).map(|n| Settled::Of(EpisodeNo::at(n)));
    for settled in episodes.chain([Settled::None]) {
        for area in [false, true] {
            let shorter = evaluator.evaluate(case, &Options { settled, area, ..*options });
            let wanted = |d: &&Duty| {
                let own = matches!(settled, Settled::Of(episode) if d.episode == Some(episode));
                (d.state.asks() || own) && (area || !is_of_area(evaluator.rule(d)))
            };
            let expected: Vec<Duty> = whole.iter().filter(wanted).copied().collect();
            assert_eq!(shorter, expected, "{settled:?}, with the standing duties: {area}");
        }
    }
}
