//! The record of a child: opened by somebody who works with the child, or brought in whole.

mod create;
mod import;

pub(crate) use create::as_field;
pub use create::{Created, FIELDS, Opening, create, elsewhere, form, open};
pub(crate) use import::readable;
pub use import::{Import, import};
