//! Every address, in one list. A page is one file and one line here.

use crate::around::every_page;
use crate::headers::every_answer;
use crate::state::Site;
use crate::trouble::Trouble;
use crate::{alert, board, child, duty, entry, episode, help, home, photograph, report, search};
use crate::{assets, health, sign_in, styleguide};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

/// The whole service.
pub fn router(site: Site) -> Router {
    Router::new()
        .merge(pages(&site))
        .route("/health", get(health::show))
        .route("/assets/{version}/{file}", get(assets::show))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), every_answer))
        .with_state(site)
}

/// The pages. Each takes a `Member`, or anybody may see it.
fn pages(site: &Site) -> Router<Site> {
    let pages = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-out", post(sign_in::leave))
        .route("/", get(home::show))
        .route("/board", get(board::show))
        .route("/board/events", get(board::listen))
        .route("/alerts", get(alert::list))
        .route("/alerts/{alert}/acknowledge", post(alert::acknowledge))
        .route("/search", get(search::show))
        .route("/help", get(help::show))
        .route("/report", get(report::start).post(report::begin))
        .route("/report/{draft}", get(report::resume))
        .route("/report/{draft}/read-out", get(report::read_out))
        .route("/report/{draft}/{step}", get(report::show).post(report::save))
        .route("/children/new", get(child::new).post(child::create))
        .route("/children/{child}", get(child::show))
        .route("/children/{child}/episodes/{episode}", get(episode::show))
        .route("/children/{child}/photographs/new", get(photograph::choose).post(photograph::send))
        .route("/children/{child}/photographs/{photograph}", get(photograph::show))
        .route("/children/{child}/photographs/{photograph}/picture", get(photograph::picture))
        .route("/children/{child}/photographs/{photograph}/portrait", get(photograph::portrait))
        .route("/children/{child}/why/{duty}", get(duty::why))
        .route("/children/{child}/record/{event}", get(entry::record).post(entry::save))
        .route("/children/{child}/correct/{entry}", get(entry::correct).post(entry::save_correction))
        .route("/children/{child}/withdraw/{entry}", get(entry::withdraw).post(entry::save_withdrawal));
    let pages = if site.options.dev { pages.merge(for_developers()) } else { pages };
    pages
        .fallback(async || Trouble::NotFound)
        .method_not_allowed_fallback(async || Trouble::NotThisWay)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(site.clone(), every_page))
}

/// What only those who develop see.
fn for_developers() -> Router<Site> {
    let trouble = get(styleguide::trouble).post(styleguide::trouble);
    Router::new().route("/styleguide", get(styleguide::show)).route("/styleguide/trouble/{kind}", trouble)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(fault: Box<dyn std::any::Any + Send>) -> Response {
    let says = fault.downcast_ref::<String>().map(String::as_str).or_else(|| fault.downcast_ref::<&str>().copied());
    tracing::error!(says = says.unwrap_or_default(), "a page panicked");
    Trouble::Broken.into_response()
}
