//! Groups: several roles by one name, such as `the_police`, wherever a list of roles is written; or several areas, wherever areas are.

use super::Vocabulary;
use super::source;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::words::did_you_mean;

/// Several roles, or several areas, by one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// The word, such as `the_police`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// Its roles; none where it is a group of areas.
    pub roles: Vec<String>,
    /// Its areas; none where it is a group of roles.
    pub areas: Vec<String>,
}

impl Vocabulary {
    /// A group of roles by its word.
    pub fn group(&self, word: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == word && g.areas.is_empty())
    }
}

/// Reads the groups of a file. `known` are all roles; a group is no role, and has at least two.
pub(super) fn read(
    file: &SourceFile,
    list: &[source::Group],
    known: &[String],
    groups: &mut Vec<Group>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut wrong = |span, message: String, help: &str| {
        problems.push(Diagnostic::error("V01", file.place(span), message, help));
    };
    for group in list {
        let id = group.id.get_ref();
        if known.contains(id) || groups.iter().any(|g| g.id == *id) {
            wrong(group.id.span(), format!("`{id}` is declared twice"), "keep one; a word has one meaning");
            continue;
        }
        for role in group.roles.iter().filter(|r| !known.contains(r.get_ref())) {
            let help = did_you_mean(role.get_ref(), known.iter().map(String::as_str));
            wrong(role.span(), format!("unknown role `{}`", role.get_ref()), &help);
        }
        let (what, members) = if group.areas.is_empty() { ("role", &group.roles) } else { ("area", &group.areas) };
        if members.len() < 2 {
            let help = format!("name the {what} itself where it is meant");
            wrong(group.id.span(), format!("the group `{id}` has fewer than two {what}s"), &help);
        }
        if !group.roles.is_empty() && !group.areas.is_empty() {
            let help = "make two groups of it";
            wrong(group.id.span(), format!("the group `{id}` has roles and areas"), help);
        }
        groups.push(Group {
            id: id.clone(),
            name: group.name.clone(),
            doc: group.doc.clone(),
            roles: group.roles.iter().map(|r| r.get_ref().clone()).collect(),
            areas: group.areas.iter().map(|a| a.get_ref().clone()).collect(),
        });
    }
}
