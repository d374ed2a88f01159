//! What is known, as pairs of a name and a value, each with what can be done about it.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// What is known.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/summary_list.html")]
pub struct SummaryList {
    pub rows: Vec<SummaryRow>,
    pub card: Option<SummaryCard>,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(SummaryList);

/// One thing that is known.
#[derive(Clone, Debug, Default)]
pub struct SummaryRow {
    pub key: Markup,
    pub value: Markup,
    pub actions: Option<Vec<Action>>,
    pub classes: Classes,
    pub key_classes: Classes,
    pub value_classes: Classes,
    pub actions_classes: Classes,
}

/// What can be done about it.
#[derive(Clone, Debug, Default)]
pub struct Action {
    pub text: Markup,
    pub href: String,
    /// What it is about, for those who do not see where it stands.
    pub about: String,
    pub classes: Classes,
    pub attributes: Attributes,
}

/// A frame with a title.
#[derive(Clone, Debug, Default)]
pub struct SummaryCard {
    pub title: Markup,
    pub title_classes: Classes,
    pub level: u8,
    pub actions: Vec<Action>,
    pub actions_classes: Classes,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl SummaryRow {
    /// A name and a value.
    pub fn new(key: impl Into<Markup>, value: impl Into<Markup>) -> SummaryRow {
        SummaryRow { key: key.into(), value: value.into(), ..SummaryRow::default() }
    }

    /// What can be done, where, and about what: `Change`, an address, `when the child was last seen`.
    #[must_use]
    pub fn action(mut self, text: impl Into<Markup>, href: impl Into<String>, about: impl Into<String>) -> SummaryRow {
        let action = Action { text: text.into(), href: href.into(), about: about.into(), ..Action::default() };
        self.actions.get_or_insert_default().push(action);
        self
    }

    fn listed(&self) -> &[Action] {
        self.actions.as_deref().unwrap_or_default()
    }
}

impl SummaryList {
    /// These things.
    pub fn new(rows: Vec<SummaryRow>) -> SummaryList {
        SummaryList { rows, ..SummaryList::default() }
    }

    /// In a frame with a title.
    #[must_use]
    pub fn card(mut self, title: impl Into<Markup>) -> SummaryList {
        self.card = Some(SummaryCard { title: title.into(), level: 2, ..SummaryCard::default() });
        self
    }

    fn card_title(&self) -> Markup {
        self.card.as_ref().map(|card| card.title.clone()).unwrap_or_default()
    }

    /// Some rows have something to do: those that have not are made as wide.
    fn has_actions(&self) -> bool {
        self.rows.iter().any(|row| !row.listed().is_empty())
    }
}
