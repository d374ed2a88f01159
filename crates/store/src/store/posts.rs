//! Teams, posts, what two people decide, children allocated to people, notices, hand-overs.

use super::Store;
use crate::error::Result;
use crate::model::{Allocation, Handover, HeldPost, NewNotice, Notice, Post, Proposal, Team};

impl Store {
    /// Adds a team. `Taken` if the agency has one of this name.
    pub async fn team_put(&self, team: &Team) -> Result<()> {
        let team = team.clone();
        transact!(self, posts::team_put(&team))
    }

    /// All teams, by name.
    pub async fn teams(&self) -> Result<Vec<Team>> {
        read!(self, posts::teams())
    }

    /// Adds a post.
    pub async fn post_put(&self, post: &Post) -> Result<()> {
        let post = post.clone();
        transact!(self, posts::post_put(&post))
    }

    /// A post.
    pub async fn post(&self, id: &str) -> Result<Option<HeldPost>> {
        read!(self, posts::post(id))
    }

    /// The posts of a person, past and to come as well.
    pub async fn posts_of(&self, person: &str) -> Result<Vec<HeldPost>> {
        read!(self, posts::posts_of(person))
    }

    /// All posts, past and to come as well; those of one person together.
    pub async fn posts(&self) -> Result<Vec<HeldPost>> {
        read!(self, posts::posts())
    }

    /// The posts of an agency, past and to come as well.
    pub async fn posts_of_agency(&self, agency: &str) -> Result<Vec<HeldPost>> {
        read!(self, posts::posts_of_agency(agency))
    }

    /// Who holds a role now and may sign in.
    pub async fn holders(&self, role: &str, now_us: i64) -> Result<Vec<HeldPost>> {
        read!(self, posts::holders(role, now_us))
    }

    /// Changes team, beginning and end of a post. `Stale` if its version is another by now; `LastAdministrator` if nobody who can sign in
    /// would hold the role `keepers` without an end.
    pub async fn post_change(&self, post: &Post, keepers: &str, now_us: i64) -> Result<()> {
        let (post, keepers) = (post.clone(), keepers.to_owned());
        transact!(self, posts::post_change(&post, &keepers, now_us))
    }

    /// Lets somebody sign in, or no more. `LastAdministrator` as for `post_change`. False if there is nobody of this id.
    pub async fn set_active(&self, person: &str, active: bool, keepers: &str, now_us: i64) -> Result<bool> {
        let (person, keepers) = (person.to_owned(), keepers.to_owned());
        transact!(self, posts::set_active(&person, active, &keepers, now_us))
    }

    /// Posts that ended and of which nobody has passed on what was left.
    pub async fn posts_to_settle(&self, now_us: i64) -> Result<Vec<HeldPost>> {
        read!(self, posts::posts_to_settle(now_us))
    }

    /// Passes on what was left of a post, once: true for the caller who did.
    pub async fn post_settle(&self, post: &str, to: &[Allocation], told: &[NewNotice], now_us: i64) -> Result<bool> {
        let (post, to, told) = (post.to_owned(), to.to_vec(), told.to_vec());
        transact!(self, posts::post_settle(&post, &to, &told, now_us))
    }

    /// Proposes what takes two people.
    pub async fn proposal_put(&self, proposal: &Proposal) -> Result<()> {
        let proposal = proposal.clone();
        transact!(self, posts::proposal_put(&proposal))
    }

    /// Closes what whoever runs the server has done without a second person.
    pub async fn proposal_close(&self, id: &str, now_us: i64) -> Result<()> {
        let id = id.to_owned();
        transact!(self, posts::proposal_close(&id, now_us))
    }

    /// A proposal.
    pub async fn proposal(&self, id: &str) -> Result<Option<Proposal>> {
        read!(self, posts::proposal(id))
    }

    /// What waits for a second person, the oldest first.
    pub async fn proposals_waiting(&self) -> Result<Vec<Proposal>> {
        read!(self, posts::proposals_waiting())
    }

    /// Decides what was proposed, and makes the post if there is one. True once, and never for whoever proposed it.
    pub async fn proposal_decide(
        &self,
        id: &str,
        by: &str,
        outcome: &str,
        post: Option<&Post>,
        now_us: i64,
    ) -> Result<bool> {
        let (id, by, outcome, post) = (id.to_owned(), by.to_owned(), outcome.to_owned(), post.cloned());
        transact!(self, posts::proposal_decide(&id, &by, &outcome, post.as_ref(), now_us))
    }

    /// Says whose a child is from now on, in a role of an agency.
    pub async fn allocation_put(&self, allocation: &Allocation) -> Result<()> {
        let allocation = allocation.clone();
        transact!(self, allocations::allocation_put(&allocation))
    }

    /// Whose a child is and was.
    pub async fn allocations_of_child(&self, child: &str) -> Result<Vec<Allocation>> {
        read!(self, allocations::allocations_of_child(child))
    }

    /// The children that are this person's now.
    pub async fn allocations_of_person(&self, person: &str) -> Result<Vec<Allocation>> {
        read!(self, allocations::allocations_of_person(person))
    }

    /// The children of an agency that are nobody's since somebody left.
    pub async fn allocations_left(&self, agency: &str) -> Result<Vec<Allocation>> {
        read!(self, allocations::allocations_left(agency))
    }

    /// Tells people something.
    pub async fn notices_put(&self, notices: &[NewNotice], now_us: i64) -> Result<()> {
        let notices = notices.to_vec();
        transact!(self, notices::notices_put(&notices, now_us))
    }

    /// Tells people something; what they were told already in the same words, with the same link, is not said again.
    pub async fn notices_put_once(&self, notices: &[NewNotice], now_us: i64) -> Result<()> {
        let notices = notices.to_vec();
        transact!(self, notices::notices_put_once(&notices, now_us))
    }

    /// What a person has been told and has not put away, the last first.
    pub async fn notices_of(&self, person: &str) -> Result<Vec<Notice>> {
        read!(self, notices::notices_of(person))
    }

    /// Puts a notice away.
    pub async fn notice_seen(&self, person: &str, id: i64, now_us: i64) -> Result<()> {
        let person = person.to_owned();
        transact!(self, notices::notice_seen(&person, id, now_us))
    }

    /// Hands over what is left of a cover.
    pub async fn handover_put(&self, handover: &Handover) -> Result<()> {
        let handover = handover.clone();
        transact!(self, allocations::handover_put(&handover))
    }

    /// Covers handed over since a moment, the last first.
    pub async fn handovers(&self, since_us: i64) -> Result<Vec<Handover>> {
        read!(self, allocations::handovers(since_us))
    }
}
