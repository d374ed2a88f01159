//! The page on which the settings of an area are read, with who changed what and when.

use super::change::area;
use super::contacts::day;
use super::{Set, Subject, all};
use crate::app::{App, moment};
use crate::area::{Kind, by, history};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::Result;
use engine::rulebook::{Content, HOURS};
use views::making::protocol::{cited, links};
use views::words::short_title;
use views::{HistoryLine, InForce, SettingLine, SettingSection, SettingWaiting, SettingsPage};

/// The page.
pub async fn page(app: &App, actor: &Actor) -> Result<SettingsPage> {
    let own = area(app, actor).await?;
    let lens = lens(app, actor);
    let sets = all(app, &own.area).await?;
    let mut sections = [
        SettingSection { title: "Words of the area".into(), ..SettingSection::default() },
        SettingSection {
            title: "Silence that is watched".into(),
            says: "No protocol gives a limit for it. When nothing has been recorded in an open episode for so long, somebody is told.".into(),
            ..SettingSection::default()
        },
        SettingSection {
            title: "Limits and choices that the protocol leaves open".into(),
            says: "They hold for every child from their day on, and move nothing that came about before, unless the child's own record says otherwise, and are shown as local wherever they decide something.".into(),
            ..SettingSection::default()
        },
        SettingSection {
            title: "Whom to ring: what has changed since the protocol was printed".into(),
            ..SettingSection::default()
        },
        SettingSection {
            title: "What people and teams are called now".into(),
            says: "Where it is not what the protocol printed.".into(),
            more: "/area/settings/names".into(),
            ..SettingSection::default()
        },
    ];
    let mut waiting = Vec::new();
    for subject in Subject::all(app.rules.vocabulary(), own.book) {
        let word = subject.word();
        let kept = sets.iter().find(|one| one.row.subject == word);
        let set = kept.map(|one| &one.says);
        let place = match subject {
            Subject::Helpline | Subject::Privacy | Subject::Name | Subject::Logo => 0,
            Subject::Silence { .. } => 1,
            Subject::Local(..) => 2,
            Subject::Contact(..) => 3,
            Subject::Called(..) if set.is_some_and(|set| set.is_set && !set.value.is_empty()) => 4,
            // All of them stand on a page of their own.
            Subject::Called(..) => continue,
        };
        sections[place].lines.push(line(&own, &subject, set));
        if let Some((kept, proposed)) = kept.and_then(|one| one.says.proposed.as_ref().map(|two| (one, two))) {
            let who = by(app, &kept.row.by_person, &kept.row.by_role).await?;
            let when = lens.face.when(moment(kept.row.at_us)).words;
            let holds = if kept.says.is_set { kept.says.value.clone() } else { subject.default() };
            waiting.push(SettingWaiting {
                subject: word.clone(),
                says: format!(
                    "{} From {} to {}, since {}, from {}",
                    subject.label(),
                    shown(&holds),
                    shown(&proposed.value),
                    day(&proposed.since),
                    proposed.source
                ),
                by: format!("{who}, {when}: {}", proposed.why),
                may_decide: proposed.by != actor.person,
                version: kept.row.n,
            });
        }
    }
    let mut lines = Vec::new();
    let rows: Vec<crate::area::Kept<Set>> = history(app, &own.area, Kind::Setting).await?;
    let subjects = Subject::all(app.rules.vocabulary(), own.book);
    for one in rows.iter().rev().take(200) {
        let label = subjects.iter().find(|subject| subject.word() == one.row.subject).map(Subject::label);
        let value = one.says.proposed.as_ref().map_or(&one.says.value, |proposed| &proposed.value);
        let why = one.says.proposed.as_ref().map_or(&one.says.why, |proposed| &proposed.why);
        lines.push(HistoryLine {
            at: lens.face.when(moment(one.row.at_us)),
            by: by(app, &one.row.by_person, &one.row.by_role).await?,
            says: {
                let value = if one.row.subject == Subject::Logo.word() { picture(value) } else { shown(value) };
                format!("{}: {}: {value}", label.unwrap_or_default(), one.says.act.to_lowercase())
            },
            why: why.clone(),
        });
    }
    let rulebooks =
        links(&app.rules, app.now()).into_iter().filter(|(book, _)| book.kind != "area" || book.area == own.area);
    let rulebooks = rulebooks.map(|(book, link)| InForce {
        id: book.id.clone(),
        title: book.title.clone(),
        says: format!("Edition {}. {}. What it says has the mark {}.", book.edition, link.in_force, book.hash),
    });
    Ok(SettingsPage {
        viewer: framed(app, actor, &lens).await?,
        area: short_title(own.book),
        rulebooks: rulebooks.collect(),
        sections: sections.into_iter().filter(|one| !one.lines.is_empty() || !one.more.is_empty()).collect(),
        waiting,
        history: lines,
    })
}

/// What people and teams are called: as printed, and now.
pub async fn names(app: &App, actor: &Actor) -> Result<SettingsPage> {
    let own = area(app, actor).await?;
    let lens = lens(app, actor);
    let sets = all(app, &own.area).await?;
    let called =
        Subject::all(app.rules.vocabulary(), own.book).into_iter().filter(|one| matches!(one, Subject::Called(..)));
    let lines = called.map(|subject| {
        let set = sets.iter().find(|one| one.row.subject == subject.word()).map(|one| &one.says);
        line(&own, &subject, set)
    });
    let lines = lines.collect();
    Ok(SettingsPage {
        viewer: framed(app, actor, &lens).await?,
        area: short_title(own.book),
        sections: vec![SettingSection { lines, ..SettingSection::default() }],
        ..SettingsPage::default()
    })
}

/// A picture in words.
fn picture(value: &str) -> String {
    if value.is_empty() { "none".into() } else { "a picture".into() }
}

fn shown(value: &str) -> String {
    match value {
        "true" => "yes".into(),
        "false" => "no".into(),
        "" => "nothing".into(),
        text => text.chars().take(200).collect(),
    }
}

fn line(own: &crate::area::Own<'_>, subject: &Subject<'_>, set: Option<&Set>) -> SettingLine {
    let set = set.filter(|set| set.is_set);
    let printed = match subject {
        Subject::Contact(block) => match &block.content {
            Content::Contact(contact) => {
                let numbers: Vec<&str> = contact.phones.iter().map(|phone| phone.number.as_str()).collect();
                let when = block.as_of.as_deref().map(|as_of| format!(" ({as_of})")).unwrap_or_default();
                format!("Printed{when}: {}", if numbers.is_empty() { "no number".into() } else { numbers.join(", ") })
            }
            _ => String::new(),
        },
        Subject::Local(setting) if setting.kind == HOURS => format!("In the rulebook: {}", subject.default()),
        Subject::Local(..) | Subject::Silence { .. } => format!("Safe default: {}", shown(&subject.default())),
        _ => String::new(),
    };
    let cites = match subject {
        Subject::Local(setting) => cited(own.book, &setting.cites),
        Subject::Contact(block) => cited(own.book, &block.cites),
        _ => views::Cited::default(),
    };
    SettingLine {
        label: subject.label(),
        says: set.map(|set| set.note.clone()).unwrap_or_default(),
        value: match (subject, set) {
            (Subject::Logo, Some(set)) => picture(&set.value),
            (_, set) => set.map_or_else(|| subject.default(), |set| set.value.clone()),
        },
        printed,
        from: set.map(|set| format!("Since {}, from {}", day(&set.since), set.source)).unwrap_or_default(),
        change: format!("/area/settings/{}", subject.word()),
        cited: cites,
    }
}
