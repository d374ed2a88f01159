//! The episodes of the children of whom something is told: each at another stage at the present moment.

use crate::chance::Chance;
use crate::plan::{Interview, Plan};
use crate::situation::Situation;
use engine::time::Moment;

const H: i64 = 60;

/// The episode of a situation.
pub(crate) fn episode(situation: Situation, now: Moment, chance: &mut Chance) -> Plan {
    let ago = |minutes: i64| now.plus_minutes(-minutes);
    let begun = |expected: i64, noticed: i64| Plan::missing(ago(expected), ago(noticed), now);
    let mut few = |least: i64, most: i64| chance.between(least, most);
    match situation {
        Situation::JustNoticed => {
            let noticed = few(16, 24);
            Plan { until: ago(noticed - 8), reported_after: 60, ..begun(noticed + 35, noticed) }
        }
        Situation::Reported => Plan { until: ago(47), reported_after: 30, ..begun(110, 85) },
        Situation::EightHours => Plan { until: ago(20), late_entry: true, forgets: 200, ..begun(8 * H + 25, 8 * H) },
        Situation::HighRisk => {
            Plan { raised: Some(ago(7 * H)), until: ago(25), forgets: 280, ..begun(26 * H, 26 * H - few(10, 30)) }
        }
        Situation::ThreeDays => {
            Plan { high: true, until: ago(40), forgets: 220, reported_after: 90, ..begun(72 * H + few(20, 90), 72 * H) }
        }
        Situation::Away => Plan { status: "away", until: ago(20), forgets: 150, ..begun(5 * H, 5 * H - few(10, 25)) },
        Situation::FromElsewhere => Plan { until: ago(20), forgets: 150, ..begun(6 * H, 6 * H - few(15, 30)) },
        Situation::InterviewDue => {
            let back = Some(ago(20 * H));
            Plan { back, interview: Interview::Offered, forgets: 60, ..begun(34 * H, 34 * H - few(10, 30)) }
        }
        Situation::Declined => {
            let back = Some(ago(40 * H));
            Plan { back, interview: Interview::Declined, forgets: 60, ..begun(49 * H, 49 * H - few(10, 30)) }
        }
        Situation::InterviewOverdue => {
            let back = Some(ago(78 * H));
            Plan { back, interview: Interview::Forgotten, ..begun(90 * H, 90 * H - few(20, 50)) }
        }
        Situation::Corrected => {
            let back = Some(ago(30 * H));
            Plan { back, corrected: true, interview: Interview::Offered, ..begun(36 * H, 36 * H - few(10, 30)) }
        }
    }
}
