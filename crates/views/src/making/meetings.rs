//! Strategy meetings of an episode, put together from its timeline.
//!
//! Time tells which entry is about which meeting. A plan belongs to the first meeting held after it, unless it is for a later day than
//! that meeting; minutes to the meeting whose time they name, or else to the latest held before them. A plan that no meeting followed
//! is a meeting still to be held. Minutes before any meeting stand alone.
//! Entries count as in the timeline: a corrected one as it stands now, at the time it gives now; a withdrawn one not at all.

use super::timeline::Told;
use crate::words::Clockface;
use crate::{EventGroup, EventLink, FieldLine, Meeting, MeetingFact, MeetingPart, MeetingState, When};
use casebook::case_file::EntryLine;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::Vocabulary;

const PLANNED: &str = "strategy_meeting.planned";
const HELD: &str = "strategy_meeting.held";
const MINUTES: &str = "strategy_meeting.minutes_issued";

/// Fields that are written one thing a line.
const LISTS: [&str; 2] = ["to_consider", "actions"];

/// Is an event about a strategy meeting?
pub(crate) fn is_of(event: &str) -> bool {
    [PLANNED, HELD, MINUTES].contains(&event)
}

/// A meeting in the making.
#[derive(Default)]
struct Draft<'t, 'r> {
    plans: Vec<&'t Told<'r>>,
    held: Option<&'t Told<'r>>,
    minutes: Vec<&'t Told<'r>>,
}

/// Makes meetings.
pub(crate) struct Meetings<'a> {
    pub vocabulary: &'a Vocabulary,
    pub face: Clockface<'a>,
    /// What may be recorded: a link to what is not in it would lead nowhere.
    pub menu: &'a [EventGroup],
}

impl Meetings<'_> {
    /// The meetings among the entries of an episode, in order of time.
    pub fn of(&self, told: &[Told<'_>]) -> Vec<Meeting> {
        let drafts = self.drafts(told);
        drafts.iter().map(|draft| self.meeting(draft)).collect()
    }

    fn drafts<'t, 'r>(&self, told: &'t [Told<'r>]) -> Vec<Draft<'t, 'r>> {
        let mut ours: Vec<&Told<'_>> = told.iter().filter(|t| !t.item.withdrawn && self.rank(t).is_some()).collect();
        ours.sort_by_key(|t| (t.line.occurred.minute(), self.rank(t), t.line.recorded));
        let mut drafts: Vec<Draft<'_, '_>> = Vec::new();
        let mut plans = Vec::new();
        for one in ours {
            match one.item.event.as_str() {
                PLANNED => plans.push(one),
                MINUTES => match self.minuted(&mut drafts, one.line) {
                    Some(draft) => draft.minutes.push(one),
                    None => drafts.push(Draft { minutes: vec![one], ..Draft::default() }),
                },
                _ => {
                    // An urgent meeting does not take the place of one that stands in the calendar for another day.
                    let (ahead, due): (Vec<_>, Vec<_>) = plans.into_iter().partition(|plan| self.is_later(plan, one));
                    plans = ahead;
                    drafts.push(Draft { plans: due, held: Some(one), ..Draft::default() });
                }
            }
        }
        if !plans.is_empty() {
            drafts.push(Draft { plans, ..Draft::default() });
        }
        drafts
    }

    /// The meeting that minutes are of.
    fn minuted<'d, 't, 'r>(&self, drafts: &'d mut [Draft<'t, 'r>], line: &EntryLine) -> Option<&'d mut Draft<'t, 'r>> {
        let calendar = self.face.calendar;
        let held = |draft: &Draft<'_, '_>| draft.held.map(|held| held.line.occurred);
        let named = self.moment(line, "meeting_at").and_then(|at| {
            let minute = drafts.iter().rposition(|d| held(d).is_some_and(|h| h.minute() == at.minute()));
            minute
                .or_else(|| drafts.iter().rposition(|d| held(d).is_some_and(|h| calendar.date(h) == calendar.date(at))))
        });
        match named {
            Some(index) => drafts.get_mut(index),
            None => drafts.last_mut(),
        }
    }

    /// Is a plan for a later day than that of a meeting?
    fn is_later(&self, plan: &Told<'_>, held: &Told<'_>) -> bool {
        let calendar = self.face.calendar;
        self.planned_for(plan.line).is_some_and(|at| calendar.date(at) > calendar.date(held.line.occurred))
    }

    /// Which comes first of entries of one minute: a plan, the meeting, its minutes, and the plan for the next one.
    fn rank(&self, told: &Told<'_>) -> Option<u8> {
        match told.item.event.as_str() {
            PLANNED if self.planned_for(told.line).is_some_and(|at| at > told.line.occurred) => Some(3),
            PLANNED => Some(0),
            HELD => Some(1),
            MINUTES => Some(2),
            _ => None,
        }
    }

    fn planned_for(&self, line: &EntryLine) -> Option<Moment> {
        self.moment(line, "planned_for")
    }

    fn moment(&self, line: &EntryLine, field: &str) -> Option<Moment> {
        let field = self.vocabulary.field(field)?;
        line.fields.iter().find_map(|(f, value)| match value {
            Value::Moment(at) if *f == field => Some(*at),
            _ => None,
        })
    }

    fn meeting(&self, draft: &Draft<'_, '_>) -> Meeting {
        let planned =
            draft.plans.iter().rev().find_map(|plan| self.planned_for(plan.line)).map(|at| self.face.when(at));
        let (title, state) = headline(draft, planned.as_ref());
        let next = match (draft.held, draft.plans.is_empty()) {
            (Some(_), _) if draft.minutes.is_empty() => self.link(MINUTES, "Issue the minutes"),
            (None, false) => self.link(HELD, "Record that it was held"),
            _ => None,
        };
        let parts = draft.plans.iter().map(|plan| part(plan, "Arranged"));
        let parts = parts.chain(draft.held.map(|held| part(held, "Held")));
        let parts: Vec<MeetingPart> = parts.chain(draft.minutes.iter().map(|m| part(m, "Minutes issued"))).collect();
        let id = parts.first().map(|part| part.entry.clone()).unwrap_or_default();
        let held = draft.held.map(|held| held.item.id.clone());
        Meeting { id, title, state, parts, held, next }
    }

    /// Where something is recorded next, if the menu has it.
    fn link(&self, event: &str, title: &str) -> Option<EventLink> {
        let link = self.menu.iter().flat_map(|group| &group.events).find(|link| link.event == event)?;
        Some(EventLink { title: title.into(), ..link.clone() })
    }
}

