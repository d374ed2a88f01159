//! What every page works with, and how this server is run.

use crate::connections::Bounds;
use crate::metrics::Metrics;
use actions::App;
use std::sync::Arc;

/// What every page works with. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The actions and queries.
    pub app: App,
    /// How this server is run.
    pub options: Arc<Options>,
    /// The pages that sessions were shown last, for while the database is away.
    pub(crate) last: Arc<crate::away::Last>,
    /// Figures of what is answered.
    pub(crate) metrics: Option<Metrics>,
}

/// How this server is run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Behind TLS: cookies are sent over it only, and browsers are told to come back by it.
    pub secure: bool,
    /// Behind a proxy of ours, which says in `X-Forwarded-For` where a request came from.
    pub behind_proxy: bool,
    /// For those who develop: the styleguide.
    pub dev: bool,
    /// How many connections are open at once.
    pub bounds: Bounds,
    /// A line over every page: `Demonstration. Every person here is made up.`
    pub notice: String,
    /// People of a demonstration, offered on the sign-in page with their password.
    pub people: Vec<DemoPerson>,
    /// Gives the signed checkpoints after a number, a line each; none where no checkpoints are made.
    pub checkpoints: Option<Checkpoints>,
}

/// Reads checkpoints after a number.
#[derive(Clone)]
pub struct Checkpoints(pub Arc<dyn Fn(u64) -> std::io::Result<String> + Send + Sync>);

impl std::fmt::Debug for Checkpoints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Checkpoints")
    }
}

/// Somebody made up, to sign in as.
#[derive(Clone, Debug, Default)]
pub struct DemoPerson {
    /// `dana.holt`.
    pub username: String,
    /// The password.
    pub password: String,
    /// `Dana Holt`.
    pub name: String,
    /// `children's home staff, Larkfield House`.
    pub role: String,
}

impl Site {
    /// A site on an application.
    pub fn new(app: App, options: Options) -> Site {
        let metrics = Metrics::new().inspect_err(|error| tracing::error!(%error, "no figures are kept")).ok();
        Site { app, options: Arc::new(options), last: Arc::default(), metrics }
    }
}
