//! That nothing was recorded for long while a child is gone.

use sqlx::FromRow;

/// An open episode of which nothing has been recorded for long, and of which nobody was told yet.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Silent {
    /// The child.
    pub child_id: String,
    /// The episode.
    pub episode_id: String,
    /// When somebody last recorded anything.
    pub since_us: i64,
    /// The risk, in the vocabulary's word.
    pub risk: Option<String>,
}

/// That somebody was told of it. It stands until something is recorded.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Silence {
    /// The child.
    pub child_id: String,
    /// The child's name.
    pub child_name: String,
    /// The episode.
    pub episode_id: String,
    /// When somebody last recorded anything.
    pub since_us: i64,
    /// Who was told: the person's name.
    pub told: String,
    /// When.
    pub raised_us: i64,
    /// When they said that they have seen it.
    pub seen_us: Option<i64>,
}
