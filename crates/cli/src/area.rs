//! `whereabouts area`: an area is set up and checked, by whoever runs the server.

use crate::args::{Area, Format};
use crate::failure::{Failure, Outcome};
use crate::people::refused;
use crate::print::line;
use crate::running::{block_on, plain_app};
use actions::App;
use actions::area::{self, AGENCIES, Checked, Wanted};
use serde_json::json;
use std::io::{BufRead as _, Write as _};
use std::path::Path;

pub fn run(command: &Area, rulebooks: Option<&Path>, format: Format) -> Outcome {
    block_on(async {
        let (Area::Init { database, .. } | Area::Check { database, .. }) = command;
        let app = plain_app(database, rulebooks).await?;
        let done = match command {
            Area::Init { area, .. } => init(&app, area, command).await,
            Area::Check { area, .. } => check(&app, area, format).await,
        };
        app.store().close().await;
        done
    })
}

async fn init(app: &App, area: &str, command: &Area) -> Outcome {
    let Area::Init { authority, police, duty_team, hub, missing_team, partnership, helpline, privacy, source, .. } =
        command
    else {
        return Ok(());
    };
    // What is wrong with the area is said before anything is asked.
    area::check(app, area).await.map_err(refused)?;
    let given = [authority, police, duty_team, hub, missing_team, partnership];
    let mut wanted = Wanted { area: area.into(), ..Wanted::default() };
    for ((kind, question), given) in AGENCIES.iter().zip(given) {
        wanted.agencies.insert((*kind).into(), asked(question, given.as_deref())?);
    }
    wanted.helpline = asked("What is the area's help line (number and name)?", helpline.as_deref())?;
    wanted.privacy = match privacy {
        Some(file) => std::fs::read_to_string(file).map_err(|e| Failure::file(file, e))?.trim().into(),
        None => String::new(),
    };
    wanted.source = asked("From whom is this known?", source.as_deref())?;
    for said in area::init(app, &wanted).await.map_err(refused)? {
        line(said);
    }
    say(&area::check(app, area).await.map_err(refused)?);
    Ok(())
}

/// What was given on the command line, or what is typed when asked.
fn asked(question: &str, given: Option<&str>) -> Result<String, Failure> {
    if let Some(given) = given.map(str::trim).filter(|given| !given.is_empty()) {
        return Ok(given.into());
    }
    let cannot = |e: std::io::Error| Failure::File(format!("cannot ask: {e}"));
    let mut out = std::io::stderr();
    for _ in 0..3 {
        write!(out, "{question} ").and_then(|()| out.flush()).map_err(cannot)?;
        let mut typed = String::new();
        if std::io::stdin().lock().read_line(&mut typed).map_err(cannot)? == 0 {
            break;
        }
        if !typed.trim().is_empty() {
            return Ok(typed.trim().into());
        }
    }
    Err(Failure::Usage(format!("this must be known: {question} Give it on the command line, or type it when asked")))
}

async fn check(app: &App, area: &str, format: Format) -> Outcome {
    let checked = area::check(app, area).await.map_err(refused)?;
    if format == Format::Json {
        crate::print::json(&json!({ "well": checked.well, "missing": checked.missing, "look": checked.look }));
    } else {
        say(&checked);
    }
    if checked.missing.is_empty() { Ok(()) } else { Err(Failure::Wrong) }
}

fn say(checked: &Checked) {
    for (mark, lines) in [("well:    ", &checked.well), ("look at: ", &checked.look), ("missing: ", &checked.missing)] {
        for one in lines {
            line(format!("{mark}{one}"));
        }
    }
}
