//! The page on which an event is recorded or corrected: its fields from the vocabulary, filled with what is known.

use super::at_hand::Hand;
use super::checklist;
use super::field::now;
use super::timeline::Teller;
use super::{FieldMaker, head};
use crate::asked::{self, One, evaluate};
use crate::words::{Names, short_title};
use crate::{
    AtHand, DutyKey, EventForm, EventLink, FieldKind, FormField, Guidance, Lens, OptionGroup, Record, Ringing, Version,
    Viewer,
};
use casebook::case_file::EntryLine;
use casebook::command::{self, Answers, BY, BY_NAME, FieldProblem, NOTE, OCCURRED, PUT_RIGHT, REASON, WHY, labels};
use engine::case::Episode;
use engine::evaluate::{DutyView, State};
use engine::ids::EpisodeNo;
use engine::rulebook::{By, Content};
use engine::value::{Type, Value};
use engine::vocabulary::{EpisodeEffect, Event, EventId, Field, Vocabulary};
use engine::words::Sym;

/// The field for the time of the meeting that an entry is about.
const MEETING_AT: &str = "meeting_at";

/// The field for what a child was reported as, and the fact that it begins with.
const AS: &str = "as";
const STATUS: &str = "episode.status";

/// The field for what was decided.
const ANSWER: &str = "answer";

/// How a form is asked for.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// The duty it is opened from.
    pub duty: Option<DutyKey>,
    /// The act it is opened for, where no duty asks for it.
    pub act: Option<String>,
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

/// What a form is drawn for.
pub struct Opened<'a> {
    /// Through whose eyes.
    pub lens: &'a Lens<'a>,
    /// The record.
    pub record: &'a Record,
    /// How it is asked for.
    pub asked: &'a Asked,
}

/// The form for an event.
pub fn event_form(opened: &Opened<'_>, viewer: Viewer, event: EventId) -> EventForm {
    form(opened, viewer, event, None, None)
}

/// The form for the correction of an entry, filled with what it says now; none for what is no entry that stands.
pub fn correct_form(opened: &Opened<'_>, viewer: Viewer, entry: &str) -> Option<EventForm> {
    let Opened { lens, record, asked } = *opened;
    let line = record.in_force(entry)?;
    let names = Names::of(lens.rules, &record.case, lens.now);
    let correcting = Teller::new(lens, record, &names).version(line);
    let mut asked = asked.clone();
    if asked.answers.is_empty() {
        asked.answers = command::fill(names.vocabulary, &record.file, line);
    }
    Some(form(&Opened { lens, record, asked: &asked }, viewer, line.event, Some(correcting), Some(line)))
}

