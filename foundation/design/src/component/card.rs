//! Content in a box: a thing of a list, a way to another page, or advice by urgency.

use maud::{Markup, Render, html};

use super::heading::{Heading, Level};
use super::icon::Icon;
use crate::Content;

/// How a card is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CardVariant {
    /// A white box.
    #[default]
    Plain,
    /// With its heading on a coloured bar.
    Feature,
    /// A way to another page, with a chevron.
    Primary,
    /// A quieter way to another page.
    Secondary,
    /// A warning.
    Warning,
    /// Advice that can wait.
    NonUrgent,
    /// Advice to act on today.
    Urgent,
    /// Advice to act on now.
    Emergency,
}

impl CardVariant {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Feature => " nhsuk-card--feature",
            Self::Primary => " nhsuk-card--primary",
            Self::Secondary => " nhsuk-card--secondary",
            Self::Warning => " nhsuk-card--warning",
            Self::NonUrgent => " nhsuk-card--care nhsuk-card--care--non-urgent",
            Self::Urgent => " nhsuk-card--care nhsuk-card--care--urgent",
            Self::Emergency => " nhsuk-card--care nhsuk-card--care--emergency",
        }
    }

    /// What those who hear the page hear before the heading of advice.
    const fn urgency(self) -> Option<&'static str> {
        match self {
            Self::NonUrgent => Some("Non-urgent advice"),
            Self::Urgent => Some("Urgent advice"),
            Self::Emergency => Some("Immediate action required"),
            Self::Plain | Self::Feature | Self::Primary | Self::Secondary | Self::Warning => None,
        }
    }
}

/// Something to do with a card or a row: a link, or a button that sends its form.
#[derive(Debug, Clone, Default)]
pub struct Action {
    /// What it says, for example "Change".
    pub content: Content,
    /// What it is done to, for those who hear the page: "date of birth".
    pub visually_hidden: Option<String>,
    /// Where it leads; a button that sends its form when `None`.
    pub href: Option<String>,
    /// The name and value a button is sent under.
    pub sends: Option<(String, String)>,
}

impl Action {
    /// A link: "Change", "date of birth", where.
    pub fn link(
        content: impl Into<Content>,
        visually_hidden: &str,
        href: impl Into<String>,
    ) -> Self {
        Self {
            content: content.into(),
            visually_hidden: Some(visually_hidden.to_owned()),
            href: Some(href.into()),
            sends: None,
        }
    }

    /// `card` is the heading of the card it stands in.
    pub(crate) fn render_in(&self, card: Option<&Content>) -> Markup {
        let card = card.filter(|heading| !heading.is_empty());
        let inner = html! {
            (self.content)
            @if self.visually_hidden.is_some() || card.is_some() {
                span.nhsuk-u-visually-hidden {
                    @if let Some(words) = &self.visually_hidden { " " (words) }
                    @if let Some(card) = card { " (" (card) ")" }
                }
            }
        };
        let (name, value) = self
            .sends
            .as_ref()
            .map_or((None, None), |(name, value)| (Some(name), Some(value)));
        html! {
            @if let Some(href) = &self.href {
                a.nhsuk-link href=(href) { (inner) }
            } @else {
                button.nhsuk-link name=[name] type="submit" value=[value] { (inner) }
            }
        }
    }
}

/// Content in a box.
#[derive(Debug, Clone, Default)]
pub struct Card {
    /// Its heading, an `h2` unless said otherwise.
    pub heading: Option<Heading>,
    /// Where its heading leads.
    pub href: Option<String>,
    /// The whole box can be pressed.
    pub clickable: bool,
    /// How it is drawn.
    pub variant: CardVariant,
    /// What it holds: text is a paragraph.
    pub content: Content,
    /// What can be done with it.
    pub actions: Vec<Action>,
    /// Its id.
    pub id: Option<String>,
}

impl Card {
    /// A heading and what the box holds.
    pub fn new(heading: impl Into<Heading>, content: impl Into<Content>) -> Self {
        Self {
            heading: Some(heading.into()),
            content: content.into(),
            ..Self::default()
        }
    }

    /// A way to another page: the whole box can be pressed.
    pub fn link(
        heading: impl Into<Heading>,
        href: impl Into<String>,
        content: impl Into<Content>,
    ) -> Self {
        Self {
            href: Some(href.into()),
            clickable: true,
            ..Self::new(heading, content)
        }
    }

    fn heading(&self) -> Markup {
        let Some(heading) = &self.heading else {
            return html! {};
        };
        let hidden = self
            .variant
            .urgency()
            .or(heading.visually_hidden.as_deref());
        let linked = self
            .href
            .as_deref()
            .filter(|_| self.variant != CardVariant::Feature);
        let content = match (linked, hidden) {
            (Some(href), _) => html! { a.nhsuk-card__link href=(href) { (heading.content) } },
            (None, Some(words)) => html! {
                span role="text" { span.nhsuk-u-visually-hidden { (words) ": " } (heading.content) }
            },
            (None, None) => html! { (heading.content) },
        };
        let shown = Heading {
            content: content.into(),
            visually_hidden: None,
            href: None,
            ..heading.clone()
        };
        shown.render_as("nhsuk-card__heading", "nhsuk-heading-", Level::Two)
    }

    fn is_advice(&self) -> bool {
        self.heading.is_some() && self.variant.urgency().is_some()
    }

    fn bar(&self) -> Markup {
        let named = self.heading.as_ref().map(|heading| &heading.content);
        html! {
            div.nhsuk-card__heading-container {
                (self.heading())
                @if self.is_advice() { span.nhsuk-card--care__arrow aria-hidden="true" {} }
                @match self.actions.as_slice() {
                    [] => {},
                    [action] => div.nhsuk-card__actions { (action.render_in(named)) },
                    actions => {
                        ul.nhsuk-card__actions {
                            @for action in actions { li.nhsuk-card__action { (action.render_in(named)) } }
                        }
                    },
                }
            }
        }
    }
}

impl Render for Card {
    fn render(&self) -> Markup {
        let barred = self.is_advice() || !self.actions.is_empty();
        html! {
            div class={
                "nhsuk-card" @if self.clickable { " nhsuk-card--clickable" } (self.variant.class())
            } id=[self.id.as_deref()] {
                @if barred { (self.bar()) }
                div.nhsuk-card__content {
                    @if !barred { (self.heading()) }
                    @match &self.content {
                        Content::Text(text) if text.is_empty() => {},
                        Content::Text(text) => p.nhsuk-card__description { (text) },
                        Content::Html(markup) => (markup),
                    }
                    @if self.variant == CardVariant::Primary { (Icon::ChevronRightCircle) }
                }
            }
        }
    }
}
