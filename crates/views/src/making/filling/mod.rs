//! The forms of the rulebooks: the page on which one is filled in, filled with what the record says; the page of one that was completed,
//! compared with another; and which forms a child has. What a form asks is data; all forms are drawn by this alone.

mod completed;
mod list;
mod prefill;
mod question;

pub use completed::{completed, line as completed_line};
pub use list::{books, elsewhere, latest, review};
pub use prefill::prefill;

use super::event_form::{self, Asked, Opened};
use super::protocol::{cited, edition};
use crate::words::{Names, short_title};
use crate::{DraftLine, FieldKind, FillForm, FillSection, FormField, Lens, Record, Viewer};
use casebook::case_file::Filled;
use casebook::command::{self, Answers, BY, BY_NAME, FieldProblem, NOTE, OCCURRED, labels};
use engine::rulebook::{Block, Bound, Form, FormField as Asks, Rulebook, Stage};
use engine::time::Moment;
use engine::vocabulary::{Class, EventId};
use question::Questions;

/// A form of an edition.
#[derive(Clone, Copy)]
pub struct OfBook<'a> {
    /// The edition.
    pub book: &'a Rulebook,
    /// Its block.
    pub block: &'a Block,
    /// What it asks.
    pub form: &'a Form,
}

/// A form that somebody has open.
pub struct Fill<'a> {
    /// Through whose eyes.
    pub lens: &'a Lens<'a>,
    /// The record.
    pub record: &'a Record,
    /// The form.
    pub of: OfBook<'a>,
    /// What completing it records: the form's own event, or that it was looked through again.
    pub event: EventId,
    /// From what it was opened, what is typed so far, and what is wrong with it.
    pub asked: &'a Asked,
    /// The draft.
    pub draft: DraftLine,
    /// The completed form that it was begun from; may be empty.
    pub from: &'a str,
    /// When it was begun; now, where it was not saved yet.
    pub begun: Moment,
    /// What was saved in another place since: the answers there.
    pub elsewhere: Option<&'a Answers>,
    /// How many lines of each group are shown, where more were asked for.
    pub more: &'a str,
}

/// How far things have come with the episode that a form is about.
pub fn stage(record: &Record, episode: &str, now: Moment) -> Stage {
    let named = record.case.episodes.iter().find(|e| e.id == episode);
    match named.or_else(|| record.case.episodes.iter().rfind(|e| e.end.is_none_or(|end| end > now))) {
        Some(episode) if episode.end.is_some_and(|end| end <= now) => Stage::Back,
        Some(_) => Stage::Missing,
        None => Stage::Always,
    }
}

/// Does a form ask this of the viewer? What they may not record, it neither shows nor takes; and of what the record holds, nobody changes
/// what they may not see. What somebody writes themselves they read again, as its author.
pub fn asks(record: &Record, one: &Asks) -> bool {
    let class: Class = command::class_of(one);
    let held = matches!(one.bound, Bound::Fact(_) | Bound::Particular(_));
    record.records.contains(&class) && (!held || record.sees.contains(&class))
}

/// A form by its rulebook and word, in the edition that is asked for, or else in that which applies to the child, or is in force.
pub fn of_book<'a>(lens: &Lens<'a>, record: &Record, rulebook: &str, wanted: &str, form: &str) -> Option<OfBook<'a>> {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let applies = names.books().iter().find(|book| book.id == rulebook && wanted.is_empty()).copied();
    let book = match applies {
        Some(book) => lens.rules.library.rulebooks.iter().find(|b| b.id == book.id && b.edition == book.edition)?,
        None => edition(lens.rules, rulebook, wanted, lens.now)?,
    };
    let (block, form) = command::form_in(book, form)?;
    Some(OfBook { book, block, form })
}

