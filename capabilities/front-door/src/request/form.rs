//! The form that records a request: one page for somebody on the telephone.

use stour_design::{
    Button, CharacterCount, Choice, Details, Heading, Input, Label, Legend, Limit, Markup, Radios,
    Select, Textarea, html,
};
use stour_kernel::{CodeList, Date, PersonId};
use stour_web::{Caller, Form, Mistakes, TypedDate, form};

use super::draft::{Draft, LONGEST_WORDS_SHOWN};
use crate::lists::Lists;
use crate::shown;

impl Draft {
    /// An empty form: most requests come by telephone.
    pub(crate) fn blank() -> Self {
        Self {
            channel: "telephone".to_owned(),
            ..Self::default()
        }
    }

    /// What was sent.
    pub(crate) fn sent(form: &Form) -> Self {
        let field = |name: &str| form.get(name).to_owned();
        Self {
            channel: field("channel"),
            route: field("route"),
            asked_by: field("asked-by"),
            asker: field("asker"),
            words: field("words"),
            support_reason: field("support-reason"),
            received: TypedDate::from_form(form, "received"),
        }
    }
}

/// The form, holding what was typed and saying what must be put right.
pub(crate) fn show(
    caller: &Caller,
    person: PersonId,
    lists: &Lists,
    draft: &Draft,
    mistakes: &Mistakes,
) -> Markup {
    let today = caller.today();
    html! {
        (Heading::page("Record a request"))
        form method="post" action={ "/people/" (person) "/requests/new" } novalidate {
            (form::hidden(caller))
            (radios(("channel", "How did it come in?"), &lists.channels.list, &draft.channel, mistakes, today))
            (radios(("asked-by", "Who is asking?"), lists.askers, &draft.asked_by, mistakes, today))
            (Input { spellcheck: Some(false), ..Input::new("asker", "Who is calling (optional)") }
                .hint("Name and telephone number, if it is not the person")
                .error(mistakes.of("asker"))
                .value(&draft.asker))
            (CharacterCount::new(
                Textarea::new("words", "What is asked")
                    .hint("In their own words, so that nobody needs to ask again")
                    .error(mistakes.of("words"))
                    .value(&draft.words),
                Limit::Characters(LONGEST_WORDS_SHOWN),
            ))
            (select("route", "Route of access", &lists.routes.list, &draft.route, today)
                .hint(shown::warning(lists.routes).unwrap_or_default())
                .error(mistakes.of("route")))
            (select("support-reason", "Support reason (optional)", &lists.reasons.list, &draft.support_reason, today)
                .hint(shown::warning(lists.reasons).unwrap_or_default())
                .error(mistakes.of("support-reason")))
            (received(draft, mistakes))
            (Button { prevent_double_click: true, ..Button::new("Record request") })
        }
    }
}

fn radios(
    (name, question): (&str, &str),
    list: &CodeList,
    chosen: &str,
    mistakes: &Mistakes,
    today: Date,
) -> Radios {
    let choices = list
        .entries_at(today)
        .map(|entry| Choice::new(entry.code.as_str(), entry.label.as_str()));
    Radios {
        small: true,
        inline: true,
        ..Radios::new(
            name,
            Legend {
                size: Some(stour_design::Size::S),
                ..Legend::new(question)
            },
            choices,
        )
        .selected(Some(chosen))
        .error(mistakes.of(name))
    }
}

fn select(name: &str, label: &str, list: &CodeList, chosen: &str, today: Date) -> Select {
    let entries = list
        .entries_at(today)
        .map(|entry| (entry.code.as_str(), entry.label.as_str()));
    let choices = [("", "Choose one")].into_iter().chain(entries);
    Select::new(name, Label::new(label), choices).selected(Some(chosen))
}

/// A letter or an email may have come before today; a call comes now.
fn received(draft: &Draft, mistakes: &Mistakes) -> Markup {
    let error = mistakes.of("received-day");
    let open = error.is_some() || !draft.received.is_empty();
    let input = draft
        .received
        .input("received", "When was it received?")
        .hint("For example, 24 11 2026")
        .error(error);
    html! {
        (Details { open, ..Details::new("It was received before today", html! { (input) }) })
    }
}