fn form(
    opened: &Opened<'_>,
    viewer: Viewer,
    id: EventId,
    correcting: Option<Version>,
    kept: Option<&EntryLine>,
) -> EventForm {
    let Opened { lens, record, asked } = *opened;
    let rules = lens.rules;
    let names = Names::of(rules, &record.case, lens.now);
    let event = names.vocabulary.event_at(id);
    let (duty, beside) = asked.duty.as_ref().and_then(|key| find(lens, record, key)).unzip();
    let beside = beside.unwrap_or_default();
    let instead = duty.as_ref().filter(|_| correcting.is_none()).map(|one| instead(&names, lens, (one, id)));
    let duty = duty.filter(|one| command::event_of(names.vocabulary, one.rule) == id);
    let mut answers = if asked.answers.is_empty() {
        answers(opened, id, duty.as_ref(), Answers::default())
    } else {
        asked.answers.clone()
    };
    let pictured = event.photograph();
    if let (Some(field), Some(photograph)) = (pictured, &asked.photograph) {
        answers.set(command::name(&field.id), photograph.as_str());
    }
    let meeting =
        asked.meeting.as_deref().filter(|_| asked.answers.is_empty()).and_then(|entry| record.in_force(entry));
    if let (Some(meeting), Some(field)) = (meeting, names.vocabulary.event_field(id, MEETING_AT)) {
        now(&mut answers, &command::name(&field.id), &names.vocabulary.calendar, meeting.occurred);
    }
    let (usual, problems) = (usual(lens, id), &asked.problems);
    let likely = likely(lens, record, duty.as_ref(), &usual);
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: lens.now, likely };
    let mut fields: Vec<FormField> = Vec::new();
    for field in &event.fields {
        let mut made = maker.of(field);
        if field.kind == Type::Entries {
            // With one episode there is nothing to choose.
            if record.case.episodes.len() < 2 {
                continue;
            }
            offer_episodes(&mut made, lens, record);
        }
        offer_doers(&mut made, &names, (event, field), &usual);
        if made.kind == FieldKind::Photograph && correcting.is_some() {
            made.hint = "To show another photograph, add it. To take this one away, withdraw this entry.".into();
        }
        if id == names.vocabulary.known.decision_recorded && field.id == ANSWER {
            offer_answers(&mut made, &names, &answers);
        }
        if is_given(names.vocabulary, field, &made, duty.is_some()) {
            made.kind = FieldKind::Hidden;
        }
        fields.push(made);
    }
    fields.extend(which_followed(opened, &maker, id, correcting.is_some()));
    let episode = episode(record, lens, event, asked, duty.as_ref());
    let filled = checklist::Filled { rules, answers: &answers, problems: &asked.problems };
    let checklist = match (kept, &duty) {
        (Some(line), _) => filled.kept(line),
        (None, Some(_)) => filled.asked(&beside),
        (None, None) => Vec::new(),
    };
    let hand = at_hand(opened, &names, (id, &episode), duty.as_ref(), correcting.is_some());
    EventForm {
        may_dispute: false,
        may_confirm: false,
        may_join: false,
        viewer,
        child: head(lens, record),
        event: event.id.clone(),
        title: names.event(&event.id),
        hint: event.hint.clone(),
        version: record.version,
        episode,
        duty_label: duty.as_ref().map(|one| one.view.label.clone()).unwrap_or_default(),
        duty_due: duty.as_ref().and_then(|one| due(lens, one)).unwrap_or_default(),
        duty: duty.as_ref().map(|one| one.key.clone()),
        instead: instead.unwrap_or_default(),
        instead_of: asked.duty.clone(),
        occurred: FormField {
            required: true,
            ..maker.plain(
                OCCURRED,
                if pictured.is_some() { "When was it handed over?" } else { "When did it happen?" },
                "Today, unless you change it.",
                FieldKind::Moment,
            )
        },
        by: if event.joint { together(&maker) } else { FormField { required: true, ..by(lens, &maker, id) } },
        by_name: maker.plain(
            BY_NAME,
            if event.joint { "Name of the person who chaired" } else { "Name of the person who did it" },
            "",
            FieldKind::Text,
        ),
        fields,
        note: maker.plain(NOTE, "Anything else", "", FieldKind::LongText),
        guidance: guidance(&names, &event.id, duty.as_ref().map(|one| one.view.action.as_str())),
        hand,
        checklist,
        why: if correcting.is_some() { why(&maker) } else { Vec::new() },
        correcting,
        ends_episode: event.episode == EpisodeEffect::Ends,
    }
}

/// Why an entry is put right: from the list, and in words.
fn why(maker: &FieldMaker<'_>) -> Vec<FormField> {
    let list: Vec<_> = PUT_RIGHT.list.iter().map(|(word, label)| (*word, *label, "")).collect();
    let words = maker.plain(REASON, "What was wrong, in a few words?", "", FieldKind::Text);
    vec![
        FormField { required: true, ..maker.choice(WHY, "Why is it put right?", "", &list) },
        FormField { required: true, ..words },
    ]
}

