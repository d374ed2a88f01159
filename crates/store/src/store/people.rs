//! Agencies and people.

use super::Store;
use crate::error::Result;
use crate::model::{Agency, Door, Person, Post, Team};

impl Store {
    /// Adds an agency.
    pub async fn add_agency(&self, agency: &Agency) -> Result<()> {
        let agency = agency.clone();
        transact!(self, agencies::add_agency(&agency))
    }

    /// Adds agencies: all of them, or none.
    pub async fn add_agencies(&self, agencies: &[Agency]) -> Result<()> {
        let agencies = agencies.to_vec();
        transact!(self, agencies::add_agencies(&agencies))
    }

    /// All agencies, by name.
    pub async fn agencies(&self) -> Result<Vec<Agency>> {
        read!(self, agencies::agencies())
    }

    /// Adds a person. `Taken` if somebody has the username, whatever its capitals.
    pub async fn add_person(&self, person: &Person) -> Result<()> {
        let person = person.clone();
        transact!(self, agencies::add_person(&person))
    }

    /// Adds people: all of them, or none. `Taken` as for one.
    pub async fn add_people(&self, people: &[Person]) -> Result<()> {
        let people = people.to_vec();
        transact!(self, agencies::add_people(&people))
    }

    /// Changes a person. Their sessions end if they may not sign in any more, or the password is another. False if there is no such person.
    pub async fn update_person(&self, person: &Person) -> Result<bool> {
        let person = person.clone();
        transact!(self, agencies::update_person(&person))
    }

    /// A person by id.
    pub async fn person(&self, id: &str) -> Result<Option<Person>> {
        read!(self, agencies::person(id))
    }

    /// Some people by their ids, in no order; who is not there is left out.
    pub async fn people_known(&self, ids: &[&str]) -> Result<Vec<Person>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        read!(self, agencies::people_known(ids))
    }

    /// A person by username, whatever its capitals.
    pub async fn person_by_username(&self, username: &str) -> Result<Option<Person>> {
        read!(self, agencies::person_by_username(username))
    }

    /// Everybody, by name.
    pub async fn people(&self) -> Result<Vec<Person>> {
        read!(self, agencies::people())
    }

    /// The people of an agency, by name.
    pub async fn people_of_agency(&self, agency: &str) -> Result<Vec<Person>> {
        read!(self, agencies::people_of_agency(agency))
    }

    /// Who works at an agency at a moment and may sign in, in each post that they hold there: role and agency are those of the post. Whoever is
    /// told of something, or asked, is asked by this, and not by where their account is kept.
    pub async fn posted(&self, agency: &str, now_us: i64) -> Result<Vec<Person>> {
        read!(self, agencies::posted(agency, now_us))
    }

    /// An agency, and the version of what is said of it.
    pub async fn agency(&self, id: &str) -> Result<Option<(Agency, i64)>> {
        read!(self, agencies::agency(id))
    }

    /// Changes an agency. `Stale` if its version is another by now.
    pub async fn agency_change(&self, agency: &Agency, version: i64) -> Result<()> {
        let agency = agency.clone();
        transact!(self, agencies::agency_change(&agency, version))
    }

    /// Gives a person another password.
    pub async fn password_set(&self, person: &str, hash: &str) -> Result<()> {
        let (person, hash) = (person.to_owned(), hash.to_owned());
        transact!(self, agencies::password_set(&person, &hash))
    }

    /// Brings in people with their teams, posts and links: all of them, or none.
    pub async fn bring_in(
        &self,
        teams: &[Team],
        people: &[Person],
        posts: &[Post],
        doors: &[(String, Door)],
    ) -> Result<()> {
        let (teams, people, posts, doors) = (teams.to_vec(), people.to_vec(), posts.to_vec(), doors.to_vec());
        transact!(self, agencies::bring_in(&teams, &people, &posts, &doors))
    }

    /// Makes the first person, who keeps the system. False if there is anybody.
    pub async fn begin(&self, agency: &Agency, person: &Person, post: &Post) -> Result<bool> {
        let (agency, person, post) = (agency.clone(), person.clone(), post.clone());
        transact!(self, agencies::begin(&agency, &person, &post))
    }

    /// Whether there is anybody.
    pub async fn any_people(&self) -> Result<bool> {
        read!(self, agencies::any_people())
    }

    /// Whether there is the record of any child.
    pub async fn any_children(&self) -> Result<bool> {
        read!(self, agencies::any_children())
    }
}
