//! The page on which the steps of a benefit's ladders are signed.

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use stour_access::{Actor, Resource};
use stour_benefits::ladder::NotSigned;
use stour_database::{Error, Transaction};
use stour_design::{Button, Cell, Column, Heading, Input, InsetText, Markup, Table, html};
use stour_kernel::Environment;
use stour_partnership::organisation_name;
use stour_register::{EntryId, numbered, versions};
use stour_web::words::{capital, moment};
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::{Ladder, Signed, sign};
use crate::benefit::evidence::lines_elsewhere;
use crate::benefit::ladder::{Step, steps};
use crate::benefit::ledger::{Change, claims, share};
use crate::benefit::measured::Measured;
use crate::benefit::shown::{rung, verdict};
use crate::benefit::view::View;
use crate::governance::shell::{Part, may, page_below};
use crate::shown::heard;

/// The most that is kept of what somebody says with a signature.
const LONGEST: usize = 1_000;

/// `GET /programmes/{programme}/benefits/{number}/sign`.
pub(crate) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let view = View::of(&caller, &programme).await?;
    view.one(number)?;
    shown(&caller, &view, number, &[])
}

/// `POST /programmes/{programme}/benefits/{number}/sign-operational`.
pub(crate) async fn operational(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, Problem> {
    signed(caller, (&programme, number), &[Ladder::Operational], form).await
}

/// `POST /programmes/{programme}/benefits/{number}/sign-money`: a value, or a budget line.
pub(crate) async fn money(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
    form: Form,
) -> Result<Response, Problem> {
    let ladders = [Ladder::Financial, Ladder::Cashable];
    signed(caller, (&programme, number), &ladders, form).await
}

async fn signed(
    caller: Caller,
    (programme, number): (&str, i64),
    ladders: &[Ladder],
    form: Form,
) -> Result<Response, Problem> {
    let view = View::of(&caller, programme).await?;
    let action = caller.action();
    if !may(&caller, action.as_str()) {
        // The refusal is written down as one of this action.
        caller.permit(Resource::House).await?;
    }
    let (one, entry) = view.one(number)?;
    let figures = form.get("figures").to_owned();
    let open = steps(one, &view.climb(one));
    let step = open
        .into_iter()
        .find(|step| ladders.contains(&step.ladder) && step.figures == figures);
    let Some(step) = step else {
        return again(&caller, &view, number, OTHERWISE);
    };
    let words = form.get("words").to_owned();
    if words.chars().count() > LONGEST {
        return again(
            &caller,
            &view,
            number,
            &format!("Use at most {LONGEST} characters"),
        );
    }
    let (scope, benefit) = (view.opened.scope.clone(), entry.id);
    let change = Change {
        measure: one.benefit.measure.clone(),
        day: one
            .found
            .as_ref()
            .map_or(view.opened.today, |found| found.day),
    };
    let (by, address) = (caller.actor().clone(), view.address(number, "/sign"));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        two_people(tx, &scope, &step, &by)?;
        still_holds(tx, (&scope, benefit), (&step, &change))?;
        let what = (step.figures.as_str(), words.as_str());
        match sign(tx, environment, (benefit, step.ladder), what, &by) {
            Ok(()) => Ok(address.clone()),
            Err(Error::Constraint { .. }) => {
                Err(Problem::conflict("You have signed this already."))
            }
            Err(error) => Err(error.into()),
        }
    };
    let sent = (form.key(), form.fingerprint());
    match caller.write(sent, Resource::House, work).await {
        Ok(address) => Ok(redirect(&address)),
        Err(problem) if problem.status == 409 => again(&caller, &view, number, &problem.detail),
        Err(problem) => Err(problem),
    }
}

const OTHERWISE: &str = "This step cannot be signed as you saw it: the figures have changed since, or somebody has signed it. Look at it again";

/// Nobody signs what they wrote any version of, or what is not as they saw it any more.
fn two_people(
    tx: &mut Transaction<'_>,
    scope: &str,
    step: &Step,
    by: &Actor,
) -> Result<(), Problem> {
    for (kind, number, version) in &step.written_in {
        let entry = numbered(tx, (scope, kind), *number)?;
        let entry = entry.filter(|entry| !entry.removed && entry.version == *version);
        let entry = entry.ok_or_else(|| Problem::conflict(OTHERWISE))?;
        let wrote = versions(tx, entry.id)?
            .iter()
            .any(|version| version.by.user == Some(by.user));
        if wrote {
            let refused = NotSigned::OwnWork("You".to_owned());
            return Err(Problem::conflict(refused.to_string()));
        }
    }
    Ok(())
}

