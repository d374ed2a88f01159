//! The looks that somebody should look at: of people who bear the child's name or live in the street, at closed cases, out of hours, at
//! many children in an hour, after breaking the glass, or again and again refused. It says what is unusual, never that it is wrong.

use super::note::MANY;
use super::who::{LookLine, line, names};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise, ties};
use crate::case::{whole_file, writers};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use crate::relation::telling;
use policy::{Act, Answers as _, Ties};
use std::collections::{HashMap, HashSet};
use store::Look;
use views::Lens;

/// So far back is looked.
const WINDOW_US: i64 = 7 * 24 * HOUR_US;
const HOUR_US: i64 = 60 * 60 * 1_000_000;
/// So many looks are read at most.
const READ: i64 = 50_000;
/// A case is closed when its last episode ended so long ago.
const CLOSED_US: i64 = 180 * 24 * HOUR_US;
/// So many refusals in the window are more than a slip.
const REFUSALS: usize = 3;
/// Half of what stops somebody is unusual already.
const LOT: usize = MANY as usize / 2;

/// Somebody's looks at a child, and what is unusual about them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Unusual {
    /// The person's id.
    pub person: String,
    /// The child; empty where it is about many.
    pub child: String,
    /// The last of the looks.
    pub last: LookLine,
    /// What is unusual, each in words.
    pub why: Vec<String>,
    /// What explains it, where their work does: such looks are listed apart. Empty where nothing does.
    pub work: String,
}

/// What is known of a child for this.
struct Known {
    /// The surnames of the child and of the people around it.
    surnames: HashSet<String>,
    /// The streets.
    streets: HashSet<String>,
    /// The names of people around the child.
    people: HashSet<String>,
    /// When the last episode ended; none while one is open, or there was none.
    ended_us: Option<i64>,
}

