//! The program as built by `make release`, run as its user would.

use crate::Fault;
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
    /// Fills a database, and says as whom to sign in there: those who see children who are missing.
    pub async fn fill(url: &str, children: &str, years: &str) -> Result<(Server, Vec<String>), Fault> {
        let args = ["demo", "--listen", "127.0.0.1:0", "--database-url", url, "--children", children, "--years", years];
        let (server, said) = Server::start(&args, "Ctrl-C").await?;
        let rows = said
            .lines()
            .map(|line| line.split("  ").filter(|cell| !cell.is_empty()).map(str::trim).collect::<Vec<_>>());
        let people = rows.filter(|row| row.len() == 4 && WHO.contains(&row[0])).map(|row| row[2].to_owned()).collect();
        Ok((server, people))
    }

    /// Serves a database, with the worker beside.
    pub async fn serve(url: &str) -> Result<Server, Fault> {
        let args = ["serve", "--listen", "127.0.0.1:0", "--worker", "--database-url", url];
        Ok(Server::start(&args, "Whereabouts is at").await?.0)
    }

    async fn start(args: &[&str], last: &str) -> Result<(Server, String), Fault> {
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
                return Ok((Server { process, address }, said));
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

/// People who see every child who is missing.
const WHO: [&str; 3] = ["missing co-ordinator", "return interviewer", "emergency duty team"];
