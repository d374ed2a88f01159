//! Through whose eyes, and at what moment, something is shown.

use crate::seen_to::listed;
use crate::words::Clockface;
use casebook::rules::Rules;
use engine::evaluate::DutyView;
use engine::time::Moment;
use engine::words::sym;

/// Who looks. What they may see was decided before: nothing here decides it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The role, in the vocabulary's word.
    pub role: String,
    /// The role's name.
    pub role_name: String,
    /// The agency's name.
    pub agency: String,
    /// The owners whose duties are the viewer's own, or are seen to by the viewer, as lists keep them (`seen_to`).
    pub own: Vec<String>,
    /// Those who may not sign in, and whose duties the viewer sees to in some case.
    pub sees_to: Vec<String>,
}

/// Who looks, and when.
#[derive(Clone)]
pub struct Lens<'a> {
    /// The rulebooks.
    pub rules: &'a Rules,
    /// Who.
    pub who: Who,
    /// When.
    pub now: Moment,
    /// How times are said at that moment.
    pub face: Clockface<'a>,
}

impl<'a> Lens<'a> {
    /// Somebody, at a moment.
    pub fn new(rules: &'a Rules, who: Who, now: Moment) -> Lens<'a> {
        let face = Clockface { calendar: &rules.library.vocabulary.calendar, now };
        Lens { rules, who, now, face }
    }

    /// Is this owner the viewer?
    pub fn is_own(&self, owner: Option<&str>) -> bool {
        owner.is_some_and(|o| self.who.own.iter().any(|own| own == o))
    }

    /// Is this duty on the viewer's list: as its owner, or as who sees to it for this child?
    pub fn owes(&self, view: &DutyView) -> bool {
        self.is_own(view.owner.as_deref()) || self.is_own(listed(view).as_deref())
    }

    /// Is this owner the viewer, or somebody for whom the viewer sees to things in some case?
    pub fn may_see_to(&self, owner: Option<&str>) -> bool {
        self.is_own(owner) || owner.is_some_and(|o| self.who.sees_to.iter().any(|one| one == o))
    }

    /// Why what somebody else owes is on the viewer's list: empty where it is theirs by their own post, or not on their list.
    pub fn why_mine(&self, owner: &str, name: &str, seen_to: bool) -> String {
        let vocabulary = &self.rules.library.vocabulary;
        let own = vocabulary.is_part_of(sym(&self.who.role), sym(owner))
            || vocabulary.role(&self.who.role).is_some_and(|role| role.same_post.contains(&sym(owner)));
        match (own, seen_to) {
            _ if owner.is_empty() => String::new(),
            (false, true) => format!("For the {name} to do: see to it that it is done"),
            (false, false) => format!("For the {name}: you answer for it"),
            (true, _) => String::new(),
        }
    }

    /// Has the viewer a role that the rulebooks know?
    pub fn has_role(&self) -> bool {
        self.rules.vocabulary().role(&self.who.role).is_some()
    }
}
