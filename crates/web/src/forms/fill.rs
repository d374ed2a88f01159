//! A form that is being filled in: opened, saved while somebody types, put aside, completed. Every press works without a script.

use crate::back::{self, BACK};
use crate::components::ErrorSummary;
use crate::entry::{Setback, mend};
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::form::{self, Kept, Opening, Sent};
use actions::typed::typed as typed_roles;
use actions::{Answers, FieldProblem, Refused};
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use serde::Deserialize;
use views::{CheckLine, FillForm, FormField};

/// What a page brings along that is no answer of the form.
const ALONG: [&str; 15] = [
    "key",
    "version",
    "draft",
    "draft-version",
    "place",
    "shown",
    "edition",
    "event",
    "from",
    "episode",
    "duty",
    "act",
    "back",
    "do",
    "kept",
];

#[derive(Template)]
#[template(path = "forms/fill.html")]
struct Page {
    frame: Frame,
    view: FillForm,
    base: String,
    key: String,
    place: String,
    event: String,
    act: String,
    back: String,
    leave: String,
    summary: Option<ErrorSummary>,
    setback: Setback,
    /// It was saved in another place since this page was made.
    elsewhere: bool,
    /// It was completed or thrown away in another place.
    gone: bool,
}

impl Page {
    fn has_aside(&self) -> bool {
        let hand = &self.view.hand;
        !self.view.duty_label.is_empty()
            || !hand.offers.is_empty()
            || !hand.powers.is_empty()
            || !hand.words.is_empty()
            || !hand.ringing.lines.is_empty()
            || !self.view.before.is_empty()
    }
}

/// From what a form is opened.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default, deserialize_with = "back::filled")]
    duty: Option<String>,
    #[serde(default, deserialize_with = "back::filled")]
    act: Option<String>,
    #[serde(default, deserialize_with = "back::filled")]
    episode: Option<String>,
    #[serde(default)]
    event: String,
    #[serde(default)]
    edition: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    over: String,
    #[serde(default)]
    back: String,
}

/// `GET /children/{child}/forms/{rulebook}/{form}`.
pub async fn begin(
    member: Member,
    Path((child, rulebook, form)): Path<(String, String, String)>,
    Query(from): Query<From>,
) -> Answer {
    let opening = Opening {
        rulebook,
        form,
        edition: from.edition,
        event: from.event.clone(),
        episode: from.episode,
        duty: from.duty.and_then(|key| key.parse().ok()),
        act: from.act.clone(),
        from: from.from,
        over: from.over,
    };
    let view = form::begin(member.app(), &member.actor, &child, &opening).await?;
    // Opened again, reloaded or in a second tab, it is the same form. One that is carried over from an older edition is begun anew.
    if opening.over.is_empty()
        && let Some(draft) = form::begun(member.app(), &member.actor, &view, &opening.event).await?
    {
        let address = back::with(&format!("/children/{child}/forms/draft/{draft}"), &[], back::sound(&from.back), "");
        return Ok(on_to_saying(&address, Flash::success("You have begun this form already: here is what you saved.")));
    }
    let along = Along { event: from.event, act: from.act.unwrap_or_default(), back: from.back };
    draw(&member, view, along, Again::default())
}

/// `GET /children/{child}/forms/draft/{draft}`.
pub async fn resume(member: Member, Path((child, draft)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let form::Resumed { view, event, act } = form::resume(member.app(), &member.actor, &child, &draft).await?;
    draw(&member, view, Along { event, act, back: from.back }, Again::default())
}

/// `POST /children/{child}/forms/{rulebook}/{form}`: which button was pressed says `do`.
pub async fn send(
    member: Member,
    Path((child, rulebook, form)): Path<(String, String, String)>,
    posted: Posted,
) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let sent = sent(&member, &rulebook, &form, &posted);
    let forms = format!("/children/{child}/forms");
    match posted.get("do") {
        "type" => return typed(&member, &child, &sent).await,
        "discard" => {
            form::discard(app, actor, &child, &sent.draft).await?;
            return Ok(on_to_saying(&forms, Flash::success("The form was thrown away. Nothing of it was recorded.")));
        }
        "settle" => {
            form::settle(app, actor, &child, &sent.draft).await?;
            return Ok(crate::frame::on_to(&format!("{forms}/draft/{}", sent.draft)));
        }
        "later" => {
            return match form::save(app, actor, &child, &sent).await {
                Ok(Kept::At(_)) => {
                    let said = Flash::success("The form is saved as far as it goes. You find it here, on any device.");
                    Ok(on_to_saying(&forms, said))
                }
                Ok(kept) => over(&member, &child, sent, &posted, kept).await,
                Err(Refused::Invalid(problems)) => again(&member, &child, &sent, &posted, problems).await,
                Err(refused) => Err(refused.into()),
            };
        }
        "complete" | "" => {}
        more => {
            // Room for more lines of a group, without a script: what is typed is saved on the way.
            return match form::save(app, actor, &child, &sent).await? {
                Kept::At(version) => {
                    let sent = Sent { draft_version: version, ..sent };
                    let group = more.strip_prefix("more-").unwrap_or_default();
                    let view = form::again(app, actor, &child, &sent, Vec::new(), (false, group)).await?;
                    draw(&member, view, Along::of(&posted), Again { key: posted.key().into(), ..Again::default() })
                }
                kept => over(&member, &child, sent, &posted, kept).await,
            };
        }
    }
    let refused = match form::complete(app, actor, &child, posted.version()?, &sent, posted.key()).await {
        Ok(Ok(recorded)) => {
            let mut said = Flash::success(format!("{} The form is complete.", recorded.words));
            if let Some(warning) = recorded.warnings.first() {
                said =
                    Flash::warning(recorded.words.clone()).text(format!("{} {}", warning.says, warning.instead).trim());
            }
            let back = back::sound(posted.get(BACK)).to_string();
            let to = if back.is_empty() { format!("{forms}/filled/{}", recorded.entry) } else { back };
            return Ok(on_to_saying(&to, said));
        }
        Ok(Err(kept)) => return over(&member, &child, sent, &posted, kept).await,
        Err(refused) => refused,
    };
    let (problems, setback) = mend(refused)?;
    let view = form::again(app, actor, &child, &sent, problems, (false, "")).await?;
    draw(&member, view, Along::of(&posted), Again { key: posted.key().into(), setback, ..Again::default() })
}

