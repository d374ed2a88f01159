//! What was posted, name by name. `guard` has read and checked it before any page sees it.

use crate::trouble::Trouble;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::sync::Arc;

/// A posted form. The token against forgery is no longer among the pairs.
#[derive(Clone, Debug, Default)]
pub struct Posted(Arc<Vec<(String, String)>>);

impl Posted {
    pub(crate) fn new(pairs: Vec<(String, String)>) -> Posted {
        Posted(Arc::new(pairs))
    }

    /// All pairs, in order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// The first value of a name; empty if there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
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
        self.0.to_vec().into()
    }
}

impl<S: Sync> FromRequestParts<S> for Posted {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Posted, Trouble> {
        parts.extensions.get().cloned().ok_or(Trouble::NotUnderstood)
    }
}
