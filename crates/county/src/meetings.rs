//! What people write of strategy meetings: when the next one is, who came, what was known, decided and agreed, and the minutes.

use crate::doing::Around;
use engine::time::Moment;
use serde_json::{Value, json};

/// What a meeting of any other kind decided.
pub(crate) const DECIDED: &str =
    "The plan stands as it is, because nothing new points elsewhere; whoever hears more tells the co-ordinator.";

/// What one meeting came to.
struct Talk {
    information: &'static str,
    risk_view: &'static str,
    decisions: &'static str,
    actions: &'static str,
    reviews: &'static str,
}

/// While the child is away.
const AWAY: [Talk; 3] = [
    Talk {
        information: "The phone was last used near the retail park on the first evening, and has been off since.\n\
                      Two friends were spoken to; one says there is a new boyfriend with a car, and gives a first name only.\n\
                      The cousin in the next town was asked by telephone and has heard nothing.",
        risk_view: "Rising: nobody has heard from the child since the first evening, and nobody knows the new boyfriend.",
        decisions: "Look first among family and at the cousin's, because the child speaks of them most.\n\
                    No publicity today: it could make the child run farther. Decide again at the next meeting.\n\
                    On return the child goes back to the same room; nobody is to ask questions in the first hour.",
        actions: "Police missing persons unit: ask for the phone's last cell and the cameras at the retail park, today\n\
                  Social worker: visit the cousin and the grandmother together with the police, by 18:00 tomorrow\n\
                  Missing co-ordinator: ask the school which friends are absent too, by noon tomorrow",
        reviews: "Each morning by telephone, social worker and police; sooner if there is word.",
    },
    Talk {
        information: "The child left with a bag and some money, so it was planned.\n\
                      A youth worker saw the child twice this month with two older people near the arcade.\n\
                      The carer found a second phone charger that belongs to nobody in the house.",
        risk_view: "High in the meeting's view: older people, a second phone and money point to somebody who draws the child away.",
        decisions: "Treat it as possible exploitation, because three agencies saw the same two people independently.\n\
                    Consider warning notices to the two once the police have their names.\n\
                    Tell the parent what is known of the place, not of the people, so that nobody goes there alone.",
        actions: "Police missing persons unit: put names to the two people near the arcade, by 17:00 tomorrow\n\
                  Social worker: complete the exploitation screening with the youth worker, within two working days\n\
                  Carer: write down what the bag held and what the child wore, today",
        reviews: "Every second day with all who were here; daily between social worker and police.",
    },
    Talk {
        information: "A message to a sibling last night: well, warm, not coming back until the move is talked about.\n\
                      All places that family and friends named were visited without a trace.\n\
                      The child has an appointment on Monday that was never missed before.",
        risk_view: "As before: the child is in touch and seems to be with people they know, but nobody can say where.",
        decisions: "Answer through the sibling that the move can be talked about, because that is what the child asks for.\n\
                    Watch the appointment on Monday quietly; no uniforms.\n\
                    Publicity is held ready and goes out if there is no message by tomorrow evening.",
        actions: "Social worker: agree with the sibling what to write back, today\n\
                  Police missing persons unit: ask the provider of the app where the message came from, by noon tomorrow\n\
                  Team manager: say in writing what can still be changed about the move, by Friday",
        reviews: "After each message, and at the latest tomorrow at nine, by telephone.",
    },
];

