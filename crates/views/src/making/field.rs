//! Fields of forms: drawn from the vocabulary, filled with what was answered.

use super::areas::{answers, forces};
use crate::words::Names;
use crate::{ChoiceOption, FieldKind, FormField, OptionGroup};
use casebook::command::{self, Answers, FieldProblem, labels, time};
use casebook::particulars::{Kind, Particular};
use engine::calendar::Calendar;
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::{ActionKind, Field, Vocabulary};

/// So many choices are radios; more are a list to choose from.
const RADIOS: usize = 7;

/// Makes fields, filled with answers and marked with what is wrong.
pub struct FieldMaker<'a> {
    /// What things are called.
    pub names: &'a Names<'a>,
    /// What was answered.
    pub answers: &'a Answers,
    /// What is wrong with it.
    pub problems: &'a [FieldProblem],
    /// The moment of the page: authorities that have ended, or are to come, are not offered.
    pub now: Moment,
    /// Roles that are likely: they stand before all others.
    pub likely: Vec<(String, Vec<String>)>,
}

/// A particular of so many words is asked with each in sight.
const FEW: usize = 6;

impl FieldMaker<'_> {
    /// The field of a particular of who the child is, under a name and a label of the page that asks.
    pub fn particular(&self, one: &Particular, name: &str, label: &str) -> FormField {
        let kind = match one.kind {
            Kind::Lines => FieldKind::LongText,
            Kind::Date => FieldKind::Date,
            Kind::Choice if one.words.len() <= FEW => FieldKind::Choice,
            Kind::Choice => FieldKind::Select,
            Kind::Text | Kind::Phone | Kind::Nhs | Kind::Upn | Kind::Imei => FieldKind::Text,
        };
        let mut made = self.plain(name, label, &one.hint, kind);
        let mut options: Vec<ChoiceOption> =
            one.words.iter().map(|(word, words)| option(word, words, "", &made.values)).collect();
        if kind == FieldKind::Select {
            options.sort_by(|a, b| a.label.cmp(&b.label));
            made.groups = vec![OptionGroup { title: label.to_owned(), options, rest: false }];
        } else {
            made.options = options;
        }
        made
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.names.vocabulary
    }

    /// A field with a name, a label and what was answered.
    pub fn plain(&self, name: &str, label: &str, hint: &str, kind: FieldKind) -> FormField {
        let problem = self.problems.iter().find(|p| p.field == name);
        let error = problem.map(|p| p.message.clone()).unwrap_or_default();
        let offers = problem.iter().flat_map(|p| &p.offers).map(|o| option(&o.value, &o.label, "", &[])).collect();
        let mut field = FormField {
            name: name.into(),
            label: label.into(),
            hint: hint.into(),
            kind,
            values: self.answers.all(name).into_iter().map(String::from).collect(),
            error,
            at_fault: problem.map(|p| p.part.to_string()).unwrap_or_default(),
            offers,
            ..FormField::default()
        };
        if matches!(kind, FieldKind::Date | FieldKind::Moment) {
            self.parts(&mut field);
        }
        field
    }

    /// The parts of a date or a time as they were written; or of a time that a program wrote whole.
    fn parts(&self, field: &mut FormField) {
        let calendar: &Calendar = &self.vocabulary().calendar;
        let part = |end: &str| self.answers.get(&format!("{}-{end}", field.name)).to_string();
        let written = [part("day"), part("month"), part("year"), part("time"), part("fold")];
        let parts = match Moment::parse(self.answers.get(&field.name)) {
            Ok(at) => time::split(calendar, at),
            Err(_) => time::settled(calendar, self.answers, &field.name).unwrap_or(written),
        };
        [field.day, field.month, field.year, field.time, field.fold] = parts;
        field.ask_fold = !field.fold.is_empty() || time::reads_as(calendar, self.answers, &field.name).0;
    }

    /// One of a few answers, each with a line of help.
    pub fn choice(&self, name: &str, label: &str, hint: &str, options: &[(&str, &str, &str)]) -> FormField {
        let mut field = self.plain(name, label, hint, FieldKind::Choice);
        let chosen = field.values.clone();
        field.options = options.iter().map(|(value, label, hint)| option(value, label, hint, &chosen)).collect();
        field
    }

    /// A field of an event.
    pub fn of(&self, field: &Field) -> FormField {
        self.named(&command::name(&field.id), field)
    }

    /// A field of an event, under another name: a form may ask for several entries at once.
    pub fn named(&self, name: &str, field: &Field) -> FormField {
        let (label, hint) = (&field.label, &field.hint);
        let kind = match &field.kind {
            Type::YesNo => FieldKind::YesNo,
            Type::Choice(values) if values.len() <= RADIOS => FieldKind::Choice,
            Type::Choice(_) | Type::Answer(_) | Type::Role | Type::Action | Type::Form | Type::Area | Type::Force => {
                FieldKind::Select
            }
            Type::Roles | Type::Entries => FieldKind::Checkboxes,
            Type::Number => FieldKind::Number,
            Type::Date => FieldKind::Date,
            Type::Moment | Type::Since => FieldKind::Moment,
            Type::Photograph => FieldKind::Photograph,
            Type::Text if field.lines > 1 => FieldKind::LongText,
            Type::Text | Type::Rule => FieldKind::Text,
        };
        let mut made = self.plain(name, label, hint, kind);
        made.required = field.required || field.needed;
        made.ahead = field.planned;
        let chosen = made.values.clone();
        match &field.kind {
            Type::YesNo => {
                made.options = vec![option("yes", "Yes", "", &chosen), option("no", "No", "", &chosen)];
            }
            // Which answers a decision has hangs on the decision; its form offers them.
            Type::Answer(values) => {
                let one = |v: &String| option(v, &labels::decided(self.vocabulary(), None, v), "", &chosen);
                made.options = values.iter().map(one).collect();
            }
            Type::Choice(_) => {
                made.options = field.answers.iter().map(|a| option(&a.word, &a.label, &a.hint, &chosen)).collect();
            }
            Type::Role | Type::Roles => {
                offer_people(&mut made, self.names, &self.likely);
            }
            Type::Action => made.groups = self.actions(field, &chosen),
            Type::Form => {
                let mut options: Vec<ChoiceOption> = self
                    .vocabulary()
                    .forms
                    .iter()
                    .map(|f| option(&f.id, &labels::capital(&self.names.form(&f.id)), "", &chosen))
                    .collect();
                options.sort_by(|a, b| a.label.cmp(&b.label));
                made.groups = vec![OptionGroup { title: "Forms".into(), options, rest: false }];
            }
            Type::Area => {
                made.groups = answers(self.names, field, self.now, &chosen);
            }
            Type::Force => made.groups = forces(self.names, &chosen),
            // Which entries there are, the record knows.
            Type::Number
            | Type::Date
            | Type::Moment
            | Type::Since
            | Type::Text
            | Type::Photograph
            | Type::Rule
            | Type::Entries => {}
        }
        made
    }

    /// The acts to choose from: decisions where a decision is asked for, meetings where a meeting is.
    fn actions(&self, field: &Field, chosen: &[String]) -> Vec<OptionGroup> {
        let known = &self.vocabulary().known;
        let only = match field.field {
            f if f == known.decision => Some(ActionKind::Decide),
            f if f == known.meeting => Some(ActionKind::Meet),
            _ => None,
        };
        let mut groups: Vec<OptionGroup> = Vec::new();
        for action in self.vocabulary().actions.iter().filter(|a| only.is_none_or(|k| a.kind == k)) {
            let made = option(&action.id, &self.names.action(&action.id), "", chosen);
            let title = kind_title(action.kind);
            match groups.iter_mut().find(|g| g.title == title) {
                Some(group) => group.options.push(made),
                None => groups.push(OptionGroup { title: title.into(), options: vec![made], rest: true }),
            }
        }
        groups.iter_mut().for_each(|g| g.options.sort_by(|a, b| a.label.cmp(&b.label)));
        groups
    }
}

