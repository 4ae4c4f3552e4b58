//! Keeping an estimate, coming back to it, deleting it. Codes come by POST: they are in no address and no log.

use axum::response::{IntoResponse, Response};
use stour_design::{Button, Heading, Input, InsetText, Markup, Panel, Width, html};
use stour_web::words::day;
use stour_web::{FieldError, Form, Page, Problem, Visitor, form};

use super::answers::Answers;
use super::kept::{self, KEPT_DAYS, Kept};
use super::page::{answer, shipped};

/// `POST /paying-for-care/keep`: stores the answers and shows the code.
pub(crate) async fn keep(visitor: Visitor, form: Form) -> Result<Page, Problem> {
    let answers = Answers::sent(&form, shipped()?);
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        Ok(kept::keep(tx, environment, &answers)?)
    };
    let sent = (form.key(), form.fingerprint());
    let code = visitor.write(sent, "estimate.keep", work).await?;
    let main = html! {
        (Panel {
            content: Some(html! { "Your code is" br; strong { (code) } }.into()),
            ..Panel::new(Heading::page("Your estimate is kept"))
        })
        p { "Write the code down. We cannot tell you it again, and we do not know that it is yours." }
        p { "We delete what you typed after " (KEPT_DAYS) " days." }
        p { a href="/paying-for-care/kept" { "Go back to your estimate, or delete it" } }
    };
    Ok(Page::new("Your estimate is kept", main).quick_exit())
}

/// `GET /paying-for-care/kept`: asks for the code.
pub(crate) async fn ask(visitor: Visitor) -> Page {
    code_page(&visitor, "", &[])
}

fn code_page(visitor: &Visitor, typed: &str, errors: &[FieldError]) -> Page {
    let title = "Go back to an estimate that you kept";
    let main = html! {
        (Heading::page(title))
        form method="post" action="/paying-for-care/kept" novalidate autocomplete="off" {
            (form::hidden_for(visitor))
            (Input {
                error: errors.first().map(|error| error.message.as_str().into()),
                autocomplete: Some("off".to_owned()),
                spellcheck: Some(false),
                code: true,
                ..Input::new("code", "Your code").value(typed).width(Width::Twenty)
            }.hint("Three groups of four letters and numbers"))
            (Button::new("Open"))
        }
    };
    Page::new(title, main)
        .back("/paying-for-care")
        .with_errors(errors)
        .quick_exit()
}

/// The code that was typed with what is kept under it, or the page that asks again.
async fn found(visitor: &Visitor, form: &Form) -> Result<Result<(String, Kept), Page>, Problem> {
    let typed = form.get("code");
    let wrong = |message: &str| {
        let error = FieldError {
            field: "code".to_owned(),
            message: message.to_owned(),
        };
        code_page(
            visitor,
            &typed.chars().take(40).collect::<String>(),
            &[error],
        )
    };
    let Some(code) = kept::typed(typed) else {
        return Ok(Err(wrong("Enter your code, like 7KQM-2XPT-9RDB")));
    };
    let (asked, today) = (code.clone(), visitor.today());
    let database = visitor.house().database();
    let found = database
        .read(move |tx| kept::kept(tx, &asked, today))
        .await?;
    Ok(found.map(|kept| (code, kept)).ok_or_else(|| {
        wrong("There is nothing under this code. Check it. It may have been deleted")
    }))
}

/// `POST /paying-for-care/kept`: the estimate, worked out anew.
pub(crate) async fn open(visitor: Visitor, form: Form) -> Result<Page, Problem> {
    let (code, kept) = match found(&visitor, &form).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let page = answer(&visitor, &kept.answers, shipped()?).page;
    let main = html! { (page.main) (deletion(&visitor, &code, &kept)) };
    Ok(Page { main, ..page })
}

fn deletion(visitor: &Visitor, code: &str, kept: &Kept) -> Markup {
    html! {
        (Heading::section("Delete what is kept"))
        (InsetText::new(format!("This was kept under {code} and is deleted on {}. If you change your answers, keep them again.", day(kept.expires_on))))
        form.stour-no-print method="post" action="/paying-for-care/kept/delete" {
            (form::hidden_for(visitor))
            input type="hidden" name="code" value=(code);
            (Button { prevent_double_click: true, ..Button::secondary("Delete it now") })
        }
    }
}

/// `POST /paying-for-care/kept/delete`: deletes it.
pub(crate) async fn delete(visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let Some(code) = kept::typed(form.get("code")) else {
        return Err(Problem::not_found());
    };
    let work = move |tx: &mut stour_database::Transaction<'_>, _: &stour_kernel::Environment| {
        kept::delete(tx, &code)?;
        Ok(String::new())
    };
    let sent = (form.key(), form.fingerprint());
    visitor.write(sent, "estimate.delete", work).await?;
    let main = html! {
        (Panel::new(Heading::page("What you kept is deleted")))
        p { a href="/paying-for-care" { "Work out another estimate" } }
    };
    Ok(Page::new("What you kept is deleted", main)
        .quick_exit()
        .into_response())
}
