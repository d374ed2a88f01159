//! A form half filled in.

use sqlx::FromRow;

/// A form half filled in, kept for the person who is filling it in.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct FormDraft {
    /// The id, unique among all.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// The child.
    pub child_id: String,
    /// What it is of, in the caller's words: a person has one draft of it about a child. Empty: of nothing that is told apart.
    pub subject: String,
    /// The rulebook.
    pub rulebook: String,
    /// The edition that it is of.
    pub edition: String,
    /// The form, in the vocabulary's word.
    pub form: String,
    /// What was typed; the caller's form.
    pub body: String,
    /// What was typed in a second place and not taken over; empty where nothing was.
    pub beside: String,
    /// The page that saved it last; of no meaning to anybody else.
    pub place: String,
    /// How often it was saved.
    pub version: i64,
    /// When it was begun.
    pub begun_us: i64,
    /// When it was last saved.
    pub saved_us: i64,
}

/// What came of saving a draft.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DraftSaved {
    /// It is saved; so often by now.
    At(i64),
    /// It was saved in another place since. What was to be saved is kept beside it.
    Beside,
    /// The same form was begun in another place, as the draft of this id. What was to be saved is kept beside that.
    BesideAnother(String),
    /// There is no such draft: it was completed or thrown away.
    Gone,
}
