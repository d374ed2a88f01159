//! Where a child lives and lived: the family home, and placements one after the other.

use crate::chance::Chance;
use crate::directory::Directory;
use crate::places;
use engine::time::Moment;

/// Who looks after a child.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Living {
    /// With parents.
    Family,
    /// With relatives who are approved as carers.
    Kinship,
    /// In a fostering household of the county, by number.
    Foster(usize),
    /// In a home of the county, by number; `true` where young people live by themselves with support.
    Home(usize, bool),
    /// In a home outside the county.
    Farther,
}

impl Living {
    /// The word of the vocabulary.
    pub fn word(self) -> &'static str {
        match self {
            Living::Family => "family_home",
            Living::Kinship => "kinship",
            Living::Foster(_) => "foster_care",
            Living::Home(_, true) => "semi_independent",
            Living::Home(_, false) | Living::Farther => "childrens_home",
        }
    }

    /// The role of whoever notices first that the child is not back.
    pub fn carer(self) -> &'static str {
        match self {
            Living::Family => "parent",
            Living::Kinship => "carer",
            Living::Foster(_) => "foster_carer",
            Living::Home(..) | Living::Farther => "home_staff",
        }
    }

    /// Who comes to meetings about the child.
    pub fn at_meetings(self) -> &'static str {
        match self {
            Living::Family => "school",
            Living::Kinship => "carer",
            Living::Foster(_) => "foster_carer",
            Living::Home(..) | Living::Farther => "home_manager",
        }
    }
}

/// A stay somewhere.
#[derive(Clone, Debug)]
pub(crate) struct Stay {
    pub living: Living,
    pub from: Moment,
    pub until: Option<Moment>,
    pub name: String,
    pub address: String,
    pub phone: String,
    /// Who looks after the child there, where it is one person.
    pub carer: Option<String>,
    pub planned: bool,
}

/// What a child's stays follow from.
pub(crate) struct Path<'a> {
    pub directory: &'a Directory,
    /// Since when there is a record.
    pub known_since: Moment,
    /// When the child came into care, if ever.
    pub placed: Option<Moment>,
    pub living: Living,
    pub family: &'a str,
    pub parent: &'a str,
    pub now: Moment,
}

const YEAR: i64 = 365 * 1440;

/// The stays, oldest first; the last one is the present one.
pub(crate) fn stays(path: &Path<'_>, chance: &mut Chance) -> Vec<Stay> {
    let Some(placed) = path.placed else {
        let home = stay(path, Living::Family, path.known_since, chance);
        return vec![home];
    };
    let mut stays: Vec<Stay> = Vec::new();
    let gone = path.now.minute() - placed.minute();
    // The longer in care, the more moves.
    let earlier = chance.below((gone / YEAR) as usize + 1).min(3) as i64;
    for number in 0..=earlier {
        let from = placed.plus_minutes(gone * number / (earlier + 1));
        // People move by day.
        let from = Moment(from.minute().div_euclid(1440) * 86_400).plus_minutes(chance.between(10 * 60, 16 * 60));
        if let Some(last) = stays.last_mut() {
            last.until = Some(from);
        }
        let living =
            if number == earlier { path.living } else { Living::Foster(chance.below(path.directory.households.len())) };
        let stay = stay(path, living, from, chance);
        stays.push(Stay { planned: number > 0 || chance.percent(60), ..stay });
    }
    stays
}

fn stay(path: &Path<'_>, living: Living, from: Moment, chance: &mut Chance) -> Stay {
    let (name, address, phone, carer) = match living {
        Living::Family => {
            ("Family home".into(), path.family.to_string(), places::mobile(chance), Some(path.parent.into()))
        }
        Living::Kinship => {
            let carer =
                format!("{} {}", crate::names::first(chance), path.parent.rsplit(' ').next().unwrap_or_default());
            (format!("With {carer} (grandparent)"), places::address(chance), places::mobile(chance), Some(carer))
        }
        Living::Foster(number) => {
            let household = &path.directory.households[number];
            let name = format!("With {} (foster carer)", household.carer);
            (name, household.address.clone(), household.phone.clone(), Some(household.carer.clone()))
        }
        Living::Home(number, _) => {
            let home = &path.directory.homes[number];
            (home.name.clone(), home.address.clone(), home.phone.clone(), None)
        }
        Living::Farther => {
            let name = "Ridgeway House (outside the county)";
            (name.into(), places::address_elsewhere(chance), places::landline(chance), None)
        }
    };
    Stay { living, from, until: None, name, address, phone, carer, planned: true }
}
