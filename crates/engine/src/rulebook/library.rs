//! The library: the vocabulary and every edition of every rulebook, loaded from files and checked word by word.
//! Checks that need a whole rulebook at once (overlap, gaps, coverage) are in `check`.

use super::compile::Compiler;
use super::data::{Block, Content, Night, Setting, SettingValue, read_setting};
use super::hours::{HOURS, OFFICE_HOURS, OfficeHours};
use super::model::Rulebook;
use super::source::{RuleFile, TitlePage};
use super::{model, provisions, source, terms};
use crate::condition::{Condition, SettingWord};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::SourceFile;
use crate::vocabulary::{self, Vocabulary};
use crate::words::{deceiving_character, did_you_mean_or};
use jiff::civil::{Date, Time};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::collections::BTreeMap;
use toml::Spanned;

/// What to do about a word under `[names]` that is not one of the vocabulary.
const NAMES: &str = "write the shared word before the `=`, and your own name for it after";

/// Vocabulary, rulebooks, and the scenario files that go with them.
#[derive(Clone, Debug)]
pub struct Library {
    /// The shared words.
    pub vocabulary: Vocabulary,
    /// Every edition of every rulebook, by id and then by date.
    pub rulebooks: Vec<Rulebook>,
    /// Scenario files, by rulebook id and edition.
    pub scenarios: Vec<(String, String, SourceFile)>,
}

impl Library {
    /// The editions of a rulebook, oldest first.
    pub fn editions(&self, id: &str) -> impl Iterator<Item = &Rulebook> {
        self.rulebooks.iter().filter(move |r| r.id == id)
    }
    /// The ids of all rulebooks.
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.rulebooks.iter().map(|r| r.id.as_str()).collect();
        ids.dedup();
        ids
    }
}

/// Loads a library from its files. What can be loaded is loaded; everything wrong is said.
///
/// The library is `None` only when the vocabulary itself is faulty, for then no word has a meaning.
pub fn load_library(files: &[SourceFile]) -> (Option<Library>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    for file in files {
        if let Some((at, why)) = deceiving_character(&file.text) {
            let help = "delete it, or write the plain letter";
            problems.push(Diagnostic::error("R14", file.place(at..at), why, help));
        }
    }
    let mut words = Vec::new();
    let mut books: BTreeMap<(String, String), Vec<&SourceFile>> = BTreeMap::new();
    for file in files {
        let parts: Vec<&str> = file.path.split('/').collect();
        match parts[..] {
            ["vocabulary", ..] if file.path.ends_with(".toml") => words.push(file.clone()),
            ["vocabulary", ..] => {}
            [area, edition, _, ..] => books.entry((area.into(), edition.into())).or_default().push(file),
            _ => {}
        }
    }
    let vocabulary = match vocabulary::load(&words) {
        Ok(vocabulary) => vocabulary,
        Err(found) => {
            problems.extend(found);
            return (None, problems);
        }
    };
    let mut rulebooks = Vec::new();
    let mut scenarios = Vec::new();
    for ((area, edition), files) in &mut books {
        // In whatever order they come, the rulebook and its hash are the same.
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let (stories, rules): (Vec<&SourceFile>, Vec<&SourceFile>) =
            files.iter().partition(|f| f.path.contains("/scenarios/"));
        scenarios.extend(stories.into_iter().map(|s| (area.clone(), edition.clone(), s.clone())));
        if let Some(book) = load_rulebook(&vocabulary, area, edition, &rules, &mut problems) {
            rulebooks.push(book);
        }
    }
    rulebooks.sort_by(|a, b| (&a.id, a.in_force_from).cmp(&(&b.id, b.in_force_from)));
    problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    (Some(Library { vocabulary, rulebooks, scenarios }), problems)
}

