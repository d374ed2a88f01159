//! Tells an episode: the entries that people would make of it, from the empty chair to the return. What comes after the return is in
//! `afterwards`; what a rulebook asks beyond it is done in `diligence`.

use crate::chance::Chance;
use crate::child::Child;
use crate::directory::Directory;
use crate::entry::Entry;
use crate::places::haunt;
use crate::plan::Plan;
use crate::record::{Key, Record};
use crate::stays::Living;
use crate::words;
use engine::calendar::Calendar;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use serde_json::json;

/// What telling needs.
pub(crate) struct Teller<'t> {
    pub child: &'t Child,
    pub directory: &'t Directory,
    pub vocabulary: &'t Vocabulary,
    pub chance: Chance,
}

impl Teller<'_> {
    pub fn calendar(&self) -> &Calendar {
        &self.vocabulary.calendar
    }

    /// The name of whoever does something in a role, at a moment; none where no one person does it.
    pub fn name(&self, role: &str, at: Moment) -> Option<String> {
        let stay = self.child.stay(at);
        let home = if let Living::Home(number, _) = stay.living { self.directory.homes.get(number) } else { None };
        let team = self.child.team.map(|number| &self.directory.teams[number]);
        match (role, home, team) {
            ("parent" | "parental_responsibility_holder" | "family", ..) if !self.child.unaccompanied => {
                Some(self.child.parent.clone())
            }
            // One of them is on shift.
            ("home_staff" | "carer", Some(home), _) => {
                let shift = (at.minute() / 720) as usize;
                Some(home.staff[shift % home.staff.len()].clone())
            }
            ("home_manager" | "registered_person" | "placement_provider", Some(home), _) => Some(home.manager.clone()),
            ("carer" | "foster_carer", None, _) if stay.carer.is_some() => stay.carer.clone(),
            ("social_worker" | "allocated_worker" | "responsible_authority_social_worker", ..) => {
                Some(self.child.worker.clone())
            }
            ("team_manager" | "practitioner_manager" | "strategy_meeting_chair", _, Some(team)) => {
                Some(team.manager.clone())
            }
            _ => {
                let role = self.vocabulary.role(role)?;
                matches!(role.kind.as_str(), "person" | "team").then(|| self.directory.post(&role.id))
            }
        }
    }

    /// An entry by somebody in a role, written down a few minutes later.
    pub fn entry(&mut self, event: &str, at: Moment, role: &str) -> Entry {
        let name = self.name(role, at);
        let entry = Entry::new(event, at).by(role, name);
        let recorded = entry.at.plus_minutes(self.chance.between(1, 9));
        entry.recorded(recorded)
    }

    pub fn pick(&mut self, list: &[&'static str]) -> &'static str {
        self.chance.pick(list)
    }

    /// Tells an episode from its beginning to its return. Gives the entry that starts it.
    pub fn episode(&mut self, plan: &Plan, record: &mut Record<'_>) -> Key {
        let carer = self.child.stay(plan.noticed).living.carer();
        let at_home = carer == "parent";
        let hour = self.calendar().local(plan.expected).hour();
        let circumstances = words::circumstances(hour, at_home, &mut self.chance);
        let last_seen = plan.expected.plus_minutes(-self.chance.between(40, 260));
        let stamp = |m: Moment| self.calendar().stamp(m);
        let (expected, seen) = (stamp(plan.expected), stamp(last_seen));
        let place = haunt(&mut self.chance);
        let mut noticed = self
            .entry("absence.noticed", plan.noticed, carer)
            .with("status", plan.status)
            .with("expected_at", expected)
            .with("last_seen_at", seen)
            .with("last_seen_where", format!("Near {place}"));
        if plan.status == "away" {
            noticed = noticed.with("whereabouts", "At a friend's, with the friend's mother, who rang").with(
                "circumstances",
                "Was to be back and rang to say that they would stay over. Was asked to come back and would not.",
            );
        } else {
            noticed = noticed.with("circumstances", circumstances);
        }
        // The entry that starts it is told in any case.
        let recorded = noticed.recorded.map_or(plan.noticed, |r| r.min(plan.until));
        let start = record.add(noticed.recorded(recorded));
        self.first_hour(plan, carer, record);
        self.response(plan, record);
        self.way_back(plan, record);
        start
    }

    /// What the carer does: look, ask, weigh, report, tell.
    fn first_hour(&mut self, plan: &Plan, carer: &str, record: &mut Record<'_>) {
        let at = |minutes: i64| plan.noticed.plus_minutes(minutes);
        let at_home = carer == "parent";
        let place = words::searched(at_home, &mut self.chance);
        let (of, with) = if at_home { ("family", "family") } else { ("parent", "family") };
        let result = self.pick(&words::ENQUIRIES);
        let again = self.pick(&words::ENQUIRIES);
        let report = at(plan.reported_after);
        let mut told = Vec::new();
        if plan.status == "away" {
            let result = "The friend's mother: is there, has eaten, is asleep on the sofa. Will bring them back.";
            told.push(self.entry("enquiry.made", at(5), carer).with("of", "family").with("result", result));
        } else {
            told.push(self.entry("enquiry.made", at(5), carer).with("of", of).with("result", result));
            told.push(self.entry("search.made", at(12), carer).with("where", place).with("result", "Not found"));
            if again != result {
                told.push(self.entry("enquiry.made", at(19), carer).with("of", with).with("result", again));
            }
        }
        let significant = plan.high || plan.status == "missing" && self.chance.percent(40);
        told.push(
            self.entry("risk.assessed", at(23), carer)
                .with("level", plan.risk(at(23)))
                .with("significant", significant),
        );
        if plan.status == "missing" {
            let number =
                format!("LM-{}-{:03}", &self.calendar().stamp(report)[2..10].replace('-', ""), self.chance.below(1000));
            let route = if plan.high { "999" } else { "101" };
            let reported = self.entry("police.reported", report, carer);
            told.push(reported.with("as", "missing").with("route", route).with("incident_number", number));
        }
        let told_to = self.circle(at_home, report);
        let how = self.pick(&words::BY_TELEPHONE);
        let notice = self.entry("notification.sent", report.plus_minutes(6), carer);
        told.push(notice.with("to", json!(told_to)).with("about", "missing").with("how", how));
        tell(told, plan, record);
    }

    /// Who hears from the carer at once.
    fn circle(&self, at_home: bool, at: Moment) -> Vec<&'static str> {
        let mut circle = Vec::new();
        let here = self.calendar().local(at);
        let office = self.calendar().is_working_day(here.date()) && (9..17).contains(&here.hour());
        match (self.child.from_elsewhere.is_some(), self.child.open_to_social_care, office) {
            (true, ..) => circle.extend(["responsible_authority_social_worker", "emergency_duty_team"]),
            (false, true, true) => circle.push("social_worker"),
            (false, true, false) => circle.extend(["emergency_duty_team", "social_worker"]),
            (false, false, _) => {}
        }
        if matches!(self.child.stay(at).living, Living::Home(..)) {
            circle.push("home_manager");
        }
        if !at_home && !self.child.unaccompanied {
            circle.push("parent");
        }
        if circle.is_empty() {
            circle.push("family");
        }
        circle
    }

    /// What the police and social care do.
    fn response(&mut self, plan: &Plan, record: &mut Record<'_>) {
        if plan.status != "missing" {
            return;
        }
        let report = plan.noticed.plus_minutes(plan.reported_after);
        let at = |minutes: i64| report.plus_minutes(minutes);
        let room = "police_control_room";
        let mut told = vec![
            self.entry("police.classified", at(9), room).with("category", "missing"),
            self.entry("risk.graded", at(21), room).with("level", plan.risk(at(21))),
        ];
        let team = if self.child.open_to_social_care { "missing_coordinator" } else { "mash" };
        let rating = if plan.high { "red" } else { "amber" };
        let receives = if team == "mash" { "mash_decision_maker" } else { team };
        let received = self.entry("notification.received", at(38), receives);
        told.push(received.with("at_team", team).with("triage_rating", rating));
        let attends = self.chance.between(50, 110);
        told.push(
            self.entry("police.attended", at(attends), "police_officer")
                .note("Spoke with those at home; photograph and description taken."),
        );
        if plan.hours() >= 5 {
            let seen = self.chance.between(150, 260);
            told.push(self.sighting(plan, at(seen)));
        }
        if let Some(raised) = plan.raised {
            let text = self.pick(&words::RAISES_RISK);
            let news = self.entry("information.received", raised.plus_minutes(-20), "police_missing_unit");
            told.push(news.with("from", "police").with("kind", "changes_risk").with("text", text));
            told.push(self.entry("risk.graded", raised, "police_missing_unit").with("level", "high"));
        }
        tell(told, plan, record);
    }

    fn sighting(&mut self, plan: &Plan, at: Moment) -> Entry {
        let text = self.pick(&words::SIGHTINGS);
        let entry = self.entry("information.received", at, self.child.stay(at).living.carer());
        let entry = entry.with("from", "family").with("kind", "sighting").with("text", text);
        if plan.late_entry {
            let later = at.plus_minutes(170).min(plan.until);
            return entry.recorded(later).note("Written down when the shift was handed over.");
        }
        entry
    }
}

/// Adds what happened up to the moment to which the plan is told, and before the return.
fn tell(entries: Vec<Entry>, plan: &Plan, record: &mut Record<'_>) {
    for entry in entries {
        if entry.at <= plan.until && plan.back.is_none_or(|back| entry.at < back) {
            let recorded = entry.recorded.map_or(entry.at, |r| r.min(plan.until));
            record.add(entry.recorded(recorded));
        }
    }
}
