//! Random conditions as a tree of our own, which is printed for the parser and worked out by plain brute force.

use engine::value::Truth;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What nobody recorded, or a field that nobody filled.
pub const NOTHING: i64 = i64::MIN;

/// The subjects that random conditions are about, each with the words or numbers that it can be.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum About {
    LookedAfter,
    InEducation,
    SocialCare,
    Placement,
    Age,
    MissingMinutes,
    /// A fact that is false when nobody says anything.
    OftenMissing,
    EntryLevel,
    EntryBy,
    /// A field with several values at once; the number is a set of `TO`, one bit for each.
    EntryTo,
}

use About::{
    Age, EntryBy, EntryLevel, EntryTo, InEducation, LookedAfter, MissingMinutes, OftenMissing, Placement, SocialCare,
};

const YES_NO: [&str; 2] = ["false", "true"];
const SOCIAL_CARE: [&str; 2] = ["closed", "open"];
const PLACEMENT: [&str; 3] = ["foster_care", "childrens_home", "family_home"];
const LEVEL: [&str; 3] = ["low", "medium", "high"];
const BY: [&str; 3] = ["police", "carer", "school"];
const TO: [&str; 2] = ["police", "school"];

impl About {
    pub fn word(self) -> &'static str {
        match self {
            LookedAfter => "child.looked_after",
            InEducation => "child.in_education",
            SocialCare => "child.social_care",
            Placement => "placement.type",
            Age => "child.age",
            MissingMinutes => "episode.missing_for",
            OftenMissing => "child.often_missing",
            EntryLevel => "entry.level",
            EntryBy => "entry.by",
            EntryTo => "entry.to",
        }
    }
    pub fn values(self) -> &'static [&'static str] {
        match self {
            LookedAfter | InEducation | OftenMissing => &YES_NO,
            SocialCare => &SOCIAL_CARE,
            Placement => &PLACEMENT,
            EntryLevel => &LEVEL,
            EntryBy => &BY,
            EntryTo => &TO,
            Age | MissingMinutes => &[],
        }
    }
    pub fn is_field(self) -> bool {
        matches!(self, EntryLevel | EntryBy | EntryTo)
    }
    /// Everything that it can be. For words one more, that no condition names; of a field also nothing.
    pub fn domain(self, recorded_asked: bool) -> Vec<i64> {
        let mut all: Vec<i64> = match self {
            Age => (0..=21).collect(),
            MissingMinutes => (0..=241).collect(),
            EntryBy => (0..=3).collect(),
            // The third bit is somebody whom no condition names.
            EntryTo => return (0..8).collect(),
            _ => (0..self.values().len() as i64).collect(),
        };
        if self.is_field() || recorded_asked && self != OftenMissing {
            all.push(NOTHING);
        }
        all
    }
}

#[derive(Clone, Debug)]
pub enum Formula {
    Always,
    /// One of these values, by number.
    OneOf(About, Vec<usize>, bool),
    /// `<`, `<=`, `>`, `>=` with a number (for the missing clock, of hours).
    Order(About, &'static str, i64),
    Recorded(About, bool),
    Not(Box<Formula>),
    All(Vec<Formula>),
    Any(Vec<Formula>),
}

pub type Assignment = BTreeMap<About, i64>;

impl Formula {
    /// As a rulebook says it.
    pub fn text(&self) -> String {
        let join = |parts: &[Formula], word: &str| {
            let all: Vec<String> = parts.iter().map(|p| format!("({})", p.text())).collect();
            all.join(word)
        };
        match self {
            Formula::Always => "always".into(),
            Formula::OneOf(about, values, bare) => {
                let words: Vec<&str> = values.iter().map(|v| about.values()[*v]).collect();
                match (words.as_slice(), bare) {
                    (["true"], true) => about.word().into(),
                    ([one], _) => format!("{} = {one}", about.word()),
                    (many, _) => format!("{} in [{}]", about.word(), many.join(", ")),
                }
            }
            Formula::Order(Age, order, n) => format!("child.age {order} {n}"),
            Formula::Order(about, order, n) => format!("{} {order} {n}h", about.word()),
            Formula::Recorded(about, yes) => format!("{} is {}recorded", about.word(), if *yes { "" } else { "not " }),
            Formula::Not(inner) => format!("not ({})", inner.text()),
            Formula::All(parts) => join(parts, " and "),
            Formula::Any(parts) => join(parts, " or "),
        }
    }

