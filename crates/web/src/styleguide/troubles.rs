//! `GET /styleguide/trouble/{kind}`: every page for what goes wrong, to be looked at and tested.

use super::cases;
use crate::frame::Answer;
use crate::trouble::Trouble;
use axum::extract::Path;

/// Comes into the trouble that is asked for.
pub async fn trouble(Path(kind): Path<String>) -> Answer {
    Err(match kind.as_str() {
        "not-this-way" => Trouble::NotThisWay,
        "not-allowed" => Trouble::NotAllowed("There is no such child among those that your agency works with.".into()),
        "sign-in" => Trouble::SignIn,
        "stale" => Trouble::Stale { newer: cases::timeline(), version: 7 },
        "old-form" => Trouble::OldForm,
        "forged" => Trouble::Forged,
        "too-large" => Trouble::TooLarge,
        "too-slow" => Trouble::TooSlow,
        "not-understood" => Trouble::NotUnderstood,
        "wrong" => Trouble::Wrong(vec!["Enter the police incident number.".into(), "Say who was told.".into()]),
        "unavailable" => Trouble::Unavailable("Nothing you typed is lost. Try again; it is never saved twice.".into()),
        "broken" => Trouble::Broken,
        "panic" => panic!("asked for"),
        _ => Trouble::NotFound,
    })
}
