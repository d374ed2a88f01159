//! What somebody may not see of a record is taken out of it here, once, before anything is derived from it: a fact, an episode, a duty,
//! a count, a line of a list then follows from what is left. Nothing else hides anything.
//!
//! An entry is hidden with all that corrects it or speaks of it; what its own author wrote stays to be seen by them, unless it is about
//! them. Rows are counted anew, so that not even a number tells that something is missing.

use super::kept::{class_of, is_carer, kept, text};
use super::text::known_text;
use super::whole::Whole;
use crate::app::{App, micros, moment};
use crate::authorise::Permit;
use crate::entry::{OfWish, hold, roles_here, withheld_by_wish};
use crate::refused::Result;
use crate::relation::{telling, withheld_from};
use casebook::case_file::{CaseFile, DatedFact, EntryLine, Filled, Growing, Person, Placement};
use casebook::command;
use casebook::known::{known, last_corrections};
use engine::ids::{EpisodeNo, LineNo};
use engine::time::Moment;
use engine::value::Type;
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use policy::{Act, Class, Classes, Hold, May, Tie};
use serde_json::{Map, Value};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use store::RowKind;
use views::{Lives, Record, Written};

/// Whose eyes a record is redacted for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sight {
    /// The classes that they may see.
    pub see: Classes,
    /// Their id, for what they wrote themselves.
    pub person: String,
    /// Their name, for what is said about them.
    pub name: String,
    /// Places that are withheld from them, by the id of the placement.
    pub withheld: HashSet<String>,
    /// The child does not want them to know where the child is or was: what entries say of that is not theirs to read.
    pub by_wish: bool,
    /// Who cares for the child, where that is not theirs to know since it tells where the child lives: the ids of these people.
    pub carers: HashSet<String>,
    /// Since when they work with the child no more: what is written afterwards is not for them, unless it is about what was before.
    pub left: Option<Moment>,
    /// The entries of episodes that began before that.
    before: HashSet<String>,
    /// Their agency, by id.
    agency: String,
    /// They are everybody's who reads lists.
    lists: bool,
}

impl Sight {
    /// What lists keep for everybody alike: nothing that follows from what only few may see.
    pub fn of_lists() -> Sight {
        let few = [Class::Words, Class::Confidence, Class::Police, Class::Concern];
        let see = Class::ALL.iter().copied().filter(|class| !few.contains(class)).collect();
        Sight { see, lists: true, ..Sight::default() }
    }

    /// Of somebody with these permissions.
    pub fn of(may: May, person: &str, name: &str, withheld: HashSet<String>) -> Sight {
        Sight { see: may.see, person: person.into(), name: name.into(), withheld, ..Sight::default() }
    }

    /// What is decided and told about the child's wish, where it is not for them.
    fn of_wish(&self, vocabulary: &Vocabulary) -> Option<OfWish> {
        (self.by_wish || self.lists).then(|| OfWish::of(vocabulary))
    }

    /// Nothing that is kept beside the chronology is hidden from them.
    fn sees_all_kept(&self) -> bool {
        self.withheld.is_empty()
            && !self.by_wish
            && self.carers.is_empty()
            && [Class::Whereabouts, Class::Health].iter().all(|class| self.see.has(*class))
    }

    /// Where the child goes, and was found.
    pub(super) fn sees_places(&self) -> bool {
        self.see.has(Class::Whereabouts) && !self.by_wish
    }

    fn sees(&self, class: engine::vocabulary::Class) -> bool {
        !(self.by_wish && class == engine::vocabulary::Class::Whereabouts)
            && Class::of(class.word()).is_some_and(|class| self.see.has(class))
    }
}

/// A record as somebody may see it, and the places of the rows that they do not see.
pub(crate) struct Shown {
    /// The record.
    pub record: Record,
    /// The places of hidden rows, in order.
    pub hidden: Vec<i64>,
    /// Whose eyes they are.
    pub sight: Sight,
}

impl Shown {
    /// The place of a row, by what this person sees.
    pub fn place(&self, seq: i64) -> i64 {
        place(&self.hidden, seq)
    }
}

/// The place of a row for whoever does not see these.
pub(super) fn place(hidden: &[i64], seq: i64) -> i64 {
    seq - hidden.iter().filter(|hidden| **hidden < seq).count() as i64
}

