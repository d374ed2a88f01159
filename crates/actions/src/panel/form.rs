//! What is filled in for a panel: a meeting is planned, changed, called off or recorded; a paper is added; an action is agreed, and done.

use super::{Agreed, Meeting, MeetingState, On, on};
use crate::app::{App, moment};
use crate::area::{Kept, Kind, kept};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::time::{self, Time};
use casebook::command::{Answers, FieldProblem};
use engine::time::Moment;
use policy::Act;
use views::making::{FieldMaker, option};
use views::words::Names;
use views::{ChildHead, FieldKind, FormField, KeptForm, OptionGroup};

/// What is done for a panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doing {
    /// A meeting is planned.
    Plan,
    /// Its time or place is changed.
    Change,
    /// It is called off.
    CallOff,
    /// It was held: its record is written, or put right.
    Record,
    /// A paper is added.
    Paper,
    /// An action is agreed.
    Agree,
    /// An action was done.
    Finish,
}

impl Doing {
    const ALL: [(&'static str, Doing); 7] = [
        ("plan", Doing::Plan),
        ("change", Doing::Change),
        ("call-off", Doing::CallOff),
        ("record", Doing::Record),
        ("paper", Doing::Paper),
        ("agree", Doing::Agree),
        ("finish", Doing::Finish),
    ];

    /// By its word in an address.
    pub fn of(word: &str) -> Option<Doing> {
        Doing::ALL.iter().find(|(known, _)| *known == word).map(|(_, doing)| *doing)
    }

    /// Who may: whoever keeps the panel's meetings; what was agreed is finished by whoever owes it.
    pub(super) fn act(self) -> Act {
        if self == Doing::Finish { Act::List } else { Act::Minute }
    }
}

/// Makes the fields of a form of an area.
pub(crate) struct Field<'a> {
    maker: FieldMaker<'a>,
}

impl<'a> Field<'a> {
    pub fn new(names: &'a Names<'a>, answers: &'a Answers, problems: &'a [FieldProblem], now: Moment) -> Field<'a> {
        Field { maker: FieldMaker { names, answers, problems, now, likely: Vec::new() } }
    }

    pub fn text(&self, name: &str, label: &str, hint: &str, kind: FieldKind) -> FormField {
        self.maker.plain(name, label, hint, kind)
    }

    /// A date and a time; one that is to come where `ahead`.
    pub fn moment(&self, name: &str, label: &str, ahead: bool) -> FormField {
        FormField { ahead, ..self.maker.plain(name, label, "", FieldKind::Moment) }
    }

    /// The same, where nothing is saved without it.
    pub fn needed(field: FormField) -> FormField {
        FormField { required: true, ..field }
    }

    pub fn choice(&self, name: &str, label: &str, options: &[(&str, &str)]) -> FormField {
        let options: Vec<_> = options.iter().map(|(word, label)| (*word, *label, "")).collect();
        self.maker.choice(name, label, "", &options)
    }

    /// One of many.
    pub fn select(&self, name: &str, label: &str, hint: &str, options: &[(String, String)]) -> FormField {
        let mut field = self.maker.plain(name, label, hint, FieldKind::Select);
        let options = options.iter().map(|(value, label)| option(value, label, "", &field.values)).collect();
        field.groups = vec![OptionGroup { title: label.into(), options, rest: false }];
        field
    }
}

/// Reads a date and a time. What is wrong with it is added to the problems.
pub(crate) fn read_moment(
    app: &App,
    answers: &Answers,
    name: &str,
    label: &str,
    ahead: bool,
    problems: &mut Vec<FieldProblem>,
) -> Option<Moment> {
    let asked = time::Asked { now: app.now(), ahead };
    match time::read(&app.rules.vocabulary().calendar, answers, name, label.trim_end_matches('?'), asked) {
        Time::At(at) if ahead || at.minute() <= app.now().minute() => return Some(at),
        Time::At(_) => {
            problems.push(FieldProblem::new(name, format!("{}: this is still to come", label.trim_end_matches('?'))));
        }
        Time::Nothing => problems
            .push(FieldProblem::new(name, format!("{}: give the date and the time", label.trim_end_matches('?')))),
        Time::Wrong(problem) => problems.push(problem),
    }
    None
}

