//! temporary
mod library;
use engine::check::{check_library, check_rulebook};
use engine::coverage::coverage;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (lib, problems) = match library::load(None) { Ok(x) => x, Err(e) => { println!("{e}"); std::process::exit(1) } };
    let id = args.get(2).cloned().unwrap_or_default();
    match args.get(1).map(String::as_str) {
        Some("check") => {
            let mut all: Vec<_> = problems.into_iter().filter(|p| p.place.file.starts_with(&id) || p.place.file.starts_with("vocabulary")).collect();
            for b in lib.editions(&id) { all.extend(check_rulebook(&lib.vocabulary, b)); }
            if id.is_empty() { all.extend(check_library(&lib)); }
            for d in &all { println!("{d}"); }
            println!("{} problems", all.len());
        }
        Some("coverage") => for b in lib.editions(&id) { for l in coverage(b) { if l.main().is_none() || (l.provision.is_executable() && !l.is_carried_out()) { println!("{} {} {:?} {}", l.provision.id, l.provision.kind, l.main(), l.provision.action) } } },
        _ => println!("NOT READY YET: only `rulebook check AREA` and `rulebook coverage AREA` work; `rulebook test` and `rulebook mutants` come in about 15 minutes. Mend what check says, then retry every minute."),
    }
}
