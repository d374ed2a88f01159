//! The pictures themselves.

use crate::frame::Answer;
use crate::visit::Member;
use actions::photograph;
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse as _;

/// A portrait stands in lists that are drawn again and again: a browser may keep it for as long as a list counts as one reading. Signing
/// out throws it away.
const PORTRAIT: &str = "private, max-age=900";
/// The large picture is asked for anew each time, so that whoever may not see it any more does not.
const PICTURE: &str = "private, no-store";

/// `GET /children/{child}/photographs/{photograph}/picture`.
pub async fn picture(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    Ok(jpeg(photograph::picture(member.app(), &member.actor, &child, &id).await?, PICTURE))
}

/// `GET /children/{child}/photographs/{photograph}/portrait`.
pub async fn portrait(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    Ok(jpeg(photograph::portrait(member.app(), &member.actor, &child, &id).await?, PORTRAIT))
}

fn jpeg(bytes: Vec<u8>, keep: &'static str) -> axum::response::Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg")),
        (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
    ];
    (headers, bytes).into_response()
}