fn headline(draft: &Draft<'_, '_>, planned: Option<&When>) -> (String, MeetingState) {
    match (draft.held, planned) {
        (Some(held), _) => {
            let state = if draft.minutes.is_empty() { MeetingState::Held } else { MeetingState::Minuted };
            (format!("Held {}", held.item.occurred.words), state)
        }
        (None, Some(at)) => {
            let state = if at.minutes < 0 { MeetingState::Passed } else { MeetingState::ToCome };
            (format!("Arranged for {}", at.words), state)
        }
        (None, None) if draft.plans.is_empty() => ("No meeting recorded".into(), MeetingState::Minuted),
        (None, None) => ("Arranged, no time recorded".into(), MeetingState::ToCome),
    }
}

fn part(told: &Told<'_>, title: &str) -> MeetingPart {
    let item = &told.item;
    MeetingPart {
        entry: item.id.clone(),
        title: title.into(),
        occurred: item.occurred.clone(),
        by: item.by.clone(),
        facts: item.fields.iter().map(fact).collect(),
        left_open: item.left_open.clone(),
        note: item.note.clone(),
        corrected: !item.versions.is_empty(),
        can_correct: item.can_correct,
    }
}

fn fact(line: &FieldLine) -> MeetingFact {
    let mut fact = MeetingFact { field: line.field.clone(), label: line.label.clone(), ..MeetingFact::default() };
    if LISTS.contains(&line.field.as_str()) {
        // People put marks of their own before the lines of a list.
        let bare = line.value.lines().map(|l| l.trim_start_matches(['-', '–', '*', '•', ' ', '\t']).trim_end());
        fact.items = bare.filter(|l| !l.is_empty()).map(String::from).collect();
    } else {
        fact.value.clone_from(&line.value);
    }
    fact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_menu_has_is_offered() {
        let vocabulary = &testkit::library().vocabulary;
        let face = Clockface { calendar: &vocabulary.calendar, now: Moment(0) };
        let held = EventLink {
            act: String::new(),
            event: HELD.into(),
            title: "A strategy meeting was held".into(),
            hint: String::new(),
        };
        let menu = [EventGroup { title: "Strategy meeting".into(), events: vec![held] }];
        let all = Meetings { vocabulary, face, menu: &menu };
        assert_eq!(all.link(HELD, "Record it").map(|l| (l.event, l.title)), Some((HELD.into(), "Record it".into())));
        assert_eq!(all.link(MINUTES, "Issue the minutes"), None);
        assert_eq!(Meetings { menu: &[], ..all }.link(HELD, "Record it"), None);
    }
}
