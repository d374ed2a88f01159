//! Made-up places, telephone numbers kept free for fiction, and NHS numbers of the range kept free for tests.
//! There is no such county, and none of its towns, streets, schools or homes exists.

use crate::chance::Chance;

/// The county.
pub(crate) const COUNTY: &str = "Linmoorshire";

/// Where e-mail addresses end: a name that never leads anywhere.
pub(crate) const DOMAIN: &str = "linmoorshire.example";

const TOWNS: [&str; 12] = [
    "Kestrelford",
    "Amblecross",
    "Dunmarrow",
    "Wickenholt",
    "Fallowbridge",
    "Starlingham",
    "Brackwater",
    "Tolverdale",
    "Marlingate",
    "Saltmarden",
    "Hollinbrook",
    "Cradwick",
];
/// Outside the county.
const FARTHER: [&str; 4] = ["Port Averley", "Stonehaddon", "Great Morrowby", "Ravenscray"];
const STREETS: [&str; 24] = [
    "Weir Lane",
    "Foundry Road",
    "Orchard Close",
    "Canal Street",
    "Tanner's Row",
    "Beech Avenue",
    "Station Approach",
    "Priory Gardens",
    "Mill Rise",
    "Quarry Hill",
    "Coronation Terrace",
    "Larch Way",
    "Ferry Road",
    "Barley Croft",
    "Windmill Drive",
    "Chapel Fold",
    "Kingfisher Court",
    "Meadow View",
    "Old Brewery Yard",
    "Rectory Lane",
    "Heron Walk",
    "Ashfield Crescent",
    "Market Hill",
    "Water Lane",
];
const HOMES: [&str; 16] = [
    "Larkfield House",
    "The Willows",
    "Beacon Lodge",
    "Juniper House",
    "Riverside",
    "Stonecroft",
    "Elder Grange",
    "Harbour View",
    "Meadow Bank",
    "The Old Schoolhouse",
    "Rowan Lodge",
    "Fernleigh",
    "Kingsmead House",
    "Thistle Cottage",
    "Sycamore House",
    "Westerly",
];
const SCHOOLS: [&str; 8] = [
    "Kestrelford Academy",
    "Amblecross High School",
    "St Hilda's School, Dunmarrow",
    "Brackwater Community School",
    "Marlingate College",
    "Fallowbridge Academy",
    "Tolverdale Sixth Form College",
    "The Linmoor Centre (alternative provision)",
];
/// Where children are looked for, and found.
const HAUNTS: [&str; 14] = [
    "the skate park",
    "the retail park",
    "the bus station",
    "the canal towpath",
    "the leisure centre",
    "the recreation ground",
    "the railway station",
    "the cinema",
    "a friend's house",
    "the shopping centre",
    "the fast food place on the ring road",
    "the bandstand in the park",
    "the seafront",
    "the underpass by the market",
];

pub(crate) fn town(chance: &mut Chance) -> &'static str {
    chance.pick(&TOWNS)
}

pub(crate) fn street(chance: &mut Chance) -> String {
    format!("{} {}", chance.between(1, 148), chance.pick(&STREETS))
}

pub(crate) fn address(chance: &mut Chance) -> String {
    format!("{}, {}", street(chance), town(chance))
}

pub(crate) fn address_elsewhere(chance: &mut Chance) -> String {
    format!("{}, {}", street(chance), chance.pick(&FARTHER))
}

/// The name of the n-th children's home.
pub(crate) fn home(number: usize) -> String {
    let name = HOMES[number % HOMES.len()];
    match number / HOMES.len() {
        0 => name.into(),
        again => format!("{name}, {}", TOWNS[again % TOWNS.len()]),
    }
}

pub(crate) fn school(chance: &mut Chance) -> &'static str {
    chance.pick(&SCHOOLS)
}

pub(crate) fn haunt(chance: &mut Chance) -> &'static str {
    chance.pick(&HAUNTS)
}

/// A landline of the range that Ofcom keeps for drama.
pub(crate) fn landline(chance: &mut Chance) -> String {
    format!("01632 960{:03}", chance.below(1000))
}

/// A mobile number of the range that Ofcom keeps for drama.
pub(crate) fn mobile(chance: &mut Chance) -> String {
    format!("07700 900{:03}", chance.below(1000))
}

/// An NHS number of the range 999, which is never issued, with its check digit.
pub(crate) fn nhs_number(chance: &mut Chance) -> String {
    loop {
        let number = 999_000_000 + chance.below(1_000_000);
        let digits: Vec<usize> = number.to_string().bytes().map(|b| usize::from(b - b'0')).collect();
        let sum: usize = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            return format!("999 {:03} {:03}{check}", number / 1000 % 1000, number % 1000);
        }
    }
}
