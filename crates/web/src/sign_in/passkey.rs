//! Signing in with a passkey. The browser asks for the options by a script, lets its person choose, and sends the answer as a form.

use super::{TO, entered, knock};
use crate::frame;
use crate::posted::Posted;
use crate::trouble::Trouble;
use crate::visit::Visit;
use actions::passkey::{self, Asked};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

/// What a browser is asked, as JSON.
pub(crate) fn json(asked: &Asked) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], asked.json()).into_response()
}

/// What a browser answers.
pub(crate) struct Answer<'a> {
    pub ceremony: &'a str,
    pub answer: &'a str,
}

impl<'a> From<&'a Posted> for Answer<'a> {
    fn from(posted: &'a Posted) -> Answer<'a> {
        Answer { ceremony: posted.get("ceremony"), answer: posted.get("answer") }
    }
}

/// `POST /sign-in/passkey/ask`.
pub async fn ask(visit: Visit) -> Result<Response, Trouble> {
    Ok(json(&passkey::ask(&visit.site.app).await?))
}

/// `POST /sign-in/passkey`.
pub async fn enter(visit: Visit, posted: Posted) -> frame::Answer {
    let Answer { ceremony, answer } = (&posted).into();
    match passkey::enter(&visit.site.app, ceremony, answer, &knock(&visit)).await {
        Ok(signed_in) => entered(&visit, signed_in, posted.get(TO)).await,
        Err(actions::sign_in::SignInRefused::Wrong) => {
            let says = "The passkey was not accepted. Try again, or use another way to sign in.";
            Ok(frame::on_to_saying(&super::address(posted.get(TO)), crate::flash::Flash::warning(says)))
        }
        Err(refused) => {
            let (_, says) = super::words(&refused);
            Ok(frame::on_to_saying(&super::address(posted.get(TO)), crate::flash::Flash::warning(says)))
        }
    }
}
