//! The whole record of one child: what is known, what happened, and who works with the child.

use crate::chance::Chance;
use crate::child::{Child, Making};
use crate::diligence::{Diligence, Told};
use crate::directory::Directory;
use crate::plan::Plan;
use crate::record::Record;
use crate::stays::Living;
use crate::telling::Teller;
use crate::{CountyChild, facts, past, present};
use engine::evaluate::Evaluator;
use engine::rulebook::Library;

/// Tells a child's record. `None` only if what is known of the child is no case file, which a test rules out.
pub(crate) fn story(
    child: &Child,
    making: &Making<'_>,
    evaluator: &Evaluator<'_>,
    library: &Library,
    mut chance: Chance,
) -> Option<CountyChild> {
    let Making { wanted, calendar, directory, .. } = *making;
    let mut plans = past::episodes(child, wanted.years, wanted.now, calendar, &mut chance);
    plans.extend(child.situation.map(|s| present::episode(s, wanted.now, &mut chance)));
    let known = facts::known(child, wanted, directory, calendar, &mut chance);
    let mut record = Record::begin(&library.vocabulary, known)?;
    let seed = chance.draw();
    let mut teller = Teller { child, directory, vocabulary: &library.vocabulary, chance };
    let told: Vec<Told<'_>> =
        plans.iter().map(|plan| Told { start: teller.episode(plan, &mut record), plan }).collect();
    let (vocabulary, now) = (&library.vocabulary, wanted.now);
    Diligence { evaluator, vocabulary, teller: &mut teller, told: &told, now, seed }.keep_up(&mut record);
    Some(CountyChild {
        id: child.id.clone(),
        name: child.name.full(),
        case: record.finish(),
        agencies: agencies(child, &plans, directory),
        photo_seed: seed,
    })
}

/// The agencies that work with a child.
fn agencies(child: &Child, plans: &[Plan], directory: &Directory) -> Vec<String> {
    let services = &directory.services;
    let mut agencies = vec![&services.emergency_duty, &services.missing];
    match child.now_living() {
        Living::Home(number, _) => agencies.push(&directory.homes[number].agency),
        Living::Foster(number) => agencies.extend(&directory.households[number].agency),
        Living::Family | Living::Kinship | Living::Farther => {}
    }
    agencies.extend(child.team.map(|team| &directory.teams[team].agency));
    agencies.extend((!child.looked_after()).then_some(&services.mash));
    let reviewed = (child.looked_after() || child.protection_plan) && child.from_elsewhere.is_none();
    agencies.extend(reviewed.then_some(&services.reviewing));
    agencies.extend(child.open_to_social_care.then_some(&services.leadership));
    if !plans.is_empty() {
        agencies.extend([&services.police, &services.partnership]);
    }
    agencies.into_iter().cloned().collect()
}
