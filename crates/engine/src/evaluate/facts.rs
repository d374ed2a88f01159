//! What is known at a point of a case: values of facts and fields, and the truth of conditions.
//! Nothing recorded after `now` is seen, whatever point is asked about.

use super::reckoning::Reckoning;
use super::seen::Seen;
use crate::calendar::birthday;
use crate::case::{Change, Entry, Source, in_force, value_at};
use crate::condition::{Condition, Expr, Order, Subject, Test};
use crate::ids::{EntryNo, EpisodeNo, SettingNo};
use crate::rulebook::{Course, Rulebook, SettingValue};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::vocabulary::{Derived, Fact, FactId, FieldId, Scope, Vocabulary};
use crate::words::{Sym, sym};
use jiff::civil::Date;

/// Everything that stays the same while one rulebook is evaluated on one case.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub vocabulary: &'a Vocabulary,
    pub case: Seen<'a>,
    pub book: Option<&'a Rulebook>,
    /// Settings of the rulebook, in its order, as set for this case.
    pub settings: &'a [Course],
    /// The moment asked about; nothing later is known.
    pub now: Moment,
    /// What was worked out of states so far.
    pub cache: &'a super::spans::Cache,
    /// When the time of day is judged, if not at the point itself.
    pub clock: Option<Moment>,
    /// A fact that nobody knew at the point counts as it first became known afterwards: so is settled what a child was at an
    /// occasion that was recorded before the child's papers were.
    pub settling: Settling,
    /// Facts are those before this entry took effect: what was recorded before it of the same minute counts.
    pub before: Option<EntryNo>,
    /// The earliest moment of the record, from which facts that were always so are taken to matter.
    pub begin: Moment,
}

/// Does a fact that nobody knew at a point count as it first became known afterwards?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Settling {
    /// It does not.
    No,
    /// If that was before the episode ended.
    ByTheEnd,
    /// Whenever that was.
    Ever,
}

/// A point in a case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub episode: Option<EpisodeNo>,
    pub entry: Option<EntryNo>,
    pub at: Moment,
}

impl<'a> Facts<'a> {
    /// The calendar.
    pub fn reckoning(&self) -> Reckoning<'a> {
        Reckoning::new(&self.vocabulary.calendar, self.case.recorder())
    }
}

