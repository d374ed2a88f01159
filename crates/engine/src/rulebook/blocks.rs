//! Data blocks: registers, powers, definitions, guidance, statistics, set aside, pending. Each kind says what it must have (R21).
//! Forms are in `form`, contacts in `contact`, registers and panels in `kept`.

use super::compile::Compiler;
use super::data::{Block, Content, Runs};
use super::model::{Cite, Rulebook};
use super::source::{self, RuleFile, Text};
use crate::source::folded;
use crate::words::did_you_mean;

impl Compiler<'_> {
    pub(super) fn block(&mut self, content: Content, id: &Text, title: &str, says: &str, cites: Vec<Cite>) -> Block {
        Block {
            id: id.get_ref().clone(),
            title: title.into(),
            says: says.into(),
            content,
            cites,
            place: self.file.place(id.span()),
            as_of: None,
            reading: None,
        }
    }

    pub(super) fn blocks(&mut self, book: &Rulebook, file: &RuleFile) -> Vec<Block> {
        let mut found = Vec::new();
        for form in &file.form {
            found.push(self.form(book, form));
        }
        for register in &file.register {
            found.push(self.register(book, register));
        }
        for panel in &file.panel {
            found.extend(self.panel(book, panel));
        }
        for contact in &file.contact {
            found.push(self.contact(book, contact));
        }
        for power in &file.power {
            found.push(self.power(book, power));
        }
        for definition in &file.definition {
            found.push(self.definition(book, definition));
        }
        for guidance in &file.guidance {
            found.push(self.guidance(book, guidance));
        }
        for statistic in &file.statistic {
            found.push(self.statistic(book, statistic));
        }
        for s in &file.set_aside {
            let says = folded(s.reason.get_ref());
            found.push(self.anonymous(Content::SetAside, &s.cite, &says, s.reason.span()));
        }
        for p in &file.pending {
            let known = [("page", ()), ("policy", ()), ("report", ())];
            self.choice(Some(&p.needs), &known, ());
            let says = p.reason.clone().unwrap_or_else(|| format!("waits for a {}", p.needs.get_ref()));
            found.push(self.anonymous(Content::Pending, &p.cite, &says, p.needs.span()));
        }
        found
    }

    /// Something that a block of this kind must have is missing.
    pub(super) fn lacks(&mut self, kind: &str, id: &Text, what: &str, help: &str) {
        self.wrong("R21", id.span(), format!("the {kind} `{}` has no {what}", id.get_ref()), help);
    }

    /// A text that has to say something.
    pub(super) fn must_say(&mut self, kind: &str, id: &Text, key: &str, text: &str) {
        if text.is_empty() {
            self.lacks(kind, id, &format!("`{key}`"), "write it in plain words");
        }
    }

    fn anonymous(
        &mut self,
        content: Content,
        cites: &source::Cites,
        says: &str,
        span: std::ops::Range<usize>,
    ) -> Block {
        let cites = self.cites(cites);
        let place = cites.first().map_or_else(|| self.file.place(span), |c| c.place.clone());
        Block {
            id: String::new(),
            title: String::new(),
            says: says.into(),
            content,
            cites,
            place,
            as_of: None,
            reading: None,
        }
    }

    fn power(&mut self, book: &Rulebook, power: &source::Power) -> Block {
        self.must_say("power", &power.id, "title", &power.title);
        self.must_say("power", &power.id, "says", &power.says);
        if power.law.as_ref().is_none_or(String::is_empty) {
            self.lacks("power", &power.id, "`law`", "name the Act and the section");
        }
        for at in &power.at {
            self.step_of_a_power(at);
        }
        let runs = power.runs.as_ref().and_then(|runs| self.runs(runs));
        let content = Content::Power {
            law: power.law.clone().unwrap_or_default(),
            at: power.at.iter().map(|at| at.get_ref().clone()).collect(),
            runs,
        };
        let cites = self.cites(&power.cite);
        let mut block = self.block(content, &power.id, &power.title, &power.says, cites);
        block.as_of.clone_from(&power.as_of);
        block.reading = self.reading(book, power.reading.as_ref());
        block
    }

    /// A power belongs to an act or to what is recorded.
    fn step_of_a_power(&mut self, at: &Text) {
        let v = self.vocabulary;
        if v.action(at.get_ref()).is_none() && v.event(at.get_ref()).is_none() {
            let known = v.actions.iter().map(|a| a.id.as_str()).chain(v.events.iter().map(|e| e.id.as_str()));
            let help = did_you_mean(at.get_ref(), known);
            self.wrong("R03", at.span(), format!("`{}` is not a step", at.get_ref()), help);
        }
    }

    fn runs(&mut self, runs: &source::Runs) -> Option<Runs> {
        let from = self.event(&runs.from);
        let until = runs.until.as_ref().and_then(|until| self.event(until));
        let lasts = self.length(&runs.lasts);
        Some(Runs { from: from?, until, lasts: lasts? })
    }

    fn definition(&mut self, book: &Rulebook, definition: &source::Definition) -> Block {
        self.must_say("definition", &definition.id, "term", &definition.term);
        self.must_say("definition", &definition.id, "says", &definition.says);
        let cites = self.cites(&definition.cite);
        let mut block = self.block(Content::Definition, &definition.id, &definition.term, &definition.says, cites);
        block.as_of.clone_from(&definition.as_of);
        block.reading = self.reading(book, definition.reading.as_ref());
        block
    }

    fn guidance(&mut self, book: &Rulebook, guidance: &source::Guidance) -> Block {
        let at = guidance.at.get_ref();
        let v = self.vocabulary;
        if at != "help" && v.action(at).is_none() && v.event(at).is_none() && v.form(at).is_none() {
            let known =
                v.actions.iter().map(|a| a.id.as_str()).chain(v.events.iter().map(|e| e.id.as_str())).chain(["help"]);
            let help = did_you_mean(at, known);
            self.wrong("R03", guidance.at.span(), format!("`{at}` is not a step"), help);
        }
        self.must_say("guidance", &guidance.id, "says", &guidance.says);
        let cites = self.cites(&guidance.cite);
        let content = Content::Guidance { at: at.clone() };
        let mut block = self.block(content, &guidance.id, "", &guidance.says, cites);
        block.as_of.clone_from(&guidance.as_of);
        block.reading = self.reading(book, guidance.reading.as_ref());
        block
    }

    fn statistic(&mut self, book: &Rulebook, statistic: &source::Statistic) -> Block {
        self.must_say("statistic", &statistic.id, "title", &statistic.title);
        self.must_say("statistic", &statistic.id, "says", &statistic.says);
        let cites = self.cites(&statistic.cite);
        let content = Content::Statistic { every: statistic.every.clone() };
        let mut block = self.block(content, &statistic.id, &statistic.title, &statistic.says, cites);
        block.reading = self.reading(book, statistic.reading.as_ref());
        block
    }
}
