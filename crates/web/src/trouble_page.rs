//! The page for what went wrong: says it in the user's words, what to do now, and keeps what was typed.

use crate::around::KEPT;
use crate::flash::Flash;
use crate::frame::{Frame, on_to, on_to_saying, page_with};
use crate::posted::{File, Posted};
use crate::sign_in;
use crate::trouble::Trouble;
use crate::visit::Visit;
use actions::{NOTHING_SAVED, queries};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use views::{TimelineItem, Viewer};

/// A form to send again as it was.
#[derive(Clone, Debug, Default)]
pub(crate) struct Again {
    pub action: String,
    pub pairs: Vec<(String, String)>,
    pub button: &'static str,
}

#[derive(Template)]
#[template(path = "trouble/plain.html")]
struct Plain {
    frame: Frame,
    says: Vec<String>,
    problems: Vec<String>,
    again: Option<Again>,
    home: bool,
    reference: String,
    /// The database is away: there is a page for paper.
    paper: bool,
    /// Where access to the child can be asked for, whether or not there is such a child; empty where it is about no child.
    access: String,
    /// What was typed and cannot be saved, where it is kept for whoever typed it.
    typed: Vec<String>,
}

#[derive(Template)]
#[template(path = "trouble/stale.html")]
struct Stale {
    frame: Frame,
    newer: Vec<TimelineItem>,
    again: Again,
    typed: Vec<String>,
    address: String,
}

/// Writes the page.
pub(crate) async fn write(visit: &Visit, trouble: Trouble, posted: Option<&Posted>) -> Response {
    let status = trouble.status();
    let answer = match trouble {
        Trouble::SignIn => return sign_in_page(visit, posted).await,
        Trouble::Confirm => return confirm_page(visit, posted).await,
        Trouble::SetUp => {
            let says = "Before anything else, set up a passkey, or an authenticator app beside your password.";
            return on_to_saying("/account", Flash::information(says));
        }
        Trouble::Stale { newer, version } => {
            let frame = frame(visit, "Something newer was recorded").await;
            stale(visit, frame, newer, version, posted)
        }
        other => {
            let (title, mut says) = words(&other);
            if visit.kept_for_another.get().is_some() {
                says.push("What was typed is kept for whoever typed it: they find it when they sign in.".into());
            }
            let (says, typed) = match (&other, posted) {
                (Trouble::NotAllowed(_) | Trouble::NotFound, Some(posted)) => kept_back(visit, says, posted).await,
                _ => (says, Vec::new()),
            };
            let frame = frame(visit, title).await;
            plain(visit, frame, &other, says, posted, typed)
        }
    };
    answer.unwrap_or_else(|_| (status, "Something went wrong on our side. Please try again.").into_response())
}

fn plain(
    visit: &Visit,
    frame: Frame,
    trouble: &Trouble,
    says: Vec<String>,
    posted: Option<&Posted>,
    typed: Vec<String>,
) -> Result<Response, Trouble> {
    let brought = posted.is_some_and(|posted| !matches!(posted.file(), File::None));
    let button = match trouble {
        // A browser does not give a file away twice: it has to be chosen again.
        _ if brought => None,
        Trouble::Unavailable(_) | Trouble::Broken => Some("Try again"),
        Trouble::OldForm => Some("Send it again"),
        _ => None,
    };
    let again = button.zip(posted).map(|(button, posted)| Again {
        action: visit.path.clone(),
        pairs: posted.pairs().to_vec(),
        button,
    });
    let says = if brought && matches!(trouble, Trouble::OldForm | Trouble::Unavailable(_) | Trouble::Broken) {
        vec!["The photograph was not kept. Go back, choose it again, and send it once more.".into()]
    } else {
        says
    };
    let problems = if let Trouble::Wrong(problems) = trouble { problems.clone() } else { Vec::new() };
    let reference = if matches!(trouble, Trouble::Broken | Trouble::Unavailable(_)) {
        visit.reference.clone()
    } else {
        String::new()
    };
    let access = access(visit, trouble).unwrap_or_default();
    let paper = matches!(trouble, Trouble::Unavailable(_));
    let home = visit.signed_in.is_some();
    page_with(trouble.status(), &Plain { frame, says, problems, again, home, reference, paper, access, typed })
}