impl Facts<'_> {
    /// The change of a recorded fact in force at a point; `None` also when there is no episode.
    pub fn change(&self, fact: FactId, point: Point) -> Option<Change> {
        let at = point.at.min(self.now);
        match self.vocabulary.fact_at(fact).scope {
            Scope::Child | Scope::Clock => in_force(self.case.changes(fact), at).copied(),
            Scope::Episode => {
                let episode = point.episode.or_else(|| self.case.episode_at(at))?;
                in_force(self.case.changes_in(episode, fact), at).copied()
            }
        }
    }

    /// The value of a fact at a point. `None`: there is no episode for it to be about.
    pub fn value(&self, id: FactId, point: Point) -> Option<Value> {
        self.look_up(id, &point)
    }

    // Lent, not given, and written out in place: it is asked thousands of times for each question.
    #[expect(clippy::inline_always, reason = "a twentieth of what a question costs is the call")]
    #[inline(always)]
    fn look_up(&self, id: FactId, point: &Point) -> Option<Value> {
        let fact = self.vocabulary.fact_at(id);
        if let Some(derived) = fact.derived {
            return self.derived(fact, derived, *point);
        }
        let at = point.at.min(self.now);
        let (changes, episode) = match fact.scope {
            Scope::Child | Scope::Clock => (self.case.changes(id), point.episode),
            Scope::Episode => {
                let episode = point.episode.or_else(|| self.case.episode_at(at))?;
                (self.case.changes_in(episode, id), Some(episode))
            }
        };
        let value = match self.before {
            None => value_at(changes, at),
            Some(entry) => self.beside(entry, changes, at).unwrap_or_else(|| value_at(changes, at)),
        };
        if !matches!(value, Value::Unknown) {
            return Some(value);
        }
        let silent = fact.if_silent;
        let may_be_learned = matches!(silent, Value::Unknown) && self.settling != Settling::No;
        Some(if may_be_learned { self.later(changes, id, at, episode) } else { silent })
    }

    /// What nobody knew at an occasion that is settled counts as it first became known, as long as the episode lasted: what began after
    /// the return says nothing of what was before it.
    #[inline(never)]
    fn later(&self, changes: &[Change], id: FactId, at: Moment, episode: Option<EpisodeNo>) -> Value {
        let ended = episode.filter(|_| self.settling == Settling::ByTheEnd);
        let ended = ended.and_then(|e| self.case.episode(e).end);
        let until = ended.map_or(self.now, |end| end.min(self.now));
        let mut later = changes.iter().filter(|c| c.at > at && c.at <= until);
        match later.find(|c| c.value != Value::Unknown) {
            Some(change) if self.ends(id, change) => Value::Bool(true),
            Some(change) => change.value,
            None => Value::Unknown,
        }
    }

    /// What another entry of the same minute, recorded before the one that is judged, says.
    #[inline(never)]
    fn beside(&self, entry: EntryNo, changes: &[Change], at: Moment) -> Option<Value> {
        let own = self.case.entry(entry).occurred;
        let earlier = |c: &&Change| c.at == own && matches!(c.source, Source::Entry(other) if other < entry);
        // `at` is just before the entry.
        let found = (at.0 + 1 >= own.0).then(|| changes.iter().rev().find(earlier)).flatten()?;
        Some(found.value)
    }

    /// Does a change say that something is so no more, which it then was until then?
    fn ends(&self, id: FactId, change: &Change) -> bool {
        let Source::Entry(entry) = change.source else { return false };
        let sets = &self.vocabulary.event_at(self.case.entry(entry).event).sets;
        change.value == Value::Bool(false) && sets.iter().any(|s| s.fact == id && s.ends)
    }

    /// These facts as they settle what was so at an occasion.
    pub fn settled(&self) -> Facts<'_> {
        Facts { settling: Settling::ByTheEnd, ..*self }
    }

    /// These facts with whatever was learned first, however late.
    pub fn learned(&self) -> Facts<'_> {
        Facts { settling: Settling::Ever, ..*self }
    }

    // Apart, so that looking up what is recorded, which is asked most by far, stays small.
    #[inline(never)]
    fn derived(&self, fact: &Fact, derived: Derived, point: Point) -> Option<Value> {
        if fact.scope != Scope::Episode {
            return Some(match derived {
                Derived::Age => self.age(point.at),
                Derived::Turns18 => self.turns_18(),
                Derived::PlacedOutOfArea => self.placed_out_of_area(point),
                Derived::Night => self.night(self.clock.unwrap_or(point.at)),
                _ => self.office_hours(self.clock.unwrap_or(point.at)),
            });
        }
        let index = point.episode.or_else(|| self.case.episode_at(point.at.min(self.now)))?;
        let episode = self.case.episode(index);
        let seen = point.at.min(self.now);
        let ended = episode.end.filter(|e| *e <= seen);
        let was = |word: Sym| {
            let changes = self.case.changes_in(index, self.vocabulary.known.status);
            Value::Bool(changes.iter().any(|c| c.at <= seen && c.value == Value::Word(word)))
        };
        Some(match derived {
            Derived::EpisodeStart => Value::Moment(episode.start),
            Derived::EpisodeEnd => ended.map_or(Value::Unknown, Value::Moment),
            Derived::EpisodeOpen => Value::Bool(ended.is_none()),
            Derived::FirstEpisode => Value::Bool(index.place() == 0),
            Derived::MissingBefore => Value::Bool(self.missing_before(index, seen)),
            Derived::MissingSince => return self.missing_since(index, seen).map(Value::Moment),
            Derived::WasMissing => was(MISSING),
            Derived::WasAway => was(AWAY),
            Derived::WasAbsent => was(ABSENT),
            Derived::Age | Derived::Turns18 | Derived::OfficeHours | Derived::Night | Derived::PlacedOutOfArea => {
                Value::Unknown
            }
        })
    }

    /// The one of the two authorities that is not on record, else the one that came on record last.
    fn source_of_area(&self, fact: FactId) -> FactId {
        let Some(areas) = self.vocabulary.known.areas else { return fact };
        let change = |fact| in_force(self.case.changes(fact), self.now).filter(|c| c.value != Value::Unknown);
        match (change(areas.responsible), change(areas.host)) {
            (None, _) => areas.responsible,
            (_, None) => areas.host,
            (Some(responsible), Some(host)) if responsible.at > host.at => areas.responsible,
            _ => areas.host,
        }
    }

    /// By the two authorities where both are on record, else as recorded.
    fn placed_out_of_area(&self, point: Point) -> Value {
        let Some(areas) = self.vocabulary.known.areas else { return Value::Unknown };
        let value = |fact| self.value(fact, point).unwrap_or(Value::Unknown);
        match (value(areas.responsible), value(areas.host)) {
            (Value::Word(responsible), Value::Word(host)) => Value::Bool(responsible != host),
            _ => value(areas.recorded),
        }
    }

    fn missing_before(&self, episode: EpisodeNo, seen: Moment) -> bool {
        let missing = |e: EpisodeNo| {
            let changes = self.case.changes_in(e, self.vocabulary.known.status);
            changes.iter().any(|c| c.at <= seen && c.value == Value::Word(MISSING))
        };
        self.case.episodes().take(episode.place()).any(missing)
    }

    /// Where "how long since" stops: an episode's clocks stand still once the child is back or, for the missing clock, no longer missing.
    fn stopped(&self, fact: FactId, point: Point) -> Moment {
        let derived = self.vocabulary.fact_at(fact).derived;
        let seen = point.at.min(self.now);
        let Some(index) = point.episode.or_else(|| self.case.episode_at(seen)) else { return point.at };
        let episode = self.case.episode(index);
        let end = episode.end.filter(|e| *e <= seen).unwrap_or(point.at);
        match derived {
            Some(Derived::EpisodeStart) => end.min(point.at),
            Some(Derived::MissingSince) => {
                let changes = self.case.changes_in(index, self.vocabulary.known.status);
                let last = changes.iter().take_while(|c| c.at <= seen).collect::<Vec<_>>();
                let after = last.iter().rposition(|c| c.value == Value::Word(MISSING)).and_then(|i| last.get(i + 1));
                after.map_or(end, |c| c.at).min(end).min(point.at)
            }
            _ => point.at,
        }
    }

    /// Since when the child has been missing in an episode: from the first time on, whatever the status did in between.
    fn missing_since(&self, episode: EpisodeNo, seen: Moment) -> Option<Moment> {
        let changes = self.case.changes_in(episode, self.vocabulary.known.status);
        changes.iter().take_while(|c| c.at <= seen).find(|c| c.value == Value::Word(MISSING)).map(|c| c.at)
    }

    /// The date that the age goes by. Of two that are disputed the later one, since the child is then younger; before the birth, the
    /// date that is expected.
    fn born(&self) -> Option<Date> {
        let known = &self.vocabulary.known;
        let date = |fact: Option<FactId>| match in_force(self.case.changes(fact?), self.now).map(|c| c.value) {
            Some(Value::Date(date)) => Some(date),
            _ => None,
        };
        date(Some(known.date_of_birth)).max(date(known.disputed_birth)).or_else(|| date(known.expected_birth))
    }

    #[inline(never)]
    fn age(&self, at: Moment) -> Value {
        let Some(born) = self.born() else { return Value::Unknown };
        let today = self.reckoning().date(at);
        let years = i64::from(today.year()) - i64::from(born.year());
        let had_birthday = birthday(born, today.year()).is_some_and(|day| today >= day);
        // Nobody is younger than 0: what is on record of an unborn child goes by the same rules.
        Value::Number((if had_birthday { years } else { years - 1 }).max(0))
    }

    fn turns_18(&self) -> Value {
        let birthday = self.born().and_then(|born| birthday(born, born.year().checked_add(18)?));
        birthday.map_or(Value::Unknown, |day| Value::Moment(self.reckoning().start_of(day)))
    }

    /// The moments at which a comparison with an age changes: the birthdays at that age and the next, after a moment.
    pub fn birthdays(&self, ages: &[i64], from: Moment, points: &mut super::spans::Points) {
        let Some(born) = self.born() else { return };
        for age in ages.iter().flat_map(|a| [*a, *a + 1]) {
            let year = i16::try_from(i64::from(born.year()).saturating_add(age)).ok();
            let at = year.and_then(|y| birthday(born, y)).map(|d| self.reckoning().start_of(d));
            points.extend(at.filter(|at| *at > from));
        }
    }

    fn office_hours(&self, at: Moment) -> Value {
        let Some((index, _)) = self.book.and_then(Rulebook::hours) else { return Value::Unknown };
        match self.set_at(index, at) {
            Some(SettingValue::Hours(hours)) => Value::Bool(self.reckoning().is_open(hours, at)),
            _ => Value::Unknown,
        }
    }

    fn night(&self, at: Moment) -> Value {
        let Some(night) = self.book.and_then(|b| b.night.as_ref()) else { return Value::Unknown };
        Value::Bool(self.reckoning().is_night(night, at))
    }

    /// What is set locally, at a moment.
    pub fn set_at(&self, index: usize, at: Moment) -> Option<&SettingValue> {
        self.settings.get(index).map(|course| course.at(at))
    }

    fn setting(&self, index: SettingNo, at: Moment) -> Value {
        match self.set_at(index.place(), at) {
            Some(SettingValue::Choice(word)) => Value::Word(*word),
            Some(SettingValue::YesNo(yes)) => Value::Bool(*yes),
            _ => Value::Unknown,
        }
    }

    /// Is the condition true at a point?
    #[inline]
    pub fn truth(&self, condition: &Condition, point: Point) -> Truth {
        // Many ask nothing.
        if condition.is_always() { Truth::True } else { self.expr(&condition.expr, &point) }
    }

    fn expr(&self, expr: &Expr, point: &Point) -> Truth {
        match expr {
            Expr::Always => Truth::True,
            Expr::Test(subject, test) => self.test(*subject, test, point),
            Expr::Not(inner) => !self.expr(inner, point),
            Expr::All(parts) => all_of(parts, |part| self.part(part, point)),
            Expr::Any(parts) => any_of(parts, |part| self.part(part, point)),
        }
    }

    /// A part of a whole: most are tests, which need no further descent.
    #[inline]
    fn part(&self, part: &Expr, point: &Point) -> Truth {
        if let Expr::Test(subject, test) = part { self.test(*subject, test, point) } else { self.expr(part, point) }
    }

    pub fn test(&self, subject: Subject, test: &Test, point: &Point) -> Truth {
        let value = match subject {
            Subject::Field(field) => {
                return point.entry.map_or(Truth::False, |e| field_test(self.case.entry(e), field, test));
            }
            Subject::Setting(index) => self.setting(index, point.at),
            Subject::Fact(fact) => match self.look_up(fact, point) {
                Some(value) => value,
                None => return Truth::False,
            },
        };
        if let Test::OneOf(wanted) = test {
            let is_it = || Truth::of(is_one_of(wanted, value));
            return if matches!(value, Value::Unknown) { Truth::Unknown } else { is_it() };
        }
        self.compared(subject, test, value, point)
    }

    /// As [`test`](Self::test), of what is asked less often than whether a value is one of some.
    #[inline(never)]
    fn compared(&self, subject: Subject, test: &Test, value: Value, point: &Point) -> Truth {
        match (test, value) {
            (Test::Recorded, value) => Truth::of(value != Value::Unknown),
            (_, Value::Unknown) => Truth::Unknown,
            (Test::Number(order, wanted), Value::Number(number)) => Truth::of(order.holds(number, *wanted)),
            (Test::Day(order, day), value) => day_truth(*order, *day, value),
            (Test::Since(order, length), Value::Moment(since)) => {
                let at = if let Subject::Fact(fact) = subject { self.stopped(fact, *point) } else { point.at };
                Truth::of(order.holds(at, self.reckoning().add(since, *length)))
            }
            _ => Truth::Unknown,
        }
    }

    /// The facts for want of which the condition cannot be told.
    pub fn missing(&self, condition: &Condition, point: Point, found: &mut Vec<FactId>) {
        self.missing_in(&condition.expr, point, found);
    }

    fn missing_in(&self, expr: &Expr, point: Point, found: &mut Vec<FactId>) {
        if self.expr(expr, &point) != Truth::Unknown {
            return;
        }
        match expr {
            Expr::Always => {}
            Expr::Test(Subject::Fact(fact), _) => {
                let fact = self.recorded_source(*fact);
                if !found.contains(&fact) {
                    found.push(fact);
                }
            }
            Expr::Test(..) => {}
            Expr::Not(inner) => self.missing_in(inner, point, found),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|p| self.missing_in(p, point, found)),
        }
    }

    /// The fact that somebody would have to record for a derived one to be known.
    pub fn recorded_source(&self, fact: FactId) -> FactId {
        match self.vocabulary.fact_at(fact).derived {
            Some(Derived::Age | Derived::Turns18) => self.vocabulary.known.date_of_birth,
            Some(Derived::PlacedOutOfArea) => self.source_of_area(fact),
            _ => fact,
        }
    }

    /// The facts that make the condition what it is, with their values.
    pub fn reasons(&self, condition: &Condition, point: Point, found: &mut Vec<FactId>) {
        self.reasons_in(&condition.expr, point, found);
    }

    fn reasons_in(&self, expr: &Expr, point: Point, found: &mut Vec<FactId>) {
        let whole = self.expr(expr, &point);
        match expr {
            Expr::Test(Subject::Fact(fact), _) if whole != Truth::Unknown && !found.contains(fact) => found.push(*fact),
            Expr::Always | Expr::Test(..) => {}
            Expr::Not(inner) => self.reasons_in(inner, point, found),
            // Only the parts that agree with the whole made it so; of "all of them" that cannot be told, also those that hold.
            Expr::All(parts) | Expr::Any(parts) => {
                let holds = |truth| truth == Truth::True && matches!(expr, Expr::All(_));
                let counts = |truth| truth == whole || whole == Truth::Unknown && holds(truth);
                parts.iter().filter(|p| counts(self.expr(p, &point))).for_each(|p| self.reasons_in(p, point, found));
            }
        }
    }

    /// Since when a fact has had the value it has at a point, and who says so.
    pub fn since(&self, fact: FactId, point: Point) -> (Option<Moment>, Source) {
        match self.change(self.recorded_source(fact), point) {
            Some(change) => (Some(change.at), change.source),
            None => (None, Source::Derived),
        }
    }
}

