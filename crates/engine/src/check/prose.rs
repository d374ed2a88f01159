//! R22: a telephone number stands in the `phones` of a contact, never in prose, where nobody can press it.

use crate::diagnostic::{Diagnostic, Place};
use crate::rulebook::{Content, Exception, Item, Rulebook};

pub(super) fn check(book: &Rulebook, found: &mut Vec<Diagnostic>) {
    let mut see = |text: &str, place: &Place| {
        if let Some(number) = number_in(text) {
            let help = "write it in `phones` of a [[contact]], and leave it out here";
            found.push(Diagnostic::error(
                "R22",
                place.clone(),
                format!("`{number}` looks like a telephone number"),
                help,
            ));
        }
    };
    for rule in &book.rules {
        see(&rule.says, &rule.place);
        see(rule.label.as_deref().unwrap_or_default(), &rule.place);
        see(rule.reading.as_deref().unwrap_or_default(), &rule.place);
        items(&rule.checklist, &rule.place, &mut see);
        exceptions(&rule.exceptions, &mut see);
    }
    for table in &book.tables {
        see(&table.says, &table.place);
    }
    for verdict in &book.verdicts {
        see(&verdict.says, &verdict.place);
        see(&verdict.instead, &verdict.place);
    }
    for permission in &book.permissions {
        see(&permission.says, &permission.place);
    }
    for reading in &book.readings {
        [&reading.says, &reading.why, &reading.otherwise].into_iter().for_each(|text| see(text, &reading.place));
    }
    for block in &book.blocks {
        see(&block.title, &block.place);
        see(&block.says, &block.place);
        match &block.content {
            Content::Form(form) => {
                for field in &form.fields {
                    see(&field.label, &block.place);
                    see(field.help.as_deref().unwrap_or_default(), &block.place);
                }
            }
            Content::Register(register) => register.columns.iter().for_each(|c| see(&c.label, &block.place)),
            Content::Panel(panel) => {
                panel.agenda.iter().for_each(|item| see(&item.says, &block.place));
                panel.minutes.iter().for_each(|column| see(&column.label, &block.place));
            }
            Content::Contact(contact) => {
                let of = contact.phones.iter().flat_map(|p| [&p.says, &p.hours]);
                for text in of.chain([&contact.hours, &contact.address]).flatten() {
                    see(text, &block.place);
                }
            }
            _ => {}
        }
    }
}

fn items(list: &[Item], place: &Place, see: &mut impl FnMut(&str, &Place)) {
    list.iter().for_each(|item| see(&item.text, place));
}

fn exceptions(list: &[Exception], see: &mut impl FnMut(&str, &Place)) {
    for exception in list {
        see(exception.says.as_deref().unwrap_or_default(), &exception.place);
        see(exception.label.as_deref().unwrap_or_default(), &exception.place);
        items(&exception.checklist, &exception.place, see);
        exceptions(&exception.exceptions, see);
    }
}

/// Six digits or more, in groups that a space or a hyphen parts. A date such as `2011-09-01` is none.
fn number_in(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let mut digits = 0;
        while at < bytes.len() {
            if bytes[at].is_ascii_digit() {
                digits += 1;
            } else if !(matches!(bytes[at], b' ' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)) {
                break;
            }
            at += 1;
        }
        // Only digits, spaces and hyphens stand between the two, so both are at the edge of a character.
        let run = &text[start..at];
        if digits >= 6 && !is_date(run) {
            return Some(run);
        }
    }
    None
}

fn is_date(run: &str) -> bool {
    let parts: Vec<usize> = run.split('-').map(str::len).collect();
    !run.contains(' ') && matches!(parts[..], [4, 2] | [4, 2, 2])
}

#[cfg(test)]
mod tests {
    use super::number_in;

    #[test]
    fn numbers_are_told_from_dates_and_paragraphs() {
        assert_eq!(number_in("Ring 01632 960199 by day."), Some("01632 960199"));
        assert_eq!(number_in("116 000"), Some("116 000"));
        assert_eq!(number_in("0808-157-0123."), Some("0808-157-0123"));
        for fine in
            ["Ring 999.", "since 2011-09-01", "in 2011-09", "section 47, 24.2 and 72 hours", "17:30 to 09:00", ""]
        {
            assert_eq!(number_in(fine), None, "{fine}");
        }
    }
}