/// What somebody typed who may not save it, such as when their post or their work with the child ended while the page was open: it is kept
/// for them, shown to them, and said why. Only what is in words of their own is kept.
async fn kept_back(visit: &Visit, mut says: Vec<String>, posted: &Posted) -> (Vec<String>, Vec<String>) {
    let (typed, Some(who)) = (typed(posted.pairs()), &visit.signed_in) else { return (says, Vec::new()) };
    if typed.is_empty() {
        return (says, typed);
    }
    if let Ok(Some(post)) = actions::session::ended_post(&visit.site.app, &who.actor).await {
        says = vec![format!(
            "Your post as {post}. What you could see and write in it ended with it, while this page was open."
        )];
    }
    // What was kept before and is sent again stays kept as it was.
    let again = !posted.get(KEPT).is_empty();
    if again || keep(visit, &who.actor.person, posted).await {
        says.push(
            "It could not be saved. What you typed is not lost: it is below, and kept for you alone for seven days. Tell it to whoever goes \
             on with the work; if you may write here again, you can send it then."
                .into(),
        );
    }
    (says, typed)
}

/// Where access to the child of this address is asked for.
fn access(visit: &Visit, trouble: &Trouble) -> Option<String> {
    let child = visit.path.strip_prefix("/children/")?.split('/').next()?;
    let unknown = matches!(trouble, Trouble::NotAllowed(says) if says == actions::NO_SUCH_CHILD);
    (unknown && !child.is_empty()).then(|| format!("/children/{child}/access"))
}

fn stale(
    visit: &Visit,
    frame: Frame,
    newer: Vec<TimelineItem>,
    version: i64,
    posted: Option<&Posted>,
) -> Result<Response, Trouble> {
    let mut pairs: Vec<_> = posted.map(|posted| posted.pairs().to_vec()).unwrap_or_default();
    let typed = typed(&pairs);
    pairs.retain(|(name, _)| name != "version");
    pairs.push(("version".into(), version.to_string()));
    let again = Again { action: visit.path.clone(), pairs, button: "Record mine as well" };
    let address = visit.path.clone();
    page_with(StatusCode::CONFLICT, &Stale { frame, newer, again, typed, address })
}

/// What a person typed in words of their own, to be read again.
fn typed(pairs: &[(String, String)]) -> Vec<String> {
    pairs.iter().map(|(_, value)| value.trim()).filter(|value| value.contains(' ')).map(Into::into).collect()
}

/// Where nobody is signed in: a page to read leads to the sign-in page; what was posted is kept through it.
async fn sign_in_page(visit: &Visit, posted: Option<&Posted>) -> Response {
    match posted {
        // It was typed by somebody who has signed out: they find it when they sign in.
        None if visit.kept_for_another.get().is_some() => {
            sign_in::instead(visit, true).unwrap_or_else(|trouble| trouble.status().into_response())
        }
        None => on_to(&sign_in::address(&visit.path)),
        // A file is not kept for somebody who is not known.
        Some(posted) if !matches!(posted.file(), File::None) => on_to_saying(
            &sign_in::address(&visit.path),
            Flash::information("The photograph was not sent. Sign in, then choose it again."),
        ),
        Some(posted) => {
            let kept = match &visit.asleep {
                Some(asleep) => keep(visit, &asleep.person, posted).await,
                None => false,
            };
            sign_in::instead(visit, kept).unwrap_or_else(|trouble| trouble.status().into_response())
        }
    }
}

/// Where somebody has to show once more who they are: what they sent waits for them.
async fn confirm_page(visit: &Visit, posted: Option<&Posted>) -> Response {
    let Some(who) = &visit.signed_in else { return on_to(&sign_in::address(&visit.path)) };
    if let Some(posted) = posted {
        keep(visit, &who.actor.person, posted).await;
    }
    let to: String = form_urlencoded::byte_serialize(visit.path.as_bytes()).collect();
    on_to(&format!("/account/confirm?to={to}"))
}

