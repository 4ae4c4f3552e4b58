//! The top of every page: what the service is, who is using it, and its parts.

use maud::{Markup, Render, html};

use super::icon::Icon;
use crate::Content;

/// The mark at the top left. The design system draws the NHS logo there, which is not ours to use.
#[derive(Debug, Clone)]
pub struct HeaderLogo {
    /// The drawing.
    pub drawing: Markup,
    /// What it is called.
    pub alt: String,
    /// Where it leads.
    pub href: Option<String>,
    /// What the link is called, when not its parts and "homepage".
    pub aria_label: Option<String>,
}

/// An organisation named beside the mark.
#[derive(Debug, Clone, Default)]
pub struct Organisation {
    /// Its name.
    pub name: String,
    /// The second line of a long name.
    pub split: Option<String>,
    /// What it is, for example "NHS Foundation Trust".
    pub descriptor: Option<String>,
}

/// Who is using the service, or a way in or out.
#[derive(Debug, Clone, Default)]
pub struct AccountItem {
    /// What it says.
    pub content: Content,
    /// Where it leads.
    pub href: Option<String>,
    /// Where its button is sent, by POST: signing out.
    pub action: Option<String>,
    /// A hidden field sent with the button, (name, value): the token against forged requests.
    pub hidden_field: Option<(String, String)>,
    /// Drawn with the icon of a person.
    pub icon: bool,
}

/// A part of the service.
#[derive(Debug, Clone, Default)]
pub struct NavigationItem {
    /// What it is called.
    pub content: Content,
    /// Where it is.
    pub href: Option<String>,
    /// The page on show.
    pub current: bool,
    /// A page within it is on show.
    pub active: bool,
}

/// The top of every page.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a way of drawing that nhsuk-frontend names"
)]
pub struct Header {
    /// The mark; none when `None`.
    pub logo: Option<HeaderLogo>,
    /// The organisation.
    pub organisation: Option<Organisation>,
    /// What the service is called.
    pub service_name: Option<String>,
    /// Where the service begins.
    pub service_href: Option<String>,
    /// Who is using it.
    pub account: Vec<AccountItem>,
    /// Its parts.
    pub navigation: Vec<NavigationItem>,
    /// What the navigation is called.
    pub navigation_label: Option<String>,
    /// The navigation spread over the width.
    pub navigation_justified: bool,
    /// The navigation on a white ground.
    pub navigation_white: bool,
    /// The header on a white ground.
    pub white: bool,
    /// The service name on the line of the mark.
    pub inline: bool,
    /// A class of the containers, for pages of another width.
    pub container_class: Option<String>,
}

impl Header {
    fn mark(&self) -> Markup {
        html! {
            @if let Some(logo) = &self.logo { (logo.drawing) }
            @if let Some(organisation) = &self.organisation {
                span.nhsuk-header__organisation-name {
                    (organisation.name)
                    @if let Some(split) = &organisation.split {
                        " " span.nhsuk-header__organisation-name-split { (split) }
                    }
                }
                @if let Some(descriptor) = &organisation.descriptor {
                    span.nhsuk-header__organisation-name-descriptor { (descriptor) }
                }
            }
        }
    }

    /// The mark and the service name are one link where they lead to one place.
    fn is_one_link(&self) -> bool {
        let mark = self.logo.as_ref().and_then(|logo| logo.href.as_ref());
        self.service_name.is_some()
            && self.service_href.is_some()
            && (mark.is_none() || mark == self.service_href.as_ref())
    }

