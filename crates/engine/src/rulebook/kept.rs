//! Registers and panels: what an area keeps, and who meets on what. That the duties and registers they name exist is checked once the
//! whole rulebook is read (`check/kept.rs`).

use super::compile::Compiler;
use super::data::{AgendaItem, Among, Block, Column, Content, Panel, Register, Shows};
use super::model::Rulebook;
use super::source::{self, Text};
use crate::vocabulary::ActionKind;
use crate::words::did_you_mean;

impl Compiler<'_> {
    pub(super) fn register(&mut self, book: &Rulebook, register: &source::Register) -> Block {
        self.must_say("register", &register.id, "title", &register.title);
        self.must_say("register", &register.id, "says", &register.says);
        if register.columns.is_empty() {
            self.lacks("register", &register.id, "columns", "write what is kept: columns = [ { label = \"...\" } ]");
        }
        let known = [
            ("record", Among::Record),
            ("open-episodes", Among::Open),
            ("episodes", Among::Episodes),
            ("duties", Among::Duties),
            ("lines", Among::Lines),
        ];
        let among = self.choice(register.among.as_ref(), &known, Among::Record);
        if (among == Among::Duties) == register.duties.is_empty() {
            let help = "write `among = \"duties\"` together with `duties = [\"...\"]`, or neither";
            self.lacks("register", &register.id, "rule that says who is on it", help);
        }
        if among != Among::Record && register.who.is_empty() {
            self.lacks("register", &register.id, "`who`", "name the roles that read it: who = [\"...\"]");
        }
        let mut cites = self.cites(&register.cite);
        let columns = self.columns(&register.columns);
        cites.extend(columns.iter().flat_map(|column| column.cites.iter().cloned()));
        let drawn = matches!(among, Among::Open | Among::Episodes | Among::Duties);
        if drawn && columns.iter().any(|column| column.shows.is_empty()) {
            let help = "say what of the record stands in each: shows = [\"child\"], [\"episode\"], a fact or an event";
            self.lacks("register", &register.id, "`shows` in each of its columns", help);
        }
        let content = Content::Register(Register {
            columns,
            among,
            when: self.condition(book, register.when.as_ref(), None),
            duties: register.duties.iter().map(|duty| duty.get_ref().clone()).collect(),
            who: self.roles(&register.who),
        });
        let mut block = self.block(content, &register.id, &register.title, &register.says, cites);
        block.reading = self.reading(book, register.reading.as_ref());
        block
    }

    pub(super) fn panel(&mut self, book: &Rulebook, panel: &source::Panel) -> Option<Block> {
        self.must_say("panel", &panel.id, "title", &panel.title);
        self.must_say("panel", &panel.id, "says", &panel.says);
        if panel.members.is_empty() {
            self.lacks("panel", &panel.id, "members", "name the roles that take part: members = [\"...\"]");
        }
        let meeting = self.action(&panel.meeting)?;
        let discusses = panel.discusses.as_ref().unwrap_or(&panel.meeting);
        for named in [&panel.meeting, discusses] {
            let id = self.action(named)?;
            if self.vocabulary.action_at(id).kind != ActionKind::Meet {
                let message = format!("`{}` is not a meeting", named.get_ref());
                self.wrong("R21", named.span(), message, "name an action of kind `meet`");
            }
        }
        let discusses = self.action(discusses)?;
        let mut cites = self.cites(&panel.cite);
        let mut agenda = Vec::new();
        for item in &panel.agenda {
            if item.duty.is_some() == item.register.is_some() {
                self.lacks(
                    "panel",
                    &panel.id,
                    "rule in an item of its agenda",
                    "give each either `duty` or `register`",
                );
            }
            let own = self.cites(&item.cite);
            cites.extend(own.iter().cloned());
            let text = |one: &Option<Text>| one.as_ref().map(|one| one.get_ref().clone());
            let (duty, register) = (text(&item.duty), text(&item.register));
            agenda.push(AgendaItem { duty, register, says: item.says.clone(), cites: own });
        }
        let minutes = self.columns(&panel.minutes);
        cites.extend(minutes.iter().flat_map(|column| column.cites.iter().cloned()));
        let chair = panel.chair.as_ref().and_then(|chair| self.role(chair).map(|_| chair.get_ref().clone()));
        let content = Content::Panel(Panel {
            chair,
            members: self.roles(&panel.members),
            meeting,
            discusses,
            meets: panel.meets.as_ref().map(|duty| duty.get_ref().clone()),
            confidentiality: panel.confidentiality,
            agenda,
            papers: panel.papers.iter().map(|paper| paper.get_ref().clone()).collect(),
            minutes,
        });
        let mut block = self.block(content, &panel.id, &panel.title, &panel.says, cites);
        block.reading = self.reading(book, panel.reading.as_ref());
        Some(block)
    }

    fn columns(&mut self, columns: &[source::Column]) -> Vec<Column> {
        let mut found = Vec::with_capacity(columns.len());
        for column in columns {
            let shows = column.shows.iter().filter_map(|word| self.shows(word)).collect();
            found.push(Column { label: column.label.clone(), shows, cites: self.cites(&column.cite) });
        }
        found
    }

    fn shows(&mut self, word: &Text) -> Option<Shows> {
        let v = self.vocabulary;
        let text = word.get_ref().as_str();
        let found = match text {
            "child" => Some(Shows::Child),
            "episode" => Some(Shows::Episode),
            _ => v.fact(text).map(Shows::Fact).or_else(|| v.event(text).map(Shows::Entry)),
        };
        if found.is_none() {
            let known = v.facts.iter().map(|f| f.id.as_str()).chain(v.events.iter().map(|e| e.id.as_str()));
            let help = did_you_mean(text, known.chain(["child", "episode"]));
            self.wrong("R03", word.span(), format!("`{text}` is nothing that a column shows"), help);
        }
        found
    }
}
