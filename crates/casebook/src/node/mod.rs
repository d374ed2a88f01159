//! A tree of values with their places, the same for JSON and TOML, so that case files and scenarios are read by one reader.
//! Nothing here knows what the keys mean.

mod json;
mod toml;

pub(crate) use json::from_json;
pub(crate) use toml::from_toml;

use std::borrow::Cow;

/// Values nested deeper than this are refused: no file of ours needs them.
const DEPTH: usize = 32;

/// A value and the byte offset at which it begins.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub at: usize,
    pub content: Content<'a>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(crate) enum Content<'a> {
    Nothing,
    YesNo(bool),
    /// As written.
    Number(Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    /// Every key once, in the order of the file.
    Object(Vec<Property<'a>>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Property<'a> {
    pub name: Cow<'a, str>,
    pub at: usize,
    pub value: Node<'a>,
}

/// A fault in the notation itself.
#[derive(Debug)]
pub(crate) struct Malformed {
    pub at: usize,
    pub message: String,
    pub help: &'static str,
}

impl Content<'_> {
    /// What it is, in words.
    pub fn what(&self) -> &'static str {
        match self {
            Content::Nothing => "null",
            Content::YesNo(_) => "true or false",
            Content::Number(_) => "a number",
            Content::Text(_) => "a text",
            Content::List(_) => "a list",
            Content::Object(_) => "an object",
        }
    }
}

impl<'a> Node<'a> {
    /// The property of a name, if this is an object and has it.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        let Content::Object(properties) = &self.content else { return None };
        properties.iter().find(|p| p.name == name).map(|p| &p.value)
    }
}

fn too_deep(at: usize) -> Malformed {
    Malformed {
        at,
        message: format!("the values are nested more than {DEPTH} deep"),
        help: "write the file as docs/case-file.md shows it",
    }
}
