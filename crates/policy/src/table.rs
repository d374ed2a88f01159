//! The answers of the policies as the product has them: `policy/matrix.txt`, which is held equal to what Cedar answers. What has no line in it,
//! or cannot be read, is not allowed.

use crate::may::{Answers, Hold, May};
use crate::roles::Policy;
use crate::words::{Act, Acts, Class, Classes, Tie, Ties};
use std::collections::HashMap;

const MATRIX: &str = include_str!("../../../policy/matrix.txt");

/// A line: what a post may with one tie.
#[derive(Clone, Default)]
struct Line {
    may: May,
    /// By the name of the column.
    entry: HashMap<String, Acts>,
}

/// The policies, ready to be asked.
pub struct Policies {
    roles: Policy,
    /// By role, then by tie; the last is that of no tie.
    lines: HashMap<String, Vec<Line>>,
}

impl Policies {
    /// Reads the table that is compiled in.
    pub fn read() -> Policies {
        let roles = Policy::read();
        let mut lines: HashMap<String, Vec<Line>> = HashMap::new();
        let mut role = String::new();
        for line in MATRIX.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            match line.strip_prefix("  ") {
                None => role = line.split(' ').next().unwrap_or_default().to_string(),
                Some(line) => {
                    let (tie, rest) = line.split_once(' ').unwrap_or((line, ""));
                    let place = Tie::of(tie).map_or(Tie::ALL.len(), |tie| tie as usize);
                    let all = lines.entry(role.clone()).or_insert_with(|| vec![Line::default(); Tie::ALL.len() + 1]);
                    all[place] = parse(rest);
                }
            }
        }
        Policies { roles, lines }
    }

    /// The posts.
    pub fn roles(&self) -> &Policy {
        &self.roles
    }

    /// What a post may with any tie at all.
    pub fn ever(&self, role: &str) -> May {
        let ties = Tie::ALL.iter().copied().filter(|tie| *tie != Tie::Barred);
        self.may(role, ties.collect())
    }

    /// The lines of these ties.
    fn of(&self, role: &str, ties: Ties) -> Vec<&Line> {
        if ties.has(Tie::Barred) || !self.roles.knows(role) {
            return Vec::new();
        }
        let Some(lines) = self.lines.get(role) else { return Vec::new() };
        if ties.is_empty() {
            return vec![&lines[Tie::ALL.len()]];
        }
        ties.each().map(|tie| &lines[tie as usize]).collect()
    }
}

impl Answers for Policies {
    fn may(&self, role: &str, ties: Ties) -> May {
        self.of(role, ties).into_iter().fold(May::default(), |may, line| may.or(line.may))
    }

    fn entry(&self, role: &str, ties: Ties, hold: Hold) -> Acts {
        let columns: Vec<&str> = match hold {
            Hold { concerns_me: true, .. } => vec!["of-me"],
            Hold { mine: true, .. } => vec!["own"],
            _ => {
                let some =
                    [("agency", hold.ours), ("quoted", hold.said_here), ("absent", hold.absent), ("other", true)];
                some.into_iter().filter(|(_, is)| *is).map(|(name, _)| name).collect()
            }
        };
        let mut acts = Acts::default();
        for line in self.of(role, ties) {
            for column in &columns {
                acts = acts.or(line.entry.get(*column).copied().unwrap_or_default());
            }
        }
        acts
    }
}

/// `see=o..... record=... tell=... acts=a,b entry: own=... agency=...`
fn parse(line: &str) -> Line {
    let mut made = Line::default();
    let (may, entry) = line.split_once(" entry: ").unwrap_or((line, ""));
    for (name, value) in may.split_whitespace().filter_map(|part| part.split_once('=')) {
        match name {
            "see" => made.may.see = classes(value),
            "record" => made.may.record = classes(value),
            "tell" => made.may.tell = classes(value),
            "acts" => made.may.acts = acts(value),
            _ => {}
        }
    }
    let columns = entry.split_whitespace().filter_map(|part| part.split_once('='));
    made.entry = columns.map(|(name, value)| (name.to_string(), acts(value))).collect();
    made
}

fn classes(letters: &str) -> Classes {
    Class::ALL.iter().zip(letters.chars()).filter(|(_, letter)| *letter != '.').map(|(class, _)| *class).collect()
}

fn acts(words: &str) -> Acts {
    words.split(',').filter_map(Act::of).collect()
}