fn load_rulebook(
    v: &Vocabulary,
    area: &str,
    edition: &str,
    files: &[&SourceFile],
    problems: &mut Vec<Diagnostic>,
) -> Option<Rulebook> {
    let folder = Place { file: format!("{area}/{edition}"), line: 0, column: 0 };
    let Some(title) = files.iter().find(|f| f.path.ends_with("/rulebook.toml")) else {
        let help = "write the title page; `whereabouts rulebook new` makes one";
        problems.push(Diagnostic::error("R00", folder, "the folder has no rulebook.toml", help));
        return None;
    };
    let mut parsed: Vec<(&SourceFile, RuleFile)> = Vec::new();
    for file in files.iter().filter(|f| f.path.ends_with(".toml") && !f.path.ends_with("/rulebook.toml")) {
        match file.toml::<RuleFile>() {
            Ok(content) => parsed.push((file, content)),
            Err(problem) => problems.push(problem),
        }
    }
    let page = match title.toml::<TitlePage>() {
        Ok(page) => page,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let mut book = title_page(v, title, &page, area, edition, problems)?;
    book.hash = content_hash(files);
    let read = RefCell::default();
    for (file, list) in own_and(title, &page.reading, &parsed, |c| &c.reading) {
        for reading in list {
            Compiler { vocabulary: v, file, problems, tables: &[], read: &read }.register_reading(&mut book, reading);
        }
    }
    for (file, list) in own_and(title, &page.setting, &parsed, |c| &c.setting) {
        settings(&mut Compiler { vocabulary: v, file, problems, tables: &[], read: &read }, list, &mut book);
    }
    let terms: Vec<_> = own_and(title, &page.term, &parsed, |c| &c.term)
        .into_iter()
        .flat_map(|(file, list)| list.iter().map(move |term| (file, term)))
        .collect();
    terms::declare(v, &terms, &mut book, problems, &read);
    let tables: Vec<String> = parsed.iter().flat_map(|(_, c)| c.table.iter().map(|t| t.id.get_ref().clone())).collect();
    let applies = page.applies.as_ref();
    let mut compiler = Compiler { vocabulary: v, file: title, problems, tables: &tables, read: &read };
    book.applies = compiler.condition(&book, applies.map(|a| &a.when), None);
    book.concerns = compiler.condition(&book, page.concerns.as_ref().map(|c| &c.when), None);
    let readings = [applies, page.concerns.as_ref()].into_iter().flatten().filter_map(|a| a.reading.as_ref());
    let sentences: Vec<String> = readings.filter_map(|r| compiler.reading(&book, Some(r))).collect();
    book.applies_reading = Some(sentences.join(" ")).filter(|said| !said.is_empty());
    let mut cites = compiler.cites(&page.cite);
    cites.extend(page.concerns.as_ref().map(|c| compiler.cites(&c.cite)).unwrap_or_default());
    cites.extend(applies.map(|a| compiler.cites(&a.cite)).unwrap_or_default());
    cites.extend(page.night.as_ref().map(|n| compiler.cites(&n.cite)).unwrap_or_default());
    cites.extend(page.office_hours.as_ref().map(|o| compiler.cites(&o.cite)).unwrap_or_default());
    book.blocks.push(page_block(&page, cites, title));
    for (file, content) in &parsed {
        let mut compiler = Compiler { vocabulary: v, file, problems, tables: &tables, read: &read };
        compile_file(&mut compiler, content, &mut book);
    }
    if let Some(hours) = &page.office_hours {
        let mut compiler = Compiler { vocabulary: v, file: title, problems, tables: &tables, read: &read };
        office_hours(&mut compiler, hours, &mut book);
    }
    for file in files.iter().filter(|f| f.path.ends_with("/provisions.jsonl")) {
        book.provisions.extend(provisions::read(file, problems));
    }
    let read = read.into_inner();
    book.readings.iter_mut().for_each(|r| r.used = read.contains(&r.id));
    unique(&book, problems);
    Some(book)
}

/// What the title page and each other file say of one kind.
fn own_and<'a, T>(
    title: &'a SourceFile,
    own: &'a [T],
    parsed: &'a [(&'a SourceFile, RuleFile)],
    of: impl Fn(&'a RuleFile) -> &'a Vec<T>,
) -> Vec<(&'a SourceFile, &'a [T])> {
    std::iter::once((title, own)).chain(parsed.iter().map(|(file, content)| (*file, of(content).as_slice()))).collect()
}

