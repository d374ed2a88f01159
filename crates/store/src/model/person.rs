//! People, their agencies, and what is kept for them: sessions, drafts.

use super::{HeldPost, Post};
use sqlx::FromRow;

/// An agency: a children's home, a team, a police force.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Agency {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// What it is, such as `childrens_home`; the caller's word.
    pub kind: String,
    /// The area whose rulebook says what office hours are.
    pub area: Option<String>,
    /// It only appears in records: its people do not sign in.
    pub only_appears: bool,
}

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Person {
    /// The id.
    pub id: String,
    /// What they sign in with, in lower case.
    pub username: String,
    /// The name.
    pub name: String,
    /// The role, in the vocabulary's word.
    pub role: String,
    /// The agency's id.
    pub agency: String,
    /// The hash of the password, in PHC form.
    pub password_hash: String,
    /// Sees every child of the area.
    pub relation_to_all: bool,
    /// May sign in.
    pub active: bool,
    /// When they last came in, or were let in; an account that nobody uses is locked.
    pub used_us: Option<i64>,
}

/// Somebody signed in. The database keeps a hash of the token only.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Session {
    /// What the cookie holds; empty where the session was not asked for by it.
    #[sqlx(skip)]
    pub token: String,
    /// By what its person names it, to end it.
    pub id: String,
    /// The person.
    pub person: String,
    /// What every form must bring along.
    pub csrf: String,
    /// When they signed in.
    pub created_us: i64,
    /// When they last did something, as of the last `session_touch`.
    pub seen_us: i64,
    /// Until when it holds.
    pub expires_us: i64,
    /// The browser, in words.
    pub device: String,
    /// How they signed in; the caller's word.
    pub how: String,
    /// When they last showed who they are.
    pub confirmed_us: i64,
    /// When their page was locked before its time.
    pub locked_us: Option<i64>,
    /// The post in which the person works now; empty for the first that they hold.
    pub post: String,
    /// By what its forms are known to have been its person's, once it is ended.
    pub form: String,
}

/// Something half written, kept for the person who is writing it.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Draft {
    /// The id, unique for the person.
    pub id: String,
    /// What it is, such as `report`; the caller's word.
    pub kind: String,
    /// The child, once it is known.
    pub child_id: Option<String>,
    /// What was typed; the caller's form.
    pub body: String,
    /// When it was last saved.
    pub updated_us: i64,
    /// Who began it.
    pub person_id: String,
    /// The agency in which they work on it; empty where nobody else is to go on with it.
    pub agency: String,
    /// The team in which they work on it; empty for none.
    pub team: String,
    /// When it was begun.
    pub begun_us: i64,
    /// How often it was saved since: whoever saves it brings the number that they saw.
    pub n: i64,
}

/// A session with whose it is and every post of theirs, as of one moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Holding {
    /// The session.
    pub session: Session,
    /// The person's name.
    pub name: String,
    /// The person may sign in.
    pub active: bool,
    /// The person sees every child of the area.
    pub relation_to_all: bool,
    /// The posts, in the order in which they began, those of all times.
    pub posts: Vec<HeldPost>,
}

/// A row of what [`Holding`] is put together from: one for each post, or one without.
#[derive(FromRow)]
pub(crate) struct HoldingRow {
    #[sqlx(flatten)]
    pub(crate) session: Session,
    pub(crate) holder_name: String,
    pub(crate) holder_active: bool,
    pub(crate) holder_sees_all: bool,
    post_id: Option<String>,
    post_role: Option<String>,
    post_agency: Option<String>,
    post_team: Option<String>,
    post_kind: Option<String>,
    post_from_us: Option<i64>,
    post_until_us: Option<i64>,
    post_source: Option<String>,
    post_made_by: Option<String>,
    post_version: Option<i64>,
    agency_name: Option<String>,
    agency_kind: Option<String>,
    agency_area: Option<String>,
    team_name: Option<String>,
}

impl HoldingRow {
    /// The post of the row, if there is one.
    pub(crate) fn post(self) -> Option<HeldPost> {
        let post = Post {
            id: self.post_id?,
            person: self.session.person,
            role: self.post_role?,
            agency: self.post_agency?,
            team: self.post_team,
            kind: self.post_kind?,
            from_us: self.post_from_us?,
            until_us: self.post_until_us,
            source: self.post_source?,
            made_by: self.post_made_by,
            version: self.post_version?,
        };
        let (agency_name, agency_kind) = (self.agency_name?, self.agency_kind?);
        Some(HeldPost { post, agency_name, agency_kind, agency_area: self.agency_area, team_name: self.team_name })
    }
}
