//! Pictures of children.

use super::Store;
use crate::error::{Result, StoreError};
use crate::model::{Photograph, Picture};

/// A picture may be so large, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

impl Store {
    /// Puts a picture where a row of the record can name it ([`NewRow::photograph`](crate::NewRow::photograph)); one that no row has named
    /// after a day is cleared away.
    pub async fn photograph_put(&self, child: &str, photograph: &Photograph) -> Result<()> {
        if photograph.picture.len() + photograph.portrait.len() > LARGEST {
            return Err(StoreError::Refused("a picture can be 4 MB large, and this one is larger".to_owned()));
        }
        let (child, photograph) = (child.to_owned(), photograph.clone());
        transact!(self, photographs::put(&child, &photograph))
    }

    /// A picture of a child, as JPEG.
    pub async fn picture(&self, child: &str, id: &str) -> Result<Option<Picture>> {
        read!(self, photographs::picture(child, id))
    }

    /// The small picture of lists, as JPEG.
    pub async fn portrait(&self, child: &str, id: &str) -> Result<Option<Picture>> {
        read!(self, photographs::portrait(child, id))
    }
}
