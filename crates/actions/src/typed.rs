//! Roles and acts that somebody typed by their name: a form shows the likely ones, and takes any other by what people call it.

use crate::app::App;
use casebook::command::Answers;
use engine::vocabulary::Vocabulary;

/// The end of the name under which one further role is typed, in the place of one that was chosen.
pub const ELSE: &str = "-else";
/// The end of the name under which further roles are typed, beside those that were chosen.
pub const OTHERS: &str = "-others";

/// The answers with roles that were typed put under the names of their questions. What is no role's name stands there as it was typed: then
/// the question says what is wrong with it.
pub fn typed(app: &App, answers: &Answers) -> Answers {
    let mut found = Answers::default();
    for (name, value) in answers.pairs() {
        if base(name, ELSE).is_none() && base(name, OTHERS).is_none() {
            found.add(name, value);
        }
    }
    for (name, value) in answers.pairs() {
        if let Some(base) = base(name, ELSE).filter(|_| !value.trim().is_empty()) {
            found.set(base, called(app, value).unwrap_or_else(|| value.trim().to_string()));
        }
        if let Some(base) = base(name, OTHERS) {
            for one in value.split([',', ';', '\n']).map(str::trim).filter(|one| !one.is_empty()) {
                found.add(base, called(app, one).unwrap_or_else(|| one.to_string()));
            }
        }
    }
    found
}

/// The question for which a role is typed under a name; none where the name is a question of its own: `q-others` of a form.
fn base<'a>(name: &'a str, end: &str) -> Option<&'a str> {
    name.strip_suffix(end).filter(|base| *base != "q")
}

/// The role or the act that people call so: by its word, its shared name, or its name in some area.
fn called(app: &App, text: &str) -> Option<String> {
    let vocabulary: &Vocabulary = app.rules.vocabulary();
    let folded = fold(text);
    let books = &app.rules.library.rulebooks;
    let now = app.rules.called();
    let is_now = |role: &str| now.iter().any(|((_, called), name)| called == role && fold(name) == folded);
    let printed = |role: &str| books.iter().filter_map(|book| book.local_name(role)).any(|name| fold(name) == folded);
    let is_local = |role: &str| printed(role) || is_now(role);
    let is_called = |role: &str, name: &str| fold(role) == folded || fold(name) == folded || is_local(role);
    let role = vocabulary.roles.iter().find(|role| is_called(&role.id, &role.name)).map(|role| &role.id);
    let act = || vocabulary.actions.iter().find(|act| is_called(&act.id, &act.name)).map(|act| &act.id);
    role.or_else(act).cloned()
}

/// Without capitals, and without the article before it.
fn fold(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let bare = ["the child's ", "the child’s ", "the ", "a "].iter().find_map(|before| lower.strip_prefix(before));
    bare.unwrap_or(&lower).to_string()
}
