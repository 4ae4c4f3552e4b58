//! Saying how easy it was.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Transaction;
use stour_design::{Button, Choice, Heading, Legend, Markup, Panel, Radios, html};
use stour_kernel::Environment;
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form, redirect};

use super::{BESIDES, Besides, EASE, Event, count, ease};
use crate::draft;
use crate::flow::{gone, outcome_page};

/// `POST /advice/{flow}/{code}/ease`.
pub(crate) async fn say(
    visitor: Visitor,
    Path((flow, code)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let Some(opened) = draft::open(&visitor, &flow, &code).await? else {
        return Ok(gone(&flow));
    };
    let Some(answer) = ease(form.get("ease")) else {
        let mut mistakes = Mistakes::default();
        mistakes.add("ease", "Choose one of the answers");
        return outcome_page::page(&visitor, &opened, &mistakes);
    };
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let mut draft = draft::within(tx, environment, &opened)?;
        if !draft.eased {
            let of = (draft.flow.as_str(), draft.flow_version);
            count(tx, environment, of, &Event::Ease(answer.code))?;
            draft.eased = true;
            draft::save(tx, environment, &draft, opened.flow().keep_days)?;
        }
        Ok(format!("{}/outcome", opened.address()))
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.ease", work).await?;
    Ok(redirect(&to))
}

/// The question and its answers, with the button that sends one.
pub(crate) fn question(
    visitor: &Visitor,
    action: &str,
    legend: Legend,
    mistakes: &Mistakes,
) -> Markup {
    let items = EASE.map(|one| Choice::new(one.code, one.words));
    html! {
        form method="post" action=(action) novalidate {
            (form::hidden_for(visitor))
            (Radios {
                hint: Some("This helps us to make it better. Your answer has no name on it.".into()),
                error: mistakes.of("ease"),
                ..Radios::new("ease", legend, items)
            })
            (Button { prevent_double_click: true, ..Button::secondary("Tell us") })
        }
    }
}

fn besides(id: &str) -> Result<Besides, Problem> {
    let known = BESIDES.into_iter().find(|one| one.id == id);
    known.ok_or_else(Problem::not_found)
}

/// `GET /how-easy/{about}`: the question of what is no flow.
pub(crate) async fn ask(visitor: Visitor, Path(about): Path<String>) -> Result<Page, Problem> {
    Ok(ask_page(&visitor, besides(&about)?, &Mistakes::default()))
}

fn ask_page(visitor: &Visitor, about: Besides, mistakes: &Mistakes) -> Page {
    let main = html! {
        (Heading::page("How easy was it to find information?").caption(about.title))
        (question(visitor, &format!("/how-easy/{}", about.id), Legend::new("Your answer"), mistakes))
    };
    Page::new("How easy was it to find information?", main)
        .back(about.href)
        .with_errors(mistakes.all())
}

/// `POST /how-easy/{about}`.
pub(crate) async fn tell(
    visitor: Visitor,
    Path(about): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let about = besides(&about)?;
    let Some(answer) = ease(form.get("ease")) else {
        let mut mistakes = Mistakes::default();
        mistakes.add("ease", "Choose one of the answers");
        return Ok(ask_page(&visitor, about, &mistakes).into_response());
    };
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        count(tx, environment, (about.id, 0), &Event::Ease(answer.code))?;
        Ok(format!("/how-easy/{}/thanks", about.id))
    };
    let sent = (form.key(), form.fingerprint());
    let to = visitor.write(sent, "advice.ease", work).await?;
    Ok(redirect(&to))
}

/// `GET /how-easy/{about}/thanks`.
pub(crate) async fn thanks(Path(about): Path<String>) -> Result<Page, Problem> {
    let about = besides(&about)?;
    let main = html! {
        (Panel::new(Heading::page("Thank you")))
        p { "What you said helps us to make it better." }
        p { a href=(about.href) { "Go back to: " (about.title) } }
        p { a href="/ask-for-help" { "Ask for help" } " if you did not find what you need." }
    };
    Ok(Page::new("Thank you", main))
}
