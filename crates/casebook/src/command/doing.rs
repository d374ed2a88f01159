//! How a duty is done: which event is recorded, and what can be filled in before anybody asks.

use super::answers::Answers;
use super::field;
use engine::condition::{Condition, Expr, Subject, Test};
use engine::evaluate::DutyView;
use engine::rulebook::{Anchor, By, Limit, Outcome, Owner, Rule, Rulebook, Trigger};
use engine::value::Value;
use engine::vocabulary::{ActionId, ActionKind, Event, EventId, FieldId, Met, Vocabulary};
use engine::words::{Sym, sym};

/// The event that carries out a duty, with the answers that are known already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Doing {
    /// The event.
    pub event: EventId,
    /// What the form is filled with.
    pub answers: Answers,
}

/// How a duty is done: by the first event that meets its rule or its action, or by the event for its sort of act.
pub fn doing(vocabulary: &Vocabulary, rule: &Rule, duty: &DutyView) -> Doing {
    let mut answers = Answers::default();
    if let Some(met) = own(vocabulary, rule) {
        fill(vocabulary, &met.when, &mut answers);
    }
    let event = event_of(vocabulary, rule);
    telling(vocabulary, event, rule, duty, &mut answers);
    naming(vocabulary, event, rule, &mut answers);
    Doing { event, answers }
}

/// The form that carries out a rule, by its word; none where none does.
pub fn form_asked(vocabulary: &Vocabulary, rule: &Rule) -> Option<String> {
    let mut answers = Answers::default();
    fill(vocabulary, &own(vocabulary, rule)?.when, &mut answers);
    Some(answers.get(&field::name("form")).to_owned()).filter(|form| !form.is_empty())
}

/// How an act of the vocabulary is recorded that no duty asks for: its event, with the act named where the event is for any.
pub fn acting(vocabulary: &Vocabulary, action: ActionId) -> Doing {
    let action = vocabulary.action_at(action);
    let met = action.met_by.iter().find(|met| !vocabulary.event_at(met.event).made_up);
    let event = met.map_or_else(|| generic(vocabulary, action.kind), |met| met.event);
    let mut answers = Answers::default();
    if let Some(met) = met {
        fill(vocabulary, &met.when, &mut answers);
    }
    if let Some(named) = named(vocabulary, event) {
        answers.set(field::name(&vocabulary.fields[named.place()]), action.id.as_str());
    }
    Doing { event, answers }
}

/// What the form of an event is filled with that is opened for an act: what its own event says, or the act's name where the event is for any act
/// of its sort. None where the event does not record such an act.
pub fn filled_for(vocabulary: &Vocabulary, action: ActionId, event: EventId) -> Option<Answers> {
    let own = acting(vocabulary, action);
    if own.event == event {
        return Some(own.answers);
    }
    let (known, action) = (&vocabulary.known, vocabulary.action_at(action));
    let sort = match event {
        _ if event == known.decision_recorded => Some(ActionKind::Decide),
        _ if event == known.meeting_held => Some(ActionKind::Meet),
        _ => None,
    };
    let field = named(vocabulary, event).filter(|_| sort.is_none_or(|sort| sort == action.kind))?;
    let mut answers = Answers::default();
    answers.set(field::name(&vocabulary.fields[field.place()]), action.id.as_str());
    Some(answers)
}

/// The acts of which an event is the record, where it stands for many and says which by name; empty for all others. What has an event of its own is
/// recorded by that, but of decisions, which may be recorded by name as well.
pub fn stands_for(vocabulary: &Vocabulary, event: EventId) -> Vec<ActionId> {
    let known = &vocabulary.known;
    let all = (0..vocabulary.actions.len()).map(ActionId::at);
    match event {
        _ if event == known.decision_recorded => {
            all.filter(|id| vocabulary.action_at(*id).kind == ActionKind::Decide).collect()
        }
        _ if event == known.action_recorded => all.filter(|id| acting(vocabulary, *id).event == event).collect(),
        _ => Vec::new(),
    }
}

/// The field that names the act, of an event that is for acts of any name.
fn named(vocabulary: &Vocabulary, event: EventId) -> Option<FieldId> {
    let known = &vocabulary.known;
    let generic = [
        (known.action_recorded, known.action),
        (known.decision_recorded, known.decision),
        (known.meeting_held, known.meeting),
    ];
    generic.into_iter().find(|(e, _)| *e == event).map(|(_, field)| field)
}

/// The event that carries out what a rule asks.
pub fn event_of(vocabulary: &Vocabulary, rule: &Rule) -> EventId {
    own(vocabulary, rule).map_or_else(|| generic(vocabulary, vocabulary.action_at(rule.action).kind), |met| met.event)
}

