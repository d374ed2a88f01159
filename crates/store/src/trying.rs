//! Trying a write: it is made as always, and undone in the same transaction, so that its caller learns what would be wrong with it, and the
//! database stays as it was. What is tried is whatever a future writes, by whichever functions.

use crate::error::{Result, StoreError};
use std::future::Future;

tokio::task_local! {
    static MODE: Mode;
}

/// What becomes of the writes of this task.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Mode {
    /// They stand.
    #[default]
    Stands,
    /// They are undone, and whoever made them is told so.
    Undone,
    /// They are undone, and whoever made them goes on as if they stood: they decide nothing.
    Passing,
}

impl Mode {
    /// That of this task.
    pub(crate) fn now() -> Mode {
        MODE.try_with(|mode| *mode).unwrap_or_default()
    }

    /// What whoever made a write is told that is undone.
    pub(crate) fn told<T>(self, value: T) -> Result<T> {
        if self == Mode::Undone { Err(StoreError::Tried) } else { Ok(value) }
    }
}

/// Undoes whatever a future writes. It must make no tasks of its own that write. What would be wrong is told as always; what would be
/// right ends in [`StoreError::Tried`].
pub async fn trying<F: Future>(future: F) -> F::Output {
    MODE.scope(Mode::Undone, future).await
}

/// A write that stands also where everything else is only tried, such as the note that somebody looked.
pub(crate) async fn for_real<F: Future>(future: F) -> F::Output {
    MODE.scope(Mode::Stands, future).await
}

/// A write on the way to another, such as a draft that is saved before it is judged: where it is only tried, its caller goes on.
pub(crate) async fn in_passing<F: Future>(future: F) -> F::Output {
    let mode = if Mode::now() == Mode::Stands { Mode::Stands } else { Mode::Passing };
    MODE.scope(mode, future).await
}
