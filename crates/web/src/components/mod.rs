//! The components of the design system, one type each, written into a template by `{{ }}`: `{{ Button::new("Save") }}`,
//! `{{ Input::new("incident_number", "Police incident number").hint("Ask for it on the phone").width(20) }}`.
//!
//! Each type has a template of its name in `templates/components/`. Those of GOV.UK are held to the fixtures of its package by
//! `tests/it/fixtures`. What holds other content (details, cards, banners, sub-navigation) and what shows a duty, an episode or the
//! timeline are macros: `templates/components/{boxes,case}.html`, to be imported.

mod back_link;
mod banner;
mod breadcrumbs;
mod button;
mod character_count;
mod checkboxes;
mod choice;
mod date_input;
mod details;
mod dressed;
mod error_message;
mod error_summary;
mod fieldset;
mod file_upload;
mod hint;
mod input;
mod inset_text;
mod label;
mod markup;
mod moment_input;
mod notification_banner;
mod pagination;
mod panel;
mod password_input;
mod question;
mod radios;
mod select;
mod skip_link;
mod summary_list;
mod table;
mod tabs;
mod tag;
mod task_list;
mod textarea;
mod warning_text;

pub use back_link::BackLink;
pub use banner::Banner;
pub use breadcrumbs::Breadcrumbs;
pub use button::Button;
pub use character_count::CharacterCount;
pub use checkboxes::Checkboxes;
pub use choice::Choice;
pub use date_input::{DateInput, DatePart};
pub use details::Details;
pub use dressed::Dressed;
pub use error_message::ErrorMessage;
pub use error_summary::ErrorSummary;
pub use fieldset::Fieldset;
pub use file_upload::FileUpload;
pub use hint::Hint;
pub use input::Input;
pub use inset_text::InsetText;
pub use label::Label;
pub use markup::{Attributes, Classes, Markup, escape};
pub use moment_input::MomentInput;
pub use notification_banner::NotificationBanner;
pub use pagination::{PageItem, PageLink, Pagination};
pub use panel::Panel;
pub use password_input::PasswordInput;
pub use question::{Asks, Question};
pub use radios::Radios;
pub use select::{Select, SelectOption};
pub use skip_link::SkipLink;
pub use summary_list::{Action, SummaryCard, SummaryList, SummaryRow};
pub use table::{Cell, Table};
pub use tabs::{Tab, Tabs};
pub use tag::Tag;
pub use task_list::{Task, TaskList};
pub use textarea::Textarea;
pub use warning_text::WarningText;
