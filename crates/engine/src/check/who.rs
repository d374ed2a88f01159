//! R16, R17: duties that are nobody's. An owner has to be, or to be seen to by, somebody who signs in: in every case in which the rule asks.

use super::boxes::{Answer, witness};
use super::event::roles_of;
use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, Place};
use crate::rulebook::{Exception, Owner, Rule, Rulebook, Trigger};
use crate::vocabulary::Vocabulary;
use crate::words::{Sym, list};

/// Who signs in, and whose duties stand on their lists.
#[derive(Clone, Debug, Default)]
pub struct SignIn {
    lists: Vec<(Sym, Vec<Sym>)>,
}

impl SignIn {
    /// A role that signs in, and the owners whose duties are on its list beside its own.
    pub fn add(&mut self, role: Sym, owners: impl IntoIterator<Item = Sym>) {
        self.lists.push((role, std::iter::once(role).chain(owners).collect()));
    }

    /// The roles on whose lists the duties of an owner are.
    fn of(&self, owner: Sym) -> impl Iterator<Item = Sym> {
        self.lists.iter().filter(move |(_, owners)| owners.contains(&owner)).map(|(role, _)| *role)
    }
}

/// The conditions any of which makes sure that somebody sees to the duties of an owner.
fn ways<'a>(vocabulary: &'a Vocabulary, sign_in: &SignIn, owner: Sym) -> Vec<&'a Condition> {
    let role = |sym: Sym| vocabulary.word(sym).and_then(|word| vocabulary.role(word));
    let own = sign_in.of(owner).filter_map(role).map(|r| &r.exists_when);
    let seen = role(owner).into_iter().flat_map(|r| &r.seen_to_by);
    own.chain(seen.filter(|s| sign_in.of(s.role).next().is_some()).map(|s| &s.when)).collect()
}

/// What is wrong with the owners of a rulebook's duties.
pub fn check(vocabulary: &Vocabulary, book: &Rulebook, sign_in: &SignIn) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in &book.rules {
        for case in cases(book, rule) {
            look(vocabulary, book, rule, &case, sign_in, &mut found);
        }
    }
    found.sort_by(|a: &Diagnostic, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    found
}

/// A role that may come to owe a rule's duty, where that is said, and what then holds.
struct Case<'a> {
    owner: Sym,
    place: &'a Place,
    holds: Vec<(&'a Condition, bool)>,
}

fn cases<'a>(book: &'a Rulebook, rule: &'a Rule) -> Vec<Case<'a>> {
    let mut guards = vec![(&book.applies, true), (&rule.concerns, true), (&rule.filter, true), (&rule.when, true)];
    if let Trigger::While { state, .. } = &rule.trigger {
        guards.push((state, true));
    }
    let mut found = Vec::new();
    spread(book, rule.owner, &rule.place, &guards, &rule.exceptions, &mut found);
    through(book, &rule.exceptions, &guards, &mut found);
    for party in &rule.parties {
        let holds = guards.iter().copied().chain([(&party.when, true)]).collect();
        found.push(Case { owner: party.role, place: &rule.place, holds });
    }
    found
}

/// The owner that holds where none of the exceptions below takes its place.
fn spread<'a>(
    book: &'a Rulebook,
    owner: Owner,
    place: &'a Place,
    guards: &[(&'a Condition, bool)],
    below: &'a [Exception],
    found: &mut Vec<Case<'a>>,
) {
    let replaced = below.iter().filter(|e| e.owner.is_some() || e.not_required).map(|e| (&e.when, false));
    let holds: Vec<(&Condition, bool)> = guards.iter().copied().chain(replaced).collect();
    for (owner, place, row) in roles_of(book, owner, place) {
        let holds = holds.iter().copied().chain(row.map(|when| (when, true))).collect();
        found.push(Case { owner, place, holds });
    }
}

fn through<'a>(
    book: &'a Rulebook,
    exceptions: &'a [Exception],
    guards: &[(&'a Condition, bool)],
    found: &mut Vec<Case<'a>>,
) {
    for exception in exceptions {
        let guards: Vec<(&Condition, bool)> = guards.iter().copied().chain([(&exception.when, true)]).collect();
        if let Some(owner) = exception.owner.filter(|_| !exception.not_required) {
            spread(book, owner, &exception.place, &guards, &exception.exceptions, found);
        }
        through(book, &exception.exceptions, &guards, found);
    }
}

fn look(
    vocabulary: &Vocabulary,
    book: &Rulebook,
    rule: &Rule,
    case: &Case<'_>,
    sign_in: &SignIn,
    found: &mut Vec<Diagnostic>,
) {
    // A word that the vocabulary does not have was said already.
    let Some(word) = vocabulary.word(case.owner) else { return };
    let ways = ways(vocabulary, sign_in, case.owner);
    if ways.is_empty() {
        let message = format!("`{}` is owed by `{word}`, and nobody who signs in answers for it", rule.id);
        add(found, Diagnostic::error("R16", case.place.clone(), message, standing_in(vocabulary, sign_in, case.owner)));
        return;
    }
    if ways.iter().any(|way| way.is_always()) {
        return;
    }
    let wanted: Vec<(&Condition, bool)> =
        case.holds.iter().copied().chain(ways.iter().map(|way| (*way, false))).collect();
    if let Answer::Yes(words) = witness(vocabulary, &book.settings, &wanted) {
        let message =
            format!("`{}` is owed by `{word}` in a case in which there is none: {}", rule.id, words.join(", "));
        let help = "name another owner for that case, by an exception or a table; or narrow the rule so that it does not ask then";
        add(found, Diagnostic::error("R17", case.place.clone(), message, help));
    }
}

fn add(found: &mut Vec<Diagnostic>, diagnostic: Diagnostic) {
    let same = |d: &Diagnostic| d.place == diagnostic.place && d.code == diagnostic.code;
    if !found.iter().any(same) {
        found.push(diagnostic);
    }
}

/// What to do about an owner whom nobody answers for.
fn standing_in(vocabulary: &Vocabulary, sign_in: &SignIn, owner: Sym) -> String {
    let able: Vec<&str> = sign_in
        .lists
        .iter()
        .filter(|(role, _)| vocabulary.may_act_for(*role, owner))
        .filter_map(|(role, _)| vocabulary.word(*role))
        .collect();
    if able.is_empty() {
        return "name an owner who signs in, or say in vocabulary/roles.toml who sees to it (`seen_to_by`)".into();
    }
    format!("let one of those who act for it answer for it in policy/roles.toml: {}", list(&able))
}
