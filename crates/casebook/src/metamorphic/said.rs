//! What a rule says of itself in the language, as far as a property depends on it. A rule that is rightly different is so by its words,
//! never by being named here.

use super::ask::{Answer, World};
use engine::calendar::Length;
use engine::condition::{Condition, Subject, Test};
use engine::rulebook::{
    By, Exception, Item, Limit, Outcome, Owner, Recipient, Repeat, Rule, Rulebook, Spell, Step, Trigger,
};
use engine::value::Value;
use engine::vocabulary::{Derived, FactId, FieldId};
use engine::words::{Sym, sym};

/// Calls `see` for every condition of a rule, of its exceptions, recipients and checklist.
pub(super) fn each_condition(rule: &Rule, see: &mut impl FnMut(&Condition)) {
    match &rule.trigger {
        Trigger::On { events, .. } => events.iter().for_each(|m| see(&m.when)),
        Trigger::While { state, .. } => see(state),
    }
    [&rule.concerns, &rule.filter, &rule.when].into_iter().chain(&rule.until).for_each(&mut *see);
    lines(&rule.recipients, &rule.checklist, see);
    exceptions(&rule.exceptions, see);
}

fn exceptions(list: &[Exception], see: &mut impl FnMut(&Condition)) {
    for exception in list {
        see(&exception.when);
        lines(&exception.recipients, &exception.checklist, see);
        exceptions(&exception.exceptions, see);
    }
}

fn lines(recipients: &[Recipient], checklist: &[Item], see: &mut impl FnMut(&Condition)) {
    recipients.iter().for_each(|r| see(&r.when));
    checklist.iter().for_each(|i| see(&i.when));
}

fn any_test(rule: &Rule, holds: impl Fn(Subject, &Test) -> bool) -> bool {
    let mut found = false;
    each_condition(rule, &mut |condition| condition.expr.visit(&mut |subject, test| found |= holds(subject, test)));
    found
}

/// Does the rule ask something for a status, for having had it, or of the entry that gives it, that it does not ask for another?
pub(super) fn asks_for(world: &World<'_>, rule: &Rule, field: FieldId, status: Sym, not: Sym) -> bool {
    let v = world.vocabulary();
    any_test(rule, |subject, test| {
        let named = |word| matches!(test, Test::OneOf(values) if values.contains(&Value::Word(word)));
        match subject {
            Subject::Fact(fact) if v.fact_at(fact).derived == Some(Derived::WasAway) => status == sym("away"),
            Subject::Fact(fact) => fact == v.known.status && named(status) && !named(not),
            Subject::Field(own) => own == field && named(status) && !named(not),
            Subject::Setting(_) => false,
        }
    })
}

/// Does the rule look at a fact that is worked out?
pub(super) fn looks_at(world: &World<'_>, rule: &Rule, derived: Derived) -> bool {
    any_test(
        rule,
        |subject, _| matches!(subject, Subject::Fact(fact) if world.vocabulary().fact_at(fact).derived == Some(derived)),
    )
}

/// Everybody who may come to own the rule's duties: whose it is hangs on facts that may be learned late.
fn owners(book: &Rulebook, rule: &Rule) -> Vec<Sym> {
    let mut all = vec![rule.owner];
    owners_of(&rule.exceptions, &mut all);
    let roles = all.into_iter().flat_map(|owner| match owner {
        Owner::Role(role) => vec![role],
        Owner::Table(table) => {
            let role = |outcome| if let Outcome::Role(role) = outcome { Some(role) } else { None };
            book.tables[table].rows.iter().filter_map(|r| role(r.then)).collect()
        }
        Owner::Setting(setting) => book.settings[setting].choices.iter().map(|c| sym(c)).collect(),
        Owner::Told(told) => {
            let owner = &book.told_owners[told];
            owner.among.iter().copied().chain([owner.otherwise]).collect()
        }
    });
    roles.collect()
}

fn owners_of(list: &[Exception], found: &mut Vec<Owner>) {
    for exception in list {
        found.extend(exception.owner);
        owners_of(&exception.exceptions, found);
    }
}

