//! Finding a child: by two facts, or by an incident number. Ten at most are shown, and each of them is on the log of looks.

use super::{head, lists};
use crate::app::App;
use crate::authorise::{Actor, Permit};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use casebook::command::time;
use policy::Act;
use views::words::status;
use views::{Lens, SearchPage, SearchRow, Sought};

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
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= LETTERS).count();
    let born = match (asked.day.trim(), asked.month.trim(), asked.year.trim()) {
        ("", "", "") => String::new(),
        (day, month, year) => time::date(day, month, year).map_err(|wrong| format!("Date of birth: {}", wrong.says))?,
    };
    let incident: String = asked.incident.trim().chars().take(60).collect();
    let numbered = incident.chars().filter(char::is_ascii_alphanumeric).count() >= 3;
    if !numbered && words + usize::from(!born.is_empty()) < 2 {
        return Err(
            "Write two things that you know: first name and surname, or a name and the date of birth. Or the police \
                    incident number."
                .into(),
        );
    }
    Ok(store::Sought { name, born, incident })
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
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    Ok((lines(app, actor, lens, permit, &found).await?, more))
}

/// The children of a small agency, such as a home: nobody there needs to search.
pub(crate) async fn few(app: &App, actor: &Actor, lens: &Lens<'_>, permit: &Permit) -> Result<Vec<SearchRow>> {
    let everybody = store::Sought::default();
    let found = app.store.search_children(&permit.scope, &everybody, SHOWN as i64 + 1).await?;
    if found.len() > SHOWN { Ok(Vec::new()) } else { lines(app, actor, lens, permit, &found).await }
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
            episode: child.open_episode.clone(),
        }
    };
    Ok(found.iter().map(row).collect())
}

/// Records of exactly this name and date of birth that others keep, for those who may ask for access to them.
async fn others(app: &App, permit: &Permit, sought: &store::Sought) -> Result<Vec<String>> {
    if sought.born.is_empty() || sought.name.is_empty() || !permit.may.acts.has(Act::Ask) {
        return Ok(Vec::new());
    }
    Ok(app.store.children_called(&permit.scope, &sought.name, &sought.born).await?)
}
