//! People: added one by one or by a file, invited, listed, disabled, let in again.

mod add;
mod import;
mod list;
mod standing;

pub use add::{Added, NewPerson, add, invite};
pub use import::{Fault, Imported, import};
pub(crate) use list::what;
pub use list::{Listed, Shown, ShownPost, list, show};
pub use standing::{disable, let_in};

/// What is wrong with a username; nothing if it can be one.
pub(crate) fn wrong_username(username: &str) -> Option<String> {
    let username = username.trim();
    if username.is_empty() {
        return Some("Enter a username".into());
    }
    let fits = |c: char| c.is_alphanumeric() || "._-@+'".contains(c);
    if username.chars().count() < 3 || username.chars().count() > 100 || !username.chars().all(fits) {
        return Some(
            "A username is 3 to 100 letters, digits, dots, hyphens or an e-mail address, without spaces".into(),
        );
    }
    None
}

/// A username like one that is taken, and that nobody has: a number behind it, or behind the part before the `@`.
pub(crate) fn free_username(username: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let username = username.trim().to_lowercase();
    let (name, at) = username.split_at(username.find('@').unwrap_or(username.len()));
    let mut others = (2..).map(|n| format!("{name}{n}{at}"));
    others.find(|other| !is_taken(other)).unwrap_or_default()
}

/// That a username is taken, and one that is not. Whose it is hears only who keeps that person.
pub(crate) fn taken(username: &str, theirs: Option<&str>, free: &str) -> String {
    match theirs {
        Some(name) => format!("`{username}` is the username of {name}; `{free}` is free"),
        None => format!("The username `{username}` is taken; `{free}` is free"),
    }
}

/// What is wrong with a name; nothing if it can be one.
pub(crate) fn wrong_name(name: &str) -> Option<String> {
    let name = name.trim();
    if name.is_empty() {
        return Some("Enter the name".into());
    }
    (name.chars().count() > 120 || name.chars().any(char::is_control))
        .then(|| "A name is at most 120 characters, on one line".into())
}
