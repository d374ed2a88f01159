//! People by a file: one row a post. Every fault is named with its row, in words; what is right goes in, and a file that is sent again
//! doubles nothing.

use super::add::person;
use super::{free_username, taken, wrong_name, wrong_username};
use crate::app::App;
use crate::door;
use crate::keeping::{By, takes_two};
use crate::post::{self, KINDS, NewPost};
use crate::refused::Result;
use std::collections::{HashMap, HashSet};
use store::{Agency, HeldPost, Person, Team};

/// So many rows are read at most, and so many bytes.
const ROWS: usize = 20_000;
const BYTES: usize = 4 * 1024 * 1024;
/// The columns, and whether each has to be there.
const COLUMNS: [(&str, bool); 8] = [
    ("name", true),
    ("username", true),
    ("role", true),
    ("agency", true),
    ("team", false),
    ("from", false),
    ("until", false),
    ("kind", false),
];

/// What is wrong with a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The row of the file; the head is row 1.
    pub row: usize,
    /// What is wrong, in words.
    pub says: String,
}

/// What a file brought, or would bring.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Imported {
    /// People who are new: the name, the username, and the part of their link that nobody can guess; no link in a trial.
    pub people: Vec<(String, String, String)>,
    /// Further posts of people who are there already or are in the file twice.
    pub posts: usize,
    /// Rows that are here already.
    pub unchanged: usize,
    /// What is wrong, by row.
    pub faults: Vec<Fault>,
}

struct Reading {
    by_name: HashMap<String, Agency>,
    roles: HashMap<String, String>,
    teams: HashMap<(String, String), String>,
    people: HashMap<String, Person>,
    posts: HashMap<String, Vec<HeldPost>>,
    new_teams: Vec<Team>,
    new_people: Vec<Person>,
    new_posts: Vec<store::Post>,
    seen: HashMap<(String, String, String, String, String), usize>,
}

/// Brings in people by a file of comma-separated values, or only says what it would bring.
pub async fn import(app: &App, by: By<'_>, text: &str, trial: bool) -> Result<Imported> {
    if text.len() > BYTES {
        return Err(post::problem("file", "The file is larger than 4 MB; send it in parts"));
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = reader(text);
    let head = head(&mut reader)?;
    let mut reading = reading(app).await?;
    let mut done = Imported::default();
    for (index, record) in reader.records().enumerate() {
        let row = index + 2;
        if index >= ROWS {
            done.faults
                .push(Fault { row, says: format!("the file has more than {ROWS} rows; send the rest by itself") });
            break;
        }
        let Ok(record) = record else {
            done.faults.push(Fault { row, says: "the row cannot be read: it is not UTF-8 text".into() });
            continue;
        };
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        let get = |name: &str| head.get(name).and_then(|at| record.get(*at)).unwrap_or_default().trim().to_owned();
        match take(app, by, &mut reading, &get, row).await? {
            Ok(Taken::Person) => {}
            Ok(Taken::Post) => done.posts += 1,
            Ok(Taken::Known) => done.unchanged += 1,
            Err(says) => done.faults.extend(says.into_iter().map(|says| Fault { row, says })),
        }
    }
    let doors: Vec<_> = reading.new_people.iter().map(|p| door::prepared(app, "invitation", Some(&p.id))).collect();
    if !trial {
        app.store.bring_in(&reading.new_teams, &reading.new_people, &reading.new_posts, &doors).await?;
    }
    done.people = reading
        .new_people
        .into_iter()
        .zip(doors)
        .map(|(p, (link, _))| (p.name, p.username, if trial { String::new() } else { link }))
        .collect();
    Ok(done)
}

fn reader(text: &str) -> csv::Reader<&[u8]> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b','].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count());
    csv::ReaderBuilder::new().flexible(true).delimiter(delimiter.unwrap_or(b',')).from_reader(text.as_bytes())
}