/// Are all parts true? The first that is false settles it.
#[inline]
pub(super) fn all_of(parts: &[Expr], truth: impl Fn(&Expr) -> Truth) -> Truth {
    let mut whole = Truth::True;
    for part in parts {
        whole = whole.and(truth(part));
        if whole == Truth::False {
            break;
        }
    }
    whole
}

/// Is any part true? The first that is settles it.
#[inline]
pub(super) fn any_of(parts: &[Expr], truth: impl Fn(&Expr) -> Truth) -> Truth {
    let mut whole = Truth::False;
    for part in parts {
        whole = whole.or(truth(part));
        if whole == Truth::True {
            break;
        }
    }
    whole
}

/// Is the value among those wanted? Most are words, which are quick to compare.
fn is_one_of(wanted: &[Value], value: Value) -> bool {
    match value {
        Value::Word(word) => wanted.iter().any(|w| matches!(w, Value::Word(other) if *other == word)),
        Value::Bool(yes) => wanted.iter().any(|w| matches!(w, Value::Bool(other) if *other == yes)),
        _ => wanted.contains(&value),
    }
}

/// A date, or the local day of a moment, compared with a day.
fn day_truth(order: Order, day: Date, value: Value) -> Truth {
    match value {
        Value::Date(date) => Truth::of(order.holds(date, day)),
        Value::Moment(at) => Truth::of(order.holds(crate::calendar::local_day(at), day)),
        _ => Truth::Unknown,
    }
}

