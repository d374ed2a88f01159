//! Compares one expectation with what the engine says.

use super::{DutyWanted, Expectation, Expected, Failure, Wanted};
use engine::case::Case;
use engine::evaluate::{Because, Duty, DutyView, Evaluator, Options, State, flags};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::sym;

/// Everything needed to ask the engine.
struct Asked<'a> {
    evaluator: &'a Evaluator<'a>,
    vocabulary: &'a Vocabulary,
    case: &'a Case,
}

pub(super) fn answer(
    evaluator: &Evaluator<'_>,
    vocabulary: &Vocabulary,
    case: &Case,
    expectation: &Expectation,
) -> Result<(), Failure> {
    let asked = Asked { evaluator, vocabulary, case };
    let at = expectation.at;
    let result = match &expectation.wanted {
        Wanted::Duty(wanted) => asked.duty(wanted, at),
        Wanted::Boundary { rule, n } => asked.boundary(rule, *n, at),
        Wanted::Flag { rule, entry, raised } => asked.flag(rule, entry.as_deref(), *raised, at),
        Wanted::OpenAtMost { role, duties } => asked.open_at_most(role, *duties, at),
    };
    result.map_err(|(expected, found)| Failure { place: expectation.place.clone(), expected, found })
}

/// What was expected, and what came.
type Differs = Result<(), (String, String)>;

impl Asked<'_> {
    /// The duties of a rule in order of arising.
    fn duties(&self, rule: &str, at: Moment) -> Vec<Duty> {
        let mut duties = self.evaluator.evaluate(self.case, &Options::at(at));
        duties.retain(|d| self.evaluator.rule(d).id == rule);
        duties.sort_by_key(|d| d.arises);
        duties
    }

    fn duty(&self, wanted: &DutyWanted, at: Moment) -> Differs {
        let duties = self.duties(&wanted.rule, at);
        let name = named(&wanted.rule, wanted.n);
        let when = self.words(at);
        let chosen = choose(&duties, wanted.n, at);
        if wanted.state == Expected::None {
            return match chosen {
                None => Ok(()),
                Some(_) => Err((format!("no {name} at {when}"), self.list(&duties))),
            };
        }
        let Some(duty) = chosen else {
            let state = if let Expected::Is(state) = wanted.state { state.word() } else { "there" };
            return Err((format!("{name} {state} at {when}"), self.list(&duties)));
        };
        let differs = |expected: String, found: String| Err((format!("{name} at {when}: {expected}"), found));
        if let Expected::Is(state) = wanted.state
            && duty.state != state
        {
            return differs(state.word().into(), self.list(&duties));
        }
        let due = match wanted.due {
            Expected::Anything => duty.due,
            Expected::None => None,
            Expected::Is(due) => Some(due),
        };
        if due.map(Moment::minute) != duty.due.map(Moment::minute) {
            return differs(self.limit(due), self.limit(duty.due));
        }
        if let Some(owner) = &wanted.owner
            && duty.owner != Some(sym(owner))
        {
            let found = duty.owner.and_then(|o| self.vocabulary.word(o)).unwrap_or("nobody");
            return differs(format!("owner {owner}"), format!("owner {found}"));
        }
        self.words_of(wanted, duty, at).or_else(|(expected, found)| differs(expected, found))
    }

    /// Reasons, recipients and missing facts: these need the duty in words.
    fn words_of(&self, wanted: &DutyWanted, duty: &Duty, at: Moment) -> Differs {
        if wanted.because.is_empty() && wanted.told.is_empty() && wanted.missing.is_empty() {
            return Ok(());
        }
        let view: DutyView = self.evaluator.view(self.case, &Options::at(at), duty);
        let reasons: Vec<String> = view.because.iter().map(Because::words).collect();
        contains("because", &wanted.because, &reasons, is_reason)?;
        let told: Vec<String> = view.recipients.iter().map(|r| r.role.clone()).collect();
        let listed = |word: &str, found: &[String]| found.iter().any(|f| f == word);
        contains("told", &wanted.told, &told, listed)?;
        let missing: Vec<String> = view.missing.iter().map(|m| m.fact.clone()).collect();
        contains("missing", &wanted.missing, &missing, listed)
    }

    fn boundary(&self, rule: &str, n: Option<usize>, due: Moment) -> Differs {
        let name = named(rule, n);
        for (minutes, wanted) in [(-1, State::Due), (0, State::Due), (1, State::Overdue)] {
            let at = due.plus_minutes(minutes);
            let duties = self.duties(rule, at);
            let limited = |d: &&Duty| d.due.is_some_and(|d| d.minute() == due.minute());
            let found = match n {
                Some(_) => choose(&duties, n, at).filter(limited),
                None => duties.iter().find(limited),
            };
            // A duty that is due at its trigger is not there a minute before.
            let too_early = minutes < 0 && found.is_none_or(|d| d.arises.minute() > at.minute());
            if too_early && self.duties(rule, due).iter().any(|d| d.arises.minute() == due.minute()) {
                continue;
            }
            if found.is_none_or(|d| d.state != wanted) {
                let expected =
                    format!("{name} {} at {}, its limit being {}", wanted.word(), self.words(at), self.words(due));
                return Err((expected, self.list(&duties)));
            }
        }
        Ok(())
    }

    fn flag(&self, rule: &str, entry: Option<&str>, raised: bool, at: Moment) -> Differs {
        let flags = flags(self.evaluator, self.case, at, false);
        let on_entries = flags.iter().filter(|f| f.rule == rule).map(|f| f.entry.as_str());
        let open = self.duties(rule, at).into_iter().filter(|d| d.state.is_open());
        let conflicts: Vec<&str> = open.map(|d| d.entry.map_or("", |e| self.case.entry(e).id.as_str())).collect();
        let found: Vec<&str> = on_entries.chain(conflicts).collect();
        // A conflict is between facts, and need not name an entry.
        let fits = found.iter().any(|f| entry.is_none_or(|e| e == *f || f.is_empty()));
        if fits == raised {
            return Ok(());
        }
        let on = entry.map_or(String::new(), |e| format!(" on the entry {e}"));
        let not = if raised { "" } else { "no " };
        let came = if found.is_empty() { "none".into() } else { format!("on {}", found.join(", ")) };
        Err((format!("{not}flag {rule}{on} at {}", self.words(at)), came))
    }

    fn open_at_most(&self, role: &str, most: usize, at: Moment) -> Differs {
        let duties = self.evaluator.evaluate(self.case, &Options::at(at));
        let open: Vec<&Duty> = duties.iter().filter(|d| d.state.is_open() && d.owner == Some(sym(role))).collect();
        if open.len() <= most {
            return Ok(());
        }
        let rules: Vec<&str> = open.iter().map(|d| self.evaluator.rule(d).id.as_str()).collect();
        let expected = format!("at most {most} open duties of {role} at {}", self.words(at));
        Err((expected, format!("{}: {}", open.len(), rules.join(", "))))
    }

    fn words(&self, at: Moment) -> String {
        self.vocabulary.calendar.words(at)
    }

    fn limit(&self, due: Option<Moment>) -> String {
        due.map_or("no limit".into(), |due| format!("limit {}", self.words(due)))
    }

    fn list(&self, duties: &[Duty]) -> String {
        if duties.is_empty() {
            return "no such duty".into();
        }
        let line = |(n, d): (usize, &Duty)| {
            format!("#{} {}, arose {}, {}", n + 1, d.state.word(), self.words(d.arises), self.limit(d.due))
        };
        duties.iter().enumerate().map(line).collect::<Vec<_>>().join("; ")
    }
}

