//! The directory of homes and foster households.

use super::Store;
use crate::error::Result;
use crate::model::{Brought, Listed};

impl Store {
    /// Writes an agency's line in the directory. `Stale` if its version is another by now; of a new line it is 0.
    pub async fn list(&self, one: &Listed) -> Result<()> {
        let one = self.closed_line(one);
        transact!(self, directory::list(&one))
    }

    /// What was brought in from a source, row by row.
    pub async fn brought(&self, source: &str) -> Result<Vec<Brought>> {
        read!(self, directory::brought(source))
    }

    /// Notes what was brought in.
    pub async fn brought_put(&self, lines: &[Brought]) -> Result<()> {
        let lines = lines.to_vec();
        transact!(self, directory::brought_put(&lines))
    }

    /// Notes in whose area postcodes lie: the code, whole or its beginning, without spaces, and the authority's word.
    pub async fn postcodes_put(&self, codes: &[(String, String)]) -> Result<()> {
        let codes = codes.to_vec();
        transact!(self, directory::postcodes_put(&codes))
    }

    /// The postcodes of which somebody said in whose area they lie.
    pub async fn postcodes(&self) -> Result<Vec<(String, String)>> {
        read!(self, directory::postcodes())
    }

    /// The authority in whose area a postcode lies, where the area has said so.
    pub async fn authority_of(&self, code: &str) -> Result<Option<String>> {
        read!(self, directory::authority_of(code))
    }

    /// Every line of the directory.
    pub async fn listed(&self) -> Result<Vec<Listed>> {
        let lines: Vec<Listed> = read!(self, directory::listed())?;
        Ok(lines.into_iter().map(|line| self.opened_line(line)).collect())
    }
}
