//! What is true of a post by its role, read from `policy/posts.toml`.

use crate::app::App;
use serde::Deserialize;
use std::sync::LazyLock;

static RULES: LazyLock<PostRules> = LazyLock::new(|| {
    let text = include_str!("../../../../policy/posts.toml");
    toml::from_str(text).unwrap_or_else(|e| panic!("policy/posts.toml: {e}"))
});

/// What is true of posts.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct PostRules {
    /// The role that keeps agencies.
    pub keeps_agencies: String,
    /// The role that keeps the people of its agency.
    pub keeps_people: String,
    /// It takes two people to say by which accounts of their own an agency's people come in.
    pub providers_take_two: bool,
    two_people: Vec<String>,
    manages: Vec<String>,
    allocated: Vec<String>,
    interviews: Vec<String>,
    kind: Vec<Kind>,
    cover: Vec<Cover>,
}

/// A kind of agency.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// The word.
    pub id: String,
    /// In words.
    pub name: String,
}

/// Who covers whom outside office hours.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The role that covers.
    pub by: String,
    /// The owners of the duties that stand with it.
    pub of: Vec<String>,
}

/// What is true of posts.
///
/// # Panics
/// If the file is faulty; a test holds that it is not.
pub fn rules() -> &'static PostRules {
    &RULES
}

impl PostRules {
    /// Does it take two people to give somebody this role?
    pub fn needs_two(&self, role: &str) -> bool {
        self.two_people.iter().any(|r| r == role)
    }

    /// Is whoever has this role told when somebody of their team leaves?
    pub fn manages(&self, role: &str) -> bool {
        self.manages.iter().any(|r| r == role)
    }

    /// Are children allocated to people of this role?
    pub fn has_children(&self, role: &str) -> bool {
        self.allocated.iter().any(|r| r == role)
    }

    /// Does this role arrange or hold return home interviews?
    pub fn sees_interviews(&self, role: &str) -> bool {
        self.interviews.iter().any(|r| r == role)
    }

    /// The kinds of agencies.
    pub fn kinds(&self) -> &[Kind] {
        &self.kind
    }

    /// Is there such a kind of agency?
    pub fn knows_kind(&self, kind: &str) -> bool {
        self.kind.iter().any(|k| k.id == kind)
    }

    /// Whom this role covers outside office hours.
    pub fn covered_by(&self, role: &str) -> impl Iterator<Item = &str> {
        self.cover.iter().filter(move |c| c.by == role).flat_map(|c| c.of.iter().map(String::as_str))
    }

    /// Who covers this role outside office hours.
    pub fn covers(&self, role: &str) -> Option<&str> {
        self.cover.iter().find(|c| c.of.iter().any(|r| r == role)).map(|c| c.by.as_str())
    }
}

/// Is it a role that somebody may hold? The policies know no other, and whoever had another would see nothing.
pub(crate) fn is_role(app: &App, role: &str) -> bool {
    app.policies.roles().knows(role)
}

/// The roles that somebody may hold, in the order of the policy, with their names.
pub(crate) fn roles(app: &App) -> Vec<(String, String)> {
    app.policies.roles().roles().map(|id| (id.to_string(), app.role(id).1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_of_posts_can_be_read_and_speak_of_roles() {
        let rules = rules();
        let vocabulary = testkit::library().vocabulary;
        let named = rules.two_people.iter().chain(&rules.manages).chain(&rules.allocated);
        for role in named.chain(rules.cover.iter().flat_map(|c| c.of.iter().chain([&c.by]))) {
            let keeps = [&rules.keeps_agencies, &rules.keeps_people].contains(&role);
            assert!(keeps || role == "panel_chair" || vocabulary.role(role).is_some(), "{role}");
        }
        assert!(rules.needs_two(&rules.keeps_agencies) && rules.needs_two(&rules.keeps_people));
        assert_eq!(rules.covers("social_worker"), Some("emergency_duty_team"));
        assert!(rules.covered_by("emergency_duty_team").any(|role| role == "team_manager"));
        assert_eq!(rules.covers("home_staff"), None);
    }
}
