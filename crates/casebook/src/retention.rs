//! How long a record is kept, and by which law: `policy/retention.toml`, and what a county lays down beside it of its own agencies. What a county
//! adds only lengthens.

use crate::case_file::CaseFile;
use engine::case::Case;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{FactId, Vocabulary};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// The file.
pub const TEXT: &str = include_str!("../../../policy/retention.toml");

static RETENTION: LazyLock<Retention> =
    LazyLock::new(|| toml::from_str(TEXT).unwrap_or_else(|e| panic!("policy/retention.toml: {e}")));
/// Whoever dies before this age is kept by the day of the death.
const ADULT: i16 = 18;

/// How long records are kept.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// So many days before its end a record is on the list of those who decide.
    pub listed_days_before: i32,
    kind: Vec<Kind>,
}

/// A kind of record, and how long it is kept.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
struct Kind {
    of: Of,
    /// The agency whose record it is: its kind, or its name.
    agency: Option<String>,
    says: String,
    years_from_birth: Option<i16>,
    years_from_last_entry: Option<i16>,
    after_death_years: Option<i16>,
    law: String,
    #[serde(default)]
    local: bool,
}

/// Whose record it is.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
enum Of {
    LookedAfter,
    ChildrensHome,
    Reported,
    Agency,
    Any,
}

/// What a county lays down, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(default)]
    kind: Vec<Kind>,
}

/// An agency that works with a child, or did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkedWith {
    /// Its kind: `school`.
    pub kind: String,
    /// Its name.
    pub name: String,
}

/// So long may nothing be kept.
const LONGEST_YEARS: i16 = 120;

/// Until when a record is kept, by one kind that it is of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeptAs {
    /// What kind of record it is, in words.
    pub says: String,
    /// The day from which it may be let go.
    pub until: Date,
    /// How that is counted: `until the 75th birthday`.
    pub counted: String,
    /// The law, or that it is local.
    pub law: String,
    /// It is decided locally.
    pub local: bool,
}

impl Retention {
    /// The one of this program.
    pub fn get() -> &'static Retention {
        &RETENTION
    }

    /// That of this program, with the kinds that a county adds in a text of the same form: what is laid down here stays.
    ///
    /// # Errors
    /// What is wrong with the text, in words.
    pub fn with_own(text: &str) -> Result<Retention, String> {
        let own: Own = toml::from_str(text).map_err(|e| e.to_string().trim_end().to_owned())?;
        own.kind.iter().try_for_each(Kind::sound)?;
        let mut all: Retention = toml::from_str(TEXT).map_err(|e| e.to_string())?;
        all.kind.extend(own.kind);
        Ok(all)
    }

    /// The agencies that are named, and not by a kind.
    pub fn named(&self, is_kind: impl Fn(&str) -> bool) -> Vec<&str> {
        self.kind.iter().filter_map(|kind| kind.agency.as_deref()).filter(|agency| !is_kind(agency)).collect()
    }

    /// Every kind that a record is of, with the agencies that work with the child or did, the longest first; nothing where it cannot be told until
    /// when one of them lasts.
    ///
    /// What anybody ever said counts, also what was corrected or is only told: a record is rather kept too long than too short.
    pub fn kept(
        &self,
        vocabulary: &Vocabulary,
        (file, case): (&CaseFile, &Case),
        agencies: &[WorkedWith],
        now: Moment,
    ) -> Vec<KeptAs> {
        let record = Facts { vocabulary, file, case, agencies, now };
        let fitting: Vec<&Kind> = self.kind.iter().filter(|kind| record.is(kind)).collect();
        let kept: Option<Vec<KeptAs>> = fitting.iter().map(|kind| record.until(kind)).collect();
        let mut kept = kept.unwrap_or_default();
        kept.sort_by_key(|one| std::cmp::Reverse(one.until));
        kept
    }
}

