//! The pages that ask about a placement, filled with what is known or was typed.

use super::answer::{DETAILS, FACTS, SOURCES, chosen};
use super::check::{BETWEEN, ELSEWHERE, LISTED, OVERLAP, STANDS};
use super::{Doing, before, directory, holds, is_respite, name, stays};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_kept};
use crate::child::as_field;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::time;
use casebook::command::{Answers, FieldProblem};
use casebook::placement_codes::{self, Code};
use engine::time::Moment;
use policy::Act;
use serde_json::Value;
use views::making::{FieldMaker, head, now, option};
use views::words::Names;
use views::{FieldKind, FormField, KeptForm, Lens, OptionGroup};

/// What is asked of an address.
const ADDRESS: &str = "With the postcode, which says in whose area it lies. Of somebody with no address: ZZ99 3VZ.";

const TEXTS: [(&str, &str, &str); 4] = [
    ("phone", "Telephone by day", ""),
    ("phone_night", "Telephone by night", ""),
    ("provider_name", "Who provides it", ""),
    ("manager", "Who manages it", ""),
];

/// The form for what is done, as it was typed so far; filled anew where nothing was.
pub async fn form(
    app: &App,
    actor: &Actor,
    child: &str,
    doing: &Doing,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let purpose = Purpose::form(Verb::Do(Act::Place));
    let (record, kept, _) = load_kept(app, actor, child, purpose).await?;
    let (lens, all) = (lens(app, actor), stays(&kept));
    let own = match doing.of() {
        Some(id) => Some(*all.iter().find(|row| row.id == id).ok_or(Refused::NotFound)?),
        None => None,
    };
    let mut answers = answers.clone();
    let homes = directory::homes(app).await?;
    if answers.is_empty() {
        fill(app, doing, own, &mut answers);
        // A home that was brought in by its name alone is that of the directory.
        if let Some(home) = chosen(&answers, &homes) {
            answers.set("home", home.agency.id.as_str());
            answers.set("name", "");
        }
    }
    let names = Names::shared(&app.rules);
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let main = all.iter().copied().find(|row| holds(row, app.now()) && !is_respite(row));
    let corrects = own.filter(|_| matches!(doing, Doing::Correct(_)));
    let ended_with = corrects.and_then(|own| before::ended_with(&kept, own));
    let asking = Asking { app, maker: &maker, doing, main, ended_with, problems };
    let fields = asking.fields(&homes).await?;
    let (title, lead, button) = words(doing, own, main, &lens);
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        version: record.version,
        title,
        lead,
        fields,
        button: button.into(),
    })
}

fn words(doing: &Doing, own: Option<&Kept>, main: Option<&Kept>, lens: &Lens<'_>) -> (String, String, &'static str) {
    let place = own.map(name).unwrap_or_default();
    let since = |row: &Kept| row.at("from").map(|from| lens.face.when(from).words).unwrap_or_default();
    match doing {
        Doing::Plan => {
            let lead = "What is planned is shown, and changes nothing until it begins.";
            ("Plan a placement".into(), lead.into(), "Save the plan")
        }
        Doing::Move => match main {
            Some(now) => {
                let lead = format!("Now: {}, since {}. It ends when the next begins.", name(now), since(now));
                ("The child moved".into(), lead, "Record the move")
            }
            None => ("A placement began".into(), String::new(), "Record it"),
        },
        Doing::Begin(_) => {
            let lead = format!("It was planned to begin {}.", own.map(since).unwrap_or_default());
            (format!("“{place}” began"), lead, "Record that it began")
        }
        Doing::End(_) => {
            let lead =
                "With nothing after it. If the child moved somewhere else, record the move instead: it ends this too.";
            (format!("“{place}” ended"), lead.into(), "Record that it ended")
        }
        Doing::Correct(_) => {
            let lead = "For what was written wrongly. If something changed since, record the move, or that it ended.";
            (format!("Correct “{place}”"), lead.into(), "Save the correction")
        }
    }
}

