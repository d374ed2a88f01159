//! Adding somebody: name, username and a first post; then the link by which they come in.

use super::link;
use crate::components::{Asks as _, Input, Textarea};
use crate::form::{Form, select};
use crate::frame::{Answer, Frame, Place, page, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::keeping::{self, By};
use actions::person::{self, NewPerson};
use actions::post::{self, NewPost};
use actions::{Refused, agency, queries};
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "person/new.html")]
struct Page {
    frame: Frame,
    form: Form,
    choices: PostChoices,
}

#[derive(Template)]
#[template(path = "person/added.html")]
struct Done {
    frame: Frame,
    name: String,
    link: String,
    proposed: bool,
    person: String,
}

/// What a post is chosen from.
pub(crate) struct PostChoices {
    pub agencies: Vec<(String, String)>,
    pub roles: Vec<(String, String)>,
    pub teams: Vec<(String, String)>,
}

/// `GET /people/new`.
pub async fn new(member: Member) -> Answer {
    draw(&member, Form::default()).await
}

/// `POST /people/new`.
pub async fn create(member: Member, posted: Posted) -> Answer {
    member.fresh()?;
    let wanted = NewPerson {
        name: posted.get("name").into(),
        username: posted.get("username").into(),
        post: post_of(&member, &posted),
        reason: posted.get("reason").into(),
    };
    match person::add(member.app(), By::Person(&member.actor), &wanted).await {
        Ok(added) => {
            let viewer = queries::viewer(member.app(), &member.actor).await?;
            let frame = member.frame("Somebody was added", &viewer).place(Place::People).back("/people", "People");
            let link = link(&member, &added.link);
            page(&Done { frame, name: wanted.name, link, proposed: added.proposed, person: added.person })
        }
        Err(Refused::Invalid(problems)) => draw(&member, Form::new(posted.pairs(), &problems)).await,
        Err(refused) => Err(refused.into()),
    }
}

/// The post that a form asks for.
pub(crate) fn post_of(member: &Member, posted: &Posted) -> NewPost {
    let kind = posted.get("kind");
    NewPost {
        role: posted.get("role").into(),
        agency: posted.get("agency").into(),
        team: posted.get("team").into(),
        kind: if kind.is_empty() { "own".into() } else { kind.into() },
        from_us: post::read_day(member.app(), posted.get("from")),
        until_us: post::read_day(member.app(), posted.get("until")),
    }
}

/// What this person may choose from.
pub(crate) async fn choices(member: &Member) -> Result<PostChoices, Refused> {
    let app = member.app();
    let all = agency::list(app, By::Person(&member.actor)).await?;
    let kept = keeping::agencies_kept(&member.actor);
    let all: Vec<_> = all.into_iter().filter(|a| !a.only_appears).collect();
    let roles = post::roles_to_give(app, By::Person(&member.actor), &all);
    let agencies: Vec<_> = all.into_iter().map(|a| (a.id, a.name)).collect();
    let mut teams = Vec::new();
    for (agency, name) in &kept {
        let of = agency::teams(app, agency).await?.into_iter();
        teams.extend(of.map(|(id, team)| (id, if kept.len() > 1 { format!("{team} ({name})") } else { team })));
    }
    Ok(PostChoices { agencies, roles, teams })
}

async fn draw(member: &Member, form: Form) -> Answer {
    if !keeping::keeps_anything(&member.actor) {
        return Err(Refused::NotAllowed("Whoever keeps people adds them.".into()).into());
    }
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let wrong = form.summary().is_some();
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let frame = member.frame("Add somebody", &viewer).place(Place::People).back("/people", "People").wrong(wrong);
    page_with(status, &Page { frame, form, choices: choices(member).await? })
}

impl Page {
    fn line(&self, name: &str, label: &str, hint: &str) -> Input {
        Input::new(name, label).value(self.form.value(name)).hint(hint).error(self.form.problem(name)).code()
    }
}

impl PostChoices {
    pub(crate) fn role(&self, form: &Form) -> crate::components::Select {
        select(form, "role", "Role", &self.roles, "Choose one")
    }

    pub(crate) fn agency(&self, form: &Form) -> crate::components::Select {
        select(form, "agency", "Agency", &self.agencies, "Choose one")
    }

    pub(crate) fn team(&self, form: &Form) -> crate::components::Select {
        select(form, "team", "Team (optional)", &self.teams, "None")
    }

    #[expect(clippy::unused_self, reason = "a template asks its page")]
    pub(crate) fn kind(&self, form: &Form) -> crate::components::Select {
        let kinds: Vec<_> = post::KINDS.iter().map(|(id, name)| ((*id).to_string(), (*name).to_string())).collect();
        let form = if form.value("kind").is_empty() { form.with("kind", "own") } else { form.clone() };
        select(&form, "kind", "What kind of post it is", &kinds, "Choose one")
    }

    #[expect(clippy::unused_self, reason = "a template asks its page")]
    pub(crate) fn until(&self, form: &Form) -> Input {
        let hint = "Such as 2026-01-31, or 2026-01-31 09:00. Needed for cover and on call.";
        Input::new("until", "Until (optional)")
            .value(form.value("until"))
            .hint(hint)
            .error(form.problem("until"))
            .width(20)
            .code()
    }

    #[expect(clippy::unused_self, reason = "a template asks its page")]
    pub(crate) fn reason(&self, form: &Form) -> Textarea {
        let hint = "Needed where the role sees much: it takes a second person, who reads this.";
        form.textarea("reason", "Why (optional)").hint(hint).rows(2)
    }
}
