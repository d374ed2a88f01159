//! The page on what an area keeps and asks: one's panels, one's registers, what is asked of one for the area.

use super::{Kind, asked, is_among, kept, own};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::{framed, lens};
use crate::panel::{Meeting, MeetingState, is_member};
use crate::refused::Result;
use engine::rulebook::{Among, Content};
use policy::Act;
use views::words::short_title;
use views::{AreaPage, AreaState, PanelLink, RegisterLink};

/// The page.
pub async fn page(app: &App, actor: &Actor) -> Result<AreaPage> {
    let permit = authorise(app, actor, Verb::Do(Act::Attend), None).await?;
    let lens = lens(app, actor);
    let (mut panels, mut registers, mut area) = (Vec::new(), Vec::new(), Vec::new());
    for own in own(app, actor) {
        area.push(short_title(own.book));
        let meetings: Vec<super::Kept<Meeting>> = kept(app, &own.area, Kind::Meeting).await?;
        for block in &own.book.blocks {
            match &block.content {
                Content::Panel(panel) if is_member(app, actor, panel) => {
                    let to_come = meetings.iter().map(|one| &one.says).filter(|one| {
                        one.book == own.book.id && one.panel == block.id && one.state == MeetingState::ToCome
                    });
                    let next = to_come.map(|one| one.at_us).filter(|at| *at >= app.now_us()).min();
                    panels.push(PanelLink {
                        href: format!("/panels/{}/{}", own.book.id, block.id),
                        title: block.title.clone(),
                        protocol: short_title(own.book),
                        says: block.says.clone(),
                        next: next.map(|at| lens.face.when(moment(at))),
                    });
                }
                Content::Register(register)
                    if register.among != Among::Record && is_among(app, actor, &register.who) =>
                {
                    registers.push(register_link(&own.book.id, block));
                }
                _ => {}
            }
        }
    }
    let lines = asked(app, actor, &lens).await?;
    let (done, asked) = lines.into_iter().partition(|line| line.state == AreaState::Done);
    Ok(AreaPage {
        viewer: framed(app, actor, &lens).await?,
        area: area.join(", "),
        panels,
        registers,
        asked,
        settles: permit.may.acts.has(Act::Settle),
        done,
    })
}

/// A register in a list.
pub(crate) fn register_link(book: &str, block: &engine::rulebook::Block) -> RegisterLink {
    RegisterLink {
        href: format!("/registers/{book}/{}", block.id),
        title: block.title.clone(),
        says: block.says.clone(),
    }
}
