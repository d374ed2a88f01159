//! What is found by going on from what was found before is what asking every rule finds: duty for duty, in everything that is found of it.
//!
//! A case is gone through entry by entry, as it was written down; facts and settings come in between; then entries of all kinds are added
//! at its end. After each, and at moments after it (a minute, the limit of a duty, midnight, a birthday, a change of clocks), what was
//! found before is gone on from, and every rule is asked as well.

use super::ask::{Answers, World};
use super::compare::Difference;
use super::{Change, Changes, Property, Subject, edit};
use crate::case_file::{CaseFile, DatedFact, EntryLine, SettingLine};
use crate::chance::Chance;
use engine::case::Case;
use engine::diagnostic::Place;
use engine::evaluate::{Duty, Evaluator, Kept, Options, Settled};
use engine::ids::{FactId, LineNo};
use engine::rulebook::{HOURS, Rulebook};
use engine::time::Moment;
use engine::value::Value;
use std::cell::Cell;
use std::sync::Arc;

pub(super) const PROPERTY: Property = Property {
    name: "again",
    says: "what is asked after one more entry, or later, going on from what was asked before, is what is asked as a whole",
    changes,
};

/// So many entries are added at the end, at most.
const FURTHER: usize = 12;
/// So many differences are told of a case.
const TOLD: usize = 5;

fn changes(_: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let (case, books, own) = (subject.case.clone(), subject.books.clone(), Cell::new(Some(chance.clone())));
    let broken: super::Judge = Box::new(move |world: &World<'_>, _: &Answers, _: &Answers| {
        let mut chance = own.take().unwrap_or_else(|| Chance::of(1, "again", 0));
        let evaluator = world.evaluator(&books);
        walk(&evaluator, &case, &mut chance).differences
    });
    let moments = [subject.last()];
    let words = "gone through entry by entry".to_string();
    Changes { made: vec![Change::new(words, subject.case.clone(), &moments, broken)], aside: Vec::new() }
}

/// What came of going through a case.
#[derive(Default, Debug)]
pub struct Walked {
    /// So often it was gone on from what was found before.
    pub steps: usize,
    /// So many rules were asked for that.
    pub asked: usize,
    /// So many rules there were to be asked.
    pub rules: usize,
    /// Where it did not come to the same.
    pub differences: Vec<Difference>,
}

/// A question that is asked again and again, and what was found last.
struct Thread {
    of: fn(&Case, Moment) -> Options,
    kept: Option<Kept>,
}

/// Goes through a case entry by entry, asking these rulebooks.
pub fn walk(evaluator: &Evaluator<'_>, case: &CaseFile, chance: &mut Chance) -> Walked {
    let mut walked = Walked::default();
    let mut threads = [
        Thread { of: |_, now| Options::asking(now), kept: None },
        Thread {
            of: |case, now| {
                let settled = case.episode_at(now).map_or(Settled::None, Settled::Of);
                Options { settled, forced: true, ..Options::asking(now) }
            },
            kept: None,
        },
        Thread { of: |_, now| Options::at(now), kept: None },
    ];
    let mut growing = CaseFile { chronology: Vec::new(), facts: Vec::new(), settings: Vec::new(), ..case.clone() };
    let mut now = Moment::EVER;
    let (mut facts, mut settings) = (case.facts.iter(), case.settings.iter());
    // What is known from the beginning, mostly; the rest comes as it goes on.
    let first = if chance.percent(70) { case.facts.len() } else { chance.below(case.facts.len() + 1) };
    growing.facts.extend(facts.by_ref().take(first).cloned());
    growing.settings.extend(settings.by_ref().take(chance.below(case.settings.len() + 1)).cloned());
    // In a quarter of them a birthday is near, at which the age turns that most rules ask for.
    if let Some(first) = case.chronology.first().filter(|_| chance.percent(25)) {
        let day = evaluator.vocabulary().calendar.date(first.occurred.plus_minutes(chance.between(-1, 5) * 1440));
        let years = chance.between(9, 18) as i32;
        let born = day.checked_sub(jiff::Span::new().years(years)).map_or(Value::Unknown, Value::Date);
        let is_birth = |fact: &&mut DatedFact| fact.fact == evaluator.vocabulary().known.date_of_birth;
        growing.facts.iter_mut().filter(is_birth).for_each(|fact| fact.value = born);
    }
    for line in &case.chronology {
        growing.chronology.push(Arc::clone(line));
        now = now.max(line.occurred).max(line.recorded);
        look(evaluator, &growing, &mut now, &mut threads, chance, &mut walked);
        let (fact, setting, ahead) = (chance.percent(30), chance.percent(30), chance.percent(25));
        growing.facts.extend(facts.next().filter(|_| fact).cloned());
        growing.settings.extend(settings.next().filter(|_| setting).cloned());
        if ahead {
            lie_ahead(evaluator, &mut growing, now, chance);
        }
        if fact || setting || ahead {
            look(evaluator, &growing, &mut now, &mut threads, chance, &mut walked);
        }
    }
    growing.facts.extend(facts.cloned());
    growing.settings.extend(settings.cloned());
    for n in 0..chance.below(FURTHER + 1) {
        look(evaluator, &growing, &mut now, &mut threads, chance, &mut walked);
        now = now.plus_minutes(chance.between(0, 90));
        if let Some(line) = further(&growing, now, n, chance) {
            growing.chronology.push(Arc::new(line));
        }
    }
    look(evaluator, &growing, &mut now, &mut threads, chance, &mut walked);
    walked.differences.truncate(TOLD);
    walked
}

