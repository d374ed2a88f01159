//! The directory of homes and foster households.

use super::Store;
use crate::error::Result;
use crate::model::Listed;

impl Store {
    /// Writes an agency's line in the directory. `Stale` if its version is another by now; of a new line it is 0.
    pub async fn list(&self, one: &Listed) -> Result<()> {
        let one = one.clone();
        transact!(self, directory::list(&one))
    }

    /// Every line of the directory.
    pub async fn listed(&self) -> Result<Vec<Listed>> {
        read!(self, directory::listed())
    }
}
