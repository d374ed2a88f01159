//! Roles, and who counts for whom: the parts of a body, those who act for somebody, posts that are one.
//!
//! An act counts as somebody's own when its doer is
//! - the same role, or the same post under another name (`same_post`);
//! - a part of the body that owns it (`part_of`, through any number of bodies);
//! - somebody who acts for the owner (`acts_for`, likewise), or a part of a body that does;
//! - the body itself, recorded without saying which part of it acted; it does not count for a post that acts in person.
//!
//! Parts of one body never act for each other, and whoever acts for a part of a body is not therefore a part of it.

use crate::condition::Condition;
use crate::words::Sym;
use rustc_hash::FxHashMap;

/// A role: who does things and who is told.
#[derive(Clone, Debug)]
pub struct Role {
    /// The word.
    pub id: String,
    /// Its symbol.
    pub sym: Sym,
    /// Name for people.
    pub name: String,
    /// person, team, body or outside.
    pub kind: String,
    /// What it means.
    pub doc: String,
    /// The bodies that it is a part of.
    pub part_of: Vec<Sym>,
    /// Those for whom it acts.
    pub acts_for: Vec<Sym>,
    /// The same post under another name.
    pub same_post: Vec<Sym>,
    /// What its body did, without saying who did it, does not count as done by this post.
    pub in_person: bool,
    /// The situation of the child in which there is such a person; always, if left out.
    pub exists_when: Condition,
    /// Who sees to it that such a person, who may not sign in, does what they owe: the first whose condition holds.
    pub seen_to_by: Vec<SeenTo>,
}

/// Somebody on whose list the duties of a role are that may not sign in.
#[derive(Clone, Debug)]
pub struct SeenTo {
    /// Who sees to it.
    pub role: Sym,
    /// In this situation of the child.
    pub when: Condition,
}

/// Who counts for whom, worked out once.
#[derive(Clone, Debug, Default)]
pub(super) struct Relations {
    places: FxHashMap<Sym, usize>,
    acts: Table,
    parts: Table,
    told: Table,
    reached_by: FxHashMap<Sym, Vec<Sym>>,
}

/// A yes or no for each pair of roles.
#[derive(Clone, Debug, Default)]
struct Table {
    size: usize,
    cells: Vec<bool>,
}

impl Table {
    fn new(size: usize) -> Table {
        Table { size, cells: vec![false; size * size] }
    }
    fn at(&self, row: usize, column: usize) -> bool {
        self.cells[row * self.size + column]
    }
    fn set(&mut self, row: usize, column: usize) {
        self.cells[row * self.size + column] = true;
    }
}

impl Relations {
    /// Works out all pairs. Roles that are not declared are left aside: the loader has said so.
    pub fn new(roles: &[Role]) -> Relations {
        let places: FxHashMap<Sym, usize> = roles.iter().enumerate().map(|(i, r)| (r.sym, i)).collect();
        let places_of = |syms: &[Sym]| -> Vec<usize> { syms.iter().filter_map(|s| places.get(s).copied()).collect() };
        let part_of: Vec<Vec<usize>> = roles.iter().map(|r| places_of(&r.part_of)).collect();
        let acts_for: Vec<Vec<usize>> = roles.iter().map(|r| places_of(&r.acts_for)).collect();
        let parts = closure(&part_of);
        let acting = closure(&acts_for);
        let mut same = Table::new(roles.len());
        for (role, here) in roles.iter().zip(0..) {
            for other in places_of(&role.same_post) {
                same.set(here, other);
                same.set(other, here);
            }
        }
        let mut acts = Table::new(roles.len());
        let mut told = Table::new(roles.len());
        for doer in 0..roles.len() {
            for (owner, role) in roles.iter().enumerate() {
                let through_body = (0..roles.len()).any(|body| parts.at(doer, body) && acting.at(body, owner));
                let unnamed = parts.at(owner, doer) && !role.in_person;
                if through_body || parts.at(doer, owner) || same.at(doer, owner) || unnamed {
                    acts.set(doer, owner);
                }
                if parts.at(doer, owner) || same.at(doer, owner) {
                    told.set(doer, owner);
                }
            }
        }
        let by = |owner: usize| {
            let parts =
                (0..roles.len()).filter(|doer| *doer != owner && told.at(*doer, owner)).map(|doer| roles[doer].sym);
            std::iter::once(roles[owner].sym).chain(parts).collect()
        };
        let reached_by = roles.iter().enumerate().map(|(i, r)| (r.sym, by(i))).collect();
        Relations { places, acts, parts, told, reached_by }
    }

    fn look(&self, table: &Table, from: Sym, to: Sym) -> bool {
        from == to || self.places.get(&from).zip(self.places.get(&to)).is_some_and(|(a, b)| table.at(*a, *b))
    }

    pub fn may_act_for(&self, doer: Sym, owner: Sym) -> bool {
        self.look(&self.acts, doer, owner)
    }

    pub fn is_part_of(&self, role: Sym, body: Sym) -> bool {
        self.look(&self.parts, role, body)
    }

    /// Whoever, being told, has told a role: itself first, then its parts.
    pub fn reached_by(&self, recipient: Sym) -> &[Sym] {
        self.reached_by.get(&recipient).map_or(&[], Vec::as_slice)
    }

    pub fn reaches(&self, told: Sym, recipient: Sym) -> bool {
        self.look(&self.told, told, recipient)
    }
}

/// Everything that can be reached from each place by any number of steps, none included.
fn closure(steps: &[Vec<usize>]) -> Table {
    let mut reached = Table::new(steps.len());
    for start in 0..steps.len() {
        let mut waiting = vec![start];
        while let Some(here) = waiting.pop() {
            if !reached.at(start, here) {
                reached.set(start, here);
                waiting.extend(&steps[here]);
            }
        }
    }
    reached
}