fn own<'a>(vocabulary: &'a Vocabulary, rule: &'a Rule) -> Option<&'a Met> {
    let all = rule.met_by.as_deref().unwrap_or(&vocabulary.action_at(rule.action).met_by);
    all.iter().find(|met| !vocabulary.event_at(met.event).made_up)
}

fn generic(vocabulary: &Vocabulary, kind: ActionKind) -> EventId {
    let known = &vocabulary.known;
    match kind {
        ActionKind::Notify => known.notification_sent,
        ActionKind::Share => known.information_shared,
        ActionKind::Meet => known.meeting_held,
        ActionKind::Decide => known.decision_recorded,
        ActionKind::Record | ActionKind::Assess | ActionKind::Interview | ActionKind::Do => known.action_recorded,
    }
}

/// Fills in whom to tell, and of what.
fn telling(vocabulary: &Vocabulary, event: EventId, rule: &Rule, duty: &DutyView, answers: &mut Answers) {
    let known = &vocabulary.known;
    let (to, topic) = if event == known.notification_sent {
        (known.to, known.about)
    } else if event == known.information_shared {
        (known.with, known.what)
    } else {
        return;
    };
    let name = |id: FieldId| field::name(&vocabulary.fields[id.place()]);
    if !answers.has(&name(to)) {
        duty.recipients.iter().filter(|r| r.told_at.is_none()).for_each(|r| answers.add(name(to), r.role.as_str()));
    }
    if let Some(topic_word) = rule.topic.and_then(|t| vocabulary.word(t)) {
        answers.set(name(topic), topic_word);
    }
}

/// Fills in which act it is, where the event is for acts of any name; and which rule, so that it counts for this one.
fn naming(vocabulary: &Vocabulary, event: EventId, rule: &Rule, answers: &mut Answers) {
    let action = vocabulary.action_at(rule.action);
    let Some(named) = named(vocabulary, event) else { return };
    let name = |id: FieldId| field::name(&vocabulary.fields[id.place()]);
    if !answers.has(&name(named)) {
        answers.set(name(named), action.id.as_str());
    }
    if vocabulary.event_field(event, "duty").is_some() {
        answers.set(field::name("duty"), rule.id.as_str());
    }
}

