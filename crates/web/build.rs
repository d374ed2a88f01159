//! Says what to do when the style sheet and the scripts have not been built: they come from npm and are not in the repository.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=assets");
    println!("cargo::rerun-if-changed=templates");
    let needed = ["app.css", "app.js", "icon.svg"];
    if let Some(missing) = needed.iter().find(|file| !Path::new("assets").join(file).exists()) {
        println!(
            "cargo::error=crates/web/assets/{missing} is missing: run `make assets` (it needs Node.js 20 or newer), then build again"
        );
    }
}
