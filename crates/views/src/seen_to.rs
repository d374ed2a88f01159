//! Whose duty it is on lists. Somebody who may not sign in owes things too: a parent, whoever finds the child. Who sees to it that they are
//! done hangs on the child (`seen_to_by` in the vocabulary), so that lists keep both: the owner, and who sees to it in this case.

use engine::evaluate::DutyView;
use engine::vocabulary::Vocabulary;

/// Between the owner and who sees to it; no role has it in its id.
const FOR: char = '>';

/// The owner of a duty as lists keep it: `carer`, or `parent>social_worker` where the social worker sees to what a parent owes.
pub fn listed(view: &DutyView) -> Option<String> {
    let owner = view.owner.as_deref()?;
    Some(view.seen_to_by.as_deref().map_or_else(|| owner.to_string(), |by| both(owner, by)))
}

/// The owner, and who sees to it, of what lists keep.
pub fn apart(listed: &str) -> (&str, Option<&str>) {
    listed.split_once(FOR).map_or((listed, None), |(owner, by)| (owner, Some(by)))
}

fn both(owner: &str, by: &str) -> String {
    format!("{owner}{FOR}{by}")
}

/// As lists keep them: what these owners owe, whoever sees to it, and what this role sees to.
pub fn lists_of(vocabulary: &Vocabulary, role: &str, owners: Vec<String>) -> Vec<String> {
    let seen_to = |owner: &String| -> Vec<String> {
        let by = vocabulary.role(owner).into_iter().flat_map(|known| &known.seen_to_by);
        by.filter_map(|seen| vocabulary.word(seen.role)).map(|by| both(owner, by)).collect()
    };
    let mut found: Vec<String> = owners.iter().flat_map(seen_to).collect();
    found.extend(vocabulary.sees_to(role).map(|owner| both(owner, role)));
    found.extend(owners);
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_sees_to_is_kept_apart_from_what_they_owe() {
        let vocabulary = &testkit::library().vocabulary;
        let own = lists_of(vocabulary, "social_worker", vec!["social_worker".into(), "childrens_social_care".into()]);
        assert!(own.contains(&"parent>social_worker".into()) && own.contains(&"social_worker".into()), "{own:?}");
        assert!(!own.contains(&"parent".into()) && !own.contains(&"parent>mash_decision_maker".into()), "{own:?}");
        // Whoever owes it has it too, whoever else sees to it.
        let own = lists_of(vocabulary, "home_staff", vec!["home_staff".into(), "carer".into()]);
        assert!(own.contains(&"carer>social_worker".into()) && own.contains(&"carer".into()), "{own:?}");
        assert_eq!(apart("parent>social_worker"), ("parent", Some("social_worker")));
        assert_eq!(apart("carer"), ("carer", None));
    }
}
