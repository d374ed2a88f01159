//! Contacts: whom to reach, and how. There is at least one way, and a telephone number is a number and nothing else.

use super::compile::Compiler;
use super::data::{Block, Contact, Content, Phone, Reached};
use super::model::Rulebook;
use super::source;

impl Compiler<'_> {
    pub(super) fn contact(&mut self, book: &Rulebook, contact: &source::Contact) -> Block {
        self.must_say("contact", &contact.id, "name", &contact.name);
        let role = contact.role.as_ref().and_then(|role| self.role(role));
        let mut phones: Vec<Phone> = Vec::new();
        for phone in &contact.phones {
            let number = phone.number.get_ref().trim();
            if !is_number(number) {
                let help =
                    "write the digits as published, with `ext. 12` or `option 1` if need be; words go into `says`";
                let message = format!("`{number}` is not one telephone number");
                self.wrong("R21", phone.number.span(), message, help);
            }
            if phones.iter().any(|p| p.number == number) {
                let message = format!("the contact has the number `{number}` twice");
                self.wrong("R21", phone.number.span(), message, "keep one");
            }
            let (says, hours) = (phone.says.clone(), phone.hours.clone());
            phones.push(Phone { number: number.into(), says, hours });
        }
        if phones.is_empty() && contact.email.is_none() && contact.address.is_none() && contact.web.is_none() {
            let help = "write phones, email, address or web; what gives no way to reach anybody is guidance";
            self.lacks("contact", &contact.id, "way to be reached", help);
        }
        let known =
            [("always", Reached::Always), ("office-hours", Reached::Office), ("out-of-hours", Reached::OutOfHours)];
        let reached = self.choice(contact.reached.as_ref(), &known, Reached::Always);
        let content = Content::Contact(Contact {
            role,
            phones,
            email: contact.email.clone(),
            address: contact.address.clone(),
            web: contact.web.clone(),
            hours: contact.hours.clone(),
            reached,
            helpline: contact.helpline,
        });
        let cites = self.cites(&contact.cite);
        let says = contact.says.as_deref().unwrap_or_default();
        let mut block = self.block(content, &contact.id, &contact.name, says, cites);
        block.as_of.clone_from(&contact.as_of);
        block.reading = self.reading(book, contact.reading.as_ref());
        block
    }
}

/// Digits in groups, with at most one extension or menu choice after them.
fn is_number(text: &str) -> bool {
    let (main, more) = [" ext. ", " option "].iter().find_map(|word| text.split_once(word)).unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    main.strip_prefix('+').unwrap_or(main).split(' ').all(digits) && main.len() >= 3 && digits(more)
}