fn compile_file(compiler: &mut Compiler<'_>, content: &RuleFile, book: &mut Rulebook) {
    let rules: Vec<_> = content.duty.iter().filter_map(|d| compiler.duty(book, d)).collect();
    let conflicts: Vec<_> = content.conflict.iter().filter_map(|c| compiler.conflict(book, c)).collect();
    let tables: Vec<_> = content.table.iter().map(|t| compiler.table(book, t)).collect();
    let refusals = content.refusal.iter().map(|r| (r, true));
    let verdicts: Vec<_> = refusals
        .chain(content.warning.iter().map(|w| (w, false)))
        .map(|(v, refuses)| compiler.verdict(book, v, refuses))
        .collect();
    let permissions: Vec<_> = content.permission.iter().map(|p| compiler.permission(book, p)).collect();
    let blocks = compiler.blocks(book, content);
    book.rules.extend(rules);
    let holds: Vec<_> = content.holds.iter().filter_map(|h| compiler.hold(book, h)).collect();
    book.holds.extend(holds);
    book.rules.extend(conflicts);
    book.tables.extend(tables);
    book.verdicts.extend(verdicts);
    book.permissions.extend(permissions);
    book.blocks.extend(blocks);
}

fn page_block(page: &TitlePage, cites: Vec<model::Cite>, title: &SourceFile) -> Block {
    Block {
        id: page.id.get_ref().clone(),
        title: page.title.clone(),
        says: page.running_episodes.clone().unwrap_or_default(),
        content: Content::TitlePage,
        cites,
        place: title.whole(),
        as_of: None,
        reading: None,
    }
}

