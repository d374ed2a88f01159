//! Whose act counts as whose, by the roles of this repository: pairs thought through from the protocols, and what no pair may break.

use engine::rulebook::Library;
use engine::words::sym;
use std::sync::LazyLock;

static LIBRARY: LazyLock<Library> = LazyLock::new(testkit::library);

fn may(doer: &str, owner: &str) -> bool {
    let v = &LIBRARY.vocabulary;
    assert!(v.role(doer).is_some() && v.role(owner).is_some(), "{doer} or {owner} is no role");
    v.may_act_for(sym(doer), sym(owner))
}

/// Doer, and the owners for whom it counts.
const COUNTS: [(&str, &[&str]); 26] = [
    ("home_staff", &["carer", "activity_leader"]),
    ("foster_carer", &["carer"]),
    ("carer", &["home_staff", "foster_carer"]),
    ("home_manager", &["home_staff", "carer", "registered_person", "placement_provider", "practitioner_manager"]),
    ("registered_person", &["home_manager", "home_staff", "carer", "placement_provider"]),
    ("mother", &["parent", "family"]),
    ("social_worker", &["allocated_worker", "childrens_social_care", "responsible_authority_social_worker"]),
    ("social_worker", &["responsible_authority", "uasc_social_worker", "local_authority"]),
    ("responsible_authority_social_worker", &["social_worker", "allocated_worker", "responsible_authority"]),
    ("childrens_social_care", &["social_worker", "team_manager", "emergency_duty_team", "mash", "mash_manager"]),
    ("team_duty_worker", &["social_worker", "allocated_worker", "childrens_social_care"]),
    ("emergency_duty_team", &["social_worker", "allocated_worker", "team_duty_worker", "childrens_social_care"]),
    ("practice_manager", &["social_worker", "strategy_meeting_chair", "strategy_meeting"]),
    ("team_manager", &["social_worker", "team_duty_worker", "practice_manager", "practitioner_manager"]),
    ("service_manager", &["team_manager", "social_worker", "strategy_meeting_chair"]),
    ("director", &["assistant_director", "head_of_service", "team_manager", "director_local_delivery"]),
    ("mash_manager", &["mash", "mash_decision_maker", "childrens_social_care"]),
    ("quality_assurance_manager", &["reviewing_officer", "child_protection_chair", "strategy_meeting_chair"]),
    ("missing_team_manager", &["missing_coordinator", "return_interviewer", "missing_team", "missing_forum"]),
    ("missing_team", &["return_interviewer", "missing_coordinator"]),
    ("out_of_area_interviewer", &["return_interviewer"]),
    ("police_missing_unit", &["police", "police_officer", "partner_agency"]),
    ("police", &["police_control_room", "police_missing_unit", "police_officer", "detective_inspector", "host_police"]),
    ("host_police", &["police"]),
    ("detective_chief_inspector", &["detective_inspector", "police_missing_unit", "police_supervisor"]),
    ("panel_chair", &["missing_forum"]),
];

