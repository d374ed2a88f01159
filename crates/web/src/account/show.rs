//! `GET /account`.

use crate::components::{Asks as _, Input};
use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::account::{self, Account};
use actions::{passkey, queries};
use askama::Template;

#[derive(Template)]
#[template(path = "account/show.html")]
struct Page {
    frame: Frame,
    view: Account,
    /// The host at which passkeys can be used; empty for none.
    passkeys: String,
    passkey_name: Input,
    must_set_up: bool,
}

/// `GET /account`.
pub async fn show(member: Member) -> Answer {
    let view = account::show(member.app(), &member.signed_in).await?;
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let frame = member.frame("Your account", &viewer);
    let passkey_name = Input::new("name", "What you call it").hint("Such as: my phone.").width(20);
    let must_set_up = member.signed_in.must_set_up;
    page(&Page { frame, view, passkeys: passkey::host(member.app()).into(), passkey_name, must_set_up })
}
