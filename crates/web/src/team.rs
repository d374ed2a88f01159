//! What each person of a team has to do, and handing over.

use crate::components::{Asks as _, Checkboxes, Choice, Select};
use crate::flash::Flash;
use crate::form::{Form, select};
use crate::frame::{Answer, Frame, Place, on_to_saying, page, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Refused, team};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::{TeamPage, TeamPersonPage};

#[derive(Template)]
#[template(path = "team/show.html")]
struct Show {
    frame: Frame,
    view: TeamPage,
}

#[derive(Template)]
#[template(path = "team/person.html")]
struct Person {
    frame: Frame,
    view: TeamPersonPage,
    form: Form,
}

impl Person {
    fn children(&self) -> Checkboxes {
        let chosen = |id: &String| self.form.all("child").any(|one| one == id);
        let choice = |(id, name, role): &(String, String, String)| {
            Choice::new(id, format!("{name}, {role}")).checked(chosen(id))
        };
        let choices = self.view.children.iter().map(choice).collect();
        Checkboxes::new("child", "Which children?", choices)
            .error(self.form.problem("child"))
            .label_class("govuk-fieldset__legend--s")
    }

    fn people(&self) -> Select {
        select(&self.form, "to", "To whom?", &self.view.people, "Choose one")
    }
}

/// `GET /team`.
pub async fn show(member: Member) -> Answer {
    let view = team::show(member.app(), &member.actor).await?;
    page(&Show { frame: member.frame("Your team", &view.viewer).place(Place::Team), view })
}

/// `GET /team/{post}`.
pub async fn person(member: Member, Path(post): Path<String>) -> Answer {
    draw(&member, &post, Form::default()).await
}

/// `POST /team/{post}`: hands children over.
pub async fn hand_over(member: Member, Path(post): Path<String>, posted: Posted) -> Answer {
    let children: Vec<String> =
        posted.pairs().iter().filter(|(name, _)| name == "child").map(|(_, id)| id.clone()).collect();
    match team::hand_over(member.app(), &member.actor, &post, posted.get("to"), &children).await {
        Ok(1) => Ok(on_to_saying("/team", Flash::success("1 child was handed over"))),
        Ok(n) => Ok(on_to_saying("/team", Flash::success(format!("{n} children were handed over")))),
        Err(Refused::Invalid(problems)) => draw(&member, &post, Form::new(posted.pairs(), &problems)).await,
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, post: &str, form: Form) -> Answer {
    let view = team::of_person(member.app(), &member.actor, post).await?;
    let wrong = form.summary().is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame =
        member.frame("A person of your team", &view.viewer).place(Place::Team).back("/team", "Your team").wrong(wrong);
    page_with(status, &Person { frame, view, form })
}
