//! One step of a suggestion: saved when it is left, so that it can be gone on with another day.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, html};
use stour_kernel::{Environment, ThreadId};
use stour_open_referral::Uuid;
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::apply::apply;
use super::fields::Fields;
use super::merge::Beside;
use super::settings::settings;
use super::step::{Filled, Step};
use super::suggestion::{Suggestion, put, suggestion};
use super::visit::{may_change, of_caller, sent};
use crate::error::DirectoryError;

/// A suggestion that the caller may change, beside what stands.
async fn open(caller: &Caller, id: &str) -> Result<Beside, Problem> {
    let found = of_caller(caller, id).await?;
    if !may_change(caller, &found) {
        return Err(Problem::conflict(
            "This suggestion was sent or decided, and can no longer be changed.",
        ));
    }
    let database = caller.house().database();
    Ok(database
        .read(move |tx| Beside::read(tx, found.clone()))
        .await?)
}

/// `GET /directory/suggestions/{id}/{step}`.
pub(crate) async fn show(
    caller: Caller,
    Path((id, step)): Path<(String, String)>,
) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let step = Step::of(&step).ok_or_else(Problem::not_found)?;
    let beside = open(&caller, &id).await?;
    page(
        &caller,
        &beside.suggestion,
        step,
        (&beside.as_suggested(), &[]),
    )
}

fn page(
    caller: &Caller,
    suggestion: &Suggestion,
    step: Step,
    (fields, errors): (&Fields, &[FieldError]),
) -> Result<Page, Problem> {
    let new = || {
        Uuid::from(stour_kernel::Id::from(
            caller.environment().id::<ThreadId>(),
        ))
    };
    let filled = Filled {
        fields,
        errors,
        settings: settings()?,
        blank: vec![new(), new()],
    };
    let to = format!("/directory/suggestions/{}", suggestion.id);
    let main = html! {
        (Heading::page(step.title()).caption(suggestion.listing_name.as_str()))
        form method="post" data-optional[step.is_optional()] action={ (to) "/" (step.code()) } novalidate autocomplete="off" {
            (form::hidden(caller))
            input type="hidden" name="version" value=(suggestion.version);
            (filled.markup(step))
            (Button::new(if step.next().is_some() { "Save and continue" } else { "Save and check" }))
            " "
            (Button { name: Some("leave".to_owned()), value: Some("yes".to_owned()), ..Button::secondary("Save and come back later") })
        }
    };
    Ok(Page::new(step.title(), main).back(to).with_errors(errors))
}

/// `POST /directory/suggestions/{id}/{step}`.
pub(crate) async fn save(
    caller: Caller,
    Path((id, step)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await;
    let seen = form.get("version").parse::<Version>();
    let (Some(step), Ok(beside), Ok(seen)) = (Step::of(&step), &opened, seen) else {
        caller.permit(Resource::House).await?;
        return Err(opened.err().unwrap_or_else(Problem::not_found));
    };
    let settings = settings()?;
    let said = step.sent(&form, &beside.as_suggested(), settings);
    let changes = changed(beside, &said);
    let errors = wrong(beside, step, &changes);
    if !errors.is_empty() {
        caller.permit(Resource::House).await?;
        let mut fields = beside.as_suggested();
        fields.extend(said);
        let page = page(&caller, &beside.suggestion, step, (&fields, &errors))?;
        return Ok(page.into_response());
    }
    let name = changes.get("name").filter(|name| !name.is_empty()).cloned();
    let id = beside.suggestion.id;
    let after = match (form.get("leave"), step.next()) {
        ("yes", _) => "/directory/mine".to_owned(),
        (_, Some(next)) => format!("/directory/suggestions/{id}/{}", next.code()),
        (_, None) => format!("/directory/suggestions/{id}"),
    };
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let before = suggestion(tx, id)?.ok_or(DirectoryError::NotThere)?;
        before.version.expect(seen)?;
        let next = Suggestion {
            changes: changes.clone(),
            listing_name: name.clone().unwrap_or_else(|| before.listing_name.clone()),
            ..before.clone()
        };
        put(tx, environment, &before, &next)?;
        Ok(after.clone())
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}

/// All that the suggestion changes, with what this step says.
fn changed(beside: &Beside, said: &Fields) -> Fields {
    let mut changes = beside.suggestion.changes.clone();
    for (field, text) in said {
        let stood = beside.base_fields.get(field).map_or("", String::as_str);
        if text == stood {
            changes.remove(field);
        } else {
            changes.insert(field.clone(), text.clone());
        }
    }
    changes
}

/// What is wrong with the fields of this step.
fn wrong(beside: &Beside, step: Step, changes: &Fields) -> Vec<FieldError> {
    let Ok(settings) = settings() else {
        return Vec::new();
    };
    let mut service = beside.base.clone();
    let mut errors = apply(&mut service, changes, settings);
    errors.retain(|error| step.asks(&error.field));
    let is_named = beside.suggestion.seen.is_some() || changes.contains_key("name");
    if step == Step::What && !is_named {
        errors.push(FieldError {
            field: "name".to_owned(),
            message: "Enter the name of the service".to_owned(),
        });
    }
    errors
}
