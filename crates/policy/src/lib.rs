//! Who may do what. The policies are data, `policy/*.cedar`, with a schema that they are validated against; what nothing permits is denied.
//! There are few posts and ties, so that all answers fit into a table: `policy/matrix.txt`. Cedar makes it, the product looks it up, a test
//! with the feature `cedar` holds the two equal, and a change of a policy shows as changed lines.
//!
//! - `words` the classes of information, the ties, the acts: bits, each with its word.
//! - `roles` the posts: `policy/roles.toml`, which groups each role is in, what it answers for.
//! - `may` what an answer is; `table` the answers as the product has them; `ask` the policies asked of Cedar; `matrix` all answers in a text.

#[cfg(feature = "cedar")]
mod ask;
mod matrix;
mod may;
mod roles;
mod table;
mod words;

#[cfg(feature = "cedar")]
pub use ask::Cedar;
pub use matrix::matrix;
pub use may::{Answers, Hold, May};
pub use roles::Policy;
pub use table::Policies;
pub use words::{Act, Acts, Class, Classes, Tie, Ties};
