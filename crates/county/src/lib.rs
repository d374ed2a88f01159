//! A made-up county: agencies, people and children with their records, plausible and the same for the same seed. It is what a
//! demonstration shows, what tests work on, and what speed is measured with.
//!
//! Nothing in it is real: no place, no person, no number that anybody has. Only the area whose protocol holds is one of the rulebooks,
//! and the caller names it. Making it up is pure: the present moment and chance come in as [`Wanted`]. `fill` brings it into a database.

mod afterwards;
mod alike;
mod child;
mod diligence;
mod directory;
mod doing;
mod entry;
mod facts;
mod fill;
mod meetings;
mod names;
mod past;
mod places;
mod plan;
mod portrait;
mod present;
mod record;
mod situation;
mod stays;
mod story;
mod telling;
mod timing;
mod together;
mod words;

use casebook::chance;
use chance::Chance;
use child::{Child, Making, child};
use directory::Directory;
use engine::evaluate::Evaluator;
use engine::rulebook::Library;
use engine::time::Moment;
use names::Names;

pub use alike::{Set, Somebody, set};
pub use fill::{Draw, fill};
pub use portrait::draw;

/// What sort of county is wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wanted<'a> {
    /// Two counties of one seed are the same, if everything else is.
    pub seed: u64,
    /// How many children.
    pub children: usize,
    /// So many of them, the first, are in the middle of something: each at another of eleven stages, and then again in other homes. With
    /// fewer children, less is going on.
    pub under_way: usize,
    /// How far back their records go. Of the time before the last year they say less.
    pub years: u32,
    /// The present moment.
    pub now: Moment,
    /// The area to which the children belong: the `area` of a rulebook.
    pub area: &'a str,
    /// The provider whose procedure the children's homes follow: the `area` of a rulebook of kind `provider`.
    pub provider: &'a str,
}

/// A county.
#[derive(Clone, PartialEq, Debug)]
pub struct County {
    /// Its name.
    pub name: String,
    /// The area whose protocol holds: that of its agencies.
    pub area: String,
    /// Those who work together.
    pub agencies: Vec<CountyAgency>,
    /// What the directory says of homes and households.
    pub listed: Vec<CountyListed>,
    /// Those who can sign in.
    pub people: Vec<CountyPerson>,
    /// The children.
    pub children: Vec<CountyChild>,
}

/// An agency.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountyAgency {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// `childrens_home`, `foster_household`, `social_work_team`, `emergency_duty_team`, `mash`, `missing_team`, `review_service`,
    /// `leadership`, `partnership`, `police` or `systems`.
    pub kind: String,
}

/// A home or household in the directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountyListed {
    /// The agency's id.
    pub agency: String,
    /// Who manages it; empty for a household.
    pub manager: String,
    /// Where it is.
    pub address: String,
    /// Its number by day and by night.
    pub phone: String,
    /// The authority in whose area it lies.
    pub host: String,
    /// Whose own procedure it follows; empty for a household.
    pub procedure: String,
}

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountyPerson {
    /// The id.
    pub id: String,
    /// What they sign in with.
    pub username: String,
    /// The name.
    pub name: String,
    /// A role of the vocabulary, or `panel_chair`, `analyst` or `system_administrator`.
    pub role: String,
    /// The agency's id.
    pub agency: String,
}

/// A child with the whole record.
#[derive(Clone, PartialEq, Debug)]
pub struct CountyChild {
    /// The id, also of the case.
    pub id: String,
    /// The name.
    pub name: String,
    /// A case file.
    pub case: serde_json::Value,
    /// The agencies that work with the child, by id.
    pub agencies: Vec<String>,
    /// What a picture can be made up from.
    pub photo_seed: u64,
}

/// Makes up a county.
pub fn county(wanted: &Wanted<'_>, library: &Library) -> County {
    let wanted = &Wanted { now: Moment(wanted.now.minute() * 60), years: wanted.years.max(1), ..*wanted };
    let mut names = Names::new(&mut Chance::of(wanted.seed, "names", 0));
    let directory = Directory::new(wanted.seed, wanted.children, wanted.now, &mut names);
    let others = library.rulebooks.iter().filter(|b| b.kind == "area" && b.area != wanted.area);
    let other = others.map(|b| b.area.as_str()).min().unwrap_or("kent");
    let making = Making { wanted, calendar: &library.vocabulary.calendar, directory: &directory, other };
    let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
    let made: Vec<(Child, Chance)> = (0..wanted.children)
        .map(|number| {
            let mut chance = Chance::of(wanted.seed, "child", number as u64);
            (child(&making, number, &mut names, &mut chance), chance)
        })
        .collect();
    let tell = |made: &[(Child, Chance)]| -> Vec<CountyChild> {
        made.iter()
            .filter_map(|(child, chance)| story::story(child, &making, &evaluator, library, chance.clone()))
            .collect()
    };
    let children = shared(&made, tell);
    let listed = directory.listed(wanted.area, wanted.provider);
    County {
        name: places::COUNTY.into(),
        area: wanted.area.into(),
        agencies: directory.agencies,
        listed,
        people: directory.people,
        children,
    }
}

/// So many threads share a large county. What is made does not depend on them: every child has a chance of its own.
const THREADS: usize = 8;

fn shared(made: &[(Child, Chance)], tell: impl Fn(&[(Child, Chance)]) -> Vec<CountyChild> + Sync) -> Vec<CountyChild> {
    if made.len() < 20 * THREADS {
        return tell(made);
    }
    std::thread::scope(|scope| {
        let parts = made.chunks(made.len().div_ceil(THREADS));
        let tellers: Vec<_> = parts.map(|part| scope.spawn(|| tell(part))).collect();
        let join = |teller: std::thread::ScopedJoinHandle<'_, Vec<CountyChild>>| {
            teller.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        tellers.into_iter().flat_map(join).collect()
    })
}
