//! TOML to nodes. Dates and times may be written with or without quotes.

use super::{Content, DEPTH, Malformed, Node, Property, too_deep};
use std::borrow::Cow;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a text as TOML.
///
/// # Errors
/// Every place where it is not TOML.
pub(crate) fn from_toml(text: &str) -> Result<Node<'_>, Vec<Malformed>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return Err(errors.iter().map(malformed).collect());
    }
    let at = table.span().start;
    table_node(table.into_inner(), at, 0).map_err(|e| vec![e])
}

fn malformed(error: &toml::de::Error) -> Malformed {
    let at = error.span().map_or(0, |s| s.start);
    Malformed {
        at,
        message: error.message().replace('\n', "; "),
        help: "see the section Scenarios of docs/rulebook-language.md",
    }
}

fn table_node(table: DeTable<'_>, at: usize, depth: usize) -> Result<Node<'_>, Malformed> {
    let properties = table.into_iter().map(|(name, value)| {
        let at = name.span().start;
        Ok(Property { name: name.into_inner(), at, value: convert(value, depth + 1)? })
    });
    let mut properties: Vec<Property<'_>> = properties.collect::<Result<_, _>>()?;
    properties.sort_by_key(|p| p.at);
    Ok(Node { at, content: Content::Object(properties) })
}

fn convert(value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node<'_>, Malformed> {
    let at = value.span().start;
    if depth > DEPTH {
        return Err(too_deep(at));
    }
    let content = match value.into_inner() {
        DeValue::String(text) => Content::Text(text),
        DeValue::Integer(number) => Content::Number(Cow::Owned(number.to_string())),
        DeValue::Float(number) => Content::Number(Cow::Owned(number.as_str().to_string())),
        DeValue::Boolean(yes) => Content::YesNo(yes),
        DeValue::Datetime(time) => Content::Text(Cow::Owned(time.to_string())),
        DeValue::Array(list) => {
            let items = list.into_iter().map(|v| convert(v, depth + 1));
            Content::List(items.collect::<Result<_, _>>()?)
        }
        DeValue::Table(table) => return table_node(table, at, depth),
    };
    Ok(Node { at, content })
}
