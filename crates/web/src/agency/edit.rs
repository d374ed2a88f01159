//! Adding and changing an agency, and adding its teams.

use crate::components::{Asks as _, Choice, Input, Radios, Select};
use crate::flash::Flash;
use crate::form::{Form, select};
use crate::frame::{Answer, Frame, Place, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::agency::{self, NewAgency};
use actions::keeping::{self, By};
use actions::{FieldProblem, Refused, post, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "agency/edit.html")]
struct Page {
    frame: Frame,
    heading: String,
    form: Form,
    /// The agency's id; empty for a new one.
    id: String,
    version: i64,
    kinds: Vec<(String, String)>,
    areas: Vec<(String, String)>,
    teams: Vec<(String, String)>,
    /// The viewer keeps agencies.
    keeps: bool,
    /// The viewer keeps the people of this one.
    keeps_people: bool,
    /// It cares for children, and so is in the directory.
    cares: bool,
    /// Somebody changed it meanwhile.
    overtaken: bool,
}

/// `GET /agencies/new`.
pub async fn new(member: Member) -> Answer {
    draw(&member, "", None, Form::default(), false).await
}

/// `POST /agencies/new`.
pub async fn create(member: Member, posted: Posted) -> Answer {
    match agency::add(member.app(), By::Person(&member.actor), &wanted(&posted)).await {
        Ok(id) => Ok(on_to_saying(&format!("/agencies/{id}"), Flash::success("The agency was added"))),
        Err(Refused::Invalid(problems)) => draw(&member, "", None, Form::new(posted.pairs(), &problems), false).await,
        Err(refused) => Err(refused.into()),
    }
}

/// `GET /agencies/{agency}`.
pub async fn show(member: Member, Path(id): Path<String>) -> Answer {
    draw(&member, &id, None, Form::default(), false).await
}

/// `POST /agencies/{agency}`.
pub async fn change(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    let version = posted.version()?;
    match agency::change(member.app(), By::Person(&member.actor), &id, version, &wanted(&posted)).await {
        Ok(()) => Ok(on_to_saying("/agencies", Flash::success("The agency was changed"))),
        Err(Refused::Invalid(problems)) => {
            draw(&member, &id, Some(version), Form::new(posted.pairs(), &problems), false).await
        }
        Err(Refused::Stale { version, .. }) => {
            draw(&member, &id, Some(version), Form::new(posted.pairs(), &[]), true).await
        }
        Err(refused) => Err(refused.into()),
    }
}

/// `POST /agencies/{agency}/teams`.
pub async fn add_team(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    match agency::add_team(member.app(), By::Person(&member.actor), &id, posted.get("team")).await {
        Ok(()) => Ok(on_to_saying(&format!("/agencies/{id}"), Flash::success("The team was added"))),
        Err(Refused::Invalid(problems)) => {
            let problems: Vec<_> = problems.into_iter().map(|p| FieldProblem { field: "team".into(), ..p }).collect();
            draw(&member, &id, None, Form::new(posted.pairs(), &problems), false).await
        }
        Err(refused) => Err(refused.into()),
    }
}

fn wanted(posted: &Posted) -> NewAgency {
    NewAgency {
        name: posted.get("name").into(),
        kind: posted.get("kind").into(),
        area: posted.get("area").into(),
        only_appears: posted.get("uses") == "no",
        another: posted.get(agency::ANOTHER) == "yes",
    }
}

async fn draw(member: &Member, id: &str, version: Option<i64>, form: Form, overtaken: bool) -> Answer {
    let (app, by) = (member.app(), By::Person(&member.actor));
    let keeps = keeping::keeps_agencies(&member.actor);
    let keeps_people = keeping::agencies_kept(&member.actor).iter().any(|(kept, _)| kept == id);
    if id.is_empty() && !keeps {
        return Err(Refused::NotAllowed("The system's administrator keeps the agencies; you do not.".into()).into());
    }
    let (mut form, mut known) = (form, version.unwrap_or(1));
    let (mut heading, mut cares) = ("Add an agency".to_owned(), false);
    if !id.is_empty() {
        let (agency, version) = agency::show(app, by, id).await?;
        known = if form.is_empty() { version } else { known };
        heading.clone_from(&agency.name);
        cares = agency::cares(app, &agency.kind);
        if !form.has("name") {
            let uses = if agency.only_appears { "no" } else { "yes" };
            let area = agency.area.unwrap_or_default();
            form.fill([("name", agency.name.as_str()), ("kind", &agency.kind), ("area", &area), ("uses", uses)]);
        }
    }
    let viewer = queries::viewer(app, &member.actor).await?;
    let wrong = form.summary().is_some();
    let status = match (wrong, overtaken) {
        (_, true) => StatusCode::CONFLICT,
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let frame = member
        .frame(if id.is_empty() { "Add an agency" } else { "An agency" }, &viewer)
        .place(Place::Agencies)
        .back("/agencies", "Agencies")
        .wrong(wrong);
    let kinds = post::rules().kinds().iter().map(|k| (k.id.clone(), k.name.clone())).collect();
    let (areas, teams) = (agency::areas(app), agency::teams(app, id).await?);
    page_with(
        status,
        &Page {
            frame,
            heading,
            form,
            id: id.into(),
            version: known,
            kinds,
            areas,
            teams,
            keeps,
            keeps_people,
            cares,
            overtaken,
        },
    )
}

impl Page {
    fn action(&self) -> String {
        format!("/agencies/{}", if self.id.is_empty() { "new" } else { &self.id })
    }

    fn name(&self) -> Input {
        Input::new("name", "Name").value(self.form.value("name")).error(self.form.problem("name"))
    }

    fn kind(&self) -> Select {
        select(&self.form, "kind", "What it is", &self.kinds, "Choose one")
    }

    fn area(&self) -> Select {
        let hint = "Its rulebook says when office hours are.";
        select(&self.form, "area", "Area (optional)", &self.areas, "None").hint(hint)
    }

    fn uses(&self) -> Radios {
        let chosen =
            |value: &str| self.form.value("uses") == value || value == "yes" && self.form.value("uses").is_empty();
        let choices = vec![
            Choice::new("yes", "Its people sign in").checked(chosen("yes")),
            Choice::new("no", "It only appears in records").checked(chosen("no")),
        ];
        Radios::new("uses", "Does it use Whereabouts?", choices)
    }

    /// Asked once a home of nearly the same name was found.
    fn another(&self) -> Option<Radios> {
        let problem = self.form.problem(agency::ANOTHER);
        let answered = self.form.value(agency::ANOTHER) == "yes";
        let choices = vec![Choice::new("yes", "It is another").checked(answered)];
        let asked = Radios::new(agency::ANOTHER, "Is it one that is here already?", choices).error(problem);
        (answered || !problem.is_empty()).then_some(asked)
    }

    fn team(&self) -> Input {
        Input::new("team", "Name of the new team")
            .value(self.form.value("team"))
            .error(self.form.problem("team"))
            .width(20)
    }
}