    fn mark_label(&self) -> String {
        if let Some(label) = self.logo.as_ref().and_then(|logo| logo.aria_label.as_ref()) {
            return label.clone();
        }
        let service = self.service_name.as_deref().filter(|_| self.is_one_link());
        let organisation = self.organisation.as_ref();
        let parts = [
            self.logo.as_ref().map(|logo| logo.alt.as_str()),
            organisation.map(|organisation| organisation.name.as_str()),
            organisation.and_then(|organisation| organisation.split.as_deref()),
            service,
            Some("homepage"),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    fn service(&self) -> Markup {
        let one_link = self.is_one_link();
        let mark_href = if one_link {
            self.service_href.as_ref()
        } else {
            self.logo.as_ref().and_then(|logo| logo.href.as_ref())
        };
        let name = self.service_name.as_deref();
        html! {
            div.nhsuk-header__service {
                @if let Some(href) = mark_href {
                    a.nhsuk-header__service-logo href=(href) aria-label=(self.mark_label()) {
                        (self.mark())
                        @if one_link { span.nhsuk-header__service-name { (name.unwrap_or_default()) } }
                    }
                } @else {
                    (self.mark())
                }
                @if let (Some(name), false) = (name, one_link) {
                    @if let Some(href) = &self.service_href {
                        a.nhsuk-header__service-name href=(href) { (name) }
                    } @else {
                        span.nhsuk-header__service-name { (name) }
                    }
                }
            }
        }
    }

    fn account(&self) -> Markup {
        html! {
            nav.nhsuk-header__account aria-label="Account" {
                ul.nhsuk-header__account-list {
                    @for item in &self.account {
                        li.nhsuk-header__account-item {
                            @if let Some(href) = &item.href {
                                a.nhsuk-header__account-link href=(href) { @if item.icon { (Icon::User) } (item.content) }
                            } @else if let Some(action) = &item.action {
                                form.nhsuk-header__account-form action=(action) method="post" novalidate {
                                    @if let Some((name, value)) = &item.hidden_field {
                                        input type="hidden" name=(name) value=(value);
                                    }
                                    button.nhsuk-header__account-button { @if item.icon { (Icon::User) } (item.content) }
                                }
                            } @else {
                                @if item.icon { (Icon::User) }
                                (item.content)
                            }
                        }
                    }
                }
            }
        }
    }

    fn navigation(&self) -> Markup {
        let label = self.navigation_label.as_deref().unwrap_or("Menu");
        html! {
            nav class={
                "nhsuk-header__navigation"
                @if self.navigation_white { " nhsuk-header__navigation--white" }
                @if self.navigation_justified { " nhsuk-header__navigation--justified" }
            } aria-label=(label) {
                div class={ "nhsuk-header__navigation-container nhsuk-width-container" (self.container()) } {
                    ul.nhsuk-header__navigation-list {
                        @for item in &self.navigation { (item) }
                        li.nhsuk-header__menu hidden {
                            button.nhsuk-header__menu-toggle.nhsuk-header__navigation-link id="toggle-menu" aria-expanded="false" {
                                span.nhsuk-u-visually-hidden { "Browse " } "More"
                            }
                        }
                    }
                }
            }
        }
    }

    fn container(&self) -> Markup {
        html! { @if let Some(class) = &self.container_class { " " (class) } }
    }
}

impl Render for NavigationItem {
    fn render(&self) -> Markup {
        let here = self.current || self.active;
        let current = here.then_some(if self.current { "page" } else { "true" });
        let inner = html! {
            @if here {
                strong.nhsuk-header__navigation-item-current-fallback { (self.content) }
            } @else {
                (self.content)
            }
        };
        html! {
            li.nhsuk-header__navigation-item.nhsuk-header__navigation-item--current[here] {
                @if let Some(href) = &self.href {
                    a.nhsuk-header__navigation-link href=(href) aria-current=[current] { (inner) }
                } @else {
                    span.nhsuk-header__navigation-text aria-current=[current] { (inner) }
                }
            }
        }
    }
}

impl Render for Header {
    fn render(&self) -> Markup {
        html! {
            header class={
                "nhsuk-header"
                @if self.white { " nhsuk-header--white" }
                @if self.inline { " nhsuk-header--inline" }
                @if self.organisation.is_some() { " nhsuk-header--organisation" }
            } data-module="nhsuk-header" role="banner" {
                div class={ "nhsuk-header__container nhsuk-width-container" (self.container()) } {
                    (self.service())
                    @if !self.account.is_empty() { (self.account()) }
                }
                @if !self.navigation.is_empty() { (self.navigation()) }
            }
        }
    }
}
