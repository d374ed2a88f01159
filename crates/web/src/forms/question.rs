//! A question of a form, drawn by its shape: as any field, with what it rests on and since when; as lines of a group; as the photograph of
//! the record. Beside it what the record says, where the answer goes, and whether it was only taken over.

use crate::components::Markup;
use crate::field;
use askama::Template;
use askama::filters::HtmlSafe;
use views::{FieldKind, FillQuestion, FillShape, FormField};

#[derive(Template)]
#[template(path = "forms/question.html")]
struct Drawn<'a> {
    one: &'a FillQuestion,
    child: &'a str,
}
impl HtmlSafe for Drawn<'_> {}

impl Drawn<'_> {
    /// The label of a question, as those read it who may leave it open.
    fn label(&self) -> String {
        let field = &self.one.field;
        if field.required { format!("{} (has to be answered)", field.label) } else { field.label.clone() }
    }

    /// Is it a choice of a few words, drawn close together?
    fn is_choice(&self) -> bool {
        let field = &self.one.field;
        let few = matches!(field.kind, FieldKind::YesNo | FieldKind::Choice);
        few && field.options.iter().all(|option| option.hint.is_empty())
    }

    fn is_group(&self) -> bool {
        self.one.shape == FillShape::Group
    }

    fn is_photograph(&self) -> bool {
        self.one.shape == FillShape::Photograph
    }

    /// From which list names or places are offered.
    fn offered(&self) -> &'static str {
        match self.one.shape {
            FillShape::Person => "people-known",
            FillShape::Place => "places-known",
            _ => "",
        }
    }

    fn value(&self) -> &str {
        self.one.field.values.first().map(String::as_str).unwrap_or_default()
    }

    /// The control of a question that is drawn as any field.
    fn plain(&self) -> Markup {
        // What may be left open says so for the whole form, and not at each of forty questions.
        let field = FormField { label: self.label(), ..self.one.field.clone() };
        field::field_under(&field, "")
    }
}

/// Draws a question.
pub(crate) fn draw(one: &FillQuestion, child: &str) -> Markup {
    Markup::of(&Drawn { one, child })
}

/// A line of writing without frills: its label, what is wrong with it, what stands in it.
pub(crate) fn text_of(field: &FormField) -> &str {
    field.values.first().map(String::as_str).unwrap_or_default()
}
