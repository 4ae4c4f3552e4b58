//! Taking notices back.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::Version;
use stour_design::{Button, Choice, Heading, InsetText, Radios, Textarea, html};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form};

use super::course::Course;
use super::fields::{heading, select_of, tell, typed, who};
use super::notice::{Scope, WITHDRAWALS, Withdrawal};
use super::open::{Opened, address, carry_out, open_to_send};
use super::state::NotSo;
use super::store;
use crate::error::reference;

const TITLE: &str = "Withdraw a notice";
const ALL: &str = "all";
const DISCHARGE: &str = "discharge";

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
    let course = Course(&opened.notices);
    let mut choices = vec![Choice::new(
        ALL,
        "The assessment notice, with the discharge notice if one was sent",
    )];
    if course.discharge().is_some() {
        let label = "The discharge notice only: the council goes on assessing";
        choices.push(Choice::new(DISCHARGE, label));
    }
    let main = html! {
        (Heading::page(TITLE))
        (heading(&person, opened, today))
        @if let Some(assessment) = course.assessment() {
            p { "What is withdrawn ends at once. The council is told, and confirms it." }
            form method="post" action={ (back) "/withdrawal-notice" } novalidate {
                (form::hidden(caller))
                input type="hidden" name="version" value=(assessment.version);
                (Radios::new("scope", "What is withdrawn?", choices)
                    .selected(Some(form.get("scope"))).error(mistakes.of("scope")))
                (select_of(("reason", WITHDRAWALS), ("Why", "Choose"), today, (form, mistakes))?)
                (Textarea::new("words", "What else the council should know (optional)")
                    .value(form.get("words")).error(mistakes.of("words")))
                (Button::new("Withdraw"))
            }
        } @else {
            (InsetText::new(NotSo::NothingToWithdraw.to_string()))
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
) -> Result<Option<Withdrawal>, Problem> {
    let scope = match form.get("scope") {
        ALL => Some(Scope::All),
        DISCHARGE => Some(Scope::Discharge),
        _ => {
            mistakes.add("scope", "Select what is withdrawn");
            None
        }
    };
    let said = Withdrawal {
        scope: scope.unwrap_or(Scope::All),
        reason: typed(form, "reason").unwrap_or_default(),
        words: typed(form, "words"),
    };
    tell(said.wrongs(caller.today(), reference()?), mistakes);
    Ok(mistakes.is_empty().then_some(said))
}

/// Withdraws.
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
        store::withdraw(tx, environment, (id, seen), &said, by).map(|_| ())
    })
    .await
}
