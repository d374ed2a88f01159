//! The agencies of the county and the people who work in them: those who can sign in, and those who are only named in records.

use crate::chance::Chance;
use crate::names::{Name, Names};
use crate::places;
use crate::{CountyAgency, CountyListed, CountyPerson};
use engine::time::Moment;
use engine::words::sym;
use std::collections::HashSet;

/// So many children live in a children's home, at most.
const PER_HOME: usize = 5;
/// So many children a team of social workers looks after, at most.
const PER_TEAM: usize = 25;
/// So many foster carers can sign in; the others are only named.
const CARERS: usize = 12;
/// So many names of people who are met once: officers on patrol, nurses, teachers.
const OTHERS: usize = 48;

/// A children's home or a home of semi-independent young people.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    pub agency: String,
    pub name: String,
    pub address: String,
    pub phone: String,
    pub staff: Vec<String>,
    pub manager: String,
}

/// A fostering household.
#[derive(Clone, Debug)]
pub(crate) struct Household {
    /// None where the carer cannot sign in.
    pub agency: Option<String>,
    pub carer: String,
    pub address: String,
    pub phone: String,
}

/// A team of social workers.
#[derive(Clone, Debug)]
pub(crate) struct Team {
    pub agency: String,
    pub workers: Vec<String>,
    pub manager: String,
}

/// The agencies that are there for the whole county.
#[derive(Clone, Debug, Default)]
pub(crate) struct Services {
    pub emergency_duty: String,
    pub mash: String,
    pub missing: String,
    pub reviewing: String,
    pub leadership: String,
    pub partnership: String,
    pub police: String,
    pub systems: String,
}

/// Everybody and everything.
#[derive(Debug)]
pub(crate) struct Directory {
    pub agencies: Vec<CountyAgency>,
    pub people: Vec<CountyPerson>,
    pub homes: Vec<Home>,
    pub households: Vec<Household>,
    pub teams: Vec<Team>,
    pub services: Services,
    others: Vec<String>,
    usernames: HashSet<String>,
    ids: Chance,
    founded: Moment,
}

impl Directory {
    pub fn new(seed: u64, children: usize, now: Moment, names: &mut Names) -> Directory {
        let mut directory = Directory {
            agencies: Vec::new(),
            people: Vec::new(),
            homes: Vec::new(),
            households: Vec::new(),
            teams: Vec::new(),
            services: Services::default(),
            others: (0..OTHERS).map(|_| names.next().full()).collect(),
            usernames: HashSet::new(),
            ids: Chance::of(seed, "directory", 0),
            founded: now.plus_minutes(-5 * 365 * 1440),
        };
        let mut chance = Chance::of(seed, "places", 0);
        directory.services(names);
        // About a fifth of the children live in homes.
        for number in 0..(children / 5).div_ceil(PER_HOME).max(3) {
            directory.home(number, names, &mut chance);
        }
        for number in 0..children.div_ceil(PER_TEAM).max(2) {
            directory.team(number, names);
        }
        for number in 0..(children / 3).max(3) {
            directory.household(number, names, &mut chance);
        }
        directory
    }

    /// A new id: a version 7 UUID, as the product makes them.
    pub fn id(ids: &mut Chance, at: Moment) -> String {
        let millis = at.0.max(0) as u64 * 1000;
        let (high, low) = (ids.draw(), ids.draw());
        format!(
            "{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}",
            millis >> 16 & 0xffff_ffff,
            millis & 0xffff,
            high & 0xfff,
            0x8000 | high >> 12 & 0x3fff,
            low & 0xffff_ffff_ffff
        )
    }

    fn agency(&mut self, name: &str, kind: &str) -> String {
        let id = Directory::id(&mut self.ids, self.founded);
        self.agencies.push(CountyAgency { id: id.clone(), name: name.into(), kind: kind.into() });
        id
    }

