//! What has just happened, or what someone must know before they go on.

use maud::{Markup, Render, html};

use super::heading::{Heading, Level};
use crate::Content;

/// A banner above the content of a page.
#[derive(Debug, Clone, Default)]
pub struct NotificationBanner {
    /// The word in its bar; "Important" or "Success" unless said otherwise.
    pub title: Option<Content>,
    /// Its heading, an `h3` unless said otherwise.
    pub heading: Option<Heading>,
    /// Its heading drawn as a paragraph, where a heading would break the outline.
    pub heading_as_paragraph: bool,
    /// What it says. Text without a heading is drawn as large as one.
    pub content: Content,
    /// Something succeeded; it is read out at once.
    pub success: bool,
    /// Its role, when neither `region` nor (for success) `alert`.
    pub role: Option<String>,
    /// `Some(true)` when the page opens elsewhere than at a banner that says success.
    pub disable_auto_focus: Option<bool>,
}

impl NotificationBanner {
    /// Something important.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// Something that succeeded.
    pub fn success(content: impl Into<Content>) -> Self {
        Self {
            success: true,
            ..Self::new(content)
        }
    }

    fn heading(&self) -> Markup {
        html! {
            @if let Some(heading) = &self.heading {
                @if self.heading_as_paragraph {
                    p.nhsuk-notification-banner__heading { (heading.content) }
                } @else {
                    (heading.render_as("nhsuk-notification-banner__heading", "nhsuk-notification-banner__heading-", Level::Three))
                }
            }
        }
    }
}

impl Render for NotificationBanner {
    fn render(&self) -> Markup {
        let role = self
            .role
            .as_deref()
            .unwrap_or(if self.success { "alert" } else { "region" });
        let title = self
            .title
            .clone()
            .unwrap_or_else(|| if self.success { "Success" } else { "Important" }.into());
        let auto_focus = self
            .disable_auto_focus
            .map(|disabled| if disabled { "true" } else { "false" });
        html! {
            div.nhsuk-notification-banner.nhsuk-notification-banner--success[self.success]
                data-module="nhsuk-notification-banner" data-disable-auto-focus=[auto_focus] role=(role)
                aria-labelledby="nhsuk-notification-banner-title" {
                div.nhsuk-notification-banner__header {
                    h2.nhsuk-notification-banner__title id="nhsuk-notification-banner-title" { (title) }
                }
                div.nhsuk-notification-banner__content {
                    (self.heading())
                    @match &self.content {
                        Content::Html(markup) => (markup),
                        Content::Text(text) if text.is_empty() => {},
                        Content::Text(text) if self.heading.is_some() => p.nhsuk-body { (text) },
                        Content::Text(text) => p.nhsuk-notification-banner__heading { (text) },
                    }
                }
            }
        }
    }
}
