//! Strict JSON to nodes. Keys written twice are reported; the first one counts.

use super::{Content, DEPTH, Malformed, Node, Property, too_deep};
use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use std::borrow::Cow;
use std::collections::HashSet;

const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Reads a text as strict JSON. The second part is what can be said while going on: keys written twice.
///
/// # Errors
/// The first place where it is not JSON.
pub(crate) fn from_json(text: &str) -> Result<(Node<'_>, Vec<Malformed>), Malformed> {
    // Windows editors put a byte order mark before the text; offsets go on counting it.
    let skipped = text.len() - text.trim_start_matches('\u{feff}').len();
    let parsed = parse_to_ast(&text[skipped..], &CollectOptions::default(), &STRICT).map_err(|e| Malformed {
        at: e.range().start + skipped,
        message: format!("this is not JSON: {}", lower_case(&e.kind().to_string())),
        help: "look at the commas, quotes and brackets here and just before",
    })?;
    let Some(value) = parsed.value else {
        return Err(Malformed {
            at: 0,
            message: "the file is empty".into(),
            help: "begin with `{ \"case\": \"...\", \"chronology\": [ ... ] }`",
        });
    };
    let mut twice = Vec::new();
    let node = convert(value, skipped, 0, &mut twice)?;
    Ok((node, twice))
}

fn convert<'a>(
    value: Value<'a>,
    skipped: usize,
    depth: usize,
    twice: &mut Vec<Malformed>,
) -> Result<Node<'a>, Malformed> {
    let at = value.start() + skipped;
    if depth > DEPTH {
        return Err(too_deep(at));
    }
    let content = match value {
        Value::NullKeyword(_) => Content::Nothing,
        Value::BooleanLit(b) => Content::YesNo(b.value),
        Value::NumberLit(n) => Content::Number(Cow::Borrowed(n.value)),
        Value::StringLit(s) => Content::Text(s.value),
        Value::Array(list) => {
            let items = list.elements.into_iter().map(|v| convert(v, skipped, depth + 1, twice));
            Content::List(items.collect::<Result<_, _>>()?)
        }
        Value::Object(object) => {
            let mut seen = HashSet::new();
            let mut properties = Vec::with_capacity(object.properties.len());
            for property in object.properties {
                let at = property.range.start + skipped;
                let name = match property.name {
                    ObjectPropName::String(text) => text.value,
                    ObjectPropName::Word(word) => Cow::Borrowed(word.value),
                };
                if seen.insert(name.clone()) {
                    properties.push(Property { name, at, value: convert(property.value, skipped, depth + 1, twice)? });
                } else {
                    let message = format!("the key `{}` is written twice", crate::reader::short(&name));
                    twice.push(Malformed { at, message, help: "keep one of them" });
                }
            }
            Content::Object(properties)
        }
    };
    Ok(Node { at, content })
}

fn lower_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