/// Fills the form with what the record says, or with the present moment.
fn fill(app: &App, doing: &Doing, own: Option<&Kept>, answers: &mut Answers) {
    let calendar = &app.rules.vocabulary().calendar;
    let moment = |answers: &mut Answers, name: &str, at: Moment| {
        for (end, part) in ["day", "month", "year", "time", "fold"].into_iter().zip(time::split(calendar, at)) {
            answers.set(format!("{name}-{end}"), part);
        }
    };
    match doing {
        Doing::Move | Doing::Begin(_) => now(answers, "from", calendar, app.now()),
        Doing::End(_) => now(answers, "until", calendar, app.now()),
        Doing::Plan | Doing::Correct(_) => {}
    }
    let Some(row) = own else { return };
    if let (Doing::Correct(_), Some(from)) = (doing, row.at("from")) {
        moment(answers, "from", from);
        row.at("until").into_iter().for_each(|until| moment(answers, "until", until));
    }
    for key in ["name", "address"].into_iter().chain(FACTS.map(|(field, _)| field)) {
        match row.says.get(key) {
            Some(Value::String(text)) => answers.set(key, text.as_str()),
            Some(Value::Bool(yes)) => answers.set(key, if *yes { "yes" } else { "no" }),
            _ => {}
        }
    }
    answers.set("home", row.text("details.home"));
    answers.set("code", row.text("details.code"));
    for key in DETAILS {
        answers.set(key, row.text(&format!("details.{key}")));
    }
}

struct Asking<'a> {
    app: &'a App,
    maker: &'a FieldMaker<'a>,
    doing: &'a Doing,
    /// Where the child lives now.
    main: Option<&'a Kept>,
    /// The placement that ended when the one that is put right began.
    ended_with: Option<&'a Kept>,
    problems: &'a [FieldProblem],
}

