//! How states and modalities are said.

use crate::MeetingState;
use engine::evaluate::State;
use engine::rulebook::Modality;

/// The state of a duty.
pub fn state(state: State) -> &'static str {
    match state {
        State::Overdue => "Overdue",
        State::Due => "Due",
        State::CannotTell => "Not yet known",
        State::Upcoming => "Not yet",
        State::Done => "Done",
        State::DoneLate => "Done late",
        State::Lapsed => "No longer due",
        State::Waived => "Waived",
    }
}

/// How far a strategy meeting has come.
pub fn meeting_state(state: MeetingState) -> &'static str {
    match state {
        MeetingState::ToCome => "To come",
        MeetingState::Passed => "Not recorded as held",
        MeetingState::Held => "No minutes yet",
        MeetingState::Minuted => "Minutes issued",
    }
}

/// What is said of a duty that is not a must; else empty.
pub fn modality_note(modality: Modality) -> &'static str {
    match modality {
        Modality::Must => "",
        Modality::Prompt => "may not be due",
        other => other.word(),
    }
}

/// The modality of a word.
pub fn modality(word: &str) -> Option<Modality> {
    let all = [Modality::Must, Modality::Should, Modality::Consider, Modality::May, Modality::Prompt];
    all.into_iter().find(|m| m.word() == word)
}

/// The state of a word.
pub fn state_of(word: &str) -> Option<State> {
    let all = [
        State::Overdue,
        State::Due,
        State::CannotTell,
        State::Upcoming,
        State::DoneLate,
        State::Done,
        State::Lapsed,
        State::Waived,
    ];
    all.into_iter().find(|s| s.word() == word)
}
