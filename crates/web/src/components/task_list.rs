//! What is to be done in a task of several steps, with the state of each.

use super::dressed::component;
use super::{Attributes, Classes, Markup};
use askama::Template;

/// A list of steps.
#[derive(Template, Clone, Debug, Default)]
#[template(path = "components/task_list.html")]
pub struct TaskList {
    pub tasks: Vec<Task>,
    pub id: String,
    pub classes: Classes,
    pub attributes: Attributes,
}
component!(TaskList);

/// A step.
#[derive(Clone, Debug, Default)]
pub struct Task {
    pub title: Markup,
    pub title_classes: Classes,
    pub href: String,
    pub hint: Markup,
    pub status: Markup,
    pub status_classes: Classes,
    pub classes: Classes,
}

impl Task {
    /// A step, where it is done, and how far it is: words, or a [`super::Tag`] by [`Markup::of`].
    pub fn new(title: impl Into<Markup>, href: impl Into<String>, status: impl Into<Markup>) -> Task {
        Task { title: title.into(), href: href.into(), status: status.into(), ..Task::default() }
    }
}

impl TaskList {
    /// These steps.
    pub fn new(tasks: Vec<Task>) -> TaskList {
        TaskList { tasks, id: "task-list".into(), ..TaskList::default() }
    }
}
