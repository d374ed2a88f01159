//! What the viewer may do, though nobody asks it of them: the permissions of the rulebooks that apply, where what they hang on is so or may
//! be so.

use super::Hand;
use crate::Offer;
use crate::making::protocol::cited;
use casebook::command;
use engine::ids::{BookNo, EpisodeNo};
use engine::rulebook::Permission;
use engine::value::Truth;

impl Hand<'_> {
    /// In an episode or outside; of one act alone, or of all.
    pub fn offers(&self, episode: Option<EpisodeNo>, action: Option<&str>) -> Vec<Offer> {
        let evaluator = &self.lens.rules.evaluator;
        let (case, now) = (&self.record.case, self.lens.now);
        let vocabulary = self.names.vocabulary;
        let mut found: Vec<Offer> = Vec::new();
        for index in (0..evaluator.len()).map(BookNo::at) {
            let book = evaluator.book(index);
            if !self.names.books().iter().any(|known| std::ptr::eq(*known, book)) {
                continue;
            }
            for one in &book.permissions {
                let named = one.action.map(|a| vocabulary.action_at(a).id.as_str());
                let here = action.is_none() || named == action;
                let mine = one.who.iter().any(|role| self.lens.may_see_to(Some(role)));
                if !here || !mine || evaluator.holds(index, &one.when, case, episode, now) == Truth::False {
                    continue;
                }
                let offer = Offer { cited: cited(book, &one.cites), ..self.offer(one) };
                if !found.iter().any(|known| known.says == offer.says) {
                    found.push(offer);
                }
            }
        }
        found
    }

    fn offer(&self, permission: &Permission) -> Offer {
        let vocabulary = self.names.vocabulary;
        let says = permission.says.clone();
        let Some(action) = permission.action else { return Offer { says, ..Offer::default() } };
        let id = &vocabulary.action_at(action).id;
        let event = command::acting(vocabulary, action).event;
        Offer {
            title: self.names.action(id),
            says,
            event: vocabulary.event_at(event).id.clone(),
            act: id.clone(),
            ..Offer::default()
        }
    }
}
