//! Finds the rulebooks: a folder that is named, one above the working folder, or those compiled in.

use engine::diagnostic::{Diagnostic, Level};
use engine::drawn::Drawn;
use engine::rulebook::{Library, load_library};
use engine::source::SourceFile;
use include_dir::{Dir, include_dir};
use std::path::{Path, PathBuf};

static COMPILED_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../rulebooks");

/// The folder of rulebooks to use: the one named, else the first `rulebooks/vocabulary` above the working folder.
pub fn folder(named: Option<&Path>) -> Option<PathBuf> {
    if let Some(path) = named {
        return Some(path.to_path_buf());
    }
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|a| a.join("rulebooks")).find(|r| r.join("vocabulary").is_dir())
}

/// The files of the rulebooks.
///
/// # Errors
/// Says which folder cannot be read.
pub fn files(named: Option<&Path>) -> Result<Vec<SourceFile>, String> {
    let Some(folder) = folder(named) else {
        let mut files = Vec::new();
        embedded(&COMPILED_IN, &mut files);
        files.sort_by(|a, b| a.path.cmp(&b.path));
        return Ok(files);
    };
    let mut files = Vec::new();
    read(&folder, &folder, &mut files)
        .map_err(|e| format!("cannot read the rulebooks in {}: {e}", folder.display()))?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

fn embedded(dir: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push(SourceFile::new(path.replace('\\', "/"), text));
        }
    }
    dir.dirs().for_each(|d| embedded(d, files));
}

fn read(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            read(root, &path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "jsonl") {
            let relative = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            // A file that is not UTF-8 is taken in with replacement characters, which the checker then points at.
            files.push(SourceFile::new(relative, String::from_utf8_lossy(&std::fs::read(&path)?)));
        }
    }
    Ok(())
}

/// What the pages draw, and what waits: two lists beside the rulebooks. Rulebooks that are somewhere else have none.
pub fn drawn(named: Option<&Path>) -> Drawn {
    let text = |name: &str| match folder(named) {
        Some(folder) => std::fs::read_to_string(folder.join(name)).unwrap_or_default(),
        None => COMPILED_IN.get_file(name).and_then(include_dir::File::contents_utf8).unwrap_or_default().to_string(),
    };
    Drawn::read(&text("drawn.txt"), &text("undrawn.txt"))
}

/// The library, with what is wrong in it.
///
/// # Errors
/// The files cannot be read, or the vocabulary is faulty.
pub fn load(named: Option<&Path>) -> Result<(Library, Vec<Diagnostic>), String> {
    let (library, problems) = load_library(&files(named)?);
    match library {
        Some(library) => Ok((library, problems)),
        None => Err(in_words(&problems)),
    }
}

/// The library, if nothing in it is an error.
///
/// # Errors
/// Says every error in it.
pub fn load_sound(named: Option<&Path>) -> Result<Library, String> {
    let (library, problems) = load(named)?;
    let errors: Vec<Diagnostic> = problems.into_iter().filter(|p| p.level == Level::Error).collect();
    if errors.is_empty() { Ok(library) } else { Err(in_words(&errors)) }
}

fn in_words(problems: &[Diagnostic]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// One edition of a rulebook from a folder of its own, with the vocabulary of the library.
///
/// # Errors
/// The folder cannot be read, or the rulebook has errors.
pub fn edition(folder: &Path, named: Option<&Path>) -> Result<Library, String> {
    let title = std::fs::read_to_string(folder.join("rulebook.toml"))
        .map_err(|e| format!("{}: {e}; the folder of an edition has a rulebook.toml", folder.display()))?;
    let page: toml::Table =
        toml::from_str(&title).map_err(|e| format!("{}/rulebook.toml: {}", folder.display(), e.message()))?;
    let word = |key: &str| page.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_string();
    let prefix = format!("{}/{}", word("id"), word("edition"));
    let mut own = Vec::new();
    read(folder, folder, &mut own).map_err(|e| format!("{}: {e}", folder.display()))?;
    let vocabulary = files(named)?.into_iter().filter(|f| f.path.starts_with("vocabulary/"));
    let own = own.into_iter().map(|f| SourceFile::new(format!("{prefix}/{}", f.path), f.text));
    let (library, problems) = load_library(&vocabulary.chain(own).collect::<Vec<_>>());
    let errors: Vec<Diagnostic> = problems.into_iter().filter(|p| p.level == Level::Error).collect();
    library.filter(|_| errors.is_empty()).ok_or_else(|| in_words(&errors))
}
