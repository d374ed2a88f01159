//! The duties of a case at a moment: evaluated, put into words, merged into lines.

use crate::key::DutyKey;
use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Line, Options, Settled, merge};
use engine::rulebook::Rule;
use engine::time::Moment;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// What is open or will arise; and what is settled in the last episode.
    Current,
    /// What is open, will arise or is settled in one episode.
    Episode(u32),
}

/// Duties, in words.
pub struct Evaluated {
    /// Each duty with its words and its key.
    pub duties: Vec<One>,
    /// The lines that they are shown on: indices into `duties`.
    pub lines: Vec<Line>,
}

/// A duty.
pub struct One {
    /// As the engine found it.
    pub duty: Duty,
    /// In words.
    pub view: DutyView,
    /// Its key.
    pub key: DutyKey,
    /// The rule that asks for it.
    pub rule: &'static Rule,
}

/// Evaluates a case at a moment; repeated duties up to a horizon.
pub fn evaluate(rules: &Rules, case: &Case, now: Moment, horizon: Moment, asked: Asked) -> Evaluated {
    let settled = match asked {
        Asked::Current => case.episode_at(now).map_or(Settled::None, Settled::Of),
        Asked::Episode(episode) => Settled::Of(episode),
    };
    let options = Options { horizon, settled, ..Options::asking(now) };
    let evaluator = &rules.evaluator;
    let mut found = evaluator.evaluate(case, &options);
    if let Asked::Episode(episode) = asked {
        found.retain(|d| d.episode == Some(episode));
    }
    let lines = merge(evaluator, &found);
    let one = |duty: Duty| {
        let view = evaluator.view(case, &options, &duty);
        One { duty, key: DutyKey::of(&view), view, rule: evaluator.rule(&duty) }
    };
    Evaluated { duties: found.into_iter().map(one).collect(), lines }
}