/// Where an event that is to be recorded is recorded by a form: the rulebook and the form. None where no rulebook has one.
pub fn leads_to(lens: &Lens<'_>, record: &Record, event: EventId, asked: &Asked) -> Option<(String, String)> {
    let vocabulary = lens.rules.vocabulary();
    let names = Names::of(lens.rules, &record.case, lens.now);
    let opened = Opened { lens, record, asked };
    let answers = event_form::begun(&opened, event, Answers::default());
    // Where the viewer sees too little of the record for the duty to show in it, its rule still says which form is meant.
    let of_rule = || {
        let key = asked.duty.as_ref()?;
        let rule = lens.rules.book(&key.rulebook)?.rules.iter().find(|rule| rule.id == key.rule)?;
        command::form_asked(vocabulary, rule).or_else(|| command::reviews(vocabulary, rule))
    };
    let said = Some(answers.get(&command::name("form")).to_string()).filter(|form| !form.is_empty());
    let wanted = said.or_else(of_rule).unwrap_or_default();
    let generic = [vocabulary.event("form.completed"), vocabulary.event("form.reviewed")].contains(&Some(event));
    let asking = asked.duty.as_ref().map(|key| key.rulebook.as_str());
    let mut books: Vec<&Rulebook> = names.books().to_vec();
    // A duty that began while the child lived elsewhere is done by the form of the rulebook that asks for it.
    let elsewhere = asking.filter(|id| books.iter().all(|book| book.id != *id));
    books.extend(elsewhere.and_then(|id| lens.rules.book(id)));
    books.sort_by_key(|book| Some(book.id.as_str()) != asking);
    // Where two protocols contradict each other in it, its own page asks which was followed.
    let alone = super::sides(lens, record, event).is_empty();
    books.iter().find_map(|book| {
        let mut forms = book.blocks.iter().filter_map(|block| Some((block, command::form_of(block)?)));
        let found = forms.find(|(block, form)| {
            let same = |(field, word): &(String, String)| answers.get(&command::name(field)) == word;
            if generic {
                block.id == wanted && is_generic(lens, form)
            } else {
                form.records == Some(event) && form.answers.iter().all(same)
                    || alone && form.also.iter().any(|also| also.leads && also.event == event)
            }
        });
        found.map(|(block, _)| (book.id.clone(), block.id.clone()))
    })
}

/// Has a protocol that applies this form, to be filled in here?
pub fn has_form(lens: &Lens<'_>, record: &Record, form: &str) -> bool {
    let names = Names::of(lens.rules, &record.case, lens.now);
    names.books().iter().any(|book| {
        command::form_in(book, form)
            .is_some_and(|(_, form)| is_generic(lens, form) && form.fields.iter().any(|one| asks(record, one)))
    })
}

/// Does completing a form record that a form was completed, and nothing else?
fn is_generic(lens: &Lens<'_>, form: &Form) -> bool {
    form.records == lens.rules.vocabulary().event("form.completed")
}

/// The page on which a form is filled in.
pub fn fill(fill: &Fill<'_>, viewer: Viewer) -> FillForm {
    let Fill { lens, record, of: OfBook { book, block, form }, asked, .. } = *fill;
    let names = Names::of(lens.rules, &record.case, lens.now);
    let vocabulary = names.vocabulary;
    let opened = Opened { lens, record, asked };
    let entry = event_form::event_form(&opened, viewer, fill.event);
    let stage = stage(record, &entry.episode, lens.now);
    let questions = Questions { fill, names: &names, entry: &entry, stage };
    let sections = questions.sections();
    let differs = fill.elsewhere.map(|there| questions.differs(there)).unwrap_or_default();
    let bound = |field: &FormField| {
        form.fields
            .iter()
            .any(|one| matches!(&one.bound, Bound::Event(_)) && command::asked_as(vocabulary, one) == field.name)
    };
    let of_form = command::name("form");
    let mut hidden: Vec<(String, String)> = Vec::new();
    let mut tail = Vec::new();
    // What is filled in here is kept here.
    let elsewhere = command::name("kept_at");
    // A date of review that no duty keeps would be a promise to nobody: it is not asked.
    let review = command::name("review_on");
    let kept = command::keeps_review(vocabulary, names.books().iter().copied().chain([book]), &block.id);
    let asked_here = |field: &&FormField| field.name != elsewhere && (field.name != review || kept);
    for field in entry.fields.iter().filter(|field| !bound(field)).filter(asked_here) {
        let given = form.answers.iter().find(|(given, _)| command::name(given) == field.name);
        if let Some((_, word)) = given {
            hidden.push((field.name.clone(), word.clone()));
        } else if field.name == of_form {
            hidden.push((of_form.clone(), block.id.clone()));
        } else if field.kind == FieldKind::Hidden {
            hidden.extend(field.values.iter().map(|value| (field.name.clone(), value.clone())));
        } else {
            tail.push(field.clone());
        }
    }
    let when = FormField { label: when_asked(lens, fill.event).into(), ..entry.occurred.clone() };
    let by = FormField { label: by_asked(lens, fill.event).into(), ..entry.by.clone() };
    tail.extend([when, by, entry.by_name.clone(), entry.note.clone()]);
    let unexamined = form.fields.iter().filter(|one| {
        asks(record, one) && command::is_unexamined(&command::asked_as(vocabulary, one), one, &asked.answers)
    });
    let newer = edition(lens.rules, &book.id, "", lens.now)
        .filter(|current| current.edition != book.edition && current.in_force_from > book.in_force_from)
        .filter(|current| command::form_in(current, &block.id).is_some());
    FillForm {
        viewer: entry.viewer,
        child: entry.child,
        rulebook: book.id.clone(),
        book: short_title(book),
        edition: book.edition.clone(),
        form: block.id.clone(),
        records: entry.event.clone(),
        title: labels::capital(&block.title),
        says: block.says.clone(),
        reading: block.reading.clone().unwrap_or_default(),
        cited: cited(book, own_cites(block, form)),
        sections,
        tail,
        hidden,
        checklist: entry.checklist,
        draft: fill.draft.clone(),
        from: fill.from.into(),
        version: entry.version,
        episode: entry.episode,
        duty: entry.duty,
        duty_label: entry.duty_label,
        notices: notices(fill),
        newer_edition: newer.map(|book| book.edition.clone()).unwrap_or_default(),
        differs,
        hand: entry.hand,
        ends_episode: entry.ends_episode,
        before: list::of_form(lens, record, &names, &book.id, &block.id),
        unexamined: unexamined.count(),
        people: record.file.people.iter().filter_map(|p| p.name.clone()).filter(|name| *name != record.name).collect(),
        places: super::child::places(lens, record, false).into_iter().map(|(place, _)| place).collect(),
    }
}

