//! One rule asked of one child's record: what each stage of evaluation works with.

use super::carried_out::{Counts, Window};
use super::editions::Editions;
use super::facts::{Facts, Point};
use super::occasion::Occasion;
use super::options::Options;
use super::prepared::Prepared;
use super::spans::Span;
use crate::ids::{BookNo, EpisodeNo};
use crate::rulebook::{CountsFrom, Rule, RuleScope, Trigger};
use crate::time::Moment;

/// One rule asked of one child's record.
#[derive(Clone, Copy)]
pub(crate) struct Inquiry<'a> {
    /// What is known of the child, and when.
    pub facts: &'a Facts<'a>,
    pub editions: Editions<'a>,
    pub prepared: &'a Prepared<'a>,
    /// The rulebook's index in the evaluator.
    pub book: BookNo,
    /// The rule's index in the rulebook.
    pub index: usize,
    pub rule: &'a Rule,
    pub options: &'a Options,
    /// The time over which it is certain, whatever is learned, that the rule is about this child. Most rules of a rulebook are about the
    /// same children, and few children cease to be such in the middle of the record.
    pub surely: Span,
}

impl<'a> Inquiry<'a> {
    /// Asks another rule of the same rulebook.
    pub fn of(&self, index: usize) -> Inquiry<'a> {
        Inquiry { index, rule: &self.prepared.book.rules[index], surely: Span::NONE, ..*self }
    }

    /// A point of an occasion.
    pub fn point(o: &Occasion, at: Moment) -> Point {
        Point { episode: o.episode, entry: o.entry, at }
    }

    /// The episode to look in for what carries the rule out.
    pub fn scope(&self, episode: Option<EpisodeNo>) -> Option<EpisodeNo> {
        // What counts from ever may have been done in an earlier episode, or outside any; what several episodes together
        // brought about, after any of them.
        let counted = matches!(self.rule.trigger, Trigger::On { count: Some(_), .. });
        if self.rule.scope == RuleScope::Episode && self.rule.counts_from != CountsFrom::Ever && !counted {
            episode
        } else {
            None
        }
    }

    /// Where entries are looked for that carry out what an occasion brings about.
    pub fn window(&self, o: &Occasion, to: Moment) -> Window {
        Window {
            counts: Counts::Several,
            from: o.window,
            to,
            episode: self.scope(o.episode),
            about: o.episode,
            entry: o.entry,
            o: *o,
            any: false,
        }
    }
}
