//! A setting is changed, on a page of its own; what weakens waits for a second person, who confirms or refuses it.

use super::{Proposed, Set, Subject, all};
use crate::app::App;
use crate::area::{Kept, Kind, Own, own, put};
use crate::authorise::{Actor, Verb, authorise};
use crate::cover::STEP;
use crate::lens::{framed, lens};
use crate::panel::form::Field;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use engine::rulebook::{HOURS, OfficeHours, SettingValue};
use policy::Act;
use views::words::Names;
use views::{ChildHead, FieldKind, KeptForm};

/// The field of the file of a picture.
pub const PICTURE: &str = "picture";
/// A name has so many characters at most.
const NAME: usize = 80;

/// The area's rulebook, for whoever settles.
pub(super) async fn area<'a>(app: &'a App, actor: &Actor) -> Result<Own<'a>> {
    authorise(app, actor, Verb::Do(Act::Settle), None).await?;
    let own = own(app, actor).into_iter().find(|own| own.book.kind == "area");
    own.ok_or(Refused::NotFound)
}

async fn found<'a>(app: &'a App, actor: &Actor, word: &str) -> Result<(Own<'a>, Subject<'a>, Option<Kept<Set>>)> {
    let own = area(app, actor).await?;
    let subject = Subject::all(app.rules.vocabulary(), own.book)
        .into_iter()
        .find(|one| one.word() == word)
        .ok_or(Refused::NotFound)?;
    let before = all(app, &own.area).await?.into_iter().find(|one| one.row.subject == word);
    Ok((own, subject, before))
}

/// The form.
pub async fn form(
    app: &App,
    actor: &Actor,
    word: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let (own, subject, before) = found(app, actor, word).await?;
    let lens = lens(app, actor);
    let names = Names::of_book(&app.rules, own.book);
    let mut filled = answers.clone();
    if answers.is_empty() {
        let set = before.as_ref().map(|one| &one.says).filter(|set| set.is_set);
        if !matches!(subject, Subject::Logo) {
            filled.set("value", set.map_or_else(|| subject.default(), |set| set.value.clone()));
        }
        filled.set("note", set.map(|set| set.note.clone()).unwrap_or_default());
        let today = app.rules.vocabulary().calendar.date(app.now());
        for (part, value) in
            [("day", today.day().to_string()), ("month", today.month().to_string()), ("year", today.year().to_string())]
        {
            filled.set(format!("since-{part}"), value);
        }
    }
    let field = Field::new(&names, &filled, problems, app.now());
    let mut fields = vec![match &subject {
        Subject::Local(setting) if setting.kind == "yes-no" => {
            field.choice("value", "What holds?", &[("true", "Yes"), ("false", "No")])
        }
        Subject::Local(setting) if setting.kind == "choice" => {
            let options: Vec<(String, String)> =
                setting.choices.iter().map(|word| (word.clone(), casebook::command::labels::written(word))).collect();
            let options: Vec<(&str, &str)> = options.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            field.choice("value", "What holds?", &options)
        }
        Subject::Local(setting) if setting.kind == HOURS => field.text(
            "value",
            "On which days, and from when until when?",
            "Such as Monday to Thursday 08:45 to 17:15, Friday 08:45 to 16:30.",
            FieldKind::Text,
        ),
        Subject::Local(..) => {
            field.text("value", "How long?", "Such as 30m, 6h, 2 days or 5 working days.", FieldKind::Text)
        }
        Subject::Contact(..) => field.text(
            "value",
            "Number by which they are reached now",
            "With an extension: 01632 960199 ext. 12.",
            FieldKind::Text,
        ),
        Subject::Silence { .. } => field.text("value", "Hours", "A whole number from 1 to 72.", FieldKind::Text),
        Subject::Helpline => {
            field.text("value", "Number and name", "It is offered beside the national help lines.", FieldKind::Text)
        }
        Subject::Privacy => field.text(
            "value",
            "What it says",
            "Everybody can read it from any page, also before signing in.",
            FieldKind::LongText,
        ),
        Subject::Name => {
            field.text("value", "Name", "As people here know it. Left empty, there is none.", FieldKind::Text)
        }
        Subject::Logo => {
            let remove = [("new", "The one chosen below"), ("remove", "None: it is taken away")];
            field.choice("value", "Which picture?", &remove)
        }
        Subject::Called(..) => field.text(
            "value",
            "What are they called now?",
            "Left empty, they are called as the protocol printed it.",
            FieldKind::Text,
        ),
    }];
    if matches!(subject, Subject::Contact(..)) {
        fields.push(field.text("note", "What is it for, or when is it answered?", "", FieldKind::Text));
    }
    fields.push(field.text("source", "From whom is it known, or who decided it?", "", FieldKind::Text));
    fields.push(field.text("since", "From which day?", "", FieldKind::Date));
    fields.push(field.text("why", "Why is it changed?", "", FieldKind::Text));
    let hours = "They decide who covers, whom to ring and what is due out of hours. A change waits until a second person confirms it.";
    let two = "A longer limit, or a choice other than the safe default, waits until a second person confirms it.";
    let lead = match &subject {
        Subject::Local(setting) if setting.kind == HOURS => hours,
        Subject::Local(..) | Subject::Silence { .. } => two,
        Subject::Contact(..) => "The printed number stays shown as printed. Both carry their dates.",
        Subject::Called(..) => "The pages of the protocol go on showing what was printed.",
        Subject::Logo => {
            "PNG or JPEG of up to 2 MB. It is made smaller, and stands at the head of pages and of what is printed."
        }
        _ => "",
    };
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: ChildHead { name: views::words::short_title(own.book), ..ChildHead::default() },
        version: before.as_ref().map_or(0, |one| one.row.n),
        title: subject.label(),
        lead: lead.into(),
        fields,
        button: "Save".into(),
    })
}

