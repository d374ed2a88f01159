//! What a local setting is in the course of time: a change tonight moves no limit of last month.

use super::SettingValue;
use crate::time::Moment;
use smallvec::{SmallVec, smallvec};

/// The values of one setting, oldest first, each from a moment on.
#[derive(Clone, PartialEq, Debug)]
pub struct Course(SmallVec<[(Moment, SettingValue); 1]>);

impl Course {
    /// One value, ever.
    pub fn always(value: SettingValue) -> Course {
        Course(smallvec![(Moment::EVER, value)])
    }

    /// A default, and what was set from some moments on, in any order. Of two from one moment the later one in the list counts.
    pub fn of(default: SettingValue, changes: &[(Moment, SettingValue)]) -> Course {
        let mut all: SmallVec<[(Moment, SettingValue); 1]> = smallvec![(Moment::EVER, default)];
        all.extend(changes.iter().cloned());
        all.sort_by_key(|(from, _)| *from);
        Course(all)
    }

    /// What holds at a moment.
    pub fn at(&self, at: Moment) -> &SettingValue {
        let after = self.0.partition_point(|(from, _)| *from <= at);
        // The first value holds from ever, and nothing comes before.
        &self.0[after.saturating_sub(1)].1
    }

    /// The moments at which it changes.
    pub fn changes(&self) -> impl Iterator<Item = Moment> {
        self.0.iter().skip(1).map(|(from, _)| *from)
    }
}
