//! Secrets that the database holds sealed, beside addresses (`vault.rs`): those of authenticator apps, and those that prove to a provider of accounts that it is us.
//! Whatever else is to be sealed has a word of its own here.

use crate::app::App;
use crate::refused::Refused;
use crate::seal::{Of, Sealing, Shut};
use store::{Sealed, StoreError};

/// The secret of an authenticator app; its row is the person.
pub(crate) const TOTP: &str = "totp";
/// The secret by which a provider of accounts knows us; its row is the provider.
pub(crate) const PROVIDER: &str = "provider";

/// How the sealed secrets of a database stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// So many stood there in the open, or under an older key, and are sealed anew now.
    pub sealed: usize,
    /// So many people's authenticator apps cannot be opened: their key is not here.
    pub apps_lost: usize,
    /// So many providers' secrets cannot be opened.
    pub providers_lost: usize,
}

impl Standing {
    /// What to say of what is lost, with what to do; none if nothing is.
    pub fn says(&self) -> Option<String> {
        let people = if self.apps_lost == 1 { "person" } else { "people" };
        let secrets = if self.providers_lost == 1 { "secret" } else { "secrets" };
        let lost = match (self.apps_lost, self.providers_lost) {
            (0, 0) => return None,
            (apps, 0) => format!("the authenticator apps of {apps} {people}"),
            (0, providers) => format!("the {secrets} of {providers} sign-in of agencies"),
            (apps, providers) => {
                format!(
                    "the authenticator apps of {apps} {people}, and the {secrets} of {providers} sign-in of agencies"
                )
            }
        };
        Some(format!(
            "{lost} cannot be opened: they were sealed with a key that is not here. Put the line of that key into the file of the key \
             again; if it is lost, have two people let each of them back in (`whereabouts people let-in` for the first), and enter the \
             secrets anew"
        ))
    }
}

impl App {
    fn sealing(&self) -> Result<&Sealing, Shut> {
        self.sealing.as_deref().ok_or(Shut::NoKey)
    }

    /// Seals a secret.
    pub(crate) fn seal(&self, what: &str, row: &str, secret: &str) -> Result<String, Refused> {
        let none =
            "This service has no key to seal secrets with. Tell whoever runs it: `whereabouts doctor` says what to do.";
        let sealing = self.sealing().map_err(|_| Refused::Unavailable(none.into()))?;
        Ok(sealing.seal(&*self.chance, Of { what, row }, secret))
    }

    /// Opens a secret.
    pub(crate) fn unseal(&self, what: &str, row: &str, sealed: &str) -> Result<String, Shut> {
        let open = self.sealing()?.open(Of { what, row }, sealed);
        if let Err(shut) = &open {
            tracing::error!(what, row, ?shut, "a sealed secret does not open");
        }
        open
    }
}

/// Seals what stands in the open or under an older key, and counts what does not open. Called before people are let in.
pub async fn settle(app: &App) -> Result<Standing, StoreError> {
    let mut standing = Standing::default();
    for one in app.store.sealed().await? {
        let of = Of { what: &one.what, row: &one.row };
        match app.sealing().and_then(|sealing| renewed(app, sealing, of, &one)) {
            Ok(None) => {}
            Ok(Some(sealed)) => standing.sealed += usize::from(app.store.seal(&one, &sealed).await?),
            Err(_) if one.what == TOTP => standing.apps_lost += 1,
            Err(_) => standing.providers_lost += 1,
        }
    }
    if standing.sealed > 0 {
        app.store.forget_what_was().await?;
    }
    Ok(standing)
}

/// The text sealed with the key that seals now; none if it is.
fn renewed(app: &App, sealing: &Sealing, of: Of<'_>, one: &Sealed) -> Result<Option<String>, Shut> {
    let open = match sealing.open(of, &one.text) {
        Err(Shut::Plain) => one.text.clone(),
        Ok(_) if sealing.is_new(&one.text) => return Ok(None),
        other => other?,
    };
    Ok(Some(sealing.seal(&*app.chance, of, &open)))
}

/// Under this name a database says which key its addresses are sealed with: only its short name, which tells nothing of the key.
const INDEX: &str = "sealing";
/// And under this one, the short names of those that were noted as lost.
const LOST: &str = "sealing lost";

/// With the indexes blinded under the key that the database names, wherever in the file of the keys it stands.
pub async fn indexed(app: App) -> Result<App, StoreError> {
    let theirs = app.store.shared(INDEX).await?;
    let other = app.sealing.as_ref().zip(theirs).and_then(|(sealing, theirs)| sealing.indexing(&theirs));
    Ok(match other {
        Some(sealing) => app.with_sealing(Some(sealing)),
        None => app,
    })
}

/// Why the addresses of this database cannot be worked with: they are sealed, and their key is not here. With what to do. A database of
/// which nothing is sealed yet takes the key that is here.
pub async fn wrong_key(app: &App) -> Result<Option<String>, StoreError> {
    let ours = app.sealing.as_ref().map(|sealing| sealing.index().to_owned());
    let theirs = match &ours {
        Some(ours) if !app.store.is_copy() => Some(app.store.shared_secret(INDEX, ours).await?),
        _ => app.store.shared(INDEX).await?,
    };
    Ok(theirs.filter(|theirs| Some(theirs) != ours.as_ref()).map(|theirs| {
        format!(
            "addresses in this database are sealed with the key {theirs}, which is not here: name its file with `--sealing-key FILE`, or \
             put its line back into that file; if it is lost for good, `whereabouts keys lost` goes on without those addresses"
        )
    }))
}

/// Is this the key that the addresses of the database are sealed with?
pub async fn sealed_with(app: &App, key: Option<&Sealing>) -> Result<bool, StoreError> {
    let theirs = app.store.shared(INDEX).await?;
    Ok(theirs.is_some() && theirs.as_deref() == key.map(Sealing::index))
}

/// Goes on with the key that is here, without what was sealed with another. False where there is no key.
pub async fn lost(app: &App) -> Result<bool, StoreError> {
    let Some(sealing) = &app.sealing else { return Ok(false) };
    if let Some(theirs) = app.store.shared(INDEX).await?.filter(|theirs| theirs != sealing.index()) {
        let before = app.store.shared(LOST).await?.unwrap_or_default();
        app.store.share(LOST, format!("{before} {theirs}").trim()).await?;
    }
    app.store.share(INDEX, sealing.index()).await?;
    Ok(true)
}

/// The short names of the keys that were noted as lost and are still not here: what they seal cannot be opened.
pub async fn keys_lost(app: &App) -> Result<Vec<String>, StoreError> {
    let noted = app.store.shared(LOST).await?.unwrap_or_default();
    let here = |name: &str| app.sealing.as_ref().is_some_and(|sealing| sealing.indexing(name).is_some());
    Ok(noted.split(' ').filter(|name| !name.is_empty() && !here(name)).map(String::from).collect())
}

/// How they stand, without changing anything.
pub async fn standing(app: &App) -> Result<Standing, StoreError> {
    let mut standing = Standing::default();
    for one in app.store.sealed().await? {
        let of = Of { what: &one.what, row: &one.row };
        match app.sealing().and_then(|sealing| sealing.open(of, &one.text)) {
            Ok(_) => {}
            Err(Shut::Plain) => standing.sealed += 1,
            Err(_) if one.what == TOTP => standing.apps_lost += 1,
            Err(_) => standing.providers_lost += 1,
        }
    }
    Ok(standing)
}
