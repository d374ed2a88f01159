//! The coverage page: one HTML file on which a partnership board sees every provision of its protocol, what carries it out,
//! the rule in words, and its scenarios. It needs no other file, no network and no script; it prints well.

use super::words::Words;
use casebook::scenario::{self, Scenario};
use engine::coverage::{CoverageLine, Disposition, coverage};
use engine::rulebook::{Library, Rulebook};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const STYLE: &str = "body{font:17px/1.45 system-ui,sans-serif;margin:0 auto;max-width:68rem;padding:1rem;color:#0b0c0c;background:#fff}
h1{font-size:2rem;margin:.5rem 0}h2{margin-top:2.5rem;border-top:3px solid #1d70b8;padding-top:.5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid #b1b4b6}
td.n{text-align:right;font-variant-numeric:tabular-nums}tr:target{background:#fff7bf}
.tag{display:inline-block;padding:0 .5rem;font-weight:600;font-size:.9rem;border-radius:2px;background:#eee}
.executed,.permission{background:#cce2d8;color:#005a30}.recorded,.shown,.reported{background:#d2e2f1;color:#144e81}
.set-aside{background:#eeefef;color:#383f43}.pending{background:#fff7bf;color:#594d00}.nothing{background:#f4cdc6;color:#6b0f00}
details{margin:.2rem 0}summary{cursor:pointer;color:#1d70b8}dl{margin:.3rem 0 .3rem 1rem}dt{font-weight:600;float:left;width:5.5rem;clear:left}dd{margin:0 0 .1rem 6rem}
.id{font-family:ui-monospace,monospace;font-size:.85rem;color:#505a5f;overflow-wrap:anywhere}
a{color:#1d70b8}a:focus,summary:focus{outline:3px solid #fd0;background:#fd0;color:#0b0c0c}
@media print{details{display:block}summary{display:none}h2{break-before:page}tr{break-inside:avoid}body{font-size:11pt}}
@media(max-width:40rem){table.p,table.p tbody,table.p tr,table.p td{display:block}table.p thead{display:none}}";

/// The page for these rulebooks.
pub fn page(library: &Library, books: &[&Rulebook]) -> String {
    let scenarios = scenario::read_all(library).0;
    let mut html = String::from("<!doctype html>\n<html lang=\"en-GB\"><head><meta charset=\"utf-8\">");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Coverage of protocols - Whereabouts</title>");
    let _ = write!(html, "<style>{STYLE}</style></head><body><main><h1>What carries out each provision</h1>");
    html.push_str("<p>Computed from the citations in the rulebooks. Every provision of a protocol is listed, with its disposition, ");
    html.push_str("the rule that carries it out in words, and the worked scenarios that show it.</p>");
    if books.len() > 1 {
        html.push_str("<nav aria-label=\"Rulebooks\"><ul>");
        books.iter().for_each(|b| {
            let _ = write!(html, "<li><a href=\"#{0}\">{1}</a></li>", escape(&b.id), escape(&b.title));
        });
        html.push_str("</ul></nav>");
    }
    for book in books {
        let own: Vec<&Scenario> =
            scenarios.iter().filter(|s| s.rulebook == book.id && s.edition == book.edition).collect();
        one(library, book, &own, &mut html);
    }
    html.push_str("</main></body></html>\n");
    html
}

fn one(library: &Library, book: &Rulebook, scenarios: &[&Scenario], html: &mut String) {
    let lines = coverage(book);
    let _ =
        write!(html, "<section aria-labelledby=\"{0}\"><h2 id=\"{0}\">{1}</h2>", escape(&book.id), escape(&book.title));
    let _ = write!(
        html,
        "<p>Edition {}, in force from {}. {} provisions, {} duties, {} scenarios. Content {}.</p>",
        escape(&book.edition),
        book.in_force_from,
        lines.len(),
        book.rules.len(),
        scenarios.len(),
        book.hash
    );
    summary(&lines, html);
    html.push_str("<table class=\"p\"><thead><tr><th scope=\"col\">Provision</th><th scope=\"col\">What it asks</th><th scope=\"col\">Disposition</th></tr></thead><tbody>");
    let words = Words { vocabulary: &library.vocabulary, book };
    for line in &lines {
        provision(&words, line, scenarios, html);
    }
    html.push_str("</tbody></table></section>");
}

fn summary(lines: &[CoverageLine<'_>], html: &mut String) {
    html.push_str("<table><caption>By kind and disposition</caption><thead><tr><th scope=\"col\">Kind</th>");
    for d in Disposition::ALL {
        let _ = write!(html, "<th scope=\"col\">{}</th>", d.word());
    }
    html.push_str("<th scope=\"col\">nothing</th></tr></thead><tbody>");
    let mut kinds: BTreeMap<&str, Vec<&CoverageLine<'_>>> = BTreeMap::new();
    lines.iter().for_each(|l| kinds.entry(&l.provision.kind).or_default().push(l));
    for (kind, of) in kinds {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", escape(kind));
        for d in Disposition::ALL {
            let _ = write!(html, "<td class=\"n\">{}</td>", of.iter().filter(|l| l.main() == Some(d)).count());
        }
        let _ = write!(html, "<td class=\"n\">{}</td></tr>", of.iter().filter(|l| l.main().is_none()).count());
    }
    html.push_str("</tbody></table>");
}

fn provision(words: &Words<'_>, line: &CoverageLine<'_>, scenarios: &[&Scenario], html: &mut String) {
    let p = line.provision;
    let id = escape(&p.id);
    let who =
        if p.actor.is_empty() { String::new() } else { format!("<br><span class=\"id\">{}</span>", escape(&p.actor)) };
    let _ =
        write!(html, "<tr id=\"{id}\"><td class=\"id\">{id}<br>{}</td><td>{}{who}", escape(&p.kind), escape(&p.action));
    for by in &line.by {
        details(words, by, html);
    }
    let shown: Vec<String> =
        scenarios.iter().filter(|s| s.provisions.contains(&p.id)).map(|s| escape(&s.says)).collect();
    if !shown.is_empty() {
        let _ = write!(
            html,
            "<details><summary>{} scenario{}</summary><ul>",
            shown.len(),
            if shown.len() == 1 { "" } else { "s" }
        );
        shown.iter().for_each(|s| {
            let _ = write!(html, "<li>{s}</li>");
        });
        html.push_str("</ul></details>");
    }
    let tags: Vec<String> = if line.dispositions.is_empty() {
        vec!["<span class=\"tag nothing\">nothing</span>".into()]
    } else {
        line.dispositions
            .iter()
            .map(|d| format!("<span class=\"tag {}\">{}</span>", d.word().replace(' ', "-"), d.word()))
            .collect()
    };
    let _ = write!(html, "</td><td>{}</td></tr>", tags.join(" "));
}

fn details(words: &Words<'_>, by: &str, html: &mut String) {
    if let Some((_, rule)) = words.book.rule(by) {
        let _ = write!(html, "<details><summary>{}</summary><dl>", escape(&words.label(rule)));
        for (name, text) in words.rule(rule) {
            let _ = write!(html, "<dt>{name}</dt><dd>{}</dd>", escape(&text));
        }
        html.push_str("</dl></details>");
        return;
    }
    let said = words.book.verdicts.iter().find(|v| v.id == by).map(|v| &v.says);
    let said = said.or_else(|| words.book.permissions.iter().find(|p| p.id == by).map(|p| &p.says));
    let said = said.or_else(|| words.book.tables.iter().find(|t| t.id == by).map(|t| &t.says));
    let said = said.or_else(|| {
        words.book.blocks.iter().find(|b| b.id == by).map(|b| if b.says.is_empty() { &b.title } else { &b.says })
    });
    if let Some(said) = said.filter(|s| !s.is_empty()) {
        let _ = write!(
            html,
            "<details><summary>{}</summary><p>{}</p></details>",
            escape(if by.is_empty() { "reason" } else { by }),
            escape(said)
        );
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