/// Takes out of a record what the holder of a permit may not see, and says of each entry what they may do about it.
pub(super) async fn shown(app: &App, permit: &Permit, whole: &Whole) -> Result<Shown> {
    let mut record = whole.record(app).await?;
    mark(app, permit, &whole.base.agencies, &mut record).await?;
    // Every save and every page has this within it: what it needs while it waits stands elsewhere.
    Box::pin(seen(app, permit, whole, record, true)).await
}

/// As [`shown`], for whoever only says what was written: nobody is offered anything by it.
pub(super) async fn shown_unmarked(app: &App, permit: &Permit, whole: &Whole) -> Result<Shown> {
    seen(app, permit, whole, whole.record(app).await?, true).await
}

/// Takes out of a record, with nothing taken out yet, what the holder of a permit may not see. `withholds`: some place of the child may be
/// withheld, from whomever.
pub(super) async fn seen(
    app: &App,
    permit: &Permit,
    whole: &Whole,
    mut record: Record,
    withholds: bool,
) -> Result<Shown> {
    record.glass = permit.is_glass();
    let of =
        |classes: Classes| classes.each().filter_map(|class| engine::vocabulary::Class::of(class.word())).collect();
    (record.sees, record.records) = (of(permit.may.see), of(permit.may.record));
    (record.waives, record.keeps) = (permit.may.acts.has(Act::Waive), permit.may.acts.has(Act::Keep));
    let withheld = if withholds { withheld_from(app, permit).await? } else { HashSet::new() };
    let by_wish = withheld_by_wish(app, &permit.role, &record.case);
    let mut sight = Sight { by_wish, ..Sight::of(permit.may, &permit.person, &permit.name, withheld) };
    sight.carers = carers(app, permit, &sight, whole);
    // To the minute, as what happened is written down.
    (sight.left, sight.agency) =
        (permit.left_us.map(|us| Moment(moment(us).minute() * 60)), permit.scope.agency.clone());
    sight.before = sight.left.map(|left| of_episodes_before(app.rules.vocabulary(), &record, left)).unwrap_or_default();
    record.left = sight.left;
    record.lives = match () {
        () if !sight.see.has(Class::Whereabouts) => Lives::Unseen,
        () if !sight.withheld.is_empty() => Lives::Withheld,
        () => Lives::Shown,
    };
    let vocabulary = app.rules.vocabulary();
    // What is kept beside the chronology hides rows too: those who may see all of it are spared the looking.
    let mut rows = if sight.sees_all_kept() { Vec::new() } else { kept(&sight, whole).1 };
    if rows.is_empty() && !hides(vocabulary, &sight, &record.file) {
        return Ok(quietly(record, whole, sight));
    }
    rows.extend(&whole.same.quiet);
    let (mut file, mut written) = ((*record.file).clone(), (*record.written).clone());
    if let Some(left) = sight.left {
        file.people = people_before(vocabulary, whole, left);
    }
    let gone = redact(vocabulary, &sight, &mut file, &written);
    if let Some(left) = sight.left {
        // By who wrote since they would know who cares for the child now, and by what they wrote where it lives.
        let late = file.chronology.iter_mut().filter(|line| is_later(&sight, left, written.get(&line.id)));
        late.for_each(|line| wordless(vocabulary, Arc::make_mut(line)));
        nameless(&mut file, &mut written, |one| is_later(&sight, left, Some(one)));
    }
    if !sight.withheld.is_empty() {
        // Where a place is withheld, so is who cares for the child there.
        let tells = telling(app, permit).await?;
        nameless(&mut file, &mut written, |one| tells.contains(&*one.agency));
    }
    let mut hidden: Vec<i64> = gone.iter().filter_map(|id| written.remove(id)).map(|w| w.seq).collect();
    hidden.extend(rows);
    hidden.sort_unstable();
    renumber(&mut written, &hidden);
    record.version -= hidden.len() as i64;
    let (case, flags) = known(&file, &app.rules.evaluator, None);
    record.whole = Some(record.case);
    (record.file, record.case) = (Arc::new(file), Arc::new(case));
    (record.flags, record.written) = (Arc::new(flags), Arc::new(written));
    Ok(Shown { record, hidden, sight })
}

