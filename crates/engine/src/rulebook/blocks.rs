//! Data blocks: forms, registers, contacts, powers, definitions, guidance, statistics, set aside, pending.

use super::compile::Compiler;
use super::data::{Block, BlockKind, FormField};
use super::model::Cite;
use super::source::{self, RuleFile, Text};
use crate::source::folded;
use crate::words::did_you_mean;

const FIELD_TYPES: [&str; 12] = [
    "text",
    "long-text",
    "yes-no",
    "choice",
    "graded",
    "date",
    "moment",
    "time",
    "number",
    "role",
    "phone",
    "photograph",
];

impl Compiler<'_> {
    fn block(&mut self, kind: BlockKind, id: &Text, title: &str, says: &str, cites: Vec<Cite>) -> Block {
        Block {
            kind,
            id: id.get_ref().clone(),
            title: title.into(),
            says: says.into(),
            cites,
            place: self.file.place(id.span()),
            fields: Vec::new(),
            at: None,
            as_of: None,
            reading: None,
            detail: None,
        }
    }

    pub(super) fn blocks(&mut self, file: &RuleFile) -> Vec<Block> {
        let mut found = Vec::new();
        for form in &file.form {
            found.push(self.form(form));
        }
        for r in &file.register {
            let mut cites = self.cites(&r.cite);
            r.columns.iter().for_each(|c| cites.extend(self.cites(&c.cite)));
            let mut block = self.block(BlockKind::Register, &r.id, &r.title, &r.says, cites);
            block.fields = r.columns.iter().map(|c| self.column(c)).collect();
            block.reading.clone_from(&r.reading);
            found.push(block);
        }
        for c in &file.contact {
            if let Some(role) = &c.role {
                self.role(role);
            }
            let cites = self.cites(&c.cite);
            let parts = [&c.says, &c.phone, &c.email, &c.address, &c.web, &c.hours];
            let says = parts.into_iter().flatten().cloned().collect::<Vec<_>>().join("; ");
            let mut block = self.block(BlockKind::Contact, &c.id, &c.name, &says, cites);
            block.as_of.clone_from(&c.as_of);
            block.reading.clone_from(&c.reading);
            found.push(block);
        }
        for p in &file.power {
            let cites = self.cites(&p.cite);
            let mut block = self.block(BlockKind::Power, &p.id, &p.title, &p.says, cites);
            block.as_of.clone_from(&p.as_of);
            block.reading.clone_from(&p.reading);
            block.detail.clone_from(&p.law);
            found.push(block);
        }
        for d in &file.definition {
            let cites = self.cites(&d.cite);
            let mut block = self.block(BlockKind::Definition, &d.id, &d.term, &d.says, cites);
            block.as_of.clone_from(&d.as_of);
            block.reading.clone_from(&d.reading);
            found.push(block);
        }
        for g in &file.guidance {
            found.push(self.guidance(g));
        }
        for s in &file.statistic {
            let cites = self.cites(&s.cite);
            let mut block = self.block(BlockKind::Statistic, &s.id, &s.title, &s.says, cites);
            block.reading.clone_from(&s.reading);
            block.detail.clone_from(&s.every);
            found.push(block);
        }
        for s in &file.set_aside {
            found.push(self.anonymous(BlockKind::SetAside, &s.cite, &folded(s.reason.get_ref()), s.reason.span()));
        }
        for p in &file.pending {
            let known = [("page", ()), ("policy", ()), ("report", ())];
            self.choice(Some(&p.needs), &known, ());
            let says = p.reason.clone().unwrap_or_else(|| format!("waits for a {}", p.needs.get_ref()));
            found.push(self.anonymous(BlockKind::Pending, &p.cite, &says, p.needs.span()));
        }
        found
    }

    fn anonymous(&mut self, kind: BlockKind, cites: &source::Cites, says: &str, span: std::ops::Range<usize>) -> Block {
        let cites = self.cites(cites);
        let place = cites.first().map_or_else(|| self.file.place(span), |c| c.place.clone());
        Block {
            kind,
            id: String::new(),
            title: String::new(),
            says: says.into(),
            cites,
            place,
            fields: Vec::new(),
            at: None,
            as_of: None,
            reading: None,
            detail: None,
        }
    }

    fn column(&self, column: &source::Column) -> FormField {
        FormField {
            id: String::new(),
            label: column.label.clone(),
            kind: "text".into(),
            choices: Vec::new(),
            required: false,
            help: None,
            section: None,
            cites: self.cites(&column.cite),
        }
    }

    fn form(&mut self, form: &source::Form) -> Block {
        let mut cites = self.cites(&form.cite);
        let mut fields: Vec<FormField> = Vec::new();
        for field in &form.fields {
            let kind =
                field.kind.as_ref().map_or(if field.graded.is_empty() { "text" } else { "graded" }, |k| k.get_ref());
            if !FIELD_TYPES.contains(&kind) {
                let span = field.kind.as_ref().map_or(field.id.span(), toml::Spanned::span);
                self.wrong("R03", span, format!("unknown field type `{kind}`"), did_you_mean(kind, FIELD_TYPES));
            }
            if fields.iter().any(|f| f.id == *field.id.get_ref()) {
                self.wrong(
                    "R03",
                    field.id.span(),
                    format!("the form has two fields `{}`", field.id.get_ref()),
                    "rename one",
                );
            }
            cites.extend(self.cites(&field.cite));
            let choices = if field.graded.is_empty() { field.choices.clone() } else { field.graded.clone() };
            fields.push(FormField {
                id: field.id.get_ref().clone(),
                label: field.label.clone(),
                kind: kind.into(),
                choices,
                required: field.required,
                help: field.help.clone(),
                section: field.section.clone(),
                cites: self.cites(&field.cite),
            });
        }
        if self.vocabulary.form(form.id.get_ref()).is_none() {
            let help = did_you_mean(form.id.get_ref(), self.vocabulary.forms.iter().map(|f| f.id.as_str()));
            self.wrong("R03", form.id.span(), format!("unknown form `{}`", form.id.get_ref()), help);
        }
        let mut block =
            self.block(BlockKind::Form, &form.id, &form.title, form.says.as_deref().unwrap_or_default(), cites);
        block.fields = fields;
        block.as_of.clone_from(&form.as_of);
        block.reading.clone_from(&form.reading);
        block
    }

    fn guidance(&mut self, guidance: &source::Guidance) -> Block {
        let at = guidance.at.get_ref();
        let v = self.vocabulary;
        if at != "help" && v.action(at).is_none() && v.event(at).is_none() && v.form(at).is_none() {
            let known =
                v.actions.iter().map(|a| a.id.as_str()).chain(v.events.iter().map(|e| e.id.as_str())).chain(["help"]);
            let help = did_you_mean(at, known);
            self.wrong("R03", guidance.at.span(), format!("`{at}` is not a step"), help);
        }
        let cites = self.cites(&guidance.cite);
        let mut block = self.block(BlockKind::Guidance, &guidance.id, "", &guidance.says, cites);
        block.at = Some(at.clone());
        block.as_of.clone_from(&guidance.as_of);
        block.reading.clone_from(&guidance.reading);
        block
    }
}
