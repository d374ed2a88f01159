//! Runs the program.

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// What came of a run.
pub struct Ran {
    pub status: i32,
    pub out: String,
    pub err: String,
}

pub fn root() -> PathBuf {
    testkit::root().canonicalize().unwrap()
}

/// Runs `whereabouts` in the root of the repository.
pub fn run(args: &[&str]) -> Ran {
    let output = Command::cargo_bin("whereabouts")
        .unwrap()
        .current_dir(root())
        .args(args)
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    Ran {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs lines as a shell does that stops at the first which fails, in a folder, and with this program. Gives whether all went well, and what they said.
pub fn shell(lines: &str, folder: &Path) -> (bool, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_whereabouts"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let ran = Command::new("sh").args(["-ec", lines]).current_dir(folder).env("PATH", &path).output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned() + &String::from_utf8_lossy(&ran.stderr);
    (ran.status.success(), said)
}

/// Runs it with `--format json` and reads the answer.
pub fn json(args: &[&str]) -> Value {
    let mut all = args.to_vec();
    all.extend(["--format", "json"]);
    let ran = run(&all);
    serde_json::from_str(&ran.out).unwrap_or_else(|e| panic!("not JSON ({e}): {}{}", ran.out, ran.err))
}

/// The duties of a case at a moment that carry out a provision.
pub fn by_provision(answer: &Value, provision: &str) -> Vec<Value> {
    let duties = answer["duties"].as_array().unwrap();
    duties.iter().filter(|d| d["provisions"].as_array().unwrap().iter().any(|p| p == provision)).cloned().collect()
}