/// Who cares for the child, for those who may not know where the child lives: whoever cared for it before and sees for a while what they
/// still owe, the family, those from whom the place or the child's whereabouts are withheld. A school and a nurse ring whoever cares.
fn carers(app: &App, permit: &Permit, sight: &Sight, whole: &Whole) -> HashSet<String> {
    let roles = app.policies.roles();
    let stays = whole.file.placements.iter().max_by_key(|placement| placement.from);
    let may_not =
        !sight.see.has(Class::Whereabouts) && (permit.ties.has(Tie::Grace) || roles.is(&permit.role, "family"));
    if !may_not && !sight.by_wish && stays.is_none_or(|stays| !is_withheld(sight, stays)) {
        return HashSet::new();
    }
    // What one is oneself one reads.
    let is_other = |says: &Map<String, Value>| is_carer(roles, says) && text(says, "name") != permit.name;
    let people = whole.rows.iter().filter(|row| row.kind == RowKind::Person).filter_map(|row| row.payload.as_deref());
    let people = people.filter_map(|payload| serde_json::from_str::<Map<String, Value>>(payload).ok());
    people.filter(is_other).map(|says| text(&says, "id").to_string()).collect()
}

/// The people around a child, and who the child is, as that was written at a moment.
fn people_before(vocabulary: &Vocabulary, whole: &Whole, left: Moment) -> Vec<Person> {
    let rows = whole.rows.iter().filter(|row| row.kind == RowKind::Person && row.recorded_us < micros(left));
    let text = known_text(&whole.base.id, rows.filter_map(|row| Some((row.kind, row.payload.as_deref()?))));
    Growing::begin(vocabulary, "a record", &text).map(|made| made.file().people.clone()).unwrap_or_default()
}

/// A record of which nothing is hidden but the rows that nobody is shown.
fn quietly(mut record: Record, whole: &Whole, sight: Sight) -> Shown {
    let hidden = whole.same.quiet.clone();
    if !hidden.is_empty() {
        renumber(Arc::make_mut(&mut record.written), &hidden);
        record.version -= hidden.len() as i64;
    }
    Shown { record, hidden, sight }
}

/// Counts rows anew without those that are hidden.
fn renumber(written: &mut HashMap<String, Written>, hidden: &[i64]) {
    for one in written.values_mut() {
        one.seq -= hidden.iter().filter(|h| **h < one.seq).count() as i64;
    }
}

/// Notes for each entry what this person may do about it.
async fn mark(app: &App, permit: &Permit, agencies: &[String], record: &mut Record) -> Result<()> {
    let told = record.file.chronology.iter().any(|line| line.told_by.is_some());
    let here = if told { roles_here(app, agencies).await? } else { Vec::new() };
    let mut written = Arc::unwrap_or_clone(std::mem::take(&mut record.written));
    let lines = &record.file.chronology;
    let last = last_corrections(&record.file);
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| line.corrects.is_none()) {
        let now = last.get(&LineNo::at(n)).map(|by| &*lines[by.place()]).filter(|now| !now.withdrawn).unwrap_or(line);
        let Some(one) = written.get_mut(&line.id) else { continue };
        let acts = permit.entry(app, hold(app, permit, &here, (line, now), one));
        // What an action of its own wrote, that action takes back.
        one.may_correct = acts.has(Act::Correct) && !app.rules.vocabulary().event_at(line.event).by_action;
        one.may_renew = one.may_correct && now.filled.as_ref().is_some_and(|filled| sees_all(app, permit, one, filled));
        one.may_dispute = acts.has(Act::Dispute);
        one.may_confirm = now.told_by.is_some() && (acts.has(Act::Confirm) || acts.has(Act::Accept));
    }
    for line in &record.file.facts {
        let Some(one) = written.get_mut(&line.id) else { continue };
        let mine = *one.person == *permit.person;
        let ours = mine || *one.agency == *permit.scope.agency && !one.agency.is_empty();
        one.may_correct = permit.entry(app, Hold { mine, ours, ..Hold::default() }).has(Act::Correct);
    }
    record.written = Arc::new(written);
    Ok(())
}

/// Does the holder of a permit see whatever a form may hold? Else a version of theirs would lose what is hidden from them. The form is
/// asked, and not what was answered: that would tell whether there is something.
fn sees_all(app: &App, permit: &Permit, written: &Written, filled: &Filled) -> bool {
    let sees =
        |class: engine::vocabulary::Class| Class::of(class.word()).is_some_and(|class| permit.may.see.has(class));
    let book = app.rules.library.rulebooks.iter().find(|b| b.id == filled.rulebook && b.edition == filled.edition);
    let form = book.and_then(|book| command::form_in(book, &filled.form)).map(|(_, form)| form);
    let asked = form.iter().flat_map(|form| &form.fields).map(command::class_of);
    // What somebody wrote themselves they read whole, as its author.
    *written.person == *permit.person || asked.chain(filled.answers.iter().map(|answer| answer.class)).all(sees)
}

