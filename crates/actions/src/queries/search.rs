//! Finding a child: by two facts, or by an incident number. Ten at most are shown, and each of them is on the log of looks.

use super::{head, lists, tell_apart};
use crate::app::App;
use crate::authorise::{Actor, Permit, left_by, may_see};
use crate::case::seen;
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use casebook::command::time;
use casebook::likeness;
use policy::Act;
use views::words::status;
use views::{Lens, Record, SearchPage, SearchRow, Sought};

/// So many children are shown.
const SHOWN: usize = 10;
/// A word of a name says something from so many letters on.
const LETTERS: usize = 2;

/// The children of whom this is so, of those the person may see.
pub async fn search(app: &App, actor: &Actor, asked: &Sought) -> Result<SearchPage> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let mut page =
        SearchPage { viewer: framed(app, actor, &lens).await?, asked: asked.clone(), ..SearchPage::default() };
    page.brings = permit.may.acts.has(Act::Bring);
    match sought(asked) {
        Ok(sought) => {
            (page.rows, page.more) = rows(app, actor, &lens, &permit, &sought).await?;
            if page.rows.is_empty() {
                page.others = others(app, &permit, &sought).await?;
            }
        }
        Err(why) => page.too_little = why,
    }
    Ok(page)
}

/// What is asked of the store; or what more has to be known.
pub(crate) fn sought(asked: &Sought) -> std::result::Result<store::Sought, String> {
    if asked.is_empty() {
        return Err(String::new());
    }
    let name: String = asked.name.trim().chars().take(100).collect();
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LETTERS).collect();
    // Ali Ali is a name; two letters that are written twice are no more than two letters.
    let again = |n: usize| words[n].chars().count() == LETTERS && words[..n].contains(&words[n]);
    let words = (0..words.len()).filter(|n| !again(*n)).count();
    let born = match (asked.day.trim(), asked.month.trim(), asked.year.trim()) {
        ("", "", "") => String::new(),
        (day, month, year) => time::date(day, month, year).map_err(|wrong| format!("Date of birth: {}", wrong.says))?,
    };
    let number: String = asked.incident.trim().chars().take(60).collect();
    let number = likeness::number_or_phone(&number);
    let numbered = number.len() >= 3;
    let home = likeness::places(&asked.home);
    if !numbered && words + usize::from(!born.is_empty()) + usize::from(!home.is_empty()) < 2 {
        return Err(
            "Write two things that you know: first name and surname, or a name with the date of birth or the home. Or a number: that of \
             the police incident, the NHS number, the pupil number, the authority's own, or a telephone number."
                .into(),
        );
    }
    let number = if numbered { number } else { String::new() };
    Ok(store::Sought { name, born, number, home, ..store::Sought::default() })
}

/// The rows, and whether there are more.
pub(crate) async fn rows(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    permit: &Permit,
    sought: &store::Sought,
) -> Result<(Vec<SearchRow>, bool)> {
    let mut found = app.store.search_children(&permit.scope, sought, SHOWN as i64 + 1).await?;
    if found.is_empty() && !sought.name.is_empty() {
        // Nobody is written so: then whoever sounds so, or is born when day and month are exchanged.
        let heard = likeness::words(&sought.name).iter().map(|word| likeness::sounds(word)).collect();
        let heard = store::Sought { name: String::new(), sounds: heard, ..sought.clone() };
        found = app.store.search_children(&permit.scope, &heard, SHOWN as i64 + 1).await?;
    }
    if found.is_empty()
        && let Some(born) = likeness::exchanged(&sought.born)
    {
        let other = store::Sought { born, ..sought.clone() };
        found = app.store.search_children(&permit.scope, &other, SHOWN as i64 + 1).await?;
    }
    if !sought.home.is_empty() || !sought.number.is_empty() {
        found = seen_by(app, actor, sought, found).await?;
    }
    let found_by_name = !sought.name.is_empty() || !sought.born.is_empty();
    if found_by_name && !found.is_empty() {
        found = known_before(app, actor, sought, found).await?;
    }
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    Ok((lines(app, actor, lens, permit, &found).await?, more))
}

