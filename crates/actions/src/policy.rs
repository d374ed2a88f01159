//! Who answers for what, read from `policy/roles.toml`. The only place where the roles of people who sign in are told apart.

use serde::Deserialize;
use std::collections::HashMap;

const ROLES: &str = include_str!("../../../policy/roles.toml");

/// What each role answers for.
#[derive(Debug)]
pub struct Policy {
    roles: HashMap<String, Role>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    role: Vec<Role>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Role {
    id: String,
    name: Option<String>,
    #[serde(default)]
    answers_for: Vec<String>,
    #[serde(default = "yes")]
    sees_children: bool,
}

fn yes() -> bool {
    true
}

impl Policy {
    /// Reads the policy that is compiled in.
    ///
    /// # Panics
    /// If the file is faulty; a test holds that it is not.
    pub fn read() -> Policy {
        let file: File = toml::from_str(ROLES).unwrap_or_else(|e| panic!("policy/roles.toml: {e}"));
        Policy { roles: file.role.into_iter().map(|r| (r.id.clone(), r)).collect() }
    }

    /// The owners whose duties are the own ones of somebody with this role.
    pub fn answers_for(&self, role: &str) -> Vec<String> {
        let others = self.roles.get(role).map_or(&[][..], |r| &r.answers_for);
        std::iter::once(role.to_string()).chain(others.iter().cloned()).collect()
    }

    /// May somebody with this role see children at all?
    pub fn sees_children(&self, role: &str) -> bool {
        self.roles.get(role).is_none_or(|r| r.sees_children)
    }

    /// The name of a role that is no role of the vocabulary.
    pub fn name(&self, role: &str) -> Option<&str> {
        self.roles.get(role)?.name.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_the_policy_is_one_of_the_vocabulary_or_has_a_name() {
        let policy = Policy::read();
        let vocabulary = testkit::library().vocabulary;
        for role in policy.roles.values() {
            assert!(role.name.is_some() || vocabulary.role(&role.id).is_some(), "{}", role.id);
            for owner in &role.answers_for {
                assert!(vocabulary.role(owner).is_some(), "{owner} under {}", role.id);
                assert_ne!(owner, &role.id);
            }
        }
    }

    #[test]
    fn who_runs_the_system_sees_no_child() {
        let policy = Policy::read();
        assert!(!policy.sees_children("system_administrator"));
        assert!(policy.sees_children("social_worker"));
        assert_eq!(policy.answers_for("home_staff"), ["home_staff", "carer"]);
        assert_eq!(policy.answers_for("school"), ["school"]);
    }
}
