//! A PostgreSQL cluster for the measurement, as the tests start theirs.

use crate::Fault;
use std::net::TcpListener;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const HOLD: &str = include_str!("../../../crates/testkit/src/postgres.sh");

/// A cluster, until it is dropped: then the input of the shell that holds it ends.
pub struct Cluster {
    _holder: Child,
    pub url: String,
}

pub async fn start() -> Result<Cluster, Fault> {
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").map_err(|_| "PostgreSQL is not installed: run `make tools`")?;
    let programs = versions.flatten().map(|entry| entry.path().join("bin")).filter(|p| p.join("initdb").exists()).max();
    let programs = programs.ok_or("PostgreSQL is not installed: run `make tools`")?;
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    // PostgreSQL refuses to run as root; then the user of its Debian package does it.
    let root = Command::new("id").arg("-u").output().await?.stdout == b"0\n";
    let mut command = Command::new(if root { "setpriv" } else { "env" });
    if root {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
    }
    command.args(["sh", "-c", HOLD, "hold"]).arg(programs).arg(port.to_string()).current_dir("/");
    let mut holder = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut lines = BufReader::new(holder.stdout.take().ok_or("no output")?).lines();
    let mut said = String::new();
    while let Some(line) = lines.next_line().await? {
        if line == "ready" {
            return Ok(Cluster { _holder: holder, url: format!("postgres://postgres@127.0.0.1:{port}/postgres") });
        }
        said.push_str(&line);
    }
    Err(format!("PostgreSQL could not be started: {said}").into())
}