/// What stands beside the form: whom to ring, what one may do, the law and the words.
fn at_hand(
    opened: &Opened<'_>,
    names: &Names<'_>,
    (id, episode): (EventId, &str),
    duty: Option<&One>,
    correcting: bool,
) -> AtHand {
    let Opened { lens, record, asked } = *opened;
    let event = names.vocabulary.event_at(id);
    let action = duty.map(|one| one.view.action.as_str()).or(asked.act.as_deref());
    let number = record.case.episodes.iter().position(|e| e.id == episode).map(EpisodeNo::at);
    let hand = Hand { lens, record, names };
    let texts = [event.hint.as_str(), duty.map_or("", |one| one.rule.says.as_str())];
    AtHand {
        ringing: whom_to_ring(&hand, duty, (event, number), correcting),
        offers: action.map(|action| hand.offers(number, Some(action))).unwrap_or_default(),
        powers: hand.powers(action, &[&event.id]),
        words: hand.words(&texts),
        protocols: hand.protocols(),
    }
}

/// What else answers a duty: the other events that meet it and that the viewer may record.
fn instead(names: &Names<'_>, lens: &Lens<'_>, (one, id): (&One, EventId)) -> Vec<EventLink> {
    let vocabulary = names.vocabulary;
    let all = one.rule.met_by.as_deref().unwrap_or(&vocabulary.action_at(one.rule.action).met_by);
    let mut found: Vec<EventLink> = Vec::new();
    for met in all {
        let event = vocabulary.event_at(met.event);
        let told = event.made_up || event.by_action || command::forbids(vocabulary, event, &lens.who.role).is_some();
        if met.event != id && !told && !found.iter().any(|link| link.event == event.id) {
            let (title, hint) = (names.event(&event.id), event.hint.clone());
            found.push(EventLink { event: event.id.clone(), act: String::new(), title, hint });
        }
    }
    found
}

/// Whom to ring for a duty; or whom the event tells, who is rung before it is recorded, from wherever its page was opened.
fn whom_to_ring(
    hand: &Hand<'_>,
    duty: Option<&One>,
    (event, number): (&Event, Option<EpisodeNo>),
    correcting: bool,
) -> Ringing {
    match (duty, event.tells) {
        (Some(one), _) => hand.telling(one, number).unwrap_or_default(),
        (None, Some(_)) if !correcting => hand.reporting(),
        (None, _) => Ringing::default(),
    }
}

/// Until when it is to be done: what is asked every day is asked again and again in the same words.
fn due(lens: &Lens<'_>, one: &One) -> Option<String> {
    let due = one.duty.due.filter(|_| one.duty.state.is_open())?;
    let when = lens.face.when(due).words;
    Some(match one.duty.state {
        State::Overdue => {
            format!("It was to be done by {when}. If it was done by then, write when: what counts is when it was done.")
        }
        _ => format!("By {when}."),
    })
}

/// What was decided is chosen from the answers that the rulebooks look for, and not typed: what is asked next hangs on it.
fn offer_answers(made: &mut FormField, names: &Names<'_>, answers: &Answers) {
    let vocabulary = names.vocabulary;
    let decision = vocabulary.fields.get(vocabulary.known.decision.place()).map(|id| command::name(id));
    let decision = decision.map(|name| answers.get(&name).to_string()).filter(|decision| !decision.is_empty());
    let mut words = command::outcomes(vocabulary, decision.as_deref());
    // An entry may have come from elsewhere with an answer of its own.
    words.extend(made.values.iter().filter(|value| !words.contains(value)).cloned().collect::<Vec<_>>());
    made.options = words
        .iter()
        .map(|word| {
            super::field::option(word, &labels::decided(vocabulary, decision.as_deref(), word), "", &made.values)
        })
        .collect();
    made.kind = FieldKind::Choice;
    // The hint speaks of a word to be written.
    made.hint.clear();
}

/// Which of two protocols that contradict each other was followed; nothing where none do.
fn which_followed(opened: &Opened<'_>, maker: &FieldMaker<'_>, id: EventId, correcting: bool) -> Option<FormField> {
    let sides = super::followed::sides(opened.lens, opened.record, id);
    let hidden = maker.plain(command::FOLLOWED, "", "", FieldKind::Hidden);
    if !sides.is_empty() {
        return Some(super::followed::field(&sides, maker.answers, hidden.error));
    }
    // The contradiction is over; what was said of it stays.
    (correcting && !maker.answers.get(command::FOLLOWED).is_empty()).then_some(hidden)
}

