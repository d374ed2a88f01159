//! Fixtures from disk: folders of rulebooks, the small vocabulary that they share, and what the checks say of them.

use engine::check::{SignIn, check_library, check_owners, check_rulebook};
use engine::diagnostic::Diagnostic;
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;
use std::path::{Path, PathBuf};

/// The folder of fixtures.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The files under a folder, by path relative to it, in order.
pub fn files(folder: &Path) -> Vec<SourceFile> {
    let mut found = Vec::new();
    collect(folder, "", &mut found);
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

#[expect(clippy::disallowed_methods, reason = "tests read their fixtures; the crate itself reads nothing")]
fn collect(folder: &Path, prefix: &str, found: &mut Vec<SourceFile>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.unwrap().path();
        let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            collect(&path, &format!("{name}/"), found);
        } else {
            found.push(SourceFile::new(name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The small vocabulary of the fixtures.
pub fn vocabulary() -> Vec<SourceFile> {
    let found = files(&folder().join("check/vocabulary"));
    found.into_iter().map(|f| SourceFile::new(format!("vocabulary/{}", f.path), f.text)).collect()
}

/// Everybody signs in but the neighbour and the grandparent.
fn sign_in(library: &Library) -> SignIn {
    let mut sign_in = SignIn::default();
    let roles = library.vocabulary.roles.iter().filter(|r| !["neighbour", "grandparent"].contains(&r.id.as_str()));
    roles.for_each(|r| sign_in.add(r.sym, r.part_of.iter().copied()));
    sign_in
}

/// Everything that loading and checking say of some rulebooks, with the small vocabulary beside them.
pub fn findings(rulebooks: &[SourceFile]) -> Vec<Diagnostic> {
    load(rulebooks).1
}

/// The library of some rulebooks with the small vocabulary, and everything that is wrong with it.
pub fn load(rulebooks: &[SourceFile]) -> (Option<Library>, Vec<Diagnostic>) {
    let mut all = vocabulary();
    all.extend(rulebooks.iter().cloned());
    let (library, mut found) = load_library(&all);
    if let Some(library) = &library {
        found.extend(check_library(library));
        found.extend(library.rulebooks.iter().flat_map(|b| check_rulebook(&library.vocabulary, b)));
        let sign_in = sign_in(library);
        found.extend(library.rulebooks.iter().flat_map(|b| check_owners(&library.vocabulary, b, &sign_in)));
    }
    found.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    (library, found)
}
