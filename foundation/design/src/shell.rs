//! The page around the content: title, skip link, header, navigation, banner, footer.

use maud::{DOCTYPE, Markup, Render, html};

use crate::Content;
use crate::asset::{MARK, NHSUK_CSS, STOUR_CSS, STOUR_JS};
use crate::component::{
    AccountItem, BackLink, Breadcrumb, Footer, FooterLink, Header, HeaderLogo, NavigationItem,
    SkipLink,
};

/// The two waves of our mark, as a path in a box of 32 by 32.
pub const WAVE_MARK_PATH: &str =
    "M3 12c4.3-5 8.7-5 13 0s8.7 5 13 0M3 21c4.3-5 8.7-5 13 0s8.7 5 13 0";

/// Who is signed in.
#[derive(Debug, Clone, Default)]
pub struct UserBadge {
    /// Their name.
    pub name: String,
    /// What they are here, for example "Transfer of care hub".
    pub role: String,
}

/// A part of the service, in the navigation.
#[derive(Debug, Clone, Default)]
pub struct NavLink {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// This page is in it.
    pub current: bool,
}

impl NavLink {
    /// A part of the service.
    pub fn new(label: impl Into<String>, href: impl Into<String>, current: bool) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            current,
        }
    }
}

/// The page around the content.
#[derive(Debug, Clone)]
pub struct Shell {
    /// What the page is called; the service name is added.
    pub title: String,
    /// Something that was sent is wrong: the title says so first.
    pub has_errors: bool,
    /// The language of the page, for example "en".
    pub lang: String,
    /// What the service is called, for example "Future Care".
    pub service_name: String,
    /// Who is signed in.
    pub user: Option<UserBadge>,
    /// Where the form that signs out is sent, by POST.
    pub sign_out: String,
    /// The hidden field of that form, (name, value): the token against forged requests.
    pub csrf: Option<(String, String)>,
    /// Where someone who is not signed in signs in; no link when `None`.
    pub sign_in: Option<String>,
    /// The parts of the service.
    pub navigation: Vec<NavLink>,
    /// What everyone must know on every page, for example that the data are made up.
    pub banner: Option<Content>,
    /// The pages above this one.
    pub breadcrumb: Option<Breadcrumb>,
    /// The page before this one.
    pub back_link: Option<BackLink>,
    /// Uses the whole width of the screen: boards and dense tables.
    pub wide: bool,
    /// Shows a button that leaves for another site at once.
    pub quick_exit: bool,
    /// The accessibility statement.
    pub accessibility_href: Option<String>,
    /// The privacy notice.
    pub privacy_href: Option<String>,
}

impl Default for Shell {
    fn default() -> Self {
        Self {
            title: String::new(),
            has_errors: false,
            lang: "en".to_owned(),
            service_name: "Stour".to_owned(),
            user: None,
            sign_out: "/sign-out".to_owned(),
            csrf: None,
            sign_in: None,
            navigation: Vec::new(),
            banner: None,
            breadcrumb: None,
            back_link: None,
            wide: false,
            quick_exit: false,
            accessibility_href: None,
            privacy_href: None,
        }
    }
}

impl Shell {
    /// A page of this title.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            ..Self::default()
        }
    }

    /// The whole page around its content.
    pub fn render(&self, main: &Markup) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                (self.head())
                body {
                    (SkipLink::default())
                    (self.header())
                    @if self.quick_exit { (leave()) }
                    @if let Some(banner) = &self.banner {
                        div.stour-banner role="region" aria-label="About this service" {
                            div.nhsuk-width-container.stour-wide[self.wide] { (banner) }
                        }
                    }
                    div.nhsuk-width-container.stour-wide[self.wide] {
                        @if let Some(breadcrumb) = &self.breadcrumb { (breadcrumb) }
                        @if let Some(back_link) = &self.back_link { (back_link) }
                        main.nhsuk-main-wrapper id="maincontent" { (main) }
                    }
                    (self.footer())
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                title { @if self.has_errors { "Error: " } (self.title) " – " (self.service_name) }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="theme-color" content="#005eb8";
                meta name="color-scheme" content="light";
                link rel="icon" href=(MARK) sizes="any" type="image/svg+xml";
                link rel="stylesheet" href=(NHSUK_CSS);
                link rel="stylesheet" href=(STOUR_CSS);
                script type="module" src=(STOUR_JS) {}
            }
        }
    }

    fn header(&self) -> Markup {
        let mut account = Vec::new();
        if let Some(user) = &self.user {
            account.push(AccountItem {
                content: html! {
                    span { (user.name) @if !user.role.is_empty() { span.stour-role { " " (user.role) } } }
                }
                .into(),
                icon: true,
                ..AccountItem::default()
            });
            account.push(AccountItem {
                content: "Sign out".into(),
                action: Some(self.sign_out.clone()),
                hidden_field: self.csrf.clone(),
                ..AccountItem::default()
            });
        } else if let Some(href) = &self.sign_in {
            account.push(AccountItem {
                content: "Sign in".into(),
                href: Some(href.clone()),
                ..AccountItem::default()
            });
        }
        let navigation = self.navigation.iter().map(|link| NavigationItem {
            content: link.label.as_str().into(),
            href: Some(link.href.clone()),
            active: link.current,
            current: false,
        });
        Header {
            logo: Some(HeaderLogo {
                drawing: mark(),
                alt: "Stour".to_owned(),
                href: None,
                aria_label: None,
            }),
            service_name: Some(self.service_name.clone()),
            service_href: Some("/".to_owned()),
            account,
            navigation: navigation.collect(),
            container_class: self.wide.then(|| "stour-wide".to_owned()),
            ..Header::default()
        }
        .render()
    }

    fn footer(&self) -> Markup {
        let links = [
            ("Accessibility statement", &self.accessibility_href),
            ("Privacy", &self.privacy_href),
        ];
        Footer {
            links: links
                .into_iter()
                .filter_map(|(text, href)| {
                    href.as_ref()
                        .map(|href| FooterLink::from((text, href.as_str())))
                })
                .collect(),
            copyright: "Stour is open source, under the European Union Public Licence 1.2.".into(),
            container_class: self.wide.then(|| "stour-wide".to_owned()),
            ..Footer::default()
        }
        .render()
    }
}

/// Where somebody goes who must leave a page at once: a page of weather says nothing about them.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";

/// The pattern "exit this page" of GOV.UK: a link, so that it works without script; with it, the page also
/// goes from behind the back button, and pressing Shift three times does the same.
fn leave() -> Markup {
    html! {
        section.stour-exit aria-label="Leave this page" {
            a.nhsuk-button.nhsuk-button--warning.stour-exit__button href=(ELSEWHERE) rel="nofollow noreferrer" data-exit {
                span.nhsuk-u-visually-hidden { "Emergency: " } "Exit this page"
            }
        }
    }
}

fn mark() -> Markup {
    html! {
        svg.stour-mark xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="36" height="36" focusable="false"
            aria-hidden="true" {
            path d=(WAVE_MARK_PATH) fill="none" stroke="currentcolor" stroke-width="3.5" stroke-linecap="round";
        }
    }
}
