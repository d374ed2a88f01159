//! Who keeps what: the system's administrators keep agencies and whoever keeps an agency's people; those keep the people of their agency.
//! Neither sees a child. What makes somebody see much takes two of them, from the first record of a child on.

use crate::app::App;
use crate::authorise::Actor;
use crate::post::rules;
use crate::refused::{Refused, Result};

/// On whose word something is done.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Of somebody signed in.
    Person(&'a Actor),
    /// Of whoever runs the server, on its command line.
    Operator,
}

impl By<'_> {
    /// The person's id; none for the operator.
    pub(crate) fn id(self) -> Option<String> {
        match self {
            By::Person(actor) => Some(actor.person.clone()),
            By::Operator => None,
        }
    }

    /// May they keep agencies?
    pub(crate) fn keeps_agencies(self) -> bool {
        self.holds(&rules().keeps_agencies, None)
    }

    /// May they keep the people of this agency, in whatever role but that of a system's administrator?
    pub(crate) fn keeps_people_of(self, agency: &str) -> bool {
        self.holds(&rules().keeps_people, Some(agency))
    }

    /// May they give or end posts of this role in this agency?
    pub(crate) fn keeps_post(self, role: &str, agency: &str) -> bool {
        let of_keepers = role == rules().keeps_agencies || role == rules().keeps_people;
        let keeps_the_people = role != rules().keeps_agencies && self.keeps_people_of(agency);
        keeps_the_people || of_keepers && self.keeps_agencies()
    }

    fn holds(self, role: &str, agency: Option<&str>) -> bool {
        match self {
            By::Operator => true,
            By::Person(actor) => {
                let held = |one: &store::HeldPost| one.post.role == role && agency.is_none_or(|a| a == one.post.agency);
                actor.posts.iter().any(held)
            }
        }
    }
}

/// The agencies whose people somebody keeps.
pub fn agencies_kept(actor: &Actor) -> Vec<(String, String)> {
    let kept = actor.posts.iter().filter(|one| one.post.role == rules().keeps_people);
    let mut kept: Vec<_> = kept.map(|one| (one.post.agency.clone(), one.agency_name.clone())).collect();
    kept.dedup();
    kept
}

/// Does somebody keep agencies?
pub fn keeps_agencies(actor: &Actor) -> bool {
    By::Person(actor).keeps_agencies()
}

/// Does somebody keep anything?
pub fn keeps_anything(actor: &Actor) -> bool {
    keeps_agencies(actor) || !agencies_kept(actor).is_empty()
}

/// Does it take two people now to give somebody this role? While no record of any child is kept there is nothing to see, and one person
/// sets the house up.
pub(crate) async fn takes_two(app: &App, role: &str) -> Result<bool> {
    Ok(rules().needs_two(role) && app.store.any_children().await?)
}

pub(crate) fn not_yours() -> Refused {
    Refused::NotAllowed("Whoever keeps the people of that agency does this; you do not.".into())
}
