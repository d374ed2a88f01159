//! A field of an event's form, drawn by its kind. One renderer for all forms: what to ask comes from the vocabulary.

use crate::components::{
    Asks as _, Checkboxes, Choice, DateInput, Dressed as _, Input, Markup, MomentInput, Radios, Select, SelectOption, Textarea,
};
use actions::views::{ChoiceOption, FieldKind, FormField};

/// Draws a field, filled in, with what is wrong with it.
pub fn field(field: &FormField) -> Markup {
    let FormField { name, label, hint, error, .. } = field;
    let label = if field.required { Markup::from(label) } else { Markup::from(format!("{label} (optional)")) };
    let value = field.values.first().map(String::as_str).unwrap_or_default();
    match field.kind {
        FieldKind::Text => Markup::of(&Input::new(name, label).value(value).hint(hint).error(error)),
        FieldKind::Number => Markup::of(&Input::new(name, label).value(value).width(5).digits().hint(hint).error(error)),
        FieldKind::LongText => Markup::of(&Textarea::new(name, label).value(value).hint(hint).error(error)),
        FieldKind::YesNo if field.options.is_empty() => {
            Markup::of(&Radios::yes_no(name, label).value(value).hint(hint).error(error))
        }
        FieldKind::YesNo => Markup::of(&Radios::new(name, label, choices(&field.options)).inline().hint(hint).error(error)),
        FieldKind::Choice => Markup::of(&Radios::new(name, label, choices(&field.options)).hint(hint).error(error)),
        FieldKind::Select => Markup::of(&Select::new(name, label, options(field)).hint(hint).error(error)),
        FieldKind::Checkboxes => checkboxes(field, label),
        FieldKind::Date => Markup::of(
            &DateInput::new(name, label).value(&field.day, &field.month, &field.year).hint(hint).error(error),
        ),
        FieldKind::Moment => {
            let moment = MomentInput::new(name, label).date(&field.day, &field.month, &field.year).time(&field.time);
            let moment = if field.ask_fold { moment.fold(&field.fold) } else { moment };
            Markup::of(&moment.hint(hint).error(error))
        }
    }
}

fn choices(options: &[ChoiceOption]) -> Vec<Choice> {
    options.iter().map(|o| Choice::new(&o.value, &o.label).hint(&o.hint).checked(o.chosen)).collect()
}

fn options(field: &FormField) -> Vec<SelectOption> {
    let empty = SelectOption::new("", "Choose one").selected(false);
    let option = |o: &ChoiceOption| SelectOption::new(&o.value, &o.label).selected(o.chosen);
    let loose = field.options.iter().map(option);
    let grouped = field.groups.iter().flat_map(|g| g.options.iter().map(move |o| option(o).under(&g.title)));
    std::iter::once(empty).chain(loose).chain(grouped).collect()
}

/// Groups of boxes stand each under its title, all under one legend.
fn checkboxes(field: &FormField, label: Markup) -> Markup {
    let FormField { name, hint, error, .. } = field;
    let mut all = choices(&field.options);
    for group in &field.groups {
        all.push(Choice::divider(&group.title));
        all.extend(choices(&group.options));
    }
    Markup::of(&Checkboxes::new(name, label, all).class("govuk-checkboxes--small").hint(hint).error(error))
}
