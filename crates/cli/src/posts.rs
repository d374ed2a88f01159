//! Who signs in, and whose duties stand on their lists: `policy/roles.toml` and the vocabulary together.

use engine::check::SignIn;
use engine::evaluate::DutyView;
use engine::words::sym;
use std::collections::BTreeMap;
use toml::{Table, Value};

const ROLES: &str = include_str!("../../../policy/roles.toml");

/// Each role that signs in and sees children, with the owners whose duties are its own beside those of the role itself.
pub struct Posts(BTreeMap<String, Vec<String>>);

impl Posts {
    /// As the policy that is compiled in says.
    pub fn read() -> Posts {
        let file: Table = ROLES.parse().unwrap_or_default();
        let roles = file.get("role").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let sees = |role: &&Value| role.get("sees_children").and_then(Value::as_bool) != Some(false);
        let one = |role: &Value| {
            let owners = role.get("answers_for").and_then(Value::as_array).into_iter().flatten();
            let owners = owners.filter_map(Value::as_str).map(String::from).collect();
            Some((role.get("id")?.as_str()?.to_string(), owners))
        };
        Posts(roles.iter().filter(sees).filter_map(one).collect())
    }

    /// For the check of owners.
    pub fn sign_in(&self) -> SignIn {
        let mut sign_in = SignIn::default();
        for (role, owners) in &self.0 {
            sign_in.add(sym(role), owners.iter().map(|owner| sym(owner)));
        }
        sign_in
    }

    /// Is the duty on the list of a role?
    pub fn is_on_list(&self, role: &str, duty: &DutyView) -> bool {
        let owner = duty.owner.as_deref();
        let own = || self.0.get(role).is_some_and(|owners| owners.iter().any(|o| Some(o.as_str()) == owner));
        owner == Some(role) || duty.seen_to_by.as_deref() == Some(role) || own()
    }
}

/// What the policy says of owners agrees with the vocabulary: nobody answers for somebody for whom they may not act.
#[cfg(test)]
mod tests {
    use super::*;
    use engine::vocabulary::Vocabulary;

    /// Roles of people who sign in that are no role of the rulebooks.
    fn is_of_rulebooks(vocabulary: &Vocabulary, role: &str) -> bool {
        vocabulary.role(role).is_some()
    }

    #[test]
    fn nobody_answers_for_somebody_for_whom_they_may_not_act() {
        let vocabulary = testkit::library().vocabulary;
        for (role, owners) in Posts::read().0 {
            for owner in owners {
                let may = vocabulary.may_act_for(sym(&role), sym(&owner));
                assert!(
                    may || !is_of_rulebooks(&vocabulary, &role),
                    "{role} answers for {owner} and may not act for it"
                );
            }
        }
    }

    #[test]
    fn whoever_sees_to_somebody_elses_duties_signs_in() {
        let vocabulary = testkit::library().vocabulary;
        let posts = Posts::read();
        for seen in vocabulary.roles.iter().flat_map(|r| &r.seen_to_by) {
            let role = vocabulary.word(seen.role).unwrap_or("?");
            assert!(posts.0.contains_key(role), "{role} does not sign in");
        }
    }
}
