//! An agency's own accounts: which providers let its people in, and trying one out.

use crate::components::{Asks as _, Input, PasswordInput, Select, Textarea};
use crate::flash::Flash;
use crate::form::{Form, select};
use crate::frame::{Answer, Frame, Place, on_to, on_to_saying, page, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::keeping::By;
use actions::oidc::{self, NewProvider, Put, Rule, ShownProvider, Tried};
use actions::{Refused, agency, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

/// So many empty lines for rules are offered beside those that there are.
const MORE: usize = 3;

#[derive(Template)]
#[template(path = "agency/providers.html")]
struct List {
    frame: Frame,
    agency: String,
    name: String,
    lines: Vec<ShownProvider>,
}

#[derive(Template)]
#[template(path = "agency/provider.html")]
struct Page {
    frame: Frame,
    agency: String,
    /// None for a new one.
    known: Option<ShownProvider>,
    version: i64,
    form: Form,
    /// The lines of the rules, with some empty ones.
    lines: Vec<Line>,
    /// Where the provider has to lead browsers back to.
    way_back: String,
    /// A change waits for a second person.
    two: bool,
    /// Somebody changed it meanwhile.
    overtaken: bool,
}

/// A line of the rules, as it is asked.
struct Line {
    number: usize,
    claim: Input,
    value: Input,
    role: Select,
    /// None where the agency has no teams.
    team: Option<Select>,
}

#[derive(Template)]
#[template(path = "agency/tried.html")]
struct Outcome {
    frame: Frame,
    tried: Tried,
}

fn address(agency: &str) -> String {
    format!("/agencies/{agency}/providers")
}

/// `GET /agencies/{agency}/providers`.
pub async fn providers(member: Member, Path(id): Path<String>) -> Answer {
    let by = By::Person(&member.actor);
    let lines = oidc::list(member.app(), by, &id).await?;
    let (known, _) = agency::show(member.app(), by, &id).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let frame = member.frame("Own accounts", &viewer).place(Place::Agencies);
    let frame = frame.back(format!("/agencies/{id}"), known.name.clone());
    page(&List { frame, agency: id, name: known.name, lines })
}

/// `GET /agencies/{agency}/providers/new`.
pub async fn new_provider(member: Member, Path(id): Path<String>) -> Answer {
    draw(&member, &id, None, Form::default(), None).await
}

/// `POST /agencies/{agency}/providers/new`.
pub async fn add_provider(member: Member, Path(id): Path<String>, posted: Posted) -> Answer {
    member.fresh()?;
    match oidc::add(member.app(), By::Person(&member.actor), &wanted(&id, &posted)).await {
        Ok(provider) => {
            let says = Flash::success("The sign-in was added").text("It is off. Try it, then turn it on.");
            Ok(on_to_saying(&format!("{}/{provider}", address(&id)), says))
        }
        Err(Refused::Invalid(problems)) => draw(&member, &id, None, Form::new(posted.pairs(), &problems), None).await,
        Err(refused) => Err(refused.into()),
    }
}

/// `GET /agencies/{agency}/providers/{provider}`.
pub async fn provider(member: Member, Path((id, provider)): Path<(String, String)>) -> Answer {
    draw(&member, &id, Some(&provider), Form::default(), None).await
}

/// `POST /agencies/{agency}/providers/{provider}`.
pub async fn change_provider(member: Member, Path((id, provider)): Path<(String, String)>, posted: Posted) -> Answer {
    member.fresh()?;
    let (by, version) = (By::Person(&member.actor), posted.version()?);
    let reason = posted.get("reason");
    let put = oidc::change(member.app(), by, &provider, version, &wanted(&id, &posted), reason).await;
    answered(&member, (&id, &provider), &posted, version, put, "The sign-in was changed").await
}

/// `POST /agencies/{agency}/providers/{provider}/turn`: on or off.
pub async fn turn_provider(member: Member, Path((id, provider)): Path<(String, String)>, posted: Posted) -> Answer {
    member.fresh()?;
    let (by, version, on) = (By::Person(&member.actor), posted.version()?, posted.get("what") == "on");
    let put = oidc::turn(member.app(), by, &id, &provider, version, on, posted.get("why")).await;
    let put = put.map_err(|refused| match refused {
        Refused::Invalid(problems) => {
            Refused::Invalid(problems.into_iter().map(|p| actions::FieldProblem { field: "why".into(), ..p }).collect())
        }
        other => other,
    });
    let says = if on { "People come in by it from now on" } else { "Nobody comes in by it any more" };
    answered(&member, (&id, &provider), &posted, version, put, says).await
}

async fn answered(
    member: &Member,
    (id, provider): (&str, &str),
    posted: &Posted,
    version: i64,
    put: actions::Result<Put>,
    says: &str,
) -> Answer {
    let to = format!("{}/{provider}", address(id));
    match put {
        Ok(Put::Held(_)) => Ok(on_to_saying(&to, Flash::success(says))),
        Ok(Put::Proposed) => {
            let says = "It was proposed: it holds once a second person confirms it";
            Ok(on_to_saying(&to, Flash::information(says)))
        }
        Err(Refused::Invalid(problems)) => {
            draw(member, id, Some(provider), Form::new(posted.pairs(), &problems), Some((version, false))).await
        }
        Err(Refused::Stale { version, .. }) => {
            draw(member, id, Some(provider), Form::new(posted.pairs(), &[]), Some((version, true))).await
        }
        Err(Refused::NotAllowed(says)) => Ok(on_to_saying(&to, Flash::warning(says))),
        Err(refused) => Err(refused.into()),
    }
}

/// `GET /agencies/{agency}/providers/{provider}/try`.
pub async fn try_provider(member: Member, Path((id, provider)): Path<(String, String)>) -> Answer {
    match oidc::begin_trial(member.app(), &member.actor, &id, &provider, member.browser_secret()).await {
        Ok(to) => Ok(on_to(&to)),
        Err(Refused::Unavailable(says)) => {
            Ok(on_to_saying(&format!("{}/{provider}", address(&id)), Flash::warning(says)))
        }
        Err(refused) => Err(refused.into()),
    }
}

/// What a trial showed, where the browser comes back to.
pub(crate) async fn tried(member: &Member, tried: Tried) -> Answer {
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let back = format!("{}/{}", address(&tried.agency), tried.provider);
    let frame = member.frame("What the provider says", &viewer).place(Place::Agencies).back(back, tried.name.clone());
    page(&Outcome { frame, tried })
}

fn wanted(agency: &str, posted: &Posted) -> NewProvider {
    let lines = posted.pairs().iter().filter(|(name, _)| name.starts_with("rule-")).count();
    let of = |what: &str, n: usize| posted.get(&format!("{what}-{n}")).trim().to_owned();
    let rules = (0..lines).map(|n| Rule {
        claim: of("rule", n),
        value: of("value", n),
        role: of("role", n),
        team: of("team", n),
    });
    NewProvider {
        agency: agency.into(),
        name: posted.get("name").into(),
        issuer: posted.get("issuer").trim().into(),
        client_id: posted.get("client_id").into(),
        client_secret: posted.get("client_secret").into(),
        rules: rules.filter(|rule| *rule != Rule::default()).collect(),
    }
}

async fn draw(member: &Member, id: &str, provider: Option<&str>, form: Form, again: Option<(i64, bool)>) -> Answer {
    let (app, by) = (member.app(), By::Person(&member.actor));
    let roles = oidc::roles_to_make(app, by, id).await?;
    let known = match provider {
        Some(provider) => Some(oidc::show(app, by, id, provider).await?),
        None => None,
    };
    let mut form = form;
    if let Some(known) = &known
        && !form.has("name")
    {
        form.fill([("name", known.name.as_str()), ("issuer", &known.issuer), ("client_id", &known.client_id)]);
        for (n, rule) in known.rules.iter().enumerate() {
            let names = ["rule", "value", "role", "team"].map(|what| format!("{what}-{n}"));
            let values = [&rule.claim, &rule.value, &rule.role, &rule.team];
            form.fill(names.iter().zip(values).map(|(name, value)| (name.as_str(), value.as_str())));
        }
    }
    let teams: Vec<_> = agency::teams(app, id).await?.into_iter().map(|(_, name)| (name.clone(), name)).collect();
    let asked = form.pairs().filter(|(name, value)| name.starts_with("rule-") && !value.is_empty()).count();
    let lines = (0..asked + MORE).map(|n| line(&form, n, &roles, &teams)).collect();
    let (version, overtaken) = again.unwrap_or((known.as_ref().map_or(0, |known| known.version), false));
    let viewer = queries::viewer(app, &member.actor).await?;
    let wrong = form.summary().is_some();
    let status = match (wrong, overtaken) {
        (_, true) => StatusCode::CONFLICT,
        (true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let title = if known.is_some() { "A sign-in of the agency" } else { "Add a sign-in" };
    let frame = member.frame(title, &viewer).place(Place::Agencies).back(address(id), "Own accounts").wrong(wrong);
    let way_back = oidc::way_back(app).unwrap_or_else(|| "/sign-in/agency/return".into());
    let two = oidc::asks_for_two(app).await?;
    page_with(status, &Page { frame, agency: id.into(), known, version, form, lines, way_back, two, overtaken })
}

fn line(form: &Form, n: usize, roles: &[(String, String)], teams: &[(String, String)]) -> Line {
    let name = |what: &str| format!("{what}-{n}");
    let input = |what: &str, label: &str| {
        let name = name(what);
        Input::new(&name, label).value(form.value(&name)).error(form.problem(&name)).code()
    };
    let role = select(form, &name("role"), "makes the post of", roles, "Choose one");
    let team = select(form, &name("team"), "in the team (optional)", teams, "None");
    Line {
        number: n + 1,
        claim: input("rule", "Claim").width(10),
        value: input("value", "is, or contains").width(20),
        role,
        team: (!teams.is_empty()).then_some(team),
    }
}

impl Page {
    fn action(&self) -> String {
        format!("{}/{}", address(&self.agency), self.known.as_ref().map_or("new", |known| &known.id))
    }

    fn on(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.active)
    }

    fn input(&self, name: &str, label: &str) -> Input {
        Input::new(name, label).value(self.form.value(name)).error(self.form.problem(name))
    }

    fn name(&self) -> Input {
        self.input("name", "Name").hint("What its button on the sign-in page says, such as “Larkfield accounts”.")
    }

    fn issuer(&self) -> Input {
        self.input("issuer", "Issuer")
            .code()
            .hint("Its address, as your provider gives it, such as https://login.example.gov.uk/tenant/v2.0")
    }

    fn client_id(&self) -> Input {
        self.input("client_id", "Client id").code().hint("By what the provider knows this service.")
    }

    fn secret(&self) -> PasswordInput {
        let hint = if self.known.is_some() {
            "It is kept sealed and never shown. Leave it empty to keep the one that there is."
        } else {
            "It proves to the provider that it is this service. It is kept sealed and never shown again."
        };
        PasswordInput::new("client_secret", "Client secret").error(self.form.problem("client_secret")).hint(hint)
    }

    fn reason(&self) -> Textarea {
        let hint = "A second person reads this and confirms the change; until then it is as it was.";
        self.form.textarea("reason", "Why").hint(hint).rows(2)
    }

    fn why(&self) -> Textarea {
        self.form.textarea("why", "Why").hint("A second person reads this and confirms it.").rows(2)
    }
}
