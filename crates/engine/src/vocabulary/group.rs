//! Groups of roles: several roles by one name, such as `the_police`, wherever a list of roles is written.

use super::Vocabulary;
use super::source;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::words::did_you_mean;

/// Several roles by one name.
#[derive(Clone, Debug)]
pub struct Group {
    /// The word, such as `the_police`.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// Its roles.
    pub roles: Vec<String>,
}

impl Vocabulary {
    /// A group by its word.
    pub fn group(&self, word: &str) -> Option<&Group> {
        self.groups.iter().find(|g| g.id == word)
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
        if group.roles.len() < 2 {
            let help = "name the role itself where it is meant";
            wrong(group.id.span(), format!("the group `{id}` has fewer than two roles"), help);
        }
        groups.push(Group {
            id: id.clone(),
            name: group.name.clone(),
            doc: group.doc.clone(),
            roles: group.roles.iter().map(|r| r.get_ref().clone()).collect(),
        });
    }
}
