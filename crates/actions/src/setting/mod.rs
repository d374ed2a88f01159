//! The settings of an area: limits and choices that its protocol leaves open, numbers that have changed since it was printed, its name and picture
//! at the head of pages, what people and teams are called now, its help line and privacy notice, and how long an open episode may be silent. Each change is kept with when, by whom and from whom; what makes a limit longer,
//! or chooses otherwise than the safe default, takes two people.

mod change;
mod contacts;
mod head;
mod known;
mod page;

pub use change::{PICTURE, decide, form, save, save_logo};
pub use head::{called, logo};
pub use known::{Said, helpline, notices, privacy, silence_hours};
pub use page::{names, page};

pub(crate) use contacts::{at_hand, day, newer, newest_known};
pub(crate) use head::{Heads, Known, head};

use head::heads;
pub(crate) use known::{local_text, local_text_at, silences};

use crate::app::App;
use crate::area::{Kept, Kind, kept};
use crate::refused::Result;
use engine::rulebook::{BlockKind, HOURS, OFFICE_HOURS, Owner, Rulebook, Setting};
use engine::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};

/// A setting, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Set {
    /// What holds.
    pub value: String,
    /// A line beside it: what a number is for.
    #[serde(default)]
    pub note: String,
    /// From whom it is known, or who decided.
    pub source: String,
    /// From which day: `2026-11-29`.
    pub since: String,
    /// Why it was changed.
    #[serde(default)]
    pub why: String,
    /// What is proposed instead, and waits for a second person.
    #[serde(default)]
    pub proposed: Option<Proposed>,
    /// It was set: where not, what the rulebook says holds.
    pub is_set: bool,
    /// What was done with this row.
    pub act: String,
}

/// What is proposed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Proposed {
    pub value: String,
    pub source: String,
    pub since: String,
    pub why: String,
    /// Who proposes it, by id.
    pub by: String,
}

/// What may be set of an area.
#[derive(Clone, Debug)]
pub(crate) enum Subject<'a> {
    /// A limit or a choice of a rulebook.
    Local(&'a Setting),
    /// A contact as printed.
    Contact(&'a engine::rulebook::Block),
    /// Hours without an entry after which somebody is told; at high risk.
    Silence { high: bool },
    /// The area's help line.
    Helpline,
    /// The privacy notice.
    Privacy,
    /// The name at the head of pages.
    Name,
    /// The picture at the head of pages.
    Logo,
    /// What people or a team are called now: the role, and what the protocol calls them.
    Called(String, String),
}

impl<'a> Subject<'a> {
    /// Everything that may be set of an area by its rulebook.
    pub fn all(vocabulary: &Vocabulary, book: &'a Rulebook) -> Vec<Subject<'a>> {
        let mut found = vec![
            Subject::Name,
            Subject::Logo,
            Subject::Helpline,
            Subject::Privacy,
            Subject::Silence { high: false },
            Subject::Silence { high: true },
        ];
        found.extend(book.settings.iter().map(Subject::Local));
        let contacts = book.blocks.iter().filter(|block| block.kind() == BlockKind::Contact);
        found.extend(contacts.map(Subject::Contact));
        let owns = |role: &str| {
            book.rules.iter().any(|rule| matches!(rule.owner, Owner::Role(own) if vocabulary.word(own) == Some(role)))
        };
        let theirs = vocabulary.roles.iter().filter(|role| book.local_name(&role.id).is_some() || owns(&role.id));
        found.extend(
            theirs.map(|role| {
                Subject::Called(role.id.clone(), book.local_name(&role.id).unwrap_or(&role.name).to_string())
            }),
        );
        found
    }

    /// The word of the office hours.
    pub fn hours_word() -> String {
        format!("limit.{OFFICE_HOURS}")
    }

    /// Its word in the store and in addresses.
    pub fn word(&self) -> String {
        match self {
            Subject::Local(setting) => format!("limit.{}", setting.id),
            Subject::Contact(block) => format!("contact.{}", block.id),
            Subject::Silence { high: false } => "silence".into(),
            Subject::Silence { high: true } => "silence-high".into(),
            Subject::Helpline => "helpline".into(),
            Subject::Privacy => "privacy".into(),
            Subject::Name => "name".into(),
            Subject::Logo => "logo".into(),
            Subject::Called(role, _) => format!("name.{role}"),
        }
    }

    /// What it is, for people.
    pub fn label(&self) -> String {
        match self {
            Subject::Local(setting) => setting.says.clone(),
            Subject::Contact(block) => block.title.clone(),
            Subject::Silence { high: false } => "Hours without an entry in an open episode".into(),
            Subject::Silence { high: true } => "The same at high risk".into(),
            Subject::Helpline => "Help line of the area".into(),
            Subject::Privacy => "Privacy notice".into(),
            Subject::Name => "Name at the head of pages".into(),
            Subject::Logo => "Picture at the head of pages".into(),
            Subject::Called(_, printed) => casebook::command::labels::capital(printed),
        }
    }

    /// What holds while nobody has set anything.
    pub fn default(&self) -> String {
        match self {
            Subject::Local(setting) => setting.default_text.trim_matches('"').into(),
            Subject::Silence { high: false } => known::SILENCE_HOURS.to_string(),
            Subject::Silence { high: true } => known::SILENCE_HOURS_HIGH.to_string(),
            Subject::Contact(..)
            | Subject::Helpline
            | Subject::Privacy
            | Subject::Name
            | Subject::Logo
            | Subject::Called(..) => String::new(),
        }
    }

    /// Does a change from one value to another make a limit longer, or leave the safe default? Then it takes two people.
    pub fn weakens(&self, from: &str, to: &str) -> bool {
        match self {
            Subject::Local(setting) if setting.kind == "duration" => match (minutes(from), minutes(to)) {
                (Some(from), Some(to)) => to > from,
                _ => from != to,
            },
            // Longer hours may be too much as well as too little.
            Subject::Local(setting) if setting.kind == HOURS => from != to,
            Subject::Local(..) => from != to && to != self.default(),
            Subject::Silence { .. } => {
                from.parse::<i64>().ok().zip(to.parse::<i64>().ok()).is_none_or(|(from, to)| to > from)
            }
            Subject::Contact(..)
            | Subject::Helpline
            | Subject::Privacy
            | Subject::Name
            | Subject::Logo
            | Subject::Called(..) => false,
        }
    }
}

/// How long a limit is, in minutes; calendar steps count as the most that they may be.
fn minutes(text: &str) -> Option<i64> {
    use engine::calendar::Length;
    const DAY: i64 = 24 * 60;
    Some(match Length::parse(text.trim()).ok()? {
        Length::Minutes(n) => n,
        other => {
            let words = other.to_string();
            let (number, unit) = words.split_once(' ')?;
            let number: i64 = number.parse().ok()?;
            let days = match unit.trim_end_matches('s') {
                "day" => 1,
                "week" => 7,
                "month" => 31,
                "working day" => 4,
                _ => return None,
            };
            number * days * DAY
        }
    })
}

/// What is set of an area, by subject.
pub(crate) async fn all(app: &App, area: &str) -> Result<Vec<Kept<Set>>> {
    kept(app, area, Kind::Setting).await
}
