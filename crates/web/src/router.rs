//! Every address, in one list. A page is one file and one line here.

use crate::around::{Around, every_page};
use crate::headers::every_answer;
use crate::state::Site;
use crate::trouble::Trouble;
use crate::{
    account, agency, alert, allocation, area, away, board, child, coming, cover, duty, entry, episode, facts, forms,
    help, home, interview, living, panel, particulars, people, person, photograph, place, proposal, protocol, register,
    relation, report, retention, same, search, setting, welcome,
};
use crate::{assets, checkpoints, health, sign_in, styleguide, team};
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
        .route("/health", get(health::ready))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/checkpoints", get(checkpoints::show))
        .route("/assets/{version}/{file}", get(assets::show))
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(site.clone(), every_answer))
        .with_state(site)
}

/// The pages. Each takes a `Member`, or anybody may see it.
fn pages(site: &Site) -> Router<Site> {
    let pages = Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::enter))
        .route("/sign-in/code", get(sign_in::show_code).post(sign_in::check_code))
        .route("/sign-in/passkey", post(sign_in::enter_by_passkey))
        .route("/sign-in/passkey/ask", post(sign_in::ask))
        .route("/sign-in/agency/return", get(sign_in::finish_at_agency))
        .route("/sign-in/agency/{provider}", get(sign_in::begin_at_agency))
        .route("/sign-out", post(sign_in::leave))
        .route("/resume", get(sign_in::resume).post(sign_in::drop))
        .route("/welcome/{token}", get(welcome::show).post(welcome::enter))
        .route("/account", get(account::show))
        .route("/account/confirm", get(account::ask_to_confirm).post(account::confirm))
        .route("/account/confirm/passkey", post(account::confirm_by_passkey))
        .route("/account/password", get(account::password).post(account::change_password))
        .route("/account/passkeys", post(account::add_passkey))
        .route("/account/passkeys/ask", post(account::ask_to_add_passkey))
        .route("/account/passkeys/remove", post(account::remove_passkey))
        .route("/account/codes", get(account::begin_codes).post(account::finish_codes))
        .route("/account/codes/remove", post(account::remove_codes))
        .route("/account/sessions/end", post(account::end_session))
        .route("/account/post", post(account::work_as))
        .route("/account/awake", post(account::awake))
        .route("/account/lock", post(account::lock))
        .route("/account/notices/seen", post(account::seen))
        .route("/agencies", get(agency::list))
        .route("/agencies/new", get(agency::new).post(agency::create))
        .route("/agencies/{agency}", get(agency::show).post(agency::change))
        .route("/agencies/{agency}/directory", get(agency::directory).post(agency::save_directory))
        .route("/agencies/{agency}/providers", get(agency::providers))
        .route("/agencies/{agency}/providers/new", get(agency::new_provider).post(agency::add_provider))
        .route("/agencies/{agency}/providers/{provider}", get(agency::provider).post(agency::change_provider))
        .route("/agencies/{agency}/providers/{provider}/turn", post(agency::turn_provider))
        .route("/agencies/{agency}/providers/{provider}/try", get(agency::try_provider))
        .route("/agencies/{agency}/teams", post(agency::add_team))
        .route("/people", get(person::list))
        .route("/people/new", get(person::new).post(person::create))
        .route("/people/import", get(person::choose).post(person::send))
        .route("/people/{person}", get(person::show))
        .route("/people/{person}/posts", post(person::give_post))
        .route("/people/{person}/posts/{post}", post(person::change_post))
        .route("/people/{person}/invite", post(person::invite))
        .route("/people/{person}/disable", get(person::ask_to_disable).post(person::disable))
        .route("/people/{person}/let-in", post(person::let_in))
        .route("/people/{person}/recover", post(person::recover))
        .route("/proposals", get(proposal::list))
        .route("/proposals/{proposal}", post(proposal::decide))
        .route("/", get(home::show))
        .route("/to-do/{whose}", get(home::todo))
        .route("/board", get(board::show))
        .route("/board/events", get(board::listen))
        .route("/alerts", get(alert::list))
        .route("/alerts/silence", post(alert::silence_seen))
        .route("/alerts/panel", post(alert::panel_seen))
        .route("/alerts/{alert}/acknowledge", post(alert::acknowledge))
        .route("/interviews", get(interview::list))
        .route("/team", get(team::show))
        .route("/team/{post}", get(team::person).post(team::hand_over))
        .route("/search", get(search::show).post(search::find))
        .route("/looks", get(relation::unusual))
        .route("/retention", get(retention::list))
        .route("/downtime", get(away::show))
        .route("/help", get(help::show))
        .route("/protocol/{rulebook}", get(protocol::show))
        .route("/protocol/{rulebook}/{part}", get(protocol::part))
        .route("/protocol/{rulebook}/{part}/{one}", get(protocol::one))
        .route("/report", get(report::start).post(report::begin))
        .route("/report/find", post(report::find))
        .route("/report/{draft}", get(report::resume))
        .route("/report/{draft}/read-out", get(report::read_out))
        .route("/report/{draft}/told", post(report::told))
        .route("/report/{draft}/{step}", get(report::show).post(report::save))
        .route("/report/{draft}/{step}/back", post(report::back));
    let pages = pages.merge(of_children()).merge(of_area());
    let pages = if site.options.dev { pages.merge(for_developers()) } else { pages };
    let pages = pages
        .fallback(async || Trouble::NotFound)
        .method_not_allowed_fallback(async || Trouble::NotThisWay)
        .layer(CatchPanicLayer::custom(panicked));
    let within = pages.clone().with_state(site.clone());
    pages.layer(from_fn_with_state(Around { site: site.clone(), within }, every_page))
}

