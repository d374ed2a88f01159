//! Turns the words on who does things from their files into what is run: `by`, `parties`, owners whom the log decides, and the
//! word that being located ends a state.

use super::compile::Compiler;
use super::loose::Loose;
use super::model::{By, Hold, Party, Rulebook, ToldOwner};
use super::source::{self, Text};
use crate::condition::{Condition, Expr, Subject, Test};
use crate::value::{Type, Value};
use crate::vocabulary::EventId;
use crate::vocabulary::{Derived, Scope};
use crate::words::{did_you_mean, sym};

impl Compiler<'_> {
    /// `by = "anyone"`, or a list of roles.
    pub(super) fn by(&mut self, by: &source::By) -> By {
        match by.get_ref() {
            Loose::Word(word) if word == "anyone" => By::Anyone,
            Loose::List(roles) => By::Roles(self.roles(roles).iter().map(|r| sym(r)).collect()),
            Loose::Word(role) => {
                let roles = self.roles(&[Self::spanned(role, by)]);
                By::Roles(roles.iter().map(|r| sym(r)).collect())
            }
            Loose::Table(_) => {
                let help = "write by = \"anyone\", or by = [\"role\", ...]";
                self.wrong("R03", by.span(), "`by` is a role, a list of roles, or \"anyone\"", help);
                By::Owner
            }
        }
    }

    pub(super) fn parties(&mut self, book: &Rulebook, list: &[source::Party], events: &[EventId]) -> Vec<Party> {
        let mut found = Vec::new();
        for party in list {
            let Some(role) = self.role(&party.role) else { continue };
            let when = self.condition(book, party.when.as_ref(), Some(events).filter(|e| !e.is_empty()));
            found.push(Party { role, when, cites: self.cites(&party.cite) });
        }
        found
    }

    /// Whoever of some was told: an index into the rulebook's owners by the log.
    pub(super) fn told_owner(
        &mut self,
        book: &mut Rulebook,
        topic: &Text,
        among: &[Text],
        otherwise: Option<&Text>,
    ) -> Option<usize> {
        self.topic(topic, self.vocabulary.known.about);
        let among: Vec<_> = self.roles(among).iter().map(|r| sym(r)).collect();
        let Some(otherwise) = otherwise else {
            let help = "say whose it is while none of them was told: else = \"...\"";
            self.wrong("R03", topic.span(), "an owner by the log has no `else`", help);
            return None;
        };
        let otherwise = self.role(otherwise)?;
        book.told_owners.push(ToldOwner { topic: sym(topic.get_ref()), among, otherwise });
        Some(book.told_owners.len() - 1)
    }

    /// The state, as long as it is not known where the child is.
    pub(super) fn and_not_located(&mut self, state: Condition, spell: &Text) -> Condition {
        let Some(known) = self.vocabulary.known.whereabouts_known else {
            let help = "declare the fact `episode.whereabouts_known` in the vocabulary";
            self.wrong("R03", spell.span(), "the vocabulary does not say when a child is located", help);
            return state;
        };
        let located = Test::OneOf(vec![Value::Bool(true)]);
        let not_located = Expr::Not(Box::new(Expr::Test(Subject::Fact(known), located)));
        // A choice stays together.
        let and = |words: &str| match state.expr {
            Expr::Any(_) => format!("({words}) and not episode.whereabouts_known"),
            _ => format!("{words} and not episode.whereabouts_known"),
        };
        let (text, said, full) = (and(&state.text), and(&state.said), and(&state.full));
        let expr = match state.expr {
            Expr::All(mut parts) => {
                parts.push(not_located);
                Expr::All(parts)
            }
            one => Expr::All(vec![one, not_located]),
        };
        let watched = expr.watched();
        Condition { text, said, full, expr, terms: state.terms, watched }
    }

    /// A fact that holds while something else is so. What hangs on the time alone cannot set a fact: nobody would have recorded it.
    pub(super) fn hold(&mut self, book: &Rulebook, hold: &source::Holds) -> Option<Hold> {
        let fact = self.vocabulary.fact(hold.fact.get_ref()).filter(|f| self.vocabulary.fact_at(*f).derived.is_none());
        let Some(fact) = fact else {
            let recorded = self.vocabulary.facts.iter().filter(|f| f.derived.is_none()).map(|f| f.id.as_str());
            let help = did_you_mean(hold.fact.get_ref(), recorded);
            let message = format!("`{}` is no fact that can be set", hold.fact.get_ref());
            self.wrong("R03", hold.fact.span(), message, help);
            return None;
        };
        let value = match (&self.vocabulary.fact_at(fact).kind, hold.value.get_ref()) {
            (Type::YesNo, toml::Value::Boolean(yes)) => Some(Value::Bool(*yes)),
            (Type::Choice(values), toml::Value::String(word)) if values.contains(word) => Some(Value::Word(sym(word))),
            (Type::Area, toml::Value::String(word)) => Some(Value::Word(sym(word))),
            _ => None,
        };
        let Some(value) = value else {
            let kind = &self.vocabulary.fact_at(fact).kind;
            let help = match kind {
                Type::Choice(values) => format!("write one of {}", values.join(", ")),
                Type::YesNo => "write true or false".into(),
                _ => "a rule sets yes-no facts, choices and areas only".into(),
            };
            self.wrong("R03", hold.value.span(), format!("not a value of `{}`", hold.fact.get_ref()), help);
            return None;
        };
        let state = self.condition(book, Some(&hold.state), None);
        let by_time = |subject: Subject, test: &Test| match subject {
            Subject::Fact(f) => {
                let of = self.vocabulary.fact_at(f);
                f == fact
                    || matches!(test, Test::Since(..))
                    || of.scope == Scope::Clock
                    || of.derived == Some(Derived::Age)
            }
            _ => false,
        };
        let mut turns = false;
        state.expr.visit(&mut |subject, test| turns |= by_time(subject, test));
        if turns {
            let help = "name facts that somebody records, and not the fact itself";
            self.wrong("R03", hold.state.span(), "a fact is not set by the passing of time, or by itself", help);
            return None;
        }
        let (id, says) = (hold.id.get_ref().clone(), hold.says.clone());
        Some(Hold {
            id,
            fact,
            value,
            state,
            says,
            cites: self.cites(&hold.cite),
            place: self.file.place(hold.id.span()),
        })
    }
}
