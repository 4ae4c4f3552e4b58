//! What someone must not miss.

use maud::{Markup, Render};

use super::card::{Card, CardVariant};
use super::heading::{Heading, Level};
use crate::Content;

/// A warning. A heading that doesn't say "important" itself is heard as "Important: …".
#[derive(Debug, Clone)]
pub struct WarningCallout {
    /// Its heading, an `h3` unless said otherwise.
    pub heading: Heading,
    /// What it says: text is a paragraph.
    pub content: Content,
}

impl WarningCallout {
    /// A warning.
    pub fn new(heading: impl Into<Heading>, content: impl Into<Content>) -> Self {
        Self {
            heading: heading.into(),
            content: content.into(),
        }
    }

    /// The same with an `h2`, where it comes first below the title of the page.
    #[must_use]
    pub fn below_title(mut self) -> Self {
        self.heading.level = Some(Level::Two);
        self
    }
}

impl Render for WarningCallout {
    fn render(&self) -> Markup {
        let says_so = self
            .heading
            .content
            .text()
            .is_some_and(|text| text.to_lowercase().contains("important"));
        let word = || {
            self.heading
                .visually_hidden
                .clone()
                .unwrap_or_else(|| "Important".to_owned())
        };
        let heading = Heading {
            level: self.heading.level.or(Some(Level::Three)),
            visually_hidden: (!says_so).then(word),
            ..self.heading.clone()
        };
        Card {
            variant: CardVariant::Warning,
            ..Card::new(heading, self.content.clone())
        }
        .render()
    }
}