/// SHA-256 over paths and texts, in order; the first 12 hexadecimal digits.
fn content_hash(files: &[&SourceFile]) -> String {
    use std::fmt::Write as _;
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.path.as_bytes());
        hash.update([0]);
        hash.update(file.text.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(6).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn title_page(
    v: &Vocabulary,
    file: &SourceFile,
    page: &TitlePage,
    area: &str,
    edition: &str,
    problems: &mut Vec<Diagnostic>,
) -> Option<Rulebook> {
    let mut wrong = |code, span, message: String, help: &str| {
        problems.push(Diagnostic::error(code, file.place(span), message, help));
    };
    for (found, folder) in [(&page.id, area), (&page.edition, edition)] {
        if found.get_ref() != folder {
            wrong(
                "R00",
                found.span(),
                format!("`{}` is not the folder's name `{folder}`", found.get_ref()),
                "write the folder's name",
            );
        }
    }
    let mut date = |text: &Spanned<String>| -> Option<Date> {
        let parsed = text.get_ref().parse().ok();
        if parsed.is_none() {
            wrong("R07", text.span(), format!("`{}` is not a date", text.get_ref()), "write it like `2023-02-17`");
        }
        parsed
    };
    let from = date(&page.in_force_from);
    let until = page.in_force_until.as_ref().and_then(&mut date);
    let review_due = page.review_due.as_ref().and_then(&mut date);
    if let (Some(from), Some(until), Some(text)) = (from, until, &page.in_force_until)
        && until <= from
    {
        wrong(
            "R07",
            text.span(),
            "the edition ends before it begins".into(),
            "until is the first day on which it is no longer in force",
        );
    }
    for word in page.names.keys() {
        let w = word.get_ref().as_str();
        if v.action(w).is_none() && v.role(w).is_none() && v.form(w).is_none() && v.event(w).is_none() {
            let known = v
                .actions
                .iter()
                .map(|a| a.id.as_str())
                .chain(v.roles.iter().map(|r| r.id.as_str()))
                .chain(v.forms.iter().map(|f| f.id.as_str()));
            wrong("R03", word.span(), format!("unknown word `{w}`"), &did_you_mean_or(w, known, NAMES));
        }
    }
    if let Some(kind) = page.kind.as_ref().filter(|k| !["area", "provider"].contains(&k.get_ref().as_str())) {
        let message = format!("`{}` is not a kind of rulebook", kind.get_ref());
        wrong("R03", kind.span(), message, "write area, or provider for a home's own procedure");
    }
    let night = page.night.as_ref().and_then(|n| night(n, &mut wrong));
    let keeps = match page.applies_to.as_ref().map(|a| (a.get_ref().as_str(), a.span())) {
        None | Some(("episodes-started", _)) => true,
        Some(("all-open", _)) => false,
        Some((other, span)) => {
            wrong(
                "R03",
                span,
                format!("`{other}` is not a way to treat running episodes"),
                "write episodes-started or all-open",
            );
            true
        }
    };
    Some(Rulebook {
        id: area.into(),
        edition: edition.into(),
        title: page.title.clone(),
        area: page.area.get_ref().clone(),
        kind: page.kind.as_ref().map_or("area".into(), |k| k.get_ref().clone()),
        in_force_from: from?,
        in_force_until: until,
        review_due,
        episodes_keep_edition: keeps,
        running_episodes: page.running_episodes.clone().unwrap_or_default(),
        applies: Condition::always(),
        concerns: Condition::always(),
        applies_reading: None,
        supersedes: page.supersedes.clone(),
        names: page.names.iter().map(|(word, name)| (word.get_ref().clone(), name.clone())).collect(),
        settings: Vec::new(),
        setting_words: Vec::new(),
        readings: Vec::new(),
        terms: Vec::new(),
        term_words: Vec::new(),
        night,
        rules: Vec::new(),
        told_owners: Vec::new(),
        holds: Vec::new(),
        tables: Vec::new(),
        verdicts: Vec::new(),
        permissions: Vec::new(),
        blocks: Vec::new(),
        provisions: Vec::new(),
        hash: String::new(),
        place: file.whole(),
        dated: file.place(page.in_force_from.span()),
    })
}

/// Takes a fault of the title page: its check, place, sentence and help.
type Wrong<'a> = dyn FnMut(&'static str, std::ops::Range<usize>, String, &str) + 'a;

/// The office hours of the title page become the last of the settings, so that conditions go on counting those of the files.
fn office_hours(compiler: &mut Compiler<'_>, o: &source::OfficeHours, book: &mut Rulebook) {
    let mut wrong = |check: &'static str, span: std::ops::Range<usize>, message: String, help: &str| {
        compiler.wrong(check, span, message, help);
    };
    let mut open = Vec::new();
    for day in &o.days {
        match ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().position(|d| d == day.get_ref()) {
            Some(index) => open.push(index),
            None => wrong(
                "R03",
                day.span(),
                format!("`{}` is not a day", day.get_ref()),
                "write mon, tue, wed, thu, fri, sat or sun",
            ),
        }
    }
    let (from, until) = (time_of_day(&o.from, &mut wrong), time_of_day(&o.until, &mut wrong));
    let (Some(from), Some(until)) = (from, until) else { return };
    if from >= until {
        let help = "write two times, as `09:00` and `17:00`";
        wrong("R03", o.until.span(), "offices that close before they open".into(), help);
        return;
    }
    let mut hours = OfficeHours::default();
    open.into_iter().for_each(|day| hours.days[day] = Some((from, until)));
    book.settings.push(Setting {
        id: OFFICE_HOURS.into(),
        kind: HOURS.into(),
        choices: Vec::new(),
        default: SettingValue::Hours(hours),
        default_text: hours.to_string(),
        says: format!(
            "When offices are open{}. Bank holidays are no office hours",
            if o.local { "" } else { ", as printed" }
        ),
        reading: None,
        cites: compiler.cites(&o.cite),
        place: compiler.file.place(o.from.span()),
    });
}

