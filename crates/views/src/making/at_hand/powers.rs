//! Legal powers: at the act they belong to, and running on the episode once begun.

use super::super::strip::Facts;
use super::Hand;
use crate::making::protocol::cited;
use crate::words::span;
use crate::{PowerRunning, ProtocolItem};
use engine::rulebook::{Block, Content, Rulebook, Runs};
use engine::time::Moment;

/// A power that ran out is shown for so many minutes more: somebody has to see that it did.
const AFTERWARDS: i64 = 2 * 1440;

impl Hand<'_> {
    /// The powers that belong to an act or to what is recorded, by the rulebooks that apply.
    pub fn powers(&self, action: Option<&str>, events: &[&str]) -> Vec<ProtocolItem> {
        let here = |at: &String| Some(at.as_str()) == action || events.contains(&at.as_str());
        let mut found: Vec<ProtocolItem> = Vec::new();
        for book in self.names.books() {
            let blocks =
                book.blocks.iter().filter(|b| matches!(&b.content, Content::Power { at, .. } if at.iter().any(here)));
            for item in blocks.map(|block| self.item(book, block)) {
                if !found.contains(&item) {
                    found.push(item);
                }
            }
        }
        found
    }
}

/// The powers that run in an episode. What begins is recorded by an event; the limit is the law's, so that it holds even where the
/// rulebook that prints it is another one.
pub(crate) fn running(facts: &Facts<'_>) -> Vec<PowerRunning> {
    let books = facts.names.books().iter().copied().chain(facts.names.all());
    let mut found: Vec<PowerRunning> = Vec::new();
    let mut begun: Vec<engine::vocabulary::EventId> = Vec::new();
    for book in books {
        for block in &book.blocks {
            let Content::Power { law, runs: Some(runs), .. } = &block.content else { continue };
            if !begun.contains(&runs.from) {
                begun.push(runs.from);
                found.extend(one(facts, (book, block), law, runs));
            }
        }
    }
    found
}

fn one(facts: &Facts<'_>, (book, block): (&Rulebook, &Block), law: &str, runs: &Runs) -> Option<PowerRunning> {
    let (lens, case) = (facts.lens, &facts.record.case);
    let entries =
        || case.entries.iter().filter(|e| e.episode == Some(facts.number) && !e.void && e.occurred <= lens.now);
    // What is only told on somebody's behalf may begin a power, so that nobody overlooks its end; it ends none, and is shown as told.
    let latest = entries().filter(|e| e.event == runs.from).max_by_key(|e| e.occurred)?;
    let began: Moment = latest.occurred;
    if entries().any(|e| Some(e.event) == runs.until && e.occurred >= began && !e.told) {
        return None;
    }
    let until = lens.face.calendar.add(began, runs.lasts);
    let left = until.minute() - lens.now.minute();
    if left < -AFTERWARDS {
        return None;
    }
    let words = if left >= 0 { format!("ends in {}", hours(left)) } else { format!("ran out {} ago", hours(-left)) };
    Some(PowerRunning {
        title: block.title.clone(),
        until: lens.face.when(until),
        left: words,
        told: if latest.told { told(facts, &latest.id) } else { String::new() },
        over: left < 0,
        law: law.into(),
        cited: cited(book, &block.cites),
    })
}

/// Who told that it began, and who has not confirmed it.
fn told(facts: &Facts<'_>, entry: &str) -> String {
    let role = facts.record.in_force(entry).and_then(|line| line.told_by);
    let role = role.and_then(|role| facts.names.vocabulary.word(role)).map(|word| facts.names.role(word));
    let writer =
        facts.record.written.get(entry).map(|written| written.name.to_string()).filter(|name| !name.is_empty());
    let by = writer.map(|name| format!(" by {name}")).unwrap_or_default();
    format!("Told{by}, not confirmed by {}", role.unwrap_or_else(|| "those who would know".into()))
}

/// In hours as the law counts them, and at the end in minutes too.
fn hours(minutes: i64) -> String {
    if minutes < 6 * 60 { span(minutes) } else { format!("{} h", minutes / 60) }
}