/// A meeting of a panel, as it stands.
pub(super) async fn find_meeting(app: &App, on: &On<'_>, id: &str) -> Result<Kept<Meeting>> {
    let all: Vec<Kept<Meeting>> = kept(app, &on.own.area, Kind::Meeting).await?;
    let own =
        |one: &Kept<Meeting>| one.row.subject == id && one.says.book == on.own.book.id && one.says.panel == on.block.id;
    all.into_iter().find(own).ok_or(Refused::NotFound)
}

/// An action that a panel agreed, with who owes it.
pub(super) async fn find_agreed(app: &App, actor: &Actor, book: &str, id: &str) -> Result<(String, Kept<Agreed>)> {
    crate::authorise::authorise(app, actor, crate::authorise::Verb::Do(Act::Attend), None).await?;
    let lens = lens(app, actor);
    for own in crate::area::own(app, actor).into_iter().filter(|own| own.book.id == book) {
        let all: Vec<Kept<Agreed>> = kept(app, &own.area, Kind::Agreed).await?;
        let Some(one) = all.into_iter().find(|one| one.row.subject == id && one.says.book == book) else { continue };
        let mine = match &one.says.person {
            Some(person) => *person == actor.person,
            None => lens.may_see_to(Some(&one.says.owner)),
        };
        if !mine {
            return Err(Refused::NotAllowed("Whoever owes this says that it was done; you do not.".into()));
        }
        return Ok((own.area, one));
    }
    Err(Refused::NotFound)
}

/// The posts that an action can be given to: the members, and whoever of them holds the post in this area.
async fn owners(app: &App, on: &On<'_>, names: &Names<'_>) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for role in on.panel.chair.iter().chain(&on.panel.members) {
        found.push((role.clone(), casebook::command::labels::capital(&names.role(role))));
        for (person, name, _) in super::show::holders(app, on, role).await? {
            found.push((
                format!("{role} {person}"),
                format!("{}: {name}", casebook::command::labels::capital(&names.role(role))),
            ));
        }
    }
    Ok(found)
}

/// The children on a meeting's agenda, as far as they are seen.
async fn on_agenda(app: &App, actor: &Actor, on: &On<'_>, meeting: &Meeting) -> Result<Vec<(String, String)>> {
    let parts = super::meeting::agenda(app, actor, &lens(app, actor), on, meeting).await?;
    let mut found: Vec<(String, String)> = Vec::new();
    for line in parts.into_iter().flat_map(|part| part.children) {
        if !found.iter().any(|(child, _)| *child == line.child) {
            found.push((line.child, line.name));
        }
    }
    Ok(found)
}

