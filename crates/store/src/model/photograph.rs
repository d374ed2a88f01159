//! A photograph of a child.

use crate::chain::sha256;
use sqlx::FromRow;

/// A photograph, as it is shown. What it is of, when and with whose consent it was taken says the row of the record that names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Photograph {
    /// [`Photograph::id_of`] the two pictures: whoever knows what the record names can tell whether they were exchanged.
    pub id: String,
    /// The picture, as JPEG.
    pub picture: Vec<u8>,
    /// The small one of lists, as JPEG.
    pub portrait: Vec<u8>,
    /// When it was put here.
    pub added_us: i64,
    /// By which person.
    pub added_by: String,
}

/// One of the two pictures, with what is known of it.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Picture {
    /// The bytes.
    pub jpeg: Vec<u8>,
    /// By which person it was put here.
    pub added_by: String,
    /// A row of the record named it.
    pub kept: bool,
    /// It is the one that is shown in lists.
    pub shown: bool,
}

impl Photograph {
    /// The SHA-256 of the picture and the small one after it, in 64 hexadecimal digits.
    pub fn id_of(picture: &[u8], portrait: &[u8]) -> String {
        sha256([picture, portrait].concat())
    }
}