/// Neither a password nor a secret is kept for anybody.
pub(crate) fn is_secret(name: &str) -> bool {
    name.contains("password") || name.contains("secret")
}

/// Keeps what was sent for a person. False if it could not be, or there is nothing to keep.
pub(crate) async fn keep(visit: &Visit, person: &str, posted: &Posted) -> bool {
    let pairs: Vec<_> = posted.pairs().iter().filter(|(name, _)| !is_secret(name) && name != KEPT).collect();
    if pairs.is_empty() {
        return false;
    }
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let kept = actions::session::keep(&visit.site.app, person, &visit.path, &body).await;
    kept.inspect_err(|error| tracing::error!(?error, "keeping what was typed")).is_ok()
}

async fn frame(visit: &Visit, title: &str) -> Frame {
    let Some(signed_in) = &visit.signed_in else { return visit.bare_frame(title) };
    let actor = &signed_in.actor;
    match queries::viewer(&visit.site.app, actor).await {
        Ok(viewer) => visit.frame(title, &viewer),
        // The frame is as good as it can be.
        Err(_) => visit.frame(
            title,
            &Viewer {
                person: actor.person.clone(),
                name: actor.name.clone(),
                role: actor.role.clone(),
                role_name: actor.role_name.clone(),
                agency: actor.agency_name.clone(),
                sees_children: actor.sees_children,
                ..Viewer::default()
            },
        ),
    }
}

fn words(trouble: &Trouble) -> (&'static str, Vec<String>) {
    let (title, says): (_, &[&str]) = match trouble {
        Trouble::NotFound => (
            "Page not found",
            &[
                "If you typed the address, check that it is right.",
                "If you followed a link, what it led to may have been withdrawn or moved.",
            ],
        ),
        Trouble::NotThisWay => (
            "This page cannot be opened like that",
            &["Go back to the page you came from, and press its button again."],
        ),
        Trouble::NotAllowed(says) => {
            return (
                "You cannot see this",
                vec![
                    says.clone(),
                    "If you need it for your work, ask your manager or the missing co-ordinator.".into(),
                ],
            );
        }
        Trouble::OldForm => (
            "You signed in again since this page was opened",
            &["What you typed has not been saved yet. Nothing is lost: send it again from here."],
        ),
        Trouble::Forged => (
            "This could not be accepted",
            &[
                "What was sent does not come from a page of this service, or the page was opened a long time ago.",
                "Nothing was saved. Open the page again, and send it from there.",
            ],
        ),
        Trouble::TooLarge => (
            "That is too large to send",
            &[
                "Nothing was saved. A form can hold about 500,000 characters, and no files.",
                "Go back, shorten it, and send it again. What you typed is still on the page before.",
            ],
        ),
        Trouble::TooSlow => (
            "The connection is too slow",
            &[
                "We did not receive all of it, and nothing was saved.",
                "Go back and send it again. What you typed is still on the page before.",
            ],
        ),
        Trouble::NotUnderstood => {
            ("This could not be understood", &["Nothing was saved. Go back to the page you came from, and try again."])
        }
        Trouble::Wrong(_) => ("There is a problem", &["Nothing was saved. Go back, and put this right:"]),
        Trouble::Unavailable(says) if says == NOTHING_SAVED => ("Nothing can be saved just now", &[NOTHING_SAVED]),
        Trouble::Unavailable(says) => return ("We could not reach the record", vec![says.clone()]),
        Trouble::Broken | Trouble::SignIn | Trouble::Confirm | Trouble::SetUp | Trouble::Stale { .. } => (
            "Something went wrong on our side",
            &[
                "It is not your fault, and we have a note of it.",
                "If it happens again, tell whoever runs this service, with the reference below. If a child is at risk now, do not wait for this page: call the police on 999.",
            ],
        ),
    };
    (title, says.iter().map(|says| (*says).to_string()).collect())
}
