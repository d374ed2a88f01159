//! What is asked still, though somebody opened its form and recorded something: said at once, so that nobody takes it for done.

use casebook::case_file::EntryLine;
use engine::evaluate::{State, is_repeated};
use engine::rulebook::By;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use engine::words::{Sym, sym};
use views::asked::{Asked, One, evaluate};
use views::words::Names;
use views::{DutyKey, Lens, Record, Warning};

/// The duty of this key as it stands in a record; apart, since it is kept while the record is written.
pub(super) fn standing(lens: &Lens<'_>, record: &Record, duty: &DutyKey) -> Option<Box<One>> {
    let found = evaluate(lens.rules, &record.case, lens.now, lens.now, Asked::Current);
    found.duties.into_iter().find(|one| one.key == *duty).map(Box::new)
}

/// What is said of a duty that an entry was to do, where it did nothing for it. `before`: how it stood; `record`: what stands with the entry.
pub(super) fn still(lens: &Lens<'_>, before: &One, record: &Record, entry: &str) -> Option<Warning> {
    let one = standing(lens, record, &before.key).filter(|one| is_open(one.duty.state))?;
    let line = record.file.chronology.iter().rfind(|line| line.id == entry)?;
    let told = |one: &One| one.view.recipients.iter().filter(|to| to.told_at.is_some()).count();
    // What is told on somebody's behalf waits for them, and says so itself.
    let counted = told(&one) > told(before) || one.duty.doubt != before.duty.doubt || line.told_by.is_some();
    (!counted).then(|| says(lens, record, &one, line))
}

fn is_open(state: State) -> bool {
    matches!(state, State::Due | State::Overdue | State::CannotTell)
}

fn says(lens: &Lens<'_>, record: &Record, one: &One, line: &EntryLine) -> Warning {
    let vocabulary = lens.rules.vocabulary();
    let label = &one.view.label;
    let (says, instead) = if one.duty.state == State::Overdue && is_repeated(one.rule) {
        // It is asked every day and was missed on one.
        let by = one.duty.due.map(|due| lens.face.when(due).words).unwrap_or_default();
        let says = format!("“{label}” by {by} is still late: what you recorded counts for when it happened.");
        (says, "If it was done by then, correct the time of what you recorded.")
    } else if let Some((doer, owner)) = by_another(vocabulary, one, line) {
        let names = Names::of(lens.rules, &record.case, lens.now);
        let says = format!(
            "“{label}” is still due: it counts when it was done by {}, and this says {}.",
            names.role(&owner),
            names.role(&doer)
        );
        (says, "If that is wrong, correct who did it.")
    } else {
        let says = format!("“{label}” is still due: what you recorded does not count for it.");
        (says, "Look at why it is due, and record what it asks for.")
    };
    Warning { says, instead: instead.into(), ..Warning::default() }
}

/// Whose doing an entry says it was, and whose it has to be, where they may not act for each other.
fn by_another(vocabulary: &Vocabulary, one: &One, line: &EntryLine) -> Option<(String, String)> {
    let field = |field| line.fields.iter().find(|(id, _)| *id == field).map(|(_, value)| *value);
    let doer = vocabulary.event_at(line.event).doer.and_then(field).or_else(|| field(vocabulary.known.by));
    let Some(Value::Word(doer)) = doer else { return None };
    let owner = one.view.owner.as_deref()?;
    let acts_for = |role: Sym| vocabulary.may_act_for(doer, role);
    let may = match &one.rule.by {
        By::Anyone => true,
        By::Roles(roles) => roles.iter().any(|role| acts_for(*role)),
        By::Owner => false,
    };
    let may = may || acts_for(sym(owner)) || one.rule.parties.iter().any(|party| acts_for(party.role));
    vocabulary.word(doer).filter(|_| !may).map(|doer| (doer.to_owned(), owner.to_owned()))
}
