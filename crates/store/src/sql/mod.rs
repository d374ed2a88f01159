//! Every query, written once and compiled for each database. `Conn` and `Pool` are those of the module above, and so are the macros
//! for the few words that differ.

use super::{Conn, Database, Pool, begin};

pub(crate) mod accounts;
pub(crate) mod agencies;
pub(crate) mod alerts;
pub(crate) mod allocations;
pub(crate) mod append;
pub(crate) mod area;
pub(crate) mod audit;
pub(crate) mod deeds;
pub(crate) mod derived;
pub(crate) mod desk;
pub(crate) mod directory;
pub(crate) mod doors;
pub(crate) mod dump;
pub(crate) mod erase;
pub(crate) mod form_drafts;
pub(crate) mod join;
pub(crate) mod keeping;
pub(crate) mod late;
pub(crate) mod listed;
pub(crate) mod lists;
pub(crate) mod looks;
pub(crate) mod notices;
pub(crate) mod photographs;
pub(crate) mod posts;
pub(crate) mod quick;
pub(crate) mod record;
pub(crate) mod relations;
pub(crate) mod scope;
pub(crate) mod silence;
pub(crate) mod standing;
pub(crate) mod upkeep;
