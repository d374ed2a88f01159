//! The authorities to choose from: where a child is placed out of the area, it is one without a protocol here.

use super::field::option;
use crate::words::Names;
use crate::{ChoiceOption, OptionGroup};
use engine::time::Moment;
use engine::vocabulary::Field;

/// The fact whose answers are providers with a procedure of their own, and no authorities.
const PROVIDER: &str = "placement.provider";

/// The answer that it is a procedure which is not here.
pub const ANOTHER_PROVIDER: &str = "another-provider";

/// The providers with a procedure here, and that it is another's.
pub fn providers(names: &Names<'_>, chosen: &[String]) -> Vec<OptionGroup> {
    let one = |id: &str| option(id, &names.area(id), "", chosen);
    let mut options: Vec<ChoiceOption> = names.providers().into_iter().map(one).collect();
    options.push(option(ANOTHER_PROVIDER, "Another provider, whose procedure is not here", "", chosen));
    let other = |id: &&String| !id.is_empty() && !options.iter().any(|option| option.value == **id);
    let others: Vec<ChoiceOption> = chosen.iter().filter(other).map(|id| one(id)).collect();
    options.extend(others);
    vec![OptionGroup { title: "Providers with a procedure here".into(), options, rest: false }]
}

/// May this be whose procedure a placement follows?
pub fn is_provider(names: &Names<'_>, word: &str) -> bool {
    word == ANOTHER_PROVIDER || names.providers().contains(&word)
}

/// What a field asks for that is answered by an area: an authority, or, of the provider of a placement, one that has a procedure of its own.
pub fn answers(names: &Names<'_>, field: &Field, now: Moment, chosen: &[String]) -> Vec<OptionGroup> {
    if field.id != PROVIDER {
        let mut groups = areas(names, now, chosen);
        groups.extend(ended(names, now, chosen));
        return groups;
    }
    providers(names, chosen)
}

/// The areas of which there is a rulebook, then every authority that there is at a moment, by nation, and whatever is filled in.
pub fn areas(names: &Names<'_>, now: Moment, chosen: &[String]) -> Vec<OptionGroup> {
    let today = names.vocabulary.calendar.date(now);
    let one = |id: &str, label: String| option(id, &label, "", chosen);
    let ids = names.areas();
    let title = "Areas with a protocol here".into();
    let options = ids.iter().map(|id| one(id, names.area(id))).collect();
    let mut groups = vec![OptionGroup { title, options, rest: false }];
    for authority in &names.vocabulary.authorities {
        let is_chosen = chosen.contains(&authority.id);
        let is_on = authority.is_on(today);
        if ids.contains(&authority.id.as_str()) || !is_on && !is_chosen {
            continue;
        }
        let option = one(&authority.id, authority.name.clone());
        match groups.iter_mut().find(|g| g.title == authority.nation) {
            Some(group) => group.options.push(option),
            None => groups.push(OptionGroup { title: authority.nation.clone(), options: vec![option], rest: false }),
        }
    }
    groups
}

/// The authorities that there are no more, with their last day: what was so before can be said of them.
fn ended(names: &Names<'_>, now: Moment, chosen: &[String]) -> Option<OptionGroup> {
    let today = names.vocabulary.calendar.date(now);
    let offered = |id: &String| names.areas().contains(&id.as_str()) || chosen.contains(id);
    let one = |authority: &engine::vocabulary::Authority| {
        let last = authority.until.filter(|until| *until <= today)?.yesterday().ok()?;
        let label = format!("{} (until {})", authority.name, last.strftime("%-d %B %Y"));
        (!offered(&authority.id)).then(|| option(&authority.id, &label, "", chosen))
    };
    let options: Vec<ChoiceOption> = names.vocabulary.authorities.iter().filter_map(one).collect();
    (!options.is_empty()).then(|| OptionGroup { title: "That there are no more".into(), options, rest: false })
}

/// The police forces to choose from, those of the areas with a rulebook first, then by nation. The value is an area of the force: the one that is
/// filled in, else the first.
pub fn forces(names: &Names<'_>, chosen: &[String]) -> Vec<OptionGroup> {
    let ids = names.areas();
    let mut groups = vec![OptionGroup { title: "Here".into(), options: Vec::new(), rest: false }];
    for force in &names.vocabulary.police_forces {
        let filled = force.areas.iter().find(|area| chosen.contains(area));
        let Some(value) = filled.or(force.areas.first()) else { continue };
        let option = option(value, &force.name, "", chosen);
        let here = force.areas.iter().any(|area| ids.contains(&area.as_str()));
        let title = if here { "Here" } else { force.nation.as_str() };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.options.push(option),
            None => groups.push(OptionGroup { title: title.into(), options: vec![option], rest: false }),
        }
    }
    let other = chosen.iter().filter(|id| !id.is_empty() && names.vocabulary.police_force(id).is_none());
    groups[0].options.extend(other.map(|id| option(id, &names.force(id), "", chosen)));
    groups.retain(|group| !group.options.is_empty());
    groups
}

/// Is it the area of a rulebook, or an authority?
pub fn is_area(names: &Names<'_>, word: &str) -> bool {
    names.vocabulary.authority(word).is_some() || names.areas().contains(&word)
}

/// May this answer a fact that is answered by an area?
pub fn is_answer(names: &Names<'_>, fact: &str, word: &str) -> bool {
    if fact == PROVIDER { is_provider(names, word) } else { is_area(names, word) }
}
