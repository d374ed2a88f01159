//! Police forces, and the areas that each polices. In the record a force is one of its areas; people read the force.

use super::source;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;

/// A territorial police force.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PoliceForce {
    /// What people read: `West Yorkshire Police`.
    pub name: String,
    /// England, Wales, Scotland or Northern Ireland.
    pub nation: String,
    /// The areas that it polices, by their words; never empty. The first stands for it where somebody chooses one.
    pub areas: Vec<String>,
}

/// Reads the forces of a file.
pub(super) fn read(
    file: &SourceFile,
    list: &[source::PoliceForce],
    forces: &mut Vec<PoliceForce>,
    problems: &mut Vec<Diagnostic>,
) {
    for one in list {
        let twice = one.areas.get_ref().iter().find(|area| forces.iter().any(|known| known.areas.contains(area)));
        let wrong = match twice {
            Some(area) => Some((format!("`{area}` is policed by two forces"), "keep it with one of them")),
            None if one.areas.get_ref().is_empty() => {
                Some((format!("`{}` polices no area", one.name), "give at least one area"))
            }
            None => None,
        };
        if let Some((message, help)) = wrong {
            problems.push(Diagnostic::error("V01", file.place(one.areas.span()), message, help));
            continue;
        }
        let (name, nation, areas) = (one.name.clone(), one.nation.clone(), one.areas.get_ref().clone());
        forces.push(PoliceForce { name, nation, areas });
    }
}
