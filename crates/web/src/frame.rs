//! What is around a page: `templates/frame.html` draws it. A page's template begins with `{% extends "frame.html" %}`, and its
//! struct has a field `frame`.

use crate::assets;
use crate::flash::Flash;
use crate::trouble::Trouble;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use views::Viewer;

/// What a page answers with.
pub type Answer = Result<Response, Trouble>;

/// The place of a page in the navigation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Place {
    /// None of them.
    #[default]
    Elsewhere,
    /// What must I do now?
    Home,
    /// Who is missing now?
    Board,
    /// Alerts.
    Alerts,
    /// Search for a child.
    Search,
    /// The return home interviews.
    Interviews,
    /// What each of a team has to do.
    Team,
    /// Report a child missing.
    Report,
    /// The people whose accounts somebody keeps.
    People,
    /// Agencies.
    Agencies,
    /// Panels, registers and what is asked of the area.
    Area,
}

/// What is around a page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The heading of the page, for the title of the window.
    pub title: String,
    /// Who is looking.
    pub viewer: Option<Viewer>,
    /// Where the page is.
    pub place: Place,
    /// The way back: address and words.
    pub back: Option<(String, String)>,
    /// What a form brings along against forgery.
    pub csrf: String,
    /// A message of the page before.
    pub flash: Option<Flash>,
    /// A line over every page.
    pub notice: String,
    /// Reminders and alerts are not sent, and since when: "since today 03:10", or nothing where none ever were.
    pub unattended: Option<String>,
    /// What is wrong with the database's safety, for whoever keeps this system.
    pub alarms: Vec<&'static str>,
    /// Something is wrong with the answers: the title of the window says so.
    pub wrong: bool,
    /// The page gives back what was typed on it and refused; its address.
    pub gives_back: Option<String>,
    /// What is wrong with what was typed on it before, where the page has no other place to say so.
    pub wrong_before: Vec<String>,
    /// The address of style sheet and scripts.
    pub assets: &'static str,
}

impl Frame {
    pub(crate) fn new(
        title: String,
        viewer: Option<Viewer>,
        csrf: String,
        flash: Option<Flash>,
        notice: String,
    ) -> Frame {
        let assets = assets::base();
        Frame {
            title,
            viewer,
            place: Place::default(),
            back: None,
            csrf,
            flash,
            notice,
            unattended: None,
            alarms: Vec::new(),
            wrong: false,
            gives_back: None,
            wrong_before: Vec::new(),
            assets,
        }
    }

    /// Where the page is in the navigation.
    #[must_use]
    pub fn place(mut self, place: Place) -> Frame {
        self.place = place;
        self
    }

    /// The way back.
    #[must_use]
    pub fn back(mut self, href: impl Into<String>, text: impl Into<String>) -> Frame {
        self.back = Some((href.into(), text.into()));
        self
    }

    /// Something is wrong with the answers.
    #[must_use]
    pub fn wrong(mut self, wrong: bool) -> Frame {
        self.wrong = wrong;
        self
    }

    pub(crate) fn at(&self, place: Place) -> bool {
        self.place == place
    }
}

/// A page, from its template.
///
/// # Errors
/// If the template cannot be written.
pub fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A page with a status, such as 422 when answers are wrong.
///
/// # Errors
/// If the template cannot be written.
pub fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    Ok((status, [(header::CONTENT_TYPE, html)], template.render()?).into_response())
}

/// On to another page, after something was done.
pub fn on_to(address: &str) -> Response {
    // What is not an address of ours by its letters goes home.
    let address = HeaderValue::from_str(address).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}

/// On to another page, which says this.
pub fn on_to_saying(address: &str, flash: Flash) -> Response {
    let mut response = on_to(address);
    response.extensions_mut().insert(flash);
    response
}