/// Money is not signed of more of a change than the benefit may count, nor a budget line that another programme names.
fn still_holds(
    tx: &mut Transaction<'_>,
    (scope, benefit): (&str, EntryId),
    (step, change): (&Step, &Change),
) -> Result<(), Problem> {
    if let Some(of) = step.of {
        let claimed = share(&claims(tx, change)?, benefit);
        if claimed.is_some_and(|claimed| of > claimed) {
            return Err(Problem::conflict(
                "Others claim of this change as well: money can be signed of no more of it than this benefit claims",
            ));
        }
    }
    if let Some(line) = &step.line
        && lines_elsewhere(tx, scope)?.contains(line)
    {
        let refused = capital(&NotSigned::NamedTwice.to_string());
        return Err(Problem::conflict(refused));
    }
    Ok(())
}

/// Shows the page again with what is wrong, which leads to the first form, or to where there was one.
fn again(caller: &Caller, view: &View, number: i64, message: &str) -> Result<Response, Problem> {
    let (one, _) = view.one(number)?;
    let open = steps(one, &view.climb(one));
    let first = open
        .iter()
        .position(|step| may(caller, step.ladder.action()));
    let error = FieldError {
        field: first.map_or_else(|| "steps".to_owned(), |place| format!("words-{place}")),
        message: message.to_owned(),
    };
    Ok(shown(caller, view, number, &[error])?.into_response())
}

fn shown(
    caller: &Caller,
    view: &View,
    number: i64,
    errors: &[FieldError],
) -> Result<Page, Problem> {
    let (one, entry) = view.one(number)?;
    let climb = view.climb(one);
    let open = steps(one, &climb);
    let main = html! {
        (verdict(one))
        p {
            @for ladder in Ladder::ALL { (ladder.words()) ": " (rung(&climb, ladder)) " " }
        }
        (Heading::section("Steps that can be signed"))
        div id="steps" {
            @if open.is_empty() { (InsetText::new(nothing_to_sign(one))) }
            @for (place, step) in open.iter().enumerate() { (form_of(caller, view, number, (place, step))) }
        }
        (refused(&climb.cashable))
        (Heading::section("Signatures"))
        (given(view, entry.id))
    };
    let title = format!("Signatures: {}", one.benefit.title);
    Ok(page_below(&view.opened, Part::Benefits, &title, &main)
        .back(view.address(number, ""))
        .with_errors(errors))
}

fn nothing_to_sign(one: &Measured) -> &'static str {
    match &one.found {
        None => "There is no figure yet, so there is nothing to sign.",
        Some(found) if found.better_by.is_none() => {
            "Without a baseline and a direction nobody can say that the measure has moved, so there is nothing to sign."
        }
        Some(_) => {
            "No step is open. A step opens when the one before it is signed and its evidence is there: a figure that is better than \
             the baseline, then a number of cases in a week and the value of one unit of change, then a budget line."
        }
    }
}

fn refused(
    lines: &[(
        crate::benefit::ladder::Line,
        Result<stour_benefits::ladder::Cashable, NotSigned>,
    )],
) -> Markup {
    html! {
        @for (line, state) in lines {
            @if let Err(why) = state {
                (InsetText::new(format!("Budget line {}, {}: {why}.", line.name, line.year)))
            }
        }
    }
}

fn form_of(caller: &Caller, view: &View, number: i64, (place, step): (usize, &Step)) -> Markup {
    let (below, button) = match step.ladder {
        Ladder::Operational => ("/sign-operational", "Sign that the measure has moved"),
        Ladder::Financial => ("/sign-money", "Sign the value"),
        Ladder::Cashable => ("/sign-money", "Sign that the budget is reduced"),
    };
    html! {
        p { strong { (step.ladder.words()) ": " } (step.figures) }
        @if may(caller, step.ladder.action()) {
            form method="post" action=(view.address(number, below)) novalidate data-optional {
                (form::hidden(caller))
                input type="hidden" name="figures" value=(step.figures);
                (Input {
                    id: Some(format!("words-{place}")),
                    ..Input::new("words", "What you looked at, if you want to say it")
                })
                (Button { prevent_double_click: true, ..Button::new(button) })
            }
        } @else {
            p {
                @match step.ladder {
                    Ladder::Operational => { "Somebody who answers for the service signs this." },
                    Ladder::Financial | Ladder::Cashable => { "A finance officer signs this." },
                }
            }
        }
    }
}

fn given(view: &View, benefit: EntryId) -> Markup {
    let signed: Vec<&Signed> = view
        .evidence
        .signed
        .iter()
        .filter(|one| one.benefit == benefit)
        .collect();
    let rows = signed.iter().map(|one| {
        vec![
            Cell::from(one.ladder.words()),
            one.figures.as_str().into(),
            format!(
                "{}, {}",
                one.by.name,
                organisation_name(&one.by.organisation)
            )
            .into(),
            moment(one.at).into(),
            one.words.as_str().into(),
        ]
    });
    html! {
        @if signed.is_empty() {
            p { "Nobody has signed yet." }
        } @else {
            p { "A signature holds as long as what stands there is what was signed. A benefit whose profile was changed is signed anew." }
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(heard("Signatures"), ["Ladder", "What was signed", "By", "When", "In their words"].map(Column::from), rows)
            })
        }
    }
}
