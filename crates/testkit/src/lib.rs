//! For tests: the files of this repository, read from disk, and the library made of them; both databases, a clock that a test sets, and
//! a small world of people and a child. Nothing here is shipped.
//!
//! The feature `databases` brings what needs the store, `world` what needs actions: tests of the engine build neither.

#[cfg(feature = "world")]
pub mod clock;
#[cfg(feature = "databases")]
pub mod databases;
#[cfg(feature = "databases")]
pub mod disk;
pub mod html;
#[cfg(feature = "world")]
pub mod world;

use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file under `rulebooks/` that a library is made of, by path relative to it, in order.
///
/// # Panics
/// If the folder or a file in it cannot be read.
pub fn library_files() -> Vec<SourceFile> {
    files_under(&root().join("rulebooks"))
}

/// Every file under `examples/`, by path relative to it, in order.
///
/// # Panics
/// If the folder or a file in it cannot be read.
pub fn example_files() -> Vec<SourceFile> {
    files_under(&root().join("examples"))
}

/// The library of this repository, whatever `check` would say of it.
///
/// # Panics
/// If the vocabulary is so faulty that there is no library.
pub fn library() -> Library {
    let (library, problems) = load_library(&library_files());
    library.unwrap_or_else(|| panic!("the vocabulary is faulty: {problems:#?}"))
}

fn files_under(folder: &Path) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    paths.sort();
    let source = |path: &PathBuf| {
        let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        SourceFile::new(name, text)
    };
    paths.iter().map(source).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|e| panic!("{}: {e}", folder.display())).path();
        let wanted = path.extension().is_some_and(|e| e == "toml" || e == "jsonl" || e == "json");
        if path.is_dir() {
            collect(&path, paths);
        } else if wanted {
            paths.push(path);
        }
    }
}

/// Holds a file of the repository equal to what is made. With `UPDATE=1` in the environment the file is written instead.
///
/// # Panics
/// If they differ, or the file cannot be written.
pub fn golden(path: &str, made: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&file, made).unwrap_or_else(|e| panic!("{path}: {e}"));
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == made, "{path} is not what is made now; run this test with UPDATE=1 and look at the change");
}
