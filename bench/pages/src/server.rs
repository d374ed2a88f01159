//! The program as built by `make release`, run as its user would.

use crate::Fault;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const PROGRAM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/release/whereabouts");

/// A server that runs.
pub struct Server {
    process: Child,
    /// `127.0.0.1:41234`.
    pub address: String,
}

impl Server {
    /// Fills a database with a county, of which these are the options.
    pub async fn fill(url: &str, county: &[(&str, String)]) -> Result<Server, Fault> {
        let mut args = vec!["demo", "--listen", "127.0.0.1:0", "--database-url", url];
        args.extend(county.iter().flat_map(|(option, value)| [*option, value.as_str()]));
        Server::start(&args, "Ctrl-C").await
    }

    /// Serves a database that was filled, with the worker beside, and further options. Nobody signs in to one with a demonstration's password but
    /// in a demonstration.
    pub async fn serve_with(url: &str, further: &[&str]) -> Result<Server, Fault> {
        let mut args = vec!["demo", "--listen", "127.0.0.1:0", "--database-url", url];
        args.extend(further);
        Server::start(&args, "Ctrl-C").await
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id().unwrap_or_default()
    }

    async fn start(args: &[&str], last: &str) -> Result<Server, Fault> {
        let mut process = Command::new(PROGRAM)
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|e| format!("{PROGRAM}: {e}; run `make release`"))?;
        let mut lines = BufReader::new(process.stdout.take().ok_or("no output")?).lines();
        let mut said = String::new();
        while let Some(line) = lines.next_line().await? {
            said.push_str(&line);
            said.push('\n');
            if line.contains(last) {
                let address = said.split("http://").nth(1).ok_or("it names no address")?;
                let address =
                    address.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default().to_owned();
                // Whatever else it says is read, so that it is never held up.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Server { process, address });
            }
        }
        Err(format!("the server did not come up: {said}").into())
    }

    /// Stops it as a service is stopped.
    pub async fn stop(mut self) -> Result<(), Fault> {
        let id = self.process.id().ok_or("it has ended by itself")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        self.process.wait().await?;
        Ok(())
    }
}

/// As whom to sign in: first who sees every child who is missing, then one of each agency, home and team in turn.
pub async fn people(url: &str) -> Result<Vec<String>, Fault> {
    let listed = Command::new(PROGRAM).args(["--format", "json", "people", "list", "--database-url", url]).output().await?;
    let people: Vec<Value> = serde_json::from_slice(&listed.stdout)?;
    let text = |person: &Value, key: &str| person[key].as_str().unwrap_or_default().to_owned();
    let mut agencies: BTreeMap<String, String> = BTreeMap::new();
    let mut first = Vec::new();
    for person in &people {
        if text(person, "posts").to_lowercase().contains("missing") && first.is_empty() {
            first.push(text(person, "username"));
        } else {
            agencies.entry(text(person, "agency")).or_insert_with(|| text(person, "username"));
        }
    }
    let (teams, others): (Vec<_>, Vec<_>) = agencies.into_iter().partition(|(agency, _)| agency.contains("Social Work"));
    let (mut teams, mut others) = (teams.into_iter(), others.into_iter());
    loop {
        let two = [others.next(), teams.next()];
        if two.iter().all(Option::is_none) {
            return Ok(first);
        }
        first.extend(two.into_iter().flatten().map(|(_, username)| username));
    }
}
