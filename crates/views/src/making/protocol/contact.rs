//! Whom to reach: a contact of a rulebook as a card, with its numbers as they are dialled.

use super::blocks::of;
use super::{Maker, cited};
use crate::words::short_title;
use crate::{ContactCard, PhoneLine, ProtocolItem, ProtocolSection};
use engine::rulebook::{Block, BlockKind, Contact, Content, Phone, Reached, Rulebook};

/// Those who are told, then lines for children, families and the public.
pub(super) fn sections(maker: &Maker<'_>) -> Vec<ProtocolSection> {
    let cards = || of(maker.book, BlockKind::Contact).filter_map(|block| card(maker.book, block));
    let item = |card: ContactCard| ProtocolItem { contact: Some(card), ..ProtocolItem::default() };
    let section = |title: &str, helpline: bool| ProtocolSection {
        title: title.into(),
        items: cards().filter(|card| card.helpline == helpline).map(item).collect(),
    };
    let all = [
        section("Agencies and teams", false),
        section("Helplines for children, families and those who work with them", true),
    ];
    all.into_iter().filter(|section| !section.items.is_empty()).collect()
}

/// A contact as it is shown; none for another block.
pub fn card(book: &Rulebook, block: &Block) -> Option<ContactCard> {
    let Content::Contact(contact) = &block.content else { return None };
    let reached = match contact.reached {
        Reached::Always => "",
        Reached::Office => "In office hours",
        Reached::OutOfHours => "Out of hours",
    };
    Some(ContactCard {
        id: block.id.clone(),
        area: book.area.clone(),
        newer: None,
        newer_words: String::new(),
        name: block.title.clone(),
        rulebook: short_title(book),
        reached: reached.into(),
        hours: contact.hours.clone().unwrap_or_default(),
        says: block.says.clone(),
        phones: contact.phones.iter().map(phone).collect(),
        email: contact.email.clone().unwrap_or_default(),
        address: contact.address.clone().unwrap_or_default(),
        web: web(contact),
        as_of: block.as_of.as_deref().map(printed).unwrap_or_default(),
        helpline: contact.helpline,
        cited: cited(book, &block.cites),
    })
}

fn web(contact: &Contact) -> String {
    contact.web.clone().unwrap_or_default()
}

/// `As printed in 2018-01`, with the month in words.
fn printed(as_of: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    if as_of == "undated" {
        return "As printed, without a date".into();
    }
    let month = as_of.split_once('-').and_then(|(year, month)| {
        let name = MONTHS.get(month.get(..2)?.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{name} {year}"))
    });
    format!("As printed in {}", month.as_deref().unwrap_or(as_of))
}

fn phone(phone: &Phone) -> PhoneLine {
    let notes = [phone.says.as_deref(), phone.hours.as_deref()];
    PhoneLine {
        number: phone.number.clone(),
        dial: dial(&phone.number),
        note: notes.into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

/// Digits alone; an extension after a pause. What a menu asks for is pressed by whoever hears it.
pub fn dial(number: &str) -> String {
    let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect::<String>();
    match number.split_once(" ext. ") {
        Some((main, extension)) => format!("{},{}", digits(main), digits(extension)),
        None => digits(number.split(" option ").next().unwrap_or(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_as_it_is_published() {
        assert_eq!(dial("0300 126 1000"), "03001261000");
        assert_eq!(dial("101 ext. 341015"), "101,341015");
        assert_eq!(dial("0300 126 1000 option 1"), "03001261000");
        assert_eq!(dial("+44 1632 960199"), "+441632960199");
    }

    #[test]
    fn the_date_of_a_printed_number_is_said_in_words() {
        assert_eq!(printed("2018-01"), "As printed in January 2018");
        assert_eq!(printed("2015"), "As printed in 2015");
        assert_eq!(printed("undated"), "As printed, without a date");
    }
}
