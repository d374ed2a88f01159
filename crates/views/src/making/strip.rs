//! The strip across the top of an episode: what is so now.

use super::summary::interview_said;
use crate::words::{Clockface, Names, risk, status, value};
use crate::{EarlierEpisode, Lens, Record, Strip};
use casebook::command::labels;
use engine::case::{Change, Episode, Source};
use engine::ids::EpisodeNo;
use engine::value::{Type, Value};
use engine::vocabulary::{FactId, Vocabulary};

const STATUS: &str = "episode.status";

/// What stands at the head of an episode and may be told otherwise: fact and what it is called.
const HEADED: [(&str, &str); 2] = [(STATUS, "Status"), ("episode.risk", "Police risk")];

/// What an episode's facts say.
pub(crate) struct Facts<'a> {
    pub lens: &'a Lens<'a>,
    pub record: &'a Record,
    pub names: &'a Names<'a>,
    pub number: EpisodeNo,
}

impl<'a> Facts<'a> {
    fn vocabulary(&self) -> &'a Vocabulary {
        self.names.vocabulary
    }

    /// As it is certain: what is only told on somebody's behalf moves no head of a page.
    pub fn episode(&self) -> &'a Episode {
        &self.record.case.certain().episodes[self.number.place()]
    }

    fn change(&self, fact: &str) -> Option<Change> {
        self.change_in(self.episode(), fact)
    }

    /// The status: as it is certain, or, of an episode of which everything is told, as told.
    fn status(&self) -> Option<Change> {
        self.change(STATUS).or_else(|| self.change_in(&self.record.case.episodes[self.number.place()], STATUS))
    }

    fn change_in(&self, episode: &Episode, fact: &str) -> Option<Change> {
        let known = self.vocabulary().fact(fact).and_then(|f| episode.facts.at(f, self.lens.now));
        known.filter(|c| c.value != Value::Unknown)
    }

    /// As `change`, but since when the value has held without a break.
    fn held(&self, fact: &str) -> Option<Change> {
        let known = self.vocabulary().fact(fact).and_then(|f| self.episode().facts.held_since(f, self.lens.now));
        known.filter(|c| c.value != Value::Unknown)
    }

    fn word(&self, fact: &str) -> Option<&'a str> {
        self.worded(self.change(fact)?)
    }

    fn worded(&self, change: Change) -> Option<&'a str> {
        match change.value {
            Value::Word(word) => self.vocabulary().word(word),
            _ => None,
        }
    }

    /// `by police` of the entry that says so.
    fn by(&self, change: Change) -> Option<String> {
        let Source::Entry(entry) = change.source else { return None };
        match self.record.case.entry(entry).get(self.vocabulary().known.by)? {
            Value::Word(role) => self.vocabulary().word(role).map(|w| self.names.role(w)),
            _ => None,
        }
    }

    /// The strip.
    pub fn strip(&self) -> Strip {
        let (episode, face, now) = (self.episode(), self.lens.face, self.lens.now);
        let ended = episode.end.filter(|end| *end <= now);
        let state = status(self.status().and_then(|c| self.worded(c)));
        let headline = match ended {
            Some(end) => format!("Returned after {}", Clockface::between(episode.start, end)),
            None => self.headline(),
        };
        let graded = self.held("episode.risk");
        let risk_note = graded.map(|c| {
            let by = self.by(c).map(|b| format!(", graded by {b}")).unwrap_or_default();
            format!("since {}{by}", face.when(c.at).words)
        });
        let reported = self.change("episode.reported_at").and_then(|c| c.value.moment());
        Strip {
            open: ended.is_none(),
            status: state,
            headline,
            since: face.when(episode.start),
            returned: ended.map(|end| face.when(end)),
            risk: risk(self.word("episode.risk")),
            risk_note: risk_note.unwrap_or_default(),
            assessed: self.assessed(),
            reported: reported.map(|at| face.when(at)),
            incident_number: self.text("incident_number"),
            interview: if ended.is_some() { self.interview() } else { String::new() },
            told: self.told(),
            powers: super::at_hand::running(self),
        }
    }

    /// What is told on somebody's behalf and is otherwise than what is certain, in words.
    fn told(&self) -> Vec<String> {
        let whole = &self.record.case.episodes[self.number.place()];
        let otherwise = HEADED.iter().filter_map(|(fact, what)| {
            let told = self.change_in(whole, fact)?;
            let shown = if *fact == STATUS { self.status() } else { self.change(fact) };
            if shown.is_some_and(|c| c.value == told.value) {
                return None;
            }
            let Value::Word(word) = told.value else { return None };
            let word = self.answer(fact, self.vocabulary().word(word)?);
            let by = self.by(told).map(|by| format!(" by {by}")).unwrap_or_default();
            Some(format!("{what}: {word}{by}, {}", self.lens.face.when(told.at).words))
        });
        otherwise.collect()
    }

    fn headline(&self) -> String {
        let (episode, now) = (self.episode(), self.lens.now);
        let gone = Clockface::between(episode.start, now);
        let Some(change) = self.held(STATUS).or_else(|| self.status()) else { return format!("Gone for {gone}") };
        let words = status(self.worded(change)).text;
        let since = change.at.max(episode.start);
        if since == episode.start {
            return format!("{words} for {gone}");
        }
        format!("{words} for {}, gone for {gone}", Clockface::between(since, now))
    }

    /// The latest assessment by anybody but the police.
    fn assessed(&self) -> String {
        let (level, significant) = (self.change("episode.assessed_risk"), self.change("episode.risk_significant"));
        let Some(latest) = [level, significant].into_iter().flatten().max_by_key(|c| c.at) else {
            return String::new();
        };
        let level = self.word("episode.assessed_risk").map(|w| self.answer("episode.assessed_risk", w));
        let significant = significant.map(|c| match c.value {
            Value::Bool(true) => "significant",
            _ => "not significant",
        });
        let words: Vec<String> = level.into_iter().chain(significant.map(str::to_string)).collect();
        let by = self.by(latest).map(|b| format!(", by {b}")).unwrap_or_default();
        labels::capital(&format!("{}{by} at {}", words.join(", "), self.lens.face.when(latest.at).words))
    }

    /// A closed value of a fact, as people read it.
    fn answer(&self, fact: &str, word: &str) -> String {
        let vocabulary = self.vocabulary();
        let answers = vocabulary.fact(fact).map_or(&[][..], |f| &vocabulary.fact_at(f).answers);
        labels::answer(answers, word)
    }

    /// The latest text of a field in the episode, of what is certain.
    pub fn text(&self, field: &str) -> String {
        let Some(field) = self.vocabulary().field(field) else { return String::new() };
        let says = self.record.standing();
        let standing = self.record.case.entries.iter().rev().filter(|e| e.episode == Some(self.number) && !e.told);
        let lines = standing.filter_map(|entry| says.says(&entry.id));
        let mut texts = lines.flat_map(|l| &l.texts).filter(|(f, text)| *f == field && !text.trim().is_empty());
        texts.next().map(|(_, text)| text.trim().to_string()).unwrap_or_default()
    }

    fn interview(&self) -> String {
        match interview_said(self.vocabulary(), self.episode(), self.lens.now) {
            Some(word) => self.answer("episode.return_interview", word),
            None if self.change("episode.interview_deferred").is_some() => "Put off".into(),
            None => "Not offered yet".into(),
        }
    }

    /// The episode as one of a list.
    pub fn in_list(&self) -> EarlierEpisode {
        let (episode, face, now) = (self.episode(), self.lens.face, self.lens.now);
        let ended = episode.end.filter(|end| *end <= now);
        EarlierEpisode {
            id: episode.id.clone(),
            started: face.when(episode.start),
            ended: ended.map(|end| face.when(end)),
            lasted: Clockface::between(episode.start, ended.unwrap_or(now)),
            status: status(self.status_while_gone()),
            risk: risk(self.highest_risk()),
            how_back: ended.and(self.how_back()).unwrap_or_default(),
            interview: if ended.is_some() { self.interview() } else { String::new() },
        }
    }

    /// The last status before the return.
    fn status_while_gone(&self) -> Option<&'a str> {
        let fact = self.vocabulary().known.status;
        let end = self.episode().end;
        let changes = self.episode().facts.changes(fact).iter().rev();
        let mut before = changes.filter(|c| end.is_none_or(|end| c.at < end));
        before.find_map(|c| if let Value::Word(word) = c.value { self.vocabulary().word(word) } else { None })
    }

    /// The highest grade of the episode: grades stand in the vocabulary from low to high.
    fn highest_risk(&self) -> Option<&'a str> {
        let fact: FactId = self.vocabulary().fact("episode.risk")?;
        let Type::Choice(grades) = &self.vocabulary().fact_at(fact).kind else { return None };
        let words = self.episode().facts.changes(fact).iter().filter_map(|c| match c.value {
            Value::Word(word) => self.vocabulary().word(word),
            _ => None,
        });
        words.max_by_key(|word| grades.iter().position(|g| g == word))
    }

    fn how_back(&self) -> Option<String> {
        let entry = self.record.case.entry(self.episode().end_entry?);
        let field = self.vocabulary().event_at(entry.event).fields.iter().find(|f| f.id == "how")?;
        let words = &self.record.file.words;
        Some(value(self.names, self.lens.face, words, (&field.kind, &field.answers), entry.get(field.field)?))
    }
}