fn head(reader: &mut csv::Reader<&[u8]>) -> Result<HashMap<String, usize>> {
    let named = reader.headers().map_err(|_| post::problem("file", "The first row cannot be read"))?.clone();
    let named: HashMap<String, usize> =
        named.iter().enumerate().map(|(at, name)| (name.trim().to_lowercase(), at)).collect();
    let mut wrong = Vec::new();
    for (column, needed) in COLUMNS {
        if needed && !named.contains_key(column) {
            wrong.push(format!("the column `{column}` is missing"));
        }
    }
    let mut strange: Vec<&String> =
        named.keys().filter(|name| !COLUMNS.iter().any(|(column, _)| column == name)).collect();
    strange.sort();
    wrong.extend(strange.into_iter().map(|name| format!("there is no column `{name}`")));
    if wrong.is_empty() {
        return Ok(named);
    }
    let all = COLUMNS.map(|(column, _)| column).join(",");
    Err(post::problem(
        "file",
        &format!("{}. The first row says: {all}; the last four may be left out", wrong.join("; ")),
    ))
}

async fn reading(app: &App) -> Result<Reading> {
    let mut by_name = HashMap::new();
    for agency in app.store.agencies().await? {
        by_name.insert(agency.id.to_lowercase(), agency.clone());
        by_name.insert(agency.name.to_lowercase(), agency);
    }
    let roles =
        post::roles(app).into_iter().flat_map(|(id, name)| [(name.to_lowercase(), id.clone()), (id.clone(), id)]);
    let teams = app.store.teams().await?.into_iter().map(|team| ((team.agency, team.name.to_lowercase()), team.id));
    Ok(Reading {
        by_name,
        roles: roles.collect(),
        teams: teams.collect(),
        people: app.store.people().await?.into_iter().map(|p| (p.username.clone(), p)).collect(),
        posts: HashMap::new(),
        new_teams: Vec::new(),
        new_people: Vec::new(),
        new_posts: Vec::new(),
        seen: HashMap::new(),
    })
}

enum Taken {
    Person,
    Post,
    Known,
}

