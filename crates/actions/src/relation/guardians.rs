//! Those who guard the records of an agency, and how they are told.

use crate::app::App;
use crate::refused::Result;
use std::collections::BTreeSet;
use store::{NewNotice, Person};

/// The ids of the guardians of these agencies. An agency that has nobody for it is guarded by those of the authority that leads.
pub(crate) async fn guardians(app: &App, agencies: &[&str]) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut lacking = false;
    for agency in agencies {
        let people = app.store.posted(agency, app.now_us()).await?;
        let before = found.len();
        found.extend(people.iter().filter(|p| guards(app, p)).map(|p| p.id.clone()));
        lacking |= found.len() == before;
    }
    if lacking {
        for agency in app.store.agencies().await? {
            if app.policies.roles().tie_of(&agency.kind) == policy::Tie::Lead {
                let people = app.store.posted(&agency.id, app.now_us()).await?;
                found.extend(people.iter().filter(|p| guards(app, p)).map(|p| p.id.clone()));
            }
        }
    }
    Ok(found)
}

/// The ids of the guardians of all agencies that work with a child.
pub(crate) async fn guardians_of(app: &App, child: &str) -> Result<BTreeSet<String>> {
    let agencies = app.store.agencies_of_child(child).await?;
    let agencies: Vec<&str> = agencies.iter().map(|agency| agency.id.as_str()).collect();
    guardians(app, &agencies).await
}

fn guards(app: &App, person: &Person) -> bool {
    app.policies.roles().is(&person.role, "guardians")
}

/// Tells people something. It names no child: the page that it leads to does, to whoever may see it.
pub(crate) async fn tell(app: &App, people: impl IntoIterator<Item = String>, says: &str, link: &str) -> Result<()> {
    let notice = |person: String| NewNotice { person, says: says.into(), link: link.into() };
    let notices: Vec<NewNotice> = people.into_iter().map(notice).collect();
    app.store.notices_put(&notices, app.now_us()).await?;
    Ok(())
}