/// What is on record of a time to come: a fact that turns, one that is over then, a local setting that holds from then on, a move.
fn lie_ahead(evaluator: &Evaluator<'_>, case: &mut CaseFile, now: Moment, chance: &mut Chance) {
    let at = now.plus_minutes(chance.between(3, 3000));
    if !case.facts.is_empty() {
        let fact = chance.one_of(&case.facts).clone();
        let turned = match fact.value {
            Value::Bool(yes) => DatedFact { value: Value::Bool(!yes), from: at, recorded: now, ..fact },
            // A date that was wrong: a child is older or younger than was thought.
            Value::Date(day) => {
                let other = day.checked_add(jiff::Span::new().years(chance.between(-6, 6) as i32));
                DatedFact { value: other.map_or(Value::Unknown, Value::Date), recorded: now, ..fact }
            }
            _ => DatedFact { from: Moment::EVER, until: Some(at), recorded: now, ..fact },
        };
        case.facts.push(DatedFact { id: format!("ahead-{}", case.facts.len()), ..turned });
    }
    let books: Vec<&Rulebook> = evaluator.rulebooks().filter(|book| !book.settings.is_empty()).collect();
    if !books.is_empty() {
        let (book, place) = (chance.pick(&books), Place { file: "changed".into(), line: 0, column: 0 });
        let setting = chance.one_of(&book.settings);
        let at = if chance.percent(50) { at } else { Moment::EVER };
        let value = match setting.kind.as_str() {
            "duration" => chance.pick(&["2h", "1 day", "9 working days"]).to_string(),
            "yes-no" => chance.pick(&["yes", "no"]).to_string(),
            HOURS => "Monday to Sunday 10:00 to 11:00".to_string(),
            _ if setting.choices.is_empty() => String::new(),
            _ => chance.one_of(&setting.choices).clone(),
        };
        case.settings.push(SettingLine {
            rulebook: book.id.clone(),
            setting: setting.id.clone(),
            value,
            from: at,
            place,
        });
    }
    if let Some(home) = case.placements.last_mut().filter(|home| home.until.is_none() && home.from < at) {
        home.until = Some(at);
    }
}

/// An entry like one that there is, of a later time.
fn further(case: &CaseFile, now: Moment, n: usize, chance: &mut Chance) -> Option<EntryLine> {
    let own: Vec<&Arc<EntryLine>> = case.chronology.iter().filter(|e| e.corrects.is_none()).collect();
    let like = (!own.is_empty()).then(|| chance.pick(&own))?;
    let mut line = (**like).clone();
    line.id = edit::new_id(case, &format!("further-{n}"));
    // What is planned stays as far ahead as it was.
    for (_, value) in &mut line.fields {
        if let Value::Moment(at) = value {
            *at = Moment(at.0 + now.0 - like.occurred.0);
        }
    }
    // Now and then it is told late, or of a time to come.
    let late = if chance.percent(15) { chance.between(1, 2000) } else { 0 };
    let ahead = if chance.percent(15) { chance.between(1, 200) } else { 0 };
    (line.occurred, line.recorded) = (now.plus_minutes(ahead - late), now);
    (line.episode, line.root) = (None, LineNo::at(case.chronology.len()));
    line.also.clear();
    if chance.percent(8) {
        line.told_by = line.by.or(line.told_by);
    }
    Some(line)
}

