//! Who is related to a child, who asked to be, and what is withheld.

use super::Store;
use crate::error::Result;
use crate::model::{RegardRow, Relation, Request, Scope, TieOf, TieRow, Withheld};

impl Store {
    /// Begins a relation of an agency or a person to a child.
    pub async fn relate(&self, relation: &Relation) -> Result<()> {
        let relation = relation.clone();
        transact!(self, relations::relate(&relation))
    }

    /// Ends a relation; false if it had ended by then.
    pub async fn unrelate(&self, id: &str, until_us: i64, grace_us: i64, by: &str, now_us: i64) -> Result<bool> {
        let (id, by) = (id.to_owned(), by.to_owned());
        transact!(self, relations::unrelate(&id, until_us, grace_us, &by, now_us))
    }

    /// Says of a relation that has ended when it did, and how long its grace is since.
    pub async fn ended_otherwise(&self, id: &str, until_us: i64, grace_us: i64, by: &str, now_us: i64) -> Result<()> {
        let (id, by) = (id.to_owned(), by.to_owned());
        transact!(self, relations::ended_otherwise(&id, until_us, grace_us, &by, now_us))
    }

    /// Says of a relation that it never was: it ends now at the latest, and without a grace.
    pub async fn mistaken(&self, id: &str, reason: &str, by: &str, now_us: i64) -> Result<()> {
        let (id, reason, by) = (id.to_owned(), reason.to_owned(), by.to_owned());
        transact!(self, relations::mistaken(&id, &reason, &by, now_us))
    }

    /// All relations of a child, with those that have ended.
    pub async fn relations_of_child(&self, child: &str) -> Result<Vec<Relation>> {
        read!(self, relations::relations_of_child(child))
    }

    /// What ties somebody to a child at the moment of the scope.
    pub async fn ties(&self, who: &Scope, child: &str) -> Result<Vec<TieRow>> {
        read!(self, relations::ties(who, child))
    }

    /// As [`Store::ties`], of many children at once; and which of them there are and were not merged into another.
    pub async fn ties_of(&self, who: &Scope, children: &[String]) -> Result<(Vec<TieOf>, Vec<String>)> {
        read!(self, relations::ties_of(who, children))
    }

    /// How somebody stands to each of these children at the moment of the scope; of a child that is not there, there is no row.
    pub async fn regards(&self, who: &Scope, children: &[String]) -> Result<Vec<RegardRow>> {
        read!(self, relations::regards(who, children))
    }

    /// Whether there is such a child.
    pub async fn is_child(&self, child: &str) -> Result<bool> {
        read!(self, relations::is_child(child))
    }

    /// Keeps what somebody asks for, with the relation that it brings at once.
    pub async fn request_put(&self, request: &Request, relation: Option<&Relation>) -> Result<()> {
        let (request, relation) = (request.clone(), relation.cloned());
        transact!(self, relations::request_put(&request, relation.as_ref()))
    }

    /// Answers what somebody asked for, with the relation that comes of it; false if it was answered before.
    pub async fn request_answer(&self, request: &Request, relation: Option<&Relation>) -> Result<bool> {
        let (request, relation) = (request.clone(), relation.cloned());
        transact!(self, relations::request_answer(&request, relation.as_ref()))
    }

    /// What somebody asked for.
    pub async fn request(&self, id: &str) -> Result<Option<Request>> {
        read!(self, relations::request(id))
    }

    /// Everything that was asked for about a child, the last first.
    pub async fn requests_of_child(&self, child: &str) -> Result<Vec<Request>> {
        read!(self, relations::requests_of_child(child))
    }

    /// What waits for an answer, the oldest first.
    pub async fn requests_open(&self, limit: i64) -> Result<Vec<Request>> {
        read!(self, relations::requests_open(limit))
    }

    /// Withholds a place of a child.
    pub async fn withhold(&self, one: &Withheld) -> Result<()> {
        let one = one.clone();
        transact!(self, relations::withhold(&one))
    }

    /// Lifts what is withheld of a place; false if nothing was.
    pub async fn lift(&self, child: &str, place: &str, by: &str, now_us: i64) -> Result<bool> {
        let (child, place, by) = (child.to_owned(), place.to_owned(), by.to_owned());
        transact!(self, relations::lift(&child, &place, &by, now_us))
    }

    /// The places of a child that are withheld now.
    pub async fn withheld(&self, child: &str) -> Result<Vec<Withheld>> {
        read!(self, relations::withheld(child))
    }
}
