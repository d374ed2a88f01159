//! What may be recorded: the events of the vocabulary, in groups, those asked for now first.

use super::head;
use crate::asked::{Asked, Evaluated, evaluate_for};
use crate::words::Names;
use crate::{EventGroup, EventLink, Lens, Record, RecordMenu, Viewer};
use casebook::command;
use casebook::command::labels;
use engine::rulebook::Rulebook;
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
/// Where an event that stands for many acts was chosen (`of`), it is asked which of them it was.
pub fn record_menu(
    lens: &Lens<'_>,
    viewer: Viewer,
    record: &Record,
    (episode, of): (&str, &str),
    asked: &str,
) -> RecordMenu {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Current);
    let open = record.case.episodes.last().is_some_and(|e| e.end.is_none_or(|end| end > lens.now));
    let groups = menu(lens, &names, record, &evaluated, open);
    let mut found: Vec<EventLink> = Vec::new();
    let asked = asked.trim();
    let may = |event: &str| groups.iter().flat_map(|g| &g.events).any(|link| link.event == event);
    let of = names.vocabulary.event(of).filter(|id| may(&names.vocabulary.event_at(*id).id));
    let acts = of.map(|id| acts(&names, id)).unwrap_or_default();
    if !acts.is_empty() {
        let fits = fits(asked);
        let all = acts.iter().flat_map(|group| &group.events).filter(|link| !asked.is_empty() && fits(&link.title));
        found.extend(all.cloned());
    } else if let Some(group) = groups.iter().find(|group| group.title == asked) {
        found.clone_from(&group.events);
    } else if !asked.is_empty() {
        let fits = fits(asked);
        for link in groups.iter().flat_map(|group| &group.events) {
            if fits(&format!("{} {}", link.title, link.hint)) && !found.iter().any(|known| known.event == link.event) {
                found.push(link.clone());
            }
        }
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
        of: of.filter(|_| !acts.is_empty()).map(|id| names.vocabulary.event_at(id).id.clone()).unwrap_or_default(),
        which: of.filter(|_| !acts.is_empty()).map(|id| which(&names, id)).unwrap_or_default(),
        acts,
    }
}

/// Does a text have every word that somebody typed?
fn fits(asked: &str) -> impl Fn(&str) -> bool {
    let words: Vec<String> = asked.to_lowercase().split_whitespace().map(stem).collect();
    move |text: &str| words.iter().all(|word| text.to_lowercase().contains(word.as_str()))
}

/// What the form of an event asks, where it stands for many acts: `Which decision?`.
fn which(names: &Names<'_>, id: EventId) -> String {
    let known = &names.vocabulary.known;
    let fields = &names.vocabulary.event_at(id).fields;
    let field = fields.iter().find(|field| [known.action, known.decision].contains(&field.field));
    field.map(labels::field).unwrap_or_default()
}

/// The acts that an event may be about: those that the rulebooks of the child ask for or allow, then all others. Empty where it stands for one thing.
fn acts(names: &Names<'_>, id: EventId) -> Vec<EventGroup> {
    let vocabulary = names.vocabulary;
    let event = &vocabulary.event_at(id).id;
    let spoken_of = |book: &&Rulebook, action: ActionId| {
        book.rules.iter().any(|rule| rule.action == action)
            || book.permissions.iter().any(|one| one.action == Some(action))
    };
    let mut here = EventGroup { title: "In the protocols for this child".into(), events: Vec::new() };
    let mut other = EventGroup { title: "All others".into(), events: Vec::new() };
    for action in command::stands_for(vocabulary, id) {
        let act = vocabulary.action_at(action);
        let (title, hint) = (names.action(&act.id), String::new());
        let link = EventLink { event: event.clone(), act: act.id.clone(), title, hint };
        let group = if names.books().iter().any(|book| spoken_of(book, action)) { &mut here } else { &mut other };
        group.events.push(link);
    }
    let mut groups = vec![here, other];
    groups.iter_mut().for_each(|group| group.events.sort_by(|a, b| a.title.cmp(&b.title)));
    groups.retain(|group| !group.events.is_empty());
    groups
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
