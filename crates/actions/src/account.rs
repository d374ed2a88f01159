//! One's own account, as its page shows it, and what its owner changes there.

use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::password;
use crate::person;
use crate::refused::{Refused, Result, TRY_AGAIN};
use crate::session::SignedIn;
use crate::totp;
use casebook::command::FieldProblem;
use store::Notice;

/// One's own account.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// The name.
    pub name: String,
    /// What one signs in with.
    pub username: String,
    /// A password was chosen.
    pub has_password: bool,
    /// An authenticator app is set up.
    pub has_codes: bool,
    /// The passkeys.
    pub passkeys: Vec<Way>,
    /// Where one is signed in.
    pub sessions: Vec<OwnSession>,
    /// The posts that one holds now.
    pub posts: Vec<OwnPost>,
}

/// A passkey.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Way {
    /// The id.
    pub id: String,
    /// What its person calls it.
    pub name: String,
    /// `added 5 Jan 2026, last used 6 Jan 2026`.
    pub when: String,
}

/// A session.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnSession {
    /// The id.
    pub id: String,
    /// `Chrome, Windows`.
    pub device: String,
    /// `since Mon 5 Jan 2026 18:00, by a passkey`.
    pub when: String,
    /// The one that asks.
    pub current: bool,
}

/// A post.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OwnPost {
    /// The id.
    pub id: String,
    /// `social worker, Kettering team`.
    pub what: String,
    /// The one in which they work now.
    pub current: bool,
}

/// One's own account.
pub async fn show(app: &App, signed_in: &SignedIn) -> Result<Account> {
    let actor = &signed_in.actor;
    let person = app.store.person(&actor.person).await?.ok_or(Refused::NotFound)?;
    let calendar = &app.rules.vocabulary().calendar;
    let date = |us: i64| calendar.local(moment(us)).strftime("%-d %b %Y").to_string();
    let passkeys = app.store.passkeys_of(&person.id).await?.into_iter().map(|one| Way {
        when: match one.used_us {
            Some(used) => format!("added {}, last used {}", date(one.added_us), date(used)),
            None => format!("added {}", date(one.added_us)),
        },
        id: one.id,
        name: one.name,
    });
    let sessions = app.store.sessions_of(&person.id, app.now_us()).await?.into_iter().map(|one| OwnSession {
        current: one.id == signed_in.session,
        device: if one.device.is_empty() { "a browser".into() } else { one.device },
        when: format!("since {}, by {}", calendar.words(moment(one.created_us)), one.how),
        id: one.id,
    });
    let posts = actor.posts.iter().map(|one| OwnPost {
        id: one.post.id.clone(),
        what: person::what(app, one),
        current: one.post.id == actor.post,
    });
    Ok(Account {
        passkeys: passkeys.collect(),
        sessions: sessions.collect(),
        posts: posts.collect(),
        has_password: !person.password_hash.is_empty(),
        has_codes: totp::is_set_up(app, &person.id).await?,
        name: person.name,
        username: person.username,
    })
}

/// Changes one's own password. All other sessions end.
pub async fn change_password(app: &App, signed_in: &SignedIn, password: &str) -> Result<()> {
    let actor = &signed_in.actor;
    let person = app.store.person(&actor.person).await?.ok_or(Refused::NotFound)?;
    let about = [person.name.as_str(), &person.username, &actor.agency_name, "whereabouts"];
    if let Some(weak) = password::weakness(password, &about) {
        return Err(Refused::Invalid(vec![FieldProblem::new("password", weak)]));
    }
    let busy = || Refused::Unavailable(TRY_AGAIN.into());
    let hash = password::make(app, password.to_owned()).await.ok_or_else(busy)?;
    app.store.password_set(&person.id, &hash).await?;
    Ok(app.store.sessions_end(&person.id, &signed_in.session).await?)
}

/// What one has been told and has not put away.
pub async fn notices(app: &App, actor: &Actor) -> Result<Vec<Notice>> {
    Ok(app.store.notices_of(&actor.person).await?)
}

/// Puts a notice away.
pub async fn notice_seen(app: &App, actor: &Actor, notice: &str) -> Result<()> {
    let id = notice.parse().map_err(|_| Refused::NotFound)?;
    Ok(app.store.notice_seen(&actor.person, id, app.now_us()).await?)
}