fn night(n: &source::Night, wrong: &mut Wrong<'_>) -> Option<Night> {
    let (from, until) = (time_of_day(&n.from, wrong), time_of_day(&n.until, wrong));
    let (from, until) = (from?, until?);
    if from == until {
        wrong(
            "R03",
            n.until.span(),
            "a night that ends when it begins".into(),
            "write two times, as `22:00` and `06:00`",
        );
        return None;
    }
    Some(Night { from, until, local: n.local })
}

fn time_of_day(text: &Spanned<String>, wrong: &mut Wrong<'_>) -> Option<Time> {
    let parsed = text.get_ref().parse().ok();
    if parsed.is_none() {
        wrong("R03", text.span(), format!("`{}` is not a time of day", text.get_ref()), "write it like `09:00`");
    }
    parsed
}

fn settings(compiler: &mut Compiler<'_>, list: &[source::Setting], book: &mut Rulebook) {
    for setting in list {
        let kind = setting.kind.get_ref().clone();
        let mut wrong = |span, message: String, help: &str| compiler.wrong("R03", span, message, help);
        if !["duration", "choice", "yes-no"].contains(&kind.as_str()) {
            wrong(setting.kind.span(), format!("unknown kind of setting `{kind}`"), "write duration, choice or yes-no");
            continue;
        }
        let text = match setting.default.get_ref() {
            toml::Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let default = match read_setting(&kind, &setting.choices, &text) {
            Ok(value) => value,
            Err(help) => {
                let help =
                    if help.is_empty() { "give it `choices = [...]`, and one of them as the default" } else { &help };
                wrong(setting.default.span(), format!("`{text}` is not a value of this setting"), help);
                SettingValue::YesNo(false)
            }
        };
        let cites = compiler.cites(&setting.cite);
        let reading = compiler.reading(book, setting.reading.as_ref());
        book.setting_words.push(SettingWord { id: setting.id.get_ref().clone(), choices: setting.choices.clone() });
        book.settings.push(Setting {
            id: setting.id.get_ref().clone(),
            kind,
            choices: setting.choices.clone(),
            default,
            default_text: text,
            says: setting.says.clone(),
            reading,
            cites,
            place: compiler.file.place(setting.id.span()),
        });
    }
}

/// Ids have to be unique among rules, tables, verdicts and permissions; among settings; among blocks of one kind.
fn unique(book: &Rulebook, problems: &mut Vec<Diagnostic>) {
    let rules = book.rules.iter().map(|r| (&r.id, &r.place));
    let tables = book.tables.iter().map(|t| (&t.id, &t.place));
    let verdicts = book.verdicts.iter().map(|v| (&v.id, &v.place));
    let permissions = book.permissions.iter().map(|p| (&p.id, &p.place));
    let holds = book.holds.iter().map(|h| (&h.id, &h.place));
    let asks = rules.chain(tables).chain(holds).chain(verdicts).chain(permissions).map(|(id, place)| ("", id, place));
    let settings = book.settings.iter().map(|s| ("setting", &s.id, &s.place));
    let blocks = book.blocks.iter().filter(|b| !b.id.is_empty()).map(|b| (b.kind().word(), &b.id, &b.place));
    let mut seen = std::collections::HashMap::new();
    for (kind, id, place) in asks.chain(settings).chain(blocks) {
        if let Some(first) = seen.insert((kind, id), place) {
            let message = format!("the id `{id}` is used twice, first at {first}");
            problems.push(Diagnostic::error("R03", place.clone(), message, "rename one"));
        }
    }
}
