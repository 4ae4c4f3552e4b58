//! What the committee did with an answer: accepted it, or not.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, DateInput, Heading, Markup, Textarea, html};
use stour_web::{Caller, Form, Mistakes, Problem, form};

use super::answer::{Opened, Typed, items, judge, opened, page, save, version};
use super::may;
use crate::noun::commitment::Kept;

/// The forms of what the committee did, for those who keep the record.
pub(super) fn forms(
    caller: &Caller,
    opened: &Opened,
    typed: &Typed,
    mistakes: &Mistakes,
) -> Markup {
    if !may(caller, "decision.edit") {
        return html! { p { "Democratic services record whether the committee accepts it." } };
    }
    let number = opened.entry.number;
    html! {
        (Heading::section("Did the committee accept it?"))
        form method="post" action={ "/decisions/commitments/" (number) "/accept" } novalidate {
            (form::hidden(caller))
            (version(opened, typed))
            (DateInput {
                error: mistakes.of("on-day"),
                ..typed.on.input("on", "When did it accept the answer?")
            })
            (items(&opened.record, &typed.at))
            (Button::new("Record that it was accepted"))
        }
        form method="post" action={ "/decisions/commitments/" (number) "/send-back" } novalidate {
            (form::hidden(caller))
            (version(opened, typed))
            (Textarea {
                error: mistakes.of("why"),
                hint: Some("The promise is open again; the answer stays in its history".into()),
                ..Textarea::new("why", "Or why did it not accept the answer?").value(typed.why.as_str())
            })
            (Button::secondary("Record that it was not accepted"))
        }
    }
}

/// `POST /decisions/commitments/{number}/accept`.
pub(crate) async fn accept(
    caller: Caller,
    Path(text): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = opened(&caller, &text).await?;
    let typed = Typed::of(&form);
    let Kept::Answered(commitment) = opened.kept.clone() else {
        return Err(not_answered());
    };
    let mut values = opened.entry.values.clone();
    values.set("state", "accepted");
    values.set("accepted", &typed.day());
    let mut mistakes = typed.mistakes();
    judge(&opened, &values, &mut mistakes);
    let on = typed.on.date().ok().filter(|_| mistakes.is_empty());
    let Some(on) = on else {
        caller.permit_to("decision.edit", Resource::House).await?;
        return Ok(page(&caller, &opened, &typed, &mistakes).into_response());
    };
    commitment
        .accept(on, typed.at.parse().ok())
        .write(&mut values);
    save(
        &caller,
        &form,
        &opened,
        (values, "Accepted by the committee".to_owned()),
    )
    .await
}

/// `POST /decisions/commitments/{number}/send-back`.
pub(crate) async fn send_back(
    caller: Caller,
    Path(text): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = opened(&caller, &text).await?;
    let typed = Typed::of(&form);
    let Kept::Answered(commitment) = opened.kept.clone() else {
        return Err(not_answered());
    };
    let mut mistakes = Mistakes::default();
    let why = mistakes.required("why", &typed.why, "Say why the answer was not accepted.");
    let Some(why) = why else {
        caller.permit_to("decision.edit", Resource::House).await?;
        return Ok(page(&caller, &opened, &typed, &mistakes).into_response());
    };
    let why = format!("Not accepted: {why}");
    let mut values = opened.entry.values.clone();
    commitment.send_back().write(&mut values);
    save(&caller, &form, &opened, (values, why)).await
}

fn not_answered() -> Problem {
    Problem::conflict("There is no answer that waits to be accepted.")
}
