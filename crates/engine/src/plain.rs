//! What the TOML reader says, in words for somebody who owns a protocol and is no programmer.

use crate::words::did_you_mean;

const SEE: &str = "see docs/rulebook-language.md for the blocks and keys that exist";

/// What is wrong, and what to do.
pub(crate) fn plain(message: &str) -> (String, String) {
    let message = message.replace('\n', "; ");
    let (what, expected) = message.split_once(", expected ").unwrap_or((&message, ""));
    if let Some(key) = what.strip_prefix("unknown field ").and_then(quoted) {
        let help = match did_you_mean(key, expected.split('`').skip(1).step_by(2)) {
            near if near.is_empty() => SEE.into(),
            near => near,
        };
        return (format!("there is no block or key `{key}` here"), help);
    }
    if let Some(key) = what.strip_prefix("missing field ").and_then(quoted) {
        return (format!("`{key}` is missing in this block"), format!("add a line `{key} = ...`"));
    }
    if what == "invalid type: map" && expected == "a sequence" {
        let help = "begin the block with two brackets, `[[name]]`; or write a list in `[ ]`";
        return ("here is one block, where several may stand".into(), help.into());
    }
    if let Some(found) = what.strip_prefix("invalid type: ").or_else(|| what.strip_prefix("invalid value: ")) {
        return (
            format!("here is {}; {} belongs here", of_found(found), of_expected(expected)),
            of_help(expected).into(),
        );
    }
    let known = match what {
        "duplicate key" => ("this key is here twice in one block", "keep one of them"),
        "string values must be quoted" => {
            ("a text without quotation marks", "put it in straight quotation marks: `\"...\"`")
        }
        "invalid basic string" | "invalid literal string" => {
            ("the quotation mark is not closed on this line", "add a `\"` where the text ends")
        }
        "key with no value" => ("a key without a value", "write it like `key = \"value\"`"),
        _ if what.starts_with("missing escaped value") => {
            ("a backslash means nothing here", "write `\\\\` for a backslash, or leave it out")
        }
        _ if what.starts_with("unclosed array") || what.starts_with("unclosed table") => {
            ("the bracket is not closed", "blocks begin with `[[name]]`, lists with `[` and end with `]`")
        }
        _ => return (format!("the file cannot be read from here on: {message}"), SEE.into()),
    };
    (known.0.into(), known.1.into())
}

fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`')
}

fn of_found(found: &str) -> String {
    match found.split_once(' ') {
        Some(("integer" | "floating", n)) => {
            format!("the number {}", n.trim_start_matches("point ").trim_matches('`'))
        }
        Some(("boolean", word)) => word.into(),
        Some(("string", text)) => format!("the text {text}"),
        _ if found == "map" => "a date without quotation marks, or a table".into(),
        _ if found == "sequence" => "a list".into(),
        _ => found.into(),
    }
}

fn of_expected(expected: &str) -> &str {
    match expected {
        "a string" => "a text in quotation marks",
        "a sequence" => "a list",
        "a boolean" => "`true` or `false`",
        "u32" | "i64" | "u64" => "a whole number",
        _ if expected.starts_with("struct ") || expected == "a map" => "a table in `{ }`",
        other => other,
    }
}

fn of_help(expected: &str) -> &'static str {
    match expected {
        "a string" => "put it in quotation marks: `\"...\"`",
        "a sequence" => "put it in brackets: `[\"...\"]`",
        "a boolean" => "write `true` or `false` without quotation marks",
        _ => SEE,
    }
}
