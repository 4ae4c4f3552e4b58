//! Where a page stands: the pages above it.

use maud::{Markup, Render, html};

use super::back_link::BackLink;
use crate::Content;

/// A page above this one.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What it is called.
    pub content: Content,
    /// Where it is.
    pub href: String,
}

impl<C: Into<Content>, H: Into<String>> From<(C, H)> for Crumb {
    fn from((content, href): (C, H)) -> Self {
        Self {
            content: content.into(),
            href: href.into(),
        }
    }
}

/// The pages above this one, from the top; on a narrow screen a way back to the last of them.
#[derive(Debug, Clone, Default)]
pub struct Breadcrumb {
    /// The pages, from the top.
    pub items: Vec<Crumb>,
    /// Another way back than to the last page.
    pub back_link: Option<BackLink>,
    /// On a dark ground.
    pub reverse: bool,
    /// Its id.
    pub id: Option<String>,
}

impl Breadcrumb {
    /// Pages as (what it is called, where it is), from the top.
    pub fn new<T: Into<Crumb>>(items: impl IntoIterator<Item = T>) -> Self {
        Self {
            items: items.into_iter().map(Into::into).collect(),
            ..Self::default()
        }
    }
}

impl Render for Breadcrumb {
    fn render(&self) -> Markup {
        let last = self.items.last();
        let back = self.back_link.clone().unwrap_or_default();
        let back = BackLink {
            href: back.href.or_else(|| last.map(|crumb| crumb.href.clone())),
            content: match (back.content.is_empty(), last) {
                (true, Some(crumb)) => crumb.content.clone(),
                _ => back.content,
            },
            visually_hidden: back.visually_hidden.or_else(|| Some("Back to".to_owned())),
            reverse: back.reverse || self.reverse,
            id: back.id,
        };
        html! {
            nav.nhsuk-breadcrumb.nhsuk-breadcrumb--reverse[self.reverse] id=[self.id.as_deref()] aria-label="Breadcrumb" {
                ol.nhsuk-breadcrumb__list {
                    @for crumb in &self.items {
                        li.nhsuk-breadcrumb__list-item {
                            a.nhsuk-breadcrumb__link href=(crumb.href) { (crumb.content) }
                        }
                    }
                }
                (back)
            }
        }
    }
}
