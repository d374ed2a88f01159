//! Who answers for what, read from `policy/roles.toml`. The only place where the roles of people who sign in are told apart.

use serde::Deserialize;
const ROLES: &str = include_str!("../../../policy/roles.toml");

/// What each role answers for.
#[derive(Debug)]
pub struct Policy {
    /// In the order of the file.
    roles: Vec<Role>,
    /// Kinds of agencies.
    from_first_episode: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    from_first_episode: Vec<String>,
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
        Policy { roles: file.role, from_first_episode: file.from_first_episode }
    }

    /// The owners whose duties are the own ones of somebody with this role.
    pub fn answers_for(&self, role: &str) -> Vec<String> {
        let others = self.role(role).map_or(&[][..], |r| &r.answers_for);
        std::iter::once(role.to_string()).chain(others.iter().cloned()).collect()
    }

    /// May somebody with this role see children at all?
    pub fn sees_children(&self, role: &str) -> bool {
        self.role(role).is_none_or(|r| r.sees_children)
    }

    /// Is it a role that somebody may hold?
    pub fn knows(&self, role: &str) -> bool {
        self.role(role).is_some()
    }

    /// The roles that somebody may hold.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|r| r.id.as_str())
    }

    /// Does an agency of this kind work with every child that has gone missing?
    pub fn joins_at_first_episode(&self, kind: &str) -> bool {
        self.from_first_episode.iter().any(|k| k == kind)
    }

    /// The name of a role that is no role of the vocabulary.
    pub fn name(&self, role: &str) -> Option<&str> {
        self.role(role)?.name.as_deref()
    }

    /// The place of a role in the order of the file; those that are left out come last.
    pub fn place(&self, role: &str) -> usize {
        self.roles.iter().position(|r| r.id == role).unwrap_or(self.roles.len())
    }

    fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_of_the_policy_is_one_of_the_vocabulary_or_has_a_name() {
        let policy = Policy::read();
        let vocabulary = testkit::library().vocabulary;
        for role in &policy.roles {
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
        assert!(policy.place("home_staff") < policy.place("social_worker"));
        assert!(policy.place("school") > policy.place("analyst"));
        assert!(policy.joins_at_first_episode("police") && !policy.joins_at_first_episode("childrens_home"));
    }
}