fn kind_title(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Notify => "Telling somebody",
        ActionKind::Share => "Sharing papers or findings",
        ActionKind::Meet => "Meetings",
        ActionKind::Decide => "Decisions",
        ActionKind::Record => "Records",
        ActionKind::Assess => "Assessments",
        ActionKind::Interview => "Interviews",
        ActionKind::Do => "Other acts",
    }
}

/// A choice.
pub fn option(value: &str, label: &str, hint: &str, chosen: &[String]) -> ChoiceOption {
    ChoiceOption {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        chosen: chosen.iter().any(|c| c == value),
    }
}

/// Offers people by their roles: the likely ones first, then by what they are.
pub fn offer_people(made: &mut FormField, names: &Names<'_>, likely: &[(String, Vec<String>)]) {
    made.groups = role_groups(names, likely, &made.values);
    made.people = true;
}

/// All roles in groups.
fn role_groups(names: &Names<'_>, likely: &[(String, Vec<String>)], chosen: &[String]) -> Vec<OptionGroup> {
    let mut groups: Vec<OptionGroup> = Vec::new();
    let mut listed: Vec<&str> = Vec::new();
    for (title, roles) in likely {
        let fresh: Vec<&str> = roles.iter().map(String::as_str).filter(|r| !listed.contains(r)).collect();
        let options: Vec<ChoiceOption> = fresh.iter().map(|r| role_option(names, r, chosen)).collect();
        if !options.is_empty() {
            groups.push(OptionGroup { title: title.clone(), options, rest: false });
        }
        listed.extend(fresh);
    }
    for (kind, title) in [
        ("person", "Other people"),
        ("team", "Teams and services"),
        ("body", "Meetings and bodies"),
        ("outside", "Anybody else"),
    ] {
        let roles = names.vocabulary.roles.iter().filter(|r| r.kind == kind && !listed.contains(&r.id.as_str()));
        let mut options: Vec<ChoiceOption> = roles.map(|r| role_option(names, &r.id, chosen)).collect();
        options.sort_by_key(|o| o.label.to_lowercase());
        groups.push(OptionGroup { title: title.into(), options, rest: true });
    }
    groups
}

fn role_option(names: &Names<'_>, role: &str, chosen: &[String]) -> ChoiceOption {
    option(role, &labels::capital(&names.role(role)), "", chosen)
}

/// Fills in the present moment, where nothing was written.
pub fn now(answers: &mut Answers, name: &str, calendar: &Calendar, now: Moment) {
    let ends = ["day", "month", "year", "time", "fold"];
    if ends.iter().all(|end| answers.get(&format!("{name}-{end}")).is_empty()) && answers.get(name).is_empty() {
        for (end, part) in ends.iter().zip(time::split(calendar, now)) {
            answers.set(format!("{name}-{end}"), part);
        }
    }
}
