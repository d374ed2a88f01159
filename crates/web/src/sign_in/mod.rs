//! Signing in and out. Whoever was sent here from a page goes back to it; what somebody posted after their session ended waits on the server,
//! and is offered to be sent once that very person has signed in.

mod agency;
mod code;
mod enter;
mod passkey;
mod resume;

pub use agency::{begin as begin_at_agency, finish as finish_at_agency};
pub(crate) use code::code as code_field;
pub use code::{check as check_code, show as show_code};
pub use enter::{enter, leave, show};
pub(crate) use enter::{instead, words};
pub(crate) use passkey::{Answer as PasskeyAnswer, json};
pub use passkey::{ask, enter as enter_by_passkey};
pub use resume::{drop, show as resume};

use crate::around::{Begin, Known};
use crate::frame::{Answer, on_to};
use crate::visit::Visit;
use actions::session::{self, SignedIn};
use actions::sign_in::Knock;
use axum::response::Response;

/// The hidden field that holds where to go.
pub(crate) const TO: &str = "to";

/// The address of the sign-in page that leads back to this one.
pub(crate) fn address(to: &str) -> String {
    if to == "/" {
        return "/sign-in".into();
    }
    format!("/sign-in?{TO}={}", form_urlencoded::byte_serialize(to.as_bytes()).collect::<String>())
}

/// An address within this service; anything else leads home.
pub(crate) fn ours(to: &str) -> &str {
    let local =
        to.starts_with('/') && !to.starts_with("//") && !to.contains('\\') && to.bytes().all(|b| b.is_ascii_graphic());
    if local && !to.starts_with("/sign-") { to } else { "/" }
}

/// Who knocks, without what they say.
pub(crate) fn knock(visit: &Visit) -> Knock<'_> {
    Knock { address: &visit.address, device: visit.device.as_deref(), browser: &visit.browser, ..Knock::default() }
}

/// Where somebody goes who has just signed in: to what they typed and could not send, or to where they wanted.
pub(crate) async fn entered(visit: &Visit, signed_in: SignedIn, to: &str) -> Answer {
    let app = &visit.site.app;
    // Another session of this browser is over now, whoever's it was.
    if visit.asleep.is_some() || visit.signed_in.is_some() {
        session::sign_out(app, &visit.token).await?;
    }
    let to = match session::give_back(app, &signed_in.actor.person).await?.is_empty() {
        _ if signed_in.must_set_up => "/account",
        true => ours(to),
        false => "/resume",
    };
    Ok(begun(on_to(to), &signed_in))
}

/// An answer with which a session begins.
pub(crate) fn begun(mut answer: Response, signed_in: &SignedIn) -> Response {
    answer.extensions_mut().insert(Begin(signed_in.token.clone()));
    if let Some(device) = &signed_in.device {
        answer.extensions_mut().insert(Known(device.clone()));
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_away_from_this_service() {
        assert_eq!(ours("/children/1?x=y"), "/children/1?x=y");
        for elsewhere in
            ["", "https://example.com", "//example.com", "/\\example.com", "/a b", "/a\nb", "/sign-out", "javascript:x"]
        {
            assert_eq!(ours(elsewhere), "/", "{elsewhere}");
        }
    }

    #[test]
    fn the_way_back_is_written_safely() {
        assert_eq!(address("/"), "/sign-in");
        assert_eq!(address("/search?a=b&c"), "/sign-in?to=%2Fsearch%3Fa%3Db%26c");
    }
}
