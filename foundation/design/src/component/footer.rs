//! The foot of every page.

use maud::{Markup, Render, html};

use crate::Content;

/// A link at the foot.
#[derive(Debug, Clone)]
pub struct FooterLink {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: String,
}

impl<C: Into<Content>, H: Into<String>> From<(C, H)> for FooterLink {
    fn from((content, href): (C, H)) -> Self {
        Self {
            content: content.into(),
            href: href.into(),
        }
    }
}

/// A column of the foot.
#[derive(Debug, Clone, Default)]
pub struct FooterColumn {
    /// Its heading.
    pub heading: Option<String>,
    /// Markup instead of links, or before them.
    pub content: Option<Markup>,
    /// Its links.
    pub links: Vec<FooterLink>,
    /// Its width, a name of the design system, when not an equal part.
    pub width: Option<&'static str>,
}

/// The foot of every page.
#[derive(Debug, Clone, Default)]
pub struct Footer {
    /// Its columns.
    pub columns: Vec<FooterColumn>,
    /// How many columns stand in a row, 1 to 4; 4 unless said otherwise.
    pub columns_in_row: Option<u8>,
    /// Links that help: accessibility, privacy.
    pub links: Vec<FooterLink>,
    /// What stands after the links: text is a paragraph.
    pub content: Content,
    /// Whose it is: text is a paragraph.
    pub copyright: Content,
    /// A class of the container, for pages of another width.
    pub container_class: Option<String>,
}

fn list(links: &[FooterLink]) -> Markup {
    html! {
        ul.nhsuk-footer__list {
            @for link in links {
                li.nhsuk-footer__list-item { a.nhsuk-footer__list-item-link href=(link.href) { (link.content) } }
            }
        }
    }
}

fn paragraph(content: &Content) -> Markup {
    html! {
        @match content {
            Content::Text(text) if text.is_empty() => {},
            Content::Text(text) => p.nhsuk-body-s { (text) },
            Content::Html(markup) => (markup),
        }
    }
}

impl Footer {
    fn navigation(&self) -> Markup {
        let (in_row, width) = match self.columns_in_row {
            Some(1) => (1, "full"),
            Some(2) => (2, "one-half"),
            Some(3) => (3, "one-third"),
            _ => (4, "one-quarter"),
        };
        html! {
            @for row in self.columns.chunks(in_row) {
                div.nhsuk-footer__navigation.nhsuk-grid-row {
                    @for column in row {
                        div class={ "nhsuk-grid-column-" (column.width.unwrap_or(width)) } {
                            @if let Some(heading) = &column.heading {
                                h2.nhsuk-footer__heading.nhsuk-heading-s { (heading) }
                            }
                            @if let Some(content) = &column.content { (content) }
                            @if !column.links.is_empty() { (list(&column.links)) }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Footer {
    fn render(&self) -> Markup {
        html! {
            footer.nhsuk-footer role="contentinfo" {
                div class={
                    "nhsuk-width-container" @if let Some(class) = &self.container_class { " " (class) }
                } {
                    (self.navigation())
                    div.nhsuk-footer__meta {
                        @if !self.links.is_empty() {
                            h2.nhsuk-u-visually-hidden { "Support links" }
                            (list(&self.links))
                        }
                        (paragraph(&self.content))
                        (paragraph(&self.copyright))
                    }
                }
            }
        }
    }
}
