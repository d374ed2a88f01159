//! What may be recorded: the events of the vocabulary, in groups, those asked for now first.

use super::head;
use crate::asked::{Asked, Evaluated, evaluate_for};
use crate::words::Names;
use crate::{EventGroup, EventLink, Lens, Record, RecordMenu, Viewer};
use casebook::command;
use engine::vocabulary::{ActionId, EpisodeEffect, Event, EventId};

/// The title of the first group: what the viewer has to do now.
const DUE: &str = "Due from you now";
/// So many are found at most.
const FOUND: usize = 20;

/// What is likely to be recorded now: what is due from the viewer, filled up with what is recorded most while a child is gone.
pub(crate) fn likely(groups: &[EventGroup], most: usize) -> Vec<EventLink> {
    let due = groups.iter().filter(|g| g.title == DUE).flat_map(|g| &g.events);
    let often = OFTEN.iter().filter_map(|id| groups.iter().flat_map(|g| &g.events).find(|e| e.event == *id));
    let mut found: Vec<EventLink> = Vec::new();
    for link in due.chain(often) {
        if found.len() < most && !found.iter().any(|known| known.event == link.event) {
            found.push(link.clone());
        }
    }
    found
}

/// What is recorded most while a child is gone, and after a return.
const OFTEN: [&str; 6] = [
    "information.received",
    "search.made",
    "enquiry.made",
    "notification.sent",
    "return.recorded",
    "return_interview.offered",
];

/// What somebody may record, by what they typed or by the group that they chose. Acts that have no event of their own are found as well.
pub fn record_menu(lens: &Lens<'_>, viewer: Viewer, record: &Record, episode: &str, asked: &str) -> RecordMenu {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Current);
    let open = record.case.episodes.last().is_some_and(|e| e.end.is_none_or(|end| end > lens.now));
    let groups = menu(lens, &names, record, &evaluated, open);
    let mut found: Vec<EventLink> = Vec::new();
    let asked = asked.trim();
    if let Some(group) = groups.iter().find(|group| group.title == asked) {
        found.clone_from(&group.events);
    } else if !asked.is_empty() {
        let words: Vec<String> = asked.to_lowercase().split_whitespace().map(stem).collect();
        let fits = |text: &str| words.iter().all(|word| text.to_lowercase().contains(word.as_str()));
        for link in groups.iter().flat_map(|group| &group.events) {
            if fits(&format!("{} {}", link.title, link.hint)) && !found.iter().any(|known| known.event == link.event) {
                found.push(link.clone());
            }
        }
        let may = |event: &str| groups.iter().flat_map(|g| &g.events).any(|link| link.event == event);
        for (index, action) in names.vocabulary.actions.iter().enumerate() {
            let title = names.action(&action.id);
            let doing = command::acting(names.vocabulary, ActionId::at(index));
            let event = &names.vocabulary.event_at(doing.event).id;
            let by_act = [names.vocabulary.known.action_recorded, names.vocabulary.known.decision_recorded];
            if by_act.contains(&doing.event) && fits(&title) && may(event) {
                found.push(EventLink { event: event.clone(), act: action.id.clone(), title, hint: action.doc.clone() });
            }
        }
    }
    let more = found.len() > FOUND;
    found.truncate(FOUND);
    RecordMenu {
        viewer,
        child: head(lens, record),
        episode: episode.into(),
        asked: asked.into(),
        likely: likely(&groups, FOUND / 2),
        found,
        more,
        groups: groups.into_iter().map(|group| group.title).filter(|title| title != DUE).collect(),
    }
}

/// A word as it is looked for: without its ending, so that `searched` finds `search`.
fn stem(word: &str) -> String {
    let cut =
        ["ing", "ed", "es", "s"].iter().find_map(|end| word.strip_suffix(end)).filter(|cut| cut.chars().count() > 3);
    cut.unwrap_or(word).to_string()
}

/// The groups for a child: with an open episode nothing that starts one, and without one nothing that ends one. Nothing is offered that the
/// viewer may not record.
pub(crate) fn menu(
    lens: &Lens<'_>,
    names: &Names<'_>,
    record: &Record,
    evaluated: &Evaluated,
    open: bool,
) -> Vec<EventGroup> {
    if record.records.is_empty() {
        return Vec::new();
    }
    let vocabulary = names.vocabulary;
    let waived = &vocabulary.event_at(vocabulary.known.duty_waived).id;
    let fits = |event: &Event| match event.episode {
        EpisodeEffect::Starts => !open,
        EpisodeEffect::Ends => open && record.left.is_none(),
        EpisodeEffect::Within => record.waives || event.id != *waived,
    };
    let mine = evaluated.duties.iter().filter(|one| one.duty.state.is_open());
    let mine = mine.filter(|one| lens.owes(&one.view));
    let mut asked: Vec<EventId> = Vec::new();
    for one in mine {
        let event = command::event_of(vocabulary, one.rule);
        // Acts without an event of their own are recorded from the duty, which says which act it is.
        let named =
            [vocabulary.known.action_recorded, vocabulary.known.decision_recorded, vocabulary.known.meeting_held];
        if !asked.contains(&event) && !named.contains(&event) {
            asked.push(event);
        }
    }
    let link = |event: &Event| EventLink {
        event: event.id.clone(),
        act: String::new(),
        title: names.event(&event.id),
        hint: event.hint.clone(),
    };
    let first = asked.iter().map(|e| vocabulary.event_at(*e)).filter(|e| fits(e)).map(link).collect();
    let mut groups = vec![EventGroup { title: DUE.into(), events: first }];
    for event in vocabulary.events.iter().filter(|e| !e.made_up && !e.by_action && fits(e)) {
        let title = event.group.clone();
        match groups.iter_mut().find(|g| g.title == title) {
            Some(group) => group.events.push(link(event)),
            None => groups.push(EventGroup { title, events: vec![link(event)] }),
        }
    }
    let mut small = EventGroup { title: "Anything else".into(), events: Vec::new() };
    let mut kept: Vec<EventGroup> = Vec::new();
    for (n, group) in groups.into_iter().enumerate() {
        if group.events.len() > 1 || n == 0 && !group.events.is_empty() {
            kept.push(group);
        } else {
            small.events.extend(group.events);
        }
    }
    if !small.events.is_empty() {
        kept.push(small);
    }
    kept
}
