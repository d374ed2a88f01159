//! The words of `whereabouts follow`, and those of a server that has a follower.

use crate::args::Log;
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// A follower of this server.
#[derive(Args, Clone, Default)]
pub struct Followed {
    /// Answer a follower here, which keeps a second copy on another machine (`whereabouts follow`): a port of this machine, such as
    /// 127.0.0.1:8090, to which a tunnel or a proxy with TLS leads
    #[arg(long, value_name = "ADDRESS:PORT", requires = "follower_token")]
    pub follower_listen: Option<SocketAddr>,
    /// The file of the token by which the follower is known, from `keys follower`
    #[arg(long, value_name = "FILE")]
    pub follower_token: Option<PathBuf>,
}

#[derive(Args)]
#[command(args_override_self = true)]
pub struct Follow {
    /// The copy: `sqlite:PATH`, made if it is not there
    #[arg(long, alias = "database", value_name = "URL", env = "WHEREABOUTS_DATABASE_URL", hide_env_values = true)]
    #[arg(default_value = "sqlite:copy.db")]
    pub database_url: String,
    /// The server's address for its follower: `https://...`, or `http://127.0.0.1:PORT` where a tunnel ends
    #[arg(long, value_name = "URL", required_unless_present_any = ["verify", "promote"])]
    pub from: Option<String>,
    /// The file of the token, from `keys follower`, as the server has it
    #[arg(long, value_name = "FILE", required_unless_present_any = ["verify", "promote"])]
    pub follower_token: Option<PathBuf>,
    /// A file with the certificate of the authority that signed the server's, where it is your own
    #[arg(long, value_name = "FILE")]
    pub from_authority: Option<PathBuf>,
    /// Work every chain of the copy out again, and end; the key that seals is not needed
    #[arg(long, conflicts_with = "promote")]
    pub verify: bool,
    /// Make of the copy a database of its own, to be served when the server is lost; it follows nobody from then on
    #[arg(long)]
    pub promote: bool,
    /// A TOML file with these options, each by its long name; what is typed here counts more
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// How the log is written to standard error
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Log::Text)]
    pub log: Log,
}
