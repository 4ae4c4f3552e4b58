//! Changing the address and telephone number that a record shows.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::Version;
use stour_design::{Button, Heading, Markup, html};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use super::fields::{Values, contact};
use super::{Address, Record, change_address, draft, heading, record, who_it_is};
use crate::asking::{facts_of, require};

/// What is stored, as the values of the form.
struct Stored<'r>(&'r Record);

impl Values for Stored<'_> {
    fn value(&self, field: &str) -> String {
        let address = self.0.summary.address.as_ref();
        let line = |number: usize| {
            address
                .and_then(|address| address.lines.get(number))
                .cloned()
                .unwrap_or_default()
        };
        let lines = address.map_or(0, |address| address.lines.len());
        match field {
            "address-line-1" => line(0),
            "address-line-2" if lines > 2 => line(1),
            "address-town" if lines > 2 => line(2),
            "address-town" => line(1),
            "postcode" => address
                .and_then(|address| address.postcode)
                .map(|postcode| postcode.to_string())
                .unwrap_or_default(),
            "telephone" => self.0.telephone.clone().unwrap_or_default(),
            _ => String::new(),
        }
    }
}

/// GET /people/{id}/address
pub(crate) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let permit = caller.permit_person(facts).await?;
    let record = caller
        .house()
        .database()
        .read(move |tx| record(tx, &permit))
        .await?;
    let version = record.version.to_string();
    let who = who_it_is(&record.summary, caller.today());
    let values: (_, &dyn Values) = (version.as_str(), &Stored(&record));
    Ok(form_page(&caller, &who, &id, values, &Mistakes::default()))
}

/// POST /people/{id}/address
pub(crate) async fn change(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let facts = facts_of(&caller, &id).await?;
    require(&caller, &facts).await?;
    let (person, resource) = (facts.id, Resource::Person(facts));
    let seen = match form.get("version") {
        "" => return Err(Problem::version_required()),
        text => text.parse::<Version>()?,
    };
    let mut mistakes = Mistakes::default();
    let address = draft::address(&form, &mut mistakes);
    let telephone = draft::telephone(form.get("telephone"), &mut mistakes);
    if mistakes.is_empty() && address == Address::default() {
        mistakes.add("address-line-1", "Enter an address, or at least a postcode");
    }
    if !mistakes.is_empty() {
        let who = heading::of(&caller, person).await?;
        let values: (_, &dyn Values) = (form.get("version"), &form);
        return Ok(form_page(&caller, &who, &id, values, &mistakes).into_response());
    }
    let actor = caller.actor().clone();
    let answer = caller
        .write(
            (form.key(), form.fingerprint()),
            resource,
            move |tx, environment| {
                let changes = (&address, telephone.as_deref());
                let by = (actor.organisation, actor.name.as_str());
                change_address(tx, environment, (person, seen), changes, by)?;
                Ok(format!("/people/{person}"))
            },
        )
        .await?;
    Ok(redirect(&answer))
}

fn form_page(
    caller: &Caller,
    who: &Markup,
    id: &str,
    (version, values): (&str, &dyn Values),
    mistakes: &Mistakes,
) -> Page {
    let record = format!("/people/{id}");
    let main = html! {
        (who)
        (Heading::page("Change address and telephone number"))
        p { "The address shown until now is kept, with the day on which it ended." }
        form action={ (record) "/address" } method="post" novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(version);
            (contact(values, mistakes))
            (Button::new("Save"))
        }
    };
    Page::new("Change address and telephone number", main)
        .back(record)
        .with_errors(mistakes.all())
}
