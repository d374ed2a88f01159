//! When what is asked changes though nobody writes anything, other than by the clock alone.
//!
//! Lists work out for themselves that a duty has arisen or is overdue. But time also brings birthdays, thresholds in exceptions and
//! tables, office hours, the next of a repeated duty, and that a duty which arises joins others on a line, where one of them speaks. The
//! first such moment is found by asking the rulebooks ahead.

use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::{Duty, Kept, Line, State, merge};
use engine::time::Moment;
use store::DAYS_UNLOOKED;
use views::asked::standing;

/// So many moments are looked at one by one; past them, the record is looked at again.
const LOOKS: usize = 12;

/// The next moment at which a record has to be looked at again of which lists now say this.
pub(crate) fn next_change(rules: &Rules, case: &Case, listed: &AsListed<'_>, now: Moment) -> Moment {
    let open = case.episodes.last().is_some_and(|e| e.end.is_none_or(|end| end > now));
    let alive = listed.duties().iter().any(|d| d.state.asks());
    if !open && !alive {
        return ahead(rules, listed, now);
    }
    let window = if open { 60 } else { 6 * 60 };
    let end = now.plus_minutes(window);
    let mut looks = turns(listed.duties(), now, end);
    looks.truncate(LOOKS);
    if looks.len() < LOOKS {
        looks.push(end);
    }
    let mut sound = now;
    for look in looks {
        if !listed.foresees(rules, look) {
            return bisect(rules, listed, sound, look);
        }
        sound = look;
    }
    sound
}

/// Of a child of whom nothing is asked, each day of a week is looked at now, rather than the record read again each day.
fn ahead(rules: &Rules, listed: &AsListed<'_>, now: Moment) -> Moment {
    let mut sound = now;
    for day in 1..=DAYS_UNLOOKED {
        let look = now.plus_minutes(day * 24 * 60);
        if !listed.foresees(rules, look) {
            return bisect(rules, listed, sound, look);
        }
        sound = look;
    }
    sound
}

/// Where a duty stands among the lines; by index into the duties.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub duty: usize,
    /// The first duty of its line.
    pub first: usize,
    /// Raises no alerts. One duty of a line does, the strictest: of those whose limit had not passed when what brought it about became known.
    pub silent: bool,
}

/// Where duties stand among the lines.
fn on_lines(lines: &[Line], known_late: impl Fn(usize) -> bool) -> Vec<Place> {
    let mut places = Vec::new();
    for line in lines {
        let speaks = line.duties.iter().copied().find(|index| !known_late(*index));
        let on_it = line.duties.iter().map(|duty| (*duty, Some(*duty) != speaks));
        places.extend(on_it.map(|(duty, silent)| Place { duty, first: line.duties[0], silent }));
    }
    places.sort_unstable();
    places
}

/// What lists keep, as far as time may change it.
pub(super) struct AsListed<'a> {
    kept: &'a Kept,
    pub places: Vec<Place>,
}

impl AsListed<'_> {
    /// Of what stands, and the lines that it is shown on.
    pub fn of<'a>(kept: &'a Kept, lines: &[Line]) -> AsListed<'a> {
        AsListed { kept, places: places(kept.duties(), lines) }
    }

    /// Of what stands.
    pub fn at<'a>(rules: &Rules, kept: &'a Kept) -> AsListed<'a> {
        AsListed::of(kept, &merge(&rules.evaluator, kept.duties()))
    }

    fn duties(&self) -> &[Duty] {
        self.kept.duties()
    }

    /// Is what is asked at a later moment what the lists would make of this?
    fn foresees(&self, rules: &Rules, at: Moment) -> bool {
        let later = standing(rules, Some(self.kept), self.kept.case(), at);
        let later = later.duties();
        let alike = |(b, l): (&Duty, &Duty)| {
            let same = (b.book, b.rule, b.episode, b.n, b.arises) == (l.book, l.rule, l.episode, l.n, l.arises);
            let words = (b.due, b.owner, b.modality, b.path) == (l.due, l.owner, l.modality, l.path);
            same && words && state(b, at) == l.state
        };
        if self.duties().len() != later.len() || !self.duties().iter().zip(later).all(alike) {
            return false;
        }
        // Of duties that are alike, lines go by these alone.
        let on_lines = |d: &Duty| (d.state.is_open(), d.known.is_some());
        let same = self.duties().iter().map(on_lines).eq(later.iter().map(on_lines));
        same || self.places == places(later, &merge(&rules.evaluator, later))
    }
}

fn places(duties: &[Duty], lines: &[Line]) -> Vec<Place> {
    on_lines(lines, |index| duties[index].known.is_some())
}

/// The moments at which duties arise, and at which they become overdue.
fn turns(duties: &[Duty], now: Moment, end: Moment) -> Vec<Moment> {
    let arising = duties.iter().filter(|d| d.state == State::Upcoming).map(|d| d.arises);
    let overdue = duties.iter().filter(|d| d.state.is_open()).filter_map(|d| d.due).map(|due| due.plus_minutes(1));
    let mut found: Vec<Moment> = arising.chain(overdue).filter(|m| *m > now && *m < end).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The state that lists work out: `upcoming` becomes `due`, and `due` becomes `overdue` after its minute.
fn state(duty: &Duty, at: Moment) -> State {
    match duty.state {
        State::Upcoming if duty.arises > at => State::Upcoming,
        State::Upcoming | State::Due | State::Overdue => {
            let late = duty.due.is_some_and(|due| at.minute() > due.minute());
            if late && duty.modality != engine::rulebook::Modality::Prompt { State::Overdue } else { State::Due }
        }
        settled => settled,
    }
}

fn bisect(rules: &Rules, listed: &AsListed<'_>, mut sound: Moment, mut changed: Moment) -> Moment {
    while changed.0 - sound.0 > 1 {
        let middle = Moment(sound.0 + (changed.0 - sound.0) / 2);
        if listed.foresees(rules, middle) {
            sound = middle;
        } else {
            changed = middle;
        }
    }
    changed
}
