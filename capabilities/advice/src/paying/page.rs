//! The empty form, and the answer to it.

use stour_charging::{Refusal, Tables};
use stour_web::{Form, Page, Problem, Visitor};

use super::answers::Answers;
use super::asked::{ask, at_fields, between, work_out as worked_out};
use super::form_page::{self, Shown};
use super::{missing_page, range_page, result_page, tables};
use crate::ease::{ESTIMATE, Event, count};

/// The tables, or a fault: a test reads those that are shipped.
pub(super) fn shipped() -> Result<&'static Tables, Problem> {
    tables().map_err(|error| {
        tracing::error!(%error, "the tables of rates cannot be read");
        Problem::fault()
    })
}

/// `GET /paying-for-care`: the empty form.
pub(crate) async fn show(visitor: Visitor) -> Result<Page, Problem> {
    let answers = Answers::blank(visitor.today());
    let shown = Shown {
        answers: &answers,
        errors: &[],
        tables: shipped()?,
    };
    Ok(form_page::page(&visitor, &shown))
}

/// `POST /paying-for-care`: the answer, or the form again.
pub(crate) async fn work_out(visitor: Visitor, form: Form) -> Result<Page, Problem> {
    let tables = shipped()?;
    let answers = Answers::sent(&form, tables);
    if form.get("change") == "yes" {
        let shown = Shown {
            answers: &answers,
            errors: &[],
            tables,
        };
        return Ok(form_page::page(&visitor, &shown));
    }
    let answered = answer(&visitor, &answers, tables);
    if let Some(what) = answered.what {
        count_estimate(&visitor, what).await;
    }
    Ok(answered.page)
}

/// Counts that somebody was given an answer, and nothing of what they typed. Nobody waits for it in vain.
async fn count_estimate(visitor: &Visitor, what: &'static str) {
    let environment = visitor.environment().clone();
    let event = Event::Outcome(what.to_owned());
    let counted = visitor
        .house()
        .database()
        .write(move |tx| count(tx, &environment, (ESTIMATE.id, 0), &event))
        .await;
    if let Err(problem) = counted {
        tracing::warn!(kind = problem.kind, "an estimate was not counted");
    }
}

/// What somebody is shown, and what it is counted as when it is an answer.
pub(super) struct Answered {
    pub(super) page: Page,
    what: Option<&'static str>,
}

impl Answered {
    fn with(what: &'static str, page: Page) -> Self {
        Self {
            page,
            what: Some(what),
        }
    }
}

impl From<Page> for Answered {
    fn from(page: Page) -> Self {
        Self { page, what: None }
    }
}

/// The answer to what was typed, or the form again.
pub(super) fn answer(visitor: &Visitor, answers: &Answers, tables: &Tables) -> Answered {
    let mut answers = answers.clone();
    if answers.date().is_empty() {
        for (field, text) in Answers::blank(visitor.today()).all() {
            answers.put(field, text);
        }
    }
    let again = |errors: &[_]| {
        let shown = Shown {
            answers: &answers,
            errors,
            tables,
        };
        form_page::page(visitor, &shown)
    };
    let asked = match ask(&answers, tables) {
        Ok(asked) => asked,
        Err(mistakes) if only_of_rates(mistakes.all()) => {
            return for_rates(visitor, &answers, tables, mistakes.all()).into();
        }
        Err(mistakes) => return again(mistakes.all()).into(),
    };
    let shown = Shown {
        answers: &answers,
        errors: &[],
        tables,
    };
    match worked_out(&asked, tables) {
        Ok(worked) => Answered::with(
            "What care may cost was worked out",
            result_page::page(visitor, &shown, &asked, &worked),
        ),
        Err(Refusal::Missing(missing)) => match between(&asked, tables) {
            Ok(bounds) if answers.is_yes("not-known") => {
                let page = range_page::page(visitor, &shown, &asked, &bounds);
                Answered::with("Only a range was given, since a rate is not known", page)
            }
            bounds => Answered::with(
                "A rate that is not known was asked for",
                missing_page::page(visitor, &shown, &missing, bounds.is_ok()),
            ),
        },
        Err(refusal) => {
            let errors = at_fields(&refusal);
            if only_of_rates(&errors) {
                return for_rates(visitor, &answers, tables, &errors).into();
            }
            again(&errors).into()
        }
    }
}

/// Whether all that is wrong is in the figures that were asked for because they are missing.
fn only_of_rates(errors: &[stour_web::FieldError]) -> bool {
    errors.iter().all(|error| error.field.starts_with("rate-"))
}

/// The page for missing rates again, with what is wrong.
fn for_rates(
    visitor: &Visitor,
    answers: &Answers,
    tables: &Tables,
    errors: &[stour_web::FieldError],
) -> Page {
    let shown = Shown {
        answers,
        errors,
        tables,
    };
    let given = tables.kinds().iter().filter(|kind| {
        let field = super::answers::rate_field(&kind.code);
        !answers.get(&field).is_empty() || errors.iter().any(|error| error.field == field)
    });
    let asked: Vec<_> = given
        .map(|kind| stour_charging::Missing {
            kind: kind.code.clone(),
            label: kind.label.clone(),
        })
        .collect();
    missing_page::page(visitor, &shown, &asked, false)
}
