//! Conditions: a small closed language over facts, entry fields and settings, with three truth values. A rulebook may name a
//! condition once, as a term, and the vocabulary may name several roles at once, as a group.
//! Parsing and type-checking are in `parse`, which asks a `lexicon` for words; deciding whether two conditions can be true
//! together is in `check::boxes`.

mod answers;
mod expr;
mod lex;
mod lexicon;
mod parse;

pub use expr::{Condition, Expr, Order, Subject, Test};
pub use lexicon::Lexicon;
pub use parse::{Fields, Problem, SettingWord, Term, Words, parse};
