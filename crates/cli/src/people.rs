//! `whereabouts people`: the people who may sign in, for whoever runs the server.

use crate::args::{AddPerson, Format, People};
use crate::failure::{Failure, Outcome};
use crate::print::{BOLD, line, row, styled};
use crate::running::{block_on, plain_app};
use actions::keeping::By;
use actions::person::{self, NewPerson};
use actions::post::NewPost;
use actions::{App, Refused, agency, proposal};
use anstyle::Style;
use serde_json::json;
use std::path::Path;

pub fn run(command: &People, rulebooks: Option<&Path>, format: Format) -> Outcome {
    block_on(async {
        let on = match command {
            People::Add(args) => &args.at.database,
            People::Import { at, .. } => &at.database,
            People::LetIn { at, .. } => &at.database,
            People::Disable { database, .. } | People::List { database } => database,
        };
        let app = plain_app(on, rulebooks).await?;
        let done = match command {
            People::Add(args) => add(&app, args).await,
            People::Import { file, dry_run, at } => import(&app, file, *dry_run, at.address.as_deref(), format).await,
            People::Disable { username, .. } => disable(&app, username).await,
            People::LetIn { username, why, at } => let_in(&app, username, why, at.address.as_deref()).await,
            People::List { .. } => list(&app, format).await,
        };
        app.store().close().await;
        done
    })
}

/// What was refused, as a failure of the command.
pub fn refused(refused: Refused) -> Failure {
    match refused {
        Refused::Unavailable(says) => Failure::File(says),
        other => Failure::Usage(other.says()),
    }
}

/// An agency by its name or id.
pub async fn agency_of(app: &App, text: &str) -> Result<String, Failure> {
    let all = agency::list(app, By::Operator).await.map_err(refused)?;
    let found = all.iter().find(|a| a.id == text || a.name.to_lowercase() == text.to_lowercase());
    found.map(|a| a.id.clone()).ok_or_else(|| {
        let names: Vec<String> = all.iter().map(|a| format!("`{}`", a.name)).collect();
        Failure::Usage(format!("there is no agency `{text}`; there are {}", names.join(", ")))
    })
}

async fn add(app: &App, args: &AddPerson) -> Outcome {
    let agency = agency_of(app, &args.agency).await?;
    let team = match &args.team {
        None => String::new(),
        Some(name) => {
            let teams = agency::teams(app, &agency).await.map_err(refused)?;
            let found = teams.into_iter().find(|(_, team)| team.to_lowercase() == name.to_lowercase());
            found.map(|(id, _)| id).ok_or_else(|| Failure::Usage(format!("the agency has no team `{name}`")))?
        }
    };
    let post = NewPost { role: args.role.clone(), agency, team, kind: "own".into(), ..NewPost::default() };
    let wanted = NewPerson {
        name: args.name.clone(),
        username: args.username.clone(),
        post,
        reason: args.why.clone().unwrap_or_default(),
    };
    let added = person::add(app, By::Operator, &wanted).await.map_err(refused)?;
    if added.proposed {
        line("The post sees much: it waits for a second person, who confirms it on the page `/proposals`.");
    }
    line(format!("{} was added. This link lets them in, once, within 14 days:", args.name));
    line(link(args.at.address.as_deref(), &added.link));
    where_to(args.at.address.as_deref());
    Ok(())
}

/// A link that lets somebody in: whole where it is known at which address browsers find the pages, else as what stands behind that address.
fn link(address: Option<&str>, token: &str) -> String {
    format!("{}/welcome/{token}", address.unwrap_or_default().trim_end_matches('/'))
}

/// Says it where it is not known at which address browsers find the pages: a guess would be handed on as a link that leads nowhere.
fn where_to(address: Option<&str>) {
    if address.is_none() {
        line(
            "No address of the pages is configured, so put the one at which your browsers find them before it. The server's is taken from its file with \
             `--config FILE`; or say it with `--address URL`.",
        );
    }
}

async fn import(app: &App, file: &Path, dry_run: bool, address: Option<&str>, format: Format) -> Outcome {
    let bytes = std::fs::read(file).map_err(|e| Failure::file(file, e))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::file(file, "the file is not UTF-8 text; save it as CSV UTF-8"))?;
    let brought = person::import(app, By::Operator, &text, dry_run).await.map_err(refused)?;
    if format == Format::Json {
        let people: Vec<_> = brought
            .people
            .iter()
            .map(|(name, username, token)| json!({ "name": name, "username": username, "link": (!dry_run).then(|| link(address, token)) }))
            .collect();
        let faults: Vec<_> = brought.faults.iter().map(|f| json!({ "row": f.row, "says": f.says })).collect();
        crate::print::json(
            &json!({ "people": people, "posts": brought.posts, "unchanged": brought.unchanged, "faults": faults }),
        );
    } else {
        for fault in &brought.faults {
            line(format!("row {}: {}", fault.row, fault.says));
        }
        let (would, saved) = if dry_run { (" would be", "; nothing was saved") } else { ("", "") };
        line(format!(
            "{} people{would} added, with {} further posts; {} rows are here already; {} rows are wrong{saved}",
            brought.people.len(),
            brought.posts,
            brought.unchanged,
            brought.faults.iter().map(|f| f.row).collect::<std::collections::BTreeSet<_>>().len(),
        ));
        if !dry_run {
            for (name, username, token) in &brought.people {
                line(format!("{username}\t{name}\t{}", link(address, token)));
            }
            if !brought.people.is_empty() {
                where_to(address);
            }
        }
    }
    if brought.faults.is_empty() { Ok(()) } else { Err(Failure::Wrong) }
}

async fn person_of(app: &App, username: &str) -> Result<store::Person, Failure> {
    let known = app.store().person_by_username(username).await.map_err(|e| Failure::File(e.to_string()))?;
    known.ok_or_else(|| Failure::Usage(format!("nobody has the username `{username}`")))
}

async fn let_in(app: &App, username: &str, why: &str, address: Option<&str>) -> Outcome {
    let person = person_of(app, username).await?;
    let token = proposal::let_back_in(app, By::Operator, &person.id, why).await.map_err(refused)?;
    line(format!("All ways in of {} were taken away. This link lets them in, once, within 24 hours:", person.name));
    line(link(address, &token));
    where_to(address);
    Ok(())
}

async fn disable(app: &App, username: &str) -> Outcome {
    let person = person_of(app, username).await?;
    person::disable(app, By::Operator, &person.id).await.map_err(refused)?;
    line(format!("The account of {} was closed.", person.name));
    Ok(())
}

async fn list(app: &App, format: Format) -> Outcome {
    let all = person::list(app, By::Operator).await.map_err(refused)?;
    if format == Format::Json {
        let all: Vec<_> = all
            .iter()
            .map(|p| json!({ "name": p.name, "username": p.username, "agency": p.agency, "posts": p.posts, "standing": p.standing }))
            .collect();
        crate::print::json(&json!(all));
        return Ok(());
    }
    for person in &all {
        row(&[
            (&person.username, 28, Style::new()),
            (&person.name, 24, BOLD),
            (&person.posts, 48, Style::new()),
            (&person.standing, 20, Style::new()),
        ]);
    }
    line(styled(BOLD, &format!("{} people", all.len())));
    Ok(())
}