/// The episodes that an act can be about, the latest first.
/// So many episodes are offered, the last ones.
const LATEST: usize = 8;

fn offer_episodes(made: &mut FormField, lens: &Lens<'_>, record: &Record) {
    let label = |episode: &Episode| format!("Gone {}", lens.face.lasted((episode.start, episode.end)));
    // The last of them, and what was chosen: nobody looks through the episodes of years.
    let chosen = |e: &&Episode| made.values.contains(&e.id);
    let all = || record.case.episodes.iter().rev();
    let episodes = all().take(LATEST).chain(all().skip(LATEST).filter(chosen));
    let options = episodes.map(|e| super::field::option(&e.id, &label(e), "", &made.values)).collect();
    made.groups = vec![OptionGroup { title: "Episodes".into(), options, rest: false }];
    made.hint = "Leave it empty where it was about one only.".into();
}

/// An open duty by its key, and the checklists of all that are done by the same act.
fn find(lens: &Lens<'_>, record: &Record, key: &DutyKey) -> Option<(One, Vec<DutyView>)> {
    let evaluated = evaluate(lens.rules, &record.case, lens.now, lens.now, asked::Asked::Current);
    let place = evaluated.duties.iter().position(|one| one.key == *key)?;
    let line = evaluated.lines.iter().find(|line| line.duties.contains(&place));
    let together = line.map_or_else(|| vec![place], |line| line.duties.clone());
    let beside = together.iter().map(|i| evaluated.duties[*i].view.clone()).collect();
    evaluated.duties.into_iter().nth(place).map(|one| (one, beside))
}

/// What the form of an event is filled with as it is opened: what the duty, or the act, says of it, and what is known beside.
pub(super) fn begun(opened: &Opened<'_>, id: EventId, known: Answers) -> Answers {
    let Opened { lens, record, asked } = *opened;
    let duty = asked.duty.as_ref().and_then(|key| find(lens, record, key)).map(|(one, _)| one);
    let duty = duty.filter(|one| command::event_of(lens.rules.vocabulary(), one.rule) == id);
    answers(opened, id, duty.as_ref(), known)
}

/// What the open episode is, in the vocabulary's word.
fn status<'a>(lens: &Lens<'a>, record: &Record) -> Option<&'a str> {
    let vocabulary = lens.rules.vocabulary();
    let open = record.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now))?;
    match open.facts.value_at(vocabulary.fact(STATUS)?, lens.now) {
        Value::Word(word) => vocabulary.word(word),
        _ => None,
    }
}

/// What the form is filled with at first: what is known from the duty or the act, and beside it; now, and who is taken to have done it.
fn answers(opened: &Opened<'_>, id: EventId, duty: Option<&One>, known: Answers) -> Answers {
    let Opened { lens, record, asked } = *opened;
    let vocabulary = lens.rules.vocabulary();
    let event = vocabulary.event_at(id);
    let mut answers = duty.map(|one| command::doing(vocabulary, one.rule, &one.view).answers).unwrap_or_default();
    now(&mut answers, OCCURRED, &vocabulary.calendar, lens.now);
    // A child is reported as what the episode says, until somebody says otherwise.
    if let (Some(field), Some(status)) = (event.fields.iter().find(|f| f.id == AS), status(lens, record))
        && field.answer(status).is_some()
    {
        answers.set(command::name(AS), status);
    }
    let act = asked.act.as_deref().and_then(|act| vocabulary.action(act)).filter(|_| duty.is_none());
    if let Some(filled) = act.and_then(|act| command::filled_for(vocabulary, act, id)) {
        answers.lay_over(filled);
    }
    answers.lay_over(known);
    let doer = doer(lens, id, duty, &answers);
    if doer == lens.who.role {
        answers.set(BY_NAME, lens.who.name.as_str());
    }
    answers.set(BY, doer);
    answers
}

