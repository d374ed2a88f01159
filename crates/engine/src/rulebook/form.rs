//! Forms: their fields, each of a type of a closed list, with its grades or choices.

use super::compile::Compiler;
use super::data::{Block, Content, FieldType, FormField};
use super::model::Rulebook;
use super::source;
use crate::words::did_you_mean;

impl Compiler<'_> {
    pub(super) fn form(&mut self, book: &Rulebook, form: &source::Form) -> Block {
        self.must_say("form", &form.id, "title", &form.title);
        if form.fields.is_empty() {
            let help = "write what is filled in: a [[form.field]] with id, label and type for each line";
            self.lacks("form", &form.id, "fields", help);
        }
        let mut cites = self.cites(&form.cite);
        let mut fields: Vec<FormField> = Vec::new();
        for field in &form.fields {
            if fields.iter().any(|f| f.id == *field.id.get_ref()) {
                let message = format!("the form has two fields `{}`", field.id.get_ref());
                self.wrong("R03", field.id.span(), message, "rename one");
            }
            cites.extend(self.cites(&field.cite));
            fields.push(self.field(field));
        }
        if self.vocabulary.form(form.id.get_ref()).is_none() {
            let help = did_you_mean(form.id.get_ref(), self.vocabulary.forms.iter().map(|f| f.id.as_str()));
            self.wrong("R03", form.id.span(), format!("unknown form `{}`", form.id.get_ref()), help);
        }
        let says = form.says.as_deref().unwrap_or_default();
        let mut block = self.block(Content::Form { fields }, &form.id, &form.title, says, cites);
        block.as_of.clone_from(&form.as_of);
        block.reading = self.reading(book, form.reading.as_ref());
        block
    }

    fn field(&mut self, field: &source::FormField) -> FormField {
        let default = if field.graded.is_empty() { FieldType::Text } else { FieldType::Graded };
        let kind = match &field.kind {
            None => default,
            Some(word) => match FieldType::ALL.iter().find(|(w, _)| w == word.get_ref()) {
                Some((_, kind)) => *kind,
                None => {
                    let help = did_you_mean(word.get_ref(), FieldType::ALL.iter().map(|(w, _)| *w));
                    self.wrong("R03", word.span(), format!("unknown field type `{}`", word.get_ref()), help);
                    default
                }
            },
        };
        self.must_say("field", &field.id, "label", &field.label);
        let id = field.id.get_ref();
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
        FormField {
            id: id.clone(),
            label: field.label.clone(),
            kind,
            choices,
            required: field.required,
            help: field.help.clone(),
            section: field.section.clone(),
            cites: self.cites(&field.cite),
        }
    }
}
