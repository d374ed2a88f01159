//! Why is this due? The rule in words, what it hangs on, what it overrides, how it is read; by each rulebook that asks for it.

use super::at_hand::Hand;
use super::checklist;
use super::duty_line::{self, Of};
use super::{gaps, head};
use crate::asked::{Asked, Evaluated, One, evaluate_for};
use crate::words::{self, Names, short_title};
use crate::{
    AtHand, DutyKey, DutyLine, Gap, Lens, Override, ProvisionLine, Reason, Record, Toward, Viewer, When, Why, WhySource,
};
use casebook::command::{self, labels};
use engine::evaluate::{Because, Counted, Line, State};
use engine::ids::EpisodeNo;
use engine::rulebook::{Modality, Rulebook};
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::FactId;

/// Why a duty is due; none if it is not asked.
pub fn why(lens: &Lens<'_>, viewer: Viewer, record: &Record, duty: &DutyKey) -> Option<Why> {
    // The key names the episode; a duty of an earlier one is explained as well.
    let named = |id: &String| record.case.episodes.iter().position(|e| e.id == *id);
    let earlier = duty.episode.as_ref().and_then(named).map(|number| Asked::Episode(EpisodeNo::at(number)));
    for asked in std::iter::once(Asked::Current).chain(earlier) {
        // What will only arise by and by was listed with an eye to the coming days.
        for ahead in [0, 2 * 1440, 14 * 1440] {
            let evaluated =
                evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now.plus_minutes(ahead)), asked);
            let Some(index) = evaluated.duties.iter().position(|one| one.key == *duty) else { continue };
            let Some(line) = evaluated.lines.iter().find(|l| l.duties.contains(&index)) else { continue };
            let names = Names::of(lens.rules, &record.case, lens.now);
            let given = checklist::Given { lens, record, names: &names, episode: duty.episode.as_deref() };
            let teller = Teller { lens, record, names: &names, given };
            let one = &evaluated.duties[line.duties[0]];
            let line_of = |line: &Line| duty_line::line(lens, Of::record(record), &evaluated, line);
            let shown = line_of(line);
            let mut others = other_times(&evaluated, &shown, line_of);
            let other_count = others.len();
            others.drain(..other_count.saturating_sub(TIMES));
            return Some(Why {
                hand: at_hand(&Hand { lens, record, names: &names }, one),
                viewer,
                child: head(lens, record),
                line: shown,
                other_times: others,
                other_count,
                sources: line
                    .duties
                    .iter()
                    .map(|i| told(teller.source(&evaluated.duties[*i]), &evaluated.duties[*i]))
                    .collect(),
            });
        }
    }
    None
}

/// So many other times stand on the page, the last ones.
const TIMES: usize = 50;

/// Of what is asked again and again, the other times that are overdue as this one is, the earliest first.
fn other_times(evaluated: &Evaluated, shown: &DutyLine, line_of: impl Fn(&Line) -> DutyLine) -> Vec<DutyLine> {
    if !shown.repeats || shown.state != State::Overdue {
        return Vec::new();
    }
    let of_rule = |line: &&Line| {
        let key = &evaluated.duties[line.duties[0]].key;
        *key != shown.key && DutyKey { n: shown.key.n, ..key.clone() } == shown.key
    };
    let alike =
        |line: &DutyLine| line.state == State::Overdue && line.known_late.is_empty() == shown.known_late.is_empty();
    evaluated.lines.iter().filter(of_rule).map(line_of).filter(alike).collect()
}

/// What stands beside the act.
fn at_hand(hand: &Hand<'_>, one: &One) -> AtHand {
    let (action, vocabulary) = (one.view.action.as_str(), hand.names.vocabulary);
    let event = &vocabulary.event_at(command::event_of(vocabulary, one.rule)).id;
    let episodes = &hand.record.case.episodes;
    let number = one.view.episode.as_ref().and_then(|id| episodes.iter().position(|e| e.id == *id)).map(EpisodeNo::at);
    let mut texts = vec![one.view.label.as_str(), one.view.says.as_str()];
    texts.extend(one.view.checklist.iter().map(|item| item.text.as_str()));
    AtHand {
        ringing: hand.telling(one, number).filter(|_| one.duty.state.is_open()).unwrap_or_default(),
        offers: hand.offers(number, Some(action)),
        powers: hand.powers(Some(action), &[event]),
        words: hand.words(&texts),
        protocols: hand.protocols(),
    }
}

/// Of what follows from something that the viewer may not see, they are told that it is theirs and until when, and no more.
fn told(source: WhySource, one: &One) -> WhySource {
    if !one.owed {
        return source;
    }
    let because = vec![Reason { words: "Something that is not shown to you".into(), ..Reason::default() }];
    WhySource {
        because,
        missing: Vec::new(),
        overrides: Vec::new(),
        tells: Vec::new(),
        tightened: String::new(),
        after: String::new(),
        ..source
    }
}

struct Teller<'a> {
    record: &'a Record,
    lens: &'a Lens<'a>,
    names: &'a Names<'a>,
    given: checklist::Given<'a>,
}

