//! The duties of a case at a moment: evaluated, put into words, merged into lines.

use crate::Record;
use crate::key::DutyKey;
use crate::seen_to::listed;
use casebook::rules::{Called, Rules};
use engine::case::Case;
use engine::evaluate::{Duty, DutyView, Kept, Line, Options, Settled, State, Words, merge};
use engine::ids::EpisodeNo;
use engine::rulebook::Rule;
use engine::time::Moment;
use std::sync::Arc;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asked {
    /// What is open or will arise; and what is settled in the last episode.
    Current,
    /// What is open, will arise or is settled in one episode.
    Episode(EpisodeNo),
    /// Whatever there is, in every episode.
    Everything,
}

/// Duties, in words.
pub struct Evaluated {
    /// Each duty with its words and its key.
    pub duties: Vec<One>,
    /// The lines that they are shown on: indices into `duties`.
    pub lines: Vec<Line>,
}

/// A duty.
pub struct One {
    /// As the engine found it.
    pub duty: Duty,
    /// In words.
    pub view: DutyView,
    /// Its key.
    pub key: DutyKey,
    /// The rule that asks for it.
    pub rule: &'static Rule,
    /// It follows from something that the viewer may not see; that it is theirs to do, they are told all the same.
    pub owed: bool,
}

/// Evaluates a case at a moment; repeated duties up to a horizon.
pub fn evaluate(rules: &Rules, case: &Case, now: Moment, horizon: Moment, asked: Asked) -> Evaluated {
    let options = options(case, now, horizon, asked);
    worded(rules, case, &options, &found(rules, case, &options, asked), Words::All)
}

/// What stands of a case at a moment, as lists keep it, without words: gone on from what was found before, if that is at hand.
pub fn standing(rules: &Rules, before: Option<&Kept>, case: &Arc<Case>, now: Moment) -> Kept {
    let options = options(case, now, now, Asked::Current);
    match before {
        Some(before) => rules.evaluator.again(before, case, &options),
        None => rules.evaluator.keep(case, &options),
    }
}

/// Some of the duties that stand, with the words that lists keep.
pub fn words_of(rules: &Rules, kept: &Kept, duties: &[Duty]) -> Vec<DutyView> {
    let mut made = Vec::with_capacity(duties.len());
    in_words(rules, kept.case(), kept.options(), duties, Words::Listed, |one| made.push(one.view));
    made
}

/// What is made of each duty that stands, with the words that lists keep: one after the other, since all of a long record take much room.
pub fn each_listed<T>(rules: &Rules, kept: &Kept, make: impl Fn(&One) -> T) -> Vec<T> {
    let mut made = Vec::with_capacity(kept.duties().len());
    in_words(rules, kept.case(), kept.options(), kept.duties(), Words::Listed, |one| made.push(make(&one)));
    made
}

fn worded(rules: &Rules, case: &Case, options: &Options, found: &[Duty], words: Words) -> Evaluated {
    let mut duties = Vec::with_capacity(found.len());
    in_words(rules, case, options, found, words, |one| duties.push(one));
    Evaluated { duties, lines: merge(&rules.evaluator, found) }
}

fn in_words(rules: &Rules, case: &Case, options: &Options, found: &[Duty], words: Words, mut take: impl FnMut(One)) {
    let (evaluator, called) = (&rules.evaluator, rules.called());
    evaluator.each_view(case, options, found, words, |duty, mut view| {
        rename(rules, &called, &mut view);
        take(One { duty: *duty, key: DutyKey::of(&view), view, rule: evaluator.rule(duty), owed: false });
    });
}

fn found(rules: &Rules, case: &Case, options: &Options, asked: Asked) -> Vec<Duty> {
    let mut found = rules.evaluator.evaluate(case, options);
    if let Asked::Episode(episode) = asked {
        found.retain(|d| d.episode == Some(episode));
    }
    found
}

