//! Silence about a child who is gone.

use super::Store;
use crate::error::Result;
use crate::model::{Scope, Silence, Silent};

impl Store {
    /// Open episodes of which nothing was recorded since a moment, those of high risk since another, and of which nobody was told yet.
    pub async fn silent(&self, before_us: i64, high_before_us: i64, limit: i64) -> Result<Vec<Silent>> {
        read!(self, silence::silent(before_us, high_before_us, limit))
    }

    /// Notes that these people are told of it. True for the one caller who noted it first.
    pub async fn silence_raise(&self, silent: &Silent, people: &[String], now_us: i64) -> Result<bool> {
        let (silent, people) = (silent.clone(), people.to_vec());
        transact!(self, silence::raise(&silent, &people, now_us))
    }

    /// The silences that stand and of which this person was told, the longest first.
    pub async fn silences_of(&self, who: &Scope) -> Result<Vec<Silence>> {
        read!(self, silence::silences_of(who))
    }

    /// Who was told of the silences about these children that stand, by name.
    pub async fn silences_told_of(&self, children: &[String]) -> Result<Vec<Silence>> {
        read!(self, silence::told_of(children))
    }

    /// Notes that a person has seen it.
    pub async fn silence_seen(&self, child: &str, episode: &str, person: &str, now_us: i64) -> Result<()> {
        let (child, episode, person) = (child.to_owned(), episode.to_owned(), person.to_owned());
        transact!(self, silence::seen(&child, &episode, &person, now_us))
    }
}
