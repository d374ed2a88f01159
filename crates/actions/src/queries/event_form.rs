//! The page on which an event is recorded or corrected: its fields from the vocabulary, filled with what is known.

use super::field::now;
use super::timeline::{Teller, people};
use super::{FieldMaker, Lens, head_of};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, note};
use crate::case::{self, Loaded, One, evaluate, load};
use crate::refused::{Refused, Result};
use crate::views::{EventForm, FieldKind, FormField, Guidance, OptionGroup, Version};
use crate::words::{Names, short_title};
use casebook::command::{self, Answers, BY, BY_NAME, FieldProblem, NOTE, OCCURRED, labels};
use engine::case::Episode;
use engine::rulebook::Content;
use engine::value::Type;
use engine::vocabulary::{EpisodeEffect, Event, EventId};
use engine::words::Sym;

/// The field for the time of the meeting that an entry is about.
const MEETING_AT: &str = "meeting_at";

/// The field for what was decided.
const ANSWER: &str = "answer";

/// How a form is asked for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// The duty it is opened from.
    pub duty: Option<String>,
    /// The episode it is opened from.
    pub episode: Option<String>,
    /// The photograph that was put for it.
    pub photograph: Option<String>,
    /// The entry of the meeting that it is about.
    pub meeting: Option<String>,
    /// What was typed, to be shown again; empty at first.
    pub answers: Answers,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

/// The form for an event.
pub async fn event_form(app: &App, actor: &Actor, child: &str, event: &str, asked: &Asked) -> Result<EventForm> {
    let permit = authorise(app, actor, Verb::Record, Some(child)).await?;
    note(app, &permit, "form").await?;
    let lens = Lens::new(app, actor);
    let (loaded, event) = (load(app, &permit).await?, real(app, event)?);
    form(&lens, &loaded, event, asked, None).await
}

/// The form for the correction of an entry, filled with what it says now.
pub async fn correct_form(app: &App, actor: &Actor, child: &str, entry: &str, asked: &Asked) -> Result<EventForm> {
    let permit = authorise(app, actor, Verb::Correct, Some(child)).await?;
    note(app, &permit, "form").await?;
    let lens = Lens::new(app, actor);
    let loaded = load(app, &permit).await?;
    let line = loaded.in_force(entry).ok_or(Refused::NotFound)?;
    let writers = people(app, &loaded).await?;
    let names = Names::of(&app.rules, &loaded.case, lens.now);
    let correcting = Teller::new(&lens, &loaded, &names, &writers).version(line);
    let mut asked = asked.clone();
    if asked.answers.is_empty() {
        asked.answers = command::fill(names.vocabulary, &loaded.file, line);
    }
    form(&lens, &loaded, line.event, &asked, Some(correcting)).await
}

/// An event that may be recorded.
pub(crate) fn real(app: &App, event: &str) -> Result<EventId> {
    let vocabulary = app.rules.vocabulary();
    vocabulary.event(event).filter(|e| !vocabulary.event_at(*e).made_up).ok_or(Refused::NotFound)
}

