//! Who works with a child, since when and until when; who must not see; what waits for an answer.

use crate::agency::told_apart;
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::case::{Purpose, load};
use crate::cover;
use crate::lens::lens;
use crate::looks::note;
use crate::refused::Result;
use crate::relation::moved::{LIVED_THERE, LIVES_THERE, NEVER_WAS};
use crate::relation::withheld_from;
use policy::{Act, Class, Tie};
use store::Request;
use views::Lens;

/// A relation, in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Related {
    /// Its id.
    pub id: String,
    /// The agency's or the person's name.
    pub who: String,
    /// What they are to the child.
    pub what: String,
    /// Since when.
    pub from: String,
    /// Until when; empty while it lasts.
    pub until: String,
    /// Why.
    pub reason: String,
    /// It can be ended.
    pub lasts: bool,
}

/// Something that waits for an answer, or was answered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Asking {
    /// Its id.
    pub id: String,
    /// `ask`, `glass` or `second`.
    pub kind: String,
    /// Who.
    pub who: String,
    /// Of which agency.
    pub agency: String,
    /// Why, in their words.
    pub reason: String,
    /// When.
    pub at: String,
    /// What came of it; empty while it waits.
    pub answer: String,
    /// The viewer may answer it.
    pub may_answer: bool,
}

/// Who works with a child.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Working {
    /// The child's name.
    pub child_name: String,
    /// Those who do, and those who did.
    pub related: Vec<Related>,
    /// Who must not see; only for those who may say so.
    pub barred: Vec<Related>,
    /// What was asked for.
    pub asked: Vec<Asking>,
    /// May the viewer begin and end relations?
    pub may_relate: bool,
    /// May the viewer bar?
    pub may_bar: bool,
    /// Does the viewer decide how long the record is kept?
    pub may_let_go: bool,
    /// May the viewer see who has looked?
    pub may_see_looks: bool,
    /// Agencies to be chosen from: id and name.
    pub agencies: Vec<(String, String)>,
    /// People of the child's agencies: id, and name with the role.
    pub people: Vec<(String, String)>,
    /// Places that can be withheld: id and name.
    pub places: Vec<(String, String)>,
    /// Places that are withheld, for those who would see them otherwise: id, and why.
    pub withheld: Vec<(String, String)>,
}

/// Who works with a child, for those who see it.
pub async fn working(app: &App, actor: &Actor, child: &str) -> Result<Working> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, actor, &permit, "relations").await?;
    let lens = lens(app, actor);
    let acts = permit.may.acts;
    let mut found = Working {
        child_name: app.store.child_row(child).await?.map(|row| row.name).unwrap_or_default(),
        may_relate: acts.has(Act::Relate),
        may_bar: acts.has(Act::Bar),
        may_see_looks: acts.has(Act::Looks),
        may_let_go: acts.has(Act::LetGo),
        ..Working::default()
    };
    let agencies = app.store.agencies().await?;
    let (whereabouts, withheld) =
        (permit.may.see.has(Class::Whereabouts), !withheld_from(app, &permit).await?.is_empty());
    for one in app.store.relations_of_child(child).await? {
        let barred = one.kind == Tie::Barred.word();
        // Who must not see is told to those alone who decide on it; to whom one person's access was given, to those who work with the child.
        let sees_people = found.may_see_looks || found.may_relate || permit.may.see.has(Class::Words);
        if barred && !found.may_bar || one.person_id.is_some() && !barred && !sees_people {
            continue;
        }
        let agency = agencies.iter().find(|a| Some(&a.id) == one.agency_id.as_ref());
        let tie = Tie::of(&one.kind).unwrap_or_else(|| app.policies.roles().tie_of(agency.map_or("", |a| &a.kind)));
        // Who cares for a child, and its school, say where the child is.
        let tells = matches!(tie, Tie::Placement | Tie::Host | Tie::School);
        if tells && (!whereabouts || withheld) && one.agency_id.as_deref() != Some(&actor.agency) {
            continue;
        }
        let who = match (&one.person_id, agency) {
            (Some(id), _) => app.store.person(id).await?.map(|p| p.name).unwrap_or_default(),
            (None, agency) => agency.map(|a| a.name.clone()).unwrap_or_default(),
        };
        let over = one.until_us.is_some_and(|at| at <= app.now_us());
        let lived = over && one.reason == LIVES_THERE;
        let did = if over { were(tie) } else { words(tie) };
        let line = Related {
            id: one.id,
            who,
            what: if over && one.reason == NEVER_WAS { format!("never {did}") } else { did.into() },
            from: if one.from_us == 0 { String::new() } else { lens.face.when(moment(one.from_us)).words },
            until: one.until_us.map(|at| lens.face.when(moment(at)).words).unwrap_or_default(),
            reason: if lived { LIVED_THERE.into() } else { one.reason },
            lasts: one.until_us.is_none(),
        };
        if barred { found.barred.push(line) } else { found.related.push(line) }
    }
    for request in app.store.requests_of_child(child).await? {
        let rests = request.kind == "ask" && cover::rests(app, &actor.role, actor.area());
        let may = may_answer(acts, &request) && request.person_id != actor.person && !rests;
        if may || request.person_id == actor.person || found.may_see_looks {
            found.asked.push(asking(app, &lens, request, may).await?);
        }
    }
    if permit.may.see.has(Class::Whereabouts) {
        found.withheld = app.store.withheld(child).await?.into_iter().map(|w| (w.place, w.reason)).collect();
    }
    if found.may_bar {
        for agency in app.store.agencies_of_child(child).await? {
            let people = app.store.posted(&agency.id, app.now_us()).await?.into_iter();
            found.people.extend(people.map(|p| (p.id, format!("{}, {}", p.name, app.role(&p.role).1))));
        }
        let seen = load(app, actor, child, Purpose::see("relations")).await?;
        // What began last first: it is where the child lives, and what is meant to be withheld.
        let named = seen.file.placements.iter().rev().filter_map(|p| Some((p.id.clone(), p.name.clone()?)));
        found.places = named.collect();
    }
    if found.may_relate || found.may_bar {
        let called = told_apart(app, &agencies.iter().collect::<Vec<_>>()).await?;
        found.agencies = agencies.into_iter().zip(called).map(|(agency, called)| (agency.id, called)).collect();
    }
    Ok(found)
}