/// Takes one row: says everything that is wrong with it at once.
async fn take(
    app: &App,
    by: By<'_>,
    reading: &mut Reading,
    get: &impl Fn(&str) -> String,
    row: usize,
) -> Result<std::result::Result<Taken, Vec<String>>> {
    let mut wrong: Vec<String> = Vec::new();
    let (name, username) = (get("name"), get("username").to_lowercase());
    wrong.extend(wrong_name(&name).map(|w| lower(&w)));
    wrong.extend(wrong_username(&username).map(|w| lower(&w)));
    let role = reading.roles.get(&get("role").to_lowercase()).cloned().unwrap_or_default();
    if role.is_empty() {
        wrong.push(format!("there is no role `{}`{}", get("role"), like(&get("role"), reading.roles.keys())));
    }
    let agency = reading.by_name.get(&get("agency").to_lowercase()).cloned();
    match &agency {
        None => wrong.push(format!(
            "there is no agency `{}`{}",
            get("agency"),
            like(&get("agency"), reading.by_name.keys())
        )),
        Some(agency) if !role.is_empty() && !app.policies.roles().employs(&agency.kind, &role) => {
            wrong.push(post::not_there(app, &agency.name, &role));
        }
        Some(agency) if agency.only_appears => {
            wrong.push(format!("{} only appears in records; nobody of it signs in", agency.name));
        }
        Some(agency) if !role.is_empty() && !by.keeps_post(&role, &agency.id) => {
            wrong.push(format!("you do not keep the people of {} in that role", agency.name));
        }
        Some(_) => {}
    }
    let mut moment = |column: &str| {
        let text = get(column);
        let read = post::day(app, &text);
        if !text.is_empty() && read.is_none() {
            wrong.push(format!("`{text}` is not a day; write `{column}` as in 2026-01-31"));
        }
        read
    };
    let (from_us, until_us) = (moment("from"), moment("until"));
    if until_us.zip(from_us.or(Some(app.now_us()))).is_some_and(|(until, from)| until <= from) {
        wrong.push("the post ends before it begins".into());
    }
    let kind =
        if get("kind").is_empty() { "own".to_owned() } else { get("kind").to_lowercase().replace([' ', '-'], "_") };
    if !KINDS.iter().any(|(known, _)| *known == kind) {
        wrong.push(format!("there is no kind of post `{}`: write own, acting, on_call or cover", get("kind")));
    } else if (kind == "on_call" || kind == "cover") && until_us.is_none() {
        wrong.push("cover and on call need a day in `until`".into());
    }
    if !role.is_empty() && takes_two(app, &role).await? {
        wrong.push(format!(
            "{} sees much: it takes two people, one post at a time, on the page of the person",
            app.role(&role).1
        ));
    }
    if let Some(known) = reading.people.get(&username).filter(|p| p.name.to_lowercase() != name.to_lowercase()) {
        let free = free_username(&username, |other| reading.people.contains_key(other));
        let kept = by.keeps_people_of(&known.agency);
        wrong.push(lower(&taken(&username, kept.then_some(known.name.as_str()), &free)));
    }
    let Some(agency) = agency.filter(|_| wrong.is_empty()) else { return Ok(Err(wrong)) };
    let same = (username.clone(), role.clone(), agency.id.clone(), get("team").to_lowercase(), kind.clone());
    if let Some(earlier) = reading.seen.insert(same, row) {
        return Ok(Err(vec![format!("the same as row {earlier}")]));
    }
    let team = team(app, reading, &agency.id, &get("team"));
    let wanted = NewPost { role, agency: agency.id, team, kind, from_us, until_us };
    let known = reading.people.get(&username).cloned();
    let is_new = known.is_none();
    let holder = known.unwrap_or_else(|| person(app, &name, &username, &wanted));
    if !is_new && holds(app, reading, &holder.id, &wanted).await? {
        return Ok(Ok(Taken::Known));
    }
    reading.new_posts.push(post::row(app, &holder.id, &wanted, by.id()));
    if is_new {
        reading.people.insert(username, holder.clone());
        reading.new_people.push(holder);
        return Ok(Ok(Taken::Person));
    }
    Ok(Ok(Taken::Post))
}

async fn holds(app: &App, reading: &mut Reading, person: &str, wanted: &NewPost) -> Result<bool> {
    if !reading.posts.contains_key(person) {
        reading.posts.insert(person.to_owned(), app.store.posts_of(person).await?);
    }
    Ok(reading.posts.get(person).is_some_and(|held| {
        held.iter().any(|one| {
            let post = &one.post;
            (&post.role, &post.agency, post.team.as_deref().unwrap_or_default(), &post.kind)
                == (&wanted.role, &wanted.agency, wanted.team.as_str(), &wanted.kind)
        })
    }))
}

/// The team of this name, made if the agency has none.
fn team(app: &App, reading: &mut Reading, agency: &str, name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    let key = (agency.to_owned(), name.to_lowercase());
    if let Some(known) = reading.teams.get(&key) {
        return known.clone();
    }
    let team = Team { id: app.new_id(), agency: agency.into(), name: name.into() };
    reading.teams.insert(key, team.id.clone());
    reading.new_teams.push(team.clone());
    team.id
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// A word that is nearly this one.
fn like<'a>(text: &str, known: impl Iterator<Item = &'a String>) -> String {
    let wanted: HashSet<char> = text.to_lowercase().chars().collect();
    let near = known
        .map(|word| {
            let letters: HashSet<char> = word.chars().collect();
            (letters.symmetric_difference(&wanted).count() + word.len().abs_diff(text.len()), word)
        })
        .min();
    near.filter(|(away, _)| *away <= 3 && !text.is_empty())
        .map(|(_, word)| format!("; did you mean `{word}`?"))
        .unwrap_or_default()
}
