//! A duty in words: everything that a page, a letter, the command line or JSON says of it. They only print what is here, and what
//! is here is read off the evidence that the duty was judged by. The shapes are in `shown`, the reasons in `because`.

use super::carried_out::Window;
use super::duty::{Duty, State};
use super::exceptions::{along, limit_of, owner_of};
use super::facts::Point;
use super::inquiry::Inquiry;
use super::limit::Due;
use super::occasion::Occasion;
use super::shown::{ChecklistView, DutyView, Overridden, PartyView, RecipientView, Words};
use crate::ids::EntryNo;
use crate::rulebook::{Anchor, By, Cite, Exception, Item, Limit, Owner, Recipient, Repeat, RuleScope};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::words::Sym;

/// What the words about one duty are made from.
pub(super) struct Shown<'d> {
    pub duty: &'d Duty,
    pub chain: &'d [&'d Exception],
    pub o: &'d Occasion,
    /// Where facts were judged.
    pub point: Point,
    /// Where it is asked whom it concerns.
    pub window: &'d Window,
    /// Where it is looked for what was done towards it: of what is done again and again, this time and not another.
    pub towards: &'d Window,
    pub limit: Option<&'d Limit>,
    pub owner: Owner,
}

impl Inquiry<'_> {
    /// The duty in words.
    pub fn view(&self, duty: &Duty, words: Words) -> DutyView {
        let all = words == Words::All;
        let (rule, book) = (self.rule, self.prepared.book);
        let chain = along(rule, duty.path);
        let o = &duty.evidence.occasion;
        let window = self.window(o, duty.lapsed.unwrap_or(self.facts.now));
        let (since, until) = duty.evidence.within;
        let shown = Shown {
            duty,
            chain: &chain,
            o,
            point: Self::point(o, duty.evidence.judged),
            window: &window,
            towards: &Window { from: since, to: window.to.min(until), ..window },
            limit: limit_of(rule, &chain),
            owner: owner_of(rule, &chain),
        };
        let action = self.facts.vocabulary.action_at(rule.action);
        let label = chain.iter().rev().find_map(|e| e.label.clone()).or_else(|| rule.label.clone());
        let owner = duty.owner.map(|o| self.word(o));
        let stamp = |m: Moment| self.facts.reckoning().stamp(m);
        let another = if all && duty.state.is_open() { self.by_another(shown.towards) } else { None };
        DutyView {
            id: self.duty_id(duty),
            rulebook: book.id.clone(),
            edition: book.edition.clone(),
            hash: book.hash.clone(),
            rule: rule.id.clone(),
            n: duty.n,
            provisions: self.provisions(&shown),
            action: action.id.clone(),
            label: label.unwrap_or_else(|| capital(book.local_name(&action.id).unwrap_or(&action.name))),
            says: if all { self.says(&chain) } else { String::new() },
            owner_name: owner.as_ref().map(|o| self.role_name(o)),
            owner,
            seen_to_by: duty.owner.and_then(|o| self.seen_to_by(o, shown.point)).map(|role| self.word(role)),
            recipients: self.recipient_views(&shown),
            parties: if all { self.party_views(&shown) } else { Vec::new() },
            arose_at: stamp(duty.arises),
            due_at: duty.due.map(stamp),
            limit: self.limit_words(self.limit_shown(&shown).or(shown.limit)),
            state: duty.state.word(),
            modality: duty.modality.word(),
            checklist: if all { self.checklist(&shown) } else { Vec::new() },
            done_at: duty.done.map(|(at, _)| stamp(at)),
            done_by: duty.done.map(|(_, entry)| self.facts.case.entry(entry).id.clone()),
            done_by_whom: duty.done.and_then(|(_, entry)| self.doer(entry)).map(|role| self.word(role)),
            recorded_by_another: another
                .and_then(|(_, entry)| self.doer(entry))
                .map(|role| self.another(role, duty))
                .or_else(|| {
                    let alone = || self.alone(shown.towards).map(|(_, entry)| self.of_one(entry));
                    if all && duty.state.is_open() { alone() } else { None }
                }),
            lapsed_at: duty.lapsed.map(stamp),
            breached: duty.breached,
            known_at: duty.known.map(stamp),
            because: if all { self.because(&shown) } else { Vec::new() },
            missing: if all || duty.state == State::CannotTell { self.missing_views(&shown) } else { Vec::new() },
            reading: if all { self.reading(&chain) } else { None },
            overridden: if all { self.overridden(&shown) } else { Vec::new() },
            tightened_at: duty.tightened.map(stamp),
            after: rule.after.clone(),
            episode: duty.episode.map(|e| self.facts.case.episode_id(e).to_string()),
            scope: match rule.scope {
                RuleScope::Child => "child",
                RuleScope::Episode => "episode",
                RuleScope::Area => "area",
            },
            local_setting: self.local_setting(shown.limit, shown.owner),
            conflict: rule.conflict,
            contradictory: duty.contradictory,
        }
    }

    fn says(&self, chain: &[&Exception]) -> String {
        chain.iter().rev().find_map(|e| e.says.clone()).unwrap_or_else(|| self.rule.says.clone())
    }

    fn reading(&self, chain: &[&Exception]) -> Option<String> {
        chain.iter().rev().find_map(|e| e.reading.clone()).or_else(|| self.rule.reading.clone())
    }

    /// "Recorded by the school; the social worker's own is still owed."
    fn another(&self, doer: Sym, duty: &Duty) -> String {
        let doer = self.role_name(&self.word(doer));
        match duty.owner.map(|o| self.role_name(&self.word(o))) {
            Some(owner) => format!("recorded by the {doer}; the {owner}'s own is still owed"),
            None => format!("recorded by the {doer}; the owner's own is still owed"),
        }
    }

    /// "Recorded with nobody beside the team manager; it takes two."
    fn of_one(&self, entry: EntryNo) -> String {
        match self.doer(entry) {
            Some(doer) => {
                let doer = self.role_name(&self.word(doer));
                format!("recorded with nobody there beside the {doer}; what one person did alone is no meeting")
            }
            None => "recorded with nobody there beside one person; what one person did alone is no meeting".into(),
        }
    }

    /// The limit that gives the moment shown: while it cannot be told which exception holds, that may be another one's.
    fn limit_shown(&self, shown: &Shown<'_>) -> Option<&Limit> {
        if shown.duty.state != State::CannotTell {
            return None;
        }
        let (o, judged) = (shown.o, shown.duty.evidence.judged);
        let limits = self.resolve(o, shown.point).into_iter();
        let mut limits = limits.filter_map(|r| limit_of(self.rule, &along(self.rule, r.path)));
        limits.find(|l| matches!(self.facts.due(Some(l), o, judged), Due::At(at) if Some(at) == shown.duty.due))
    }

    fn duty_id(&self, duty: &Duty) -> String {
        let (book, rule) = (&self.prepared.book.id, self.rule);
        let episode = duty.episode.map(|e| format!("@{}", self.facts.case.episode_id(e))).unwrap_or_default();
        let n = if duty.n > 1 { format!("#{}", duty.n) } else { String::new() };
        format!("{book}/{}{episode}{n}", rule.id)
    }

    fn word(&self, word: Sym) -> String {
        let known = self.facts.vocabulary.word(word).or_else(|| self.facts.case.word(word));
        known.unwrap_or("?").to_string()
    }

    fn role_name(&self, role: &str) -> String {
        let local = self.prepared.book.local_name(role);
        local.unwrap_or_else(|| self.facts.vocabulary.role_name(role)).to_string()
    }

    /// A value in words.
    pub fn value_words(&self, value: Value) -> String {
        match value {
            Value::Unknown => "not recorded".into(),
            Value::Bool(yes) => yes.to_string(),
            Value::Word(word) => self.word(word),
            Value::Number(n) => n.to_string(),
            Value::Date(date) => date.to_string(),
            Value::Moment(at) => self.facts.reckoning().words(at),
            Value::Text => "recorded".into(),
        }
    }

    fn provisions(&self, shown: &Shown<'_>) -> Vec<String> {
        let (rule, book) = (self.rule, self.prepared.book);
        let mut found: Vec<String> = Vec::new();
        let mut add = |cites: &[Cite]| {
            for cite in cites {
                if !found.contains(&cite.id) {
                    found.push(cite.id.clone());
                }
            }
        };
        add(&rule.cites);
        shown.chain.iter().for_each(|e| add(&e.cites));
        let concerns = |when| self.line_concerns(when, shown.window) != Truth::False;
        let recipients = rule.recipients.iter().chain(shown.chain.iter().flat_map(|e| &e.recipients));
        recipients.filter(|r| self.is_for_recipient(r, shown.window) != Truth::False).for_each(|r| add(&r.cites));
        rule.parties.iter().filter(|p| self.is_party(p, shown.window) != Truth::False).for_each(|p| add(&p.cites));
        let items = rule.checklist.iter().chain(shown.chain.iter().flat_map(|e| &e.checklist));
        items.filter(|i| concerns(&i.when)).for_each(|i| add(&i.cites));
        let mut of_table = |index: usize, point: Point| {
            let table = &book.tables[index];
            add(&table.cites);
            let (facts, point) = self.facts.in_table(index, shown.o, point);
            table.rows.iter().filter(|r| facts.truth(&r.when, point) == Truth::True).for_each(|r| add(&r.cites));
        };
        if let Owner::Table(index) = shown.owner {
            of_table(index, self.of_table(index, shown.point, shown.duty.due));
        }
        if let Some(Limit::Table(index, _)) = shown.limit {
            of_table(*index, shown.point);
        }
        found
    }

    fn recipient_views(&self, shown: &Shown<'_>) -> Vec<RecipientView> {
        let mut found = Vec::new();
        let own = self.rule.recipients.iter().map(|r| (r, Truth::True));
        let extra = shown.chain.iter().flat_map(|e| &e.recipients).map(|r| (r, Truth::True));
        // Of an exception that may hold.
        let perhaps = self.perhaps(shown.o, shown.point);
        let perhaps = perhaps.iter().filter(|(_, certain)| !certain).map(|(r, _)| (*r, Truth::Unknown));
        for (recipient, may) in own.chain(extra).chain(perhaps) {
            let concerns = self.is_for_recipient(recipient, shown.window).and(may);
            if concerns == Truth::False {
                continue;
            }
            for role in self.roles(recipient, shown.window) {
                found.push(self.recipient_view(recipient, role, concerns, shown.towards));
            }
        }
        found
    }

    fn recipient_view(&self, recipient: &Recipient, role: Sym, concerns: Truth, window: &Window) -> RecipientView {
        let word = self.word(role);
        RecipientView {
            name: self.role_name(&word),
            role: word,
            told_at: self.told(role, window).map(|(at, _)| self.facts.reckoning().stamp(at)),
            modality: recipient.modality.word(),
            cannot_tell: concerns == Truth::Unknown,
            provisions: ids(&recipient.cites),
        }
    }

    fn party_views(&self, shown: &Shown<'_>) -> Vec<PartyView> {
        let mut found = Vec::new();
        for (party, did) in self.rule.parties.iter().zip(self.by_parties(shown.towards)) {
            let concerns = self.is_party(party, shown.window);
            if concerns == Truth::False {
                continue;
            }
            let word = self.word(party.role);
            found.push(PartyView {
                name: self.role_name(&word),
                role: word,
                done_at: did.map(|(at, _)| self.facts.reckoning().stamp(at)),
                cannot_tell: concerns == Truth::Unknown,
                provisions: ids(&party.cites),
            });
        }
        found
    }

    fn checklist(&self, shown: &Shown<'_>) -> Vec<ChecklistView> {
        let items = self.rule.checklist.iter().chain(shown.chain.iter().flat_map(|e| &e.checklist));
        items.filter_map(|i| self.item(i, (shown.window, shown.towards))).collect()
    }

    fn item(&self, item: &Item, (window, towards): (&Window, &Window)) -> Option<ChecklistView> {
        let concerns = self.line_concerns(&item.when, window);
        if concerns == Truth::False {
            return None;
        }
        let fits = |e: EntryNo| match &item.by {
            // What belongs to the act is done by whoever does the act, unless the line says otherwise.
            Some(by) => self.fits_by(e, by, towards),
            None => self.rule.by == By::Anyone || self.fits(e, towards),
        };
        let done = self.first_met(&item.met_by, towards, &fits);
        Some(ChecklistView {
            text: item.text.clone(),
            done_at: done.map(|(at, _)| self.facts.reckoning().stamp(at)),
            modality: item.modality.word(),
            cannot_tell: concerns == Truth::Unknown,
            provisions: ids(&item.cites),
        })
    }

    fn overridden(&self, shown: &Shown<'_>) -> Vec<Overridden> {
        let (o, judged) = (shown.o, shown.duty.evidence.judged);
        let stamp = |due| if let Due::At(at) = due { Some(self.facts.reckoning().stamp(at)) } else { None };
        let mut before = self.rule.due.as_ref();
        let mut found = Vec::new();
        for exception in shown.chain {
            found.push(Overridden {
                exception: exception.id.clone(),
                when: exception.when.said.clone(),
                provisions: ids(&exception.cites),
                otherwise_due_at: exception.due.as_ref().and_then(|_| stamp(self.facts.due(before, o, judged))),
                otherwise_limit: exception.due.as_ref().and_then(|_| self.limit_words(before)),
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
        Some(self.prepared.book.settings[index].id.clone())
    }

    fn limit_words(&self, limit: Option<&Limit>) -> Option<String> {
        match &self.rule.repeat {
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
            Anchor::Fact(fact) => format!(" from {}", self.facts.vocabulary.fact_at(*fact).id),
            Anchor::Field(field) => format!(" from entry.{}", self.facts.vocabulary.fields[field.place()]),
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
                let id = &self.prepared.book.tables[*index].id;
                format!("by the table {id}{}", from(anchor))
            }
            Limit::Setting(index, anchor) => {
                let id = &self.prepared.book.settings[*index].id;
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
