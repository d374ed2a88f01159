//! `--config FILE`: the options of a command, read from a TOML file. Each key is an option by its long name, such as
//! `listen = "127.0.0.1:8080"`; what is typed on the command line counts more. One file serves the server, the worker, `doctor`, the follower and
//! what prints links to the pages: each takes from it what it knows.

use crate::failure::Failure;
use clap::Command;
use clap::error::ErrorKind;
use engine::words::did_you_mean;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use toml::{Spanned, Value};

/// The commands that take a configuration file.
const TAKING: [&str; 4] = ["serve", "worker", "doctor", "follow"];
/// Of these commands, those below them take it.
const ABOVE: &str = "people";
/// The option that names it.
const CONFIG: &str = "--config";

/// The words of the command line, with those of the configuration file that they name before them.
///
/// # Errors
/// What is wrong with the file, with its line.
pub fn expand(words: Vec<OsString>, command: &Command) -> Result<Vec<OsString>, Failure> {
    let takes = |word: &OsString| word == ABOVE || TAKING.iter().any(|name| word == name);
    let Some(mut place) = words.iter().position(takes) else { return Ok(words) };
    let mut taking = vec![words[place].to_string_lossy().into_owned()];
    if words[place] == ABOVE && words.len() > place + 1 {
        place += 1;
        taking.push(words[place].to_string_lossy().into_owned());
    }
    let Some(file) = named(&words[place..]) else { return Ok(words) };
    let path = Path::new(&file);
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, e))?;
    let more =
        options(&text, &taking, command).map_err(|fault| Failure::Usage(format!("{}:{fault}", path.display())))?;
    let mut all = words[..=place].to_vec();
    all.extend(more.into_iter().map(OsString::from));
    all.extend(words[place + 1..].iter().cloned());
    Ok(all)
}

/// The file that the words name.
fn named(words: &[OsString]) -> Option<OsString> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == CONFIG {
            return words.next().cloned();
        }
        if let Some(file) = word.to_str().and_then(|word| word.strip_prefix("--config=")) {
            return Some(file.into());
        }
    }
    None
}

/// The options of a file as words, each for the command that takes it.
fn options(text: &str, taking: &[String], command: &Command) -> Result<Vec<String>, String> {
    let line = |at: usize| text[..at].matches('\n').count() + 1;
    let read: Result<BTreeMap<Spanned<String>, Spanned<Value>>, _> = toml::from_str(text);
    let table = read.map_err(|e| format!("{}: {}", e.span().map_or(1, |span| line(span.start)), e.message()))?;
    let own = long_names(command, taking);
    let all: Vec<String> = TAKING.iter().flat_map(|name| long_names(command, &[(*name).to_owned()])).collect();
    let mut words = Vec::new();
    for (key, value) in &table {
        let (name, at) = (key.get_ref().as_str(), line(key.span().start));
        if !all.iter().any(|one| one == name) || name == &CONFIG[2..] {
            let help = did_you_mean(name, all.iter().map(String::as_str));
            return Err(format!("{at}: there is no option `{name}`; {help}"));
        }
        if own.iter().any(|one| one == name) {
            let made = word(name, value.get_ref()).map_err(|fault| format!("{at}: {fault}"))?;
            made.iter().try_for_each(|word| sound(word, taking, command)).map_err(|fault| format!("{at}: {fault}"))?;
            words.extend(made);
        }
    }
    Ok(words)
}

/// Refuses a value that the option does not take, as the file has it.
fn sound(word: &str, taking: &[String], command: &Command) -> Result<(), String> {
    let Some(taking) = below(command, taking) else { return Ok(()) };
    let Err(error) = taking.clone().no_binary_name(true).try_get_matches_from([word]) else { return Ok(()) };
    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return Ok(());
    }
    let (name, value) = word.trim_start_matches('-').split_once('=').unwrap_or((word, ""));
    let said = error.to_string();
    let first = said.lines().next().unwrap_or_default();
    let why = first.rsplit_once(">': ").map_or("", |(_, why)| why);
    let why = if why.is_empty() { String::new() } else { format!(": {why}") };
    Err(format!("`{name}` cannot be `{value}`{why}"))
}

/// The command that a chain of names leads to.
fn below<'a>(command: &'a Command, names: &[String]) -> Option<&'a Command> {
    names.iter().try_fold(command, |above, name| above.find_subcommand(name))
}

fn long_names(command: &Command, names: &[String]) -> Vec<String> {
    let own = below(command, names).into_iter().flat_map(Command::get_arguments);
    own.chain(command.get_arguments()).filter_map(|argument| argument.get_long().map(str::to_owned)).collect()
}

fn word(name: &str, value: &Value) -> Result<Vec<String>, String> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(format!("--{name}={text}")),
        Value::Integer(number) => Ok(format!("--{name}={number}")),
        _ => Err(format!("`{name}` is a text in quotation marks, a number, true or false, or a list of texts")),
    };
    match value {
        Value::Boolean(true) => Ok(vec![format!("--{name}")]),
        Value::Boolean(false) => Ok(Vec::new()),
        Value::Array(values) => values.iter().map(one).collect(),
        value => one(value).map(|word| vec![word]),
    }
}
