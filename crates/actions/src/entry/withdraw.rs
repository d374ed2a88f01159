//! Withdraws an entry: it does not count any more, and is still there to be read.

use super::Recorded;
use super::outcome::recorded;
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, row};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use casebook::command::{FieldProblem, NOTE};
use serde_json::{Map, json};

/// A reason may have so many characters.
const LONGEST: usize = 20_000;

/// Withdraws an entry of a child's record, with the reason. The same key again gives the first answer.
pub async fn withdraw(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    entry: &str,
    reason: &str,
    key: &str,
) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(recorded(&lens(app, actor), done));
    }
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > LONGEST || reason.contains('\0') {
        let message = if reason.is_empty() {
            "Say why it should not be there".to_string()
        } else {
            format!(
                "Why it should not be there: write no more than {LONGEST} characters, and no signs that cannot be seen"
            )
        };
        return Err(Refused::Invalid(vec![FieldProblem::new(NOTE, message)]));
    }
    opened.seen.in_force(entry).ok_or(Refused::NotFound)?;
    let vocabulary = app.rules.vocabulary();
    // A withdrawal has the event of what it withdraws, and none of its fields; so neither is written.
    let mut withdrawal = Map::new();
    withdrawal.insert("corrects".into(), json!(entry));
    withdrawal.insert("withdrawn".into(), json!(true));
    if vocabulary.role(&actor.role).is_some() {
        withdrawal.insert("by".into(), json!(actor.role));
    }
    withdrawal.insert("by_name".into(), json!(actor.name));
    withdrawal.insert("note".into(), json!(reason));
    let id = app.new_id();
    let row = row(app, actor, &id, app.now(), withdrawal);
    Ok(recorded(&lens(app, actor), append(app, actor, opened, version, &[row], key).await?))
}
