//! What people write in records, in a few variants each.

use crate::chance::Chance;
use crate::places::haunt;

/// What happened, by the hour at which the child was expected.
pub(crate) fn circumstances(hour: i8, at_home: bool, chance: &mut Chance) -> String {
    let house = if at_home { "home" } else { "the placement" };
    let haunt = haunt(chance);
    match hour {
        0..=5 => chance
            .pick(&[
                "Bed found empty at the night check. The window on the ground floor was open; coat and phone are gone.",
                "Heard the front door at night. Not in the garden or the street; the bed had not been slept in.",
                "Went out with a message on the phone that somebody was waiting outside. Would not say who.",
            ])
            .into(),
        6..=11 => chance
            .pick(&[
                "Left for school and did not arrive. The school rang after the register.",
                "Left after an argument about breakfast and the phone. Said nothing about when to be back.",
                "Was to be taken to an appointment and had gone before the car came.",
            ])
            .into(),
        12..=17 => match chance.below(4) {
            0 => "Was not at the school gate at the end of the day. Friends say they saw nothing unusual.".into(),
            1 => format!("Went to {haunt} after school with two friends and did not come back with them."),
            2 => "Left the lesson after lunch and did not return to it. Phone is switched off.".into(),
            _ => format!("Had contact with family in town and was to take the bus back to {house}. Was not on it."),
        },
        _ => match chance.below(5) {
            0 => format!("Went to {haunt} and agreed the time to be back. Phone rings, nobody answers."),
            1 => "Upset after a call from family. Went out for air and did not come back.".into(),
            2 => {
                format!("Left {house} with an older person in a dark car, who did not get out. Registration not seen.")
            }
            3 => "Went to the shop at the corner for ten minutes and has not been seen since.".into(),
            _ => "Out with friends from training. The others are home; they parted at the bus stop.".into(),
        },
    }
}

pub(crate) fn searched(at_home: bool, chance: &mut Chance) -> String {
    let near = if at_home { "Bedroom, loft, garden and street" } else { "The whole house, the garden and the street" };
    format!("{near}; {}", haunt(chance))
}

pub(crate) const ENQUIRIES: [&str; 6] = [
    "Called four times, no answer. Left a message: nobody is cross, ring when you can.",
    "Not with the grandmother, who will ring at once if there is news.",
    "Best friend has not heard since the afternoon. The friend's mother will keep an ear open.",
    "The phone is off. Message on two apps, one of them shown as read.",
    "Bus company will ask the drivers of the last three services.",
    "An aunt saw a post online an hour ago, no place in it.",
];

pub(crate) const SIGHTINGS: [&str; 5] = [
    "A neighbour saw a young person who fits, alone, walking towards town.",
    "The shopkeeper knows the face: bought water and crisps and seemed well.",
    "A friend had a message: staying with somebody and safe. No place given.",
    "Seen on camera at the bus station, getting on a bus towards the coast.",
    "A youth worker saw the child with two older people near the arcade.",
];

pub(crate) const RAISES_RISK: [&str; 3] = [
    "A friend says the person the child is with is much older and has a flat where others go.",
    "The phone was used two counties away, on a railway line that was linked to exploitation before.",
    "A message to a sibling: owes money and cannot come back until it is paid.",
];

pub(crate) const CONDITIONS: [&str; 6] = [
    "Cold, hungry and tired, otherwise well. Went straight to bed.",
    "Well and quiet. Did not want to talk; ate something.",
    "Well. A little upset that everybody had been told.",
    "Tired, clothes not their own. No injuries seen.",
    "Smelled of smoke, wide awake, well otherwise.",
    "Tearful. Glad to be back. A graze on one hand, cleaned and covered.",
];

/// What a child says in the interview afterwards.
pub(crate) const OWN_WORDS: [&str; 10] = [
    "I lost track of time, and then I was scared to ring because I thought I would be in trouble.",
    "I wanted to see my mum. Nobody ever tells me when the next time is.",
    "I was with my mates. Nothing happened. It is not a big thing.",
    "It is loud here at night and I cannot sleep. At my friend's I can sleep.",
    "He said he would drive me home and then he did not. I do not want to say his name yet.",
    "They moved me and I do not know anybody here. I went back to where I know people.",
    "I had a row with the staff about my phone. I would have come back anyway.",
    "I just walked. When I am walking nobody asks me things.",
    "Somebody at school said things. I did not want to go in and I did not want to go home.",
    "I would like somebody to come with me to see my brother. Then I would not have to go on my own.",
];

/// Why a child says no to the interview.
pub(crate) const DECLINES: [&str; 5] = [
    "I do not want to talk to another stranger.",
    "I have said it all to the police already.",
    "It is nobody's business where I was.",
    "Not now. Ask me again when things are calmer.",
    "I would rather talk to somebody I know.",
];

/// Of an act that has no event of its own.
pub(crate) const DONE: [&str; 6] = [
    "Done, and put on the child's file.",
    "Done as the protocol says.",
    "Done with those concerned; nothing left open.",
    "Talked through and done. Note on the file.",
    "Checked and brought up to date.",
    "Done. Those who need to know have been told.",
];

pub(crate) const REASONS: [&str; 5] = [
    "Weighed against the history, the plan and what the child says.",
    "On what is known today. To be looked at again when that changes.",
    "Agreed between the agencies on the phone.",
    "The plan covers it.",
    "In the child's interest, after talking with those who know the child best.",
];

pub(crate) const CONTACTS: [&str; 5] = [
    "No news on either side. Next call agreed.",
    "Went through what was tried and who does what next.",
    "Told what is known. They will ring at once if there is word.",
    "Asked after friends and places; two new names passed on.",
    "All is being done that was agreed. Nothing new.",
];

pub(crate) const BY_TELEPHONE: [&str; 4] = ["telephone", "telephone", "secure e-mail", "telephone, then e-mail"];
