//! First pass over events and actions: every word gets its place.

use super::Loader;
use crate::diagnostic::Place;
use crate::source::SourceFile;
use crate::value::Type;
use crate::vocabulary::source;
use crate::vocabulary::{Action, ActionId, ActionKind, Class, EpisodeEffect, Event, EventId, Field, FieldId};
use crate::words::{did_you_mean, sym};

impl Loader {
    pub(super) fn field_id(&mut self, word: &str) -> FieldId {
        if let Some(id) = self.index.fields.get(word) {
            return *id;
        }
        let id = FieldId(self.fields.len() as u16);
        self.fields.push(word.into());
        self.index.fields.insert(word.into(), id);
        id
    }

    pub(super) fn base_fields(&mut self) {
        for word in [
            "by",
            "action",
            "decision",
            "meeting",
            "to",
            "about",
            "with",
            "what",
            "reason",
            "duty",
            "occurred_at",
            "recorded_at",
            "followed",
            "answer",
            "episodes",
        ] {
            self.field_id(word);
        }
    }

    /// A field for the answer to a decision may hold every answer that some decision has; which, its decision says.
    pub(super) fn decided(&mut self) {
        let mut all: Vec<String> = Vec::new();
        for answer in self.actions.iter().flat_map(|action| &action.answers) {
            if !all.contains(&answer.word) {
                all.push(answer.word.clone());
            }
        }
        for field in self.events.iter_mut().flat_map(|event| &mut event.fields) {
            if let Type::Answer(answers) = &mut field.kind {
                answers.clone_from(&all);
            }
        }
    }

    pub(super) fn event(&mut self, file: &SourceFile, event: &source::Event) {
        let mut fields = Vec::new();
        for field in &event.field {
            let id = field.id.get_ref();
            if [
                "by",
                "by_name",
                "note",
                "why",
                "id",
                "event",
                "occurred_at",
                "recorded_at",
                "followed",
                "corrects",
                "episode",
            ]
            .contains(&id.as_str())
            {
                self.wrong(
                    file.place(field.id.span()),
                    format!("every entry has `{id}` already"),
                    "choose another name",
                );
            }
            let kind = self.kind(file, &field.kind, &field.values);
            let number = self.field_id(id);
            let answers = self.answers(file, &field.words, &field.values);
            let class = self.class(file, field.class.as_ref());
            fields.push(Field {
                id: id.clone(),
                field: number,
                kind,
                required: field.required,
                needed: field.needed,
                doc: field.doc.clone(),
                label: field.label.clone(),
                hint: field.hint.clone(),
                group: field.group.clone(),
                lines: field.lines.max(1),
                planned: field.planned,
                answers,
                class,
                hides_entry: field.hides_entry,
                place: field.place,
            });
        }
        let episode = match event.episode.as_ref().map(|e| (e.get_ref().as_str(), e.span())) {
            None => EpisodeEffect::Within,
            Some(("starts", _)) => EpisodeEffect::Starts,
            Some(("ends", _)) => EpisodeEffect::Ends,
            Some((_, span)) => {
                self.wrong(file.place(span), "unknown effect", "write starts or ends");
                EpisodeEffect::Within
            }
        };
        if self.index.events.insert(event.id.get_ref().clone(), EventId(self.events.len() as u16)).is_some() {
            self.twice(file, &event.id);
        }
        let class = self.class(file, event.class.as_ref());
        let came = fields.iter().find(|field| field.needed && matches!(field.kind, Type::Roles));
        let came = came.map(|field| field.field).filter(|_| event.joint);
        let doer = event.doer.as_ref().map(|f| self.field_id(f.get_ref()));
        let start_at = event.start_at.as_ref().map(|f| self.field_id(f.get_ref()));
        self.events.push(Event {
            id: event.id.get_ref().clone(),
            name: event.name.clone(),
            doc: event.doc.clone(),
            hint: event.hint.clone(),
            group: event.group.clone(),
            episode,
            start_at,
            after_return: event.after_return,
            for_the_record: event.for_the_record,
            by_action: event.by_action,
            doer,
            joint: event.joint,
            came,
            attaches: event.attaches,
            said_by: event.said_by.iter().map(|r| sym(r.get_ref())).collect(),
            class,
            fields,
            sets: Vec::new(),
            tells: event.tells.as_ref().map(|t| (sym(t.role.get_ref()), sym(t.about.get_ref()))),
            made_up: false,
            place: file.place(event.id.span()),
        });
    }

    pub(super) fn action(&mut self, file: &SourceFile, action: &source::Action) {
        let kind = match action.kind.get_ref().as_str() {
            "notify" => ActionKind::Notify,
            "share" => ActionKind::Share,
            "meet" => ActionKind::Meet,
            "decide" => ActionKind::Decide,
            "record" => ActionKind::Record,
            "assess" => ActionKind::Assess,
            "interview" => ActionKind::Interview,
            "do" => ActionKind::Do,
            other => {
                let known = ["notify", "share", "meet", "decide", "record", "assess", "interview", "do"];
                self.wrong(
                    file.place(action.kind.span()),
                    format!("unknown kind `{other}`"),
                    did_you_mean(other, known),
                );
                ActionKind::Do
            }
        };
        if kind != ActionKind::Decide
            && let Some(answer) = action.answers.iter().chain(&action.former).next()
        {
            let message = format!("`{}` is no decision, so it has no answers", action.id.get_ref());
            self.wrong(file.place(answer.span()), message, "write `kind = \"decide\"`, or leave `answers` out");
        }
        let answers = self.outcomes(file, action);
        if self.index.actions.insert(action.id.get_ref().clone(), ActionId(self.actions.len() as u16)).is_some() {
            self.twice(file, &action.id);
        }
        self.actions.push(Action {
            id: action.id.get_ref().clone(),
            sym: sym(action.id.get_ref()),
            name: action.name.clone(),
            doc: action.doc.clone(),
            kind,
            topic: action.about.as_ref().or(action.what.as_ref()).map(|t| sym(t.get_ref())),
            met_by: Vec::new(),
            answers,
            only_by: action.only_by.iter().map(|r| sym(r.get_ref())).collect(),
            said_by: action.said_by.iter().map(|r| sym(r.get_ref())).collect(),
            never_by: action.never_by.iter().map(|r| sym(r.get_ref())).collect(),
            tells: action.tells.iter().map(|r| sym(r.get_ref())).collect(),
        });
    }
}

/// An event that the casebook makes up.
pub(super) fn made_up(id: &str, name: &str) -> Event {
    Event {
        id: id.into(),
        name: name.into(),
        doc: "Made up by the casebook.".into(),
        hint: String::new(),
        group: String::new(),
        episode: EpisodeEffect::Within,
        start_at: None,
        after_return: false,
        for_the_record: false,
        by_action: false,
        doer: None,
        joint: false,
        came: None,
        attaches: false,
        said_by: Vec::new(),
        class: Class::Ordinary,
        fields: Vec::new(),
        sets: Vec::new(),
        tells: None,
        made_up: true,
        place: Place { file: "vocabulary".into(), line: 0, column: 0 },
    }
}
