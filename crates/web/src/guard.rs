//! Reads what is posted and lets through only what comes from a page of ours: small enough, in time, as a form, with its token.

use crate::multipart;
use crate::posted::{File, Posted};
use crate::trouble::Trouble;
use crate::visit::Visit;
use crate::{coming, csrf, photograph, refused, setting, trouble_page};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use http_body_util::BodyExt as _;
use std::time::Duration;

/// The largest form we take: an answer of 200,000 characters fits, whatever its alphabet makes of it on the line.
pub const LARGEST_FORM: usize = 2 * 1024 * 1024;
/// So much more is read and thrown away, so that a browser that still sends comes to read our answer.
const DRAINED: usize = 64 * 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(30);
/// A photograph may come over a bad line.
const PATIENCE_FOR_A_FILE: Duration = Duration::from_mins(3);
/// The name of the token in a form.
pub const TOKEN: &str = "csrf";

/// Reads the form of a request, if it may have one, and puts it where [`Posted`] finds it.
///
/// # Errors
/// The reason why it is not let through. What was posted is kept with the request where a page may offer to send it again.
pub async fn read(request: Request, visit: &Visit) -> Result<Request, (Trouble, Option<Posted>)> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(request);
    }
    if is_kind(request.headers(), "multipart/form-data") && takes_file(request.uri().path()) {
        return with_file(request, visit).await;
    }
    if !is_form(request.headers()) && !request.body().is_end_stream() {
        let read = drain(request.into_body(), 0).await;
        return Err((if read > LARGEST_FORM { Trouble::TooLarge } else { Trouble::NotUnderstood }, None));
    }
    let (mut parts, body) = request.into_parts();
    let bytes = tokio::time::timeout(PATIENCE, collect(body)).await.map_err(|_| (Trouble::TooSlow, None))?;
    let bytes = bytes.map_err(|trouble| (trouble, None))?;
    let pairs = form_urlencoded::parse(&bytes).into_owned().collect();
    parts.extensions.insert(admit(&parts.headers, visit, pairs, File::None).await?);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// The addresses to which a file may be sent.
fn takes_file(path: &str) -> bool {
    path.ends_with(photograph::WITH_FILE) || path == coming::WITH_FILE || path == setting::WITH_FILE
}

/// Reads a form with a file.
async fn with_file(request: Request, visit: &Visit) -> Result<Request, (Trouble, Option<Posted>)> {
    if visit.signed_in.is_none() {
        drain(request.into_body(), 0).await;
        return Err((Trouble::SignIn, Some(Posted::new(Vec::new(), File::TooLarge))));
    }
    let (mut parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let read = tokio::time::timeout(PATIENCE_FOR_A_FILE, multipart::read(body, kind)).await;
    let (pairs, file) = read.map_err(|_| (Trouble::TooSlow, None))?.map_err(|trouble| (trouble, None))?;
    parts.extensions.insert(admit(&parts.headers, visit, pairs, file).await?);
    Ok(Request::from_parts(parts, Body::empty()))
}

/// What was posted, if it comes from a page of ours.
async fn admit(
    headers: &HeaderMap,
    visit: &Visit,
    mut pairs: Vec<(String, String)>,
    file: File,
) -> Result<Posted, (Trouble, Option<Posted>)> {
    let token = pairs.iter().find(|(name, _)| name == TOKEN).map(|(_, value)| value.clone()).unwrap_or_default();
    let (token, page) = refused::without_page(&token);
    pairs.retain(|(name, _)| name != TOKEN);
    let posted = Posted::new(pairs, file);
    if !visit.csrf.accepts(token) {
        let refused = refuse(headers, visit, token, posted.clone());
        if refused.1.is_none() && is_from_us(headers) {
            keep_for_its_person(visit, token, &posted).await;
        } else if refused.1.is_some() {
            let _ = visit.typed_on.set(page);
        }
        return Err(refused);
    }
    if is_from_elsewhere(headers, visit) {
        return Err((Trouble::Forged, None));
    }
    // Once for each request: what is drawn in answer says the same.
    let _ = visit.typed_on.set(page);
    Ok(posted)
}

/// A form without a good token is forged, unless the browser says that it comes from a page of ours: then it is one of an earlier session.
/// What was typed is given back to the person whose form it was, and to nobody else at the same computer.
fn refuse(headers: &HeaderMap, visit: &Visit, token: &str, posted: Posted) -> (Trouble, Option<Posted>) {
    let ours = is_from_us(headers);
    let theirs = visit.csrf.is_of_person(token);
    match (ours, &visit.signed_in) {
        (false, _) => (Trouble::Forged, None),
        (true, None) => (Trouble::SignIn, theirs.then_some(posted)),
        (true, Some(_)) if theirs => (Trouble::OldForm, Some(posted)),
        (true, Some(_)) => (Trouble::Forged, None),
    }
}

/// Does the browser say that it comes from a page of ours?
fn is_from_us(headers: &HeaderMap) -> bool {
    headers.get("sec-fetch-site").is_some_and(|site| site == "same-origin")
}

/// Somebody signed out in another window while this was still being typed: it is kept for them, whoever sits at the computer now.
async fn keep_for_its_person(visit: &Visit, token: &str, posted: &Posted) {
    let Some(secret) = csrf::of_session(token) else { return };
    match actions::session::whose_form(&visit.site.app, &secret).await {
        Ok(Some(person)) if trouble_page::keep(visit, &person, posted).await => {
            let _ = visit.kept_for_another.set(());
        }
        Ok(_) => {}
        Err(error) => tracing::warn!(?error, "whose form it was"),
    }
}

/// Does the browser say that it comes from another site? Our pages have no referrer, so that browsers send the origin of their forms as
/// `null`; where it is said, it is the host that was asked, or the address at which browsers find us.
fn is_from_elsewhere(headers: &HeaderMap, visit: &Visit) -> bool {
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site" || site == "same-site") {
        return true;
    }
    let Some(origin) = headers.get(header::ORIGIN).filter(|origin| *origin != "null") else { return false };
    let Ok(origin) = origin.to_str() else { return true };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let by_host = origin.split_once("://").is_some_and(|(_, rest)| !host.is_empty() && rest.eq_ignore_ascii_case(host));
    let own = visit.site.app.doors().address.as_ref().map(|address| address.origin().ascii_serialization());
    !by_host && own.is_none_or(|own| !own.eq_ignore_ascii_case(origin))
}

fn is_form(headers: &HeaderMap) -> bool {
    is_kind(headers, "application/x-www-form-urlencoded")
}

fn is_kind(headers: &HeaderMap, wanted: &str) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(wanted))
}

async fn collect(mut body: Body) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // The line was cut: nobody reads the answer.
        let frame = frame.map_err(|_| Trouble::NotUnderstood)?;
        if let Some(data) = frame.data_ref() {
            if bytes.len() + data.len() > LARGEST_FORM {
                drain(body, bytes.len() + data.len()).await;
                return Err(Trouble::TooLarge);
            }
            bytes.extend_from_slice(data);
        }
    }
    Ok(bytes)
}

/// Reads the rest and throws it away; says how much there was.
pub(crate) async fn drain(mut body: Body, mut read: usize) -> usize {
    let all = async {
        while let Some(Ok(frame)) = body.frame().await {
            read += frame.data_ref().map_or(0, Bytes::len);
            if read > DRAINED {
                break;
            }
        }
    };
    // Whoever is slower than this sees a broken connection instead of the page.
    let _ = tokio::time::timeout(PATIENCE, all).await;
    read
}
