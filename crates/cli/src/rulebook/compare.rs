//! `rulebook compare`: what each rulebook says of one action, side by side.

use super::words::Words;
use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, line, pad, styled, wrap};
use engine::rulebook::{Library, Rule, Rulebook};
use serde_json::{Value, json};

pub fn run(library: &Library, action: &str, format: Format) -> Outcome {
    let v = &library.vocabulary;
    let Some(id) = v.action(action) else {
        let help = engine::words::did_you_mean(action, v.actions.iter().map(|a| a.id.as_str()));
        return Err(Failure::Usage(format!("unknown action `{action}`; {help}")));
    };
    let of = |book: &'_ Rulebook| book.rules.iter().filter(|r| r.action == id).cloned().collect::<Vec<Rule>>();
    if format == Format::Json {
        let one = |book: &Rulebook| {
            let words = Words { vocabulary: v, book };
            let rules: Vec<Value> = of(book)
                .iter()
                .map(|r| json!({ "rule": r.id, "owner": words.owner(r.owner), "limit": words.how_often(r), "words": words.rule(r) }))
                .collect();
            json!({ "rulebook": book.id, "edition": book.edition, "name": book.local_name(action), "rules": rules })
        };
        print::json(&Value::Array(library.rulebooks.iter().map(one).collect()));
        return Ok(());
    }
    line(format!("{}  {}", styled(BOLD, action), v.action_at(id).doc));
    for book in &library.rulebooks {
        let words = Words { vocabulary: v, book };
        let name = book.local_name(action).map(|n| format!(" (\"{n}\")")).unwrap_or_default();
        line(String::new());
        line(styled(BOLD, &format!("{} {}{name}", book.id, book.edition)));
        let rules = of(book);
        if rules.is_empty() {
            line(styled(DIM, "  says nothing of it"));
        }
        for rule in &rules {
            print_rule(&words, rule);
        }
    }
    Ok(())
}

fn print_rule(words: &Words<'_>, rule: &Rule) {
    let cites = rule.cites.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", ");
    let mut rows = vec![("", format!("{} [{}]", words.label(rule), rule.id))];
    rows.extend(words.rule(rule).into_iter().filter(|(name, _)| *name != "with it"));
    rows.push(("cites", cites));
    for (name, text) in rows {
        for (index, part) in wrap(&text, print::width() - 14).iter().enumerate() {
            line(format!("  {}  {part}", styled(DIM, &pad(if index == 0 { name } else { "" }, 8))));
        }
    }
}
