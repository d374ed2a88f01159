//! Through whose eyes, and at what moment, something is shown.

use crate::words::Clockface;
use casebook::rules::Rules;
use engine::time::Moment;

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
    /// The owners whose duties are the viewer's own, or are seen to by the viewer.
    pub own: Vec<String>,
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

    /// Has the viewer a role that the rulebooks know?
    pub fn has_role(&self) -> bool {
        self.rules.vocabulary().role(&self.who.role).is_some()
    }
}
