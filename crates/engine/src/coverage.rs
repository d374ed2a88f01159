//! Coverage: what carries out each provision of a rulebook. Computed from citations, never claimed.

use crate::rulebook::{BlockKind, Cite, Exception, Limit, Owner, Provision, Rulebook};
use std::collections::HashMap;

/// How a provision is carried out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Disposition {
    /// A duty, exception, recipient, checklist item, table, refusal, warning or conflict.
    Executed,
    /// Somebody may do something.
    Permission,
    /// A form or register.
    Recorded,
    /// A statistic.
    Reported,
    /// A text, contact, legal power or definition on a page.
    Shown,
    /// Nothing carries it out, with a reason.
    SetAside,
    /// Waits for a part of the product that does not exist yet.
    Pending,
}

impl Disposition {
    /// All of them, in order.
    pub const ALL: [Disposition; 7] = [
        Disposition::Executed,
        Disposition::Permission,
        Disposition::Recorded,
        Disposition::Reported,
        Disposition::Shown,
        Disposition::SetAside,
        Disposition::Pending,
    ];
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Disposition::Executed => "executed",
            Disposition::Permission => "permission",
            Disposition::Recorded => "recorded",
            Disposition::Reported => "reported",
            Disposition::Shown => "shown",
            Disposition::SetAside => "set aside",
            Disposition::Pending => "pending",
        }
    }
}

/// A provision with everything that cites it.
#[derive(Clone, Debug)]
pub struct CoverageLine<'a> {
    /// The provision.
    pub provision: &'a Provision,
    /// Its dispositions, the weightiest first.
    pub dispositions: Vec<Disposition>,
    /// What cites it: ids of rules, tables, forms, texts.
    pub by: Vec<String>,
}

impl CoverageLine<'_> {
    /// Executed, or a permission where the provision only allows something: a permission carries no *must*.
    pub fn is_carried_out(&self) -> bool {
        let must = self.provision.modality == "must";
        let carries = |d: &Disposition| *d == Disposition::Executed || *d == Disposition::Permission && !must;
        self.dispositions.iter().any(carries)
    }
    /// The weightiest disposition.
    pub fn main(&self) -> Option<Disposition> {
        self.dispositions.first().copied()
    }
}

/// Every provision of a rulebook and what carries it out.
pub fn coverage(book: &Rulebook) -> Vec<CoverageLine<'_>> {
    let mut found: HashMap<&str, Vec<(Disposition, &str)>> = HashMap::new();
    for (cite, disposition, by) in book.cited() {
        found.entry(&cite.id).or_default().push((disposition, by));
    }
    book.provisions
        .iter()
        .map(|provision| {
            let cited = found.remove(provision.id.as_str()).unwrap_or_default();
            let mut dispositions: Vec<Disposition> = cited.iter().map(|(d, _)| *d).collect();
            dispositions.sort_unstable();
            dispositions.dedup();
            let mut by: Vec<String> = cited.into_iter().map(|(_, by)| by.to_string()).collect();
            by.dedup();
            CoverageLine { provision, dispositions, by }
        })
        .collect()
}

impl Rulebook {
    /// Every citation in the rulebook.
    pub fn cites(&self) -> Vec<&Cite> {
        self.cited().into_iter().map(|(cite, _, _)| cite).collect()
    }

    /// Every citation, what it does for the provision, and the id of what cites.
    pub fn cited(&self) -> Vec<(&Cite, Disposition, &str)> {
        let mut found: Vec<(&Cite, Disposition, &str)> = Vec::new();
        for rule in &self.rules {
            found.extend(rule.cites.iter().map(|c| (c, Disposition::Executed, rule.id.as_str())));
            found.extend(
                rule.recipients.iter().flat_map(|r| &r.cites).map(|c| (c, Disposition::Executed, rule.id.as_str())),
            );
            found.extend(
                rule.checklist.iter().flat_map(|i| &i.cites).map(|c| (c, Disposition::Executed, rule.id.as_str())),
            );
            found.extend(
                rule.parties.iter().flat_map(|p| &p.cites).map(|c| (c, Disposition::Executed, rule.id.as_str())),
            );
            in_exceptions(&rule.exceptions, &rule.id, &mut found);
        }
        for (index, table) in self.tables.iter().enumerate() {
            // A table that no rule uses carries nothing out.
            if self.uses_table(index) {
                let all = table.cites.iter().chain(table.rows.iter().flat_map(|r| &r.cites));
                found.extend(all.map(|c| (c, Disposition::Executed, table.id.as_str())));
            }
        }
        for setting in &self.settings {
            found.extend(setting.cites.iter().map(|c| (c, Disposition::Executed, setting.id.as_str())));
        }
        for (_, term) in self.terms().filter(|(id, _)| self.uses_term(*id)) {
            found.extend(term.cites.iter().map(|c| (c, Disposition::Executed, term.id.as_str())));
        }
        for hold in &self.holds {
            found.extend(hold.cites.iter().map(|c| (c, Disposition::Executed, hold.id.as_str())));
        }
        for verdict in &self.verdicts {
            found.extend(verdict.cites.iter().map(|c| (c, Disposition::Executed, verdict.id.as_str())));
        }
        for permission in &self.permissions {
            found.extend(permission.cites.iter().map(|c| (c, Disposition::Permission, permission.id.as_str())));
        }
        for block in &self.blocks {
            let disposition = match block.kind() {
                BlockKind::Form | BlockKind::Register | BlockKind::Panel => Disposition::Recorded,
                BlockKind::Contact
                | BlockKind::Power
                | BlockKind::Definition
                | BlockKind::Guidance
                | BlockKind::TitlePage => Disposition::Shown,
                BlockKind::Statistic => Disposition::Reported,
                BlockKind::SetAside => Disposition::SetAside,
                BlockKind::Pending => Disposition::Pending,
            };
            found.extend(block.cites.iter().map(|c| (c, disposition, block.id.as_str())));
        }
        found
    }

    /// Does any rule use the table?
    pub fn uses_table(&self, index: usize) -> bool {
        self.rules.iter().any(|rule| {
            let limits = rule.due.iter().chain(rule.exceptions.iter().flat_map(all_limits));
            let owners = std::iter::once(&rule.owner).chain(rule.exceptions.iter().flat_map(all_owners));
            limits.into_iter().any(|l| limit_uses(l, index)) || owners.into_iter().any(|o| *o == Owner::Table(index))
        })
    }
}

fn in_exceptions<'a>(list: &'a [Exception], rule: &'a str, found: &mut Vec<(&'a Cite, Disposition, &'a str)>) {
    for exception in list {
        let cites = exception.cites.iter();
        let cites = cites.chain(exception.recipients.iter().flat_map(|r| &r.cites));
        let cites = cites.chain(exception.checklist.iter().flat_map(|i| &i.cites));
        found.extend(cites.map(|c| (c, Disposition::Executed, rule)));
        in_exceptions(&exception.exceptions, rule, found);
    }
}

fn all_limits(exception: &Exception) -> Vec<&Limit> {
    let inner = exception.exceptions.iter().flat_map(all_limits);
    exception.due.iter().chain(inner).collect()
}

fn all_owners(exception: &Exception) -> Vec<&Owner> {
    let inner = exception.exceptions.iter().flat_map(all_owners);
    exception.owner.iter().chain(inner).collect()
}

fn limit_uses(limit: &Limit, index: usize) -> bool {
    match limit {
        Limit::Table(table, _) => *table == index,
        Limit::By(_, Some(otherwise)) => limit_uses(otherwise, index),
        _ => false,
    }
}
