//! Asking for a sample of what was linked without a human.

use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{Button, Details, Heading, Input, Markup, Width, html};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::asking;
use super::sample::{draw, put};

/// The most links of one sample: what a team can look at.
const MOST: usize = 200;
/// What is offered.
const USUAL: &str = "40";

/// The form, folded, for the page of the queue.
pub(crate) fn form(caller: &Caller) -> Markup {
    let seed = caller.today().to_string().replace('-', "");
    html! {
        (Details::new("Check a sample of what was linked without a human", fields(caller, [USUAL, &seed], &Mistakes::default())))
    }
}

fn fields(caller: &Caller, [size, seed]: [&str; 2], mistakes: &Mistakes) -> Markup {
    let number = |name: &str, label: &str, value: &str| Input {
        inputmode: Some("numeric".to_owned()),
        autocomplete: Some("off".to_owned()),
        ..Input::new(name, label)
            .value(value)
            .width(Width::Five)
            .error(mistakes.of(name))
    };
    html! {
        form method="post" action="/reviews/sample" novalidate {
            (form::hidden(caller))
            (number("size", "How many links", size).hint("1 to 200, as many of each way of linking as there are to be had"))
            (number("seed", "Number that chance follows from", seed).hint("The same number draws the same sample again, without what has been checked since"))
            (Button::secondary("Put the sample in the queue"))
        }
    }
}

/// POST /reviews/sample
pub(crate) async fn post(caller: Caller, form: Form) -> Result<Response, Problem> {
    asking::require(&caller).await?;
    let mut mistakes = Mistakes::default();
    let size = form.get("size").parse::<usize>().ok();
    let size = size.filter(|size| (1..=MOST).contains(size));
    if size.is_none() {
        mistakes.add("size", "Enter a whole number from 1 to 200");
    }
    let seed = form.get("seed").parse::<u64>().ok();
    if seed.is_none() {
        mistakes.add("seed", "Enter a whole number, such as 20261124");
    }
    let (Some(size), Some(seed)) = (size, seed) else {
        caller.permit(Resource::House).await?;
        let typed = [form.get("size"), form.get("seed")];
        let main = html! {
            (Heading::page("Check a sample of links"))
            (fields(&caller, typed, &mistakes))
        };
        let page = Page::new("Check a sample of links", main).back("/reviews");
        return Ok(page.with_errors(mistakes.all()).into_response());
    };
    let database = caller.house().database();
    let drawn = database.read(move |tx| draw(tx, size, seed)).await?;
    let sent = (form.key(), form.fingerprint());
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let count = put(tx, environment, &drawn)?;
        Ok(format!("/reviews?kind=quality&put={count}"))
    };
    let to = caller.write(sent, Resource::House, work).await?;
    Ok(redirect(&to))
}
