//! A field of an event's form, drawn by its kind. One renderer for all forms: what to ask comes from the vocabulary.

use crate::components::{
    Asks, Checkboxes, Choice, Classes, DateInput, Dressed as _, Input, Markup, MomentInput, Question, Radios, Select,
    SelectOption, Textarea,
};
use actions::typed::{ELSE, OTHERS};
use askama::Template;
use askama::filters::HtmlSafe;
use views::{ChoiceOption, FieldKind, FormField, OptionGroup};

/// A group of more answers than this is folded away, unless it is the first, which holds the likely ones, or one of them is chosen.
const SHOWN: usize = 3;

/// Draws a field, filled in, with what is wrong with it.
pub fn field(field: &FormField) -> Markup {
    let label =
        if field.required { Markup::from(&field.label) } else { Markup::from(format!("{} (optional)", field.label)) };
    draw(field, label, true)
}

/// Draws a field of a page that may be skipped as a whole and asks one question: where its label only says the heading again, the
/// label is for those who do not see the page.
pub fn field_under(field: &FormField, heading: &str) -> Markup {
    draw(field, Markup::from(&field.label), field.label != heading)
}

/// Draws the fields of such a page. What lies folded opens without scripts as well, and stands open where something in it is answered or wrong.
pub fn fields_under(fields: &[FormField], heading: &str) -> Vec<Markup> {
    let together = fields.chunk_by(|one, next| one.folded == next.folded);
    let draw = |together: &[FormField]| {
        let title = together[0].folded.as_str();
        let fields: Vec<Markup> = together.iter().map(|one| field_under(one, heading)).collect();
        let title = if together.iter().all(FormField::is_blank) { title } else { "" };
        Markup::of(&FoldedFields { title, fields: &fields })
    };
    together.map(draw).collect()
}

#[derive(Template)]
#[template(
    source = "{% if title.is_empty() %}{% for one in fields %}{{ one }}{% endfor %}{% else %}<details class=\"govuk-details\"><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">{{ title }}</span></summary>{% for one in fields %}{{ one }}{% endfor %}</details>{% endif %}",
    ext = "html"
)]
struct FoldedFields<'a> {
    title: &'a str,
    fields: &'a [Markup],
}

impl HtmlSafe for FoldedFields<'_> {}

fn draw(field: &FormField, label: Markup, seen: bool) -> Markup {
    let name = &field.name;
    let value = field.values.first().map(String::as_str).unwrap_or_default();
    match field.kind {
        FieldKind::Text if !field.suggested.is_empty() => suggested(field, label, seen),
        FieldKind::Text => asked(Input::new(name, label).value(value), field, seen),
        FieldKind::Hidden => Markup::of(&Hidden { name, value }),
        FieldKind::Photograph => Markup::of(&Photograph { name, value, hint: &field.hint, error: &field.error }),
        FieldKind::Number => asked(Input::new(name, label).value(value).width(5).digits(), field, seen),
        FieldKind::LongText => asked(Textarea::new(name, label).value(value).rows(4), field, seen),
        FieldKind::YesNo if field.options.is_empty() => asked(Radios::yes_no(name, label).value(value), field, seen),
        FieldKind::YesNo => asked(Radios::new(name, label, choices(&field.options)).inline(), field, seen),
        FieldKind::Choice => asked(Radios::new(name, label, choices(&field.options)), field, seen),
        FieldKind::Select if is_typed(field) => typed(field, label, seen),
        FieldKind::Select => asked(Select::new(name, label, options(field)), field, seen),
        FieldKind::Checkboxes if field.groups.is_empty() => {
            asked(Checkboxes::new(name, label, choices(&field.options)), field, seen)
        }
        FieldKind::Checkboxes if is_typed(field) => typed(field, label, seen),
        FieldKind::Checkboxes => groups(field, label),
        FieldKind::Date => asked(
            DateInput::new(name, label).value(&field.day, &field.month, &field.year).at_fault(&field.at_fault),
            field,
            seen,
        ),
        FieldKind::Moment => {
            let moment = MomentInput::new(name, label)
                .date(&field.day, &field.month, &field.year)
                .time(&field.time)
                .at_fault(&field.at_fault);
            let moment = if field.ahead { moment.ahead() } else { moment };
            let moment = moment.offers(field.offers.iter().map(|o| (o.value.clone(), o.label.clone())));
            asked(if field.ask_fold { moment.fold(&field.fold) } else { moment }, field, seen)
        }
    }
}

