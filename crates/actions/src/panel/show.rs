//! A panel: who is on it, who comes on its agenda now, its meetings, what it agreed.

use super::{Agreed, Meeting, MeetingState, On, agenda, on};
use crate::app::{App, moment};
use crate::area::{Kept, Kind, agreed_line, duties, kept, register_link};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::Result;
use casebook::command::labels::capital;
use engine::rulebook::BlockKind;
use policy::Act;
use views::making::protocol::cited;
use views::words::{Names, short_title};
use views::{AreaState, Lens, MeetingLink, Member, PanelPage, RegisterLink};

/// So many past meetings are listed.
const PAST: usize = 60;

/// The page.
pub async fn show(app: &App, actor: &Actor, book: &str, panel: &str) -> Result<PanelPage> {
    let on = on(app, actor, Act::Attend, book, panel).await?;
    let lens = lens(app, actor);
    let all: Vec<Kept<Meeting>> = kept(app, &on.own.area, Kind::Meeting).await?;
    let own = all.iter().filter(|one| one.says.book == on.own.book.id && one.says.panel == on.block.id);
    let (mut to_come, mut past): (Vec<&Kept<Meeting>>, Vec<&Kept<Meeting>>) =
        own.partition(|one| one.says.state == MeetingState::ToCome);
    to_come.sort_by_key(|one| one.says.at_us);
    past.sort_by_key(|one| std::cmp::Reverse(one.says.at_us));
    let mut parts = agenda::drawn(app, actor, &lens, &on).await?;
    let raised = to_come.first().map(|one| one.says.raised.clone()).unwrap_or_default();
    parts.extend(agenda::raised(app, actor, &raised).await?);
    let asked = duties(app, &lens, &on.own).await?.into_iter().map(|(_, line)| line);
    let asked = asked.filter(|line| line.href == on.href() && line.state != AreaState::Done).collect();
    let mut actions = Vec::new();
    let agreed: Vec<Kept<Agreed>> = kept(app, &on.own.area, Kind::Agreed).await?;
    for one in agreed
        .iter()
        .filter(|one| one.says.book == on.own.book.id && one.says.panel == on.block.id && one.says.done_us.is_none())
    {
        actions.push(agreed_line(app, actor, &lens, &on.own, &one.says, &one.row.subject).await?);
    }
    actions.sort_by_key(|line| (line.state, line.limit.at.as_ref().map_or(i64::MAX, |at| at.minutes)));
    Ok(PanelPage {
        viewer: framed(app, actor, &lens).await?,
        href: on.href(),
        title: on.block.title.clone(),
        protocol: (short_title(on.own.book), on.own.book.id.clone()),
        says: on.block.says.clone(),
        cited: cited(on.own.book, &on.block.cites),
        members: members(app, &on).await?,
        keeps: on.keeps,
        confidentiality: on.panel.confidentiality,
        agenda: parts,
        asked,
        to_come: to_come.into_iter().map(|one| link(&lens, &on, one)).collect(),
        past: past.into_iter().take(PAST).map(|one| link(&lens, &on, one)).collect(),
        actions,
        papers: papers(&on),
    })
}

/// The registers that are papers of a panel.
pub(super) fn papers(on: &On<'_>) -> Vec<RegisterLink> {
    let named =
        |id: &&String| on.own.book.blocks.iter().find(|one| one.kind() == BlockKind::Register && one.id == **id);
    on.panel.papers.iter().filter_map(|id| named(&id)).map(|block| register_link(&on.own.book.id, block)).collect()
}

/// A meeting in a list.
pub(super) fn link(lens: &Lens<'_>, on: &On<'_>, one: &Kept<Meeting>) -> MeetingLink {
    let at = lens.face.when(moment(one.says.at_us));
    let state = match one.says.state {
        MeetingState::Held => "Held",
        MeetingState::CalledOff => "Called off",
        MeetingState::ToCome if at.minutes < 0 => "To be recorded",
        MeetingState::ToCome => "To come",
    };
    MeetingLink {
        href: format!("{}/meetings/{}", on.href(), one.row.subject),
        at,
        place: one.says.place.clone(),
        state: state.into(),
    }
}

/// Who holds a role in the area of a panel now: id, name, agency.
pub(super) async fn holders(app: &App, on: &On<'_>, role: &str) -> Result<Vec<(String, String, String)>> {
    let mut found = Vec::new();
    for held in app.store.holders(role, app.now_us()).await? {
        if held.agency_area.as_deref() != Some(on.own.book.area.as_str()) {
            continue;
        }
        let Some(person) = app.store.person(&held.post.person).await?.filter(|person| person.active) else { continue };
        found.push((person.id, person.name, held.agency_name));
    }
    Ok(found)
}

async fn members(app: &App, on: &On<'_>) -> Result<Vec<Member>> {
    let names = Names::of_book(&app.rules, on.own.book);
    let mut found = Vec::new();
    for (role, chairs) in
        on.panel.chair.iter().map(|role| (role, true)).chain(on.panel.members.iter().map(|role| (role, false)))
    {
        let people = holders(app, on, role).await?.into_iter().map(|(_, name, agency)| format!("{name} ({agency})"));
        found.push(Member { post: capital(&names.role(role)), chairs, people: people.collect() });
    }
    Ok(found)
}