async fn form(
    lens: &Lens<'_>,
    loaded: &Loaded,
    id: EventId,
    asked: &Asked,
    correcting: Option<Version>,
) -> Result<EventForm> {
    let rules = &lens.app.rules;
    let names = Names::of(rules, &loaded.case, lens.now);
    let event = names.vocabulary.event_at(id);
    let duty = asked.duty.as_deref().and_then(|key| find(lens, loaded, key));
    let duty = duty.filter(|one| command::event_of(names.vocabulary, one.rule) == id);
    let mut answers = answers(lens, event, id, duty.as_ref(), &asked.answers);
    let pictured = event.photograph();
    if let (Some(field), Some(photograph)) = (pictured, &asked.photograph) {
        answers.set(command::name(&field.id), photograph.as_str());
    }
    let meeting =
        asked.meeting.as_deref().filter(|_| asked.answers.is_empty()).and_then(|entry| loaded.in_force(entry));
    if let (Some(meeting), Some(field)) = (meeting, names.vocabulary.event_field(id, MEETING_AT)) {
        now(&mut answers, &command::name(&field.id), &names.vocabulary.calendar, meeting.occurred);
    }
    let likely = likely(lens, loaded, duty.as_ref());
    let maker = FieldMaker { names: &names, answers: &answers, problems: &asked.problems, likely };
    let mut fields: Vec<FormField> = Vec::new();
    for field in &event.fields {
        let mut made = maker.of(field);
        if field.kind == Type::Entries {
            // With one episode there is nothing to choose.
            if loaded.case.episodes.len() < 2 {
                continue;
            }
            offer_episodes(&mut made, lens, loaded);
        }
        if made.kind == FieldKind::Photograph && correcting.is_some() {
            made.hint = "To show another photograph, add it. To take this one away, withdraw this entry.".into();
        }
        if id == names.vocabulary.known.decision_recorded && field.id == ANSWER {
            offer_answers(&mut made, &names, &answers);
        }
        // Which rule an entry is for, and which act, is known where the form is opened from a duty; nobody types the first.
        let named = duty.is_some()
            && [names.vocabulary.known.action, names.vocabulary.known.decision, names.vocabulary.known.meeting]
                .contains(&field.field);
        if field.id == "duty" || named && !made.values.is_empty() {
            made.kind = FieldKind::Hidden;
        }
        fields.push(made);
    }
    let episode = episode(loaded, lens, event, asked, duty.as_ref());
    Ok(EventForm {
        viewer: lens.viewer().await?,
        child: head_of(lens, loaded),
        event: event.id.clone(),
        title: names.event(&event.id),
        hint: event.hint.clone(),
        version: loaded.record.version,
        episode,
        duty_label: duty.as_ref().map(|one| one.view.label.clone()).unwrap_or_default(),
        duty: duty.as_ref().map(|one| one.key.clone()).unwrap_or_default(),
        occurred: FormField {
            required: true,
            ..maker.plain(
                OCCURRED,
                if pictured.is_some() { "When was it handed over?" } else { "When did it happen?" },
                "Today, unless you change it.",
                FieldKind::Moment,
            )
        },
        by: FormField { required: true, ..by(lens, &maker, id) },
        by_name: maker.plain(BY_NAME, "Name of the person who did it", "", FieldKind::Text),
        fields,
        note: maker.plain(NOTE, "Anything else", "", FieldKind::LongText),
        guidance: guidance(&names, event, duty.as_ref()),
        checklist: duty.map(|one| one.view.checklist.into_iter().map(|c| c.text).collect()).unwrap_or_default(),
        correcting,
        ends_episode: event.episode == EpisodeEffect::Ends,
    })
}

/// What was decided is chosen from the answers that the rulebooks look for, and not typed: what is asked next hangs on it.
fn offer_answers(made: &mut FormField, names: &Names<'_>, answers: &Answers) {
    let vocabulary = names.vocabulary;
    let decision = vocabulary.fields.get(vocabulary.known.decision.0 as usize).map(|id| command::name(id));
    let decision = decision.map(|name| answers.get(&name).to_string()).filter(|decision| !decision.is_empty());
    let mut words = command::outcomes(vocabulary, decision.as_deref());
    // An entry may have come from elsewhere with an answer of its own.
    words.extend(made.values.iter().filter(|value| !words.contains(value)).cloned().collect::<Vec<_>>());
    made.options = words
        .iter()
        .map(|word| super::field::option(word, &labels::decided(vocabulary, word), "", &made.values))
        .collect();
    made.kind = FieldKind::Choice;
    // The hint speaks of a word to be written.
    made.hint.clear();
}

/// The episodes that an act can be about, the latest first.
fn offer_episodes(made: &mut FormField, lens: &Lens<'_>, loaded: &Loaded) {
    let when = |at| lens.face.when(at).words;
    let label = |episode: &Episode| match episode.end {
        Some(end) => format!("Gone from {} to {}", when(episode.start), when(end)),
        None => format!("Gone since {}", when(episode.start)),
    };
    let episodes = loaded.case.episodes.iter().rev();
    let options = episodes.map(|e| super::field::option(&e.id, &label(e), "", &made.values)).collect();
    made.groups = vec![OptionGroup { title: "Episodes".into(), options }];
    made.hint = "Leave it empty where it was about one only.".into();
}

/// An open duty by its key.
fn find(lens: &Lens<'_>, loaded: &Loaded, key: &str) -> Option<One> {
    let evaluated = evaluate(&lens.app.rules, &loaded.case, lens.now, lens.now, case::Asked::Current);
    evaluated.duties.into_iter().find(|one| one.key == key)
}

/// What the form is filled with: what was typed; at first, what is known from the duty, now, and who is signed in.
fn answers(lens: &Lens<'_>, event: &Event, id: EventId, duty: Option<&One>, typed: &Answers) -> Answers {
    if !typed.is_empty() {
        return typed.clone();
    }
    let vocabulary = lens.app.rules.vocabulary();
    let mut answers = duty.map(|one| command::doing(vocabulary, one.rule, &one.view).answers).unwrap_or_default();
    now(&mut answers, OCCURRED, &vocabulary.calendar, lens.now);
    let doer = doer(lens, event, id, duty);
    if doer == lens.actor.role {
        answers.set(BY_NAME, lens.actor.name.as_str());
    }
    answers.set(BY, doer);
    answers
}

