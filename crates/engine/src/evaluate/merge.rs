//! One action, many rulebooks: duties for the same act in the same episode are one line on the page.
//! The strictest limit and the strongest modality show; each duty is still tracked by itself.

use super::{Duty, Evaluator, State};
use crate::rulebook::Modality;
use crate::time::Moment;
use crate::words::Sym;

/// A line of the merged list: indices into the list of duties it was made from.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// The duties on it, the one with the strictest limit first.
    pub duties: Vec<usize>,
    /// The state of the most pressing one.
    pub state: State,
    /// The strictest limit among those still open.
    pub due: Option<Moment>,
    /// The strongest modality.
    pub modality: Modality,
}

/// Merges the duties of several rulebooks: same action, same episode, same owner where both name one of the same rulebook.
/// Duties of one rulebook are never merged with each other: there, each is an act of its own.
pub fn merge(evaluator: &Evaluator<'_>, duties: &[Duty]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut order: Vec<usize> = (0..duties.len()).collect();
    order.sort_by_key(|i| (duties[*i].due.unwrap_or(Moment::NEVER), duties[*i].arises, *i));
    for index in order {
        let duty = &duties[index];
        let action = evaluator.rule(duty).action;
        let fits = |line: &&mut Line| {
            line.duties.iter().all(|other| {
                let other = &duties[*other];
                let rule = evaluator.rule(other);
                // Two contradictions are two things to settle, though the act is one.
                rule.action == action
                    && !rule.conflict
                    && other.episode == duty.episode
                    && evaluator.book(other.book).id != evaluator.book(duty.book).id
                    && other.state.is_open() == duty.state.is_open()
                    && recipients(evaluator, other) == recipients(evaluator, duty)
            })
        };
        match lines.iter_mut().find(fits) {
            Some(line) => {
                line.duties.push(index);
                line.state = line.state.min(duty.state);
                line.modality = line.modality.min(duty.modality);
            }
            None => lines.push(Line { duties: vec![index], state: duty.state, due: duty.due, modality: duty.modality }),
        }
    }
    lines
}

/// Duties to tell different people are different lines; for other acts nobody is to be told.
fn recipients(evaluator: &Evaluator<'_>, duty: &Duty) -> Vec<Sym> {
    let rule = evaluator.rule(duty);
    let mut roles: Vec<Sym> = rule
        .recipients
        .iter()
        .filter_map(|r| match r.who {
            crate::rulebook::Who::Role(role) => Some(role),
            crate::rulebook::Who::FromLog(_) => None,
        })
        .collect();
    roles.sort_unstable();
    roles
}