    fn person(&mut self, name: &Name, role: &str, agency: &str) -> String {
        let plain = |text: &str| text.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase();
        let stem = format!("{}.{}", plain(name.first), plain(name.last));
        let tries = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}{n}")));
        let username = tries.into_iter().find(|u| !self.usernames.contains(u)).unwrap_or(stem);
        self.usernames.insert(username.clone());
        let id = Directory::id(&mut self.ids, self.founded);
        let (role, agency) = (role.to_string(), agency.to_string());
        self.people.push(CountyPerson { id, username, name: name.full(), role, agency });
        name.full()
    }

    fn services(&mut self, names: &mut Names) {
        let of = |what: &str| format!("{} {what}", places::COUNTY);
        self.services = Services {
            emergency_duty: self.agency(&of("Emergency Duty Team"), "emergency_duty_team"),
            mash: self.agency(&of("Multi-Agency Safeguarding Hub"), "mash"),
            missing: self.agency(&of("Missing Children Team"), "missing_team"),
            reviewing: self.agency(&of("Conference and Review Service"), "review_service"),
            leadership: self.agency(&of("Children's Services"), "leadership"),
            partnership: self.agency(&of("Safeguarding Children Partnership"), "partnership"),
            police: self.agency(&of("Police"), "police"),
            systems: self.agency(&of("Systems"), "systems"),
        };
        let s = self.services.clone();
        let posts = [
            ("emergency_duty_team", &s.emergency_duty),
            ("mash_decision_maker", &s.mash),
            ("missing_coordinator", &s.missing),
            ("return_interviewer", &s.missing),
            ("return_interviewer", &s.missing),
            ("police_control_room", &s.police),
            ("police_missing_unit", &s.police),
            ("reviewing_officer", &s.reviewing),
            ("child_protection_chair", &s.reviewing),
            ("head_of_service", &s.leadership),
            ("panel_chair", &s.partnership),
            ("analyst", &s.partnership),
            ("system_administrator", &s.systems),
        ];
        for (role, agency) in posts {
            self.person(&names.next(), role, agency);
        }
    }

    fn home(&mut self, number: usize, names: &mut Names, chance: &mut Chance) {
        let name = places::home(number);
        let agency = self.agency(&name, "childrens_home");
        let mut staff = vec![self.person(&names.next(), "home_staff", &agency)];
        staff.extend((0..3).map(|_| names.next().full()));
        let manager = self.person(&names.next(), "home_manager", &agency);
        let address = format!("{name}, {}", places::address(chance));
        self.homes.push(Home { agency, name, address, phone: places::landline(chance), staff, manager });
    }

    fn team(&mut self, number: usize, names: &mut Names) {
        let agency = self.agency(&format!("Children's Social Work Team {}", number + 1), "social_work_team");
        let mut workers = vec![self.person(&names.next(), "social_worker", &agency)];
        workers.extend((0..2).map(|_| names.next().full()));
        let manager = self.person(&names.next(), "team_manager", &agency);
        self.teams.push(Team { agency, workers, manager });
    }

    fn household(&mut self, number: usize, names: &mut Names, chance: &mut Chance) {
        let carer = names.next();
        let agency = (number < CARERS).then(|| {
            let agency = self.agency(&format!("The {} household", carer.last), "foster_household");
            self.person(&carer, "foster_carer", &agency);
            agency
        });
        let household =
            Household { agency, carer: carer.full(), address: places::address(chance), phone: places::mobile(chance) };
        self.households.push(household);
    }

    /// What the directory says of those who can be chosen from it.
    pub fn listed(&self, area: &str, provider: &str) -> Vec<CountyListed> {
        let home = |home: &Home| CountyListed {
            agency: home.agency.clone(),
            manager: home.manager.clone(),
            address: home.address.clone(),
            phone: home.phone.clone(),
            host: area.into(),
            procedure: provider.into(),
        };
        let household = |one: &Household| {
            let (address, phone) = (one.address.clone(), one.phone.clone());
            let (host, procedure) = (area.into(), String::new());
            Some(CountyListed { agency: one.agency.clone()?, manager: String::new(), address, phone, host, procedure })
        };
        self.homes.iter().map(home).chain(self.households.iter().filter_map(household)).collect()
    }

    /// Who has a post that is there once for the county.
    pub fn post(&self, role: &str) -> String {
        let known = self.people.iter().find(|p| p.role == role).map(|p| p.name.clone());
        known.unwrap_or_else(|| self.others[(sym(role).0 % self.others.len() as u64) as usize].clone())
    }
}
