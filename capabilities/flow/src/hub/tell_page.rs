//! Telling the council when somebody is to leave.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Version;
use stour_design::{Button, Heading, InsetText, html};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form};

use super::course::Course;
use super::fields::{chosen, contact, contact_of, heading, select_of, tell, typed, who, yes_or_no};
use super::notice::{DESTINATIONS, Discharge};
use super::open::{Opened, address, carry_out, open_to_send};
use super::store;
use crate::error::reference;
use crate::shown;

const TITLE: &str = "Send a discharge notice";

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
    let main = html! {
        (Heading::page(TITLE))
        (heading(&person, opened, today))
        @match Course(&opened.notices).may_tell(opened.spell.state) {
            Err(refused) => (InsetText::new(refused.to_string())),
            Ok(assessment) => {
                p { "To " (shown::organisation_name(&assessment.council)) ", which has the assessment notice." }
                form method="post" action={ (back) "/discharge-notice" } novalidate {
                    (form::hidden(caller))
                    input type="hidden" name="version" value=(assessment.version);
                    (TypedDate::from_form(form, "date").input("date", "When the person is to leave")
                        .error(mistakes.of("date-day")))
                    (yes_or_no("person-informed", "Was the person told this day?", form, mistakes))
                    (yes_or_no("carer-informed", "Was the carer told this day?", form, mistakes))
                    (select_of(("destination", DESTINATIONS), ("Where to (optional)", "Not said"), today, (form, mistakes))?)
                    (contact(form, mistakes))
                    (Button::new("Send the notice"))
                }
            },
        }
    };
    Ok(Page::new(TITLE, main)
        .back(&back)
        .with_errors(mistakes.all()))
}

fn read(
    caller: &Caller,
    form: &Form,
    mistakes: &mut Mistakes,
) -> Result<Option<Discharge>, Problem> {
    let on = mistakes.check("date-day", TypedDate::from_form(form, "date").date());
    let why = "Select whether the person was told";
    let person = chosen(form, "person-informed", mistakes, why);
    let why = "Select whether the carer was told";
    let carer = chosen(form, "carer-informed", mistakes, why);
    let today = caller.today();
    let said = Discharge {
        on: on.unwrap_or(today),
        person_informed: person.unwrap_or_default(),
        carer_informed: carer.unwrap_or_default(),
        destination: typed(form, "destination"),
        contact: contact_of(form),
    };
    tell(said.wrongs(today, reference()?), mistakes);
    Ok(mistakes.is_empty().then_some(said))
}

/// Sends it.
pub(super) async fn send(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open_to_send(&caller, &id).await?;
    let mut mistakes = Mistakes::default();
    let Some(said) = read(&caller, &form, &mut mistakes)? else {
        let page = form_page(&caller, &opened, (&form, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    carry_out(&caller, &form, opened, move |tx, environment, id, by| {
        store::send_discharge(tx, environment, (id, seen), &said, by).map(|_| ())
    })
    .await
}
