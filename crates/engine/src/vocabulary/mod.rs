//! The shared words: roles, facts, events, actions, forms. One meaning each; closed.
//! What is written in `rulebooks/vocabulary/`. Loading is in `load`.

mod action;
mod authority;
mod event;
mod fact;
mod force;
mod group;
mod known;
mod lexicon;
mod load;
mod role;
mod source;
mod together;
mod whole;

pub use crate::ids::{ActionId, EventId, FactId, FieldId};
pub use action::{Action, ActionKind, Form, Met};
pub use authority::Authority;
pub use event::{Answer, Class, EpisodeEffect, Event, Field, SetTo, Sets};
pub use fact::{Derived, Fact, FactGroup, Scope};
pub use force::PoliceForce;
pub use group::Group;
pub use known::{Areas, Known};
pub use load::load;
pub use role::{Role, SeenTo};
pub(crate) use source::MetBy as MetBySource;
use whole::Index;
pub use whole::Vocabulary;