/// Takes out of a case file what is not for these eyes. Gives the ids of the entries and the lines of facts that are gone.
pub(crate) fn redact(
    vocabulary: &Vocabulary,
    sight: &Sight,
    file: &mut CaseFile,
    written: &HashMap<String, Written>,
) -> Vec<String> {
    let author = |line: &EntryLine| written.get(&line.id).map(|w| &*w.person);
    let own: Vec<bool> = file
        .chronology
        .iter()
        .map(|line| {
            !sight.person.is_empty() && author(&file.chronology[line.root.place()]) == Some(sight.person.as_str())
        })
        .collect();
    let secret = secrets(file, sight);
    let mut hidden = hidden(vocabulary, sight, file, &own);
    if let Some(left) = sight.left {
        since(vocabulary, (sight, left), file, written, &mut hidden);
    }
    let unseen = |fact: &DatedFact| {
        let late = sight.left.is_some_and(|left| is_later(sight, left, written.get(&fact.id)));
        late || !sight.sees(vocabulary.fact_at(fact.fact).class)
    };
    let gone = file.chronology.iter().zip(&hidden).filter(|(_, h)| **h).map(|(line, _)| line.id.clone());
    let gone = gone.chain(file.facts.iter().filter(|fact| unseen(fact)).map(|fact| fact.id.clone())).collect();
    file.facts.retain(|fact| !unseen(fact));
    drop_lines(file, &hidden);
    let own = own.iter().zip(&hidden).filter(|(_, h)| !**h).map(|(own, _)| *own);
    for (line, own) in file.chronology.iter_mut().zip(own) {
        strip(vocabulary, sight, Arc::make_mut(line), own, &secret);
    }
    places(sight, file, &secret);
    gone
}

/// Was it written since they left, by others than their own agency?
fn is_later(sight: &Sight, left: Moment, written: Option<&Written>) -> bool {
    written.is_some_and(|one| one.at.is_some_and(|at| at >= left) && *one.agency != *sight.agency)
}

/// Hides from those who work with the child no more what happened since: the move itself, and what came after it. What belongs to an
/// episode that they know stays theirs to read, and what is written later of the time before.
fn since(
    vocabulary: &Vocabulary,
    (sight, left): (&Sight, Moment),
    file: &CaseFile,
    written: &HashMap<String, Written>,
    hidden: &mut [bool],
) {
    let moves = ["placement.started", "placement.planned"].map(|word| vocabulary.event(word));
    for (line, hidden) in file.chronology.iter().zip(hidden) {
        let root = &file.chronology[line.root.place()];
        // A move may be put down for a time at which the child was with them still.
        let after = root.occurred >= left && !sight.before.contains(&root.id) || moves.contains(&Some(root.event));
        *hidden |= after && is_later(sight, left, written.get(&root.id));
    }
}

/// Who wrote is not told where that would tell who cares for the child.
fn nameless(file: &mut CaseFile, written: &mut HashMap<String, Written>, is_one: impl Fn(&Written) -> bool) {
    for line in &mut file.chronology {
        if written.get(&line.id).is_some_and(&is_one) {
            Arc::make_mut(line).by_name = None;
        }
    }
    written.values_mut().filter(|one| is_one(one)).for_each(|one| one.name = "".into());
}

/// What was done is told without anybody's own words.
fn wordless(vocabulary: &Vocabulary, line: &mut EntryLine) {
    let event = vocabulary.event_at(line.event);
    let is_text = |field| event.fields.iter().any(|one| one.field == field && one.kind == Type::Text);
    line.texts.retain(|(field, _)| !is_text(*field));
    (line.note, line.why, line.filled) = (None, None, None);
    line.checklist.clear();
}