/// The unusual looks of the last week at children whose log this person may see.
pub async fn unusual(app: &App, actor: &Actor) -> Result<Vec<Unusual>> {
    if !app.policies.may(&actor.role, Ties::default()).acts.has(Act::List) {
        return Err(Refused::NotFound);
    }
    let looks = app.store.looks_since(app.now_us() - WINDOW_US, READ).await?;
    let mut may: HashMap<&str, bool> = HashMap::new();
    for child in looks.iter().filter_map(|look| look.child_id.as_deref()) {
        if !may.contains_key(child) {
            let ties = ties(app, actor, child).await?;
            may.insert(child, app.policies.may(&actor.role, ties).acts.has(Act::Looks));
        }
    }
    let ours = |look: &Look| look.child_id.as_deref().is_some_and(|c| may.get(c).copied().unwrap_or_default());
    let mut groups: HashMap<(String, String), Vec<&Look>> = HashMap::new();
    for look in looks.iter().filter(|look| ours(look) && look.person_id != actor.person) {
        let child = look.child_id.clone().unwrap_or_default();
        groups.entry((look.person_id.clone(), child)).or_default().push(look);
    }
    let names = names(app, &looks).await?;
    let homes: HashMap<String, String> = app.store.homes_of_people().await?.into_iter().collect();
    let lens = lens(app, actor);
    let mut children: HashMap<String, Known> = HashMap::new();
    let mut found = Vec::new();
    for ((person, child), looks) in groups {
        if !children.contains_key(&child) {
            children.insert(child.clone(), known(app, &child).await?);
        }
        let name = names.get(&person).map(String::as_str).unwrap_or_default();
        let home = homes.get(&person).map(String::as_str);
        let (why, weighty) = why(app, &lens, &children[&child], name, home, &looks);
        if !why.is_empty() {
            let permit = authorise(app, actor, Verb::Do(Act::Looks), Some(&child)).await?;
            let telling = telling(app, &permit).await?;
            let work = if weighty { String::new() } else { work(app, &child, &person, &looks).await? };
            let last = line(app, &lens, &names, &telling, looks[0]);
            found.push((looks[0].at_us, Unusual { person, child, last, why, work }));
        }
    }
    found.extend(many(app, &actor.person, &lens, &names, &looks, ours));
    found.sort_by(|a, b| (b.0, &a.1.person, &a.1.child).cmp(&(a.0, &b.1.person, &b.1.child)));
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// What explains looks at a closed case, or out of hours: the child is theirs, or they wrote on the record in that hour. Empty if nothing does.
async fn work(app: &App, child: &str, person: &str, looks: &[&Look]) -> Result<String> {
    let oldest = looks.last().map_or(0, |look| look.at_us);
    let theirs = app.store.allocations_of_child(child).await?.into_iter();
    if theirs
        .filter(|one| one.person.as_deref() == Some(person))
        .any(|one| one.until_us.is_none_or(|until| until > oldest))
    {
        return Ok("the child is allocated to them".into());
    }
    let wrote = writers(app, child).await?;
    let in_that_hour =
        |look: &&&Look| wrote.iter().any(|(who, at)| who == person && (at - look.at_us).abs() <= HOUR_US);
    Ok(if looks.iter().all(|look| in_that_hour(&look)) {
        "they recorded something at that time".into()
    } else {
        String::new()
    })
}

/// What is unusual about somebody's looks at one child, and whether it weighs so much that no work explains it; `looks` is never empty.
fn why(
    app: &App,
    lens: &Lens<'_>,
    known: &Known,
    name: &str,
    home: Option<&str>,
    looks: &[&Look],
) -> (Vec<String>, bool) {
    let opened = |look: &&&Look| {
        !matches!(look.what.as_str(), "board" | "home" | "alerts" | "search" | "portrait" | "meetings" | "refused")
    };
    let opened: Vec<&&Look> = looks.iter().filter(opened).collect();
    let mut why = Vec::new();
    let mut say = |is: bool, words: &str| {
        if is {
            why.push(words.to_string());
        }
    };
    say(
        !opened.is_empty() && known.people.contains(&fold(name)),
        "is named on the record as somebody around the child",
    );
    say(
        !opened.is_empty() && surname(name).is_some_and(|s| known.surnames.contains(&s)),
        "bears the name of the child or of the family",
    );
    say(
        !opened.is_empty() && home.and_then(street).is_some_and(|s| known.streets.contains(&s)),
        "lives in the street of the child or of the family",
    );
    let weighty = !why.is_empty();
    let mut say = |is: bool, words: &str| {
        if is {
            why.push(words.to_string());
        }
    };
    let closed = |look: &&&Look| known.ended_us.is_some_and(|ended| look.at_us - ended > CLOSED_US);
    say(opened.iter().any(closed), "looked at a case that is closed");
    let by_day = |look: &&&Look| app.policies.roles().is_by_day(&look.post) && is_night(lens, look.at_us);
    say(opened.iter().any(by_day), "looked outside the hours of the post");
    let glass = opened.iter().any(|look| look.purpose == "break-glass");
    let refused = looks.iter().filter(|look| look.what == "refused").count() >= REFUSALS;
    say(glass, "broke the glass");
    say(refused, "was refused again and again");
    (why, weighty || glass || refused)
}

/// People who opened the records of many children within an hour, or were stopped for it.
fn many(
    app: &App,
    own: &str,
    lens: &Lens<'_>,
    names: &HashMap<String, String>,
    looks: &[Look],
    ours: impl Fn(&Look) -> bool,
) -> Vec<(i64, Unusual)> {
    let mut by_person: HashMap<&str, Vec<&Look>> = HashMap::new();
    for look in looks.iter().filter(|look| look.child_id.is_some() && look.what != "refused" && !is_list(&look.what)) {
        by_person.entry(&look.person_id).or_default().push(look);
    }
    let mut found = Vec::new();
    for (person, looks) in by_person {
        // The last look comes first.
        let most = looks.iter().enumerate().map(|(n, last)| {
            let hour = looks[n..].iter().take_while(|l| last.at_us - l.at_us <= HOUR_US);
            hour.filter_map(|l| l.child_id.as_deref()).collect::<HashSet<_>>().len()
        });
        let most = most.max().unwrap_or_default();
        if most >= LOT && looks.iter().any(|look| ours(look)) && person != own {
            let why = vec![format!("opened the records of {most} children within an hour")];
            let one = Unusual {
                person: person.into(),
                last: line(app, lens, names, &HashSet::new(), looks[0]),
                why,
                ..Unusual::default()
            };
            found.push((looks[0].at_us, one));
        }
    }
    found
}

fn is_list(what: &str) -> bool {
    matches!(what, "board" | "home" | "alerts" | "search" | "portrait" | "meetings")
}

async fn known(app: &App, child: &str) -> Result<Known> {
    let row = app.store.child_row(child).await?;
    let episodes = app.store.episodes_of_child(child).await?;
    let mut known = Known {
        surnames: row.iter().filter_map(|row| surname(&row.name)).collect(),
        streets: HashSet::new(),
        people: HashSet::new(),
        ended_us: if episodes.iter().any(|e| e.ended_us.is_none()) {
            None
        } else {
            episodes.iter().filter_map(|e| e.ended_us).max()
        },
    };
    let file = whole_file(app, child).await?;
    // Practitioners are named on the record because it is their work.
    let private = ["parent", "parental_responsibility_holder", "family", "person_caring_informally", "finder", "child"]
        .map(engine::words::sym);
    for person in file.people.iter().filter(|p| p.role.is_none_or(|role| private.contains(&role))) {
        if let Some(name) = &person.name {
            known.surnames.extend(surname(name));
            known.people.insert(fold(name));
        }
        known.streets.extend(person.address.as_deref().and_then(street));
    }
    known.streets.extend(file.placements.iter().filter_map(|p| p.address.as_deref().and_then(street)));
    Ok(known)
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The last word of a name.
fn surname(name: &str) -> Option<String> {
    name.split_whitespace().last().map(fold)
}

/// The street of an address: its first line without the number.
fn street(address: &str) -> Option<String> {
    let lines =
        address.split([',', '\n']).map(|line| line.trim().trim_start_matches(|c: char| c.is_ascii_digit() || c == ' '));
    lines.map(fold).find(|line| line.chars().count() > 3)
}

/// Before seven, after eight in the evening, or on no working day.
fn is_night(lens: &Lens<'_>, at_us: i64) -> bool {
    let local = lens.face.calendar.local(moment(at_us));
    !(7..20).contains(&local.hour()) || !lens.face.calendar.is_working_day(local.date())
}
