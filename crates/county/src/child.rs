//! Who a child is: age, where they live, who is responsible for them, and what makes them vulnerable.

use crate::chance::Chance;
use crate::directory::Directory;
use crate::names::{Name, Names};
use crate::places;
use crate::situation::Situation;
use crate::stays::{Living, Path, Stay, stays};
use crate::{Wanted, names};
use engine::calendar::{Calendar, Length};
use engine::time::Moment;

/// What is so of a child, where the vocabulary asks yes or no.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Vulnerable {
    pub exploitation: bool,
    pub disabled: bool,
    pub limited_understanding: bool,
    pub mental_health: bool,
    pub dangerous_contacts: bool,
    pub school_absence: bool,
}

/// A child, before anything happened.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    pub id: String,
    pub name: Name,
    pub birthday: String,
    pub age: i64,
    /// Since when the child is looked after.
    pub placed: Option<Moment>,
    pub stays: Vec<Stay>,
    /// The authority that is responsible, where it is not the county's.
    pub from_elsewhere: Option<String>,
    pub legal: &'static str,
    pub protection_plan: bool,
    pub in_need_plan: bool,
    pub open_to_social_care: bool,
    pub unaccompanied: bool,
    pub vulnerable: Vulnerable,
    pub parent: String,
    pub family_address: String,
    pub school: &'static str,
    /// The team of social workers; none where the child is not open to the county's.
    pub team: Option<usize>,
    pub worker: String,
    /// Since when there is a record.
    pub known_since: Moment,
    pub situation: Option<Situation>,
}

impl Child {
    /// Where the child was at a moment.
    pub fn stay(&self, at: Moment) -> &Stay {
        self.stays.iter().rfind(|s| s.from <= at).unwrap_or(&self.stays[0])
    }

    pub fn now_living(&self) -> Living {
        self.stays.last().map_or(Living::Family, |s| s.living)
    }

    pub fn looked_after(&self) -> bool {
        self.placed.is_some()
    }
}

/// What children are made of.
pub(crate) struct Making<'a> {
    pub wanted: &'a Wanted<'a>,
    pub calendar: &'a Calendar,
    pub directory: &'a Directory,
    /// Another authority, for children placed here from there.
    pub other: &'a str,
}

/// Makes up the n-th child. The first ones, [`Wanted::under_way`] of them, are those of whom something is told: see [`Situation`].
pub(crate) fn child(making: &Making<'_>, number: usize, names: &mut Names, chance: &mut Chance) -> Child {
    let Making { wanted, calendar, directory, other } = *making;
    let now = wanted.now;
    let situation = Situation::of(number, wanted.under_way);
    let name = names.next();
    let age = situation.map_or_else(|| chance.weighted(&AGES), Situation::age);
    let born = calendar.add(now, Length::Months(-12 * age as i32)).plus_minutes(-1440 * chance.between(1, 360));
    let living = situation.map_or_else(|| living(directory, chance), |s| s.living(number, directory));
    let care = living != Living::Family;
    let unaccompanied = care && situation.is_none() && age >= 14 && chance.percent(6);
    let years = if unaccompanied { 1 } else { i64::from(wanted.years).clamp(2, age - 8) };
    // From a quarter of a year ago to as long as the record may go back.
    let placed = care.then(|| now.plus_minutes(-chance.between(90 * 1440, years * 365 * 1440)));
    let parent = Name { first: names::first(chance), last: name.last }.full();
    let family_address = if unaccompanied { "Not known".into() } else { places::address(chance) };
    let known_since = placed.unwrap_or_else(|| now.plus_minutes(-chance.between(200, years * 365) * 1440));
    let path = Path { directory, known_since, placed, living, family: &family_address, parent: &parent, now };
    let stays = stays(&path, chance);
    let placed = placed.and(stays.first()).map(|s| s.from);
    let from_elsewhere = situation
        .map_or_else(|| matches!(living, Living::Home(..)) && chance.percent(8), |s| s == Situation::FromElsewhere);
    let protection_plan = !care && (situation == Some(Situation::ThreeDays) || chance.percent(20));
    let in_need_plan = !care && !protection_plan && chance.percent(35);
    let open = care || protection_plan || in_need_plan || chance.percent(30);
    let team = (open && !from_elsewhere).then(|| situation.map_or(number, |s| s.team(number)) % directory.teams.len());
    let worker = match team {
        Some(team) if situation.is_some() => directory.teams[team].workers[0].clone(),
        Some(team) => chance.one_of(&directory.teams[team].workers).clone(),
        None => names.next().full(),
    };
    Child {
        id: Directory::id(chance, placed.unwrap_or(now.plus_minutes(-200 * 1440))),
        birthday: calendar.date(born).to_string(),
        age,
        legal: legal(care, unaccompanied, chance),
        protection_plan,
        in_need_plan,
        open_to_social_care: open,
        unaccompanied,
        vulnerable: vulnerable(situation, care, chance),
        parent,
        family_address,
        school: places::school(chance),
        team,
        worker,
        known_since: placed.unwrap_or(known_since),
        from_elsewhere: from_elsewhere.then(|| other.to_string()),
        name,
        placed,
        stays,
        situation,
    }
}

/// Older children go missing more, and are known more.
const AGES: [(usize, i64); 8] = [(4, 10), (6, 11), (8, 12), (12, 13), (17, 14), (20, 15), (19, 16), (14, 17)];

fn living(directory: &Directory, chance: &mut Chance) -> Living {
    match chance.below(100) {
        0..44 => Living::Foster(chance.below(directory.households.len())),
        44..60 => Living::Home(chance.below(directory.homes.len()), false),
        60..64 => Living::Home(chance.below(directory.homes.len()), true),
        64..69 => Living::Kinship,
        69..73 => Living::Farther,
        _ => Living::Family,
    }
}

fn legal(care: bool, unaccompanied: bool, chance: &mut Chance) -> &'static str {
    match (care, unaccompanied) {
        (false, _) => "none",
        (true, true) => "section_20",
        (true, false) => {
            chance.weighted(&[(70, "care_order"), (18, "section_20"), (11, "interim_care_order"), (1, "remand")])
        }
    }
}

fn vulnerable(situation: Option<Situation>, care: bool, chance: &mut Chance) -> Vulnerable {
    let told = situation.is_some_and(Situation::exploited);
    let some = Vulnerable {
        exploitation: told || chance.percent(if care { 14 } else { 10 }),
        disabled: chance.percent(7),
        limited_understanding: chance.percent(6),
        mental_health: chance.percent(18),
        dangerous_contacts: told || chance.percent(5),
        school_absence: chance.percent(22),
    };
    // What is told of a child is told of any child: nothing else should make the story a special case.
    if situation.is_some() { Vulnerable { disabled: false, limited_understanding: false, ..some } } else { some }
}
