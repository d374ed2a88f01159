//! Who works with a child, and who must not see: relations begin and end, people ask for access, break the glass, and open a withheld
//! place together.

mod ask;
mod bar;
mod begin;
mod glass;
mod guardians;
mod list;
mod moved;
mod second;

pub use ask::{Access, RefusedAccess, access, answer, ask};
pub use bar::{Whom, bar, unbar};
pub(crate) use begin::GRACE_US;
pub use begin::{begin, end, kinds};
pub use glass::{MINUTES, OUTCOMES, break_glass, review};
pub use list::{Asking, Related, Working, working};
pub(crate) use moved::{Ends, PutRight, arrived, left, left_otherwise, never};
pub use second::{WITHHELD_MINUTES, lift, second, want, withhold};

pub(crate) use guardians::{guardians, guardians_of, tell};
pub(crate) use second::{telling, withheld_from};

use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;

/// A reason has at least so many characters, and at most so many.
const SHORTEST: usize = 10;
const LONGEST: usize = 2_000;

/// A reason in somebody's own words, or what is wrong with it.
pub(crate) fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    let count = text.chars().count();
    let problem = match count {
        0 => "Say why, in your own words",
        n if n < SHORTEST || !text.contains(' ') => "Say why in a sentence that somebody else understands tomorrow",
        n if n > LONGEST => "Why: write no more than 2,000 characters",
        _ if text.contains('\0') => "Why: no signs that cannot be seen",
        _ => return Ok(text.to_string()),
    };
    Err(Refused::Invalid(vec![FieldProblem::new("reason", problem)]))
}
