//! Who answers for what, read from `policy/roles.toml`. The only place where the roles of people who sign in are told apart.

use crate::words::Tie;
use serde::Deserialize;
use std::collections::BTreeMap;

const ROLES: &str = include_str!("../../../policy/roles.toml");

/// What each role answers for, and what it is taken for.
#[derive(Debug)]
pub struct Policy {
    /// In the order of the file.
    roles: Vec<Role>,
    /// Kinds of agencies.
    from_first_episode: Vec<String>,
    ties: BTreeMap<String, String>,
    by_day: Vec<String>,
    employs: BTreeMap<String, Vec<String>>,
    owes: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    from_first_episode: Vec<String>,
    ties: BTreeMap<String, String>,
    by_day: Vec<String>,
    employs: BTreeMap<String, Vec<String>>,
    owes: BTreeMap<String, Vec<String>>,
    role: Vec<Role>,
}

#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Role {
    id: String,
    name: Option<String>,
    groups: Vec<String>,
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
        let File { from_first_episode, ties, by_day, employs, owes, role } = file;
        Policy { roles: role, from_first_episode, ties, by_day, employs, owes }
    }

    /// The owners whose duties are the own ones of somebody with this role.
    pub fn answers_for(&self, role: &str) -> Vec<String> {
        let others = self.role(role).map_or(&[][..], |r| &r.answers_for);
        std::iter::once(role.to_string()).chain(others.iter().cloned()).collect()
    }

    /// May somebody with this role see children at all? Whose role nobody knows does not.
    pub fn sees_children(&self, role: &str) -> bool {
        self.role(role).is_some_and(|r| r.sees_children)
    }

    /// Is it a role that somebody may hold?
    pub fn knows(&self, role: &str) -> bool {
        self.role(role).is_some()
    }

    /// Can an agency of this kind have somebody with this role? Only a police force has police officers.
    pub fn employs(&self, kind: &str, role: &str) -> bool {
        let groups = self.groups(role);
        groups.iter().any(|g| g == "administrators")
            || self.employs.get(kind).is_some_and(|all| groups.iter().any(|g| all.contains(g)))
    }

    /// The owners whose duties stand with an agency of this kind alone.
    pub fn owed_by(&self, kind: &str) -> &[String] {
        self.owes.get(kind).map_or(&[], Vec::as_slice)
    }

    /// Does an agency of this kind work with every child that has gone missing?
    pub fn joins_at_first_episode(&self, kind: &str) -> bool {
        self.from_first_episode.iter().any(|k| k == kind)
    }

    /// What relates an agency of this kind to a child, where nobody says anything else.
    pub fn tie_of(&self, kind: &str) -> Tie {
        self.ties.get(kind).and_then(|word| Tie::of(word)).unwrap_or(Tie::Joined)
    }

    /// Does a post with this role have office hours?
    pub fn is_by_day(&self, role: &str) -> bool {
        self.by_day.iter().any(|r| r == role)
    }

    /// The name of a role that is no role of the vocabulary.
    pub fn name(&self, role: &str) -> Option<&str> {
        self.role(role)?.name.as_deref()
    }

    /// The place of a role in the order of the file; those that are left out come last.
    pub fn place(&self, role: &str) -> usize {
        self.roles.iter().position(|r| r.id == role).unwrap_or(self.roles.len())
    }

    /// Every role that somebody may hold, in the order of the file.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|role| role.id.as_str())
    }

    /// The groups of the policies that a role is in.
    pub fn groups(&self, role: &str) -> &[String] {
        self.role(role).map_or(&[], |r| &r.groups)
    }

    /// Is it the role of somebody who manages others?
    pub fn is_manager(&self, role: &str) -> bool {
        self.groups(role).iter().any(|g| g == "leaders" || g.ends_with("_managers"))
    }

    /// Does a role manage those who answer for an owner of duties?
    pub fn manages(&self, role: &str, owner: &str) -> bool {
        let managed: Vec<&str> = self
            .groups(role)
            .iter()
            .filter_map(|g| {
                Some(match g.strip_suffix("_managers")? {
                    "carer" => "carers",
                    "missing" => "missing_service",
                    other => other,
                })
            })
            .collect();
        let answers = |r: &&Role| r.id == owner || r.answers_for.iter().any(|o| o == owner);
        self.roles.iter().filter(answers).any(|r| r.groups.iter().any(|g| managed.contains(&g.as_str())))
    }

    /// Is a role in a group?
    pub fn is(&self, role: &str, group: &str) -> bool {
        self.groups(role).iter().any(|g| g == group)
    }

    fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|r| r.id == id)
    }
}
