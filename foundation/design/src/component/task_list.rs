//! What there is to do, and how far it has got.

use maud::{Markup, Render, html};

use super::tag::{Tag, TagColour};
use crate::Content;

/// How far a task has got.
#[derive(Debug, Clone)]
pub enum TaskStatus {
    /// Words.
    Plain(Content),
    /// A tag.
    Tag(Tag),
}

impl Default for TaskStatus {
    fn default() -> Self {
        Self::Plain(Content::default())
    }
}

impl TaskStatus {
    /// Done: a tag that is drawn as plain words, so that what is left to do stands out.
    pub fn done(content: impl Into<Content>) -> Self {
        Self::Tag(Tag {
            no_border: true,
            light: true,
            ..Tag::new(content, TagColour::NoColour)
        })
    }
}

impl From<&str> for TaskStatus {
    fn from(text: &str) -> Self {
        Self::Plain(text.into())
    }
}

impl From<Tag> for TaskStatus {
    fn from(tag: Tag) -> Self {
        Self::Tag(tag)
    }
}

/// One thing to do.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// What it is.
    pub heading: Content,
    /// Where it is done; `None` while it cannot be.
    pub href: Option<String>,
    /// Help under it.
    pub hint: Option<Content>,
    /// How far it has got.
    pub status: TaskStatus,
}

/// What there is to do.
#[derive(Debug, Clone)]
pub struct TaskList {
    /// What the ids begin with.
    pub id_prefix: String,
    /// The things to do, in order.
    pub items: Vec<Task>,
}

impl TaskList {
    /// A list whose ids begin with `id_prefix`.
    pub fn new(id_prefix: impl Into<String>, items: Vec<Task>) -> Self {
        Self {
            id_prefix: id_prefix.into(),
            items,
        }
    }

    fn item(&self, position: usize, task: &Task) -> Markup {
        let number = position.saturating_add(1);
        let hint_id = format!("{}-{number}-hint", self.id_prefix);
        let status_id = format!("{}-{number}-status", self.id_prefix);
        html! {
            li.nhsuk-task-list__item.nhsuk-task-list__item--with-link[task.href.is_some()] {
                div.nhsuk-task-list__name-and-hint {
                    @if let Some(href) = &task.href {
                        a.nhsuk-task-list__link.nhsuk-link href=(href)
                            aria-describedby={ @if task.hint.is_some() { (hint_id) " " } (status_id) } { (task.heading) }
                    } @else {
                        div { (task.heading) }
                    }
                    @if let Some(hint) = &task.hint { div.nhsuk-task-list__hint id=(hint_id) { (hint) } }
                }
                div.nhsuk-task-list__status id=(status_id) {
                    @match &task.status {
                        TaskStatus::Tag(tag) => (tag),
                        TaskStatus::Plain(content) => (content),
                    }
                }
            }
        }
    }
}

impl Render for TaskList {
    fn render(&self) -> Markup {
        html! {
            ul.nhsuk-task-list {
                @for (position, task) in self.items.iter().enumerate() { (self.item(position, task)) }
            }
        }
    }
}
