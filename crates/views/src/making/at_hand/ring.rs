//! Whom to ring: for each telling the people of the record and the contacts of the protocols, at this hour; and what to say.

use super::super::strip::Facts;
use super::Hand;
use crate::asked::{Evaluated, One};
use crate::making::duty_line;
use crate::making::{head, protocol::contact_card};
use crate::{ContactCard, PhoneLine, RingLine, Ringing};
use casebook::case_file::Person;
use casebook::command::{self, labels};
use engine::ids::EpisodeNo;
use engine::rulebook::{Contact, Content, OFFICE_HOURS, Reached, Rulebook};
use engine::vocabulary::ActionKind;
use engine::words::{Sym, sym};

/// So many tellings stand at the head of an episode.
const MOST: usize = 5;
const UNKNOWN: &str = "Not recorded";
/// Who is rung for social care when its offices are closed.
const ON_CALL: &str = "emergency_duty_team";

impl Hand<'_> {
    /// At the head of an episode: the viewer's own tellings that are open, then whom everybody may have to ring.
    pub fn ringing(&self, evaluated: &Evaluated, episode: EpisodeNo) -> Ringing {
        let mut lines: Vec<RingLine> = Vec::new();
        for line in evaluated.lines.iter().filter(|line| line.state.is_open()) {
            let one = &evaluated.duties[line.duties[0]];
            let mine = line.duties.iter().any(|i| self.lens.owes(&evaluated.duties[*i].view));
            if mine && lines.len() < MOST {
                lines.extend(self.line(one, true));
            }
        }
        for role in self.names.vocabulary.actions.iter().flat_map(|action| &action.tells) {
            lines.push(self.of_role(*role));
        }
        self.with_words(lines, Some(episode))
    }

    /// Beside one telling; none for an act that tells nobody.
    pub fn telling(&self, one: &One, episode: Option<EpisodeNo>) -> Option<Ringing> {
        let line = self.line(one, self.lens.owes(&one.view))?;
        Some(self.with_words(vec![line], episode))
    }

    /// Before anything is recorded: whom the report goes to.
    pub fn reporting(&self) -> Ringing {
        let roles = self.names.vocabulary.actions.iter().flat_map(|action| &action.tells);
        let lines = roles.map(|role| self.of_role(*role)).collect();
        Ringing { say: String::new(), ready: Vec::new(), ..self.with_words(lines, None) }
    }

    /// Who of social care is on call at this hour, where the protocols say how to reach them.
    pub fn on_call(&self) -> Ringing {
        let line = self.of_role(sym(ON_CALL));
        let lines = if line.cards.is_empty() { Vec::new() } else { vec![line] };
        Ringing { lines, hours: self.hours(), ..Ringing::default() }
    }

    fn with_words(&self, lines: Vec<RingLine>, episode: Option<EpisodeNo>) -> Ringing {
        let (say, ready) = episode.map(|number| self.say(number)).unwrap_or_default();
        Ringing { lines, helplines: self.helplines(), hours: self.hours(), say, ready }
    }

    fn of_role(&self, role: Sym) -> RingLine {
        let (cards, without) = self.reach(&[role]);
        let label = self.names.vocabulary.word(role).map(|word| labels::capital(&self.names.role(word)));
        RingLine { label: label.unwrap_or_default(), cards, without, ..RingLine::default() }
    }

    fn line(&self, one: &One, mine: bool) -> Option<RingLine> {
        let vocabulary = self.names.vocabulary;
        let action = vocabulary.action_at(one.rule.action);
        // Who is told of what the viewer may not see is not said either.
        if one.owed {
            return None;
        }
        if !matches!(action.kind, ActionKind::Notify | ActionKind::Share) {
            return None;
        }
        let mut roles: Vec<Sym> =
            one.view.recipients.iter().filter(|r| r.told_at.is_none()).map(|r| sym(&r.role)).collect();
        if roles.is_empty() {
            roles.extend(&action.tells);
        }
        if roles.is_empty() {
            return None;
        }
        let (cards, without) = self.reach(&roles);
        let event = command::event_of(vocabulary, one.rule);
        let doing = one.duty.state.is_open().then(|| duty_line::doing(self.lens, one.rule, event, &one.key));
        Some(RingLine { label: one.view.label.clone(), mine, doing, cards, without })
    }

    /// Everybody who answers for these roles at this hour, and the names of those for whom nobody is known.
    fn reach(&self, roles: &[Sym]) -> (Vec<ContactCard>, String) {
        let mut cards: Vec<ContactCard> = Vec::new();
        let mut without: Vec<String> = Vec::new();
        for role in roles {
            let found: Vec<ContactCard> = self.people(*role).chain(self.contacts(*role)).collect();
            if found.is_empty() {
                let name = self.names.vocabulary.word(*role).map(|word| self.names.role(word)).unwrap_or_default();
                without.push(labels::capital(&name));
            }
            for card in found {
                // One number is shown once, whatever two protocols call those who answer it.
                let rings = |known: &&ContactCard, phone: &PhoneLine| known.phones.iter().any(|p| p.dial == phone.dial);
                let same = |known: &&ContactCard| {
                    let none = card.phones.is_empty();
                    if none { known.name == card.name } else { card.phones.iter().all(|phone| rings(known, phone)) }
                };
                if !cards.iter().any(|known| same(&known)) {
                    cards.push(card);
                }
            }
        }
        (cards, without.join(", "))
    }

    /// The people of the child's own record in this role, who can be reached.
    fn people(&self, role: Sym) -> impl Iterator<Item = ContactCard> {
        let people = self.record.file.people.iter().filter(move |p| p.role == Some(role));
        people.filter(|p| p.phone.is_some() || p.email.is_some()).map(|person| self.person(person))
    }

    fn person(&self, person: &Person) -> ContactCard {
        let role = person.role.and_then(|role| self.names.vocabulary.word(role)).map(|word| self.names.role(word));
        let number = |phone: &String| PhoneLine {
            number: phone.clone(),
            dial: phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect(),
            note: String::new(),
        };
        ContactCard {
            name: person.name.clone().unwrap_or_else(|| labels::capital(role.as_deref().unwrap_or_default())),
            says: role.map(|role| labels::capital(&role)).unwrap_or_default(),
            rulebook: "The child’s record".into(),
            phones: person.phone.iter().map(number).collect(),
            email: person.email.clone().unwrap_or_default(),
            ..ContactCard::default()
        }
    }

    /// The contacts of the protocols that apply: whoever is this role, a part of it, or may act for it; not those closed at this hour.
    fn contacts(&self, role: Sym) -> Vec<ContactCard> {
        let vocabulary = self.names.vocabulary;
        let answers = |own: Sym| own == role || vocabulary.is_part_of(own, role) || vocabulary.may_act_for(own, role);
        self.cards(|book, contact| {
            !contact.helpline && contact.role.is_some_and(answers) && self.is_open(book, contact.reached)
        })
    }

    fn helplines(&self) -> Vec<ContactCard> {
        self.cards(|_, contact| contact.helpline && !contact.phones.is_empty())
    }

    fn cards(&self, wanted: impl Fn(&Rulebook, &Contact) -> bool) -> Vec<ContactCard> {
        let mut found = Vec::new();
        for book in self.names.books() {
            let blocks =
                book.blocks.iter().filter(|block| matches!(&block.content, Content::Contact(c) if wanted(book, c)));
            found.extend(blocks.filter_map(|block| contact_card(book, block)));
        }
        found
    }

    fn is_open(&self, book: &Rulebook, reached: Reached) -> bool {
        match (reached, self.office_hours(book)) {
            (Reached::Office, Some(office)) => office,
            (Reached::OutOfHours, Some(office)) => !office,
            _ => true,
        }
    }

    fn office_hours(&self, book: &Rulebook) -> Option<bool> {
        let set = self.record.case.settings.get(&(book.id.clone(), OFFICE_HOURS.to_owned()));
        let hours = book.office_hours(set.map_or(&[], Vec::as_slice), self.lens.now)?;
        Some(hours.cover(self.lens.face.calendar, self.lens.now))
    }

    fn hours(&self) -> String {
        match self.names.books().iter().find_map(|book| self.office_hours(book)) {
            Some(true) => "Office hours now".into(),
            Some(false) => "Out of office hours now".into(),
            None => String::new(),
        }
    }

    /// How to begin, and what will be asked.
    fn say(&self, episode: EpisodeNo) -> (String, Vec<(String, String)>) {
        let facts = Facts { lens: self.lens, record: self.record, names: self.names, number: episode };
        let (strip, head) = (facts.strip(), head(self.lens, self.record));
        let age = if head.age.is_empty() { String::new() } else { format!(", aged {}", head.age) };
        let say = format!("I am ringing about {}{age}. {}, since {}.", head.name, strip.headline, strip.since.words);
        let reported = strip.reported.map(|when| when.words).unwrap_or_default();
        let risk = format!("{} {}", strip.risk.text, strip.risk_note);
        let ready = [
            ("Date of birth", head.born),
            ("Lives at", head.placement),
            ("Last seen", facts.text("last_seen_where")),
            ("Police risk", risk.trim().to_string()),
            ("Reported to the police", reported),
            ("Police incident number", strip.incident_number),
        ];
        let or_unknown = |value: String| if value.is_empty() { UNKNOWN.to_string() } else { value };
        (say, ready.into_iter().map(|(label, value)| (label.to_string(), or_unknown(value))).collect())
    }
}
