//! Bringing records in by a file: chosen, tried, settled, brought in. Long work goes on beside the page, which shows how far it is.

use crate::components::{Asks as _, Dressed as _, ErrorSummary, FileUpload, Select, SelectOption};
use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to, on_to_saying, page_with};
use crate::posted::{File, Posted};
use crate::visit::Member;
use actions::coming::{self, Brought, Settled, Standing};
use actions::{Refused, queries};
use askama::Template;
use axum::http::StatusCode;

/// The address to which a form with a file is sent.
pub(crate) const WITH_FILE: &str = "/children/import";
/// So many faults are shown; the others are counted.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "coming/choose.html")]
struct ChoosePage {
    frame: Frame,
    mapping: Select,
    file: FileUpload,
    summary: Option<ErrorSummary>,
    /// A file of this person is being worked on, or waits.
    waits: String,
}

#[derive(Template)]
#[template(path = "coming/show.html")]
struct Page {
    frame: Frame,
    view: Standing,
    came: Option<Brought>,
    more: usize,
    asked: Vec<Asked>,
}

/// A child of the file who may be one of several.
struct Asked {
    row: usize,
    id: String,
    name: String,
    /// The record, its name, and what speaks for it. Of another child of the file there is no record yet.
    others: Vec<(String, String, String)>,
}

fn asked(came: &Brought) -> Vec<Asked> {
    let mut found: Vec<Asked> = Vec::new();
    for one in &came.doubles {
        let other = (one.other.clone(), one.other_name.clone(), one.reasons.join(", "));
        match found.iter_mut().find(|asked| asked.id == one.id) {
            Some(asked) => asked.others.push(other),
            None => found.push(Asked { row: one.row, id: one.id.clone(), name: one.name.clone(), others: vec![other] }),
        }
    }
    found
}

/// `GET /children/import`.
pub async fn choose(member: Member) -> Answer {
    draw(&member, "", "").await
}

/// `POST /children/import`.
pub async fn send(member: Member, posted: Posted) -> Answer {
    let mapping = posted.get("mapping").to_string();
    let bytes = match posted.file() {
        File::Sent(bytes) => bytes.to_vec(),
        File::None => Vec::new(),
        File::TooLarge => {
            let says = "The file is larger than 15 MB. Send it in parts, or have whoever runs the server bring it in";
            return draw(&member, &mapping, says).await;
        }
    };
    match coming::begin(member.app(), &member.actor, &mapping, posted.get("file-name"), &bytes).await {
        Ok(()) => Ok(on_to("/children/import/check")),
        Err(Refused::Invalid(problems)) => {
            let says = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
            draw(&member, &mapping, &says).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, chosen: &str, problem: &str) -> Answer {
    let mappings = coming::mappings(member.app(), &member.actor).await?;
    let waits = coming::standing(member.app(), &member.actor).await?.map(|one| one.file).unwrap_or_default();
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let words = |name: &str| match name {
        "whereabouts" => "As Whereabouts writes them out",
        "ssda903" => "Children looked after return (SSDA903)",
        "d2i-ssd" => "Standard safeguarding dataset (Data to Insight)",
        _ => "Another",
    };
    let options = mappings.iter().map(|name| SelectOption::new(*name, words(name)).selected(*name == chosen)).collect();
    let mapping = Select::new("mapping", "How are the columns named?", options).label_class("govuk-label--s");
    let file = FileUpload::new("file", "The file")
        .hint("CSV, or a workbook (.xlsx) with a table on each sheet; up to 15 MB. Its name says which table it is, such as episodes.csv.")
        .error(problem)
        .label_class("govuk-label--s")
        .attribute("accept", ".csv,.xlsx,text/csv");
    let wrong = !problem.is_empty();
    let summary = wrong.then(|| ErrorSummary::new([("file".to_string(), problem)]));
    let frame = member.frame("Bring records in by a file", &viewer).back("/search", "Search").wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &ChoosePage { frame, mapping, file, summary, waits })
}

/// `GET /children/import/check`.
pub async fn check(member: Member) -> Answer {
    let Some(mut view) = coming::standing(member.app(), &member.actor).await? else {
        let said = Flash::success("Choose the file once more: it was not kept.");
        return Ok(on_to_saying("/children/import", said));
    };
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let mut came = view.came.take();
    let more = came.as_ref().map_or(0, |came| came.faults.len().saturating_sub(SHOWN));
    if let Some(came) = &mut came {
        came.faults.truncate(SHOWN);
    }
    let asked = came.as_ref().map(asked).unwrap_or_default();
    let under_way = came.is_none() && view.broken.is_empty();
    let frame = member.frame("Bring records in by a file", &viewer).back("/children/import", "Choose another file");
    let mut answer = page_with(StatusCode::OK, &Page { frame, view, came, more, asked })?;
    if under_way {
        // The page asks again by itself, with scripts and without.
        answer.headers_mut().insert("refresh", axum::http::HeaderValue::from_static("2"));
    }
    Ok(answer)
}

/// `POST /children/import/check`.
pub async fn go_on(member: Member, posted: Posted) -> Answer {
    let said = |(name, value): &(String, String)| {
        let id = name.strip_prefix("settle-")?;
        (!value.is_empty()).then(|| (id.to_string(), value.clone()))
    };
    let settled: Settled = posted.pairs().iter().filter_map(said).collect();
    coming::go_on(member.app(), &member.actor, settled, posted.get("what") != "bring").await?;
    Ok(on_to("/children/import/check"))
}

impl Page {
    /// So many children. A template hands numbers over by value and by reference.
    fn children(n: impl std::fmt::Display) -> String {
        let n = n.to_string();
        if n == "1" { "1 child".into() } else { format!("{n} children") }
    }

    /// What was or would be brought beside the children, in words.
    fn others(came: &Brought) -> String {
        let words = |(kind, n): (&String, &usize)| {
            let (one, many) = match kind.as_str() {
                "agency" => ("agency", "agencies"),
                "home" => ("home", "homes"),
                "postcode" => ("postcode", "postcodes"),
                "fact" => ("fact", "facts"),
                "person" => ("person around a child", "people around children"),
                "placement" => ("placement", "placements"),
                "episode" => ("past episode", "past episodes"),
                _ => ("entry", "entries"),
            };
            format!("{n} {}", if *n == 1 { one } else { many })
        };
        let all: Vec<String> = came.others.iter().map(words).collect();
        if all.is_empty() { "nothing else".into() } else { all.join(", ") }
    }
}
