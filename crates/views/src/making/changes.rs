//! What putting something right would change in what is asked: two versions of a record, as one person sees them, laid beside each other.

use super::head;
use crate::asked::{Asked, One, evaluate};
use crate::words::changes as words;
use crate::{Change, ChangeLine, ChangePart, Changes, DutyKey, Lens, Record, Viewer};
use engine::evaluate::State;
use engine::time::Moment;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// What is known of a correction beside the two versions of the record.
#[derive(Default)]
pub struct Beside {
    /// What would stand before the start of its absence, in words.
    pub stranded: Vec<String>,
    /// The roles that would hear of a corrected time, by their names.
    pub told: Vec<String>,
}

/// What would be otherwise, were the one record the other.
pub fn changes(lens: &Lens<'_>, before: &Record, after: &Record, beside: Beside) -> Changes {
    let mut found = Found { lens, mark: DefaultHasher::new(), parts: BTreeMap::new(), ends_late: false };
    found.gone(before, after);
    for says in beside.stranded {
        says.hash(&mut found.mark);
        found.add(Change::Stranded, ChangeLine { act: says, ..ChangeLine::default() });
    }
    let (then, now) = (Version::of(lens, before), Version::of(lens, after));
    let mut keys: Vec<&DutyKey> = then.duties.keys().chain(now.duties.keys()).collect();
    keys.sort_by_cached_key(|key| (now.order(key).or(then.order(key)), key.to_string()));
    keys.dedup();
    for key in keys {
        found.duty(key, &then, &now);
    }
    found.same_again();
    beside.told.hash(&mut found.mark);
    let Found { mark, parts, ends_late, .. } = found;
    let parts: Vec<ChangePart> = parts.into_iter().map(|(what, lines)| ChangePart { what, lines }).collect();
    let mark = if parts.is_empty() && beside.told.is_empty() { String::new() } else { format!("{:x}", mark.finish()) };
    let told = words::told(&beside.told);
    Changes { viewer: Viewer::default(), child: head(lens, before), parts, told, ends_late, mark }
}

/// A version of the record, with what is asked and what was done.
struct Version<'a> {
    record: &'a Record,
    duties: HashMap<DutyKey, One>,
}

impl<'a> Version<'a> {
    fn of(lens: &Lens<'_>, record: &'a Record) -> Version<'a> {
        let evaluated = evaluate(lens.rules, &record.case, lens.now, lens.now, Asked::Everything);
        Version { record, duties: evaluated.duties.into_iter().map(|one| (one.key.clone(), one)).collect() }
    }

    fn get(&self, key: &DutyKey) -> Option<&One> {
        self.duties.get(key)
    }

    /// The strictest limits come first.
    fn order(&self, key: &DutyKey) -> Option<(Moment, Moment)> {
        self.get(key).map(|one| (one.duty.due.unwrap_or(Moment::NEVER), one.duty.arises))
    }
}

/// How a duty stands, as far as it matters what is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Open,
    Unknown,
    ToCome,
    Done,
    Not,
}

fn stands(one: Option<&One>) -> Stands {
    match one.map(|one| one.duty.state) {
        Some(State::Overdue | State::Due) => Stands::Open,
        // It is work to do all the same, by the strictest limit that could apply.
        Some(State::CannotTell) if one.is_some_and(|one| one.duty.asked && one.duty.due.is_some()) => Stands::Open,
        Some(State::CannotTell) => Stands::Unknown,
        Some(State::Upcoming) => Stands::ToCome,
        Some(State::Done | State::DoneLate) => Stands::Done,
        Some(State::Lapsed | State::Waived) | None => Stands::Not,
    }
}

struct Found<'a> {
    lens: &'a Lens<'a>,
    mark: DefaultHasher,
    parts: BTreeMap<Change, Vec<ChangeLine>>,
    ends_late: bool,
}

