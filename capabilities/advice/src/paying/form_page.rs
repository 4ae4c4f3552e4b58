//! The form: where care is given, what it costs, and who asks.

use stour_charging::{Setting, Tables};
use stour_design::{
    Button, Choice, Content, Details, Heading, Input, InsetText, Label, Legend, Markup, Radios,
    Select, Size, Width, html,
};
use stour_web::{FieldError, Page, Visitor, form};

use super::answers::Answers;
use super::{home_form, money_form};

pub(super) const TITLE: &str = "What might I pay for care?";

/// A form with what was typed and what is wrong with it.
pub(super) struct Shown<'a> {
    pub(super) answers: &'a Answers,
    pub(super) errors: &'a [FieldError],
    pub(super) tables: &'a Tables,
}

impl Shown<'_> {
    pub(super) fn error(&self, field: &str) -> Option<Content> {
        let mut errors = self.errors.iter();
        let error = errors.find(|error| error.field == field)?;
        Some(error.message.as_str().into())
    }

    /// A field of pounds.
    pub(super) fn money(&self, field: &str, label: &str, hint: &str) -> Input {
        Input {
            prefix: Some("£".into()),
            inputmode: Some("decimal".to_owned()),
            ..self.input(field, label, hint).width(Width::Ten)
        }
    }

    /// A field of a number with its unit after it.
    pub(super) fn number(&self, field: &str, label: &str, hint: &str, unit: &str) -> Input {
        Input {
            suffix: Some(unit.into()),
            inputmode: Some("decimal".to_owned()),
            ..self.input(field, label, hint).width(Width::Five)
        }
    }

    pub(super) fn input(&self, field: &str, label: &str, hint: &str) -> Input {
        Input {
            error: self.error(field),
            autocomplete: Some("off".to_owned()),
            hint: (!hint.is_empty()).then(|| hint.into()),
            ..Input::new(field, label).value(self.answers.get(field))
        }
    }

    pub(super) fn radios(
        &self,
        field: &str,
        question: &str,
        choices: impl IntoIterator<Item = Choice>,
    ) -> Radios {
        Radios {
            error: self.error(field),
            ..Radios::new(field, legend(question), choices).selected(Some(self.answers.get(field)))
        }
    }
}

pub(super) fn legend(question: &str) -> Legend {
    Legend {
        size: Some(Size::S),
        ..Legend::new(question)
    }
}

/// The page with the form.
pub(super) fn page(visitor: &Visitor, shown: &Shown<'_>) -> Page {
    let main = html! {
        (Heading::page(TITLE))
        p.nhsuk-lede-text { "See what you may pay each week, how that is worked out, and how long your savings may last." }
        (InsetText::new(html! {
            p { "This is an estimate. Your council decides what you pay, after it has looked at your money with you." }
            p { "We do not store what you type, unless you ask us to at the end." }
        }))
        p { "You can " a href="/paying-for-care/kept" { "go back to an estimate that you kept" } "." }
        form method="post" action="/paying-for-care" novalidate autocomplete="off" {
            (form::hidden_for(visitor))
            (care(shown))
            (money_form::fields(shown))
            (home_form::fields(shown))
            (ahead(shown))
            (Button::new("Work it out"))
        }
        p { a href="/paying-for-care/rates" { "The rates that we use, and what we do not know" } }
    };
    Page::new(TITLE, main)
        .with_errors(shown.errors)
        .quick_exit()
}

/// The name of a setting as people say it.
pub(super) const fn named(setting: Setting) -> &'static str {
    match setting {
        Setting::Home => "At home",
        Setting::Temporary => "In a care home for a short stay",
        Setting::Permanent => "In a care home to live there",
    }
}

fn care(shown: &Shown<'_>) -> Markup {
    let councils = shown.tables.councils().into_iter();
    let councils = [("", "Use my postcode")].into_iter().chain(councils);
    let settings = Setting::ALL.map(|setting| Choice::new(setting.code(), named(setting)));
    let is_later = shown.error("date-day").is_some();
    html! {
        (Heading::section("Your care"))
        (shown.input("postcode", "Your postcode", "For example, DT1 1XJ. We use it to find your council").width(Width::Ten))
        (Select::new("council", Label::new("Or your council"), councils)
            .selected(Some(shown.answers.get("council")))
            .error(shown.error("council")))
        (shown.radios("care", "Where do you have care, or may have it?", settings))
        (shown.money("cost", "What does the care cost each week?", "The whole cost, whoever pays. Leave out what the NHS pays"))
        (Details { open: is_later, ..Details::new("I ask about another day than today", html! {
            (shown.answers.date().input("date", legend("From which day?"))
                .hint("For example, 24 11 2026")
                .error(shown.error("date-day")))
        }) })
    }
}

fn ahead(shown: &Shown<'_>) -> Markup {
    let is_open = ["cost-rise", "interest"]
        .iter()
        .any(|field| shown.error(field).is_some() || !shown.answers.get(field).is_empty());
    html! {
        (Heading::section("Looking ahead"))
        (Details { open: is_open, ..Details::new("Costs and savings grow (you can leave this out)", html! {
            (shown.number("cost-rise", "How much does the cost of care go up each year?", "", "%"))
            (shown.number("interest", "What interest do your savings earn each year?", "", "%"))
        }) })
    }
}
