//! The answers of the policies, as the product has them. With the feature `cedar`: that they are those of the policies.

#[cfg(feature = "cedar")]
mod cedar;

use policy::{Act, Answers as _, Class, Hold, Policies, Tie, Ties};

#[test]
fn who_must_not_see_may_nothing_whatever_else_they_are() {
    let policies = Policies::read();
    for role in policies.roles().roles() {
        let all: Ties = Tie::ALL.iter().copied().collect();
        assert!(policies.may(role, all).is_nothing(), "{role}");
        for mine in [true, false] {
            let hold = Hold { mine, ours: true, said_here: true, absent: true, concerns_me: false };
            assert!(policies.entry(role, all, hold).is_empty(), "{role}");
        }
    }
}

#[test]
fn a_role_that_nobody_knows_may_nothing() {
    let policies = Policies::read();
    let all: Ties = Tie::ALL.iter().copied().filter(|tie| *tie != Tie::Barred).collect();
    for role in ["", "wizard", "Home_Staff", "home_staff ", "carers", "child"] {
        assert!(policies.may(role, all).is_nothing(), "{role}");
        assert!(policies.may(role, Ties::default()).is_nothing(), "{role}");
        assert!(policies.entry(role, all, Hold { mine: true, ..Hold::default() }).is_empty(), "{role}");
    }
}

#[test]
fn without_a_tie_nothing_of_a_child_is_seen_said_or_done() {
    let policies = Policies::read();
    for role in policies.roles().roles() {
        let may = policies.may(role, Ties::default());
        assert!(may.see.is_empty() && may.record.is_empty() && may.tell.is_empty(), "{role}");
        let allowed = |act: Act| act.is_of_site() || matches!(act, Act::Ask | Act::BreakGlass);
        assert!(may.acts.each().all(allowed), "{role}: {:?}", may.acts.each().collect::<Vec<_>>());
        let hold = Hold { mine: true, ours: true, said_here: true, absent: true, concerns_me: false };
        assert!(policies.entry(role, Ties::default(), hold).is_empty(), "{role}");
    }
}

#[test]
fn nobody_decides_on_what_is_said_about_them() {
    let policies = Policies::read();
    for role in policies.roles().roles() {
        for tie in Tie::ALL {
            for mine in [true, false] {
                let hold = Hold { mine, ours: true, said_here: true, absent: true, concerns_me: true };
                assert!(policies.entry(role, Ties::default().with(*tie), hold).is_empty(), "{role} {tie:?}");
            }
        }
    }
}

#[test]
fn the_old_home_sees_no_whereabouts_and_carers_no_concern_and_only_the_police_their_lines() {
    let policies = Policies::read();
    for role in policies.roles().roles() {
        let grace = policies.may(role, Ties::default().with(Tie::Grace));
        assert!(!grace.see.has(Class::Whereabouts), "{role}");
        for tie in Tie::ALL {
            let may = policies.may(role, Ties::default().with(*tie));
            let (carer, police) = (policies.roles().is(role, "carers"), policies.roles().is(role, "police"));
            assert!(!carer || !may.see.has(Class::Concern), "{role} {tie:?}");
            assert!(police || !may.see.has(Class::Police), "{role} {tie:?}");
            assert!(police || !may.record.has(Class::Police), "{role} {tie:?}");
        }
    }
}

/// A decision is looked up, and costs a page nothing that could be measured.
#[test]
fn an_answer_is_looked_up() {
    let policies = Policies::read();
    let ties = Ties::default().with(Tie::Placement).with(Tie::Episode);
    let begun = std::time::Instant::now();
    for _ in 0..1000 {
        assert!(!policies.may("home_staff", ties).is_nothing());
    }
    let each = begun.elapsed() / 1000;
    assert!(each.as_micros() < 100, "{each:?} each");
}
