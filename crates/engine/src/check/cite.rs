//! R01, R02, R13: every rule cites, every citation exists, every provision is carried out.

use crate::coverage::coverage;
use crate::diagnostic::{Diagnostic, Place};
use crate::rulebook::{BlockKind, Cite, Exception, Rulebook};

pub(super) fn check(book: &Rulebook, found: &mut Vec<Diagnostic>) {
    let mut bare = |what: String, cites: &[Cite], place: &Place| {
        if cites.is_empty() {
            let help = "add `cite = [\"...\"]` with the ids of the provisions it carries out";
            found.push(Diagnostic::error("R01", place.clone(), format!("{what} cites no provision"), help));
        }
    };
    for rule in &book.rules {
        bare(format!("the rule `{}`", rule.id), &rule.cites, &rule.place);
        exceptions(&rule.exceptions, &mut bare);
    }
    let word = |refuses| if refuses { "refusal" } else { "warning" };
    book.verdicts.iter().for_each(|v| bare(format!("the {} `{}`", word(v.refuses), v.id), &v.cites, &v.place));
    book.holds.iter().for_each(|h| bare(format!("the fact rule `{}`", h.id), &h.cites, &h.place));
    book.permissions.iter().for_each(|p| bare(format!("the permission `{}`", p.id), &p.cites, &p.place));
    for table in &book.tables {
        let all: Vec<Cite> = table.cites.iter().chain(table.rows.iter().flat_map(|r| &r.cites)).cloned().collect();
        bare(format!("the table `{}`", table.id), &all, &table.place);
    }
    for block in book.blocks.iter().filter(|b| !matches!(b.kind(), BlockKind::TitlePage)) {
        let name = if block.id.is_empty() { String::new() } else { format!(" `{}`", block.id) };
        bare(format!("the {}{name}", block.kind().word()), &block.cites, &block.place);
    }
    for cite in book.cites() {
        if book.provision(&cite.id).is_none() {
            let known = book.provisions.iter().map(|p| p.id.as_str());
            let help = crate::words::did_you_mean_or(
                &cite.id,
                known,
                "cite an id of provisions.jsonl, or catalogue the provision there",
            );
            found.push(Diagnostic::error(
                "R02",
                cite.place.clone(),
                format!("the catalogue has no provision `{}`", cite.id),
                help,
            ));
        }
    }
    for line in coverage(book) {
        let help = if line.provision.is_executable() && !line.is_carried_out() {
            "cite it on a duty, exception, recipient, checklist, table row, refusal, warning or permission"
        } else if line.dispositions.is_empty() {
            "cite it where it is carried out, or set it aside with a reason"
        } else {
            continue;
        };
        let message = match (line.main(), line.provision.action.as_str()) {
            (Some(shown), _) => format!(
                "`{}` asks for something to be done ({}), and it is only {}",
                line.provision.id,
                line.provision.kind,
                shown.word()
            ),
            (None, "") => format!("nothing carries out `{}`", line.provision.id),
            (None, action) => format!("nothing carries out `{}`: {action}", line.provision.id),
        };
        found.push(Diagnostic::error("R13", line.provision.place.clone(), message, help));
    }
}

fn exceptions(list: &[Exception], bare: &mut impl FnMut(String, &[Cite], &Place)) {
    for exception in list {
        bare(format!("the exception `{}`", exception.id), &exception.cites, &exception.place);
        exceptions(&exception.exceptions, bare);
    }
}
