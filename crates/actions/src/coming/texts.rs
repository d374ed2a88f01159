//! Texts of cells: dates in the order that a mapping says, times, postcodes, formulas.

use super::mapping::Order;
use std::borrow::Cow;

/// What was perhaps meant, to follow what is wrong.
pub(super) fn like<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let like = engine::words::did_you_mean(text, known);
    if like.is_empty() { like } else { format!("; {like}") }
}

pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Would a spreadsheet carry it out? A telephone number that begins with `+` and a number below nothing are texts.
pub(super) fn dangerous(text: &str) -> bool {
    let mut signs = text.chars();
    match signs.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => text.contains(['(', '!', '|', '=']) && text.contains(|c: char| c.is_ascii_alphabetic()),
        _ => false,
    }
}

/// A text that a spreadsheet would carry out, behind an apostrophe: then it is a text to it.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if dangerous(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text behind the apostrophe that `quoted` put before it.
pub(super) fn unquoted(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| dangerous(rest)).unwrap_or(text)
}

/// A date as `2011-05-02`, in the order that the mapping says.
pub(super) fn date(text: &str, order: Option<Order>) -> Result<String, String> {
    let text = text.trim();
    let day = text.split([' ', 'T']).next().unwrap_or(text);
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let [one, two, three] = parts[..] else {
        return Err(format!("`{}` is no date; write it as in 31/01/2026 or 2026-01-31", short(text)));
    };
    let (year, month, day) = match order {
        _ if one.len() == 4 => (one, two, three),
        Some(Order::DayFirst) => (three, two, one),
        Some(Order::MonthFirst) => (three, one, two),
        Some(Order::YearFirst) => {
            return Err(format!("`{}` does not begin with the year, as the mapping says that dates do", short(text)));
        }
        None => {
            return Err(format!(
                "`{}` may begin with the day or with the month; say `dates = \"day/month/year\"` or `\"month/day/year\"` in the mapping",
                short(text)
            ));
        }
    };
    if year.len() != 4 {
        return Err(format!("`{}` has no year of four figures", short(text)));
    }
    if let (Some(order), Ok(at @ 13..)) = (order, month.parse::<u32>()) {
        let said = if order == Order::MonthFirst { "the month" } else { "the day" };
        return Err(format!(
            "`{}` has {at} where the month should be: the mapping says that {said} comes first; check which is so",
            short(text)
        ));
    }
    casebook::command::time::date(day, month, year).map_err(|wrong| format!("`{}`: {}", short(text), wrong.says))
}

pub(super) fn clock(text: &str) -> Result<(i8, i8), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((0, 0));
    }
    let mut parts = text.split(':');
    let mut part = || parts.next().and_then(|part| part.trim().parse::<i8>().ok());
    match (part(), part()) {
        (Some(hour @ 0..=23), Some(minute @ 0..=59)) => Ok((hour, minute)),
        _ => Err(format!("`{}` is no time of day; write it as in 17:30", short(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_date_is_never_guessed() {
        assert_eq!(date("05/02/2011", Some(Order::DayFirst)), Ok("2011-02-05".into()));
        assert_eq!(date("05/02/2011", Some(Order::MonthFirst)), Ok("2011-05-02".into()));
        assert_eq!(date("2011-05-02", None), Ok("2011-05-02".into()));
        assert!(date("05/02/2011", None).unwrap_err().contains("day or with the month"));
        assert!(date("05/22/2011", Some(Order::DayFirst)).unwrap_err().contains("the day comes first"));
        assert!(date("31/02/2011", Some(Order::DayFirst)).is_err());
        assert!(date("1/2/11", Some(Order::DayFirst)).unwrap_err().contains("four figures"));
        assert!(date("soon", Some(Order::DayFirst)).is_err());
    }

    #[test]
    fn what_is_quoted_comes_back_as_it_was() {
        for text in ["=1+1", "@SUM(A1)", "Anne-Marie", "'t Hooft", "+44 7700 900123", ""] {
            assert_eq!(unquoted(&quoted(text)), text);
            assert!(!dangerous(&quoted(text)), "{text}");
        }
    }

    #[test]
    fn formulas_are_told_from_texts() {
        for text in ["=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "-2+cmd(1)"] {
            assert!(dangerous(text), "{text}");
        }
        for text in ["+44 7700 900123", "-3", "Anne-Marie", "a=b", "- seen at the station"] {
            assert!(!dangerous(text), "{text}");
        }
    }
}
