//! How long a server took to decide who may, as its own figures have it.

use crate::Fault;
use crate::browser::{Browser, How};
use std::net::TcpListener;

/// Decisions since the server began, and the seconds that they took together.
#[derive(Clone, Copy)]
pub struct Decisions {
    count: f64,
    seconds: f64,
}

impl Decisions {
    /// What came since, by so many pages and saves.
    pub fn since(self, before: Decisions, answers: usize) -> String {
        let (count, ms) = (self.count - before.count, (self.seconds - before.seconds) * 1e3);
        let answers = answers.max(1) as f64;
        format!(
            "who may: {:.1} decisions a page or save, {:.3} ms each, {:.3} ms together",
            count / answers,
            ms / count.max(1.0),
            ms / answers
        )
    }
}

/// An address of this machine at which nobody listens.
pub fn free_address() -> Result<String, Fault> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// What the figures at an address say.
pub async fn so_far(address: &str) -> Result<Decisions, Fault> {
    let page = Browser::new(address, How::default()).await?.get("/metrics").await?;
    let figure = |name: &str| -> Result<f64, Fault> {
        let line = page.html.lines().find_map(|line| line.strip_prefix(name)?.trim().parse().ok());
        line.ok_or_else(|| format!("the server has no figure `{name}`").into())
    };
    Ok(Decisions {
        count: figure("whereabouts_decisions_total ")?,
        seconds: figure("whereabouts_decision_seconds_total ")?,
    })
}
