//! Rates that are not known here: whoever asks may give them, with where they are from.

use stour_charging::{Missing, Unit};
use stour_design::{Button, Heading, Input, Markup, html};
use stour_web::{Page, Visitor, form};

use super::answers::rate_field;
use super::form_page::{Shown, TITLE};

/// The page that asks for what is missing before anything can be worked out. Where a range can be said without it,
/// nobody has to know it.
pub(super) fn page(
    visitor: &Visitor,
    shown: &Shown<'_>,
    missing: &[Missing],
    has_range: bool,
) -> Page {
    let title = match missing {
        [_] => "We need one more figure",
        _ => "We need some more figures",
    };
    let main = html! {
        (Heading::page(title))
        (ask(visitor, shown, missing))
        @if has_range { (do_not_know(visitor, shown)) }
        (change(visitor, shown))
    };
    Page::new(format!("{title}: {TITLE}"), main)
        .with_errors(shown.errors)
        .quick_exit()
}

/// Asks for what is missing, and sends all that was typed before with it.
pub(super) fn ask(visitor: &Visitor, shown: &Shown<'_>, missing: &[Missing]) -> Markup {
    let asked: Vec<String> = missing.iter().map(|one| rate_field(&one.kind)).collect();
    html! {
        p { "We have not seen these figures in print, and we do not guess. Your council can tell you them, or they may be in a letter from it." }
        form method="post" action="/paying-for-care" novalidate autocomplete="off" {
            (form::hidden_for(visitor))
            (typed(shown, |field| asked.iter().any(|one| one == field) || field == "rate-source" || field == "not-known"))
            @for one in missing { (field(shown, one)) }
            (shown.input("rate-source", "Where is this from?", "For example, “letter from the council, 4 May”"))
            (Button::new("Work it out"))
        }
    }
}

/// A way on for somebody who does not know.
fn do_not_know(visitor: &Visitor, shown: &Shown<'_>) -> Markup {
    html! {
        form.stour-no-print method="post" action="/paying-for-care" {
            (form::hidden_for(visitor))
            (typed(shown, |field| field == "not-known"))
            input type="hidden" name="not-known" value="yes";
            (Button::secondary("I do not know"))
        }
        p { "If you do not know, we say the least and the most that you may pay." }
    }
}

fn field(shown: &Shown<'_>, missing: &Missing) -> Input {
    let name = rate_field(&missing.kind);
    let mut kinds = shown.tables.kinds().iter();
    let kind = kinds.find(|kind| kind.code == missing.kind);
    let hint = kind.map_or("", |kind| kind.meaning.as_str());
    match kind.map(|kind| kind.unit) {
        Some(Unit::Weeks) => shown.number(&name, &missing.label, hint, "weeks"),
        Some(Unit::PerCent) => shown.number(&name, &missing.label, hint, "%"),
        _ => shown.money(&name, &missing.label, hint),
    }
}

/// What was typed, unseen, but for fields that the form itself has.
pub(super) fn typed(shown: &Shown<'_>, has: impl Fn(&str) -> bool) -> Markup {
    let all = shown.answers.all().filter(|(field, _)| !has(field));
    html! { @for (field, text) in all { input type="hidden" name=(field) value=(text); } }
}

/// A button that leads back to the form, filled in.
pub(super) fn change(visitor: &Visitor, shown: &Shown<'_>) -> Markup {
    html! {
        form.stour-no-print method="post" action="/paying-for-care" {
            (form::hidden_for(visitor))
            (typed(shown, |_| false))
            input type="hidden" name="change" value="yes";
            (Button::secondary("Change my answers"))
        }
    }
}
