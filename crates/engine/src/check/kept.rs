//! Registers and panels name duties and registers of their own rulebook.

use crate::diagnostic::Diagnostic;
use crate::rulebook::{BlockKind, Content, RuleScope, Rulebook};
use crate::words::did_you_mean_or;

pub(super) fn check(book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for block in &book.blocks {
        let mut unknown = |kind: &str, word: &str, known: &mut dyn Iterator<Item = &str>| {
            let help = did_you_mean_or(word, known, "name one of this rulebook");
            found.push(Diagnostic::error("R03", block.place.clone(), format!("unknown {kind} `{word}`"), help));
        };
        let mut duty = |word: &str, of_area: bool| match book.rule(word) {
            Some((_, rule)) if (rule.scope == RuleScope::Area) == of_area => {}
            _ => {
                let fits = |rule: &&crate::rulebook::Rule| (rule.scope == RuleScope::Area) == of_area;
                let kind = if of_area { "duty of the area" } else { "duty about a child" };
                unknown(kind, word, &mut book.rules.iter().filter(fits).map(|rule| rule.id.as_str()));
            }
        };
        match &block.content {
            Content::Register(register) => register.duties.iter().for_each(|one| duty(one, false)),
            Content::Panel(panel) => {
                panel.meets.iter().for_each(|one| duty(one, true));
                panel.agenda.iter().filter_map(|item| item.duty.as_ref()).for_each(|one| duty(one, false));
                let registers = || book.blocks.iter().filter(|one| one.kind() == BlockKind::Register);
                let named = panel.papers.iter().chain(panel.agenda.iter().filter_map(|item| item.register.as_ref()));
                for word in named.filter(|word| !registers().any(|one| one.id == **word)) {
                    unknown("register", word, &mut registers().map(|one| one.id.as_str()));
                }
            }
            _ => {}
        }
    }
}
