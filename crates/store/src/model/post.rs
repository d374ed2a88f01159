//! What people do and for whom: teams, posts, children allocated to people, and what has to be told or decided about them.

use sqlx::FromRow;

/// A team of an agency.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Team {
    /// The id.
    pub id: String,
    /// The agency's id.
    pub agency: String,
    /// The name, unique in the agency.
    pub name: String,
}

/// A post: a person in a role of an agency, for a time.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Post {
    /// The id.
    pub id: String,
    /// The person's id.
    pub person: String,
    /// The role, in the vocabulary's word.
    pub role: String,
    /// The agency's id.
    pub agency: String,
    /// The team's id.
    pub team: Option<String>,
    /// `own`, `acting`, `on_call` or `cover`.
    pub kind: String,
    /// From when it is held.
    pub from_us: i64,
    /// Until when; none for as long as nobody ends it.
    pub until_us: Option<i64>,
    /// `kept` by an administrator, or made by the `rule` of a provider.
    pub source: String,
    /// Who made it; none for what came with the account.
    pub made_by: Option<String>,
    /// Counts its changes: whoever changes it brings the version they saw.
    pub version: i64,
}

impl Post {
    /// Is it held at this moment?
    pub fn holds_at(&self, now_us: i64) -> bool {
        self.from_us <= now_us && self.until_us.is_none_or(|until| now_us < until)
    }
}

/// A post with the names of where it is.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct HeldPost {
    /// The post.
    #[sqlx(flatten)]
    pub post: Post,
    /// The agency's name.
    pub agency_name: String,
    /// The agency's kind.
    pub agency_kind: String,
    /// The area of the agency.
    pub agency_area: Option<String>,
    /// The team's name.
    pub team_name: Option<String>,
}

/// Whose a child is, in a role.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Allocation {
    /// The id.
    pub id: String,
    /// The child.
    pub child_id: String,
    /// In which role.
    pub role: String,
    /// The agency's id.
    pub agency: String,
    /// The team's id.
    pub team: Option<String>,
    /// The person; none while it is the team's.
    pub person: Option<String>,
    /// From when.
    pub from_us: i64,
    /// Until when.
    pub until_us: Option<i64>,
    /// Who made it.
    pub made_by: Option<String>,
    /// Whose it was before, where that person has left.
    pub before: Option<String>,
}

/// What somebody has to be told.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Notice {
    /// The id.
    pub id: i64,
    /// What is told; names no child.
    pub says: String,
    /// The page on which it is seen to.
    pub link: String,
    /// When it was made.
    pub made_us: i64,
}

/// A notice to be made.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NewNotice {
    /// Who is told.
    pub person: String,
    /// What is told.
    pub says: String,
    /// The page on which it is seen to.
    pub link: String,
}

/// What takes two people.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Proposal {
    /// The id.
    pub id: String,
    /// `post`, `recovery` or `provider`.
    pub kind: String,
    /// The agency that it is about.
    pub agency: String,
    /// The person that it is about; none for a provider.
    pub person: Option<String>,
    /// What is proposed; the caller's form.
    pub body: String,
    /// Why.
    pub reason: String,
    /// Who proposes it; none for whoever runs the server.
    pub proposed_by: Option<String>,
    /// When.
    pub proposed_us: i64,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_us: Option<i64>,
    /// `confirmed` or `refused`.
    pub outcome: Option<String>,
}

/// What was left when a cover ended.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Handover {
    /// The id.
    pub id: String,
    /// The agency that covered.
    pub agency: String,
    /// The cover began.
    pub from_us: i64,
    /// It ended.
    pub until_us: i64,
    /// Who handed over.
    pub made_by: String,
    /// When.
    pub made_us: i64,
    /// What they say of it.
    pub note: String,
    /// What was left; the caller's form.
    pub body: String,
}
