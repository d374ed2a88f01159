//! A protocol on pages of its own: what it asks of whom, its words, whom to ring, the law, its forms.

mod show;

pub use show::{one, part, show};
