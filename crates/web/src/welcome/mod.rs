//! Coming in by a link that opens once: the first administrator, somebody who was invited, somebody who is let back in.

use crate::components::{Asks as _, Input, PasswordInput};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::sign_in::begun;
use crate::visit::Visit;
use actions::Refused;
use actions::door::{self, Before, Entering};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "welcome/show.html")]
struct Page {
    frame: Frame,
    before: Before,
    form: Form,
    token: String,
}

/// `GET /welcome/{token}`.
pub async fn show(visit: Visit, Path(token): Path<String>) -> Answer {
    draw(&visit, token, Form::default()).await
}

/// `POST /welcome/{token}`.
pub async fn enter(visit: Visit, Path(token): Path<String>, posted: Posted) -> Answer {
    let said = Entering {
        name: posted.get("name").into(),
        username: posted.get("username").into(),
        agency: posted.get("agency").into(),
        password: posted.get("password").into(),
    };
    match door::enter(&visit.site.app, &token, &said, &visit.browser).await {
        Ok(signed_in) => {
            let next = "Add a passkey now, or set up an authenticator app beside your password: by one of them you come in the next time.";
            Ok(begun(on_to_saying("/account", Flash::success("You are in").text(next)), &signed_in))
        }
        Err(Refused::Invalid(problems)) => {
            let kept: Vec<_> = posted.pairs().iter().filter(|(name, _)| name != "password").cloned().collect();
            draw(&visit, token, Form::new(&kept, &problems)).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(visit: &Visit, token: String, form: Form) -> Answer {
    let before = door::look(&visit.site.app, &token).await?;
    let wrong = form.summary().is_some();
    let title = if before.kind == "first" { "The first administrator" } else { "Welcome" };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame: visit.bare_frame(title).wrong(wrong), before, form, token })
}

impl Page {
    fn line(&self, name: &str, label: &str, hint: &str) -> Input {
        Input::new(name, label).value(self.form.value(name)).hint(hint).error(self.form.problem(name))
    }

    fn password(&self) -> PasswordInput {
        let mut input = PasswordInput::new("password", "Password (optional if you add a passkey)");
        input.autocomplete = "new-password".into();
        let hint = "At least 10 characters that are hard to guess: three or four random words are easy to remember.";
        input.hint(hint).error(self.form.problem("password"))
    }
}