impl Teller<'_> {
    fn source(&self, one: &One) -> WhySource {
        let (face, view) = (self.lens.face, &one.view);
        let book = self.lens.rules.evaluator.book(one.duty.book);
        let provision = |id: &String| {
            let known = book.provision(id);
            ProvisionLine {
                id: id.clone(),
                text: known.map(|p| p.action.clone()).unwrap_or_default(),
                paragraph: known.map(|p| super::protocol::paragraph(&p.para)).unwrap_or_default(),
            }
        };
        // Those of the checklist and of the people to be told are named at their own lines, and said here.
        let of_checklist = view.checklist.iter().flat_map(|c| &c.provisions);
        let of_recipients = view.recipients.iter().flat_map(|r| &r.provisions);
        let mut cited: Vec<&String> = Vec::new();
        for id in view.provisions.iter().chain(of_recipients).chain(of_checklist) {
            if !cited.contains(&id) {
                cited.push(id);
            }
        }
        let local = view.local_setting.as_ref().and_then(|id| book.settings.iter().find(|s| s.id == *id));
        let toward = |text: &str, done: &Option<String>, modality: &str, cannot_tell, provisions: &[String]| Toward {
            text: text.into(),
            done: done.as_deref().and_then(|d| self.stamp(d)),
            modality: words::modality(modality),
            cannot_tell,
            provisions: provisions.join(", "),
            ..Toward::default()
        };
        let given = |text: &str| self.given.answer(&view.rulebook, &view.rule, text);
        WhySource {
            rulebook: book.title.clone(),
            edition: format!(
                "edition {}, content {}, asked {}",
                book.edition,
                book.hash,
                face.when(self.lens.now).words
            ),
            label: view.label.clone(),
            // What an exception says instead stands with the exception.
            says: one.rule.says.clone(),
            rule: view.rule.clone(),
            provisions: cited.into_iter().map(provision).collect(),
            owner_name: labels::capital(view.owner_name.as_deref().unwrap_or("not yet known")),
            state: one.duty.state,
            state_words: self.state_words(one),
            limit: face.limit(one.duty.due),
            limit_words: view.limit.as_deref().map(|l| self.limit_words(book, l)).unwrap_or_default(),
            local: local
                .map(|s| format!("{} It is set locally; the protocol leaves it open.", s.says))
                .unwrap_or_default(),
            because: view.because.iter().map(|b| self.reason(b)).collect(),
            missing: self.missing(one),
            overrides: view.overridden.iter().map(|o| self.overriding(one, book, o)).collect(),
            reading: view.reading.clone().unwrap_or_default(),
            tells: view
                .recipients
                .iter()
                .map(|r| toward(&labels::capital(&r.name), &r.told_at, r.modality, r.cannot_tell, &r.provisions))
                .collect(),
            checklist: view
                .checklist
                .iter()
                .map(|c| {
                    let (answer, answered) = given(&c.text);
                    let line = toward(&c.text, &c.done_at, c.modality, c.cannot_tell, &c.provisions);
                    Toward { answer, answered, ..line }
                })
                .collect(),
            tightened: self.tightened(one),
            after: self.after(book, one),
        }
    }

    /// What is missing, in whole sentences.
    fn missing(&self, one: &One) -> Vec<Gap> {
        let vocabulary = self.names.vocabulary;
        let episode = one.view.episode.as_deref();
        let gap = |m: &engine::evaluate::Missing| {
            let found = vocabulary.fact(&m.fact).map(|id| gaps::gap(vocabulary, self.record, id, episode));
            Gap { label: m.doc.clone(), ..found.unwrap_or_default() }
        };
        one.view.missing.iter().map(gap).collect()
    }

    fn stamp(&self, stamp: &str) -> Option<When> {
        Moment::parse(stamp).ok().map(|at| self.lens.face.when(at))
    }

    fn state_words(&self, one: &One) -> String {
        let face = self.lens.face;
        let duty = &one.duty;
        let since = format!("asked since {}", face.when(duty.arises).words);
        let at = |m: Option<Moment>| m.map(|m| face.when(m).words).unwrap_or_default();
        match duty.state {
            State::Overdue => format!("Was due at {}, and is not done; {since}.", at(duty.due)),
            State::Due if duty.modality == Modality::Prompt => format!("Perhaps asked; {since}."),
            State::Due if duty.due.is_some() => format!("Due by {}; {since}.", at(duty.due)),
            State::Due => format!("To be done; the protocol says no time; {since}."),
            State::CannotTell => "It is not yet known, since something is not recorded.".into(),
            State::Upcoming => format!("Will be asked at {}, if nothing changes.", face.when(duty.arises).words),
            State::Done => format!("Done at {}.", at(duty.done.map(|d| d.0))),
            State::DoneLate => format!("Done at {}, after its limit at {}.", at(duty.done.map(|d| d.0)), at(duty.due)),
            State::Lapsed => {
                format!("No longer asked since {}: what it hung on ended before it was done.", at(duty.lapsed))
            }
            State::Waived => format!("Waived at {}.", at(duty.done.map(|d| d.0))),
        }
    }

    /// The limit in words, with facts and tables named as people know them.
    fn limit_words(&self, book: &Rulebook, limit: &str) -> String {
        let mut words = limit.to_string();
        for fact in &self.names.vocabulary.facts {
            let label = lower(&labels::fact(fact));
            if let Some(length) = words.strip_suffix(&format!(" from {}", fact.id)) {
                words = format!("{length}, counted from: {label}");
            } else if words == format!("by {}", fact.id) {
                words = format!("by: {label}");
            }
        }
        for table in &book.tables {
            words = words.replace(
                &format!("the table {}", table.id),
                &format!("the table “{}”", table.says.trim_end_matches('.')),
            );
        }
        words.replace(" from entry.", ", counted from what the entry says of: ").replace('_', " ")
    }

    fn reason(&self, because: &Because) -> Reason {
        match because {
            Because::Event { event, entry, occurred_at, recorded_at, .. } => Reason {
                words: self.names.event(event),
                at: self.stamp(occurred_at),
                recorded: match (occurred_at == recorded_at, self.stamp(recorded_at)) {
                    (false, Some(recorded)) => format!("recorded at {}", recorded.words),
                    _ => String::new(),
                },
                entry: Some(entry.clone()),
            },
            Because::Count { within, counted, fell_out, .. } => Reason {
                words: self.counted(within, counted, fell_out.as_ref()),
                at: None,
                recorded: String::new(),
                entry: counted.last().and_then(|one| one.entry.clone()),
            },
            Because::Fact { fact, value, since, entry, .. } => Reason {
                words: self.fact_words(fact, value),
                at: since.as_deref().and_then(|s| self.stamp(s)),
                recorded: String::new(),
                entry: entry.clone(),
            },
        }
    }

    /// `3 in 90 days: Mon 5 Jan, Thu 15 Jan, Sun 25 Jan; the one of Tue 7 Oct fell out of them`.
    fn counted(&self, within: &str, counted: &[Counted], fell_out: Option<&Counted>) -> String {
        let day = |one: &Counted| self.stamp(&one.occurred_at).map_or_else(String::new, |at| at.words);
        let days: Vec<String> = counted.iter().map(day).collect();
        let out = fell_out.map(|one| format!("; the one before, {}, lies outside", day(one))).unwrap_or_default();
        format!("{} in {within}: {}{out}", counted.len(), days.join(", "))
    }

    /// `Looked after by a local authority: yes`.
    fn fact_words(&self, fact: &str, value: &str) -> String {
        let vocabulary = self.names.vocabulary;
        let Some(id) = vocabulary.fact(fact) else { return format!("{fact}: {value}") };
        let found = vocabulary.fact_at(id);
        let value = match (value, &found.kind) {
            ("true", _) => "yes".to_string(),
            ("false", _) => "no".into(),
            (word, Type::Area) => self.names.area(word),
            (word, Type::Choice(_)) => lower(&labels::answer(&found.answers, word)),
            (other, _) => other.to_string(),
        };
        format!("{}: {value}", found.label)
    }

    fn overriding(&self, one: &One, book: &Rulebook, o: &engine::evaluate::Overridden) -> Override {
        let exception = find(&one.rule.exceptions, &o.exception);
        let says = exception.and_then(|e| e.says.clone());
        let facts: Vec<FactId> = exception.map(|e| e.when.facts()).unwrap_or_default();
        let named: Vec<String> = facts.iter().map(|f| labels::fact(self.names.vocabulary.fact_at(*f))).collect();
        let about = if named.is_empty() { String::new() } else { format!(" It hangs on: {}.", named.join("; ")) };
        let otherwise = match (&o.otherwise_due_at, &o.otherwise_limit) {
            (Some(at), Some(limit)) => {
                let at = self.stamp(at).map(|w| w.words).unwrap_or_default();
                format!("Without it: {}, that is {at}.", self.limit_words(book, limit))
            }
            (None, Some(limit)) => format!("Without it: {}.", self.limit_words(book, limit)),
            _ => String::new(),
        };
        Override {
            words: format!("{}{about}", says.unwrap_or_else(|| "An exception holds.".to_string())),
            otherwise,
            provisions: o.provisions.join(", "),
        }
    }

    fn tightened(&self, one: &One) -> String {
        one.duty.tightened.map_or_else(String::new, |at| {
            let words = self.lens.face.when(at).words;
            format!("The limit became tighter at {words} and had passed by then, so it was due from that moment.")
        })
    }

    fn after(&self, book: &Rulebook, one: &One) -> String {
        let Some((_, rule)) = one.view.after.as_deref().and_then(|id| book.rule(id)) else { return String::new() };
        let action = &self.names.vocabulary.action_at(rule.action).id;
        let label = rule.label.clone().unwrap_or_else(|| self.names.action(action));
        format!("Comes after “{label}” ({}).", short_title(book))
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn find<'a>(exceptions: &'a [engine::rulebook::Exception], id: &str) -> Option<&'a engine::rulebook::Exception> {
    exceptions.iter().find_map(|e| if e.id == id { Some(e) } else { find(&e.exceptions, id) })
}
