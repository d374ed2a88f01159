//! Style sheet, scripts and icon, compiled in. Their address holds a hash of them all, so that a browser may keep them for a year.

use crate::chance::hex;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

static BASE: LazyLock<String> = LazyLock::new(|| {
    let mut names: Vec<_> = Files::iter().collect();
    names.sort_unstable();
    let mut hash = Sha256::new();
    for file in names.iter().filter_map(|name| Files::get(name)) {
        hash.update(file.metadata.sha256_hash());
    }
    format!("/assets/{}", &hex(&hash.finalize())[..12])
});

/// Where they are: `/assets/3f2a91c0d4e5`.
pub fn base() -> &'static str {
    &BASE
}

/// `GET /assets/{version}/{file}`.
pub async fn show(Path((version, name)): Path<(String, String)>) -> Response {
    let current = base().strip_prefix("/assets/") == Some(version.as_str());
    match Files::get(&name) {
        Some(file) => {
            // A page of an older server may still ask by the older address: it gets what there is, and keeps it for the moment only.
            let keep = if current { "public, max-age=31536000, immutable" } else { "public, max-age=60" };
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(content_type(&name))),
                (header::CACHE_CONTROL, HeaderValue::from_static(keep)),
            ];
            (headers, file.data).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
