//! A further rulebook is asked too: what the others ask stays as it is.

use super::compare::same;
use super::{Change, Changes, Property, Subject, World};
use crate::chance::Chance;

pub(super) const PROPERTY: Property = Property {
    name: "rulebook",
    says: "a further rulebook that is asked changes nothing of what the others ask",
    changes,
};

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let all = 0..world.library.rulebooks.len();
    let own = |book: usize| subject.books.iter().any(|b| world.book(*b).id == world.book(book).id);
    let others: Vec<usize> = all.filter(|b| !own(*b)).collect();
    let moments = subject.some_moments(chance, |_| true);
    let mut made = Vec::new();
    let mut change = |words: String, before: Vec<usize>, after: Vec<usize>| {
        let kept = before.clone();
        let broken: super::Judge =
            Box::new(move |world, before, after| same(world, before, after, &|a| kept.contains(&a.book)));
        let books = Some([before, after]);
        made.push(Change { books, ..Change::new(words, subject.case.clone(), &moments, broken) });
    };
    if others.is_empty() {
        // Asked of all: then all but one rulebook are the others.
        let without = *chance.one_of(&subject.books);
        let id = &world.book(without).id;
        let fewer = subject.books.iter().copied().filter(|b| world.book(*b).id != *id).collect();
        change(format!("{id} is asked too"), fewer, subject.books.clone());
    } else {
        let more = *chance.one_of(&others);
        let editions = others.iter().copied().filter(|b| world.book(*b).id == world.book(more).id);
        let before_it = [editions.collect(), subject.books.clone()].concat();
        change(format!("{} is asked too", world.book(more).id), subject.books.clone(), before_it);
        change("all others are asked too".into(), subject.books.clone(), [subject.books.clone(), others].concat());
    }
    Changes { made, aside: Vec::new() }
}