/// Who is taken to have done it: the viewer, where the duty is theirs or the act is, or where no duty says whose it is and the rulebooks let
/// them; else whose duty it is; else whoever alone does such a
/// thing. Where several might have, nobody is: to put an act into another agency's name is for a person to decide. So is it to put an act
/// that the rulebooks give to others into one's own.
fn doer(lens: &Lens<'_>, id: EventId, duty: Option<&One>, answers: &Answers) -> String {
    let vocabulary = lens.rules.vocabulary();
    let books = &lens.rules.library.rulebooks;
    let event = vocabulary.event_at(id);
    let owner = duty.and_then(|one| one.view.owner.as_deref());
    // Whoever only sees to it that somebody else does it does not do it.
    if let Some(owner) = duty.filter(|one| only_sees_to(lens, one)).and(owner) {
        return owner.to_string();
    }
    let allowed = command::forbids(vocabulary, event, &lens.who.role).is_none();
    let together = event.joint && event.said_by.iter().any(|s| says(lens, *s));
    let answered = |field: &str| Some(answers.get(&command::name(field)).to_string()).filter(|word| !word.is_empty());
    let sides = command::whose_act(vocabulary, books, id, answered).filter(|_| !event.joint);
    let others = sides.as_ref().is_some_and(|sides| !sides.iter().any(|side| says(lens, *side)));
    let lets = || command::also_doers(vocabulary, books, id).into_iter().any(|role| says(lens, role));
    let let_do = duty.is_none() && !event.joint && allowed && lens.has_role() && lets();
    if (is_usual_doer(lens, event, id) || let_do) && !others
        || allowed && (duty.is_some_and(|one| lens.owes(&one.view)) || together) && lens.has_role()
    {
        return lens.who.role.clone();
    }
    // Of what anybody may do, that one protocol asks it of one agency says nothing of who did it this time.
    let open_to_all = duty.is_none() && allowed;
    let doers = sides.unwrap_or_else(|| if open_to_all { Vec::new() } else { command::doers(vocabulary, books, id) });
    let only = if let [only] = doers[..] { vocabulary.word(only) } else { None };
    owner.filter(|owner| vocabulary.role(owner).is_some()).or(only).unwrap_or_default().to_string()
}

/// Is a duty the viewer's only to see to: one that nobody but its owner can do?
fn only_sees_to(lens: &Lens<'_>, one: &One) -> bool {
    let (vocabulary, own) = (lens.rules.vocabulary(), engine::words::sym(&lens.who.role));
    let acts_for = |role: Sym| vocabulary.may_act_for(own, role);
    let owner = one.view.owner.as_deref().map(engine::words::sym);
    one.view.seen_to_by.is_some()
        && match &one.rule.by {
            By::Anyone => false,
            By::Owner => !owner.is_some_and(acts_for),
            By::Roles(roles) => !owner.into_iter().chain(roles.iter().copied()).any(acts_for),
        }
}

/// Does the viewer say what this role says?
fn says(lens: &Lens<'_>, role: Sym) -> bool {
    let vocabulary = lens.rules.vocabulary();
    lens.may_see_to(vocabulary.word(role)) || vocabulary.may_act_for(engine::words::sym(&lens.who.role), role)
}

/// Does the viewer do such things, by the rulebooks?
pub fn is_usual_doer(lens: &Lens<'_>, event: &Event, id: EventId) -> bool {
    let rules = lens.rules;
    let vocabulary = rules.vocabulary();
    let doers = command::doers(vocabulary, &rules.library.rulebooks, id);
    let mine = |doer: &Sym| vocabulary.word(*doer).is_some_and(|word| lens.may_see_to(Some(word)));
    let forbidden = command::forbids(vocabulary, event, &lens.who.role).is_some();
    lens.has_role() && !forbidden && (doers.is_empty() || doers.iter().any(mine))
}

