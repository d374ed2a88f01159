//! Numbers that have changed since a protocol was printed: beside the printed ones, both with their dates.

use crate::app::App;
use crate::authorise::Actor;
use crate::refused::Result;
use std::sync::PoisonError;
use views::{ContactCard, PhoneLine, Ringing};

/// Puts the newer numbers on cards.
pub(crate) async fn newer<'c>(app: &App, cards: impl Iterator<Item = &'c mut ContactCard>) -> Result<()> {
    super::heads(app).await?;
    newest_known(app, cards);
    Ok(())
}

/// The same by what was read last, a minute ago while the database is there: for while it is away.
pub(crate) fn newest_known<'c>(app: &App, cards: impl Iterator<Item = &'c mut ContactCard>) {
    let set = app.set.lock().unwrap_or_else(PoisonError::into_inner);
    if set.newer.is_empty() {
        return;
    }
    for card in cards {
        let Some(set) = set.newer.get(&(card.area.clone(), card.id.clone())) else { continue };
        card.newer = Some(PhoneLine {
            number: set.value.clone(),
            dial: views::making::protocol::dial(&set.value),
            note: set.note.clone(),
        });
        card.newer_words = format!("Newer, since {}, from {}", day(&set.since), set.source);
    }
}

/// Puts what an area has set beside whom to ring: newer numbers, and the help line of the area that somebody works in.
pub(crate) async fn at_hand(app: &App, actor: &Actor, ringing: &mut Ringing) -> Result<()> {
    newer(app, ringing.cards_mut()).await?;
    let area = actor.area();
    let Some(area) = area.filter(|_| !ringing.lines.is_empty() || !ringing.helplines.is_empty()) else { return Ok(()) };
    if let Some(said) = super::helpline(app, area).await? {
        ringing.helplines.insert(
            0,
            ContactCard {
                name: "Help line of the area".into(),
                says: said.text,
                as_of: format!("Since {}", day(&said.since)),
                helpline: true,
                ..ContactCard::default()
            },
        );
    }
    Ok(())
}

/// A day in words.
pub(crate) fn day(iso: &str) -> String {
    // Parsed with the type that a value holds, so that the calendar library need not be named.
    match iso.parse().map(engine::value::Value::Date) {
        Ok(engine::value::Value::Date(date)) => date.strftime("%-d %B %Y").to_string(),
        _ => iso.to_string(),
    }
}
