//! `make bench-trouble` and `make bench-verify`: how a server stands a flood of silent connections and a rush of sign-ins, and how many
//! entries a second a database is verified. Figures, and no judgement of them.
//!
//! `ONLY=sqlite` or `ONLY=postgres` in the environment asks for one of the databases, `ENTRIES` for another number of entries.

#[path = "../../pages/src/browser.rs"]
mod browser;
mod flood;
#[expect(dead_code, reason = "it lists people for the measurement of pages, and serves theirs")]
#[path = "../../pages/src/server.rs"]
mod server;
mod rush;
mod verify;

use testkit::databases::Database;

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> Result<(), Fault> {
    rlimit::increase_nofile_limit(u64::MAX)?;
    let only = std::env::var("ONLY").unwrap_or_default();
    let entries: usize = std::env::var("ENTRIES").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    for (name, kind) in [("SQLite", "sqlite"), ("PostgreSQL", "postgres")] {
        if !only.is_empty() && only != kind {
            continue;
        }
        let database = if kind == "sqlite" { Database::sqlite() } else { Database::postgres().await };
        match std::env::args().nth(1).as_deref() {
            Some("verify") => verify::measure(name, database, entries).await,
            Some("trouble") => {
                flood::measure(name, &database).await?;
                rush::measure(name, &database.another().await).await?;
            }
            _ => return Err("say `verify` or `trouble`".into()),
        }
    }
    Ok(())
}
