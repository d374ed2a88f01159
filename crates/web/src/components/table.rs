//! A table of data.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A table. Put it in `boxes::scroll` where it may be wider than a telephone.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/table.html")]
pub struct Table {
    pub caption: String,
    pub caption_classes: Classes,
    pub head: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    pub first_is_header: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Table);

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub content: Markup,
    pub numeric: bool,
    pub colspan: u8,
    pub rowspan: u8,
    pub classes: Classes,
    pub attributes: Attributes,
}

impl<M: Into<Markup>> From<M> for Cell {
    fn from(content: M) -> Cell {
        Cell { content: content.into(), ..Cell::default() }
    }
}

impl Cell {
    /// A number, set to the right.
    pub fn number(content: impl Into<Markup>) -> Cell {
        Cell { numeric: true, ..Cell::from(content) }
    }
}

impl Table {
    /// A table with a caption and a head.
    pub fn new(caption: impl Into<String>, head: Vec<Cell>) -> Table {
        Table { caption: caption.into(), head, ..Table::default() }
    }

    /// One more row.
    #[must_use]
    pub fn row(mut self, cells: Vec<Cell>) -> Table {
        self.rows.push(cells);
        self
    }

    /// The first cell of each row names it.
    #[must_use]
    pub fn first_is_header(mut self) -> Table {
        self.first_is_header = true;
        self
    }
}
