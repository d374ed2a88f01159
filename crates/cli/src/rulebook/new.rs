//! `rulebook new`: a commented starting folder for a new area, which passes `check` and whose one scenario passes.

use crate::failure::{Failure, Outcome};
use crate::library;
use crate::print::line;
use std::path::Path;

const FILES: [(&str, &str); 4] = [
    ("rulebook.toml", include_str!("starting/rulebook.toml")),
    ("duties.toml", include_str!("starting/duties.toml")),
    ("provisions.jsonl", include_str!("starting/provisions.jsonl")),
    ("scenarios/first.toml", include_str!("starting/scenario.toml")),
];

pub fn run(area: &str, title: Option<&str>, edition: &str, rulebooks: Option<&Path>) -> Outcome {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if area.is_empty() || !area.chars().all(fits) || area == "vocabulary" {
        return Err(Failure::Usage(format!(
            "`{area}` cannot be the id of an area; use lower case letters, digits and hyphens"
        )));
    }
    if edition.is_empty() || !edition.chars().all(fits) {
        return Err(Failure::Usage(format!("`{edition}` cannot be the name of an edition; write for example 2026-01")));
    }
    let root = library::folder(rulebooks).ok_or_else(|| {
        Failure::Usage("there is no `rulebooks` folder here or above; name one with --rulebooks DIR".into())
    })?;
    let folder = root.join(area).join(edition);
    if folder.exists() {
        return Err(Failure::Usage(format!("{} is there already; choose another area or edition", folder.display())));
    }
    let title = title.map_or_else(|| format!("{area}: children who run away or go missing"), str::to_string);
    for (name, text) in FILES {
        let path = folder.join(name);
        let text = text
            .replace("{area}", area)
            .replace("{AREA}", &area.to_uppercase())
            .replace("{edition}", edition)
            .replace("{title}", &title);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).map_err(|e| Failure::file(&path, e))?;
        std::fs::write(&path, text).map_err(|e| Failure::file(&path, e))?;
        line(format!("wrote {}", path.display()));
    }
    line(String::new());
    line(format!(
        "Now: `whereabouts rulebook check {area}`, `whereabouts rulebook test {area}`, and docs/writing-a-rulebook.md."
    ));
    Ok(())
}
