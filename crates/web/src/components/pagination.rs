//! The pages of a long list.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// The pages of a list.
#[derive(Template, Clone, Debug)]
#[template(path = "components/pagination.html")]
pub struct Pagination {
    pub previous: Option<PageLink>,
    pub next: Option<PageLink>,
    pub items: Vec<PageItem>,
    pub label: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(Pagination);

/// The page before or after.
#[derive(Clone, Debug, Default)]
pub struct PageLink {
    pub href: String,
    /// Other words than `Previous page` and `Next page`.
    pub text: Markup,
    /// What is on it.
    pub about: String,
    pub attributes: Attributes,
}

/// A numbered page; without an address, those that are left out.
#[derive(Clone, Debug, Default)]
pub struct PageItem {
    pub number: String,
    pub href: String,
    pub current: bool,
    pub left_out: bool,
    pub label: String,
    pub attributes: Attributes,
}

impl PageItem {
    fn spoken(&self) -> String {
        if self.label.is_empty() { format!("Page {}", self.number) } else { self.label.clone() }
    }
}

impl Pagination {
    /// The pages of a list of so many; `href` gives the address of each.
    pub fn new(current: usize, pages: usize, href: impl Fn(usize) -> String) -> Pagination {
        let near = |page: &usize| *page == 1 || *page == pages || page.abs_diff(current) <= 1;
        let mut items = Vec::new();
        let mut last = 0;
        for page in (1..=pages).filter(near) {
            if page > last + 1 {
                items.push(PageItem { left_out: true, ..PageItem::default() });
            }
            let number = page.to_string();
            items.push(PageItem { number, href: href(page), current: page == current, ..PageItem::default() });
            last = page;
        }
        let link = |page: usize| PageLink { href: href(page), ..PageLink::default() };
        Pagination {
            previous: (current > 1).then(|| link(current - 1)),
            next: (current < pages).then(|| link(current + 1)),
            items,
            label: "Pagination".into(),
            classes: Classes::default(),
            attributes: Attributes::default(),
        }
    }

    /// One after the other, with nothing numbered.
    fn block(&self) -> bool {
        self.items.is_empty() && (self.previous.is_some() || self.next.is_some())
    }
}
