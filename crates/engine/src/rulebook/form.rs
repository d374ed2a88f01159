//! Forms: their fields, each of a type of a closed list, with its grades or choices, and what of the record it reads and writes.

use super::compile::Compiler;
use super::data::{Block, Content};
use super::form_data::{Also, Bound, Details, FieldType, Form, FormField, LineField, Reads, Stage};
use super::model::Rulebook;
use super::source::{self, Text};
use crate::vocabulary::{Class, EventId, FactId};
use crate::words::{did_you_mean, did_you_mean_or};

/// The event that completing a form records, where the form says no other.
const COMPLETED: &str = "form.completed";

impl Compiler<'_> {
    pub(super) fn form(&mut self, book: &Rulebook, form: &source::Form) -> Block {
        self.must_say("form", &form.id, "title", &form.title);
        if form.fields.is_empty() {
            let help = "write what is filled in: a [[form.field]] with id, label and type for each line";
            self.lacks("form", &form.id, "fields", help);
        }
        let records = match &form.records {
            Some(event) => self.event(event),
            None => self.vocabulary.event(COMPLETED),
        };
        let class = self.class(form.class.as_ref(), Class::Ordinary);
        let review_within = form.review_within.as_ref().and_then(|text| self.length(text));
        let mut cites = self.cites(&form.cite);
        let mut fields: Vec<FormField> = Vec::new();
        for field in &form.fields {
            if fields.iter().any(|f| f.id == *field.id.get_ref()) {
                let message = format!("the form has two fields `{}`", field.id.get_ref());
                self.wrong("R03", field.id.span(), message, "rename one");
            }
            cites.extend(self.cites(&field.cite));
            let made = self.field(field, records, class);
            if fields.iter().any(|f| f.bound == made.bound && f.bound != Bound::No) {
                let message = format!("the field `{}` asks what another field of the form asks", made.id);
                self.wrong("R21", field.id.span(), message, "keep one of them");
            }
            fields.push(made);
        }
        if self.vocabulary.form(form.id.get_ref()).is_none() {
            let help = did_you_mean(form.id.get_ref(), self.vocabulary.forms.iter().map(|f| f.id.as_str()));
            self.wrong("R03", form.id.span(), format!("unknown form `{}`", form.id.get_ref()), help);
        }
        self.all_required(form, records, &fields);
        let answers = self.given(form, records, &fields);
        let says = form.says.as_deref().unwrap_or_default();
        let also = form.also.iter().filter_map(|one| self.also(one, &fields)).collect();
        let content = Content::Form(Box::new(Form { fields, records, answers, review_within, also }));
        let mut block = self.block(content, &form.id, &form.title, says, cites);
        block.as_of.clone_from(&form.as_of);
        block.reading = self.reading(book, form.reading.as_ref());
        block
    }

    /// What the event of a form needs, the form has to ask: completing it could record nothing otherwise.
    fn all_required(&mut self, form: &source::Form, records: Option<EventId>, fields: &[FormField]) {
        let (Some(event), Some(text)) = (records, &form.records) else { return };
        for one in self.vocabulary.event_at(event).fields.iter().filter(|f| f.required) {
            let given = form.answers.contains_key(&one.id);
            if !given && !fields.iter().any(|f| f.bound == Bound::Event(one.id.clone())) {
                let message = format!("completing the form records `{}`, which needs `{}`", text.get_ref(), one.id);
                let help = format!("ask it in a field with event = \"{}\"", one.id);
                self.wrong("R21", text.span(), message, help);
            }
        }
    }

    /// What is recorded beside the form's own event: everything that it needs is answered here or asked by the form.
    fn also(&mut self, also: &source::Also, fields: &[FormField]) -> Option<Also> {
        let event = self.event(&also.event)?;
        let own = &self.vocabulary.event_at(event).fields;
        for (id, word) in also.answers.iter().chain(&also.asks) {
            if !own.iter().any(|field| field.id == *id) {
                let otherwise = "the fields of an event are in rulebooks/vocabulary/events/";
                let help = did_you_mean_or(id, own.iter().map(|f| f.id.as_str()), otherwise);
                self.wrong("R03", word.span(), format!("`{}` has no field `{id}`", also.event.get_ref()), help);
            }
        }
        for question in also.asks.values().chain(&also.at).chain(&also.unless) {
            if !fields.iter().any(|field| field.id == *question.get_ref()) {
                let help = did_you_mean(question.get_ref(), fields.iter().map(|f| f.id.as_str()));
                self.wrong("R03", question.span(), format!("the form asks no `{}`", question.get_ref()), help);
            }
        }
        if let Some(at) = &also.at
            && fields.iter().any(|field| field.id == *at.get_ref() && field.kind != FieldType::Moment)
        {
            let message = format!("`{}` is no moment", at.get_ref());
            self.wrong("R21", at.span(), message, "name a field with type = \"moment\"");
        }
        for one in own.iter().filter(|one| one.required) {
            if !also.answers.contains_key(&one.id) && !also.asks.contains_key(&one.id) {
                let message =
                    format!("completing the form records `{}` too, which needs `{}`", also.event.get_ref(), one.id);
                self.wrong("R21", also.event.span(), message, "answer it in `answers`, or by a question in `asks`");
            }
        }
        let pairs = |map: &std::collections::BTreeMap<String, Text>| {
            map.iter().map(|(id, word)| (id.clone(), word.get_ref().clone())).collect()
        };
        let [at, unless] = [&also.at, &also.unless].map(|id| id.as_ref().map(|id| id.get_ref().clone()));
        Some(Also { event, at, unless, leads: also.leads, answers: pairs(&also.answers), asks: pairs(&also.asks) })
    }

    /// The fact that is so where a question is answered with yes.
    fn yes(&mut self, field: &source::FormField, kind: FieldType, bound: &Bound) -> Option<FactId> {
        let word = field.yes.as_ref()?;
        let found = self.vocabulary.fact(word.get_ref()).filter(|id| {
            let fact = self.vocabulary.fact_at(*id);
            fact.derived.is_none() && !fact.group.is_empty() && fact.kind == crate::value::Type::YesNo
        });
        if found.is_none() {
            let help = "name a fact of rulebooks/vocabulary/facts.toml that people answer with yes or no";
            self.wrong("R03", word.span(), format!("`{}` is no such fact", word.get_ref()), help);
        } else if kind != FieldType::YesNo || *bound != Bound::No {
            let message = format!("the field `{}` is no yes-no of the form alone", field.id.get_ref());
            self.wrong("R21", word.span(), message, "`yes` goes with type = \"yes-no\"");
        }
        found
    }

    /// What is answered without being asked: of fields that the event has and the form does not ask.
    fn given(&mut self, form: &source::Form, records: Option<EventId>, fields: &[FormField]) -> Vec<(String, String)> {
        let own = records.map(|event| self.vocabulary.event_at(event).fields.as_slice()).unwrap_or_default();
        for (id, word) in &form.answers {
            if !own.iter().any(|field| field.id == *id) {
                let otherwise = "the fields of an event are in rulebooks/vocabulary/events/";
                let help = did_you_mean_or(id, own.iter().map(|f| f.id.as_str()), otherwise);
                self.wrong("R03", word.span(), format!("what completing the form records has no field `{id}`"), help);
            } else if fields.iter().any(|f| f.bound == Bound::Event(id.clone())) {
                let message = format!("the form answers `{id}` by itself, and asks it too");
                self.wrong("R21", word.span(), message, "keep one of the two");
            }
        }
        form.answers.iter().map(|(id, word)| (id.clone(), word.get_ref().clone())).collect()
    }

    fn class(&mut self, word: Option<&Text>, default: Class) -> Class {
        self.choice(word, &Class::ALL, default)
    }

    fn field(&mut self, field: &source::FormField, records: Option<EventId>, class: Class) -> FormField {
        let default = if field.graded.is_empty() { FieldType::Text } else { FieldType::Graded };
        let mut kind = self.field_type(field.kind.as_ref(), &FieldType::ALL, default);
        let (bound, label, of_record) = self.bound(field, records);
        let label = if field.label.is_empty() { label } else { field.label.clone() };
        self.must_say("field", &field.id, "label", &label);
        let id = field.id.get_ref();
        if bound != Bound::No && (field.kind.is_some() || !field.graded.is_empty() || !field.choices.is_empty()) {
            let message = format!("the field `{id}` is of the record, which says its type and its answers");
            self.wrong("R21", field.id.span(), message, "leave out `type`, `graded` and `choices`");
        }
        let wrong = match kind {
            FieldType::Graded if field.graded.len() < 2 => Some("write graded = [\"low\", \"medium\", \"high\"]"),
            FieldType::Choice if field.choices.len() < 2 => Some("write choices = [\"...\", \"...\"]"),
            _ => None,
        };
        if let Some(help) = wrong {
            self.lacks("field", &field.id, "two values to choose from", help);
        }
        let stray = (!field.graded.is_empty() && kind != FieldType::Graded)
            || (!field.choices.is_empty() && kind != FieldType::Choice);
        if stray {
            let help = "`graded` goes with type = \"graded\", `choices` with type = \"choice\"; leave the other out";
            self.wrong(
                "R21",
                field.id.span(),
                format!("the field `{id}` has values that its type does not take"),
                help,
            );
        }
        let choices = if kind == FieldType::Graded { field.graded.clone() } else { field.choices.clone() };
        if choices.iter().enumerate().any(|(index, choice)| choices[..index].contains(choice)) {
            self.wrong("R21", field.id.span(), format!("the field `{id}` has one value twice"), "keep one");
        }
        if of_record == Some(FieldType::YesNo) {
            kind = FieldType::YesNo;
        }
        let (lines, keeps) = self.lines(field, kind);
        FormField {
            id: id.clone(),
            label,
            kind,
            choices,
            required: field.required,
            stage: self.choice(field.stage.as_ref(), &Stage::ALL, Stage::Always),
            details: self.details(field, kind),
            class: self.class_of(field, &bound, records, class),
            yes: self.yes(field, kind, &bound),
            bound,
            reads: self.reads(field),
            lines,
            keeps,
            help: field.help.clone(),
            section: field.section.clone(),
            cites: self.cites(&field.cite),
        }
    }

    fn field_type(&mut self, word: Option<&Text>, known: &[(&str, FieldType)], default: FieldType) -> FieldType {
        let Some(word) = word else { return default };
        match known.iter().find(|(w, _)| w == word.get_ref()) {
            Some((_, kind)) => *kind,
            None => {
                let help = did_you_mean(word.get_ref(), known.iter().map(|(w, _)| *w));
                self.wrong("R03", word.span(), format!("unknown field type `{}`", word.get_ref()), help);
                default
            }
        }
    }

    /// What of the record a field is, with the label that it has there, and its type where that is yes or no.
    fn bound(&mut self, field: &source::FormField, records: Option<EventId>) -> (Bound, String, Option<FieldType>) {
        if [&field.fact, &field.particular, &field.event].into_iter().flatten().count() > 1 {
            let message = format!("the field `{}` is of the record in two ways", field.id.get_ref());
            self.wrong("R21", field.id.span(), message, "keep one of `fact`, `particular` and `event`");
        }
        let yes_no = |kind: &crate::value::Type| (*kind == crate::value::Type::YesNo).then_some(FieldType::YesNo);
        if let Some(word) = &field.fact {
            let found = self.vocabulary.fact(word.get_ref());
            let answered = found.filter(|id| {
                let fact = self.vocabulary.fact_at(*id);
                fact.derived.is_none() && !fact.group.is_empty()
            });
            let Some(id) = answered else {
                let known = self.vocabulary.facts.iter().filter(|f| f.derived.is_none() && !f.group.is_empty());
                let otherwise = "people answer the facts of rulebooks/vocabulary/facts.toml that have a group";
                let help = did_you_mean_or(word.get_ref(), known.map(|f| f.id.as_str()), otherwise);
                let what = if found.is_some() { "is no fact that people answer" } else { "is no fact" };
                self.wrong("R03", word.span(), format!("`{}` {what}", word.get_ref()), help);
                return (Bound::No, String::new(), None);
            };
            let fact = self.vocabulary.fact_at(id);
            return (Bound::Fact(id), fact.label.clone(), yes_no(&fact.kind));
        }
        // Which particulars there are, the casebook knows; a test there holds every rulebook against them.
        if let Some(word) = &field.particular {
            return (Bound::Particular(word.get_ref().clone()), String::new(), None);
        }
        let Some(word) = &field.event else { return (Bound::No, String::new(), None) };
        let own = records.and_then(|event| self.vocabulary.event_field(event, word.get_ref()));
        match own {
            Some(own) => (Bound::Event(own.id.clone()), own.label.clone(), yes_no(&own.kind)),
            None => {
                let fields = records.map(|event| self.vocabulary.event_at(event).fields.as_slice()).unwrap_or_default();
                let otherwise = "the fields of an event are in rulebooks/vocabulary/events/";
                let help = did_you_mean_or(word.get_ref(), fields.iter().map(|f| f.id.as_str()), otherwise);
                let message = format!("what completing the form records has no field `{}`", word.get_ref());
                self.wrong("R03", word.span(), message, help);
                (Bound::No, String::new(), None)
            }
        }
    }

    /// Who may see the answer: as the field says, else as the record says of what it is, else as the form says.
    fn class_of(&mut self, field: &source::FormField, bound: &Bound, records: Option<EventId>, class: Class) -> Class {
        let of_record = match bound {
            Bound::Fact(id) => Some(self.vocabulary.fact_at(*id).class),
            Bound::Event(id) => records.and_then(|event| self.vocabulary.event_field(event, id)).map(|f| f.class),
            Bound::Particular(_) | Bound::No => None,
        };
        match of_record {
            Some(of_record) => {
                if field.class.is_some() {
                    let message =
                        format!("the field `{}` is of the record, which says who may see it", field.id.get_ref());
                    self.wrong("R21", field.id.span(), message, "leave out `class`");
                }
                of_record
            }
            None => self.class(field.class.as_ref(), class),
        }
    }

    /// What is asked beside the answer. A grade has room for what it rests on, unless the field says otherwise.
    fn details(&mut self, field: &source::FormField, kind: FieldType) -> Details {
        let default = if kind == FieldType::Graded { Details::What } else { Details::None };
        let details = self.choice(field.details.as_ref(), &Details::ALL, default);
        if details != Details::None && !matches!(kind, FieldType::YesNo | FieldType::Graded | FieldType::Choice) {
            let message = format!("the field `{}` is no question with details beside its answer", field.id.get_ref());
            let help = "`details` goes with yes-no, graded and choice";
            self.wrong("R21", field.id.span(), message, help);
        }
        details
    }

    fn reads(&mut self, field: &source::FormField) -> Option<Reads> {
        let word = field.reads.as_ref()?;
        if Reads::WORDS.contains(&word.get_ref().as_str()) {
            return Some(Reads::Word(word.get_ref().clone()));
        }
        let parts = word.get_ref().rsplit_once('.');
        let known = parts.and_then(|(event, field)| {
            let event = self.vocabulary.event(event)?;
            self.vocabulary.event_field(event, field).map(|f| Reads::Entry(event, f.id.clone()))
        });
        if known.is_none() {
            let help = format!(
                "write the field of an event, such as `return.recorded.where`, or one of {}",
                Reads::WORDS.join(", ")
            );
            self.wrong("R03", word.span(), format!("nothing can be read by `{}`", word.get_ref()), help);
        }
        known
    }

    fn lines(&mut self, field: &source::FormField, kind: FieldType) -> (Vec<LineField>, Option<String>) {
        let id = &field.id;
        let group = kind == FieldType::Group;
        if group && field.lines.is_empty() {
            self.lacks(
                "field",
                id,
                "`lines`",
                "write what is asked of each: lines = [ { id = \"name\", label = \"Name\" } ]",
            );
        }
        if !group && (!field.lines.is_empty() || field.keeps.is_some()) {
            let message = format!("the field `{}` has lines that its type does not take", id.get_ref());
            self.wrong("R21", id.span(), message, "`lines` and `keeps` go with type = \"group\"");
        }
        let mut lines: Vec<LineField> = Vec::new();
        for line in &field.lines {
            if lines.iter().any(|l| l.id == *line.id.get_ref()) {
                let message = format!("the group has two lines `{}`", line.id.get_ref());
                self.wrong("R03", line.id.span(), message, "rename one");
            }
            let kind = self.field_type(line.kind.as_ref(), &FieldType::OF_LINES, FieldType::Text);
            lines.push(LineField { id: line.id.get_ref().clone(), label: line.label.clone(), kind });
        }
        if let Some(keeps) = field.keeps.as_ref().filter(|_| group)
            && !lines.iter().any(|l| l.id == "name")
        {
            let help = "ask for it: { id = \"name\", label = \"Name\", type = \"person\" }";
            self.wrong("R21", keeps.span(), "people are kept by their name, and the group asks for none", help);
        }
        (lines, field.keeps.as_ref().map(|word| word.get_ref().clone()))
    }
}
