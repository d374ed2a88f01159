//! What to read to the police on the telephone, in the order in which they ask. From the record and from what was typed so far.

use super::draft;
use super::questions::step;
use super::record::OnRecord;
use super::summary::words;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Purpose, load_kept};
use crate::lens::{framed, lens};
use crate::place;
use crate::refused::Result;
use casebook::command::labels;
use engine::value::Value;
use views::making::at_hand::Hand;
use views::making::{FieldMaker, head, hides_vulnerabilities, photograph_shown, summary_facts};
use views::words::{Names, at};
use views::{Lens, ReadOut, ReadOutLine, ReadOutSection, Record};

/// The page to read out; before the report is finished as well as after.
pub async fn read_out(app: &App, actor: &Actor, draft: &str) -> Result<ReadOut> {
    let draft::Begun { child, body, .. } = draft::read(app, actor, draft).await?;
    let (seen, kept, _) = load_kept(app, actor, &child, Purpose { look: "read-out", ..draft::REPORT }).await?;
    let lens = lens(app, actor);
    let names = Names::of(&app.rules, &seen.case, lens.now);
    let mut record = OnRecord::of(&lens, &seen, &names);
    record.know(place::places(&kept));
    let answers = body.answers();
    let maker = FieldMaker { names: &names, answers: &answers, problems: &[], now: app.now(), likely: Vec::new() };
    let asked = |id: &str| -> Vec<ReadOutLine> {
        let fields = step(id, &maker, &record).map(|s| s.fields).unwrap_or_default();
        let lines = fields.iter().map(|f| line(f.label.trim_end_matches('?'), &words(&maker, lens.face, f)));
        lines.filter(|l| l.value != UNKNOWN).collect()
    };
    let mut description: Vec<ReadOutLine> =
        record.description.iter().map(|(label, value)| line(label, value)).collect();
    description.extend(asked("appearance"));
    let photograph = photograph_shown(&lens, &seen);
    let said = photograph
        .as_ref()
        .map_or("There is none on the record".into(), |one| format!("There is one, to be sent. {}", one.words));
    description.push(line("Photograph", &said));
    let mut risk = asked("risk");
    let unseen = if hides_vulnerabilities(&seen, &names) { "What else is on record is not shown to you" } else { "" };
    let vulnerable = record.vulnerable.iter().map(String::as_str).chain([unseen]).filter(|words| !words.is_empty());
    risk.push(line("What makes the child vulnerable", &vulnerable.collect::<Vec<_>>().join("; ")));
    let mut places = vec![line("Places known from before", &record.places.join("; "))];
    places.extend(record.people.iter().map(|p| ReadOutLine { phone: p.phone.clone(), ..line(&p.role, &p.name) }));
    let mut happened = asked("status");
    happened.extend(asked("noticed"));
    let last_seen = |l: ReadOutLine| match l.label.as_str() {
        "When" | "Where" => ReadOutLine { label: format!("Last seen {}", l.label.to_lowercase()), ..l },
        _ => l,
    };
    happened.extend(asked("last-seen").into_iter().map(last_seen));
    let mut done = pairs(asked("searches"), "Looked at");
    done.extend(pairs(asked("calls"), "Asked"));
    let parts = [
        ("Who is missing", who(&lens, &seen, &names)),
        ("What happened", happened),
        ("Description", description),
        ("Why we are worried", risk),
        ("What we have done", done),
        ("Places and people", places),
        ("Who is reporting", reporting(&lens, &seen)),
    ];
    let section = |(title, lines): (&str, Vec<ReadOutLine>)| ReadOutSection { title: title.into(), lines };
    let mut head = head(&lens, &seen);
    head.namesakes = crate::queries::namesakes(app, actor, &seen).await?;
    let age = if head.age.is_empty() { String::new() } else { format!(", aged {}", head.age) };
    let made = lens.face.when(lens.now);
    let mut ringing = Hand { lens: &lens, record: &seen, names: &names }.reporting();
    crate::setting::at_hand(app, actor, &mut ringing).await?;
    Ok(ReadOut {
        viewer: framed(app, actor, &lens).await?,
        id: draft.into(),
        opening: format!("I am ringing to report a missing child, {}{age}.", head.name),
        child: head,
        photograph,
        sections: parts.into_iter().map(section).filter(|s| !s.lines.is_empty()).collect(),
        incident_number: answers.get("police-incident_number").into(),
        told: answers.get("police-told") == "yes" || is_reported(&lens, &seen),
        episode: body.episode,
        ringing,
        made: format!("Made at {} by {}", made.words, actor.name),
    })
}

/// Does the record say that the police were told of the open episode?
fn is_reported(lens: &Lens<'_>, seen: &Record) -> bool {
    let open = seen.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now));
    let reported = lens.rules.vocabulary().known.reported;
    open.zip(reported).is_some_and(|(open, fact)| open.facts.value_at(fact, lens.now) == Value::Bool(true))
}

const UNKNOWN: &str = "Not recorded";

fn line(label: &str, value: &str) -> ReadOutLine {
    let value = if value.trim().is_empty() { UNKNOWN } else { value };
    ReadOutLine { label: label.into(), value: value.into(), phone: String::new() }
}

/// A place or a person and what came of it, as one line: `Looked at the garden: not there`.
fn pairs(lines: Vec<ReadOutLine>, did: &str) -> Vec<ReadOutLine> {
    let mut found: Vec<ReadOutLine> = Vec::new();
    // `Place 2` and `What came of it, place 2` are of one row.
    let row = |label: &str| label.rsplit(' ').next().unwrap_or_default().to_string();
    let mut before = String::new();
    for one in lines {
        let (result, own) = (one.label.starts_with("What "), row(&one.label));
        match found.last_mut().filter(|_| result && own == before) {
            Some(last) => last.value = format!("{}: {}", last.value, one.value),
            None if one.label.starts_with("When") => found.push(one),
            None => found.push(line(did, &one.value)),
        }
        before = own;
    }
    found
}

fn who(lens: &Lens<'_>, seen: &Record, names: &Names<'_>) -> Vec<ReadOutLine> {
    let head = head(lens, seen);
    let born = if head.age.is_empty() { String::new() } else { format!("{}, {} years old", head.born, head.age) };
    let current = seen.file.placements.iter().filter(|p| p.from <= lens.now && p.until.is_none_or(|u| u > lens.now));
    let current = current.max_by_key(|p| p.from);
    let address = current.map(|p| at(p.name.as_deref(), p.address.as_deref()));
    // Nobody reads to the police that an address is not recorded which is only not theirs to know.
    let address = address.filter(|words| !words.is_empty()).unwrap_or_else(|| seen.lives.words().into());
    let mut lines = vec![line("Name", &head.name), line("Date of birth", &born), line("Lives at", &address)];
    lines.extend(summary_facts(lens, seen, names).into_iter().map(|(label, value)| line(&label, &value)));
    lines
}

fn reporting(lens: &Lens<'_>, seen: &Record) -> Vec<ReadOutLine> {
    let who = &lens.who;
    let own = seen.file.people.iter().find(|p| p.name.as_deref() == Some(who.name.as_str()));
    vec![
        line("Name", &who.name),
        line("Role", &labels::capital(&who.role_name)),
        line("From", &who.agency),
        line("Telephone", own.and_then(|p| p.phone.as_deref()).unwrap_or("The number you are ringing from")),
    ]
}