/// The entries of episodes that began before a moment: how they went on is known, and of those that were over what is said to be of them. What
/// merely came after, or was done while an episode went on, is for those who cared for the child then.
fn of_episodes_before(vocabulary: &Vocabulary, record: &Record, left: Moment) -> HashSet<String> {
    let case = &record.case;
    let named: HashSet<&str> =
        record.file.chronology.iter().filter(|line| line.episode.is_some()).map(|line| line.id.as_str()).collect();
    let theirs = case.entries.iter().filter(|entry| {
        let known = |episode: &EpisodeNo| {
            let episode = &case.episodes[episode.place()];
            let over = episode.end.is_some_and(|end| end <= left) && named.contains(entry.id.as_str());
            episode.start < left && (over || vocabulary.event_at(entry.event).episode != EpisodeEffect::Within)
        };
        entry.episode.iter().chain(&entry.also).any(known)
    });
    theirs.map(|entry| entry.id.clone()).collect()
}

/// Is any of this hidden from somebody who sees only these classes? Asked before a record is copied to be redacted.
pub(crate) fn hides(vocabulary: &Vocabulary, sight: &Sight, file: &CaseFile) -> bool {
    let line = |line: &EntryLine| {
        let event = vocabulary.event_at(line.event);
        let filled = line.filled.iter().flat_map(|filled| &filled.answers);
        !sight.sees(event.class)
            || filled.into_iter().any(|answer| !sight.sees(answer.class))
            || concerns(vocabulary, line, &sight.name)
            || event.fields.iter().any(|f| {
                let given =
                    line.fields.iter().any(|(id, _)| *id == f.field) || line.texts.iter().any(|(id, _)| *id == f.field);
                given && (!sight.sees(f.class) || f.answers.iter().any(|a| a.class.is_some_and(|c| !sight.sees(c))))
            })
    };
    let of_wish = sight.of_wish(vocabulary);
    sight.left.is_some()
        || file.chronology.iter().any(|one| line(one) || of_wish.as_ref().is_some_and(|wish| wish.tells(one)))
        || file.facts.iter().any(|f| !sight.sees(vocabulary.fact_at(f.fact).class))
        || !file.placements.is_empty() && (!sight.see.has(Class::Whereabouts) || !sight.withheld.is_empty())
        || file.people.iter().any(|p| {
            let tells = p.details.iter().any(|(key, _)| !sight.see.has(class_of(key)));
            tells || sight.carers.contains(&p.id) || p.address.is_some() && !sight.see.has(Class::Whereabouts)
        })
}

/// Which entries are hidden, by their place: whole chains of corrections, withdrawals and remarks.
fn hidden(vocabulary: &Vocabulary, sight: &Sight, file: &CaseFile, own: &[bool]) -> Vec<bool> {
    let lines = &file.chronology;
    let mut roots = vec![false; lines.len()];
    let of_wish = sight.of_wish(vocabulary);
    for line in lines {
        let root = line.root.place();
        let classes = classes(vocabulary, line);
        let of_wish = of_wish.as_ref().is_some_and(|wish| wish.tells(line));
        let secret = of_wish || classes.iter().any(|class| !sight.sees(*class));
        let own = own.get(root).copied().unwrap_or_default();
        if !own && (secret || concerns(vocabulary, line, &sight.name)) {
            roots[root] = true;
        }
    }
    lines.iter().map(|line| roots[line.root.place()]).collect()
}

/// The classes of an entry as a whole.
pub(crate) fn classes(vocabulary: &Vocabulary, line: &EntryLine) -> Vec<engine::vocabulary::Class> {
    let event = vocabulary.event_at(line.event);
    event.classes(|field, word| {
        if word.is_empty() {
            return line.texts.iter().any(|(id, text)| *id == field && !text.trim().is_empty());
        }
        line.fields.iter().any(|(id, value)| {
            let is = match value {
                engine::value::Value::Word(w) => *w == engine::words::sym(word),
                engine::value::Value::Bool(b) => (word == "yes") == *b,
                _ => false,
            };
            *id == field && is
        })
    })
}

/// Is an entry a concern about this person?
pub(crate) fn concerns(vocabulary: &Vocabulary, line: &EntryLine, name: &str) -> bool {
    classes(vocabulary, line).contains(&engine::vocabulary::Class::PractitionerConcern) && names(line, name)
}

/// Does an entry name somebody?
pub(crate) fn names(line: &EntryLine, name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let texts = line
        .texts
        .iter()
        .map(|(_, text)| text.as_str())
        .chain([&line.note, &line.why].into_iter().flatten().map(String::as_str));
    let texts = texts.chain(line.checklist.iter().filter_map(|one| one.why.as_deref()));
    let texts = texts.chain(line.filled.iter().flat_map(Filled::texts));
    !name.is_empty() && texts.into_iter().any(|text| text.to_lowercase().contains(&name))
}

