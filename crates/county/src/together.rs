//! What one person does twice at about the same time is one entry: the same act for two rulebooks, or several people told of one thing.

use crate::entry::Entry;
use engine::ids::EpisodeNo;
use engine::time::Moment;
use serde_json::Value;

/// One doing: an entry, whose duty it does, and the limit before which it must stay when it is put together with another.
pub(crate) struct Done {
    pub entry: Entry,
    pub owner: String,
    pub due: Option<Moment>,
    pub episode: Option<EpisodeNo>,
}

/// Minutes that lie close together.
const CLOSE: i64 = 25;
/// Fields that name who was told.
const TOLD_TO: [&str; 2] = ["to", "with"];
/// Fields in which people write what they like.
const FREE: [&str; 10] =
    ["items", "reason", "result", "how", "apologies", "information", "risk_view", "decisions", "actions", "reviews"];

pub(crate) fn together(done: Vec<Done>) -> Vec<Done> {
    let mut found: Vec<Done> = Vec::new();
    for one in done {
        match found.iter_mut().find(|other| fits(other, &one)) {
            Some(other) => {
                other.entry.at = other.entry.at.max(one.entry.at);
                other.entry.recorded = other.entry.recorded.max(one.entry.recorded);
                other.due = [other.due, one.due].into_iter().flatten().min();
                TOLD_TO.into_iter().for_each(|key| union(&mut other.entry, &one.entry, key));
            }
            None => found.push(one),
        }
    }
    found
}

fn fits(one: &Done, other: &Done) -> bool {
    let later = one.entry.at.max(other.entry.at);
    one.episode == other.episode
        && one.entry.event == other.entry.event
        && (one.entry.at.minute() - other.entry.at.minute()).abs() <= CLOSE
        && one.owner == other.owner
        && [one.due, other.due].into_iter().flatten().all(|due| later <= due)
        && named(&one.entry).eq(named(&other.entry))
}

/// What an entry says, but for whom it names and what is written freely.
fn named(entry: &Entry) -> impl Iterator<Item = (&String, &Value)> {
    let names = |key: &str, value: &Value| TOLD_TO.contains(&key) && value.is_array();
    entry.fields.iter().filter(move |(key, value)| !FREE.contains(&key.as_str()) && !names(key, value))
}

fn union(entry: &mut Entry, other: &Entry, key: &str) {
    let (Some(Value::Array(roles)), Some(Value::Array(more))) = (entry.fields.get_mut(key), other.fields.get(key))
    else {
        return;
    };
    for role in more {
        if !roles.contains(role) {
            roles.push(role.clone());
        }
    }
}
