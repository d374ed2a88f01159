//! `rulebook show`: a rulebook, or one rule of it, in words.

use super::words::Words;
use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, line, styled};
use crate::session::named;
use engine::rulebook::{Library, Rule, Rulebook};
use serde_json::{Value, json};

pub fn run(library: &Library, id: &str, what: Option<&str>, format: Format) -> Outcome {
    let mut shown = Vec::new();
    for book in named(library, id)? {
        let words = Words { vocabulary: &library.vocabulary, book };
        let rules: Vec<&Rule> = book.rules.iter().filter(|r| what.is_none_or(|w| means(&words, r, w))).collect();
        match format {
            Format::Json => shown.extend(rules.iter().map(|r| one(&words, r))),
            Format::Text => text(&words, &rules, what),
        }
        if let Some(what) = what
            && rules.is_empty()
            && !tables(&words, what)
            && !others(book, what)
        {
            let known = book.rules.iter().map(|r| r.id.as_str()).chain(book.tables.iter().map(|t| t.id.as_str()));
            let help = engine::words::did_you_mean(what, known);
            return Err(Failure::Usage(format!(
                "{} has no rule, table, action or provision `{what}`; {help}",
                book.id
            )));
        }
    }
    if format == Format::Json {
        print::json(&Value::Array(shown));
    }
    Ok(())
}

fn means(words: &Words<'_>, rule: &Rule, what: &str) -> bool {
    rule.id == what
        || words.vocabulary.action_at(rule.action).id == what
        || rule.cites.iter().any(|c| c.id == what)
        || rule.checklist.iter().flat_map(|i| &i.cites).any(|c| c.id == what)
        || rule.recipients.iter().flat_map(|r| &r.cites).any(|c| c.id == what)
        || rule.exceptions.iter().any(|e| e.cites.iter().any(|c| c.id == what))
}

fn one(words: &Words<'_>, rule: &Rule) -> Value {
    let lines: Vec<Value> = words.rule(rule).iter().map(|(name, text)| json!([name, text])).collect();
    let cites: Vec<&str> = rule.cites.iter().map(|c| c.id.as_str()).collect();
    json!({ "rulebook": words.book.id, "edition": words.book.edition, "rule": rule.id, "label": words.label(rule), "provisions": cites, "words": lines })
}

fn text(words: &Words<'_>, rules: &[&Rule], what: Option<&str>) {
    let book = words.book;
    if what.is_none() {
        line(styled(BOLD, &format!("{} ({} {})", book.title, book.id, book.edition)));
        let applies = if book.applies.said.is_empty() { "always" } else { &book.applies.said };
        line(format!("  applies when {applies}"));
        if !book.running_episodes.is_empty() {
            line(format!("  {}", book.running_episodes));
        }
        for setting in &book.settings {
            line(format!("  local setting {} = {}: {}", setting.id, setting.default_text, setting.says));
        }
    }
    for rule in rules {
        line(String::new());
        line(format!("{}  {}", styled(BOLD, &words.label(rule)), styled(DIM, &rule.id)));
        for (name, text) in words.rule(rule) {
            item(name, &text);
        }
        item("cites", &rule.cites.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", "));
    }
}

fn item(name: &str, text: &str) {
    for (index, part) in print::wrap(text, print::width() - 14).iter().enumerate() {
        let name = if index == 0 { name } else { "" };
        line(format!("  {}  {part}", styled(DIM, &print::pad(name, 8))));
    }
}

fn tables(words: &Words<'_>, what: &str) -> bool {
    let cited =
        |t: &engine::rulebook::Table| t.cites.iter().chain(t.rows.iter().flat_map(|r| &r.cites)).any(|c| c.id == what);
    let found: Vec<_> = words.book.tables.iter().filter(|t| t.id == what || cited(t)).collect();
    for table in &found {
        line(format!("{}  {}", styled(BOLD, &table.says), styled(DIM, &table.id)));
        for row in &table.rows {
            item("if", &format!("{}: {}", row.when.said, words.outcome(row.then)));
        }
    }
    !found.is_empty()
}

/// Anything else that carries a provision out: refusals, permissions, texts.
fn others(book: &Rulebook, what: &str) -> bool {
    let found = std::cell::Cell::new(false);
    let say = |kind: String, id: &str, says: &str| {
        line(format!("{kind} {}  {says}", styled(BOLD, id)));
        found.set(true);
    };
    for v in book.verdicts.iter().filter(|v| v.id == what || v.cites.iter().any(|c| c.id == what)) {
        say(if v.refuses { "refusal".into() } else { "warning".into() }, &v.id, &v.says);
    }
    for p in book.permissions.iter().filter(|p| p.id == what || p.cites.iter().any(|c| c.id == what)) {
        say("permission".into(), &p.id, &p.says);
    }
    for b in book.blocks.iter().filter(|b| b.id == what || b.cites.iter().any(|c| c.id == what)) {
        say(b.kind().word().into(), &b.id, if b.says.is_empty() { &b.title } else { &b.says });
    }
    if let Some(p) = book.provision(what).filter(|_| !found.get()) {
        say("provision".into(), &p.id, &p.action);
    }
    found.get()
}
