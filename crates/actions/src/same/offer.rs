//! The records that may be of the same child.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, may_see, read_in, scope};
use crate::case::{Seen, seen};
use crate::lens::{framed, lens};
use crate::looks::{note, note_list};
use crate::refused::Result;
use casebook::likeness::{Likeness, Marks, compare, sought};
use policy::Act;
use views::{ChildHead, Viewer, making};

/// So many records are looked into at most, those that share most first; and so many are shown.
const LOOKED_INTO: i64 = 24;
const SHOWN: usize = 8;

/// A record that may be of the same child.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Offer {
    /// The child, as the viewer may see it: with the face, the age and where the child is placed.
    pub child: ChildHead,
    /// What speaks for it, in words.
    pub reasons: Vec<String>,
}

/// A page: which records may be of the same child, and which it holds.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pages {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The records that may be of the same child, the likeliest first.
    pub offers: Vec<Offer>,
    /// The records that were found to be of other children, as far as the viewer sees them.
    pub apart: Vec<Offer>,
    /// The records that were made one with this: the id, the name, and when.
    pub holds: Vec<(String, String)>,
    /// May the viewer make two records one, and take them apart?
    pub may_merge: bool,
    /// May the viewer say that two are two children?
    pub may_apart: bool,
}

/// What is offered, of what somebody typed or of a record.
pub(crate) fn offered(app: &App, actor: &Actor, found: &[(Seen, Likeness)]) -> Vec<Offer> {
    let lens = lens(app, actor);
    let offer = |(seen, like): &(Seen, Likeness)| Offer {
        child: making::head(&lens, &seen.record),
        reasons: like.reasons.iter().map(|reason| reason.words().to_string()).collect(),
    };
    found.iter().map(offer).collect()
}

/// The records that the person sees and that may be of the child of these marks, the likeliest first. `besides` is the record that is asked
/// about, if there is one.
pub(crate) async fn alike(
    app: &App,
    actor: &Actor,
    marks: &Marks,
    besides: Option<&str>,
) -> Result<Vec<(Seen, Likeness)>> {
    let keys: Vec<(String, String)> = sought(marks).into_iter().map(|key| (key.kind.to_string(), key.value)).collect();
    let ids = app.store.children_marked(&scope(app, actor), &keys, LOOKED_INTO).await?;
    let mut found = Vec::new();
    for id in ids.iter().filter(|id| Some(id.as_str()) != besides) {
        let Some(permit) = may_see(app, actor, id).await? else { continue };
        let seen = seen(app, permit).await?;
        if let Some(like) = compare(marks, &seen.marks) {
            found.push((seen, like));
        }
    }
    found.sort_by(|(one, a), (other, b)| (b.score, &one.record.id).cmp(&(a.score, &other.record.id)));
    found.truncate(SHOWN);
    Ok(found)
}

/// The record that this one was merged into, for whoever sees that one.
pub async fn onward(app: &App, actor: &Actor, child: &str) -> Result<Option<String>> {
    let other = read_in(app, child).await?;
    let sees = other != child && may_see(app, actor, &other).await?.is_some();
    Ok(sees.then_some(other))
}

/// Which records may be of the same child as this one, and which were made one with it.
pub async fn pages(app: &App, actor: &Actor, child: &str) -> Result<Pages> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, actor, &permit, "same").await?;
    let child = permit.child.clone();
    let may_merge = permit.may.acts.has(Act::Merge);
    let may_apart = permit.may.acts.has(Act::Keep);
    let own = seen(app, permit.clone()).await?;
    let found = alike(app, actor, &own.marks, Some(&child)).await?;
    let two = |seen: &Seen| own.apart.contains(&seen.record.id) || seen.apart.contains(&child);
    let (mut others, found): (Vec<_>, Vec<_>) = found.into_iter().partition(|(seen, _)| two(seen));
    for other in own.apart.iter().take(SHOWN) {
        // What was changed since may have made them unlike.
        if others.iter().any(|(seen, _)| seen.record.id == *other) {
            continue;
        }
        if let Some(permit) = may_see(app, actor, other).await? {
            let unlike = Likeness { score: 0, reasons: Vec::new() };
            others.push((seen(app, permit).await?, unlike));
        }
    }
    let shown = found.iter().chain(&others).map(|(seen, _)| seen.record.id.as_str());
    note_list(app, actor, &permit, "same", shown).await?;
    let mut holds = Vec::new();
    for held in &own.holds {
        let name = app.store.child_row(&held.child).await?.map(|row| row.name).unwrap_or_default();
        holds.push((held.child.clone(), name));
    }
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    Ok(Pages {
        viewer,
        child: making::head(&lens, &own.record),
        offers: offered(app, actor, &found),
        apart: offered(app, actor, &others),
        holds,
        may_merge,
        may_apart,
    })
}
