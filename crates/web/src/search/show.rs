//! Finding a child: by two facts, or by an incident number. What is typed travels in the form alone: no address holds a name.

use crate::components::{Asks as _, DateInput, Input};
use crate::frame::{Answer, Frame, Place, page};
use crate::posted::Posted;
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::{SearchPage, Sought};

#[derive(Template)]
#[template(path = "search/show.html")]
struct Page {
    frame: Frame,
    view: SearchPage,
    fields: Fields,
}

/// `GET /search`.
pub async fn show(member: Member) -> Answer {
    draw(&member, &Sought::default()).await
}

/// `POST /search`.
pub async fn find(member: Member, posted: Posted) -> Answer {
    draw(&member, &sought(&posted)).await
}

async fn draw(member: &Member, asked: &Sought) -> Answer {
    let view = queries::search(member.app(), &member.actor, asked).await?;
    let wrong = !view.too_little.is_empty();
    let frame = member.frame("Find a child", &view.viewer).place(Place::Search).wrong(wrong);
    let fields = fields(&view.asked, &view.too_little);
    page(&Page { frame, view, fields })
}

/// What was typed.
pub(crate) fn sought(posted: &Posted) -> Sought {
    let text = |name: &str| posted.get(name).to_string();
    Sought {
        name: text("name"),
        day: text("born-day"),
        month: text("born-month"),
        year: text("born-year"),
        incident: text("incident"),
        home: text("home"),
    }
}

/// The fields by which a child is found.
pub(crate) struct Fields {
    /// The name.
    pub name: Input,
    /// The date of birth.
    pub born: DateInput,
    /// A number.
    pub incident: Input,
    /// The home.
    pub home: Input,
}

/// The fields, filled with what was asked.
pub(crate) fn fields(asked: &Sought, too_little: &str) -> Fields {
    let mut name = Input::new("name", "Name of the child").value(&asked.name).kind("search").autocomplete("off").code();
    name.question.group_classes.add("wh-find__field");
    let mut born = DateInput::new("born", "Date of birth").label_class("govuk-fieldset__legend--s");
    for (part, value) in born.parts.iter_mut().zip([&asked.day, &asked.month, &asked.year]) {
        part.value.clone_from(value);
    }
    let incident = Input::new("incident", "Or a number").value(&asked.incident).autocomplete("off").code();
    let incident = incident.hint("Police incident, NHS, pupil, the authority's own, or a telephone");
    let home = Input::new("home", "Home, or a part of the address").value(&asked.home).autocomplete("off");
    Fields {
        name: name.label_class("govuk-label--s").error(too_little),
        born,
        incident: incident.label_class("govuk-label--s"),
        home: home.label_class("govuk-label--s"),
    }
}
