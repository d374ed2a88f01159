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
use store::{Allocation, Look, LookSum};
use views::Lens;

/// So far back is looked.
const WINDOW_US: i64 = 7 * 24 * HOUR_US;
const HOUR_US: i64 = 60 * 60 * 1_000_000;
/// A case is closed when its last episode ended so long ago.
const CLOSED_US: i64 = 180 * 24 * HOUR_US;
/// So many refusals in the window are more than a slip.
const REFUSALS: i64 = 3;
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
    /// To whom the child is or was allocated, and until when.
    allocated: Vec<Allocation>,
    /// Who wrote on the record, and when.
    wrote: Vec<(String, i64)>,
}

/// Somebody's looks at one child over the week, an hour to a line; never empty.
type Group<'a> = Vec<&'a LookSum>;

/// Whom somebody looked at, when, and what is unusual about it.
struct Found {
    person: String,
    child: String,
    last: (i64, i64),
    why: Vec<String>,
    work: String,
}

/// The unusual looks of the last week at children whose log this person may see.
pub async fn unusual(app: &App, actor: &Actor) -> Result<Vec<Unusual>> {
    if !app.policies.may(&actor.role, Ties::default()).acts.has(Act::List) {
        return Err(Refused::NotFound);
    }
    // Whoever guards no record would read that there is none, and take it for true.
    if !app.policies.roles().is(&actor.role, "guardians") {
        return Err(Refused::NotAllowed("Unusual looks are read by those who guard records, such as managers.".into()));
    }
    // Summed up by the database: a county has more looks in a week than anybody would wait for.
    let sums = app.store.looks_summed(app.now_us() - WINDOW_US).await?;
    let mut may: HashMap<&str, bool> = HashMap::new();
    for sum in &sums {
        if !may.contains_key(sum.child_id.as_str()) {
            let ties = ties(app, actor, &sum.child_id).await?;
            may.insert(&sum.child_id, app.policies.may(&actor.role, ties).acts.has(Act::Looks));
        }
    }
    let ours = |sum: &LookSum| may.get(sum.child_id.as_str()).copied().unwrap_or_default();
    let mut groups: HashMap<(&str, &str), Group<'_>> = HashMap::new();
    for sum in sums.iter().filter(|sum| ours(sum) && sum.person_id != actor.person) {
        groups.entry((&sum.person_id, &sum.child_id)).or_default().push(sum);
    }
    let homes: HashMap<String, String> = app.store.homes_of_people().await?.into_iter().collect();
    let lens = lens(app, actor);
    let mut people: HashMap<&str, String> = HashMap::new();
    let mut children: HashMap<&str, Known> = HashMap::new();
    let mut found = Vec::new();
    for ((person, child), group) in groups {
        if !children.contains_key(child) {
            children.insert(child, known(app, child).await?);
        }
        if !people.contains_key(person) {
            people.insert(person, app.store.person(person).await?.map(|p| p.name).unwrap_or_default());
        }
        let home = homes.get(person).map(String::as_str);
        let (why, weighty) = why(app, &lens, &children[child], &people[person], home, &group);
        if !why.is_empty() {
            let work = if weighty { "" } else { work(&children[child], person, &group) }.to_owned();
            let last = last(&group);
            found.push(Found { person: person.into(), child: child.into(), last, why, work });
        }
    }
    found.extend(many(&actor.person, &sums, ours));
    found.sort_by(|a, b| (b.last.0, &a.person, &a.child).cmp(&(a.last.0, &b.person, &b.child)));
    in_words(app, actor, &lens, found).await
}

/// When the last of some looks was, and its place in the log.
fn last(group: &[&LookSum]) -> (i64, i64) {
    group.iter().map(|sum| (sum.last_us, sum.last_seq)).max().unwrap_or_default()
}

/// What was found, with the last look of each in words.
async fn in_words(app: &App, actor: &Actor, lens: &Lens<'_>, found: Vec<Found>) -> Result<Vec<Unusual>> {
    let seqs: Vec<i64> = found.iter().map(|one| one.last.1).collect();
    let looks = app.store.looks_of(&seqs).await?;
    let names = names(app, &looks).await?;
    let looks: HashMap<i64, Look> = looks.into_iter().map(|look| (look.seq, look)).collect();
    let mut tell: HashMap<String, HashSet<String>> = HashMap::from([(String::new(), HashSet::new())]);
    let mut said = Vec::with_capacity(found.len());
    for Found { person, child, last, why, work } in found {
        let Some(look) = looks.get(&last.1) else { continue };
        if !tell.contains_key(&child) {
            let permit = authorise(app, actor, Verb::Do(Act::Looks), Some(&child)).await?;
            tell.insert(child.clone(), telling(app, &permit).await?);
        }
        let last = line(app, lens, &names, &tell[&child], look);
        said.push(Unusual { person, child, last, why, work });
    }
    Ok(said)
}