/// The n-th in order of arising; where it is not said which, the last that has arisen, or else the first that will.
fn choose(duties: &[Duty], n: Option<usize>, at: Moment) -> Option<&Duty> {
    match n {
        Some(n) => duties.get(n.checked_sub(1)?),
        None => duties.iter().rfind(|d| d.arises <= at).or(duties.first()),
    }
}

fn named(rule: &str, n: Option<usize>) -> String {
    n.map_or(rule.to_string(), |n| format!("{rule} #{n}"))
}

/// Is this among the reasons given? An event or a fact by its name alone, or a fact with its value: `fact = value`,
/// `fact in [a, b]`, `not fact`. With any other comparison it is enough that the fact is among the reasons.
fn is_reason(wanted: &str, given: &[String]) -> bool {
    let is = |text: &str| given.iter().any(|g| g == text);
    let named = |fact: &str| given.iter().any(|g| g == fact || g.split(" = ").next() == Some(fact));
    let wanted = wanted.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(fact) = wanted.strip_prefix("not ") {
        return is(&format!("{fact} = false"));
    }
    if wanted.contains(" = ") {
        return is(&wanted);
    }
    if let Some((fact, values)) = wanted.split_once(" in [") {
        return values.trim_end_matches(']').split(',').any(|v| is(&format!("{fact} = {}", v.trim())));
    }
    match wanted.split_once(' ') {
        Some((fact, _)) => named(fact),
        // A yes-no fact alone means that it is true.
        None => named(&wanted) && !is(&format!("{wanted} = false")),
    }
}

fn contains(what: &str, wanted: &[String], found: &[String], is: impl Fn(&str, &[String]) -> bool) -> Differs {
    let Some(word) = wanted.iter().find(|w| !is(w, found)) else { return Ok(()) };
    let found = if found.is_empty() { "nothing".into() } else { found.join(", ") };
    Err((format!("{what} {word}"), format!("{what} {found}")))
}

#[cfg(test)]
mod tests {
    use super::is_reason;

    #[test]
    fn reasons_may_be_written_in_several_ways() {
        let given: Vec<String> = [
            "absence.noticed",
            "episode.risk = high",
            "child.uasc = false",
            "child.looked_after = true",
            "child.age = 14",
        ]
        .map(String::from)
        .to_vec();
        let yes = [
            "absence.noticed",
            "episode.risk",
            "episode.risk = high",
            "episode.risk  in [medium, high]",
            "not child.uasc",
            "child.looked_after",
            "child.age < 16",
        ];
        for wanted in yes {
            assert!(is_reason(wanted, &given), "{wanted}");
        }
        for wanted in [
            "return.recorded",
            "episode.risk = low",
            "episode.risk in [low]",
            "child.uasc",
            "not child.looked_after",
            "child.home_area != here",
        ] {
            assert!(!is_reason(wanted, &given), "{wanted}");
        }
    }
}
