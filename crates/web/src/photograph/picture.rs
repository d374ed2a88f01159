//! The pictures themselves.

use crate::frame::Answer;
use crate::visit::Member;
use actions::photograph;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

/// Asked for anew each time: whoever may not see it any more does not, and nothing is left behind in a browser.
const KEPT: &str = "private, no-store";

/// `GET /children/{child}/photographs/{photograph}/picture`.
pub async fn picture(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    Ok(jpeg(photograph::picture(member.app(), &member.actor, &child, &id).await?, KEPT))
}

/// `GET /children/{child}/photographs/{photograph}/portrait`.
pub async fn portrait(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    Ok(jpeg(photograph::portrait(member.app(), &member.actor, &child, &id).await?, KEPT))
}

fn jpeg(bytes: Vec<u8>, keep: &'static str) -> axum::response::Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, bytes).into_response()
}