impl Asking<'_> {
    async fn fields(&self, homes: &[directory::Home]) -> Result<Vec<FormField>> {
        let mut fields: Vec<FormField> = self.doubts();
        if let Doing::End(_) = self.doing {
            fields.push(FormField { required: true, ..self.moment("until", "When did it end?", false) });
            fields.push(self.source());
            return Ok(fields);
        }
        let (label, ahead) = match self.doing {
            Doing::Plan => ("When is it to begin?", true),
            Doing::Correct(_) => ("When did it begin, or when is it to begin?", true),
            _ => ("When did it begin?", false),
        };
        fields.push(FormField { required: true, ..self.moment("from", label, ahead) });
        if !matches!(self.doing, Doing::Begin(_)) {
            let label = if matches!(self.doing, Doing::Correct(_)) {
                "When did it end?"
            } else {
                "Until when, if that is known?"
            };
            fields.push(self.moment("until", label, true));
        }
        if let (Doing::Move, Some(main)) = (self.doing, self.main) {
            let ends = format!("It ended: the child does not live at “{}” any more", name(main));
            let stays = "It goes on: this is respite beside it";
            let label = "What becomes of the placement before?";
            let mut after = self.maker.choice("after", label, "", &[("ends", &ends, ""), ("respite", stays, "")]);
            after.required = true;
            if after.options.iter().all(|option| !option.chosen) {
                after.options.iter_mut().take(1).for_each(|option| option.chosen = true);
                after.values = vec!["ends".into()];
            }
            fields.push(after);
        }
        fields.extend(self.fact("type", "placement.type").map(|field| FormField { required: true, ..field }));
        fields.push(self.code());
        let hint = "What the directory says of it need not be written below.";
        let mut home = self.maker.plain("home", "Home or foster household", hint, FieldKind::Select);
        home.groups = directory::choices(self.app, homes, home.values.first().map_or("", String::as_str)).await?;
        fields.push(home);
        let hint = "Where it is not in the list: its name, or the names of the carers.";
        fields.push(self.maker.plain("name", "Name of the home or of the carers", hint, FieldKind::Text));
        fields.push(self.maker.plain("address", "Address", ADDRESS, FieldKind::LongText));
        fields.extend(TEXTS.iter().map(|(key, label, hint)| self.maker.plain(key, label, hint, FieldKind::Text)));
        fields.extend(FACTS.iter().skip(1).filter_map(|(field, fact)| self.fact(field, fact)));
        fields.push(self.source());
        if matches!(self.doing, Doing::Correct(_)) {
            fields.push(FormField {
                required: true,
                ..self.maker.plain(
                    "reason",
                    "Why is it put right?",
                    "What stood before stays to be read.",
                    FieldKind::LongText,
                )
            });
            let label = "Was it entered by mistake altogether?";
            fields.push(self.maker.choice(
                "mistake",
                label,
                "",
                &[("no", "No", ""), ("yes", "Yes: the child was never there", "")],
            ));
            if let Some(before) = self.ended_with {
                let label = format!("If the child was never there, did the child live on at “{}”?", name(before));
                let hint = "It ended when this began. If it goes on still, those who care for the child there see the record again.";
                let goes_on = "Yes: it goes on";
                fields.push(self.maker.choice(
                    before::GOES_ON,
                    &label,
                    hint,
                    &[("yes", goes_on, ""), ("no", "No: the child left there all the same", "")],
                ));
            }
        }
        Ok(fields)
    }

    /// What only doubt asks: first on the page, so that nobody looks for it.
    fn doubts(&self) -> Vec<FormField> {
        let asked =
            |field: &str| self.problems.iter().any(|p| p.field == field) || self.maker.answers.get(field) == STANDS;
        let ask = |field: &str, label: &str, stands: &str| {
            let check = if matches!(field, OVERLAP | BETWEEN) { "I check the time" } else { "I check it" };
            let mut made = self.maker.choice(field, label, "", &[("check", check, ""), (STANDS, stands, "")]);
            made.required = true;
            made
        };
        let overlap = match self.doing {
            Doing::Correct(_) => "It was so: the two lay beside each other",
            _ => "The earlier one ended when this began",
        };
        [
            (OVERLAP, "Two placements at one time", overlap),
            (BETWEEN, "The child was missing in between", "The time is right"),
            (LISTED, "A home of nearly this name", "It is another"),
            (ELSEWHERE, "The area of the address", "What was chosen is right"),
        ]
        .into_iter()
        .filter(|(field, ..)| asked(field))
        .map(|(field, label, stands)| ask(field, label, stands))
        .collect()
    }

    /// The code of the return, under the types.
    fn code(&self) -> FormField {
        let hint = "Of the return on children looked after. Left empty, it is the usual one of the type.";
        let mut made = self.maker.plain("code", "Placement code", hint, FieldKind::Select);
        let vocabulary = self.app.rules.vocabulary();
        let kinds = vocabulary.fact("placement.type").map(|id| vocabulary.fact_at(id).answers.as_slice());
        for kind in kinds.unwrap_or_default() {
            let of_kind = placement_codes::all().iter().filter(|code| code.kind == kind.word);
            let one = |code: &Code| option(&code.id, &format!("{}: {}", code.id, code.words), "", &made.values);
            let options = of_kind.map(one).collect();
            made.groups.push(OptionGroup { title: kind.label.clone(), options, rest: false });
        }
        made
    }

    fn moment(&self, name: &str, label: &str, ahead: bool) -> FormField {
        FormField { ahead, ..self.maker.plain(name, label, "", FieldKind::Moment) }
    }

    fn fact(&self, name: &str, fact: &str) -> Option<FormField> {
        let field = as_field(self.app, fact)?;
        Some(self.maker.named(name, &field))
    }

    fn source(&self) -> FormField {
        self.maker.choice("source", "How do you know?", "", &SOURCES)
    }
}
