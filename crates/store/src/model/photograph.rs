//! A photograph of a child.

use crate::chain::sha256;

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

impl Photograph {
    /// The SHA-256 of the picture and the small one after it, in 64 hexadecimal digits.
    pub fn id_of(picture: &[u8], portrait: &[u8]) -> String {
        sha256([picture, portrait].concat())
    }
}
