//! The authorities to choose from: where a child is placed out of the area, it is one without a protocol here.

use super::field::option;
use crate::words::Names;
use crate::{ChoiceOption, OptionGroup};
use engine::time::Moment;
use engine::vocabulary::Field;

/// The fact whose answers are providers with a procedure of their own, and no authorities.
const PROVIDER: &str = "placement.provider";

/// What a field asks for that is answered by an area: an authority, or, of the provider of a placement, one that has a procedure of its own.
pub fn answers(names: &Names<'_>, field: &Field, now: Moment, chosen: &[String]) -> Vec<OptionGroup> {
    if field.id != PROVIDER {
        return areas(names, now, chosen);
    }
    let one = |id: &str| option(id, &names.area(id), "", chosen);
    let mut options: Vec<ChoiceOption> = names.providers().into_iter().map(one).collect();
    let other = |id: &&String| !id.is_empty() && !options.iter().any(|option| option.value == **id);
    let others: Vec<ChoiceOption> = chosen.iter().filter(other).map(|id| one(id)).collect();
    options.extend(others);
    vec![OptionGroup { title: "Providers with a procedure here".into(), options, rest: false }]
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

/// Is it the area of a rulebook, or an authority?
pub fn is_area(names: &Names<'_>, word: &str) -> bool {
    names.vocabulary.authority(word).is_some() || names.areas().contains(&word)
}

/// May this answer a fact that is answered by an area?
pub fn is_answer(names: &Names<'_>, fact: &str, word: &str) -> bool {
    if fact == PROVIDER { names.providers().contains(&word) } else { is_area(names, word) }
}
