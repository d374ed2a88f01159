//! Facts: what they are about, their types, what they are when nothing is recorded.

use super::Loader;
use crate::source::SourceFile;
use crate::value::{Type, Value};
use crate::vocabulary::source;
use crate::vocabulary::{Derived, Fact, FactGroup, FactId, Scope};
use crate::words::{did_you_mean, sym};
use toml::Spanned;

impl Loader {
    pub(super) fn fact_groups(&mut self, file: &SourceFile, groups: &[source::FactGroup]) {
        for group in groups {
            if self.fact_groups.iter().any(|known| known.id == *group.id.get_ref()) {
                self.twice(file, &group.id);
                continue;
            }
            self.fact_groups.push(FactGroup { id: group.id.get_ref().clone(), title: group.title.clone() });
        }
    }

    pub(super) fn fact(&mut self, file: &SourceFile, fact: &source::Fact) {
        let id = fact.id.get_ref();
        let scope = match id.split('.').next() {
            Some("child" | "placement") => Scope::Child,
            Some("episode") => Scope::Episode,
            Some("clock") => Scope::Clock,
            _ => {
                self.wrong(
                    file.place(fact.id.span()),
                    format!("`{id}` is about nothing"),
                    "begin it with child., placement., episode. or clock.",
                );
                Scope::Child
            }
        };
        let kind = self.kind(file, &fact.kind, &fact.values);
        let if_silent = match fact.if_silent.as_ref().map(|v| (v.get_ref(), v.span())) {
            None => Value::Unknown,
            Some((value, span)) => self.constant(file, value, &kind, span),
        };
        let derived = fact.derived.as_ref().and_then(|d| self.derived(file, d));
        if self.index.facts.insert(id.clone(), FactId(self.facts.len() as u16)).is_some() {
            self.twice(file, &fact.id);
        }
        let answers = self.answers(file, &fact.words, &fact.values);
        let class = self.class(file, fact.class.as_ref());
        let group = fact.group.as_ref().map(|g| g.get_ref().clone()).unwrap_or_default();
        if let Some(group) =
            fact.group.as_ref().filter(|g| !self.fact_groups.iter().any(|known| known.id == *g.get_ref()))
        {
            let help = did_you_mean(group.get_ref(), self.fact_groups.iter().map(|g| g.id.as_str()));
            self.wrong(file.place(group.span()), format!("unknown group `{}`", group.get_ref()), help);
        }
        self.facts.push(Fact {
            id: id.clone(),
            scope,
            kind,
            doc: fact.doc.clone(),
            label: fact.label.clone(),
            hint: fact.hint.clone(),
            planned: fact.planned,
            group,
            answers,
            class,
            if_silent,
            derived,
            place: file.place(fact.id.span()),
        });
    }

    pub(super) fn derived(&mut self, file: &SourceFile, word: &Spanned<String>) -> Option<Derived> {
        let known = [
            ("age", Derived::Age),
            ("turns_18", Derived::Turns18),
            ("episode_start", Derived::EpisodeStart),
            ("episode_end", Derived::EpisodeEnd),
            ("episode_open", Derived::EpisodeOpen),
            ("missing_since", Derived::MissingSince),
            ("was_missing", Derived::WasMissing),
            ("was_away", Derived::WasAway),
            ("was_absent", Derived::WasAbsent),
            ("first_episode", Derived::FirstEpisode),
            ("missing_before", Derived::MissingBefore),
            ("office_hours", Derived::OfficeHours),
            ("night", Derived::Night),
            ("placed_out_of_area", Derived::PlacedOutOfArea),
        ];
        let found = known.iter().find(|(w, _)| w == word.get_ref()).map(|(_, d)| *d);
        if found.is_none() {
            let help = did_you_mean(word.get_ref(), known.iter().map(|(w, _)| *w));
            self.wrong(file.place(word.span()), format!("the engine derives no `{}`", word.get_ref()), help);
        }
        found
    }

    pub(super) fn kind(&mut self, file: &SourceFile, word: &Spanned<String>, values: &[String]) -> Type {
        match word.get_ref().as_str() {
            "yes-no" => Type::YesNo,
            "choice" => Type::Choice(values.to_vec()),
            "number" => Type::Number,
            "date" => Type::Date,
            "moment" => Type::Moment,
            "since" => Type::Since,
            "area" => Type::Area,
            "police-force" => Type::Force,
            "text" => Type::Text,
            "answer" => Type::Answer(Vec::new()),
            "rule" => Type::Rule,
            "entries" => Type::Entries,
            "photograph" => Type::Photograph,
            "role" => Type::Role,
            "roles" => Type::Roles,
            "action" => Type::Action,
            "form" => Type::Form,
            other => {
                let known = [
                    "yes-no",
                    "choice",
                    "number",
                    "date",
                    "moment",
                    "since",
                    "area",
                    "text",
                    "answer",
                    "rule",
                    "entries",
                    "photograph",
                    "role",
                    "roles",
                    "action",
                    "form",
                ];
                self.wrong(file.place(word.span()), format!("unknown type `{other}`"), did_you_mean(other, known));
                Type::Text
            }
        }
    }

    pub(super) fn constant(
        &mut self,
        file: &SourceFile,
        value: &toml::Value,
        kind: &Type,
        span: std::ops::Range<usize>,
    ) -> Value {
        match (kind, value) {
            (Type::YesNo, toml::Value::Boolean(b)) => Value::Bool(*b),
            (Type::Number, toml::Value::Integer(n)) => Value::Number(*n),
            (Type::Choice(values), toml::Value::String(word)) if values.contains(word) => Value::Word(sym(word)),
            (Type::Role | Type::Area | Type::Force | Type::Form | Type::Action, toml::Value::String(word)) => {
                Value::Word(sym(word))
            }
            _ => {
                self.wrong(
                    file.place(span),
                    format!("`{value}` is not a {}", kind.word()),
                    "write a value of the fact's type",
                );
                Value::Unknown
            }
        }
    }
}