/// Once the child is back.
const BACK: [Talk; 3] = [
    Talk {
        information: "The child went after contact with family had fallen through twice.\n\
                      The child says it was with friends, and nothing that anybody knows says otherwise.",
        risk_view: "Lower than feared: a known place, and the child rang when asked to.",
        decisions: "The plan is to make contact reliable, because the child left when it was cancelled.\n\
                    No further enquiries under child protection procedures; nothing points to harm.",
        actions: "Social worker: fixed days for contact, written down for the child, by Friday\n\
                  Carer: ring the family the evening before and tell the child at once if it changes, from now on\n\
                  Missing co-ordinator: look at the pattern again in four weeks",
        reviews: "With the plan, in four weeks; at once if the child goes again.",
    },
    Talk {
        information: "The child came back with clothes and a phone that nobody bought.\n\
                      School reports two afternoons missed in the week before.\n\
                      The child speaks of a friend who drives, and would not say the name.",
        risk_view: "Significant: gifts, a driver without a name, and afternoons that nobody can account for.",
        decisions: "Enquiries under child protection procedures start today, because gifts and lifts point to grooming.\n\
                    The child keeps their own phone; taking it away would cut the only way to reach it.",
        actions: "Social worker: start the enquiries and see the child alone, within 24 hours\n\
                  Police missing persons unit: check the car that the neighbour described, by 17:00 tomorrow\n\
                  School: ring the social worker at the first missed lesson, from tomorrow",
        reviews: "In ten days with everybody who was here.",
    },
    Talk {
        information: "Two nights in the town where the child lived before; an old neighbour took the child in and rang.\n\
                      The child does not sleep well in the new place and says so to everybody.",
        risk_view: "Medium: the people were known, but the journey was alone and at night.",
        decisions: "Visits to the old neighbour become part of the plan, because the child will go there in any case.\n\
                    The form for the police is brought up to date with the address and the way there.",
        actions: "Carer: talk with the child about the room and what would help at night, this week\n\
                  Social worker: check with the old neighbour and agree two visits, by Friday\n\
                  Health: appointment about sleep, within two weeks",
        reviews: "At the next planning meeting, or at the next absence.",
    },
];

const MINUTES: &str = "On the child's file, under Meetings: who came, what is known, the risk as it is graded now, the decisions with their \
    reasons, and the three actions.\n\
    Whoever remembers something otherwise tells the chair within two days.";

/// What somebody writes in a field of a strategy meeting, if anything. `chair`: whose duty the meeting is.
pub(crate) fn answer(around: &Around<'_>, event: &str, field: &str, chair: Option<&str>) -> Option<Value> {
    let calendar = &around.vocabulary.calendar;
    // The fields of one entry belong to one meeting, so its minute chooses them, and not chance.
    let number = around.at.minute().unsigned_abs() as usize;
    let talks = if around.open { &AWAY } else { &BACK };
    let talk = &talks[number % talks.len()];
    let text = |words: &str| Some(json!(words));
    match (event, field) {
        ("strategy_meeting.planned", "planned_for") => Some(json!(calendar.stamp(morning(around, 1)))),
        ("strategy_meeting.planned", "where") => {
            text("By video; the link is in the invitation. Telephone for the carer")
        }
        ("strategy_meeting.planned", "to_consider") => text(
            "What is known, and what has not been tried\n\
                  Whether the risk is graded rightly\n\
                  The plan for the return",
        ),
        ("strategy_meeting.planned", "invited") => {
            Some(json!(["police_missing_unit", "social_worker", "missing_coordinator", around.carer, "health"]))
        }
        ("strategy_meeting.held", "chair") => text(chair.unwrap_or("team_manager")),
        ("strategy_meeting.held", "attended") | ("strategy_meeting.minutes_issued", "to") => {
            Some(json!(["police_missing_unit", "social_worker", "missing_coordinator", around.carer]))
        }
        ("strategy_meeting.held", "apologies") => number.is_multiple_of(2).then(|| json!(["health"])),
        ("strategy_meeting.held", "information") => text(talk.information),
        ("strategy_meeting.held", "risk_view") => text(talk.risk_view),
        ("strategy_meeting.held", "decisions") => text(talk.decisions),
        ("strategy_meeting.held", "actions") => text(talk.actions),
        ("strategy_meeting.held", "reviews") => text(talk.reviews),
        ("strategy_meeting.held", "next_planned_for") if around.open => {
            Some(json!(calendar.stamp(around.at.plus_minutes(72 * 60))))
        }
        ("strategy_meeting.minutes_issued", "minutes") => text(MINUTES),
        _ => None,
    }
}

/// Ten in the morning, so many days later.
fn morning(around: &Around<'_>, days: i64) -> Moment {
    let calendar = &around.vocabulary.calendar;
    let noon = calendar.start_of(calendar.date(around.at)).plus_minutes((24 * days + 12) * 60);
    calendar.start_of(calendar.date(noon)).plus_minutes(10 * 60)
}