    /// Everything it is about, and whether being recorded is asked of it.
    pub fn about(&self, found: &mut BTreeMap<About, bool>) {
        match self {
            Formula::Always => {}
            Formula::OneOf(about, ..) | Formula::Order(about, ..) => _ = found.entry(*about).or_insert(false),
            Formula::Recorded(about, _) => _ = found.insert(*about, true),
            Formula::Not(inner) => inner.about(found),
            Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|p| p.about(found)),
        }
    }

    /// By Kleene's three values: a fact that nobody recorded cannot be told, a field that nobody filled is not so.
    pub fn truth(&self, given: &Assignment) -> Truth {
        match self {
            Formula::Always => Truth::True,
            Formula::Not(inner) => !inner.truth(given),
            Formula::All(parts) => parts.iter().map(|p| p.truth(given)).min().unwrap(),
            Formula::Any(parts) => parts.iter().map(|p| p.truth(given)).max().unwrap(),
            Formula::Recorded(EntryTo, yes) => Truth::of((given[&EntryTo] != 0) == *yes),
            Formula::Recorded(about, yes) => Truth::of((given[about] != NOTHING) == *yes),
            Formula::OneOf(EntryTo, values, _) => Truth::of(values.iter().any(|v| given[&EntryTo] & (1 << v) != 0)),
            Formula::OneOf(about, ..) | Formula::Order(about, ..) if given[about] == NOTHING => {
                if about.is_field() {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            }
            Formula::OneOf(about, values, _) => Truth::of(values.iter().any(|v| *v as i64 == given[about])),
            Formula::Order(about, order, n) => {
                let bound = if *about == MissingMinutes { n * 60 } else { *n };
                Truth::of(match *order {
                    "<" => given[about] < bound,
                    "<=" => given[about] <= bound,
                    ">" => given[about] > bound,
                    _ => given[about] >= bound,
                })
            }
        }
    }
}

/// Calls `see` for every assignment to everything that some formulas are about, until it says true. `None`: there are too many.
pub fn any_assignment(formulas: &[&Formula], most: usize, mut see: impl FnMut(&Assignment) -> bool) -> Option<bool> {
    let mut about = BTreeMap::new();
    formulas.iter().for_each(|f| f.about(&mut about));
    let domains: Vec<(About, Vec<i64>)> = about.iter().map(|(a, recorded)| (*a, a.domain(*recorded))).collect();
    let count = domains.iter().map(|d| d.1.len()).product::<usize>();
    if count > most {
        return None;
    }
    Some((0..count).any(|mut n| {
        let mut given = Assignment::new();
        for (about, values) in &domains {
            given.insert(*about, values[n % values.len()]);
            n /= values.len();
        }
        see(&given)
    }))
}

/// Random formulas about some subjects.
pub fn formulas(about: &'static [About]) -> BoxedStrategy<Formula> {
    let leaf = proptest::sample::select(about).prop_flat_map(|about| {
        let n = about.values().len();
        let order = proptest::sample::select(vec!["<", "<=", ">", ">="]);
        match about {
            Age => (order, 1_i64..=20).prop_map(move |(o, n)| Formula::Order(about, o, n)).boxed(),
            MissingMinutes => (order, 1_i64..=3).prop_map(move |(o, n)| Formula::Order(about, o, n)).boxed(),
            _ => prop_oneof![
                5 => (proptest::sample::subsequence((0..n).collect::<Vec<_>>(), 1..=n), any::<bool>())
                    .prop_map(move |(values, bare)| Formula::OneOf(about, values, bare)),
                1 => any::<bool>().prop_map(move |yes| Formula::Recorded(about, yes)),
            ]
            .boxed(),
        }
    });
    let leaf = prop_oneof![30 => leaf, 1 => Just(Formula::Always)];
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|f| Formula::Not(Box::new(f))),
            proptest::collection::vec(inner.clone(), 2..=3).prop_map(Formula::All),
            proptest::collection::vec(inner, 2..=3).prop_map(Formula::Any),
        ]
    })
    .boxed()
}
