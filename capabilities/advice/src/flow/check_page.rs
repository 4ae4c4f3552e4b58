//! Checking the answers before the outcome, and deleting them.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Transaction;
use stour_design::{Action, Button, Heading, Markup, SummaryList, SummaryRow, html};
use stour_guidance::{At, Position};
use stour_kernel::Environment;
use stour_web::{Form, Page, Problem, Visitor, form, redirect};

use super::question_page::reached;
use super::{framed, gone, keeping};
use crate::draft::{self, Opened};

/// `GET /advice/{flow}/{code}/check`.
pub(crate) async fn show(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let position = opened.position(visitor.today())?;
    if matches!(position.at, At::Question(_)) {
        return Ok(redirect(&draft::goes_on(&opened.draft, position.at)));
    }
    let address = opened.address();
    let back = position.trail.last().map_or_else(
        || format!("/advice/{flow}"),
        |last| format!("{address}/question/{}", last.question.id),
    );
    let main = html! {
        (Heading::page("Check your answers"))
        (answers(&opened, &position))
        form method="post" action={ (address) "/finish" } {
            (form::hidden_for(&visitor))
            (Button { prevent_double_click: true, ..Button::new("See what this means") })
        }
        (keeping(&visitor, &opened))
    };
    let page = Page::new("Check your answers", main).back(back);
    Ok(framed(opened.flow(), page).into_response())
}

/// The answers on the way, each with the link that changes it.
fn answers(opened: &Opened, position: &Position<'_>) -> Markup {
    let address = opened.address();
    let rows = position.trail.iter().map(|step| {
        let words = step.question.in_words(&step.answer);
        let said = html! {
            @match words.as_slice() {
                [] => "Not answered",
                [one] => (one),
                several => {
                    ul.nhsuk-list.nhsuk-list--bullet { @for one in several { li { (one) } } }
                },
            }
        };
        let change = format!("{address}/question/{}?from=check", step.question.id);
        SummaryRow::new(step.question.ask.as_str(), said).action(Action::link(
            "Change",
            &format!("the answer to: {}", step.question.ask),
            change,
        ))
    });
    html! { (SummaryList::new(rows)) }
}

/// `POST /advice/{flow}/{code}/finish`.
pub(crate) async fn finish(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let mut draft = draft::within(tx, environment, &opened)?;
        let position = draft::position(opened.flow(), &draft, environment.today())?;
        match position.at {
            At::Outcome(outcome) => {
                reached(tx, environment, &mut draft, &outcome.id)?;
                draft::save(tx, environment, &draft, opened.flow().keep_days)?;
                Ok(format!("{}/outcome", opened.address()))
            }
            At::Question(_) => Ok(draft::goes_on(&draft, position.at)),
        }
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.finish", work).await?;
    Ok(redirect(&to))
}

/// `POST /advice/{flow}/{code}/delete`.
pub(crate) async fn delete(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    // Deleting what is not there is done already.
    if let Some(opened) = draft::open(&visitor, &flow, &code).await? {
        let work = move |tx: &mut Transaction<'_>, _: &Environment| {
            draft::delete(tx, &opened.draft.code)?;
            Ok(String::new())
        };
        let sent = (form.key(), form.fingerprint());
        visitor.write(sent, "advice.delete", work).await?;
    }
    Ok(redirect("/advice/deleted"))
}

/// `GET /advice/deleted`.
pub(crate) async fn deleted() -> Page {
    let main = html! {
        (Heading::page("We have deleted your answers"))
        p { "Nobody can read them any more. If you asked us for help, what you sent with that stays with us." }
        p { a href="/advice" { "See all advice" } }
    };
    Page::new("We have deleted your answers", main).quick_exit()
}