/// Who is taken to have done it: the viewer, where the duty is theirs or the act is; else whose duty it is; else whoever alone does such a
/// thing. Where several might have, nobody is: to put an act into another agency's name is for a person to decide.
fn doer(lens: &Lens<'_>, event: &Event, id: EventId, duty: Option<&One>) -> String {
    let owner = duty.and_then(|one| one.view.owner.as_deref());
    let allowed = command::forbids(lens.app.rules.vocabulary(), event, &lens.actor.role).is_none();
    if is_usual_doer(lens, event, id) || allowed && lens.is_own(owner) && has_role(lens) {
        return lens.actor.role.clone();
    }
    let vocabulary = lens.app.rules.vocabulary();
    let doers = command::doers(vocabulary, &lens.app.rules.library.rulebooks, id);
    let only = if let [only] = doers[..] { vocabulary.word(only) } else { None };
    owner.filter(|owner| vocabulary.role(owner).is_some()).or(only).unwrap_or_default().to_string()
}

/// Does the viewer do such things, by the rulebooks?
pub(crate) fn is_usual_doer(lens: &Lens<'_>, event: &Event, id: EventId) -> bool {
    let rules = &lens.app.rules;
    let vocabulary = rules.vocabulary();
    let doers = command::doers(vocabulary, &rules.library.rulebooks, id);
    let mine = |doer: &Sym| vocabulary.word(*doer).is_some_and(|word| lens.is_own(Some(word)));
    let forbidden = command::forbids(vocabulary, event, &lens.actor.role).is_some();
    has_role(lens) && !forbidden && (doers.is_empty() || doers.iter().any(mine))
}

/// The role of the viewer is one that the rulebooks know.
fn has_role(lens: &Lens<'_>) -> bool {
    lens.app.rules.vocabulary().role(&lens.actor.role).is_some()
}

fn by(lens: &Lens<'_>, maker: &FieldMaker<'_>, id: EventId) -> FormField {
    let rules = &lens.app.rules;
    let vocabulary = rules.vocabulary();
    let doers = command::doers(vocabulary, &rules.library.rulebooks, id);
    let doers = doers.into_iter().filter_map(|d| vocabulary.word(d)).map(String::from).collect();
    let own = if vocabulary.role(&lens.actor.role).is_some() { vec![lens.actor.role.clone()] } else { Vec::new() };
    let mut field = maker.plain(BY, "Who did it?", "", FieldKind::Select);
    let likely = [("You".to_string(), own), ("Whose task it is".to_string(), doers)];
    field.groups = super::role_groups(maker.names, &likely, &field.values);
    field.groups.retain(|g: &OptionGroup| !g.options.is_empty());
    field
}

/// The roles that are likely to be meant: those to be told, and those around the child.
fn likely(lens: &Lens<'_>, loaded: &Loaded, duty: Option<&One>) -> Vec<(String, Vec<String>)> {
    let vocabulary = lens.app.rules.vocabulary();
    let tell = duty.map(|one| one.view.recipients.iter().map(|r| r.role.clone()).collect()).unwrap_or_default();
    let around = loaded.file.people.iter().filter_map(|p| vocabulary.word(p.role?)).filter(|r| *r != "child");
    vec![("To be told".into(), tell), ("Around this child".into(), around.map(String::from).collect())]
}

/// The episode that the entry is for: the one it is opened from, or that of its duty; else time will tell.
fn episode(loaded: &Loaded, lens: &Lens<'_>, event: &Event, asked: &Asked, duty: Option<&One>) -> String {
    if event.episode == EpisodeEffect::Starts {
        return String::new();
    }
    let named = asked.episode.clone().or_else(|| duty.and_then(|one| one.view.episode.clone()));
    let open = || loaded.case.episodes.iter().rfind(|e| e.end.is_none_or(|end| end > lens.now)).map(|e| e.id.clone());
    named.filter(|id| loaded.case.episodes.iter().any(|e| e.id == *id)).or_else(open).unwrap_or_default()
}

/// What the rulebooks that apply say at this step.
fn guidance(names: &Names<'_>, event: &Event, duty: Option<&One>) -> Vec<Guidance> {
    let action = duty.map(|one| one.view.action.as_str());
    let mut found = Vec::new();
    for book in names.books() {
        let here = |step: &str| step == event.id || Some(step) == action;
        let blocks = book.blocks.iter().filter(|b| matches!(&b.content, Content::Guidance { at } if here(at)));
        found.extend(blocks.map(|block| Guidance {
            rulebook: short_title(book),
            title: labels::capital(&block.title),
            says: block.says.clone(),
            provisions: block.cites.iter().map(|c| c.id.as_str()).collect::<Vec<_>>().join(", "),
        }));
    }
    found
}