/// May somebody of a role carry the duty out? The owner may, whoever acts for the owner, a party, and whom the rule names.
pub(super) fn may(world: &World<'_>, answer: &Answer, role: Sym) -> bool {
    let rule = world.rule(answer);
    let acts_for = |other: Sym| world.vocabulary().may_act_for(role, other);
    let named = match &rule.by {
        By::Anyone => true,
        By::Roles(roles) => roles.iter().any(|r| acts_for(*r)),
        By::Owner => false,
    };
    named
        || owners(world.book(answer.book), rule).into_iter().any(acts_for)
        || rule.parties.iter().any(|p| acts_for(p.role))
}

/// Does what carries the rule out, or who is to be told, hang on facts beside the entry itself?
pub(super) fn is_met_by_facts(rule: &Rule) -> bool {
    let looks = |condition: &Condition| {
        let mut found = false;
        condition.expr.visit(&mut |subject, _| found |= matches!(subject, Subject::Fact(_)));
        found
    };
    rule.met_by.iter().flatten().any(|met| looks(&met.when)) || rule.recipients.iter().any(|r| looks(&r.when))
}

/// Is it asked on calendar days, or in calendar months?
pub(super) fn is_of_days(rule: &Rule) -> bool {
    matches!(rule.repeat, Repeat::Days(_) | Repeat::Month)
}

/// Does the rule, or its rulebook of whom it applies to, say what it does while nobody has recorded a fact?
pub(super) fn asks_whether_recorded(world: &World<'_>, answer: &Answer, fact: FactId) -> bool {
    let v = world.vocabulary();
    let of_birth = |tested: FactId| {
        fact == v.known.date_of_birth && matches!(v.fact_at(tested).derived, Some(Derived::Age | Derived::Turns18))
    };
    let names = |tested: Subject, test: &Test| match tested {
        Subject::Fact(tested) => *test == Test::Recorded && (tested == fact || of_birth(tested)),
        _ => false,
    };
    let mut found = any_test(world.rule(answer), names);
    world.book(answer.book).applies.expr.visit(&mut |subject, test| found |= names(subject, test));
    found
}

/// Does the rule say that each spell of its state, or each entry, asks anew?
pub(super) fn asks_anew(rule: &Rule) -> bool {
    matches!(rule.trigger, Trigger::While { spell: Spell::Anew, .. } | Trigger::On { anew: true, .. })
}

/// Does the rule count in months? Months differ in length.
pub(super) fn counts_in_months(world: &World<'_>, answer: &Answer) -> bool {
    let (book, rule) = (world.book(answer.book), world.rule(answer));
    let repeat = match &rule.repeat {
        Repeat::Month => true,
        Repeat::Every(length, _) => is_months(*length),
        Repeat::Series { steps, opens, .. } => {
            let step = |s: &Step| match s {
                Step::At(length) | Step::Every(length, _) => is_months(*length),
            };
            steps.iter().any(step) || opens.is_some_and(is_months)
        }
        Repeat::Once | Repeat::Days(_) => false,
    };
    let lasted = matches!(&rule.trigger, Trigger::While { lasted: Some((length, _)), .. } if is_months(*length));
    let mut since = false;
    each_condition(rule, &mut |c| {
        c.expr.visit(&mut |_, test| since |= matches!(test, Test::Since(_, length) if is_months(*length)));
    });
    repeat || lasted || since || rule.due.iter().any(|limit| in_months(book, limit)) || excepted(book, &rule.exceptions)
}

fn excepted(book: &Rulebook, list: &[Exception]) -> bool {
    list.iter().any(|e| e.due.iter().any(|limit| in_months(book, limit)) || excepted(book, &e.exceptions))
}

fn in_months(book: &Rulebook, limit: &Limit) -> bool {
    match limit {
        Limit::Within(length, _) => is_months(*length),
        Limit::By(_, otherwise) => otherwise.as_ref().is_some_and(|limit| in_months(book, limit)),
        Limit::Table(table, _) => {
            book.tables[*table].rows.iter().any(|r| matches!(r.then, Outcome::Length(length) if is_months(length)))
        }
        Limit::Setting(setting, _) => {
            matches!(book.settings[*setting].default, engine::rulebook::SettingValue::Length(length) if is_months(length))
        }
        Limit::Immediately | Limit::EndOfDay => false,
    }
}

fn is_months(length: Length) -> bool {
    matches!(length, Length::Months(_))
}