/// Takes out hidden entries; those that are left refer to each other by their new places.
fn drop_lines(file: &mut CaseFile, hidden: &[bool]) {
    let mut next = 0;
    let places: Vec<Option<LineNo>> = hidden
        .iter()
        .map(|hidden| {
            let place = (!hidden).then_some(LineNo::at(next));
            next += usize::from(!hidden);
            place
        })
        .collect();
    let place = |old: LineNo| places.get(old.place()).copied().flatten();
    let mut old = 0..;
    file.chronology.retain(|_| old.next().is_some_and(|n: usize| !hidden[n]));
    for (own, line) in file.chronology.iter_mut().enumerate() {
        let line = Arc::make_mut(line);
        // What a hidden line began is seen by itself.
        line.root = place(line.root).unwrap_or(LineNo::at(own));
        line.corrects = line.corrects.and_then(place);
        line.episode = line.episode.and_then(place);
        line.also = line.also.iter().copied().filter_map(place).collect();
    }
}

/// Takes out the fields of an entry that are not for these eyes, and texts that give away a withheld place.
fn strip(vocabulary: &Vocabulary, sight: &Sight, line: &mut EntryLine, own: bool, secret: &[String]) {
    let event = vocabulary.event_at(line.event);
    let seen = |id: engine::vocabulary::FieldId| {
        own || event.fields.iter().find(|f| f.field == id).is_none_or(|f| sight.sees(f.class))
    };
    let tells = |text: &str| {
        let text = text.to_lowercase();
        secret.iter().any(|secret| text.contains(secret))
    };
    let told: Vec<_> = line.texts.iter().filter(|(_, text)| tells(text)).map(|(id, _)| *id).collect();
    line.fields.retain(|(id, _)| seen(*id) && !told.contains(id));
    line.texts.retain(|(id, _)| seen(*id) && !told.contains(id));
    // What is added to a form is for those who may read all of it.
    let partly = line.filled.as_ref().is_some_and(|filled| filled.answers.iter().any(|a| !own && !sight.sees(a.class)));
    for words in [&mut line.note, &mut line.why] {
        *words = words.take().filter(|words| !partly && !tells(words));
    }
    for one in &mut line.checklist {
        one.why = one.why.take().filter(|why| !tells(why));
    }
    if let Some(filled) = &mut line.filled {
        filled.answers.retain(|answer| own || sight.sees(answer.class));
        // What was left open says nothing that could tell; what is emptied here is gone.
        filled.answers.retain_mut(|answer| {
            let open = answer.is_empty();
            answer.hide(tells);
            open || !answer.is_empty()
        });
    }
}

/// What a text would give a withheld place away by: its name, and the first line of its address.
pub(super) fn secrets(file: &CaseFile, sight: &Sight) -> Vec<String> {
    let withheld = file.placements.iter().filter(|p| is_withheld(sight, p));
    let words = withheld.flat_map(|p| {
        let street = p.address.as_deref().and_then(|a| a.split([',', '\n']).next());
        p.name.as_deref().into_iter().chain(street).map(|text| text.trim().to_lowercase()).collect::<Vec<_>>()
    });
    words.filter(|word| word.chars().count() > 3).collect()
}

fn is_withheld(sight: &Sight, placement: &Placement) -> bool {
    sight.withheld.contains(&placement.id)
}

/// Takes out where the child lives, with all that follows from it, the addresses of people, and what else of them is for few.
fn places(sight: &Sight, file: &mut CaseFile, secret: &[String]) {
    if sight.see.has(Class::Whereabouts) {
        file.placements.retain(|p| !sight.withheld.contains(&p.id));
    } else {
        file.placements.clear();
        file.people.iter_mut().for_each(|person| person.address = None);
    }
    file.people.retain(|person| !sight.carers.contains(&person.id));
    for person in &mut file.people {
        // Whoever lives with the child gives the address away.
        person.address.take_if(|address| gives_away(secret, address));
        person.details.retain(|(key, value)| sight.see.has(class_of(key)) && !gives_away(secret, value));
    }
}

/// Would a text give a withheld place away?
pub(super) fn gives_away(secret: &[String], text: &str) -> bool {
    let text = text.to_lowercase();
    secret.iter().any(|secret| text.contains(secret.as_str()))
}