impl Kind {
    /// Says what nobody could go by.
    fn sound(&self) -> Result<(), String> {
        let of = &self.says;
        let years = [self.years_from_birth, self.years_from_last_entry, self.after_death_years];
        if self.says.trim().is_empty() || self.law.trim().is_empty() {
            return Err(format!("a kind says what it is (`says`), and by which law or whose decision (`law`): `{of}`"));
        }
        if (self.of == Of::Agency) != self.agency.as_ref().is_some_and(|agency| !agency.trim().is_empty()) {
            return Err(format!(
                "`{of}`: with `of = \"agency\"`, and only with it, stands `agency`, its kind or its name"
            ));
        }
        if self.years_from_birth.is_some() == self.years_from_last_entry.is_some() {
            return Err(format!("`{of}`: write either `years_from_birth` or `years_from_last_entry`"));
        }
        if years.into_iter().flatten().any(|years| !(1..=LONGEST_YEARS).contains(&years)) {
            return Err(format!("`{of}`: years are from 1 to {LONGEST_YEARS}"));
        }
        Ok(())
    }

    /// The agencies whose record it is, of those that work with a child or did.
    fn whose<'a>(&'a self, agencies: &'a [WorkedWith]) -> impl Iterator<Item = &'a str> {
        let named = self.agency.as_deref().unwrap_or_default();
        let is = move |one: &&WorkedWith| one.kind == named || one.name.eq_ignore_ascii_case(named);
        agencies.iter().filter(is).map(|one| one.name.as_str())
    }
}

struct Facts<'a> {
    vocabulary: &'a Vocabulary,
    file: &'a CaseFile,
    case: &'a Case,
    agencies: &'a [WorkedWith],
    now: Moment,
}

impl Facts<'_> {
    fn ever(&self, fact: &str, is: impl Fn(Value) -> bool) -> bool {
        let Some(fact) = self.vocabulary.fact(fact) else { return false };
        self.case.facts.changes(fact).iter().any(|change| is(change.value))
    }

    fn is(&self, kind: &Kind) -> bool {
        let word =
            |value: Value, word: &str| matches!(value, Value::Word(one) if self.vocabulary.word(one) == Some(word));
        match kind.of {
            Of::Any => true,
            Of::Agency => kind.whose(self.agencies).next().is_some(),
            Of::LookedAfter => {
                self.ever("child.looked_after", |value| value == Value::Bool(true))
                    || self.ever("child.looked_after_since", |value| value != Value::Unknown)
            }
            Of::ChildrensHome => {
                self.ever("placement.type", |value| word(value, "childrens_home") || word(value, "secure"))
            }
            Of::Reported => self.vocabulary.known.reported.is_some_and(|fact| {
                let reported = |value| value == Value::Bool(true);
                self.case.episodes.iter().any(|one| one.facts.changes(fact).iter().any(|change| reported(change.value)))
            }),
        }
    }

    fn until(&self, kind: &Kind) -> Option<KeptAs> {
        let (until, counted) = match (self.died_young(), kind.after_death_years) {
            (Some(died), Some(years)) => (anniversary(died, years)?, format!("{years} years from the death")),
            _ => match (kind.years_from_birth, kind.years_from_last_entry) {
                (Some(years), _) => {
                    (anniversary(self.born()?, years)?, format!("until the {} birthday", ordinal(years)))
                }
                (None, Some(years)) => {
                    (anniversary(self.last_entry()?, years)?, format!("{years} years from the last entry"))
                }
                (None, None) => return None,
            },
        };
        let whose: Vec<&str> = kind.whose(self.agencies).collect();
        let says = if whose.is_empty() { kind.says.clone() } else { format!("{}: {}", kind.says, whose.join(", ")) };
        let (law, local) = (kind.law.clone(), kind.local);
        Some(KeptAs { says, until, counted, law, local })
    }

    /// The later one, where two dates of birth are given.
    fn born(&self) -> Option<Date> {
        let disputed = self.vocabulary.known.disputed_birth.and_then(|fact| self.date(fact));
        self.date(self.vocabulary.known.date_of_birth).max(disputed)
    }

    fn died_young(&self) -> Option<Date> {
        let died = self.date(self.vocabulary.fact("child.date_of_death")?)?;
        let adult = anniversary(self.born()?, ADULT)?;
        (died < adult).then_some(died)
    }

    fn date(&self, fact: FactId) -> Option<Date> {
        match self.case.facts.at(fact, self.now)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    fn last_entry(&self) -> Option<Date> {
        let last = self.file.chronology.iter().map(|entry| entry.occurred.max(entry.recorded)).max()?;
        Some(self.vocabulary.calendar.date(last))
    }
}

/// So many years later; a day later where there is no such day.
fn anniversary(day: Date, years: i16) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

fn ordinal(n: i16) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}
