//! What was posted, name by name. `guard` has read and checked it before any page sees it.

use crate::trouble::Trouble;
use axum::body::Bytes;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// A posted form. The token against forgery is no longer among the pairs.
#[derive(Clone, Debug, Default)]
pub struct Posted {
    pairs: Arc<Vec<(String, String)>>,
    file: File,
}

/// The file of a form.
#[derive(Clone, Debug, Default)]
pub enum File {
    /// It has none.
    #[default]
    None,
    /// The file; empty where nobody chose one.
    Sent(Bytes),
    /// More was sent than a file may be large.
    TooLarge,
}

impl Posted {
    pub(crate) fn new(pairs: Vec<(String, String)>, file: File) -> Posted {
        Posted { pairs: Arc::new(pairs), file }
    }

    /// The file that came with it.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The first value of a name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The key of the form: what is sent twice with one key is done once.
    pub fn key(&self) -> &str {
        self.get("key")
    }

    /// The version of the record that the page was made from.
    ///
    /// # Errors
    /// If the form brings none: it was not made by us.
    pub fn version(&self) -> Result<i64, Trouble> {
        self.get("version").parse().map_err(|_| Trouble::NotUnderstood)
    }

    /// For an action.
    pub fn answers(&self) -> actions::Answers {
        self.pairs.to_vec().into()
    }
}

impl<S: Sync> FromRequestParts<S> for Posted {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Posted, Trouble> {
        parts.extensions.get().cloned().ok_or(Trouble::NotUnderstood)
    }
}
