//! Where protocols contradict each other in who does an act: whoever records it says which was followed.

use crate::asked::{self, Evaluated, One, evaluate};
use crate::words::short_title;
use crate::{FieldKind, FormField, Lens, Record};
use casebook::command::{self, Answers, FOLLOWED};
use casebook::rules::Rules;
use engine::evaluate::{Line, Options, merge};
use engine::rulebook::Rule;
use engine::vocabulary::EventId;

/// A protocol that asks for an act, of somebody whom another refuses it or the other way round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Side {
    /// The id of the rulebook.
    pub rulebook: String,
    /// Its short title.
    pub title: String,
    /// What it asks, of whom, and where it says so.
    pub asks: String,
}

/// The protocols that contradict each other in an act that an event carries out, as things stand.
pub fn sides(lens: &Lens<'_>, record: &Record, event: EventId) -> Vec<Side> {
    if !may_be_refused(lens.rules, event) {
        return Vec::new();
    }
    // Mostly nothing contradicts: only where something does is it put into words.
    let evaluator = &lens.rules.evaluator;
    let asked = evaluator.evaluate(&record.case, &Options::asking(lens.now));
    if merge(evaluator, &asked).iter().all(|line| line.contradicts.is_empty()) {
        return Vec::new();
    }
    let evaluated = evaluate(lens.rules, &record.case, lens.now, lens.now, asked::Asked::Current);
    let mut found: Vec<Side> = Vec::new();
    let lines = evaluated.lines.iter().filter(|line| line.state.is_open() && !line.contradicts.is_empty());
    for index in lines.flat_map(|line| line.duties.iter().chain(&line.contradicts)) {
        let one = &evaluated.duties[*index];
        let known = found.iter().any(|side| side.rulebook == one.view.rulebook);
        if !known && carries_out(lens.rules, one.rule, event) {
            found.push(side(lens.rules, one));
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

/// What contradicts a line, in words; empty where nothing does.
pub(super) fn contradicts(rules: &Rules, evaluated: &Evaluated, line: &Line) -> String {
    let others = line.contradicts.iter().map(|index| side(rules, &evaluated.duties[*index]));
    let others: Vec<String> = others.map(|side| format!("{}: {}", side.title, side.asks)).collect();
    if others.is_empty() {
        return String::new();
    }
    format!("Another protocol contradicts this. {}. Say which was followed when you record it.", others.join(". "))
}

fn side(rules: &Rules, one: &One) -> Side {
    let owner = one.view.owner_name.as_deref().unwrap_or("somebody not yet known");
    Side {
        rulebook: one.view.rulebook.clone(),
        title: short_title(rules.evaluator.book(one.duty.book)),
        asks: format!("{}, by the {owner} ({})", one.view.label, one.view.provisions.join(", ")),
    }
}

fn carries_out(rules: &Rules, rule: &Rule, event: EventId) -> bool {
    let action = rules.vocabulary().action_at(rule.action);
    let mets = rule.met_by.iter().flatten().chain(&action.met_by);
    command::event_of(rules.vocabulary(), rule) == event || mets.into_iter().any(|met| met.event == event)
}

/// Does any rulebook refuse somebody an act that the event carries out, by this or another event that meets it? Elsewhere nothing can
/// contradict, whatever is asked.
fn may_be_refused(rules: &Rules, event: EventId) -> bool {
    let (evaluator, vocabulary) = (&rules.evaluator, rules.vocabulary());
    let verdicts = || evaluator.rulebooks().flat_map(|book| &book.verdicts).filter(|verdict| verdict.refuses);
    let refused = |met: EventId| verdicts().any(|verdict| verdict.events.iter().any(|of| of.event == met));
    let asks = |rule: &&Rule| carries_out(rules, rule, event);
    let acts = evaluator.rulebooks().flat_map(|book| &book.rules).filter(asks).map(|rule| rule.action);
    acts.into_iter().any(|act| vocabulary.action_at(act).met_by.iter().any(|met| refused(met.event)))
}

/// The field of a form in which it is said.
pub(super) fn field(sides: &[Side], answers: &Answers, error: String) -> FormField {
    let chosen = vec![answers.get(FOLLOWED).to_string()];
    let option = |side: &Side| super::field::option(&side.rulebook, &side.title, &side.asks, &chosen);
    FormField {
        name: FOLLOWED.into(),
        label: "Two protocols contradict each other here. Which was followed?".into(),
        hint: "What the other one asks stays open, and the entry says so.".into(),
        kind: FieldKind::Choice,
        required: true,
        options: sides.iter().map(option).collect(),
        error,
        ..FormField::default()
    }
}
