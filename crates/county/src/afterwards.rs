//! The return, and what is told of the days after it.

use crate::entry::Entry;
use crate::plan::{Interview, Plan};
use crate::record::Record;
use crate::stays::Living;
use crate::telling::Teller;
use crate::words;
use engine::time::Moment;
use serde_json::json;

impl Teller<'_> {
    /// The return and everything after it, if the child is back.
    pub fn way_back(&mut self, plan: &Plan, record: &mut Record<'_>) {
        let Some(back) = plan.back else { return };
        let how = self.chance.weighted(&[
            (60, "own_accord"),
            (22, "found_by_police"),
            (10, "found_by_carer"),
            (6, "found_by_family"),
            (2, "found_by_other"),
        ]);
        let stay = self.child.stay(back).clone();
        let (carer, place) =
            (stay.living.carer(), if stay.living == Living::Family { "Home".into() } else { stay.name.clone() });
        let condition = self.pick(&words::CONDITIONS);
        let harm = plan.high && self.chance.percent(20);
        let arrived = |entry: Entry| {
            entry
                .with("how", how)
                .with("where", place.as_str())
                .with("condition", condition)
                .with("harm_suspected", harm)
        };
        let said = if plan.corrected { back.plus_minutes(-240).max(plan.noticed.plus_minutes(130)) } else { back };
        let entry = self.entry("return.recorded", said, carer);
        let recorded = if plan.corrected { back.plus_minutes(3) } else { back.plus_minutes(5) };
        let key = record.add(arrived(entry).recorded(recorded.min(plan.until)));
        if plan.corrected {
            let manager = if matches!(stay.living, Living::Home(..)) { "home_manager" } else { carer };
            let right = back.plus_minutes(9 * 60).min(plan.until);
            let entry = self.entry("return.recorded", back, manager).correcting(key);
            let why = "It was written down wrongly. The time in the first entry was that of the last call.";
            record.add(arrived(entry).recorded(right).with("why", why));
        }
        let mut told = vec![self.entry("welfare.confirmed", back.plus_minutes(8), carer).with("well", !harm)];
        let mut to = vec!["police"];
        to.extend(self.child.open_to_social_care.then_some("social_worker"));
        to.extend(self.child.from_elsewhere.as_ref().map(|_| "responsible_authority_social_worker"));
        to.extend(matches!(stay.living, Living::Home(..)).then_some("home_manager"));
        to.extend((carer != "parent" && !self.child.unaccompanied).then_some("parent"));
        let notice = self.entry("notification.sent", back.plus_minutes(14), carer);
        told.push(notice.with("to", json!(to)).with("about", "return").with("how", "telephone"));
        if plan.status == "missing" {
            let hours = if plan.corrected { 5 } else { self.chance.between(2, 15) };
            let seen = self.entry("prevention_interview.held", back.plus_minutes(60 * hours + 10), "police_officer");
            told.push(seen.note("Seen alone. Safe and well; knows whom to ring next time."));
        }
        self.interview(plan, back, &mut told);
        for entry in told.into_iter().filter(|e| e.at <= plan.until) {
            let recorded = entry.recorded.map_or(entry.at, |r| r.min(plan.until));
            record.add(entry.recorded(recorded));
        }
    }

    fn interview(&mut self, plan: &Plan, back: Moment, told: &mut Vec<Entry>) {
        if plan.interview == Interview::Forgotten {
            return;
        }
        let who = "return_interviewer";
        let allocated = self.entry("return_interview.allocated", back.plus_minutes(85), "missing_coordinator");
        told.push(allocated.with("to", who));
        let offered = self.by_day(back.plus_minutes(240));
        let how = self.pick(&[
            "In person, at the placement",
            "By telephone",
            "By text message, then a call",
            "Through the key worker",
        ]);
        told.push(self.entry("return_interview.offered", offered, who).with("how", how));
        let no = self.pick(&words::DECLINES);
        let answered = offered.plus_minutes(25);
        let declined = self.entry("return_interview.declined", answered, who).with("reason", no);
        match plan.interview {
            Interview::Offered | Interview::Forgotten => return,
            Interview::Declined => {
                told.push(declined.with("alternative_named", "school"));
                return;
            }
            Interview::Second => {
                told.push(declined);
                let again = self.by_day(answered.plus_minutes(14 * 60));
                let how = "Asked again through somebody the child trusts";
                told.push(self.entry("return_interview.offered", again, who).with("how", how));
                told.push(self.entry("return_interview.accepted", again.plus_minutes(20), who));
            }
            Interview::Held => told.push(self.entry("return_interview.accepted", answered, who)),
        }
        let later = self.chance.between(24, 32);
        let held = self.by_day(back.plus_minutes(60 * later)).max(answered.plus_minutes(90));
        let words = self.pick(&words::OWN_WORDS);
        let concerns = plan.high && self.chance.percent(60) || self.chance.percent(15);
        let interview = self.entry("return_interview.held", held, who).with("interviewer", who);
        told.push(interview.with("concerns", concerns).with("words", words));
        let (written, shared) = (held.plus_minutes(95), held.plus_minutes(110));
        told.push(self.entry("form.completed", written, who).with("form", "return_interview_record"));
        let with = json!(["social_worker", "police", "childrens_social_care", "missing_coordinator"]);
        told.push(self.entry("information.shared", shared, who).with("with", with).with("what", "return_interview"));
    }

    /// The same moment, or the next at which one would ring at a child's door.
    fn by_day(&self, at: Moment) -> Moment {
        let here = self.calendar().local(at);
        let midnight = self.calendar().start_of(here.date());
        match here.hour() {
            0..=8 => midnight.plus_minutes(9 * 60 + 40),
            9..=19 => at,
            _ => midnight.plus_minutes(1440 + 9 * 60 + 40),
        }
    }
}
