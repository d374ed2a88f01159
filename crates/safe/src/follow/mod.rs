//! The way between a server and its follower: the follower asks over HTTP and brings a token (`token`), the server answers on an address of its own
//! (`answer`), the follower keeps what comes (`pull`). The server connects to nobody. What the lines are, and what is checked, the store knows.

mod answer;
mod pull;
mod token;

pub use answer::{note_follower, serve_follower};
pub use pull::{Ended, Pulling, Said, pull};
pub use token::Token;

use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::Asked;

/// Tells the time, in microseconds since 1970.
pub type NowUs = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What a follower asks for that has a copy.
#[derive(Serialize, Deserialize)]
struct News {
    asked: Asked,
    /// It compares how everything stands.
    whole: bool,
}

/// What a follower says that has none yet.
#[derive(Serialize, Deserialize)]
struct Begins {
    follower: String,
}

/// What a follower says that does not take what it was sent.
#[derive(Serialize, Deserialize)]
struct Refuses {
    follower: String,
    says: String,
}