/// Doer, and the owners for whom it must never count.
const NEVER: [(&str, &[&str]); 26] = [
    ("school", &["social_worker", "childrens_social_care", "carer", "police", "return_interviewer", "health"]),
    ("health", &["social_worker", "school", "return_interviewer"]),
    ("activity_leader", &["head_of_service", "carer", "home_staff", "home_manager"]),
    ("home_staff", &["foster_carer", "home_manager", "registered_person", "placement_provider", "social_worker"]),
    ("foster_carer", &["home_staff", "parent", "social_worker"]),
    ("carer", &["home_manager", "registered_person"]),
    ("parent", &["mother", "carer"]),
    ("mother", &["father", "parental_responsibility_holder"]),
    ("social_worker", &["team_manager", "head_of_service", "reviewing_officer", "return_interviewer", "mash"]),
    ("social_worker", &["emergency_duty_team", "home_manager", "police", "practice_manager"]),
    ("team_manager", &["service_manager", "mash_manager", "responsible_authority", "reviewing_officer"]),
    ("emergency_duty_team", &["team_manager", "head_of_service", "mash", "responsible_authority_social_worker"]),
    ("responsible_authority_social_worker", &["childrens_social_care", "uasc_social_worker", "team_manager"]),
    ("childrens_social_care", &["head_of_service", "assistant_director", "director", "responsible_authority"]),
    ("childrens_social_care", &["return_interviewer", "missing_coordinator", "reviewing_officer", "host_authority"]),
    ("responsible_authority", &["childrens_social_care", "responsible_authority_director", "host_authority"]),
    ("early_help", &["social_worker", "childrens_social_care"]),
    ("consultant_social_worker", &["social_worker", "team_manager"]),
    ("reviewing_officer", &["child_protection_chair", "social_worker", "childrens_social_care"]),
    ("return_interviewer", &["out_of_area_interviewer", "missing_coordinator", "social_worker"]),
    ("missing_coordinator", &["return_interviewer", "missing_team_manager", "social_worker"]),
    ("police_officer", &["police_missing_unit", "police_control_room", "police_supervisor", "detective_inspector"]),
    ("police_control_room", &["police_officer", "police_missing_unit"]),
    ("police", &["social_worker", "missing_persons_bureau"]),
    ("partner_agency", &["police", "school", "health"]),
    ("practitioner", &["social_worker", "school"]),
];

#[test]
fn acts_count_for_those_whom_the_protocols_let_stand_in() {
    for (doer, owners) in COUNTS {
        owners.iter().for_each(|owner| assert!(may(doer, owner), "{doer} for {owner}"));
    }
}

#[test]
fn acts_never_count_for_those_who_have_to_do_it_themselves() {
    for (doer, owners) in NEVER {
        owners.iter().for_each(|owner| assert!(!may(doer, owner), "{doer} for {owner}"));
    }
}

#[test]
fn whoever_tells_a_part_has_told_the_body_and_not_the_other_way_round() {
    let reaches = |told: &str, recipient: &str| LIBRARY.vocabulary.reaches(sym(told), sym(recipient));
    let yes =
        [("host_police", "police"), ("police_missing_unit", "police"), ("mother", "parent"), ("home_staff", "carer")];
    yes.iter().for_each(|(told, recipient)| assert!(reaches(told, recipient), "{told}, {recipient}"));
    assert!(
        reaches("responsible_authority_social_worker", "social_worker") && reaches("social_worker", "allocated_worker")
    );
    let no = [("police", "police_missing_unit"), ("parent", "father"), ("emergency_duty_team", "social_worker")];
    no.iter().for_each(|(told, recipient)| assert!(!reaches(told, recipient), "{told}, {recipient}"));
    assert!(!reaches("team_manager", "social_worker") && !reaches("host_police", "police_missing_unit"));
}

#[test]
fn no_part_of_a_body_counts_for_another_unless_it_says_so() {
    let v = &LIBRARY.vocabulary;
    for doer in &v.roles {
        for owner in v.roles.iter().filter(|o| o.id != doer.id) {
            let siblings = doer.part_of.iter().any(|body| owner.part_of.contains(body));
            let apart = !v.is_part_of(doer.sym, owner.sym) && !v.is_part_of(owner.sym, doer.sym);
            let named = doer.same_post.contains(&owner.sym) || owner.same_post.contains(&doer.sym);
            // Somebody who acts for a third acts for whoever that third acts for; each step is written down.
            let acts = doer.acts_for.iter().any(|next| v.may_act_for(*next, owner.sym));
            if siblings && apart && !named && !acts {
                assert!(!v.may_act_for(doer.sym, owner.sym), "{} for {}", doer.id, owner.id);
            }
            if owner.in_person && v.is_part_of(owner.sym, doer.sym) {
                assert!(!v.may_act_for(doer.sym, owner.sym), "{} without a name for {}", doer.id, owner.id);
            }
        }
    }
}
