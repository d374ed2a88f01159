//! `GET /health`: the server answers. Pages ask it before they send a form; so does whatever watches the server.

/// It answers.
pub async fn show() -> &'static str {
    "ok\n"
}
