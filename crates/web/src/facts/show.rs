//! The page on what is known of a child; of one fact, with the whole of its history.

use crate::components::Pagination;
use crate::frame::{Answer, Frame, page};
use crate::pages::pages;
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::FactsPage;

#[derive(Template)]
#[template(path = "facts/show.html")]
struct Page {
    frame: Frame,
    base: String,
    view: FactsPage,
    pages: Option<Pagination>,
}

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Wanted {
    /// One fact alone.
    #[serde(default)]
    fact: String,
    #[serde(default)]
    page: String,
}

/// `GET /children/{child}/facts`.
pub async fn show(member: Member, Path(child): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let number = wanted.page.parse().unwrap_or(1);
    let (view, count) = queries::facts(member.app(), &member.actor, &child, &wanted.fact, number).await?;
    let base = format!("/children/{}", view.child.id);
    let (to, words) = match wanted.fact.as_str() {
        "" => (base.clone(), format!("Back to {}", view.child.name)),
        _ => (format!("{base}/facts"), "What is known of the child".to_string()),
    };
    let frame = member.frame("What is known of the child", &view.viewer).back(to, words);
    let pages = pages(number.clamp(1, count), count, &format!("{base}/facts"), &[("fact", &wanted.fact)]);
    page(&Page { frame, base, view, pages })
}
