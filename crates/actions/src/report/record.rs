//! What the record already says, to help whoever reports: where the child was found before, whom to ring, what makes them vulnerable.

use casebook::command::labels;
use casebook::particulars;
use engine::value::Value;
use views::making::{areas, looks, places, to_ring, to_say, vulnerabilities};
use views::words::Names;
use views::{Lens, OptionGroup, Record, ToRing};

/// What the record says of a child, as far as a report needs it.
pub(super) struct OnRecord {
    /// The first name, for questions.
    pub first: String,
    /// Places where the child was found, seen or returned to.
    pub places: Vec<String>,
    /// People around the child, role by role, with a number to ring.
    pub people: Vec<ToRing>,
    /// What makes the child vulnerable.
    pub vulnerable: Vec<String>,
    /// How the child looks: label and value.
    pub looks: Vec<(String, String)>,
    /// How the child looks, and whatever else is kept of the child: label and value.
    pub description: Vec<(String, String)>,
    /// The areas to choose from, while nobody has recorded whose child it is or where the child lives; else none.
    pub areas: Vec<OptionGroup>,
}

impl OnRecord {
    pub fn of(lens: &Lens<'_>, seen: &Record, names: &Names<'_>) -> OnRecord {
        let child = engine::words::sym("child");
        let own = seen.file.people.iter().filter(|p| p.role == Some(child));
        // How the child looks, and no number or school: what is said where somebody looks for the child.
        let said = |key: &str| particulars::all().iter().find(|one| one.id == key).is_none_or(|one| one.say);
        let description = own.flat_map(|p| &p.facts).filter(|(key, _)| said(key));
        let description: Vec<_> = description.map(|(key, value)| (labels::written(key), value.clone())).collect();
        OnRecord {
            first: seen.name.split_whitespace().next().unwrap_or("the child").to_string(),
            places: places(lens, seen, true).into_iter().map(|(place, _)| place).take(5).collect(),
            people: to_ring(lens, seen, names),
            vulnerable: vulnerabilities(lens, seen, names),
            looks: description.iter().cloned().chain(looks(seen)).collect(),
            description: description.into_iter().chain(to_say(seen)).collect(),
            areas: if is_known(lens, seen) { Vec::new() } else { areas(names, lens.now, &[]) },
        }
    }

    /// Takes in the places that are kept of the child, before those that entries tell of.
    pub fn know(&mut self, places: Vec<String>) {
        let mut all = places;
        all.extend(std::mem::take(&mut self.places).into_iter().filter(|place| !place.trim().is_empty()));
        let mut known: Vec<String> = Vec::new();
        for place in all {
            let is = |known: &String| known.to_lowercase().contains(&place.to_lowercase());
            if !known.iter().any(is) {
                known.push(place);
            }
        }
        self.places = known;
    }
}

/// Is it on record whose child it is, or where the child lives?
fn is_known(lens: &Lens<'_>, seen: &Record) -> bool {
    let areas = lens.rules.vocabulary().known.areas;
    let known = |fact| seen.case.facts.at(fact, lens.now).is_some_and(|change| change.value != Value::Unknown);
    areas.is_some_and(|areas| known(areas.responsible) || known(areas.host))
}