/// Saved while somebody types: a script asks, and is told how often it was saved by now.
async fn typed(member: &Member, child: &str, sent: &Sent) -> Answer {
    let says = match form::save(member.app(), &member.actor, child, sent).await? {
        Kept::At(version) => format!("{{\"version\":{version}}}"),
        Kept::Beside | Kept::BesideAnother(_) => "{\"elsewhere\":true}".into(),
        Kept::Gone => "{\"gone\":true}".into(),
    };
    Ok(([(header::CONTENT_TYPE, "application/json")], says).into_response())
}

/// Drawn again: it was saved, completed or thrown away in another place since.
async fn over(member: &Member, child: &str, mut sent: Sent, posted: &Posted, kept: Kept) -> Answer {
    let elsewhere = kept != Kept::Gone;
    if let Kept::BesideAnother(draft) = kept {
        // There is one draft: from here on both places write into that.
        sent.draft = draft;
    }
    let view = form::again(member.app(), &member.actor, child, &sent, Vec::new(), (elsewhere, "")).await?;
    let again = Again { key: posted.key().into(), elsewhere, gone: !elsewhere, ..Again::default() };
    draw(member, view, Along::of(posted), again)
}

async fn again(member: &Member, child: &str, sent: &Sent, posted: &Posted, problems: Vec<FieldProblem>) -> Answer {
    let view = form::again(member.app(), &member.actor, child, sent, problems, (false, "")).await?;
    draw(member, view, Along::of(posted), Again { key: posted.key().into(), ..Again::default() })
}

fn sent(member: &Member, rulebook: &str, form: &str, posted: &Posted) -> Sent {
    let filled = |name: &str| Some(posted.get(name).to_string()).filter(|text| !text.is_empty());
    let answers = posted.pairs().iter().filter(|(name, _)| !ALONG.contains(&name.as_str()));
    Sent {
        rulebook: rulebook.into(),
        edition: posted.get("edition").into(),
        form: form.into(),
        draft: posted.get("draft").into(),
        draft_version: posted.get("draft-version").parse().unwrap_or_default(),
        place: posted.get("place").into(),
        shown: posted.get("shown") == "yes",
        event: posted.get("event").into(),
        from: posted.get("from").into(),
        episode: filled("episode"),
        duty: posted.get("duty").parse().ok(),
        act: filled("act"),
        answers: typed_roles(member.app(), &Answers::from(answers.cloned().collect::<Vec<_>>())),
    }
}

/// What is sent along with a form from page to page.
#[derive(Default)]
struct Along {
    event: String,
    act: String,
    back: String,
}

impl Along {
    fn of(posted: &Posted) -> Along {
        Along { event: posted.get("event").into(), act: posted.get("act").into(), back: posted.get(BACK).into() }
    }
}

/// How a page is drawn again.
#[derive(Default)]
struct Again {
    key: String,
    setback: Setback,
    elsewhere: bool,
    gone: bool,
}

/// The field for why, with what is wrong with it.
fn why_field(line: &CheckLine) -> FormField {
    FormField { name: format!("{}-why", line.key), error: line.error.clone(), ..FormField::default() }
}

fn draw(member: &Member, mut view: FillForm, along: Along, again: Again) -> Answer {
    let Again { key, setback, elsewhere, gone } = again;
    if let Some(version) = setback.version {
        view.version = version;
    }
    let base = format!("/children/{}", view.child.id);
    let summary = {
        let checks: Vec<FormField> = view.checklist.iter().map(why_field).collect();
        let questions = view.sections.iter().flat_map(|section| &section.questions);
        let asked = questions.flat_map(|one| {
            let own = std::iter::once(&one.field).chain(&one.what).chain(&one.since);
            own.chain(one.lines.iter().flatten())
        });
        summary_of(asked.chain(&checks).chain(&view.tail))
    };
    let status = match () {
        () if elsewhere || gone => StatusCode::CONFLICT,
        () if summary.is_some() => StatusCode::UNPROCESSABLE_ENTITY,
        () => setback.status(),
    };
    let back = back::sound(&along.back).to_string();
    let leave = if back.is_empty() { format!("{base}/forms") } else { back.clone() };
    let frame = member
        .frame(view.title.clone(), &view.viewer)
        .back(leave.clone(), format!("Back to {}", view.child.name))
        .wrong(summary.is_some());
    let key = if key.is_empty() { member.app().new_key() } else { key };
    let place = member.app().new_key();
    let Along { event, act, .. } = along;
    page_with(
        status,
        &Page { frame, view, base, key, place, event, act, back, leave, summary, setback, elsewhere, gone },
    )
}