/// Of the children found by a home or a number, those in whose records the person sees it: a place that is withheld finds nobody.
async fn seen_by(
    app: &App,
    actor: &Actor,
    sought: &store::Sought,
    found: Vec<store::ChildRow>,
) -> Result<Vec<store::ChildRow>> {
    let mut kept = Vec::new();
    for row in found {
        let Some(permit) = may_see(app, actor, &row.id).await? else { continue };
        let seen = seen(app, permit).await?;
        let keys = likeness::keys(&seen.marks);
        let has = |kind: &str, fits: &dyn Fn(&str) -> bool| keys.iter().any(|key| key.kind == kind && fits(&key.value));
        let home = sought
            .home
            .iter()
            .all(|word| has("home", &|value| value.starts_with(word.as_str())) || has("place", &|value| value == word));
        let number = sought.number.is_empty()
            || has("any", &|value| value == sought.number)
            || incident(app, &seen.record, &sought.number);
        if home && number {
            kept.push(row);
        }
    }
    Ok(kept)
}

/// Without those whom the person works with no more and who are found by what was written of them since.
async fn known_before(
    app: &App,
    actor: &Actor,
    sought: &store::Sought,
    mut found: Vec<store::ChildRow>,
) -> Result<Vec<store::ChildRow>> {
    let ids: Vec<String> = found.iter().map(|row| row.id.clone()).collect();
    for permit in left_by(app, actor, &ids).await? {
        let (child, marks) = (permit.child.clone(), seen(app, permit).await?.marks);
        let words: Vec<String> = marks.names.iter().flat_map(|name| likeness::words(name)).collect();
        let alike = |word: &String| {
            let sounds = likeness::sounds(word);
            let heard = |known: &String| likeness::sounds(known).iter().any(|sound| sounds.contains(sound));
            words.iter().any(|known| known.starts_with(word.as_str()) || heard(known))
        };
        let named = likeness::words(&sought.name).iter().all(alike);
        let of_day = |day: &String| [Some(day), likeness::exchanged(day).as_ref()].contains(&Some(&sought.born));
        let born = sought.born.is_empty() || marks.born.iter().any(of_day);
        if !(named && born) {
            found.retain(|row| row.id != child);
        }
    }
    Ok(found)
}

/// Is it the number of a police incident of this record, as the person sees it?
fn incident(app: &App, record: &Record, number: &str) -> bool {
    let vocabulary = app.rules.vocabulary();
    let texts = record.file.chronology.iter().flat_map(|line| &line.texts);
    let mut numbers = texts.filter(|(field, _)| vocabulary.fields[field.0 as usize] == "incident_number");
    numbers.any(|(_, text)| likeness::number_or_phone(text) == number)
}

/// The children of a small agency, such as a home: nobody there needs to search.
pub(crate) async fn few(app: &App, actor: &Actor, lens: &Lens<'_>, permit: &Permit) -> Result<Vec<SearchRow>> {
    let everybody = store::Sought { current: true, ..store::Sought::default() };
    let found = app.store.search_children(&permit.scope, &everybody, SHOWN as i64 + 1).await?;
    if found.len() > SHOWN { Ok(Vec::new()) } else { lines(app, actor, lens, permit, &found).await }
}

/// The children who are somebody's own by name, up to as many as one looks through.
pub(crate) async fn own(app: &App, actor: &Actor, lens: &Lens<'_>, permit: &Permit) -> Result<Vec<SearchRow>> {
    let mut found = Vec::new();
    for child in crate::allocation::own(app, actor).await?.into_iter().take(SHOWN) {
        found.extend(app.store.child_row(&child).await?);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    lines(app, actor, lens, permit, &found).await
}

async fn lines(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    permit: &Permit,
    found: &[store::ChildRow],
) -> Result<Vec<SearchRow>> {
    note_list(app, actor, permit, "search", found.iter().map(|r| r.id.as_str())).await?;
    let gone: Vec<String> = found.iter().filter(|r| r.open_episode.is_some()).map(|r| r.id.clone()).collect();
    let open = app.store.board_of(&permit.scope, &gone).await?;
    let row = |child: &store::ChildRow| {
        let line = open.iter().find(|b| b.child_id == child.id);
        SearchRow {
            child: head(lens, child),
            status: line.map(|b| status(b.episode.status.as_deref())),
            episode: line.map(|b| b.episode.id.clone()),
        }
    };
    let mut rows: Vec<SearchRow> = found.iter().map(row).collect();
    tell_apart(app, actor, rows.iter_mut().map(|row| (row.child.id.clone(), &mut row.child.name)).collect()).await?;
    Ok(rows)
}

/// Records of exactly this name and date of birth that others keep, for those who may ask for access to them.
async fn others(app: &App, permit: &Permit, sought: &store::Sought) -> Result<Vec<String>> {
    if sought.born.is_empty() || sought.name.is_empty() || !permit.may.acts.has(Act::Ask) {
        return Ok(Vec::new());
    }
    Ok(app.store.children_called(&permit.scope, &sought.name, &sought.born).await?)
}
