//! The policies, asked of Cedar: validated against their schema, and the table that the product has is true.

use policy::{Answers as _, Cedar, Hold, Policies, Policy, Tie, Ties, matrix};
use std::path::Path;

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

#[test]
fn the_policies_fit_their_schema() {
    assert_eq!(Cedar::read().faults().unwrap(), Vec::<String>::new());
}

#[test]
fn the_schema_finds_a_misspelt_word() {
    use cedar_policy::{PolicySet, Schema, ValidationMode, Validator};
    let schema = std::fs::read_to_string(root().join("policy/whereabouts.cedarschema")).unwrap();
    let (schema, _) = Schema::from_cedarschema_str(&schema).unwrap();
    for wrong in [
        r#"permit (principal in Group::"carers", action == Action::"see", resource == Class::"helth");"#,
        r#"permit (principal in Group::"carrers", action == Action::"see", resource);"#,
        r#"permit (principal, action == Action::"see", resource) when { context.ties.contains(Tie::"placment") };"#,
        r#"permit (principal, action == Action::"peek", resource);"#,
    ] {
        let set: PolicySet = wrong.parse().unwrap();
        let result = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        assert!(!result.validation_passed(), "{wrong}");
    }
}

#[test]
fn the_matrix_is_the_one_that_was_reviewed() {
    let path = root().join("policy/matrix.txt");
    let made = matrix(&Policy::read(), &Cedar::read());
    if std::env::var_os("WRITE_MATRIX").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let first = made.lines().zip(kept.lines()).find(|(made, kept)| made != kept);
    assert!(made == kept, "who may do what has changed; look at it, then `make matrix`. First: {first:?}");
}

/// Several ties at once, and every way to stand to an entry: the table, which has a line for each tie, answers as the policies do.
#[test]
fn the_table_answers_what_the_policies_answer() {
    let (cedar, table, roles) = (Cedar::read(), Policies::read(), Policy::read());
    let flags = |n: u32| Hold {
        mine: n & 1 != 0,
        ours: n & 2 != 0,
        said_here: n & 4 != 0,
        absent: n & 8 != 0,
        concerns_me: n & 16 != 0,
    };
    let sets =
        [&[][..], &[Tie::Placement], &[Tie::Episode, Tie::Grace], &[Tie::Allocation, Tie::Barred], &[Tie::Glass]];
    for role in kinds_of_posts(&roles).into_iter().chain(["wizard", ""]) {
        for ties in sets {
            let ties: Ties = ties.iter().copied().collect();
            assert_eq!(table.may(role, ties), cedar.may(role, ties), "{role} {ties:?}");
            // Whoever wrote an entry is of an agency that wrote it.
            for hold in (0..32).map(flags).filter(|hold| hold.ours || !hold.mine) {
                assert_eq!(table.entry(role, ties, hold), cedar.entry(role, ties, hold), "{role} {ties:?} {hold:?}");
            }
        }
    }
}

/// One role for each set of groups: the policies speak of groups alone.
fn kinds_of_posts(roles: &Policy) -> Vec<&str> {
    let mut seen = std::collections::BTreeSet::new();
    roles.roles().filter(|role| seen.insert(roles.groups(role).to_vec())).collect()
}

/// More ties never take anything away, but for the one that bars: so a line for each tie is enough.
#[test]
fn ties_add_up() {
    let (policies, roles) = (Cedar::read(), Policy::read());
    let ties: Vec<Tie> = Tie::ALL.iter().copied().filter(|tie| *tie != Tie::Barred).collect();
    for role in kinds_of_posts(&roles) {
        let alone: Vec<_> = ties.iter().map(|tie| policies.may(role, Ties::default().with(*tie))).collect();
        for n in 0..ties.len() {
            // A different partner for each kind of post, so that all pairs come up among them.
            let m = (n + 1 + role.len()) % ties.len();
            let both = policies.may(role, Ties::default().with(ties[n]).with(ties[m]));
            assert_eq!(both, alone[n].or(alone[m]), "{role}: {:?} and {:?}", ties[n], ties[m]);
        }
        let all = policies.may(role, ties.iter().copied().collect());
        let each = alone.iter().copied().fold(policies.may(role, Ties::default()), |all, one| all.or(one));
        assert_eq!(all, each, "{role}");
    }
}
