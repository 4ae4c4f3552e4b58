//! Buttons, and links drawn as buttons.

use maud::{Markup, Render, html};

use super::caption::CaptionPlace;
use super::icon::Icon;
use crate::Content;

/// How a button is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonVariant {
    /// The one thing to do on a page.
    #[default]
    Primary,
    /// Another thing to do.
    Secondary,
    /// Another thing to do, on a coloured ground.
    SecondarySolid,
    /// What cannot be undone.
    Warning,
    /// In the colour of the brand.
    Brand,
    /// Signing in.
    Login,
    /// On a dark ground.
    Reverse,
}

impl ButtonVariant {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "",
            Self::Secondary => " nhsuk-button--secondary",
            Self::SecondarySolid => " nhsuk-button--secondary-solid",
            Self::Warning => " nhsuk-button--warning",
            Self::Brand => " nhsuk-button--brand",
            Self::Login => " nhsuk-button--login",
            Self::Reverse => " nhsuk-button--reverse",
        }
    }
}

/// What a button does in a form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// Sends the form.
    #[default]
    Submit,
    /// Nothing but what script adds.
    Button,
    /// Empties the form.
    Reset,
}

/// An icon in a button, before its words or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ButtonIcon {
    /// Which.
    pub icon: Icon,
    /// [`CaptionPlace::Start`] or [`CaptionPlace::End`]; nothing is drawn at another place.
    pub place: CaptionPlace,
}

/// A button.
#[derive(Debug, Clone, Default)]
pub struct Button {
    /// What it says.
    pub content: Content,
    /// How it is drawn.
    pub variant: ButtonVariant,
    /// What it does in a form.
    pub kind: ButtonKind,
    /// Where it leads, when it is a link drawn as a button.
    pub href: Option<String>,
    /// The name it is sent under.
    pub name: Option<String>,
    /// What is sent.
    pub value: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// Cannot be pressed.
    pub disabled: bool,
    /// A second press within a second does nothing. Needs script; the server refuses repeats all the same.
    pub prevent_double_click: bool,
    /// Drawn smaller, for dense pages of staff.
    pub small: bool,
    /// An icon in it.
    pub icon: Option<ButtonIcon>,
    /// What it is called by those who hear the page, when its words alone don't say.
    pub aria_label: Option<String>,
}

impl Button {
    /// A button that sends its form.
    pub fn new(content: impl Into<Content>) -> Self {
        Self {
            content: content.into(),
            ..Self::default()
        }
    }

    /// Another thing to do.
    pub fn secondary(content: impl Into<Content>) -> Self {
        Self {
            variant: ButtonVariant::Secondary,
            ..Self::new(content)
        }
    }

    /// What cannot be undone.
    pub fn warning(content: impl Into<Content>) -> Self {
        Self {
            variant: ButtonVariant::Warning,
            ..Self::new(content)
        }
    }

    /// A link drawn as a button.
    pub fn link(content: impl Into<Content>, href: impl Into<String>) -> Self {
        Self {
            href: Some(href.into()),
            ..Self::new(content)
        }
    }

    /// Sent under a name with a value: which of several buttons was pressed.
    #[must_use]
    pub fn sends(self, name: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            value: Some(value.into()),
            ..self
        }
    }

    fn inner(&self) -> Markup {
        let icon = |place| {
            self.icon
                .filter(|icon| icon.place == place)
                .map(|icon| icon.icon)
        };
        html! {
            @if let Some(icon) = icon(CaptionPlace::Start) { (icon) }
            @if self.icon.is_some() && !self.content.is_empty() {
                span.nhsuk-button__content { (self.content) }
            } @else {
                (self.content)
            }
            @if let Some(icon) = icon(CaptionPlace::End) { (icon) }
        }
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let class = format!(
            "nhsuk-button{}{}{}",
            self.variant.class(),
            if self.icon.is_some() {
                " nhsuk-button--icon"
            } else {
                ""
            },
            if self.small {
                " nhsuk-button--small"
            } else {
                ""
            },
        );
        let once = self.prevent_double_click.then_some("true");
        let kind = match self.kind {
            ButtonKind::Submit => "submit",
            ButtonKind::Button => "button",
            ButtonKind::Reset => "reset",
        };
        html! {
            @if let Some(href) = &self.href {
                a class=(class) id=[self.id.as_deref()] data-module="nhsuk-button" data-prevent-double-click=[once]
                    href=(href) role="button" draggable="false" aria-label=[self.aria_label.as_deref()] { (self.inner()) }
            } @else {
                button class=(class) id=[self.id.as_deref()] name=[self.name.as_deref()] data-module="nhsuk-button"
                    data-prevent-double-click=[once] type=(kind) value=[self.value.as_deref()] disabled[self.disabled]
                    aria-label=[self.aria_label.as_deref()] aria-disabled=[self.disabled.then_some("true")] {
                    (self.inner())
                }
            }
        }
    }
}
