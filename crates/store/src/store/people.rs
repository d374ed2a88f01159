//! Agencies and people.

use super::Store;
use crate::error::Result;
use crate::model::{Agency, Person};

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
}
