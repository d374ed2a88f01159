//! `/children/{child}/people/same/{person}`: who somebody is in the records of other children. What is typed travels in the form alone: no address
//! holds a name.

use crate::components::{Asks as _, DateInput, Input, Textarea};
use crate::flash::Flash;
use crate::form::Form;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::Refused;
use actions::around::{self, SoughtPerson};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::SamePersonPage;

#[derive(Template)]
#[template(path = "people/same.html")]
struct Page {
    frame: Frame,
    view: SamePersonPage,
    base: String,
    form: Form,
    key: String,
}

impl Page {
    fn name(&self) -> Input {
        Input::new("name", "Name").value(self.form.value("name")).autocomplete("off").label_class("govuk-label--s")
    }

    fn phone(&self) -> Input {
        let phone = Input::new("phone", "Or a telephone number").value(self.form.value("phone"));
        phone.autocomplete("off").label_class("govuk-label--s")
    }

    fn born(&self) -> DateInput {
        let part = |part: &str| self.form.value(&format!("born-{part}")).to_string();
        let born = DateInput::new("born", "Or the date of birth").value(&part("day"), &part("month"), &part("year"));
        born.label_class("govuk-fieldset__legend--s").error(self.form.problem("born"))
    }

    fn why(&self, n: usize) -> Textarea {
        let mut why = self.form.textarea("reason", "How is it known?").rows(2).label_class("govuk-label--s");
        why.id = format!("reason-{n}");
        why
    }
}

/// `GET /children/{child}/people/same/{person}`.
pub async fn same(member: Member, Path((child, person)): Path<(String, String)>) -> Answer {
    let key = member.app().new_key();
    draw(&member, &child, &person, Form::default(), SoughtPerson::default(), key).await
}

/// `POST /children/{child}/people/same/{person}`: looks for somebody, or says who they are.
pub async fn say(member: Member, Path((child, person)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor, key) = (member.app(), &member.actor, posted.key());
    let form = Form::new(posted.pairs(), &[]);
    if posted.get("do") == "find" {
        return match SoughtPerson::of(&posted.answers()) {
            Ok(sought) => draw(&member, &child, &person, form, sought, key.into()).await,
            Err(Refused::Invalid(problems)) => {
                let form = Form::new(posted.pairs(), &problems);
                draw(&member, &child, &person, form, SoughtPerson::default(), key.into()).await
            }
            Err(refused) => Err(refused.into()),
        };
    }
    let other = (posted.get("other"), posted.get("whom"));
    match around::join(app, actor, (&child, &person), other, posted.get("reason"), key).await {
        Ok(()) => {
            let said = Flash::success(
                "They are one person, in both records. Whoever sees only one of them learns nothing of the other.",
            );
            Ok(on_to_saying(&format!("/children/{child}/people/one/{person}"), said))
        }
        Err(Refused::Invalid(problems)) => {
            let form = Form::new(posted.pairs(), &problems);
            draw(&member, &child, &person, form, SoughtPerson::default(), key.into()).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: &str, person: &str, form: Form, sought: SoughtPerson, key: String) -> Answer {
    let view = around::same(member.app(), &member.actor, child, person, &sought).await?;
    let base = format!("/children/{}", view.child.id);
    let wrong = form.summary().is_some();
    let frame = member
        .frame(format!("Who is {}?", view.one.name), &view.viewer)
        .back(format!("{base}/people/one/{person}"), view.one.name.clone())
        .wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, base, form, key })
}
