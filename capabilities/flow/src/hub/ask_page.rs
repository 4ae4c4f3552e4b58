//! Asking a council to assess somebody who is likely to need care and support.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_design::{Button, Heading, Input, InsetText, Markup, Select, SelectItem, Textarea, html};
use stour_kernel::OdsCode;
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form};

use super::course::Course;
use super::fields::{chosen, contact, contact_of, heading, one_of, tell, typed, who, yes_or_no};
use super::notice::{Assessment, CARERS, CONSENTS, HEALTHCARE};
use super::open::{Opened, address, carry_out, open_to_send};
use super::store;
use crate::error::reference;

const TITLE: &str = "Send an assessment notice";

/// The form.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open_to_send(&caller, &id).await?;
    form_page(&caller, &opened, (&Form::default(), &Mistakes::default())).await
}

async fn form_page(
    caller: &Caller,
    opened: &Opened,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (who(caller, opened).await?, caller.today());
    let back = address(opened.spell.id);
    let refused = Course(&opened.notices).may_ask(opened.spell.state).err();
    let main = html! {
        (Heading::page(TITLE))
        (heading(&person, opened, today))
        @if let Some(refused) = refused {
            (InsetText::new(refused.to_string()))
        } @else {
            p { "An assessment notice says that the person is likely to need care and support to go home safely, and asks the council to assess what." }
            form method="post" action={ (back) "/assessment-notice" } novalidate {
                (form::hidden(caller))
                (council(caller, opened, (form, mistakes))?)
                (questions(caller, (form, mistakes))?)
                (Button::new("Send the notice"))
            }
        }
    };
    Ok(Page::new(TITLE, main)
        .back(&back)
        .with_errors(mistakes.all()))
}

/// The councils to choose from; that of where the person lives is chosen.
fn council(
    caller: &Caller,
    opened: &Opened,
    (form, mistakes): (&Form, &Mistakes),
) -> Result<Select, Problem> {
    let mut items = vec![SelectItem::from(("", "Choose"))];
    let councils = store::councils(caller.today())?;
    items.extend(
        councils
            .into_iter()
            .map(|(code, name)| SelectItem::from((code.to_string(), name))),
    );
    let home = opened.person.council.map(|council| council.to_string());
    let chosen = match form.get("council") {
        "" => home.as_deref(),
        sent => Some(sent),
    };
    Ok(Select::new("council", "Which council", items)
        .hint("The council of the area where the person usually lives")
        .selected(chosen)
        .error(mistakes.of("council")))
}

fn questions(caller: &Caller, (form, mistakes): (&Form, &Mistakes)) -> Result<Markup, Problem> {
    let (today, both) = (caller.today(), (form, mistakes));
    Ok(html! {
        (Textarea::new("needs", "What the person needs help with")
            .hint("Say what they can and cannot do. Do not say which care is to be given: that follows from the assessment.")
            .value(form.get("needs")).error(mistakes.of("needs")))
        (yes_or_no("person-consulted", "Was the person consulted?", form, mistakes))
        (one_of(("carer-consulted", CARERS), "Was the carer consulted?", today, both)?)
        (one_of(("consent", CONSENTS), "Does the person agree to this notice?", today, both)?)
        (Input::new("consent-source", "Who spoke for the person, if they cannot decide this (optional)")
            .value(form.get("consent-source")).error(mistakes.of("consent-source")))
        (one_of(("healthcare", HEALTHCARE), "Was NHS continuing healthcare considered?", today, both)?)
        (TypedDate::from_form(form, "date").input("date", "When the person is likely to leave (optional)")
            .error(mistakes.of("date-day")))
        (contact(form, mistakes))
    })
}

/// What was typed, unless something in it is wrong.
fn read(
    caller: &Caller,
    form: &Form,
    mistakes: &mut Mistakes,
) -> Result<Option<(OdsCode, Assessment)>, Problem> {
    let today = caller.today();
    let council = form.get("council").parse::<OdsCode>().ok().filter(|code| {
        store::councils(today).is_ok_and(|all| all.iter().any(|(known, _)| known == code))
    });
    if council.is_none() {
        mistakes.add("council", "Select the council that is asked");
    }
    let why = "Select whether the person was consulted";
    let person_consulted = chosen(form, "person-consulted", mistakes, why);
    let date = TypedDate::from_form(form, "date");
    let likely_discharge = if date.is_empty() {
        None
    } else {
        mistakes.check("date-day", date.date())
    };
    let text = |name| typed(form, name).unwrap_or_default();
    let said = Assessment {
        needs: text("needs"),
        person_consulted: person_consulted.unwrap_or_default(),
        carer_consulted: text("carer-consulted"),
        consent: text("consent"),
        consent_source: typed(form, "consent-source"),
        healthcare: text("healthcare"),
        likely_discharge,
        contact: contact_of(form),
    };
    tell(said.wrongs(today, reference()?), mistakes);
    Ok(council
        .filter(|_| mistakes.is_empty())
        .map(|council| (council, said)))
}

/// Sends it.
pub(super) async fn send(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open_to_send(&caller, &id).await?;
    let mut mistakes = Mistakes::default();
    let Some((council, said)) = read(&caller, &form, &mut mistakes)? else {
        let page = form_page(&caller, &opened, (&form, &mistakes)).await?;
        return Ok(page.into_response());
    };
    carry_out(&caller, &form, opened, move |tx, environment, id, by| {
        store::send_assessment(tx, environment, (id, council), &said, by).map(|_| ())
    })
    .await
}