fn when_asked(lens: &Lens<'_>, event: EventId) -> &'static str {
    let vocabulary = lens.rules.vocabulary();
    match () {
        () if vocabulary.event("form.completed") == Some(event) => "When was it filled in?",
        () if vocabulary.event("form.reviewed") == Some(event) => "When was it looked through?",
        () => "When did it happen?",
    }
}

fn by_asked(lens: &Lens<'_>, event: EventId) -> &'static str {
    let generic = ["form.completed", "form.reviewed"];
    let vocabulary = lens.rules.vocabulary();
    if generic.iter().any(|word| vocabulary.event(word) == Some(event)) { "Who filled it in?" } else { "Who did it?" }
}

/// What the form carries out beside its questions.
fn own_cites<'a>(block: &'a Block, form: &'a Form) -> impl Iterator<Item = &'a engine::rulebook::Cite> {
    let of_field = |cite: &engine::rulebook::Cite| form.fields.iter().any(|f| f.cites.iter().any(|o| o.id == cite.id));
    block.cites.iter().filter(move |cite| !of_field(cite))
}

/// What a form is filled with as it is opened, beside its questions: when and by whom, and what the duty says of its event.
pub fn begun(lens: &Lens<'_>, record: &Record, asked: &Asked, event: EventId, of: OfBook<'_>) -> Answers {
    let vocabulary = lens.rules.vocabulary();
    let mut known = Answers::default();
    if vocabulary.event_field(event, "form").is_some() {
        known.set(command::name("form"), of.block.id.as_str());
    }
    for (field, word) in &of.form.answers {
        known.set(command::name(field), word.as_str());
    }
    let mut answers = event_form::begun(&Opened { lens, record, asked }, event, known);
    if let (Some(within), Some(field)) = (of.form.review_within, vocabulary.event_field(event, "review_on")) {
        let calendar = &vocabulary.calendar;
        super::now(&mut answers, &command::name(&field.id), calendar, calendar.add(lens.now, within));
    }
    answers
}

/// What changed while the form lay half filled in.
fn notices(fill: &Fill<'_>) -> Vec<String> {
    let Fill { lens, record, begun, .. } = *fill;
    let mut said = Vec::new();
    let another = record.written.get(fill.from).filter(|written| !written.may_renew);
    if another.is_some() && record.in_force(fill.from).is_some() {
        let line = "This is a form of your own. It takes the place of no other: what somebody else completed stands beside it.";
        said.push(line.into());
    }
    let over = record.case.episodes.iter().rev().find_map(|e| e.end.filter(|end| *end > begun && *end <= lens.now));
    if let Some(end) = over {
        let name = record.name.split_whitespace().next().unwrap_or("The child");
        said.push(format!(
            "{name} is back since {}. This form stands as you left it: complete it, or throw it away if it is not needed any more.",
            lens.face.when(end).words
        ));
    }
    said
}

/// What somebody typed beside the questions: kept with a draft, and of no matter to whether two drafts differ.
pub fn is_of_entry(name: &str) -> bool {
    let stem = [OCCURRED, BY, BY_NAME, NOTE];
    stem.iter().any(|stem| name == *stem || name.starts_with(&format!("{stem}-")))
}

/// The form of an entry, with the answers that the viewer may see.
pub fn filled_of<'r>(record: &'r Record, entry: &str) -> Option<&'r Filled> {
    record.in_force(entry)?.filled.as_ref()
}

/// The fields of a form with what is wrong with them, for the top of the page.
pub fn wrong(form: &FillForm) -> Vec<FieldProblem> {
    let fields = form.sections.iter().flat_map(|section: &FillSection| &section.questions).flat_map(|question| {
        let own = std::iter::once(&question.field).chain(&question.what).chain(&question.since);
        own.chain(question.lines.iter().flatten())
    });
    let wrong = fields.chain(&form.tail).filter(|field| !field.error.is_empty());
    wrong.map(|field| FieldProblem::new(field.name.as_str(), field.error.as_str())).collect()
}