/// What explains looks at a closed case, or out of hours: the child is theirs, or they wrote on the record in that hour. Empty if nothing does.
fn work(known: &Known, person: &str, group: &[&LookSum]) -> &'static str {
    let oldest = group.iter().map(|sum| sum.first_us).min().unwrap_or_default();
    let theirs = known.allocated.iter().filter(|one| one.person.as_deref() == Some(person));
    if theirs.into_iter().any(|one| one.until_us.is_none_or(|until| until > oldest)) {
        return "the child is allocated to them";
    }
    let near = |at: i64, look: i64| (at - look).abs() <= HOUR_US;
    let in_that_hour = |sum: &&LookSum| {
        known.wrote.iter().any(|(who, at)| who == person && near(*at, sum.first_us) && near(*at, sum.last_us))
    };
    if group.iter().all(in_that_hour) { "they recorded something at that time" } else { "" }
}

/// What is unusual about somebody's looks at one child, and whether it weighs so much that no work explains it.
fn why(
    app: &App,
    lens: &Lens<'_>,
    known: &Known,
    name: &str,
    home: Option<&str>,
    group: &[&LookSum],
) -> (Vec<String>, bool) {
    let opened: Vec<&&LookSum> = group.iter().filter(|sum| sum.kind == "opened").collect();
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
    let closed = |sum: &&&LookSum| known.ended_us.is_some_and(|ended| sum.last_us - ended > CLOSED_US);
    say(opened.iter().any(closed), "looked at a case that is closed");
    // An hour of the log lies in the night as a whole, or not at all.
    let by_day = |sum: &&&LookSum| app.policies.roles().is_by_day(&sum.post) && is_night(lens, sum.last_us);
    say(opened.iter().any(by_day), "looked outside the hours of the post");
    let glass = opened.iter().any(|sum| sum.glass != 0);
    let refused = group.iter().filter(|sum| sum.kind == "refused").map(|sum| sum.looks).sum::<i64>() >= REFUSALS;
    say(glass, "broke the glass");
    say(refused, "was refused again and again");
    (why, weighty || glass || refused)
}

/// People who opened the records of many children within an hour, or were stopped for it.
fn many(own: &str, sums: &[LookSum], ours: impl Fn(&LookSum) -> bool) -> Vec<Found> {
    let mut by_person: HashMap<&str, Group<'_>> = HashMap::new();
    for sum in sums.iter().filter(|sum| sum.kind == "opened" && sum.person_id != own) {
        by_person.entry(&sum.person_id).or_default().push(sum);
    }
    let mut found = Vec::new();
    for (person, group) in by_person {
        let most = most_within_an_hour(&group);
        if most >= LOT && group.iter().any(|sum| ours(sum)) {
            let why = vec![format!("opened the records of {most} children within an hour")];
            let last = last(&group);
            found.push(Found { person: person.into(), child: String::new(), last, why, work: String::new() });
        }
    }
    found
}

/// Of how many children somebody opened the records within one hour, at most: by the first and the last look at each in an hour of the clock.
fn most_within_an_hour(group: &[&LookSum]) -> usize {
    let mut looks: Vec<(i64, &str)> =
        group.iter().flat_map(|sum| [sum.first_us, sum.last_us].map(|at| (at, sum.child_id.as_str()))).collect();
    looks.sort_unstable();
    let mut within: HashMap<&str, usize> = HashMap::new();
    let (mut first, mut most) = (0, 0);
    for (at, child) in &looks {
        *within.entry(child).or_default() += 1;
        while at - looks[first].0 > HOUR_US {
            let left = looks[first].1;
            // Each look that leaves the hour came into it before.
            let count = within.entry(left).or_default();
            *count -= 1;
            if *count == 0 {
                within.remove(left);
            }
            first += 1;
        }
        most = most.max(within.len());
    }
    most
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
        allocated: app.store.allocations_of_child(child).await?,
        wrote: writers(app, child).await?,
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