/// Asks about a case at a moment and at moments after it.
fn look(
    evaluator: &Evaluator<'_>,
    file: &CaseFile,
    now: &mut Moment,
    threads: &mut [Thread],
    chance: &mut Chance,
    walked: &mut Walked,
) {
    let case = Arc::new(crate::known::known(file, evaluator, None).0);
    ask(evaluator, &case, *now, threads, walked);
    for _ in 0..chance.below(4) {
        *now = later(evaluator, &case, *now, threads, chance);
        ask(evaluator, &case, *now, threads, walked);
    }
}

/// A moment after another: close by, of a duty, or one at which the calendar turns.
fn later(evaluator: &Evaluator<'_>, case: &Case, now: Moment, threads: &[Thread], chance: &mut Chance) -> Moment {
    let calendar = &evaluator.vocabulary().calendar;
    // What is on record already of the time to come.
    let facts = (0..evaluator.vocabulary().facts.len()).map(FactId::at);
    let planned = facts.flat_map(|fact| case.facts.changes(fact)).map(|change| change.at);
    let planned = planned.chain(case.entries.iter().map(|entry| entry.occurred));
    let duties = threads.iter().flat_map(|thread| &thread.kept).flat_map(Kept::duties);
    let turns = duties.flat_map(|d| [Some(d.arises), d.due, d.lapsed, d.tightened]).flatten().chain(planned);
    let mut turns: Vec<Moment> = turns.filter(|at| *at > now && at.0 < now.0 + 40 * 86_400).collect();
    turns.sort_unstable();
    turns.dedup();
    turns.truncate(6);
    let editions = evaluator.rulebooks().flat_map(|book| [Some(book.in_force_from), book.in_force_until]).flatten();
    let editions: Vec<Moment> = editions.map(|day| calendar.start_of(day)).filter(|at| *at > now).collect();
    if !editions.is_empty() && chance.percent(6) {
        return Moment(chance.pick(&editions).0 + chance.between(-61, 61)).max(now);
    }
    match chance.below(8) {
        0 => Moment(now.0 + chance.between(0, 59)),
        1 => now.plus_minutes(chance.between(1, 5)),
        2 => now.plus_minutes(chance.between(5, 600)),
        3 => now.plus_minutes(chance.between(600, 4000)),
        4 if chance.percent(20) => now.plus_minutes(chance.between(10, 300) * 1440),
        4 => calendar.start_of(calendar.date(now.plus_minutes(chance.between(0, 3) * 1440))).max(now),
        _ if turns.is_empty() => now.plus_minutes(chance.between(1, 90)),
        _ => Moment(chance.pick(&turns).0 + chance.between(-61, 61)).max(now),
    }
}

fn ask(evaluator: &Evaluator<'_>, case: &Arc<Case>, now: Moment, threads: &mut [Thread], walked: &mut Walked) {
    // What is at hand may be of another question: then it is of no use, and is not used.
    if let ([first, .., last], 9) = (&mut *threads, walked.steps % 60) {
        std::mem::swap(&mut first.kept, &mut last.kept);
    }
    for thread in threads {
        let options = (thread.of)(case, now);
        let whole = evaluator.evaluate(case, &options);
        let kept = match &thread.kept {
            Some(before) => evaluator.again(before, case, &options),
            None => evaluator.keep(case, &options),
        };
        walked.steps += 1;
        walked.asked += kept.asked();
        walked.rules += evaluator.rulebooks().map(|book| book.rules.len()).sum::<usize>();
        compare(evaluator, &whole, kept.duties(), now, walked);
        thread.kept = Some(kept);
    }
}

fn compare(evaluator: &Evaluator<'_>, whole: &[Duty], again: &[Duty], now: Moment, walked: &mut Walked) {
    if whole == again || walked.differences.len() >= TOLD {
        return;
    }
    let calendar = &evaluator.vocabulary().calendar;
    let (place, one) = whole.iter().zip(again).enumerate().find(|(_, (one, other))| one != other).map_or_else(
        || (whole.len().min(again.len()), whole.get(again.len()).or(again.get(whole.len()))),
        |(place, (one, _))| (place, Some(one)),
    );
    let Some(duty) = one else { return };
    let (book, rule) = (evaluator.book(duty.book), evaluator.rule(duty));
    let said = |duty: Option<&Duty>| format!("at {}: {duty:?}", calendar.words(now));
    walked.differences.push(Difference {
        book: format!("{}/{}", book.id, book.edition),
        rule: rule.id.clone(),
        duty: rule.id.clone(),
        expected: said(whole.get(place)),
        got: said(again.get(place)),
    });
}
