//! Roles: what they are, and who counts for whom.

use super::Loader;
use crate::source::SourceFile;
use crate::vocabulary::role::{Role, SeenTo};
use crate::vocabulary::source;
use crate::words::{Sym, list, sym};
use toml::Spanned;

const KINDS: [&str; 4] = ["person", "team", "body", "outside"];

impl Loader {
    /// First pass: every role gets its place.
    pub(super) fn roles(&mut self, file: &SourceFile, roles: &[source::Role]) {
        for role in roles {
            let id = role.id.get_ref();
            if self.index.roles.contains_key(id) {
                self.twice(file, &role.id);
                continue;
            }
            self.index.roles.insert(id.clone(), self.roles.len());
            if !KINDS.contains(&role.kind.get_ref().as_str()) {
                let message = format!("unknown kind `{}`", role.kind.get_ref());
                self.wrong(file.place(role.kind.span()), message, "write person, team, body or outside");
            }
            let syms = |words: &[Spanned<String>]| -> Vec<Sym> { words.iter().map(|w| sym(w.get_ref())).collect() };
            self.roles.push(Role {
                id: id.clone(),
                sym: sym(id),
                name: role.name.clone(),
                kind: role.kind.get_ref().clone(),
                doc: role.doc.clone(),
                part_of: syms(&role.part_of),
                acts_for: syms(&role.acts_for),
                same_post: syms(&role.same_post),
                in_person: role.in_person,
                exists_when: crate::condition::Condition::always(),
                seen_to_by: Vec::new(),
            });
        }
    }

    /// Second pass: those whom a role names, and when there is such a person.
    pub(super) fn relations(&mut self, file: &SourceFile, roles: &[source::Role]) {
        for role in roles {
            for other in role.part_of.iter().chain(&role.acts_for).chain(&role.same_post) {
                self.known_role(file, other);
                if other.get_ref() == role.id.get_ref() {
                    let message = format!("`{}` names itself", role.id.get_ref());
                    self.wrong(file.place(other.span()), message, "leave it out: every role counts for itself");
                }
            }
            if let Some(around) = self.around(role) {
                let message = format!("`{}` is a part of itself, by {}", role.id.get_ref(), list(&around));
                let help = "take one `part_of` away: a body is never a part of its own part";
                self.wrong(file.place(role.id.span()), message, help);
            }
            let exists = self.condition(file, role.exists_when.as_ref(), &[]);
            let mut seen_to_by = Vec::new();
            for seen in &role.seen_to_by {
                self.known_role(file, &seen.role);
                let when = self.condition(file, seen.when.as_ref(), &[]);
                seen_to_by.extend(when.map(|when| SeenTo { role: sym(seen.role.get_ref()), when }));
            }
            let place = self.index.roles.get(role.id.get_ref()).copied();
            if let (Some(exists), Some(place)) = (exists, place) {
                self.roles[place].exists_when = exists;
                self.roles[place].seen_to_by = seen_to_by;
            }
        }
    }

    /// The bodies by which a role is a part of itself.
    fn around(&self, role: &source::Role) -> Option<Vec<&str>> {
        let start = *self.index.roles.get(role.id.get_ref())?;
        let mut waiting = vec![(start, Vec::new())];
        while let Some((here, way)) = waiting.pop() {
            for body in &self.roles[here].part_of {
                let Some(place) = self.roles.iter().position(|r| r.sym == *body) else { continue };
                if place == start {
                    return Some(way);
                }
                if way.len() < self.roles.len() {
                    let mut way = way.clone();
                    way.push(self.roles[place].id.as_str());
                    waiting.push((place, way));
                }
            }
        }
        None
    }
}