/// A line with what is offered for it.
fn suggested(field: &FormField, label: Markup, seen: bool) -> Markup {
    let value = field.values.first().map(String::as_str).unwrap_or_default();
    let list = format!("{}-known", field.name);
    let mut input = Input::new(&field.name, label).value(value).autocomplete("off");
    input.attributes.add("list", &list);
    let input = asked(input, field, seen);
    Markup::of(&Suggested { input: &input, list: &list, all: &field.suggested })
}

#[derive(Template)]
#[template(
    source = "{{ input }}<datalist id=\"{{ list }}\">{% for one in all %}<option value=\"{{ one }}\"></option>{% endfor %}</datalist>",
    ext = "html"
)]
struct Suggested<'a> {
    input: &'a Markup,
    list: &'a str,
    all: &'a [String],
}
impl HtmlSafe for Suggested<'_> {}

/// With its hint, with what is wrong, and with a label that stands out.
fn asked<C: Asks + HtmlSafe>(control: C, field: &FormField, seen: bool) -> Markup {
    let strong = if C::LARGE.contains("legend") { "govuk-fieldset__legend--s" } else { "govuk-label--s" };
    let label = if seen { strong } else { "govuk-visually-hidden" };
    Markup::of(&control.hint(&field.hint).error(&field.error).label_class(label))
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
fn groups(field: &FormField, label: Markup) -> Markup {
    let FormField { name, hint, error, .. } = field;
    let question = Question { label, ..Question::default() };
    let mut question = Grouped(question).hint(hint).error(error).label_class("govuk-fieldset__legend--s").0;
    if !error.is_empty() {
        question.group_classes.add("govuk-form-group--error");
    }
    let mut boxes = String::new();
    for (index, group) in field.groups.iter().enumerate() {
        let id = if index == 0 { name.clone() } else { format!("{name}-{index}") };
        if index > 0 && group.options.len() > SHOWN && !group.options.iter().any(|option| option.chosen) {
            boxes += &Markup::of(&Folded { name, group }).to_string();
            continue;
        }
        let mut drawn = Checkboxes::new(name, &group.title, choices(&group.options))
            .class("govuk-checkboxes--small")
            .group_class("wh-choices")
            .label_class("wh-choices-title");
        drawn.id = id;
        boxes += &drawn.to_string();
    }
    let controls = Markup::trusted(boxes);
    Markup::of(&Grouping { classes: &question.group_classes, content: question.fieldset(name, "", &controls) })
}

/// A question of which the answers come in groups.
struct Grouped(Question);

impl Asks for Grouped {
    const LARGE: &'static str = "govuk-fieldset__legend--l";

    fn question_mut(&mut self) -> &mut Question {
        &mut self.0
    }
}

/// All groups of a question.
#[derive(Template)]
#[template(source = r#"<div class="govuk-form-group{{ classes }}">{{ content }}</div>"#, ext = "html")]
struct Grouping<'a> {
    classes: &'a Classes,
    content: Markup,
}
impl HtmlSafe for Grouping<'_> {}

/// A long group that opens by a line. Its boxes are written as short as can be, and look like the others.
#[derive(Template)]
#[template(
    source = r#"<details class="wh-choices__more"><summary>{{ group.title }} ({{ group.options.len() }})</summary>{% for one in group.options %}<label class="wh-box"><input type="checkbox" name="{{ name }}" value="{{ one.value }}">{{ one.label }}</label>{% endfor %}</details>"#,
    ext = "html"
)]
struct Folded<'a> {
    name: &'a str,
    group: &'a OptionGroup,
}
impl HtmlSafe for Folded<'_> {}

/// So many likely answers are shown; anybody else is typed by name.
const LIKELY: usize = 8;

