//! Turns limits, repetitions and series from their files into what is run.

use super::compile::Compiler;
use super::loose::Loose;
use super::model::{Anchor, Limit, Repeat, Rulebook, Step};
use super::source::{self, Text};
use crate::value::Type;
use crate::vocabulary::EventId;
use crate::words::did_you_mean;
impl Compiler<'_> {
    /// A datetime fact, or `entry.<field>`.
    pub(super) fn anchor(&mut self, text: Option<&Text>, events: &[EventId]) -> Option<Anchor> {
        let Some(text) = text else { return Some(Anchor::Arising) };
        let word = text.get_ref().as_str();
        if word == "trigger" {
            return Some(Anchor::Arising);
        }
        if let Some(field) = word.strip_prefix("entry.") {
            let found =
                events.iter().find_map(|e| self.vocabulary.event_field(*e, field)).filter(|f| f.kind == Type::Moment);
            if found.is_none() {
                self.wrong(
                    "R03",
                    text.span(),
                    format!("no event here has a moment `{field}`"),
                    "name a field of type moment of the triggering event",
                );
            }
            return found.map(|f| Anchor::Field(f.field));
        }
        let moments = || self.vocabulary.facts.iter().filter(|f| matches!(f.kind, Type::Moment | Type::Since));
        match self
            .vocabulary
            .fact(word)
            .filter(|f| matches!(self.vocabulary.fact_at(*f).kind, Type::Moment | Type::Since))
        {
            Some(fact) => Some(Anchor::Fact(fact)),
            None => {
                let help = did_you_mean(word, moments().map(|f| f.id.as_str()));
                self.wrong("R03", text.span(), format!("`{word}` is not a moment"), help);
                None
            }
        }
    }

    pub(super) fn due(&mut self, book: &Rulebook, due: &source::Due, events: &[EventId]) -> Option<Limit> {
        let of = match due.get_ref() {
            Loose::Word(word) if word == "immediately" => return Some(Limit::Immediately),
            Loose::Table(of) => of,
            _ => {
                self.wrong("R03", due.span(), "this is not a limit", "write \"immediately\", or { within = \"72h\" }");
                return None;
            }
        };
        let stray = match of {
            source::DueOf { otherwise: Some(_), by: None, .. } => Some(("`else` without `by`", "leave `else` out")),
            source::DueOf { from: Some(_), by: Some(_), .. }
            | source::DueOf { from: Some(_), end_of_day: true, .. } => {
                Some(("`from` beside a moment of its own", "`from` goes with within, table and setting; leave it out"))
            }
            _ => None,
        };
        if let Some((message, help)) = stray {
            self.wrong("R03", due.span(), message, help);
        }
        match of {
            source::DueOf { end_of_day: true, within: None, by: None, table: None, setting: None, .. } => {
                Some(Limit::EndOfDay)
            }
            source::DueOf {
                end_of_day: false,
                within: Some(within),
                from,
                by: None,
                table: None,
                setting: None,
                ..
            } => Some(Limit::Within(self.length(within)?, self.anchor(from.as_ref(), events)?)),
            source::DueOf {
                end_of_day: false,
                within: None,
                by: Some(by),
                otherwise,
                table: None,
                setting: None,
                ..
            } => {
                let otherwise = match otherwise {
                    Some(limit) => Some(Box::new(self.due(book, limit, events)?)),
                    None => None,
                };
                Some(Limit::By(self.anchor(Some(by), events)?, otherwise))
            }
            source::DueOf {
                end_of_day: false,
                within: None,
                by: None,
                table: Some(table),
                setting: None,
                from,
                ..
            } => Some(Limit::Table(self.table_index(table)?, self.anchor(from.as_ref(), events)?)),
            source::DueOf {
                end_of_day: false,
                within: None,
                by: None,
                table: None,
                setting: Some(setting),
                from,
                ..
            } => {
                let index = self.setting_index(book, setting)?;
                if book.settings[index].kind != "duration" {
                    self.wrong(
                        "R03",
                        setting.span(),
                        "this setting is not a duration",
                        "a limit has to be a length of time",
                    );
                }
                Some(Limit::Setting(index, self.anchor(from.as_ref(), events)?))
            }
            _ => {
                self.wrong(
                    "R03",
                    due.span(),
                    "a limit is one thing",
                    "write one of within, by, end_of_day, table, setting",
                );
                None
            }
        }
    }

    pub(super) fn repeat(&mut self, duty: &source::Duty) -> Option<Repeat> {
        if duty.series.is_empty()
            && let Some(stray) = duty.opens.as_ref().or(duty.series_from.as_ref())
        {
            self.wrong("R03", stray.span(), "this goes with `series`", "leave it out, or write a series");
        }
        let repeat = match (&duty.repeat, duty.series.is_empty()) {
            (None, true) => return Some(Repeat::Once),
            (None, false) => self.series(duty)?,
            (Some(_), false) => {
                self.wrong("R03", duty.id.span(), "this duty has both `repeat` and `series`", "keep one");
                return None;
            }
            (Some(source::Repeat { every: Some(every), first, each: None }), true) => {
                let at_once = first.as_ref().map(|f| self.choice(Some(f), &[("immediately", true)], true));
                Repeat::Every(self.length(every)?, at_once.unwrap_or(false))
            }
            (Some(source::Repeat { every: None, each: Some(each), first: None }), true) => self.each(each),
            _ => {
                self.wrong(
                    "R03",
                    duty.id.span(),
                    "`repeat` takes `every` or `each`",
                    "see docs/rulebook-language.md, Again and again",
                );
                return None;
            }
        };
        if duty.arises.state.is_none() {
            self.wrong(
                "R03",
                duty.id.span(),
                "`repeat` and `series` need `while`",
                "say during which state it repeats",
            );
        }
        if duty.due.is_some() {
            self.wrong(
                "R03",
                duty.id.span(),
                "a repeated duty has its limits from `repeat` or `series`",
                "leave `due` out",
            );
        }
        Some(repeat)
    }

    pub(super) fn each(&mut self, each: &toml::Spanned<Loose<serde::de::IgnoredAny, Text>>) -> Repeat {
        const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let words: Vec<Text> = match each.get_ref() {
            Loose::Word(word) => vec![Self::spanned(word, each)],
            Loose::List(words) => words.clone(),
            Loose::Table(_) => Vec::new(),
        };
        if words.is_empty() {
            let help = "write \"day\", \"weekday\", \"month\" or a list such as [\"mon\", \"thu\"]";
            self.wrong("R03", each.span(), "no day to repeat on", help);
        }
        let mut days = [false; 7];
        for word in words {
            match word.get_ref().as_str() {
                "month" => return Repeat::Month,
                "day" => days = [true; 7],
                "weekday" => days[..5].fill(true),
                other => match DAYS.iter().position(|d| *d == other) {
                    Some(day) => days[day] = true,
                    None => {
                        let help = did_you_mean(other, ["day", "weekday", "month"].into_iter().chain(DAYS));
                        self.wrong("R03", word.span(), format!("`{other}` is not a day"), help);
                    }
                },
            }
        }
        Repeat::Days(days)
    }

    pub(super) fn series(&mut self, duty: &source::Duty) -> Option<Repeat> {
        let mut steps = Vec::new();
        for (number, step) in duty.series.iter().enumerate() {
            steps.push(match (&step.at, &step.every) {
                (Some(at), None) => Step::At(self.length(at)?),
                (None, Some(every)) => Step::Every(self.length(every)?, step.times),
                _ => {
                    self.wrong(
                        "R03",
                        duty.id.span(),
                        format!("step {} of the series says neither when nor how often, or both", number + 1),
                        "write { at = \"...\" } or { every = \"...\", times = n }",
                    );
                    return None;
                }
            });
        }
        let from = self.anchor(duty.series_from.as_ref(), &[])?;
        let opens = match &duty.opens {
            Some(opens) => Some(self.length(opens)?),
            None => None,
        };
        Some(Repeat::Series { steps, from, opens })
    }
}
