//! The provider, or the hub, says how many places there are.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Button, Heading, Input, Width, html};
use stour_kernel::{Date, Environment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form, redirect};

use super::line_of;
use super::list_page::Says;
use super::rows;
use super::service::{Line, Onward};
use super::store::{AHEAD, MOST, line_version, set_places};
use crate::by::By;
use crate::shown;

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    from: TypedDate,
    to: TypedDate,
    places: String,
    /// The version that was seen; the present one before anything was sent.
    version: Option<String>,
}

impl Draft {
    fn typed(form: &Form) -> Self {
        Self {
            version: Some(form.get("version").to_owned()),
            from: TypedDate::from_form(form, "from"),
            to: TypedDate::from_form(form, "to"),
            places: form.get("places").to_owned(),
        }
    }

    /// First day, last day and places, or all that is wrong.
    fn check(&self, today: Date, mistakes: &mut Mistakes) -> Option<(Date, Date, i64)> {
        let from = mistakes.check("from-day", self.from.date());
        let to = if self.to.is_empty() {
            from
        } else {
            mistakes.check("to-day", self.to.date())
        };
        if from.is_some_and(|from| from < today) {
            mistakes.add("from-day", "Enter today or a day to come");
        }
        if let (Some(from), Some(to)) = (from, to) {
            let ahead = to.since(today).map_or(i32::MAX, |span| span.get_days());
            if to < from {
                mistakes.add("to-day", "Enter the first day or a later one");
            } else if ahead > AHEAD {
                let why = format!("Enter a day at most {AHEAD} days ahead");
                mistakes.add(
                    if self.to.is_empty() {
                        "from-day"
                    } else {
                        "to-day"
                    },
                    why,
                );
            }
        }
        let places = self.places.parse::<i64>().ok();
        let places = places.filter(|places| (0..=MOST).contains(places));
        if places.is_none() {
            let why = format!("Enter how many places there are: a whole number from 0 to {MOST}");
            mistakes.add("places", why);
        }
        Some((from?, to?, places?)).filter(|_| mistakes.is_empty())
    }
}

/// Asks for the action, and whether the service is the caller's to speak for.
async fn open(
    caller: &Caller,
    (service, locality): &(String, String),
) -> Result<(Line, &'static Onward), Problem> {
    if !caller.may(caller.action(), &Resource::House) {
        // Recorded as the refusal that it is.
        caller.permit(Resource::House).await?;
    }
    let (line, service) = line_of(service, locality)?;
    if !Says::of(caller).includes(service) {
        return Err(Problem::forbidden(format!(
            "{} says how many places this service has, or the transfer hub.",
            shown::organisation_name(&service.provider)
        )));
    }
    Ok((line, service))
}

/// The form.
pub(super) async fn page(
    caller: Caller,
    Path(at): Path<(String, String)>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft {
        from: TypedDate::of(caller.today()),
        ..Draft::default()
    };
    form_page(&caller, &opened, (&draft, &Mistakes::default())).await
}

async fn form_page(
    caller: &Caller,
    (line, service): &(Line, &'static Onward),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    caller.permit_to("capacity.read", Resource::House).await?;
    let asked = line.clone();
    let database = caller.house().database();
    let version = if let Some(seen) = &draft.version {
        seen.clone()
    } else {
        let present = database.read(move |tx| line_version(tx, &asked)).await?;
        present.to_string()
    };
    let title = "How many places are there?";
    let main = html! {
        (Heading::page(title))
        p { (line.name()) "." }
        (rows::about(service))
        p { "What is held and booked stays so, whatever you enter." }
        form method="post" action={ (line.address()) "/places" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(version);
            (Input { width: Some(Width::Three), ..Input::new("places", "Places on each day") }
                .value(draft.places.as_str()).error(mistakes.of("places")))
            (draft.from.input("from", "First day").error(mistakes.of("from-day")))
            (draft.to.input("to", "Last day (optional)")
                .hint("Leave this empty for the first day alone.").error(mistakes.of("to-day")))
            (Button::new("Save"))
        }
    };
    Ok(Page::new(title, main)
        .back("/capacity")
        .with_errors(mistakes.all()))
}

/// Keeps it.
pub(super) async fn set(
    caller: Caller,
    Path(at): Path<(String, String)>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &at).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let Some(said) = draft.check(caller.today(), &mut mistakes) else {
        let page = form_page(&caller, &opened, (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: Version = form.get("version").parse()?;
    let (line, by) = (opened.0, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        set_places(tx, environment, (&line, seen), said, &by)?;
        Ok(format!("/capacity?from={}", said.0))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}
