//! What the forms of the hub have in common.

use stour_design::{Choice, Input, Markup, Radios, Select, html};
use stour_kernel::Date;
use stour_people::{PersonSummary, summary};
use stour_web::{Caller, Form, Mistakes, Problem};

use super::notice::{Contact, Wrong};
use super::open::Opened;
use crate::list::{choices, options};
use crate::shown;

pub(super) const YES: &str = "yes";
pub(super) const NO: &str = "no";

/// A field's text; none where nothing was typed.
pub(super) fn typed(form: &Form, name: &str) -> Option<String> {
    Some(form.get(name).trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether yes or no was chosen; a mistake where neither was.
pub(super) fn chosen(
    form: &Form,
    name: &'static str,
    mistakes: &mut Mistakes,
    why: &str,
) -> Option<bool> {
    match form.get(name) {
        YES => Some(true),
        NO => Some(false),
        _ => {
            mistakes.add(name, why);
            None
        }
    }
}

pub(super) fn tell(wrongs: Vec<Wrong>, mistakes: &mut Mistakes) {
    for wrong in wrongs {
        mistakes.add(wrong.field, wrong.why);
    }
}

pub(super) fn yes_or_no(name: &str, question: &str, form: &Form, mistakes: &Mistakes) -> Radios {
    Radios {
        inline: true,
        ..Radios::new(
            name,
            question,
            [Choice::new(YES, "Yes"), Choice::new(NO, "No")],
        )
    }
    .selected(Some(form.get(name)))
    .error(mistakes.of(name))
}

/// One code of a list, all shown.
pub(super) fn one_of(
    (name, list): (&str, &str),
    question: &str,
    today: Date,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Radios, Problem> {
    let choices = choices(list, today)?;
    let choices = choices
        .iter()
        .map(|(code, label)| Choice::new(code.as_str(), *label));
    Ok(Radios::new(name, question, choices)
        .selected(Some(form.get(name)))
        .error(mistakes.of(name)))
}

/// One code of a long list.
pub(super) fn select_of(
    (name, list): (&str, &str),
    (question, none): (&str, &str),
    today: Date,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Select, Problem> {
    let items = options(list, none, today)?;
    Ok(Select::new(name, question, items)
        .selected(Some(form.get(name)))
        .error(mistakes.of(name)))
}

pub(super) fn contact_of(form: &Form) -> Contact {
    let text = |name| typed(form, name).unwrap_or_default();
    Contact {
        name: text("contact"),
        reached_by: text("reached-by"),
    }
}

pub(super) fn contact(form: &Form, mistakes: &Mistakes) -> Markup {
    html! {
        (Input::new("contact", "Who at the hospital can be asked")
            .hint("The full name").value(form.get("contact")).error(mistakes.of("contact")))
        (Input::new("reached-by", "How they are reached")
            .hint("A telephone number or an email address").value(form.get("reached-by")).error(mistakes.of("reached-by")))
    }
}

/// Who it is, read as the page of the stay is: a form that is only shown has sent nothing.
pub(super) async fn who(caller: &Caller, opened: &Opened) -> Result<PersonSummary, Problem> {
    let permit = caller
        .permit_person_to("notice.read", opened.person.clone())
        .await?;
    let database = caller.house().database();
    Ok(database.read(move |tx| summary(tx, &permit)).await?)
}

/// The person, and where they are.
pub(super) fn heading(person: &PersonSummary, opened: &Opened, today: Date) -> Markup {
    let spell = &opened.spell;
    let ward = spell.ward.as_deref().unwrap_or_default();
    html! {
        p {
            (shown::person(person, today, false))
            br; (shown::ward(&spell.organisation, ward, today)) ", " (shown::organisation_name(&spell.organisation))
        }
    }
}
