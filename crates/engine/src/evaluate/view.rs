//! A duty in words: everything that a page, a letter, the command line or JSON says of it. They only print what is here.
//! The shapes are in `shown`.

use super::facts::{Context, Point};
use super::limit::Due;
use super::met::Window;
use super::resolve::{along, limit_of, owner_of};
use super::shown::{Because, ChecklistView, DutyView, Missing, Overridden, RecipientView};
use super::trigger::Occurrence;
use super::{Duty, Evaluator, Options};
use crate::case::{Case, Source};
use crate::condition::Condition;
use crate::rulebook::{Anchor, Cite, Exception, Item, Limit, Owner, Recipient, Repeat, Rule, RuleScope, Trigger};
use crate::time::Moment;
use crate::value::{Truth, Type, Value};
use crate::vocabulary::FactId;
use crate::words::Sym;

impl Evaluator<'_> {
    /// A duty in words.
    pub fn view(&self, case: &Case, options: &Options, duty: &Duty) -> DutyView {
        let prepared = &self.books[duty.book as usize];
        self.with_context(prepared, case, options, |context| context.view(self.rule(duty), duty))
    }
}

impl Context<'_> {
    fn view(&self, rule: &Rule, duty: &Duty) -> DutyView {
        // A context made by an evaluator always has its rulebook.
        let Some(book) = self.book else { unreachable!("a duty is viewed with its rulebook") };
        let chain = along(rule, duty.path);
        let point = Point { episode: duty.episode, entry: duty.entry, at: duty.judged };
        let o = self.occurrence(rule, duty, point);
        let window = Window {
            from: duty.window,
            to: duty.lapsed.unwrap_or(self.now),
            episode: Self::scope_of(rule, duty.episode),
            entry: duty.entry,
            arises: duty.arises,
            spent: None,
        };
        let action = self.vocabulary.action_at(rule.action);
        let limit = limit_of(rule, &chain);
        let label = chain.iter().rev().find_map(|e| e.label.clone()).or_else(|| rule.label.clone());
        let owner = duty.owner.map(|o| self.word(o));
        let owner_rule = owner_of(rule, &chain);
        let stamp = |m: Moment| self.vocabulary.calendar.stamp(m);
        DutyView {
            id: self.duty_id(rule, duty),
            rulebook: book.id.clone(),
            edition: book.edition.clone(),
            hash: book.hash.clone(),
            rule: rule.id.clone(),
            n: duty.n,
            provisions: self.provisions(rule, &chain, owner_rule, duty, window),
            action: action.id.clone(),
            label: label.unwrap_or_else(|| capital(book.local_name(&action.id).unwrap_or(&action.name))),
            says: chain.iter().rev().find_map(|e| e.says.clone()).unwrap_or_else(|| rule.says.clone()),
            owner_name: owner.as_ref().map(|o| self.role_name(o)),
            owner,
            recipients: self.recipient_views(rule, &chain, window),
            arose_at: stamp(duty.arises),
            due_at: duty.due.map(stamp),
            limit: self.limit_words(rule, self.limit_shown(rule, duty, &o, point).or(limit)),
            state: duty.state.word(),
            modality: duty.modality.word(),
            checklist: rule
                .checklist
                .iter()
                .chain(chain.iter().flat_map(|e| &e.checklist))
                .filter_map(|i| self.item(i, window))
                .collect(),
            done_at: duty.done.map(|(at, _)| stamp(at)),
            done_by: duty.done.map(|(_, entry)| self.case.entry(entry).id.clone()),
            lapsed_at: duty.lapsed.map(stamp),
            breached: duty.breached,
            because: self.because(rule, &chain, duty, &o, point),
            missing: self.missing_views(rule, duty, &o, point, owner_rule),
            reading: chain.iter().rev().find_map(|e| e.reading.clone()).or_else(|| rule.reading.clone()),
            overridden: self.overridden(rule, &chain, &o, duty),
            tightened_at: duty.tightened.map(stamp),
            after: rule.after.clone(),
            episode: duty.episode.map(|e| self.case.episodes[e as usize].id.clone()),
            scope: match rule.scope {
                RuleScope::Child => "child",
                RuleScope::Episode => "episode",
                RuleScope::Area => "area",
            },
            local_setting: self.local_setting(limit, owner_rule),
            conflict: rule.conflict,
            contradictory: duty.contradictory,
        }
    }

    /// The limit that gives the moment shown: while it cannot be told which exception holds, that may be another one's.
    fn limit_shown<'r>(&self, rule: &'r Rule, duty: &Duty, o: &Occurrence, point: Point) -> Option<&'r Limit> {
        if duty.state != super::State::CannotTell {
            return None;
        }
        let limits = self.resolve(rule, point).into_iter().filter_map(|r| {
            let chain = along(rule, r.path);
            limit_of(rule, &chain)
        });
        limits.into_iter().find(|l| matches!(self.due(Some(l), o, duty.judged), Due::At(at) if Some(at) == duty.due))
    }

    /// What brought the duty about, as far as it still matters.
    fn occurrence(&self, rule: &Rule, duty: &Duty, point: Point) -> Occurrence {
        let doubtful = match &rule.trigger {
            Trigger::While { since: Some(fact), .. } => {
                self.value(*fact, Point { entry: None, ..point }) == Some(Value::Unknown)
            }
            _ => false,
        };
        Occurrence {
            entry: duty.entry,
            episode: duty.episode,
            arises: duty.arises,
            raised: duty.raised,
            begins: duty.arises,
            ends: Moment::NEVER,
            held: Moment::NEVER,
            certain: false,
            doubtful,
            window: duty.window,
            unmet: false,
            spent: None,
        }
    }

    fn duty_id(&self, rule: &Rule, duty: &Duty) -> String {
        let book = self.book.map_or("", |b| b.id.as_str());
        let episode = duty.episode.map(|e| format!("@{}", self.case.episodes[e as usize].id)).unwrap_or_default();
        let n = if duty.n > 1 { format!("#{}", duty.n) } else { String::new() };
        format!("{book}/{}{episode}{n}", rule.id)
    }

    fn word(&self, word: Sym) -> String {
        let known = self.vocabulary.word(word).or_else(|| self.case.words.get(&word).map(String::as_str));
        known.unwrap_or("?").to_string()
    }

    fn role_name(&self, role: &str) -> String {
        let local = self.book.and_then(|b| b.local_name(role));
        local.unwrap_or_else(|| self.vocabulary.role_name(role)).to_string()
    }

    /// A value in words.
    pub fn value_words(&self, value: Value) -> String {
        match value {
            Value::Unknown => "not recorded".into(),
            Value::Bool(yes) => yes.to_string(),
            Value::Word(word) => self.word(word),
            Value::Number(n) => n.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Moment(at) => self.vocabulary.calendar.words(at),
            Value::Text => "recorded".into(),
        }
    }

    fn provisions(&self, rule: &Rule, chain: &[&Exception], owner: Owner, duty: &Duty, window: Window) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut add = |cites: &[Cite]| {
            for cite in cites {
                if !found.contains(&cite.id) {
                    found.push(cite.id.clone());
                }
            }
        };
        add(&rule.cites);
        chain.iter().for_each(|e| add(&e.cites));
        let concerns = |when| self.concerns(when, window) != Truth::False;
        let recipients = rule.recipients.iter().chain(chain.iter().flat_map(|e| &e.recipients));
        recipients.filter(|r| concerns(&r.when)).for_each(|r| add(&r.cites));
        let items = rule.checklist.iter().chain(chain.iter().flat_map(|e| &e.checklist));
        items.filter(|i| concerns(&i.when)).for_each(|i| add(&i.cites));
        if let (Owner::Table(index), Some(book)) = (owner, self.book) {
            let table = &book.tables[index];
            let at = if table.at_due { duty.due.unwrap_or(duty.judged) } else { duty.judged };
            let point = Point { episode: duty.episode, entry: duty.entry, at };
            add(&table.cites);
            table.rows.iter().filter(|r| self.truth(&r.when, point) == Truth::True).for_each(|r| add(&r.cites));
        }
        let limit = limit_of(rule, chain);
        if let (Some(Limit::Table(index, _)), Some(book)) = (limit, self.book) {
            let point = Point { episode: duty.episode, entry: duty.entry, at: duty.judged };
            add(&book.tables[*index].cites);
            book.tables[*index]
                .rows
                .iter()
                .filter(|r| self.truth(&r.when, point) == Truth::True)
                .for_each(|r| add(&r.cites));
        }
        found
    }

    fn recipient_views(&self, rule: &Rule, chain: &[&Exception], window: Window) -> Vec<RecipientView> {
        let mut found = Vec::new();
        for recipient in rule.recipients.iter().chain(chain.iter().flat_map(|e| &e.recipients)) {
            let concerns = self.concerns(&recipient.when, window);
            if concerns == Truth::False {
                continue;
            }
            for role in self.roles(recipient, rule, window) {
                found.push(self.recipient_view(rule, recipient, role, concerns, window));
            }
        }
        found
    }

    fn recipient_view(
        &self,
        rule: &Rule,
        recipient: &Recipient,
        role: Sym,
        concerns: Truth,
        window: Window,
    ) -> RecipientView {
        let word = self.word(role);
        RecipientView {
            name: self.role_name(&word),
            role: word,
            told_at: self.told(rule, role, window).map(|(at, _)| self.vocabulary.calendar.stamp(at)),
            modality: recipient.modality.word(),
            cannot_tell: concerns == Truth::Unknown,
            provisions: ids(&recipient.cites),
        }
    }

    fn item(&self, item: &Item, window: Window) -> Option<ChecklistView> {
        let concerns = self.concerns(&item.when, window);
        if concerns == Truth::False {
            return None;
        }
        let done = item.met_by.iter().filter_map(|met| {
            self.first(met.event, window, |e| {
                self.truth(
                    &met.when,
                    Point { episode: window.episode, entry: Some(e), at: self.case.entry(e).occurred },
                ) == Truth::True
            })
        });
        Some(ChecklistView {
            text: item.text.clone(),
            done_at: done.min().map(|(at, _)| self.vocabulary.calendar.stamp(at)),
            modality: item.modality.word(),
            cannot_tell: concerns == Truth::Unknown,
            provisions: ids(&item.cites),
        })
    }

    fn because(&self, rule: &Rule, chain: &[&Exception], duty: &Duty, o: &Occurrence, point: Point) -> Vec<Because> {
        let mut found = Vec::new();
        // Each fact is shown as it was at the moment at which it counted.
        let mut facts: Vec<(FactId, Point)> = Vec::new();
        let note = |condition: &Condition, at: Point, shown: Point, facts: &mut Vec<(FactId, Point)>| {
            let mut own = Vec::new();
            self.reasons(condition, at, &mut own);
            facts.extend(own.into_iter().map(|fact| (fact, shown)));
        };
        if let Some(entry) = duty.entry {
            found.push(self.event_reason(entry));
        }
        if let Trigger::While { state, since, stands, .. } = &rule.trigger {
            let over = self.truth(state, point) == Truth::False;
            let at = if over || duty.lapsed.is_some() { o.arises.max(self.begin) } else { point.at };
            // What stands beyond its state is owed for what was so then; what lapsed with its state, for what is so now.
            let shown = if over && *stands { Point { at, ..point } } else { point };
            note(state, Point { entry: None, at, ..point }, shown, &mut facts);
            facts.extend(since.map(|fact| (fact, point)));
        }
        let raised = Point { at: duty.raised.max(self.begin), ..point };
        note(&rule.filter, raised, raised, &mut facts);
        note(&rule.when, point, point, &mut facts);
        if let Some(until) = rule.until.as_ref().filter(|_| duty.lapsed.is_some()) {
            let at = Point { entry: None, ..point };
            if self.truth(until, at) == Truth::True {
                note(until, at, at, &mut facts);
            }
        }
        chain.iter().for_each(|e| note(&e.when, point, point, &mut facts));
        let limit = limit_of(rule, chain);
        if let Some(
            Limit::Within(_, Anchor::Fact(fact))
            | Limit::By(Anchor::Fact(fact), _)
            | Limit::Table(_, Anchor::Fact(fact))
            | Limit::Setting(_, Anchor::Fact(fact)),
        ) = limit
        {
            facts.push((*fact, point));
        }
        if let Some(row) = limit.and_then(|l| self.row_of(l, point)) {
            note(row, point, point, &mut facts);
        }
        let owner = owner_of(rule, chain);
        if let (Owner::Table(index), Some(book)) = (owner, self.book) {
            let table = &book.tables[index];
            let at = if table.at_due { duty.due.unwrap_or(point.at) } else { point.at };
            let judged = Point { at, ..point };
            let row = table.rows.iter().map(|r| &r.when).find(|when| self.truth(when, judged) == Truth::True);
            row.into_iter().for_each(|when| note(when, judged, point, &mut facts));
        }
        if let Repeat::Series { from: Anchor::Fact(fact), .. } = &rule.repeat {
            facts.push((*fact, point));
        }
        if found.is_empty() && facts.is_empty() {
            // Nothing is known that would bring it about; then what is not known is the reason.
            let mut unknown = Vec::new();
            if let Trigger::While { state, .. } = &rule.trigger {
                self.missing(state, Point { entry: None, ..raised }, &mut unknown);
            }
            facts.extend(unknown.into_iter().map(|fact| (fact, raised)));
        }
        let mut seen = Vec::new();
        for (fact, shown) in facts {
            if !seen.contains(&fact) {
                seen.push(fact);
                found.extend(self.fact_reason(fact, shown));
            }
        }
        found
    }

    fn event_reason(&self, entry: u32) -> Because {
        let entry = self.case.entry(entry);
        let event = self.vocabulary.event_at(entry.event);
        Because::Event {
            event: event.id.clone(),
            name: event.name.clone(),
            entry: entry.id.clone(),
            occurred_at: self.vocabulary.calendar.stamp(entry.occurred),
            recorded_at: self.vocabulary.calendar.stamp(entry.recorded),
        }
    }

    fn fact_reason(&self, fact: FactId, point: Point) -> Option<Because> {
        let value = self.value(fact, point)?;
        let (since, source) = self.since(fact, point);
        let entry = match (source, self.vocabulary.fact_at(fact).derived) {
            (Source::Entry(e), _) => Some(e),
            // An episode's own moments hang on the entries that start and end it.
            (_, Some(derived)) => point.episode.and_then(|e| self.episode_entry(derived, e)),
            _ => None,
        };
        Some(Because::Fact {
            fact: self.vocabulary.fact_at(fact).id.clone(),
            value: match value {
                Value::Moment(at) if self.vocabulary.fact_at(fact).kind == Type::Since => {
                    format!("since {}", self.vocabulary.calendar.words(at))
                }
                value => self.value_words(value),
            },
            since: since.filter(|s| *s > Moment::EVER).map(|s| self.vocabulary.calendar.stamp(s)),
            entry: entry.map(|e| self.case.entry(e).id.clone()),
        })
    }

    fn episode_entry(&self, derived: crate::vocabulary::Derived, episode: u32) -> Option<u32> {
        use crate::vocabulary::Derived;
        let episode = &self.case.episodes[episode as usize];
        match derived {
            Derived::EpisodeStart | Derived::EpisodeOpen | Derived::FirstEpisode => Some(episode.start_entry),
            Derived::EpisodeEnd => episode.end_entry,
            _ => None,
        }
    }

    fn missing_views(&self, rule: &Rule, duty: &Duty, o: &Occurrence, point: Point, owner: Owner) -> Vec<Missing> {
        let mut facts = Vec::new();
        if duty.state.is_open() || duty.state == super::State::Upcoming {
            if let Some(book) = self.book.filter(|_| self.in_force == Truth::Unknown) {
                self.missing(&book.applies, Point { episode: None, entry: None, at: self.now }, &mut facts);
            }
            let arose = Point { at: duty.raised, ..point };
            match &rule.trigger {
                Trigger::While { state, since, .. } => {
                    self.missing(state, Point { entry: None, ..point }, &mut facts);
                    if facts.is_empty() && duty.state == super::State::CannotTell {
                        // What stands, or had to last, may hang on what was not known for a part of the time.
                        let from = duty.episode.map_or(self.begin, |e| self.case.episodes[e as usize].start);
                        for at in self.points(state, duty.episode, from).into_iter().filter(|at| *at <= point.at) {
                            self.missing(state, Point { entry: None, at, ..point }, &mut facts);
                        }
                    }
                    facts.extend(since.filter(|_| o.doubtful).map(|fact| self.recorded_source(fact)));
                }
                Trigger::On { events, .. } => {
                    let own = events.iter().filter(|m| self.is_cause(m.event, o.entry, o.episode));
                    own.for_each(|m| self.missing(&m.when, arose, &mut facts));
                }
            }
            self.missing(&rule.filter, arose, &mut facts);
            self.missing(&rule.when, point, &mut facts);
            if duty.state == super::State::CannotTell {
                self.missing_in_exceptions(&rule.exceptions, point, &mut facts);
                let chain = along(rule, duty.path);
                let limit = limit_of(rule, &chain);
                self.missing_for_limit(limit, o, duty.judged, &mut facts);
            }
            if let (None, Owner::Table(index)) = (duty.owner, owner) {
                self.missing_for_table(index, point, &mut facts);
            }
        }
        let mut seen = Vec::new();
        facts.retain(|fact| {
            !seen.contains(fact) && {
                seen.push(*fact);
                true
            }
        });
        facts
            .into_iter()
            .map(|f| self.vocabulary.fact_at(f))
            .map(|f| Missing { fact: f.id.clone(), doc: f.doc.clone() })
            .collect()
    }

    fn missing_in_exceptions(&self, exceptions: &[Exception], point: Point, facts: &mut Vec<FactId>) {
        for exception in exceptions {
            self.missing(&exception.when, point, facts);
            if self.truth(&exception.when, point) != Truth::False {
                self.missing_in_exceptions(&exception.exceptions, point, facts);
            }
        }
    }

    fn overridden(&self, rule: &Rule, chain: &[&Exception], o: &Occurrence, duty: &Duty) -> Vec<Overridden> {
        let stamp = |due| if let Due::At(at) = due { Some(self.vocabulary.calendar.stamp(at)) } else { None };
        let mut before = rule.due.as_ref();
        let mut found = Vec::new();
        for exception in chain {
            found.push(Overridden {
                exception: exception.id.clone(),
                when: exception.when.text.clone(),
                provisions: ids(&exception.cites),
                otherwise_due_at: exception.due.as_ref().and_then(|_| stamp(self.due(before, o, duty.judged))),
                otherwise_limit: exception.due.as_ref().and_then(|_| self.limit_words(rule, before)),
            });
            before = exception.due.as_ref().or(before);
        }
        found
    }

    fn local_setting(&self, limit: Option<&Limit>, owner: Owner) -> Option<String> {
        let index = match (limit, owner) {
            (Some(Limit::Setting(index, _)), _) => *index,
            (_, Owner::Setting(index)) => index,
            _ => return None,
        };
        self.book.map(|b| b.settings[index].id.clone())
    }

    fn limit_words(&self, rule: &Rule, limit: Option<&Limit>) -> Option<String> {
        match &rule.repeat {
            Repeat::Every(length, _) => return Some(format!("at least every {length}, from the last time")),
            Repeat::Days(days) if days.iter().all(|d| *d) => return Some("once each calendar day".into()),
            Repeat::Days(_) => return Some("once on each of its days".into()),
            Repeat::Month => return Some("once each calendar month".into()),
            Repeat::Series { .. } => return Some("a series of dates".into()),
            Repeat::Once => {}
        }
        limit.map(|limit| self.words_of(limit))
    }

    fn words_of(&self, limit: &Limit) -> String {
        let from = |anchor: &Anchor| match anchor {
            Anchor::Arising => String::new(),
            Anchor::Fact(fact) => format!(" from {}", self.vocabulary.fact_at(*fact).id),
            Anchor::Field(field) => format!(" from entry.{}", self.vocabulary.fields[field.0 as usize]),
        };
        match limit {
            Limit::Immediately => "at once".into(),
            Limit::Within(length, anchor) => format!("within {length}{}", from(anchor)),
            Limit::By(anchor, otherwise) => {
                let otherwise =
                    otherwise.as_ref().map(|limit| format!("; if that is not recorded, {}", self.words_of(limit)));
                format!("by{}{}", from(anchor).replace(" from", ""), otherwise.unwrap_or_default())
            }
            Limit::EndOfDay => "by the end of the day".into(),
            Limit::Table(index, anchor) => {
                let id = self.book.map_or("", |b| b.tables[*index].id.as_str());
                format!("by the table {id}{}", from(anchor))
            }
            Limit::Setting(index, anchor) => {
                let id = self.book.map_or("", |b| b.settings[*index].id.as_str());
                format!("by the local setting {id}{}", from(anchor))
            }
        }
    }
}

fn ids(cites: &[Cite]) -> Vec<String> {
    cites.iter().map(|c| c.id.clone()).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
