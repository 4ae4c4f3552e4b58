//! The form by which somebody notes what happened beside an indicator, or starts its limits afresh.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_web::{Caller, Form, Mistakes, Page, Problem};

use super::Said;
use super::form::{Subject, asked, form_page, keep, opened};
use crate::indicator::read;
use crate::series::note_page::{REBASE, Typed, note_form, show_again};

type Parts = Path<BTreeMap<String, String>>;

/// `GET /board/indicators/{indicator}/note`.
pub(crate) async fn show(caller: Caller, Path(parts): Parts) -> Result<Page, Problem> {
    let subject = opened(&caller, &parts).await?;
    Ok(page(
        &caller,
        &subject,
        &Typed::default(),
        &Mistakes::default(),
    ))
}

/// `POST /board/indicators/{indicator}/note`.
pub(crate) async fn make(
    caller: Caller,
    Path(parts): Parts,
    form: Form,
) -> Result<Response, Problem> {
    let subject = asked(&caller, &parts).await?;
    let typed = Typed::of(&form);
    let mut mistakes = Mistakes::default();
    let told = typed.asked(&mut mistakes);
    if let (Some((day, _)), Some(id)) = (&told, parts.get("indicator")) {
        let definition = read::definition(id)?;
        let report = read::report(&caller, definition, &BTreeMap::new()).await?;
        let first = report.periods.first().map(|(period, _)| period.from());
        let last = report.periods.last().map(|(period, _)| {
            // Limits start afresh with a period; an event may be within the last.
            let is_rebase = typed.what == REBASE;
            let within = period.before().yesterday().unwrap_or(period.from());
            if is_rebase { period.from() } else { within }
        });
        let is_inside =
            first.is_some_and(|first| *day > first) && last.is_some_and(|last| *day <= last);
        if !is_inside {
            mistakes.add(
                "day-day",
                "Enter a day after the first figure and before the end of the last; limits start afresh no later than the last begins",
            );
        }
    }
    let Some((day, text)) = told.filter(|_| mistakes.is_empty()) else {
        show_again(&caller).await?;
        return Ok(page(&caller, &subject, &typed, &mistakes).into_response());
    };
    let said = if typed.what == REBASE {
        Said::Rebase(day)
    } else {
        Said::Event(day)
    };
    keep(&caller, &form, &subject, (said, text)).await
}

fn page(caller: &Caller, subject: &Subject, typed: &Typed, mistakes: &Mistakes) -> Page {
    let title = format!("Add a note to {}", subject.title);
    let form = note_form(caller, &subject.address(), typed, mistakes);
    form_page(subject, title, &form, mistakes)
}
