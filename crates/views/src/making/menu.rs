//! What may be recorded: the events of the vocabulary, in groups, those asked for now first.

use crate::asked::Evaluated;
use crate::words::Names;
use crate::{EventGroup, EventLink, Lens, Record};
use casebook::command;
use engine::vocabulary::{EpisodeEffect, Event, EventId};

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
        EpisodeEffect::Ends => open,
        EpisodeEffect::Within => record.waives || event.id != *waived,
    };
    let mine = evaluated.duties.iter().filter(|one| one.duty.state.is_open());
    let mine = mine.filter(|one| lens.is_own(one.view.owner.as_deref()));
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
    let link =
        |event: &Event| EventLink { event: event.id.clone(), title: names.event(&event.id), hint: event.hint.clone() };
    let first = asked.iter().map(|e| vocabulary.event_at(*e)).filter(|e| fits(e)).map(link).collect();
    let mut groups = vec![EventGroup { title: "Asked of you now".into(), events: first }];
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
