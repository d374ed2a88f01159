//! Texts that people wrote: kept as they are, but for characters that could deceive or do harm.

use super::{Reader, short};
use crate::node::{Content, Node};
use engine::words::{deceiving_character, meant};

/// What a yes or no may be written as.
pub(crate) const YES_NO: [&str; 4] = ["yes", "no", "true", "false"];

impl Reader<'_> {
    /// A text with something in it; `None`, and said, if it is anything else.
    pub fn text(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        let Content::Text(text) = &node.content else {
            self.wrong_type(node, key, "a text");
            return None;
        };
        if text.contains('\0') {
            let message = format!("`{}` holds a NUL character", short(key));
            self.error("C02", node.at, message, "delete it; it is no part of any writing");
            return None;
        }
        if let Some((_, why)) = deceiving_character(text) {
            self.warn(
                "C15",
                node.at,
                format!("in `{}`, {why}", short(key)),
                "the text is kept; check that it says what it seems to say",
            );
        }
        Some(text.to_string())
    }

    /// A text that must not be empty: an id or a name.
    pub fn full_text(&mut self, node: &Node<'_>, key: &str) -> Option<String> {
        let text = self.text(node, key)?;
        if text.trim().is_empty() {
            self.error("C03", node.at, format!("`{}` is empty", short(key)), "write something, or leave the key out");
            return None;
        }
        Some(text)
    }

    /// True or false; or yes or no, as people write it.
    pub fn yes_no(&mut self, node: &Node<'_>, key: &str) -> Option<bool> {
        match &node.content {
            Content::YesNo(yes) => Some(*yes),
            Content::Text(written) => match meant(written, YES_NO) {
                Some(word) => Some(matches!(word, "yes" | "true")),
                None => {
                    let message = format!("`{}` in `{}` is neither yes nor no", short(written), short(key));
                    self.error("C02", node.at, message, "write true or false, or leave the key out where nobody knows");
                    None
                }
            },
            _ => {
                self.wrong_type(node, key, "true or false");
                None
            }
        }
    }
}
