//! Photographs of children. A picture is put beside the record first, looked at, and then named by an entry like any other, which can be
//! corrected and withdrawn. The pictures are made anew from what is sent: what a camera writes into its files, such as where it
//! stood, never gets here.

mod bring_in;
mod named;
mod picture;
mod put;
mod show;

pub use bring_in::bring_in;
pub(crate) use named::{id_in, named};
pub use picture::LARGEST;
pub(crate) use picture::make;
pub use put::{FIELD, Put, put};
pub use show::{picture, portrait};