/// Are there many answers, of which the likely ones are shown and the others typed?
fn is_typed(field: &FormField) -> bool {
    field.groups.iter().any(|group| group.rest)
}

/// The likely answers, and a line in which any other is typed: the browser completes it, with or without scripts. Nobody reads a list of
/// ninety roles.
fn typed(field: &FormField, label: Markup, seen: bool) -> Markup {
    let FormField { name, .. } = field;
    let likely = field.groups.iter().filter(|group| !group.rest).flat_map(|group| &group.options).take(LIKELY);
    let rest = || field.groups.iter().filter(|group| group.rest).flat_map(|group| &group.options);
    let shown: Vec<ChoiceOption> = likely.chain(rest().filter(|option| option.chosen)).cloned().collect();
    let known = |value: &&String| !field.groups.iter().flat_map(|g| &g.options).any(|o| o.value == **value);
    // What was typed and is nobody's name stands there again, to be put right.
    let value = field.values.iter().filter(known).map(String::as_str).collect::<Vec<_>>().join(", ");
    let several = field.kind == FieldKind::Checkboxes;
    let end = if several { OTHERS } else { ELSE };
    let (alone, hint) = (shown.is_empty(), &field.hint);
    let words = match (alone, several) {
        (true, _) => String::new(),
        (false, true) => "Anybody else, separated by commas".to_string(),
        (false, false) if field.people => "Somebody else".to_string(),
        (false, false) => "Another, by its name".to_string(),
    };
    let all = field.groups.iter().flat_map(|group| &group.options).collect();
    let line = Typed {
        name,
        end,
        id: if alone { name.clone() } else { format!("{name}{end}") },
        words: &words,
        value: &value,
        all,
    };
    let boxes = match several {
        _ if alone => String::new(),
        true => Checkboxes::new(name, Markup::default(), choices(&shown)).class("govuk-checkboxes--small").to_string(),
        false => Radios::new(name, Markup::default(), choices(&shown)).to_string(),
    };
    let content = Markup::trusted(format!("{boxes}{}", Markup::of(&line)));
    let strong = if seen { "govuk-fieldset__legend--s" } else { "govuk-visually-hidden" };
    let question = Question { label, ..Question::default() };
    let mut question = Grouped(question).hint(hint).error(&field.error).label_class(strong).0;
    if !field.error.is_empty() {
        question.group_classes.add("govuk-form-group--error");
    }
    Markup::of(&Grouping { classes: &question.group_classes, content: question.fieldset(name, "", &content) })
}

/// A line in which a role is typed.
#[derive(Template)]
#[template(
    source = r#"<div class="wh-else"><label class="govuk-label{% if words.is_empty() %} govuk-visually-hidden{% endif %}" for="{{ id }}">{% if words.is_empty() %}By their role{% else %}{{ words }}{% endif %}</label><input class="govuk-input" id="{{ id }}" name="{{ name }}{{ end }}" value="{{ value }}" list="{{ name }}-list" autocomplete="off"><datalist id="{{ name }}-list">{% for one in all.iter() %}<option value="{{ one.label }}">{% endfor %}</datalist></div>"#,
    ext = "html"
)]
struct Typed<'a> {
    name: &'a str,
    end: &'a str,
    id: String,
    words: &'a str,
    value: &'a str,
    all: Vec<&'a ChoiceOption>,
}
impl HtmlSafe for Typed<'_> {}

/// A photograph that was sent already. The address leads from a page of an entry to those of the same child.
#[derive(Template)]
#[template(path = "photograph/field.html")]
struct Photograph<'a> {
    name: &'a str,
    value: &'a str,
    hint: &'a str,
    error: &'a str,
}
impl HtmlSafe for Photograph<'_> {}

/// A value that is sent along unseen.
#[derive(Template)]
#[template(source = r#"<input type="hidden" name="{{ name }}" value="{{ value }}">"#, ext = "html")]
struct Hidden<'a> {
    name: &'a str,
    value: &'a str,
}
impl HtmlSafe for Hidden<'_> {}
