//! The authorities to choose from: where a child is placed out of the area, it is one without a protocol here.

use crate::words::Names;
use crate::{ChoiceOption, OptionGroup};
use engine::time::Moment;

/// The areas of which there is a rulebook, then every authority that there is at a moment, by nation, and whatever is filled in. Without a
/// moment, those of which no end is known.
pub fn areas(names: &Names<'_>, now: Option<Moment>, chosen: &[String]) -> Vec<OptionGroup> {
    let today = now.map(|now| names.vocabulary.calendar.date(now));
    let one = |id: &str, label: String| ChoiceOption {
        value: id.into(),
        label,
        chosen: chosen.iter().any(|c| c == id),
        ..ChoiceOption::default()
    };
    let ids = names.areas();
    let title = "Areas with a protocol here".into();
    let options = ids.iter().map(|id| one(id, names.area(id))).collect();
    let mut groups = vec![OptionGroup { title, options, rest: false }];
    for authority in &names.vocabulary.authorities {
        let is_chosen = chosen.contains(&authority.id);
        let is_on = today.map_or(authority.until.is_none(), |day| authority.is_on(day));
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