/// What is kept of an area, and about no child.
fn of_area() -> Router<Site> {
    Router::new()
        .route("/area", get(area::show))
        .route("/area/settings", get(setting::show))
        .route("/area/settings/names", get(setting::names))
        .route(setting::WITH_FILE, get(setting::ask_logo).post(setting::save_logo))
        .route("/area/logo/{version}", get(setting::logo))
        .route("/area/settings/{subject}", get(setting::ask).post(setting::save))
        .route("/area/settings/{subject}/decide", post(setting::decide))
        .route("/privacy", get(setting::privacy))
        .route("/area/{book}/duty/{rule}", get(area::done).post(area::save_done))
        .route("/panels/{book}/{panel}", get(panel::show))
        .route("/panels/{book}/{panel}/meetings/{meeting}", get(panel::meeting))
        .route("/panels/{book}/{panel}/{doing}", get(panel::begin).post(panel::save))
        .route("/panels/{book}/{panel}/{doing}/{one}", get(panel::begin_on).post(panel::save_on))
        .route("/registers/{book}/{register}", get(register::show))
        .route("/registers/{book}/{register}/write", get(register::begin).post(register::save))
        .route("/registers/{book}/{register}/write/{line}", get(register::begin_on).post(register::save_on))
}

/// The pages of children.
fn of_children() -> Router<Site> {
    Router::new()
        .route("/children/new", get(child::new).post(child::create))
        .route("/children/import", get(coming::choose).post(coming::send))
        .route("/children/import/check", get(coming::check).post(coming::go_on))
        .route("/children/{child}", get(child::show))
        .route("/children/{child}/facts", get(facts::show))
        .route("/children/{child}/facts/{group}/change", get(facts::change).post(facts::save))
        .route("/children/{child}/facts/correct/{line}", get(facts::correct).post(facts::save_correction))
        .route("/children/{child}/allocate", get(allocation::choose).post(allocation::make))
        .route("/children/{child}/raise", get(panel::ask).post(panel::raise))
        .route("/allocations", get(allocation::list))
        .route("/handover", get(cover::show).post(cover::hand_over))
        .route("/children/{child}/episodes", get(child::episodes))
        .route("/children/{child}/due", get(child::due))
        .route("/children/{child}/unknown", get(child::unknown))
        .route("/children/{child}/outside", get(child::outside))
        .route("/children/{child}/episodes/{episode}", get(episode::show))
        .route("/children/{child}/episodes/{episode}/{part}", get(episode::part))
        .route("/children/{child}/photographs/new", get(photograph::choose).post(photograph::send))
        .route("/children/{child}/photographs/{photograph}", get(photograph::show))
        .route("/children/{child}/photographs/{photograph}/picture", get(photograph::picture))
        .route("/children/{child}/photographs/{photograph}/portrait", get(photograph::portrait))
        .route("/children/{child}/why/{duty}", get(duty::why))
        .route("/children/{child}/record", get(entry::menu))
        .route("/children/{child}/record/{event}", get(entry::record).post(entry::save))
        .route("/children/{child}/correct/{entry}", get(entry::correct).post(entry::save_correction))
        .route("/children/{child}/withdraw/{entry}", get(entry::withdraw).post(entry::save_withdrawal))
        .route("/children/{child}/join/{entry}", get(entry::join).post(entry::save_join))
        .route("/children/{child}/dispute/{entry}", get(entry::dispute).post(entry::save_dispute))
        .route("/children/{child}/confirm/{entry}", post(entry::confirm))
        .route("/children/{child}/forms", get(forms::list))
        .route("/children/{child}/forms/draft/{draft}", get(forms::resume))
        .route("/children/{child}/forms/filled/{entry}", get(forms::show))
        .route("/children/{child}/forms/{rulebook}/{form}", get(forms::begin).post(forms::send))
        .route("/children/{child}/placements", get(living::show))
        .route("/children/{child}/placements/{doing}", get(living::begin).post(living::save))
        .route("/children/{child}/placements/{doing}/{placement}", get(living::begin_on).post(living::save_on))
        .route("/children/{child}/particulars", get(particulars::show))
        .route("/children/{child}/particulars/{group}", get(particulars::ask).post(particulars::save))
        .route("/children/{child}/people", get(people::show))
        .route("/children/{child}/people/{doing}", get(people::begin).post(people::save))
        .route("/children/{child}/people/one/{person}", get(people::one).post(people::part))
        .route("/children/{child}/people/same/{person}", get(people::same).post(people::say))
        .route("/children/{child}/people/{doing}/{person}", get(people::begin_on).post(people::save_on))
        .route("/children/{child}/places", get(place::show))
        .route("/children/{child}/places/one/{place}", get(place::one))
        .route("/children/{child}/places/{doing}", get(place::begin).post(place::save))
        .route("/children/{child}/places/{doing}/{place}", get(place::begin_on).post(place::save_on))
        .route("/children/{child}/same", get(same::show).post(same::change))
        .route("/children/{child}/same/{other}", get(same::compare).post(same::merge))
        .route("/children/{child}/access", get(relation::access).post(relation::send))
        .route("/children/{child}/relations", get(relation::show).post(relation::change))
        .route("/children/{child}/looks", get(relation::who))
        .route("/children/{child}/retention", get(retention::show).post(retention::change))
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