/// Saves it, or puts it before a second person. Gives whether it holds from now on.
pub async fn save(app: &App, actor: &Actor, word: &str, version: i64, answers: &Answers, key: &str) -> Result<bool> {
    let (own, subject, before) = found(app, actor, word).await?;
    let set = before.map(|one| one.says).unwrap_or_default();
    let mut problems = Vec::new();
    let value = answers.get("value").trim().to_string();
    if let Some(says) = wrong(&subject, &value) {
        problems.push(FieldProblem::new("value", says));
    }
    let text = |name: &str, says: &str, problems: &mut Vec<FieldProblem>| {
        let text = answers.get(name).trim().to_string();
        if text.is_empty() || text.chars().count() > 300 {
            problems.push(FieldProblem::new(name, says));
        }
        text
    };
    let source =
        text("source", "Say from whom it is known or who decided it, in at most 300 characters", &mut problems);
    let why = text("why", "Say why it is changed, in at most 300 characters", &mut problems);
    let since = match time::day(answers, "since") {
        Ok(Some(day)) => day,
        Ok(None) => {
            problems.push(FieldProblem::new("since", "Give the day from which it holds"));
            String::new()
        }
        Err(_) => {
            problems.push(FieldProblem::new("since", "This is no day. Write it as in 29 11 2026"));
            String::new()
        }
    };
    let value = match &subject {
        // As everybody reads them, however they were typed.
        Subject::Local(setting) if setting.kind == HOURS => {
            OfficeHours::parse(&value).map_or(value, |hours| hours.to_string())
        }
        _ => value,
    };
    let today = app.rules.vocabulary().calendar.date(app.now()).to_string();
    if problems.is_empty() && since > today {
        problems.push(FieldProblem::new("since", "This day is still to come. Change it on that day"));
    }
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let holds = if set.is_set { set.value.clone() } else { subject.default() };
    let note: String = answers.get("note").trim().chars().take(200).collect();
    let waits = subject.weakens(&holds, &value);
    let says = if waits {
        let proposed = Proposed { value, source, since, why, by: actor.person.clone() };
        Set { proposed: Some(proposed), act: "Proposed".into(), ..set }
    } else {
        Set { value, note, source, since, why, proposed: None, is_set: true, act: "Changed".into() }
    };
    put(app, actor, (&own.area, Kind::Setting, word), version, &says, key).await?;
    if !waits && matches!(subject, Subject::Local(..) | Subject::Called(..)) {
        app.store.all_to_refresh(app.now_us()).await?;
    }
    super::head::read(app).await?;
    Ok(!waits)
}