impl Found<'_> {
    /// Two rulebooks that ask for the same in the same words are one line.
    fn add(&mut self, what: Change, line: ChangeLine) {
        let lines = self.parts.entry(what).or_default();
        if !lines.contains(&line) {
            lines.push(line);
        }
    }

    /// What is asked in the same words, of the same people and by the same time, only for another reason, is no change to whoever does it.
    fn same_again(&mut self) {
        let gone = self.parts.get(&Change::NoLonger).cloned().unwrap_or_default();
        for what in [Change::Due, Change::ToCome] {
            let Some(lines) = self.parts.get_mut(&what) else { continue };
            let both: Vec<ChangeLine> = lines.iter().filter(|line| gone.contains(line)).cloned().collect();
            lines.retain(|line| !both.contains(line));
            self.parts.entry(Change::NoLonger).or_default().retain(|line| !both.contains(line));
        }
        self.parts.retain(|_, lines| !lines.is_empty());
    }

    fn when(&self, at: Moment) -> String {
        self.lens.face.when(at).words
    }

    fn by(&self, due: Option<Moment>) -> String {
        words::by(&due.map(|due| self.when(due)).unwrap_or_default())
    }

    /// The limit of a duty, or since when it is late: whoever reads that it would be gone is told what is lost.
    fn limit(&self, one: &One) -> String {
        match one.duty.due.filter(|_| one.duty.state == State::Overdue) {
            Some(due) => words::overdue_since(&self.when(due)),
            None => self.by(one.duty.due),
        }
    }

    /// Absences that there would or would not be, and whether the child is gone.
    fn gone(&mut self, before: &Record, after: &Record) {
        let mut lines = Vec::new();
        let lacks = |record: &Record, id: &str| !record.case.episodes.iter().any(|one| one.id == id);
        for one in before.case.episodes.iter().filter(|one| lacks(after, &one.id)) {
            lines.push(words::no_absence(&self.when(one.start)));
        }
        for one in after.case.episodes.iter().filter(|one| lacks(before, &one.id)) {
            lines.push(words::an_absence(&self.when(one.start)));
        }
        let since = |record: &Record| record.case.episodes.iter().rfind(|one| one.end.is_none()).map(|one| one.start);
        match (since(before), since(after)) {
            (None, Some(start)) => lines.push(words::is_gone(&after.name, &self.when(start))),
            (Some(_), None) => lines.push(words::is_back(&after.name)),
            _ => {}
        }
        for act in lines {
            act.hash(&mut self.mark);
            self.add(Change::Gone, ChangeLine { act, ..ChangeLine::default() });
        }
    }

    /// What would be otherwise of one duty.
    fn duty(&mut self, key: &DutyKey, then: &Version<'_>, now: &Version<'_>) {
        let (was, is) = (then.get(key), now.get(key));
        let due = |one: Option<&One>| one.and_then(|one| one.duty.due).map(Moment::minute);
        let (moves, hands_over) = (due(was) != due(is), was.map(|one| one.duty.owner) != is.map(|one| one.duty.owner));
        let late = |one: Option<&One>| one.is_some_and(|one| one.duty.breached);
        let what = match (stands(was), stands(is)) {
            (Stands::Not | Stands::ToCome | Stands::Done | Stands::Unknown, Stands::Open) => Change::Due,
            (Stands::Not | Stands::Open | Stands::Done | Stands::Unknown, Stands::ToCome) => Change::ToCome,
            (Stands::Open | Stands::ToCome | Stands::Unknown, Stands::Not | Stands::Done) => Change::NoLonger,
            (Stands::Not | Stands::Open | Stands::Done | Stands::ToCome, Stands::Unknown) => Change::Unknown,
            (Stands::Open, Stands::Open) | (Stands::ToCome, Stands::ToCome) if moves => Change::Moved,
            (Stands::Open, Stands::Open) | (Stands::ToCome, Stands::ToCome) if hands_over => Change::Owner,
            (Stands::Done, Stands::Done) if late(is) && !late(was) => Change::Late,
            (Stands::Done, Stands::Done) if !late(is) && late(was) => Change::InTime,
            _ => return,
        };
        // What nobody knows yet of a rule that may not apply is no news where nothing else is.
        let Some(shown) = is.filter(|_| what != Change::NoLonger).or(was).or(is) else { return };
        let was_late = was.is_some_and(|one| one.duty.state == State::Overdue);
        (what, key.to_string(), due(was), due(is), was_late, shown.view.owner.as_deref()).hash(&mut self.mark);
        self.ends_late |= was_late && what == Change::NoLonger && stands(is) == Stands::Not;
        let when = match what {
            Change::Moved => words::not_by(&self.by(due_of(is)), &self.by(due_of(was))),
            Change::NoLonger if stands(is) == Stands::Done => {
                words::done_already(&is.and_then(|one| one.duty.done).map(|(at, _)| self.when(at)).unwrap_or_default())
            }
            Change::Due if stands(was) == Stands::Done => words::counted_as_done(&self.by(due_of(is))),
            Change::ToCome => words::from(&self.when(shown.duty.arises)),
            Change::Unknown => was.filter(|_| was_late).map(|one| self.limit(one)).unwrap_or_default(),
            Change::Owner => String::new(),
            Change::Late | Change::InTime => self.by(due_of(is)),
            _ => self.limit(shown),
        };
        let owner = |one: Option<&One>| one.and_then(|one| one.view.owner_name.clone()).unwrap_or_default();
        let whose = match what {
            Change::Owner => words::not_for(&owner(is), &owner(was)),
            _ => words::whose(shown.view.owner_name.as_deref().unwrap_or_default()),
        };
        let version = if is.is_some_and(|one| std::ptr::eq(one, shown)) { now } else { then };
        let line = ChangeLine { act: shown.view.label.clone(), when, whose, of: self.of(version, shown) };
        self.add(what, line);
    }

    /// Of which absence it is, where there are several.
    fn of(&self, version: &Version<'_>, one: &One) -> String {
        let episodes = &version.record.case.episodes;
        let own = one.duty.episode.and_then(|number| episodes.get(number.place()));
        let lasted = own.filter(|_| episodes.len() > 1).map(|own| self.lens.face.lasted((own.start, own.end)));
        lasted.map(|lasted| words::of_absence(&lasted)).unwrap_or_default()
    }
}

fn due_of(one: Option<&One>) -> Option<Moment> {
    one.and_then(|one| one.duty.due)
}
