//! Whose statement an entry is. The person who is signed in is judged, never the role that a form names: what is another side's to say is
//! put down as told by it, and eases and closes nothing until that side confirms it.

use super::hold::{is_outside, is_own_side};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb};
use crate::looks;
use crate::refused::{Refused, Result};
use casebook::command;
use engine::vocabulary::{Class, Event, Role};
use engine::words::{Sym, sym};
use policy::Act;
use serde_json::{Map, Value};

/// What is said to whoever would waive a duty and may not.
pub(crate) const ONLY_WITH_AUTHORITY: &str =
    "Only somebody with the authority waives what is to be done: ask a manager.";

/// Marks an entry that is another side's to say as told by it, and refuses what this person may not put down at all.
pub(crate) async fn statement(
    app: &App,
    actor: &Actor,
    permit: &Permit,
    event: &Event,
    json: &mut Map<String, Value>,
) -> Result<()> {
    let told = told_by(app, actor, event, json);
    let classes = if told.is_some() { permit.may.tell } else { permit.may.record };
    let given = classes_of(event, json);
    let allowed = given.iter().all(|class| policy::Class::of(class.word()).is_some_and(|class| classes.has(class)));
    if !allowed {
        looks::refused(app, actor, &permit.child, Verb::Record).await?;
        let why = format!("As {} you do not record this. Ask those whose task it is.", actor.role_name);
        return Err(Refused::NotAllowed(why));
    }
    let waived = app.rules.vocabulary().event(&event.id) == Some(app.rules.vocabulary().known.duty_waived);
    if waived && !permit.may.acts.has(Act::Waive) {
        looks::refused(app, actor, &permit.child, Verb::Do(Act::Waive)).await?;
        return Err(Refused::NotAllowed(ONLY_WITH_AUTHORITY.into()));
    }
    if let Some(role) = told.and_then(|role| app.rules.vocabulary().word(role)) {
        json.insert("told_by".into(), role.into());
    }
    Ok(())
}

/// The role on whose behalf it is put down; none if it is this person's own side to say, or nobody's of an agency.
fn told_by(app: &App, actor: &Actor, event: &Event, json: &Map<String, Value>) -> Option<Sym> {
    // Whose act it is: who did it where the entry names them, else whoever it is by. What several did together, each of them says.
    let said_by = said_by(app, actor, event, json);
    let said_by = said_by.as_slice();
    // Of a meeting of which the vocabulary says nothing, those say it whom the rulebooks have hold it, whoever was in the chair.
    let hold = if said_by.is_empty() && event.joint { whose_act(app, event, json) } else { Vec::new() };
    let together = event.joint && said_by.iter().chain(&hold).any(|s| is_own_side(app, &actor.role, *s));
    let doer = event.doer.and_then(|doer| event.fields.iter().find(|f| f.field == doer)).filter(|_| !event.joint);
    let named = doer.and_then(|field| json.get(&field.id)).or_else(|| json.get("by")).and_then(Value::as_str);
    let by = if together { Some(actor.role.as_str()) } else { named };
    // Whoever answers for a body says what it says: the missing co-ordinator speaks for the missing team.
    let says = |role: &str| said_by.is_empty() || said_by.iter().any(|s| is_own_side(app, role, *s));
    let role = match by {
        Some(by) if says(by) => sym(by),
        _ => *said_by.first()?,
    };
    (!is_own_side(app, &actor.role, role) && !is_outside(app, role)).then_some(role)
}

/// Whose it is to say: of a decision as the vocabulary says of that decision, else as it says of the event. Of an act, a decision or a form of
/// which it says nothing, as the rulebooks say whose it is, where that is another agency's: a carer who puts down what an officer authorised
/// tells of it. Empty where anybody says it.
fn said_by(app: &App, actor: &Actor, event: &Event, json: &Map<String, Value>) -> Vec<Sym> {
    let vocabulary = app.rules.vocabulary();
    let field = event.fields.iter().find(|f| f.field == vocabulary.known.decision);
    let decision = field.and_then(|field| answer(json, &field.id)).and_then(|word| vocabulary.action(&word));
    let own = decision.map(|id| vocabulary.action_at(id).said_by.as_slice()).filter(|roles| !roles.is_empty());
    let own = own.unwrap_or(&event.said_by);
    if !own.is_empty() {
        return own.to_vec();
    }
    let mut sides = whose_act(app, event, json);
    sides.retain(|side| !is_of_another_area(app, *side));
    if sides.iter().all(|side| is_elsewhere(app, actor, *side)) { sides } else { Vec::new() }
}

/// Whose act it is by the rulebooks; empty where they do not say.
fn whose_act(app: &App, event: &Event, json: &Map<String, Value>) -> Vec<Sym> {
    let vocabulary = app.rules.vocabulary();
    let asked = vocabulary.event(&event.id);
    let word = |field: &str| answer(json, field);
    asked.and_then(|id| command::whose_act(vocabulary, &app.rules.library.rulebooks, id, word)).unwrap_or_default()
}

fn answer(json: &Map<String, Value>, field: &str) -> Option<String> {
    json.get(field).and_then(Value::as_str).map(String::from)
}

/// Is it for somebody of another agency to say, who signs in there, and for nobody whom an agency of this person's kind can have?
fn is_elsewhere(app: &App, actor: &Actor, side: Sym) -> bool {
    let Some(post) = actor.posts.iter().find(|held| held.post.id == actor.post) else { return false };
    let posts = app.policies.roles();
    let saying = || app.rules.vocabulary().roles.iter().filter(|role| posts.knows(&role.id));
    let mut saying = saying().filter(|role| is_own_side(app, &role.id, side)).peekable();
    !is_outside(app, side)
        && !is_own_side(app, &actor.role, side)
        && saying.peek().is_some()
        && saying.all(|role| !posts.employs(&post.agency_kind, &role.id))
}

/// Is it somebody who signs in nowhere here, of a body that does? The police of another area are police.
fn is_of_another_area(app: &App, side: Sym) -> bool {
    let vocabulary = app.rules.vocabulary();
    let is_body = |role: &Role| role.sym != side && vocabulary.is_part_of(side, role.sym);
    is_outside(app, side) && vocabulary.roles.iter().any(|role| is_body(role) && !is_outside(app, role.sym))
}

/// The classes of an entry: of the event, of the answers that bring one, and of the fields that were filled in.
fn classes_of(event: &Event, json: &Map<String, Value>) -> Vec<Class> {
    let given = |id: &str, word: &str| match json.get(id) {
        Some(Value::String(text)) if word.is_empty() => !text.trim().is_empty(),
        Some(Value::String(text)) => text == word,
        Some(Value::Bool(yes)) => *yes == (word == "yes"),
        Some(Value::Array(all)) => all.iter().any(|one| one == word),
        _ => false,
    };
    let id = |field| event.fields.iter().find(|f| f.field == field).map_or("", |f| f.id.as_str());
    let mut classes = event.classes(|field, word| given(id(field), word));
    classes.extend(event.fields.iter().filter(|f| json.contains_key(&f.id)).map(|f| f.class));
    classes
}