/// Saves the picture at the head of pages: what was sent, empty where no file was chosen, none where it was too large to be read.
pub async fn save_logo(
    app: &App,
    actor: &Actor,
    version: i64,
    answers: &Answers,
    sent: Option<Vec<u8>>,
    key: &str,
) -> Result<bool> {
    area(app, actor).await?;
    let mut answers = answers.clone();
    if answers.get("value") == "remove" {
        answers.set("value", "");
    } else {
        let problem = |says: String| Refused::Invalid(vec![FieldProblem::new(PICTURE, says)]);
        let sent = sent.ok_or_else(|| problem("The picture has more than 2 MB. Choose a smaller one".into()))?;
        if sent.is_empty() {
            return Err(problem("Choose the file of the picture".into()));
        }
        let _turn = app.picturing.acquire().await.ok();
        let made = tokio::task::spawn_blocking(move || super::head::made(&sent)).await;
        let made = made.unwrap_or_else(|_| Err("This picture cannot be used. Choose another".into()));
        answers.set("value", made.map_err(problem)?);
    }
    save(app, actor, &Subject::Logo.word(), version, &answers, key).await
}

/// A second person confirms what was proposed, or refuses it.
pub async fn decide(app: &App, actor: &Actor, word: &str, version: i64, confirms: bool, key: &str) -> Result<()> {
    let (own, subject, before) = found(app, actor, word).await?;
    let set = before.map(|one| one.says).ok_or(Refused::NotFound)?;
    let Some(proposed) = set.proposed.clone() else {
        return Err(Refused::NotAllowed("This was decided already.".into()));
    };
    if proposed.by == actor.person {
        return Err(Refused::NotAllowed(
            "You proposed it. Somebody else who settles this area's settings decides.".into(),
        ));
    }
    let says = if confirms {
        let Proposed { value, source, since, why, .. } = proposed;
        Set { value, source, since, why, proposed: None, is_set: true, act: "Confirmed".into(), ..set }
    } else {
        Set { proposed: None, act: "Refused".into(), ..set }
    };
    put(app, actor, (&own.area, Kind::Setting, word), version, &says, key).await?;
    if confirms {
        if matches!(subject, Subject::Local(..)) {
            app.store.all_to_refresh(app.now_us()).await?;
        }
        super::head::read(app).await?;
    }
    Ok(())
}

/// Is it the emergency services?
fn is_emergency(block: &engine::rulebook::Block) -> bool {
    matches!(&block.content, engine::rulebook::Content::Contact(contact) if contact.phones.iter().any(|one| one.number.trim() == "999"))
}

fn wrong(subject: &Subject<'_>, value: &str) -> Option<String> {
    match subject {
        Subject::Local(setting) => match setting.read(value) {
            // A cover is looked for in such steps.
            Ok(SettingValue::Hours(hours)) if hours.edges().any(|edge| i64::from(edge.minute()) % STEP != 0) => {
                Some(format!("Offices open and close at full {STEP} minutes. Write 08:45, not 08:47"))
            }
            Ok(_) => None,
            Err(says) if setting.kind == HOURS => Some(says),
            Err(_) if setting.kind == "duration" => {
                Some("This is no length of time. Write it like 30m, 6h or 2 days".into())
            }
            Err(_) => Some("Choose one of the answers".into()),
        },
        Subject::Contact(..) if value.is_empty() => Some("Write the number".into()),
        Subject::Contact(block) if is_emergency(block) => {
            Some("999 is the number in an emergency, everywhere. It is not changed".into())
        }
        Subject::Contact(..) => crate::phone::problem("value", value).map(|problem| problem.message),
        Subject::Silence { .. } => {
            let whole = value.parse::<i64>().ok().filter(|hours| (1..=72).contains(hours));
            whole.is_none().then(|| "Write a whole number of hours, from 1 to 72".to_string())
        }
        Subject::Helpline | Subject::Privacy => {
            let most = if matches!(subject, Subject::Privacy) { 20_000 } else { 200 };
            (value.is_empty() || value.chars().count() > most)
                .then(|| format!("Write it, in at most {most} characters"))
        }
        Subject::Name | Subject::Called(..) => {
            (value.chars().count() > NAME).then(|| format!("Write no more than {NAME} characters"))
        }
        // It was made here.
        Subject::Logo => None,
    }
}
