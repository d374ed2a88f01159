//! A request by somebody: who is asking, and what a page of theirs needs.

use crate::csrf::Csrf;
use crate::flash::Flash;
use crate::frame::Frame;
use crate::refused;
use crate::state::Site;
use crate::trouble::Trouble;
use actions::session::SignedIn;
use actions::{Actor, App};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use views::Viewer;

/// A request, by anybody.
#[derive(Clone)]
pub struct Visit(Arc<Inner>);

/// Somebody whose session is locked or over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asleep {
    /// The person's id.
    pub person: String,
    /// It is locked, and opens again for that person; otherwise it is over.
    pub locked: bool,
}

/// What is known of a request.
pub struct Inner {
    /// The site.
    pub site: Site,
    /// Who is signed in, if anybody is.
    pub signed_in: Option<SignedIn>,
    /// Whose session is locked or over; nobody is signed in then.
    pub asleep: Option<Asleep>,
    /// By what this browser is known to have been signed in before.
    pub device: Option<String>,
    /// The browser, in words.
    pub browser: String,
    /// What the session's cookie holds; empty where the browser brought none.
    pub(crate) token: String,
    /// What the visitor's cookie holds, or will hold.
    pub(crate) visitor: String,
    /// The browser brought no visitor's cookie.
    pub(crate) new_visitor: bool,
    pub(crate) csrf: Csrf,
    pub(crate) flash: Option<Flash>,
    /// Where the request came from, for throttling.
    pub address: String,
    /// Path and query.
    pub path: String,
    /// By what it is found in the log.
    pub reference: String,
    pub(crate) framed: AtomicBool,
    /// The page on which it was typed, of what was posted.
    pub(crate) typed_on: OnceLock<String>,
    /// What was posted is kept for whoever typed it, who is not signed in.
    pub(crate) kept_for_another: OnceLock<()>,
    /// A form was refused at this browser lately.
    pub(crate) refuses: bool,
    /// What is wrong with what was typed on the page before, where it has no other place to say so.
    pub(crate) wrong: OnceLock<Vec<String>>,
    /// The page gives back what was refused on it before.
    pub(crate) gives_back: AtomicBool,
}

impl Visit {
    pub(crate) fn new(inner: Inner) -> Visit {
        Visit(Arc::new(inner))
    }

    /// What is around a page with this title, for a view of a person.
    pub fn frame(&self, title: impl Into<String>, viewer: &Viewer) -> Frame {
        self.frame_of(title.into(), Some(viewer.clone()))
    }

    /// What is around a page before anybody is signed in.
    pub fn bare_frame(&self, title: impl Into<String>) -> Frame {
        self.frame_of(title.into(), None)
    }

    fn frame_of(&self, title: String, viewer: Option<Viewer>) -> Frame {
        self.framed.store(true, Ordering::Relaxed);
        let unattended = viewer.as_ref().and_then(|_| self.site.app.unattended());
        let keeps = viewer.as_ref().is_some_and(|viewer| viewer.keeps);
        let alarms = if keeps { self.site.app.alarms() } else { Vec::new() };
        let page = self.typed_on.get().unwrap_or(&self.path);
        let csrf = refused::with_page(&self.csrf.token(), page);
        let frame = Frame::new(title, viewer, csrf, self.flash.clone(), self.site.options.notice.clone());
        let gives_back = self.gives_back.load(Ordering::Relaxed).then(|| page.clone());
        let wrong = self.wrong.get().cloned().unwrap_or_default();
        Frame { unattended, alarms, gives_back, wrong: !wrong.is_empty(), wrong_before: wrong, ..frame }
    }

    /// By what this browser is known while a provider of accounts is asked: of its session, or before one.
    pub(crate) fn browser_secret(&self) -> &str {
        if self.signed_in.is_some() { &self.token } else { &self.visitor }
    }

    /// A page was made: its form needs the cookie, and it showed the message.
    pub(crate) fn was_framed(&self) -> bool {
        self.framed.load(Ordering::Relaxed)
    }
}

impl Inner {
    pub(crate) fn unframed() -> AtomicBool {
        AtomicBool::new(false)
    }
}

impl Deref for Visit {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Trouble> {
        parts.extensions.get().cloned().ok_or(Trouble::Broken)
    }
}

/// A request by somebody who is signed in. A page that takes it cannot be seen by anybody else.
#[derive(Clone)]
pub struct Member {
    /// The request.
    pub visit: Visit,
    /// Who is asking.
    pub actor: Actor,
    /// The session in which they ask.
    pub signed_in: SignedIn,
}

impl Member {
    /// The actions and queries.
    pub fn app(&self) -> &App {
        &self.visit.site.app
    }

    /// Lets on only who has shown lately who they are: before what is weighty.
    ///
    /// # Errors
    /// That they have to show it once more; what they sent is kept meanwhile.
    pub fn fresh(&self) -> Result<(), Trouble> {
        if actions::sign_in::is_fresh(self.app(), &self.signed_in) { Ok(()) } else { Err(Trouble::Confirm) }
    }
}

impl Deref for Member {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Sync> FromRequestParts<S> for Member {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Member, Trouble> {
        let visit = Visit::from_request_parts(parts, state).await?;
        let signed_in = visit.signed_in.as_ref().ok_or(Trouble::SignIn)?.clone();
        if signed_in.must_set_up && !parts.uri.path().starts_with("/account") {
            return Err(Trouble::SetUp);
        }
        Ok(Member { visit, actor: signed_in.actor.clone(), signed_in })
    }
}