/// Is the test true of this field of the entry? A field nobody filled is false in comparisons.
fn field_test(entry: &Entry, field: FieldId, test: &Test) -> Truth {
    let mut values = entry.fields.iter().filter(|(f, _)| *f == field).map(|(_, value)| *value);
    // Which test it is is settled once, not for each field.
    Truth::of(match test {
        Test::Recorded => values.next().is_some(),
        Test::OneOf(wanted) => match wanted[..] {
            [Value::Word(word)] => entry.has(field, word),
            _ => values.any(|value| is_one_of(wanted, value)),
        },
        Test::Number(order, wanted) => {
            values.any(|value| matches!(value, Value::Number(number) if order.holds(number, *wanted)))
        }
        Test::Day(order, day) => values.any(|value| day_truth(*order, *day, value) == Truth::True),
        Test::Since(..) => false,
    })
}

/// Is a condition over entry fields alone true of an entry?
pub fn entry_matches(condition: &Condition, entry: &Entry) -> bool {
    fn holds(expr: &Expr, entry: &Entry) -> bool {
        match expr {
            Expr::Always => true,
            Expr::Test(Subject::Field(field), test) => field_test(entry, *field, test) == Truth::True,
            Expr::Test(..) => false,
            Expr::Not(inner) => !holds(inner, entry),
            Expr::All(parts) => parts.iter().all(|p| holds(p, entry)),
            Expr::Any(parts) => parts.iter().any(|p| holds(p, entry)),
        }
    }
    holds(&condition.expr, entry)
}

const MISSING: Sym = sym("missing");
const AWAY: Sym = sym("away");
const ABSENT: Sym = sym("absent");