fn may_answer(acts: policy::Acts, request: &Request) -> bool {
    let act = match request.kind.as_str() {
        "ask" => Act::Answer,
        "glass" => Act::Review,
        _ => Act::Second,
    };
    request.answered_us.is_none() && acts.has(act)
}

async fn asking(app: &App, lens: &Lens<'_>, request: Request, may_answer: bool) -> Result<Asking> {
    let who = app.store.person(&request.person_id).await?.map(|p| p.name).unwrap_or_default();
    let answer = request.answer.as_deref().map(|answer| {
        let words = super::OUTCOMES.iter().find(|(word, _)| *word == answer).map_or(answer, |(_, words)| words);
        match request.words.as_deref().unwrap_or_default() {
            "" => words.to_string(),
            more => format!("{words}: {more}"),
        }
    });
    Ok(Asking {
        at: lens.face.when(moment(request.at_us)).words,
        agency: app.agency_name(&request.agency_id).await?,
        answer: answer.unwrap_or_default(),
        id: request.id,
        kind: request.kind,
        reason: request.reason,
        who,
        may_answer,
    })
}

/// What somebody is to a child, in words.
pub(crate) fn words(tie: Tie) -> &'static str {
    match tie {
        Tie::Placement => "cares for the child",
        Tie::Allocation => "is the child's social work team",
        Tie::Lead => "is the responsible authority",
        Tie::Host => "is the authority where the child lives",
        Tie::Episode => "looks for the child",
        Tie::Plan => "has a part in the child's plan",
        Tie::Panel => "discusses the child in a panel",
        Tie::Review => "reviews the child's care",
        Tie::School => "is the child's school",
        Tie::Joined => "works with the child",
        Tie::Asked => "was given access",
        Tie::Glass => "broke the glass",
        Tie::Grace => "is finishing what is owed",
        Tie::Area => "sees the whole area",
        Tie::Barred => "must not see",
    }
}

/// What somebody was to a child, in words.
fn were(tie: Tie) -> &'static str {
    match tie {
        Tie::Placement => "cared for the child",
        Tie::Allocation => "was the child's social work team",
        Tie::Lead => "was the responsible authority",
        Tie::Host => "was the authority where the child lived",
        Tie::Episode => "looked for the child",
        Tie::Plan => "had a part in the child's plan",
        Tie::Panel => "discussed the child in a panel",
        Tie::Review => "reviewed the child's care",
        Tie::School => "was the child's school",
        Tie::Joined => "worked with the child",
        // These say already that it is over, or are of one moment.
        Tie::Asked | Tie::Glass => words(tie),
        Tie::Grace => "finished what was owed",
        Tie::Area => "saw the whole area",
        Tie::Barred => "was not to see",
    }
}