fn by(lens: &Lens<'_>, maker: &FieldMaker<'_>, id: EventId) -> FormField {
    let rules = lens.rules;
    let vocabulary = rules.vocabulary();
    let doers = usual(lens, id);
    // Who may not have done it is not offered, to be refused afterwards.
    let may = lens.has_role() && command::forbids(vocabulary, vocabulary.event_at(id), &lens.who.role).is_none();
    let own = if may { vec![lens.who.role.clone()] } else { Vec::new() };
    let mut field = maker.plain(BY, "Who did it?", "", FieldKind::Select);
    let likely = [("You".to_string(), own), (TASK.to_string(), doers)];
    super::offer_people(&mut field, maker.names, &likely);
    field.groups.retain(|g: &OptionGroup| !g.options.is_empty());
    field
}

/// Of what several did together it is asked who chaired and who came, and not who did it as well.
fn together(maker: &FieldMaker<'_>) -> FormField {
    maker.plain(BY, "Who did it?", "", FieldKind::Hidden)
}

/// The roles that are likely to be meant: those to be told, and those around the child.
fn likely(lens: &Lens<'_>, record: &Record, duty: Option<&One>, usual: &[String]) -> Vec<(String, Vec<String>)> {
    let vocabulary = lens.rules.vocabulary();
    let tell = duty.map(|one| one.view.recipients.iter().map(|r| r.role.clone()).collect()).unwrap_or_default();
    let around = record.file.people.iter().filter_map(|p| vocabulary.word(p.role?)).filter(|r| *r != "child");
    vec![
        ("To be told".into(), tell),
        (TASK.into(), usual.to_vec()),
        ("Around this child".into(), around.map(String::from).collect()),
    ]
}

/// Which rule an entry is for, and which act, is known where the form is opened from a duty; nobody types the first.
fn is_given(vocabulary: &Vocabulary, field: &Field, made: &FormField, from_duty: bool) -> bool {
    let known = &vocabulary.known;
    let named = from_duty && [known.action, known.decision, known.meeting].contains(&field.field);
    field.id == "duty" || named && !made.values.is_empty()
}

/// The title of those who do such things by the rulebooks.
const TASK: &str = "Whose task it is";

/// The roles that do such things by the rulebooks.
fn usual(lens: &Lens<'_>, id: EventId) -> Vec<String> {
    let rules = lens.rules;
    let doers = command::doers(rules.vocabulary(), &rules.library.rulebooks, id);
    doers.into_iter().filter_map(|d| rules.vocabulary().word(d)).map(String::from).collect()
}

/// Who held it, or chaired it: those whose task it is, and nobody who would be refused.
fn offer_doers(made: &mut FormField, names: &Names<'_>, (event, field): (&Event, &Field), usual: &[String]) {
    if Some(field.field) != event.doer {
        return;
    }
    super::offer_people(made, names, &[(TASK.to_string(), usual.to_vec())]);
    for group in &mut made.groups {
        group.options.retain(|one| one.chosen || command::forbids(names.vocabulary, event, &one.value).is_none());
    }
    made.groups.retain(|group| !group.options.is_empty());
}

/// The episode that the entry is for: the one it is opened from, or that of its duty; else time will tell.
fn episode(record: &Record, lens: &Lens<'_>, event: &Event, asked: &Asked, duty: Option<&One>) -> String {
    if event.episode == EpisodeEffect::Starts {
        return String::new();
    }
    let named = asked.episode.clone().or_else(|| duty.and_then(|one| one.view.episode.clone()));
    let open = || record.case.episodes.iter().rfind(|e| e.end.is_none_or(|end| end > lens.now)).map(|e| e.id.clone());
    named.filter(|id| record.case.episodes.iter().any(|e| e.id == *id)).or_else(open).unwrap_or_default()
}

/// What the rulebooks that apply say at this step.
pub fn guidance(names: &Names<'_>, event: &str, action: Option<&str>) -> Vec<Guidance> {
    let mut found = Vec::new();
    for book in names.books() {
        let here = |step: &str| step == event || Some(step) == action;
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
