//! The log of looks.

use super::Store;
use crate::error::Result;
use crate::follow::unnoted;
use crate::model::{Look, LookSum, NewLook};
use crate::trying::for_real;

impl Store {
    /// Puts looks on the log, durably and all at once. Nothing may be shown before this has come back.
    pub async fn look(&self, looks: &[NewLook], now_us: i64) -> Result<()> {
        if looks.is_empty() {
            return Ok(());
        }
        let looks = looks.to_vec();
        unnoted(for_real(async move { transact!(self, looks::look(&looks, now_us)) })).await
    }

    /// Who looked at a child's record, the last one first.
    pub async fn looks_at_child(&self, child: &str, limit: i64) -> Result<Vec<Look>> {
        read!(self, looks::looks_at_child(child, limit))
    }

    /// The looks at children since a moment: somebody's of one kind at one child within one hour are one line.
    pub async fn looks_summed(&self, since_us: i64) -> Result<Vec<LookSum>> {
        read!(self, looks::looks_summed(since_us))
    }

    /// The looks at some places of the log, in its order.
    pub async fn looks_of(&self, seqs: &[i64]) -> Result<Vec<Look>> {
        read!(self, looks::looks_of(seqs))
    }

    /// How many children's records a person has opened since a moment, beside this one; lists do not count.
    pub async fn children_opened(&self, person: &str, child: &str, since_us: i64) -> Result<i64> {
        read!(self, looks::children_opened(person, child, since_us))
    }

    /// Works the chain of the log out again; gives what does not fit.
    pub async fn verify_looks(&self) -> Result<Vec<String>> {
        read!(self, looks::verify_looks())
    }

    /// Keeps where somebody who signs in lives.
    pub async fn home_put(&self, person: &str, address: &str) -> Result<()> {
        let (person, address) = (person.to_owned(), address.to_owned());
        transact!(self, looks::home_put(&person, &address))
    }

    /// Where people live, as far as it is kept: their ids and addresses.
    pub async fn homes_of_people(&self) -> Result<Vec<(String, String)>> {
        read!(self, looks::homes_of_people())
    }
}
