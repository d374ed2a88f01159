//! Until when one child's record is kept, by which law, and what was said of it.

use super::{HOLD, RELEASE, days};
use crate::app::{App, moment};
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::case::{Stays, stays};
use crate::lens::{framed, lens};
use crate::looks::note;
use crate::refused::Result;
use crate::setting::day;
use policy::Act;
use store::Keeping;
use views::Viewer;

/// The page.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Shown {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child's name.
    pub name: String,
    /// Until when, in a sentence.
    pub says: String,
    /// Every kind of record that it is, the longest first.
    pub kept: Vec<KeptLine>,
    /// What stands in the way of letting it go; empty where nothing does.
    pub stopped: Vec<String>,
    /// It may be said now that it may go: its time is over, or will be within thirty days.
    pub near: bool,
    /// Holds that stand.
    pub holds: Vec<Said>,
    /// Who said that it may go, and waits for another.
    pub release: Option<Said>,
    /// What stood before.
    pub before: Vec<Said>,
}

impl Shown {
    /// The viewer said that it may go.
    pub fn is_mine(&self) -> bool {
        self.release.as_ref().is_some_and(|said| said.mine)
    }
}

/// Until when a record is kept, by one kind that it is of.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeptLine {
    /// What kind of record it is.
    pub says: String,
    /// `5 May 2087: until the 75th birthday`.
    pub until: String,
    /// The law.
    pub law: String,
}

/// What somebody said of a record.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Said {
    /// Its id, for the form.
    pub id: String,
    /// `Held` or `May go`.
    pub what: String,
    /// Why.
    pub reason: String,
    /// By whom and when.
    pub by: String,
    /// By whom, when and why it was ended; empty while it stands.
    pub ended: String,
    /// The viewer said it.
    pub mine: bool,
}

/// What a record is, for whoever decides on it.
pub(super) struct Decided {
    pub stays: Stays,
    /// All that was said of it, and of what was merged into it.
    pub said: Vec<Keeping>,
    /// Why it cannot be let go; empty where it can.
    pub stopped: Vec<String>,
    pub near: bool,
    /// A hold stands.
    pub held: bool,
}

pub(super) async fn decided(app: &App, permit: &Permit) -> Result<Decided> {
    let stays = stays(app, permit).await?;
    let mut said = Vec::new();
    for record in &stays.records {
        said.extend(app.store.keepings_of_child(record).await?);
    }
    let (today, by) = days(app, app.now());
    let until = stays.until();
    let mut stopped = Vec::new();
    match &until {
        None => stopped.push("It cannot be told until when it is kept: the date of birth is not known.".into()),
        Some(until) if *until > today => stopped.push(format!("Its time is not over before {}.", day(until))),
        Some(_) => {}
    }
    if stays.open {
        stopped.push("The child is missing: an episode is open.".into());
    }
    let held = said.iter().any(|one| one.kind == HOLD && one.ended_us.is_none());
    if held {
        stopped.push("It is held.".into());
    }
    for record in &stays.records {
        for name in app.store.typing_of(record).await? {
            stopped.push(format!("{name} has begun a report that the child is missing, and has not sent it yet."));
        }
    }
    let near = until.is_some_and(|until| until <= by);
    Ok(Decided { stays, said, stopped, near, held })
}

impl Decided {
    /// Who said that it may go, and waits for another. What was said before the last entry counts no more.
    pub fn release(&self) -> Option<&Keeping> {
        let counts = |one: &&Keeping| one.kind == RELEASE && one.ended_us.is_none() && one.at_us >= self.stays.last_us;
        self.said.iter().find(counts)
    }
}

/// The page.
pub async fn show(app: &App, actor: &Actor, child: &str) -> Result<Shown> {
    let permit = authorise(app, actor, Verb::Do(Act::LetGo), Some(child)).await?;
    note(app, actor, &permit, "retention").await?;
    let lens = lens(app, actor);
    let decided = decided(app, &permit).await?;
    let release = decided.release().map(|one| one.id.clone());
    let Decided { stays, said, stopped, near, held: _ } = decided;
    let mut shown = Shown {
        viewer: framed(app, actor, &lens).await?,
        name: app.store.child_row(&permit.child).await?.map(|row| row.name).unwrap_or_default(),
        says: match stays.kept.first() {
            Some(one) => format!("It is kept until {}.", day(&one.until.to_string())),
            None => "It cannot be told yet until when it is kept.".into(),
        },
        stopped,
        near,
        ..Shown::default()
    };
    for one in &stays.kept {
        let until = format!("{}: {}", day(&one.until.to_string()), one.counted);
        shown.kept.push(KeptLine { says: one.says.clone(), until, law: one.law.clone() });
    }
    for one in said {
        let when = |us: i64| lens.face.when(moment(us)).words;
        let named = async |id: &str| -> Result<String> {
            Ok(app.store.person(id).await?.map(|person| person.name).unwrap_or_default())
        };
        let is_hold = one.kind == HOLD;
        let ended = match (&one.ended_by, one.ended_us) {
            (Some(by), Some(at)) => {
                let why = one.ended_why.as_deref().filter(|why| !why.is_empty());
                let why = why.map(|why| format!(": {why}")).unwrap_or_default();
                format!("{}, {}{why}", named(by).await?, when(at))
            }
            _ if !is_hold && release.as_ref() != Some(&one.id) => "more was recorded since".into(),
            _ => String::new(),
        };
        let said = Said {
            what: if is_hold { "Held" } else { "May go" }.into(),
            by: format!("{}, {}", named(&one.by_person).await?, when(one.at_us)),
            mine: one.by_person == actor.person,
            id: one.id,
            reason: one.reason,
            ended,
        };
        match (said.ended.is_empty(), is_hold) {
            (false, _) => shown.before.push(said),
            (true, true) => shown.holds.push(said),
            (true, false) => shown.release = Some(said),
        }
    }
    Ok(shown)
}
