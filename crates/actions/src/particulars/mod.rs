//! Who a child is: names, numbers, looks, health, devices, school. What is asked is data (`casebook::particulars`); what is answered on one page is
//! one row of the record about the child, with since when it holds and from whom; the rows before it are the history.
//!
//! Health and the school are seen by those alone whom the policies let see their classes, and are neither asked of nor changed by others.

mod answer;
mod form;
mod show;

pub use answer::save;
pub use form::form;
pub use show::show;

use crate::authorise::Permit;
use crate::case::{Kept, class_of};
use casebook::particulars::{Group, Particular, all, groups};
use policy::Class;
use store::RowKind;

/// The rows about the child.
fn of_child(kept: &[Kept]) -> Vec<&Kept> {
    kept.iter().filter(|row| row.kind == RowKind::Person && row.text("role") == "child").collect()
}

/// A group by the word of its address.
fn group(word: &str) -> Option<&'static Group> {
    groups().iter().find(|group| group.id == word)
}

/// What a page asks of somebody: of the group, what they may see.
fn asked(permit: &Permit, group: &Group) -> Vec<&'static Particular> {
    let of = all().iter().filter(|one| one.group == group.id);
    of.filter(|one| permit.may.see.has(class_of(&one.id))).collect()
}

/// May they say who the child is?
fn may_change(permit: &Permit) -> bool {
    permit.keeps(Class::Ordinary) && permit.may.see.has(Class::Ordinary)
}