/// The form of what is done. `one` is the meeting, or the action that was done.
pub async fn form(
    app: &App,
    actor: &Actor,
    (book, panel): (&str, &str),
    doing: Doing,
    one: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    if doing == Doing::Finish {
        let (_, agreed) = find_agreed(app, actor, book, one).await?;
        let names = Names::shared(&app.rules);
        let mut filled = answers.clone();
        if answers.is_empty() {
            views::making::now(&mut filled, "at", lens.face.calendar, lens.now);
        }
        let field = Field::new(&names, &filled, problems, app.now());
        return Ok(KeptForm {
            viewer,
            child: ChildHead { name: agreed.says.says.clone(), ..ChildHead::default() },
            version: agreed.row.n,
            title: "It was done".into(),
            lead: String::new(),
            fields: vec![
                Field::needed(field.moment("at", "When was it done?", false)),
                Field::needed(field.text(
                    "outcome",
                    "What came of it?",
                    "What it says of a child belongs on the child's record.",
                    FieldKind::LongText,
                )),
            ],
            button: "Save".into(),
        });
    }
    let on = on(app, actor, doing.act(), book, panel).await?;
    let names = Names::of_book(&app.rules, on.own.book);
    let before = if doing == Doing::Plan { None } else { Some(find_meeting(app, &on, one).await?) };
    let mut filled = answers.clone();
    if let Some(before) = before.as_ref().filter(|_| answers.is_empty()) {
        fill(app, &mut filled, &on, doing, &before.says);
    }
    let field = Field::new(&names, &filled, problems, app.now());
    let meeting = before.as_ref().map(|one| one.says.clone()).unwrap_or_default();
    let (title, lead) = match doing {
        Doing::Plan => ("Plan a meeting", "Whoever is on the panel sees it from then on."),
        Doing::Change => ("Change the meeting", ""),
        Doing::CallOff => ("Call the meeting off", ""),
        Doing::Record => (
            "Record the meeting",
            "What was decided about a child is recorded on the child's record; name no child here.",
        ),
        Doing::Paper => ("Add a paper", "It is read by everybody on the panel; name no child in it."),
        _ => ("Agree an action", "It stands on the list of whoever owes it until it is done."),
    };
    let fields = match doing {
        Doing::Plan | Doing::Change => vec![
            Field::needed(field.moment("at", "When does it meet?", true)),
            field.text("place", "Where?", "A room, or how to join.", FieldKind::Text),
        ],
        Doing::CallOff => vec![Field::needed(field.text("why", "Why is it called off?", "", FieldKind::Text))],
        Doing::Record => record_fields(&field, &on),
        Doing::Paper => vec![
            Field::needed(field.text("title", "What is it called?", "", FieldKind::Text)),
            Field::needed(field.text("text", "What does it say?", "", FieldKind::LongText)),
        ],
        _ => {
            let mut children = vec![(String::new(), "No child by name".to_string())];
            children.extend(on_agenda(app, actor, &on, &meeting).await?);
            vec![
                Field::needed(field.text(
                    "says",
                    "What is to be done?",
                    "Name no child here; choose the child below.",
                    FieldKind::LongText,
                )),
                Field::needed(field.select(
                    "owner",
                    "Who does it?",
                    "A post, or somebody who holds it.",
                    &owners(app, &on, &names).await?,
                )),
                field.select("child", "Which child is it about?", "", &children),
                Field::needed(field.moment("due", "By when?", true)),
            ]
        }
    };
    Ok(KeptForm {
        viewer,
        child: ChildHead { name: on.block.title.clone(), ..ChildHead::default() },
        version: before.as_ref().filter(|_| doing != Doing::Agree).map_or(0, |one| one.row.n),
        title: title.into(),
        lead: lead.into(),
        fields,
        button: if doing == Doing::CallOff { "Call it off" } else { "Save" }.into(),
    })
}

fn record_fields(field: &Field<'_>, on: &On<'_>) -> Vec<FormField> {
    let mut fields = vec![
        Field::needed(field.moment("at", "When did it begin?", false)),
        Field::needed(field.text("chaired", "Who chaired?", "", FieldKind::Text)),
        Field::needed(field.text("attended", "Who came?", "Names and agencies, a line each.", FieldKind::LongText)),
    ];
    if on.panel.confidentiality {
        fields.push(Field::needed(field.text(
            "signed",
            "Who signed the confidentiality agreement?",
            "A line each.",
            FieldKind::LongText,
        )));
    }
    for (n, column) in on.panel.minutes.iter().enumerate() {
        fields.push(field.text(&format!("m{n}"), &column.label, "", FieldKind::LongText));
    }
    fields.push(field.text(
        "why",
        "Why is the record put right?",
        "Only where it was recorded before.",
        FieldKind::Text,
    ));
    fields
}

fn fill(app: &App, filled: &mut Answers, on: &On<'_>, doing: Doing, before: &Meeting) {
    if matches!(doing, Doing::Plan | Doing::Change | Doing::Record) {
        filled.set("at", app.rules.vocabulary().calendar.stamp(moment(before.at_us)));
    }
    filled.set("place", before.place.clone());
    if doing == Doing::Record && before.state == MeetingState::Held {
        filled.set("chaired", before.chaired.clone());
        filled.set("attended", before.attended.clone());
        filled.set("signed", before.signed.clone());
        for (n, column) in on.panel.minutes.iter().enumerate() {
            let text = before.minutes.iter().find(|(label, _)| *label == column.label).map(|(_, text)| text.clone());
            filled.set(format!("m{n}"), text.unwrap_or_default());
        }
    }
}