/// Takes the answers out of a condition such as `entry.form = prevention_plan and entry.to = police`: what has to be so, whatever else is.
fn fill(vocabulary: &Vocabulary, when: &Condition, answers: &mut Answers) {
    fn visit(vocabulary: &Vocabulary, expr: &Expr, answers: &mut Answers) {
        match expr {
            Expr::All(parts) => parts.iter().for_each(|p| visit(vocabulary, p, answers)),
            Expr::Test(Subject::Field(id), Test::OneOf(values)) => {
                let name = field::name(&vocabulary.fields[id.place()]);
                match values[..] {
                    [Value::Word(word)] => {
                        if let Some(word) = vocabulary.word(word) {
                            answers.add(name, word);
                        }
                    }
                    [Value::Bool(yes)] => answers.set(name, if yes { "yes" } else { "no" }),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    visit(vocabulary, &when.expr, answers);
}

/// Whose duty it is, by the rulebooks, to do what an event records. Empty for events that record acts of any name.
pub fn doers(vocabulary: &Vocabulary, rulebooks: &[Rulebook], event: EventId) -> Vec<Sym> {
    let mut found: Vec<Sym> = Vec::new();
    for book in rulebooks {
        for rule in &book.rules {
            let action = vocabulary.action_at(rule.action);
            if !action.met_by.iter().any(|m| m.event == event) {
                continue;
            }
            let owners = std::iter::once(rule.owner).chain(rule.exceptions.iter().filter_map(|e| e.owner));
            for owner in owners {
                for role in roles(book, owner) {
                    if !found.contains(&role) {
                        found.push(role);
                    }
                }
            }
        }
    }
    found
}

/// Has one of these rulebooks a duty that keeps the date on which a completed form is reviewed?
pub fn keeps_review<'a>(
    vocabulary: &Vocabulary,
    rulebooks: impl IntoIterator<Item = &'a Rulebook>,
    form: &str,
) -> bool {
    let mut rules = rulebooks.into_iter().flat_map(|book| &book.rules);
    rules.any(|rule| reviews(vocabulary, rule).is_some_and(|own| own == form))
}

/// The form of which a rule keeps the date on which it is reviewed: what it asks for is that form's next version.
pub fn reviews(vocabulary: &Vocabulary, rule: &Rule) -> Option<String> {
    let completed = vocabulary.event("form.completed")?;
    let date = vocabulary.event_field(completed, "review_on")?;
    let by_date = matches!(&rule.due, Some(Limit::By(Anchor::Field(id), _)) if *id == date.field);
    let Trigger::On { events, .. } = &rule.trigger else { return None };
    let form = |met: &Met| {
        let mut answers = Answers::default();
        fill(vocabulary, &met.when, &mut answers);
        Some(answers.get(&field::name("form")).to_string()).filter(|form| met.event == completed && !form.is_empty())
    };
    events.iter().find_map(form).filter(|_| by_date)
}

/// Whom the rulebooks let do, beside whose duty it is, what an event records.
pub fn also_doers(vocabulary: &Vocabulary, rulebooks: &[Rulebook], event: EventId) -> Vec<Sym> {
    let mut found: Vec<Sym> = Vec::new();
    let rules = rulebooks.iter().flat_map(|book| &book.rules);
    for rule in rules.filter(|rule| vocabulary.action_at(rule.action).met_by.iter().any(|met| met.event == event)) {
        if let By::Roles(roles) = &rule.by {
            found.extend(roles.iter().filter(|role| !found.contains(role)).copied().collect::<Vec<_>>());
        }
    }
    found
}

/// Whose act it is that an entry names, by the rulebooks: owners first, then whom their rules let do it as well. Of an entry that names an act,
/// a decision or a meeting, of that; of one that names a form, of whoever is to fill it in. `None` where anybody may have done it, or no rule asks it.
pub fn whose_act(
    vocabulary: &Vocabulary,
    rulebooks: &[Rulebook],
    event: EventId,
    named: impl Fn(&str) -> Option<String>,
) -> Option<Vec<Sym>> {
    let known = &vocabulary.known;
    let name = |id: FieldId| named(&vocabulary.fields[id.place()]);
    let act = match event {
        _ if event == known.action_recorded => name(known.action),
        _ if event == known.decision_recorded => name(known.decision),
        _ if event == known.meeting_held => name(known.meeting),
        _ => None,
    };
    let act = act.and_then(|word| vocabulary.action(&word));
    let form = named("form");
    let is_of = |rule: &Rule| match (act, &form) {
        (Some(act), _) => rule.action == act,
        (None, Some(form)) => {
            let all = rule.met_by.as_deref().unwrap_or(&vocabulary.action_at(rule.action).met_by);
            all.iter().any(|met| {
                let mut answers = Answers::default();
                fill(vocabulary, &met.when, &mut answers);
                met.event == event && answers.get(&field::name("form")) == form
            })
        }
        (None, None) => false,
    };
    let (mut owners, mut also) = (Vec::new(), Vec::new());
    for book in rulebooks {
        for rule in book.rules.iter().filter(|rule| is_of(rule)) {
            match &rule.by {
                By::Anyone => return None,
                By::Roles(roles) => also.extend(roles.iter().copied()),
                By::Owner => {}
            }
            also.extend(rule.parties.iter().map(|party| party.role));
            let named = std::iter::once(rule.owner).chain(rule.exceptions.iter().filter_map(|e| e.owner));
            owners.extend(named.flat_map(|owner| roles(book, owner)));
        }
    }
    let mut found: Vec<Sym> = Vec::new();
    for role in owners.into_iter().chain(also) {
        if !found.contains(&role) {
            found.push(role);
        }
    }
    (!found.is_empty()).then_some(found)
}

fn roles(book: &Rulebook, owner: Owner) -> Vec<Sym> {
    match owner {
        Owner::Role(role) => vec![role],
        Owner::Told(index) => {
            let told = &book.told_owners[index];
            told.among.iter().copied().chain([told.otherwise]).collect()
        }
        Owner::Setting(index) => book.settings[index].choices.iter().map(|c| sym(c)).collect(),
        Owner::Table(index) => book.tables[index]
            .rows
            .iter()
            .filter_map(|row| if let Outcome::Role(role) = row.then { Some(role) } else { None })
            .collect(),
    }
}

/// Why a role may not have done what an event records; `None` where it may.
pub fn forbids(vocabulary: &Vocabulary, event: &Event, role: &str) -> Option<String> {
    let id = vocabulary.event(&event.id)?;
    let mut carried_out =
        vocabulary.actions.iter().filter(|a| a.met_by.iter().any(|m| m.event == id && m.when.is_always()));
    let word = sym(role);
    // An offer is made by many; only an act that this event alone carries out can be somebody's own.
    let barred = carried_out.find(|a| {
        a.met_by.len() == 1 && (a.never_by.contains(&word) || !a.only_by.is_empty() && !a.only_by.contains(&word))
    })?;
    let name = vocabulary.role_name(role);
    if barred.only_by.is_empty() {
        return Some(format!("{name} may not {}", barred.name));
    }
    let names: Vec<&str> =
        barred.only_by.iter().filter_map(|r| vocabulary.word(*r)).map(|r| vocabulary.role_name(r)).collect();
    Some(format!("only these may {}: {}", barred.name, names.join(", ")))
}
