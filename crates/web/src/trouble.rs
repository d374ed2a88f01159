//! What keeps a page from being shown. A handler returns it with `?`; `trouble_page` writes the page for it, inside the usual frame.

use actions::{FAULT, Refused};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use views::TimelineItem;

/// The reason why there is no page.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// There is no such page.
    NotFound,
    /// The page is there, but not for this way of asking.
    NotThisWay,
    /// The person may not see or do this; with the reason in their words.
    NotAllowed(String),
    /// Nobody is signed in.
    SignIn,
    /// They have to show once more who they are, before something weighty.
    Confirm,
    /// They have to set up a second factor before anything else.
    SetUp,
    /// Something newer was recorded since the page was made.
    Stale {
        /// What was recorded since.
        newer: Vec<TimelineItem>,
        /// The version to send now.
        version: i64,
    },
    /// The form is one of an earlier session of the same browser.
    OldForm,
    /// The form does not come from a page of ours.
    Forged,
    /// Too much was sent.
    TooLarge,
    /// What was sent came too slowly to be waited for.
    TooSlow,
    /// What was sent makes no sense to us.
    NotUnderstood,
    /// Some answers are wrong, and the page had no place to say so.
    Wrong(Vec<String>),
    /// It is not known whether it was saved; with what to do.
    Unavailable(String),
    /// A fault of ours.
    Broken,
}

impl Trouble {
    /// The status that a browser is told.
    pub fn status(&self) -> StatusCode {
        match self {
            Trouble::NotFound => StatusCode::NOT_FOUND,
            Trouble::NotThisWay => StatusCode::METHOD_NOT_ALLOWED,
            Trouble::NotAllowed(_) | Trouble::Forged | Trouble::OldForm => StatusCode::FORBIDDEN,
            Trouble::SignIn | Trouble::Confirm => StatusCode::UNAUTHORIZED,
            Trouble::SetUp => StatusCode::SEE_OTHER,
            Trouble::Stale { .. } => StatusCode::CONFLICT,
            Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Trouble::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Trouble::NotUnderstood => StatusCode::BAD_REQUEST,
            Trouble::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Trouble::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Trouble {
        match refused {
            Refused::NotAllowed(says) => Trouble::NotAllowed(says),
            Refused::SignInAgain(_) => Trouble::Confirm,
            Refused::NotFound => Trouble::NotFound,
            Refused::Invalid(problems) => Trouble::Wrong(problems.into_iter().map(|problem| problem.message).collect()),
            Refused::RuleRefuses(objections) => Trouble::Wrong(
                objections.into_iter().map(|o| format!("{} {}", o.says, o.instead).trim().into()).collect(),
            ),
            Refused::Changes(_) => Trouble::Wrong(vec![refused.says()]),
            Refused::Stale { newer, version } => Trouble::Stale { newer, version },
            // The database is not away: nobody is sent to paper for it.
            Refused::Unavailable(says) if says == FAULT => Trouble::Broken,
            Refused::Unavailable(says) => Trouble::Unavailable(says),
        }
    }
}

impl From<askama::Error> for Trouble {
    fn from(error: askama::Error) -> Trouble {
        tracing::error!(%error, "a template");
        Trouble::Broken
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
