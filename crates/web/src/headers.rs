//! Headers of every answer: what a browser may and may not do with it, and by what the request is found in the log.

use crate::around::Reference;
use crate::chance::{bytes, hex};
use crate::metrics::Asked;
use crate::state::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// Nothing from elsewhere, no script or style within a page, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const ALWAYS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// The layer around everything.
pub async fn every_answer(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let reference = hex(&bytes::<6>());
    request.extensions_mut().insert(Reference(reference.clone()));
    let asked = Asked::of(&request);
    let mut answer = next.run(request).await;
    asked.answered(&site, answer.status(), &reference);
    let headers = answer.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if site.options.secure {
        headers
            .insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
    // Pages are about children: kept by nobody.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(reference) = HeaderValue::from_str(&reference) {
        headers.insert("x-request-id", reference);
    }
    answer
}
