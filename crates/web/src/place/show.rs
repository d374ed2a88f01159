//! `GET /children/{child}/places`: where the child goes, and went; and `GET /children/{child}/places/one/{place}`: one of them.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::place;
use askama::Template;
use axum::extract::Path;
use views::{Place, PlacePage, Places};

#[derive(Template)]
#[template(path = "place/show.html")]
struct Page {
    frame: Frame,
    view: Places,
    base: String,
}

/// Places under a heading.
struct Part<'a> {
    title: &'a str,
    places: &'a [Place],
}

impl Page {
    fn parts(&self) -> Vec<Part<'_>> {
        let view = &self.view;
        let all = [("Now", &view.now), ("Before", &view.past), ("Entered by mistake", &view.mistaken)];
        let all = all.map(|(title, places)| Part { title, places });
        all.into_iter().filter(|part| !part.places.is_empty()).collect()
    }
}

#[derive(Template)]
#[template(path = "place/one.html")]
struct OnePage {
    frame: Frame,
    view: PlacePage,
    base: String,
}

/// `GET /children/{child}/places`.
pub async fn show(member: Member, Path(child): Path<String>) -> Answer {
    let view = place::show(member.app(), &member.actor, &child).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame("Places", &view.viewer).back(base.clone(), "The child’s record");
    page(&Page { frame, view, base })
}

/// `GET /children/{child}/places/one/{place}`.
pub async fn one(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let view = place::one(member.app(), &member.actor, &child, &id).await?;
    let base = format!("/children/{}", view.child.id);
    let frame = member.frame(view.one.name.clone(), &view.viewer).back(format!("{base}/places"), "Places");
    page(&OnePage { frame, view, base })
}
