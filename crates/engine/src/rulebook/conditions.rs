//! Every condition of a rulebook, wherever it stands.

use super::{Exception, Item, Recipient, Rulebook, Term, Trigger};
use crate::condition::Condition;
use crate::ids::TermId;

impl Rulebook {
    /// Calls `see` for every condition: of the rulebook, its tables, permissions and verdicts, and of rules with their exceptions,
    /// recipients and checklists.
    pub fn each_condition(&self, see: &mut impl FnMut(&Condition)) {
        see(&self.applies);
        see(&self.concerns);
        self.holds.iter().for_each(|h| see(&h.state));
        self.tables.iter().flat_map(|t| &t.rows).for_each(|r| see(&r.when));
        self.permissions.iter().for_each(|p| see(&p.when));
        for verdict in &self.verdicts {
            see(&verdict.filter);
            verdict.events.iter().for_each(|m| see(&m.when));
        }
        for rule in &self.rules {
            match &rule.trigger {
                Trigger::On { events, .. } => events.iter().for_each(|m| see(&m.when)),
                Trigger::While { state, .. } => see(state),
            }
            [&rule.concerns, &rule.filter, &rule.when].into_iter().chain(&rule.until).for_each(&mut *see);
            rule.met_by.iter().flatten().for_each(|m| see(&m.when));
            rule.parties.iter().for_each(|p| see(&p.when));
            lines(&rule.recipients, &rule.checklist, see);
            each_exception(&rule.exceptions, &mut |e| {
                see(&e.when);
                lines(&e.recipients, &e.checklist, see);
            });
        }
    }
}

impl Rulebook {
    /// The conditions that it names.
    pub fn terms(&self) -> impl Iterator<Item = (TermId, &Term)> {
        self.terms.iter().enumerate().map(|(index, term)| (TermId::at(index), term))
    }

    /// Does any condition use the term, by itself or inside another that is used?
    pub fn uses_term(&self, term: TermId) -> bool {
        let mut used = false;
        self.each_condition(&mut |condition| used |= condition.terms.contains(&term));
        used
    }
}

fn lines(recipients: &[Recipient], checklist: &[Item], see: &mut impl FnMut(&Condition)) {
    recipients.iter().for_each(|r| see(&r.when));
    for item in checklist {
        see(&item.when);
        item.met_by.iter().for_each(|m| see(&m.when));
    }
}

/// Calls `see` for every exception, and for the exceptions of exceptions.
pub(crate) fn each_exception(list: &[Exception], see: &mut impl FnMut(&Exception)) {
    for exception in list {
        see(exception);
        each_exception(&exception.exceptions, see);
    }
}
