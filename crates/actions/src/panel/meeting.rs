//! A meeting of a panel: its agenda, papers, record, what it agreed, and who wrote what of it.

use super::form::find_meeting;
use super::show::{link, papers};
use super::{Agreed, Meeting, MeetingState, On, agenda, on};
use crate::app::{App, moment};
use crate::area::{Kept, Kind, agreed_line, by, history, kept};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::Result;
use policy::Act;
use views::making::protocol::cited;
use views::{AgendaPart, HistoryLine, Lens, MeetingPage, RecordPart};

/// The page.
pub async fn meeting(app: &App, actor: &Actor, book: &str, panel: &str, id: &str) -> Result<MeetingPage> {
    let on = on(app, actor, Act::Attend, book, panel).await?;
    let lens = lens(app, actor);
    let found = find_meeting(app, &on, id).await?;
    let mut actions = Vec::new();
    let agreed: Vec<Kept<Agreed>> = kept(app, &on.own.area, Kind::Agreed).await?;
    for one in agreed.iter().filter(|one| one.says.meeting == id) {
        actions.push(agreed_line(app, actor, &lens, &on.own, &one.says, &one.row.subject).await?);
    }
    let rows: Vec<Kept<Meeting>> = history(app, &on.own.area, Kind::Meeting).await?;
    let mut lines = Vec::new();
    for one in rows.iter().rev().filter(|one| one.row.subject == id) {
        lines.push(HistoryLine {
            at: lens.face.when(moment(one.row.at_us)),
            by: by(app, &one.row.by_person, &one.row.by_role).await?,
            says: one.says.act.clone(),
            why: one.says.why.clone(),
        });
    }
    let mut head = link(&lens, &on, &found);
    let parts = agenda(app, actor, &lens, &on, &found.says).await?;
    let over = found.says.state != MeetingState::ToCome;
    if !over {
        head.href = format!("{}/meetings/{id}", on.href());
    }
    Ok(MeetingPage {
        viewer: framed(app, actor, &lens).await?,
        panel: (on.href(), on.block.title.clone()),
        keeps: on.keeps,
        over,
        agenda: parts,
        record: record(&on, &found.says),
        papers: found.says.papers.clone(),
        registers: papers(&on),
        actions,
        history: lines,
        head,
    })
}

/// The agenda of a meeting: of one that was held whom it took up, before that whoever comes on it now; and who was raised by hand.
pub(super) async fn agenda(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    on: &On<'_>,
    meeting: &Meeting,
) -> Result<Vec<AgendaPart>> {
    let mut parts: Vec<AgendaPart> = Vec::new();
    match meeting.state {
        MeetingState::ToCome => parts.extend(agenda::drawn(app, actor, lens, on).await?),
        _ => {
            let mut titles: Vec<&String> = Vec::new();
            for (title, _) in &meeting.took_up {
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            for title in titles {
                let own = meeting.took_up.iter().filter(|(of, _)| of == title);
                let children = own.map(|(_, child)| (child.clone(), String::new())).collect();
                parts.push(agenda::kept(app, actor, title, children).await?);
            }
        }
    }
    parts.extend(agenda::raised(app, actor, &meeting.raised).await?);
    Ok(parts)
}

fn record(on: &On<'_>, meeting: &Meeting) -> Vec<RecordPart> {
    if meeting.state != MeetingState::Held {
        return Vec::new();
    }
    let plain =
        |label: &str, text: &str| RecordPart { label: label.into(), text: text.into(), ..RecordPart::default() };
    let mut parts = vec![plain("Who chaired", &meeting.chaired), plain("Who came", &meeting.attended)];
    if on.panel.confidentiality {
        parts.push(plain("Who signed the confidentiality agreement", &meeting.signed));
    }
    for (label, text) in &meeting.minutes {
        let column = on.panel.minutes.iter().find(|column| column.label == *label);
        let cited = column.map(|column| cited(on.own.book, &column.cites)).unwrap_or_default();
        parts.push(RecordPart { label: label.clone(), text: text.clone(), cited });
    }
    parts
}
