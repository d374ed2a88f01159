//! A disk that tells what it does, and that can fail or turn read-only (`store/tests/disk/disk.c`): a library that is loaded before that of C.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The library, built once for each run of tests.
///
/// # Panics
/// If there is no compiler of C, or the library does not build.
pub fn library() -> &'static Path {
    static BUILT: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    &BUILT
        .get_or_init(|| {
            let folder = tempfile::tempdir().unwrap_or_else(|e| panic!("{e}"));
            let to = folder.path().join("disk.so");
            let from = crate::root().join("crates/store/tests/disk/disk.c");
            let built =
                Command::new("cc").args(["-shared", "-fPIC", "-O2", "-o"]).arg(&to).arg(&from).arg("-ldl").status();
            assert!(built.is_ok_and(|status| status.success()), "{}", from.display());
            (folder, to)
        })
        .1
}