fn options(case: &Case, now: Moment, horizon: Moment, asked: Asked) -> Options {
    let settled = match asked {
        Asked::Current => case.episode_at(now).map_or(Settled::None, Settled::Of),
        Asked::Episode(episode) => Settled::Of(episode),
        Asked::Everything => Settled::All,
    };
    Options { horizon, settled, ..Options::asking(now) }
}

/// Puts what an area calls people and teams now where its protocol printed another name. Nothing is decided by a name.
fn rename(rules: &Rules, called: &Called, view: &mut DutyView) {
    if called.is_empty() {
        return;
    }
    let Some(book) = rules.book(&view.rulebook) else { return };
    let now = |role: &str| called.get(&(book.area.clone(), role.to_owned()));
    if let Some(name) = view.owner.as_deref().and_then(now) {
        view.owner_name = Some(name.clone());
    }
    for one in &mut view.recipients {
        one.name = now(&one.role).unwrap_or(&one.name).clone();
    }
    for one in &mut view.parties {
        one.name = now(&one.role).unwrap_or(&one.name).clone();
    }
    let Some(said) = &mut view.recorded_by_another else { return };
    for ((_, role), name) in called.iter().filter(|((area, _), _)| *area == book.area) {
        let printed = book.local_name(role).unwrap_or_else(|| rules.vocabulary().role_name(role));
        *said = said.replace(&format!("by the {printed};"), &format!("by the {name};"));
        *said = said.replace(&format!("the {printed}'s own"), &format!("the {name}'s own"));
    }
}

impl Evaluated {
    /// Leaves duties out; the others are put on lines anew.
    pub fn leave_out(&mut self, rules: &Rules, gone: impl Fn(&One) -> bool) {
        let before = self.duties.len();
        self.duties.retain(|one| !gone(one));
        if self.duties.len() < before {
            let left: Vec<Duty> = self.duties.iter().map(|one| one.duty).collect();
            self.lines = merge(&rules.evaluator, &left);
        }
    }
}

/// Of whoever may not see where a child lives, nobody can expect an answer to whether another county's protocol asks something: it is not yet
/// known only to them. By the class of what is missing alone, whatever the record says: that it is left out tells nothing.
pub(crate) fn hangs_on_hidden(rules: &Rules, record: &Record, one: &One) -> bool {
    let vocabulary = rules.vocabulary();
    let hidden = |fact: &str| vocabulary.fact(fact).is_some_and(|fact| record.hides(vocabulary, fact));
    let missing = &one.view.missing;
    one.duty.state == State::CannotTell
        && !missing.is_empty()
        && missing.iter().all(|one| one.entry.is_none() && hidden(&one.fact))
}

/// Is it for those who came after its viewer, who works with the child no more? Theirs is still what belongs to an episode that began before.
fn came_later(record: &Record, case: &Case, one: &One) -> bool {
    let began = one.duty.episode.map(|episode| case.episodes[episode.place()].start);
    record.left.is_some_and(|left| began.is_none_or(|began| began >= left))
}

