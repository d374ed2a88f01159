//! Splits a condition into tokens, each with its place in the text.

use super::Problem;

#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token<'a> {
    Word(&'a str),
    Quoted(&'a str),
    /// A number and the unit that follows it, if any: `72h`, `7 days`, `18`; or a date: `2026-12-01`.
    Amount(&'a str),
    Sign(&'static str),
    End,
}

pub(super) fn tokens(text: &str) -> Result<Vec<(Token<'_>, usize)>, Problem> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        let token = if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        } else if let Some(sign) = SIGNS.iter().find(|s| text[at..].starts_with(**s)) {
            at += sign.len();
            Token::Sign(sign)
        } else if c == '"' {
            let end = text[at + 1..]
                .find('"')
                .ok_or_else(|| Problem::at(start, "the quotation mark is not closed", "add a `\"`"))?;
            at += end + 2;
            Token::Quoted(&text[start + 1..at - 1])
        } else if c.is_ascii_digit() {
            at += date_len(&text[at..]).unwrap_or_else(|| amount_len(&text[at..]));
            Token::Amount(text[start..at].trim_end())
        } else if c.is_ascii_alphabetic() {
            at += text[at..]
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
                .unwrap_or(text.len() - at);
            Token::Word(&text[start..at])
        } else {
            return Err(Problem::at(
                start,
                format!("`{c}` has no meaning in a condition"),
                "see docs/rulebook-language.md, Conditions",
            ));
        };
        found.push((token, start));
    }
    found.push((Token::End, text.len()));
    Ok(found)
}

const SIGNS: [&str; 11] = ["!=", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","];
const UNITS: [&str; 10] = ["working days", "working day", "months", "month", "weeks", "week", "days", "day", "h", "m"];

/// Length of a date such as `2026-12-01`.
fn date_len(text: &str) -> Option<usize> {
    let shape = |(i, b): (usize, u8)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() };
    (text.len() >= 10 && text.bytes().take(10).enumerate().all(shape)).then_some(10)
}

/// Length of a number with its unit: the unit may follow directly or after one space.
fn amount_len(text: &str) -> usize {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let rest = text[digits..].strip_prefix(' ').unwrap_or(&text[digits..]);
    let gap = text.len() - digits - rest.len();
    let unit = UNITS.iter().find(|u| {
        rest.strip_prefix(**u).is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_'))
    });
    unit.map_or(digits, |u| digits + gap + u.len())
}
