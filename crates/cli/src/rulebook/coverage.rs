//! `rulebook coverage`: what carries out each provision, by kind and disposition, and what of it a page draws. The first is computed
//! from citations; the second from the list that a crawl of the product holds equal.

use super::page;
use crate::args::Format;
use crate::failure::{Failure, Outcome};
use crate::print::{self, BOLD, DIM, GREEN, RED, line, pad, styled};
use crate::session::{is_named, named};
use engine::coverage::{CoverageLine, Disposition, coverage};
use engine::drawn::Drawn;
use engine::rulebook::{Library, Provision, Rulebook};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

pub fn run(
    library: &Library,
    drawn: &Drawn,
    id: Option<&str>,
    html: Option<&Path>,
    all: bool,
    format: Format,
) -> Outcome {
    if let Some(id) = id {
        named(library, id)?;
    }
    let books: Vec<&Rulebook> = library.rulebooks.iter().filter(|b| id.is_none_or(|id| is_named(b, id))).collect();
    if let Some(path) = html {
        let text = page::page(library, &books);
        std::fs::write(path, text).map_err(|e| Failure::file(path, e))?;
        line(format!("wrote {}", path.display()));
    }
    let mut whole = true;
    let mut answers = Vec::new();
    for book in books {
        let lines = coverage(book);
        let known = drawn.knows(&lines);
        whole &= lines.iter().all(sound) && !(known && lines.iter().any(|line| drawn.is_lost(line)));
        match format {
            Format::Json => answers.push(json(book, &lines, drawn)),
            Format::Text => {
                text(book, &lines, all);
                if known {
                    seen(&lines, drawn);
                }
            }
        }
    }
    if format == Format::Json {
        print::json(&Value::Array(answers));
    }
    if whole { Ok(()) } else { Err(Failure::Wrong) }
}

/// Every executable provision is carried out, every other has a disposition.
fn sound(line: &CoverageLine<'_>) -> bool {
    line.main().is_some() && (!line.provision.is_executable() || line.is_carried_out())
}

fn json(book: &Rulebook, lines: &[CoverageLine<'_>], drawn: &Drawn) -> Value {
    let one = |l: &CoverageLine<'_>| {
        let words: Vec<&str> = l.dispositions.iter().map(|d| d.word()).collect();
        json!({ "provision": l.provision.id, "kind": l.provision.kind, "executable": l.provision.is_executable(), "dispositions": words, "by": l.by, "drawn": drawn.has(&l.provision.id) })
    };
    json!({ "rulebook": book.id, "edition": book.edition, "hash": book.hash, "provisions": lines.iter().map(one).collect::<Vec<_>>() })
}

fn text(book: &Rulebook, lines: &[CoverageLine<'_>], all: bool) {
    line(styled(BOLD, &format!("{} {}: {} provisions", book.id, book.edition, lines.len())));
    let mut kinds: BTreeMap<(bool, &str), Vec<&CoverageLine<'_>>> = BTreeMap::new();
    for l in lines {
        kinds.entry((!l.provision.is_executable(), &l.provision.kind)).or_default().push(l);
    }
    let mut head = pad("  kind", 24);
    Disposition::ALL.iter().for_each(|d| head.push_str(&pad(d.word(), 12)));
    line(styled(DIM, &format!("{head}{}", pad("nothing", 9))));
    for ((_, kind), of) in &kinds {
        row(&format!("  {kind}{}", if of[0].provision.is_executable() { " *" } else { "" }), of);
    }
    row("  all", &lines.iter().collect::<Vec<_>>());
    let executable = lines.iter().filter(|l| l.provision.is_executable()).count();
    let carried = lines.iter().filter(|l| l.provision.is_executable() && l.is_carried_out()).count();
    let pending = lines.iter().filter(|l| l.main() == Some(Disposition::Pending)).count();
    let style = if carried == executable { GREEN } else { RED };
    line(styled(style, &format!("  * executable: {carried} of {executable} carried out by rules; pending: {pending}")));
    let missing: Vec<&Provision> = lines.iter().filter(|l| !sound(l)).map(|l| l.provision).collect();
    for provision in missing {
        line(format!(
            "  {} {} ({}): {}",
            styled(RED, "nothing carries out"),
            provision.id,
            provision.kind,
            provision.action
        ));
    }
    if all {
        for l in lines {
            let words: Vec<&str> = l.dispositions.iter().map(|d| d.word()).collect();
            line(format!(
                "  {}  {}  {}",
                pad(&l.provision.id, 34),
                pad(&words.join(", "), 22),
                styled(DIM, &l.by.join(", "))
            ));
        }
    }
    line(String::new());
}

/// Two columns: what stands in data, and what of it a page draws. What waits says why.
fn seen(lines: &[CoverageLine<'_>], drawn: &Drawn) {
    line(styled(DIM, &format!("{}{}{}waits", pad("  by disposition", 24), pad("in data", 12), pad("drawn", 12))));
    for disposition in Disposition::ALL {
        let of: Vec<_> = lines.iter().filter(|l| l.main() == Some(disposition)).collect();
        if of.is_empty() {
            continue;
        }
        let shown = of.iter().filter(|l| drawn.has(&l.provision.id)).count();
        let waiting: Vec<&str> = of.iter().filter_map(|l| drawn.waits(&l.provision.id)).collect();
        let why = waiting.first().map(|why| format!("{}: {why}", waiting.len())).unwrap_or_default();
        let name = pad(&format!("  {}", disposition.word()), 24);
        line(format!("{name}{}{}{}", pad(&of.len().to_string(), 12), pad(&shown.to_string(), 12), styled(DIM, &why)));
    }
    for lost in lines.iter().filter(|line| drawn.is_lost(line)) {
        let what = styled(RED, "only in data, on no page");
        line(format!("  {what} {} ({}): {}", lost.provision.id, lost.provision.kind, lost.provision.action));
    }
    line(String::new());
}

fn row(name: &str, of: &[&CoverageLine<'_>]) {
    let mut text = pad(name, 24);
    for disposition in Disposition::ALL {
        let n = of.iter().filter(|l| l.main() == Some(disposition)).count();
        text.push_str(&pad(&if n == 0 { "·".into() } else { n.to_string() }, 12));
    }
    let nothing = of.iter().filter(|l| l.main().is_none()).count();
    line(format!("{text}{}", if nothing == 0 { "·".into() } else { styled(RED, &nothing.to_string()) }));
}
