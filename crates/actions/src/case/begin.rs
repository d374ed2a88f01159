//! What lists keep of a record that begins, and of one that time has changed.

use super::derive::{ChildBase, derive};
use super::whole::{Whole, read_all};
use crate::app::App;
use crate::refused::Result;
use store::{Derived, NewRow};

/// What lists keep of a new record of these rows.
///
/// # Errors
/// What is wrong with them.
pub(crate) async fn begun(
    app: &App,
    base: &ChildBase,
    rows: &[NewRow],
) -> Result<std::result::Result<Derived, String>> {
    let local = crate::setting::local_text(app).await?;
    let after = read_all(&app.rules, &base.id, &local, rows.iter().map(|r| (r.kind, r.payload.as_str())));
    Ok(after.map(|after| derive(&app.rules, base, &after.file, &after.case, app.now())))
}

/// Works out again what lists keep of a child. A record that cannot be read is said, and left.
pub(crate) async fn refresh(app: &App, child: &str) -> Result<()> {
    match Whole::stored(app, child).await? {
        Ok(whole) => {
            let derived = derive(&app.rules, &whole.base, &whole.file, &whole.case, app.now());
            app.store.refresh(child, whole.version, &derived).await?;
        }
        // One record that cannot be read must not keep the others waiting.
        Err(why) => tracing::error!(%child, %why, "the record cannot be read"),
    }
    Ok(())
}
