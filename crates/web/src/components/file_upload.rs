//! A file to choose.

use super::dressed::component;
use super::question::asks;
use super::{Attributes, Classes, Markup, Question};
use askama::Template;

/// A file to choose and send. A browser never fills it in again: who sends a form with something wrong in it chooses the file once more.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/file_upload.html")]
pub struct FileUpload {
    pub question: Question,
    pub id: String,
    pub name: String,
    pub disabled: bool,
    pub multiple: bool,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(FileUpload);
asks!(FileUpload, "govuk-label--l");

impl FileUpload {
    /// A file of this name.
    pub fn new(name: impl Into<String>, label: impl Into<Markup>) -> FileUpload {
        let name = name.into();
        FileUpload { question: Question::new(label), id: name.clone(), name, ..FileUpload::default() }
    }
}