/// The duties of a record as somebody may see it; and of the whole record what they themselves owe.
pub fn evaluate_for(
    rules: &Rules,
    record: &Record,
    own: &[String],
    (now, horizon): (Moment, Moment),
    asked: Asked,
) -> Evaluated {
    let mine = |one: &One| one.view.owner.iter().chain(&listed(&one.view)).any(|owner| own.contains(owner));
    let mut seen = evaluate(rules, &record.case, now, horizon, asked);
    // What they may owe themselves is told below by the whole of the record, and here only where nothing of it is kept from them.
    let told = |one: &One| record.whole.is_none() && mine(one);
    let later = |case: &Case, one: &One| came_later(record, case, one);
    seen.leave_out(rules, |one| hangs_on_hidden(rules, record, one) && !told(one) || later(&record.case, one));
    let Some(whole) = record.whole.as_deref() else { return seen };
    let asked = match asked {
        Asked::Current | Asked::Everything => asked,
        Asked::Episode(number) => {
            let id = &record.case.episodes[number.place()].id;
            let Some(place) = whole.episodes.iter().position(|e| e.id == *id) else { return seen };
            Asked::Episode(EpisodeNo::at(place))
        }
    };
    for one in evaluate(rules, whole, now, horizon, asked).duties {
        if later(whole, &one) {
            continue;
        }
        if one.duty.state.is_open() && mine(&one) && !seen.duties.iter().any(|known| known.key == one.key) {
            let place = seen.duties.len();
            let own = merge(&rules.evaluator, std::slice::from_ref(&one.duty));
            seen.lines.extend(own.into_iter().map(|line| Line { duties: vec![place], ..line }));
            seen.duties.push(One { owed: true, ..one });
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use casebook::case_file;
    use casebook::known::known;
    use engine::source::SourceFile;
    use engine::vocabulary::Class;

    /// A child of an authority of whom nobody has recorded where the child lives.
    const CASE: &str = r#"{ "case": "r", "facts": [
        { "fact": "child.responsible_authority", "value": "AUTHORITY" },
        { "fact": "child.looked_after", "value": true } ],
      "chronology": [ { "id": "e1", "event": "absence.noticed", "status": "missing", "by": "home_staff",
        "occurred_at": "2026-01-06T18:30+00:00" } ] }"#;

    fn record(rules: &Rules, authority: &str, sees: Vec<Class>) -> Record {
        let source = SourceFile::new("r", CASE.replace("AUTHORITY", authority));
        let file = case_file::read(&source, rules.vocabulary(), None).case.expect("a case");
        let (case, flags) = known(&file, &rules.evaluator, None);
        Record {
            id: "r".into(),
            name: "Riley".into(),
            version: 1,
            file: Arc::new(file),
            case: Arc::new(case),
            flags: Arc::new(flags),
            written: Arc::default(),
            whole: None,
            glass: false,
            sees,
            records: Vec::new(),
            keeps: true,
            waives: false,
            lives: crate::Lives::Shown,
            left: None,
        }
    }

    #[test]
    fn what_hangs_on_where_a_child_lives_is_not_asked_of_whoever_may_not_see_that() {
        let rules = Rules::new(testkit::library());
        let own = rules.evaluator.rulebooks().max_by_key(|book| book.rules.len()).expect("a rulebook");
        let now = Moment(1_767_724_200 + 3600);
        let of = |sees: &[&str], owes: &[String]| -> Vec<(String, State, Option<String>)> {
            let sees = sees.iter().filter_map(|class| Class::of(class)).collect();
            let record = record(&rules, &own.area, sees);
            let found = evaluate_for(&rules, &record, owes, (now, now), Asked::Current);
            let lines = found.lines.iter().flat_map(|line| &line.duties).map(|n| &found.duties[*n]);
            lines.map(|one| (one.view.rulebook.clone(), one.duty.state, one.view.owner.clone())).collect()
        };
        let everything = of(&["ordinary", "whereabouts"], &[]);
        let school = of(&["ordinary"], &[]);
        let unknown = |all: &[(String, State, Option<String>)]| {
            all.iter().filter(|(book, state, _)| *book != own.id && *state == State::CannotTell).count()
        };
        assert!(unknown(&school) < unknown(&everything), "{everything:?}\n{school:?}");
        // What is certain stays, and so does what they would have to do themselves.
        let sure = |all: &[(String, State, Option<String>)]| {
            all.iter().filter(|(_, state, _)| *state != State::CannotTell).count()
        };
        assert!(sure(&everything) > 0 && sure(&everything) == sure(&school), "{everything:?}\n{school:?}");
        let owners: Vec<String> = everything.iter().filter_map(|(_, _, owner)| owner.clone()).collect();
        assert!(unknown(&of(&["ordinary"], &owners)) > unknown(&school), "whoever may owe it hears of it");
    }
}
