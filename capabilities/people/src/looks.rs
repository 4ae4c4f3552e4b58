//! Who has looked at a record, in plain words, for the person and for those who answer for it.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use stour_access::audit::{AuditId, Look, looked_at};
use stour_access::{Action, Permit, Purpose, Resource};
use stour_design::{Button, Cell, Column, Heading, Input, InsetText, Markup, Table, Width, html};
use stour_kernel::{NhsNumber, PersonId};
use stour_web::{Caller, Form, Mistakes, Page, Problem, form, redirect};

use crate::asking::facts_of;
use crate::merge::group;
use crate::own;
use crate::person::facts_for_access;
use crate::person::store::holder;
use crate::words;

/// How many looks stand on one page.
const LOOKS: i64 = 50;

/// Where the page begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    before: Option<String>,
}

/// GET /people/{id}/who-has-looked
pub(crate) async fn page(
    caller: Caller,
    Path(id): Path<String>,
    Query(from): Query<From>,
) -> Result<Page, Problem> {
    let facts = facts_of(&caller, &id).await?;
    let permit = caller.permit_person(facts).await?;
    let address = format!("/people/{}/who-has-looked", permit.on());
    let main = html! {
        (Heading::page("Who has looked at this record"))
        (looks(&caller, permit, from, &address).await?)
    };
    Ok(Page::new("Who has looked at this record", main).wide())
}

/// GET /access-log: which record, for those who answer for all of them.
pub(crate) async fn find_page(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    Ok(asking(&caller, "", &Mistakes::default()))
}

/// POST /access-log. By POST, since an NHS number must not stand in an address.
pub(crate) async fn find(caller: Caller, form: Form) -> Result<Response, Problem> {
    let typed = form.get("nhs-number").to_owned();
    let mut mistakes = Mistakes::default();
    let number = mistakes.check("nhs-number", typed.parse::<NhsNumber>());
    let Some(number) = number else {
        caller.permit(Resource::House).await?;
        return Ok(asking(&caller, &typed, &mistakes).into_response());
    };
    let facts = caller
        .house()
        .database()
        .read(move |tx| match holder(tx, number)? {
            Some(person) => facts_for_access(tx, person),
            None => Ok(None),
        })
        .await?;
    let Some(facts) = facts else {
        caller.permit(Resource::House).await?;
        mistakes.add(
            "nhs-number",
            "No record has this NHS number. Check it and try again.",
        );
        return Ok(asking(&caller, &typed, &mistakes).into_response());
    };
    let permit = caller.permit_person(facts).await?;
    Ok(redirect(&format!("/people/{}/who-has-looked", permit.on())))
}

fn asking(caller: &Caller, typed: &str, mistakes: &Mistakes) -> Page {
    let main = html! {
        (Heading::page("Who has looked at a record"))
        form method="post" action="/access-log" novalidate {
            (form::hidden(caller))
            (Input {
                inputmode: Some("numeric".to_owned()),
                autocomplete: Some("off".to_owned()),
                code: true,
                ..Input::new("nhs-number", "NHS number of the person").value(typed).width(Width::Ten).error(mistakes.of("nhs-number"))
            })
            (Button::new("Show who has looked"))
        }
    };
    Page::new("Who has looked at a record", main).with_errors(mistakes.all())
}

/// GET /my-record/who-has-looked
pub(crate) async fn own_page(caller: Caller, Query(from): Query<From>) -> Result<Page, Problem> {
    let permit = own::permit(&caller).await?;
    let main = html! {
        (Heading::page("Who has looked at my record"))
        (InsetText::new("Everybody who opens your record, or sees you in a list, is written down here. If something looks wrong, tell the organisation named beside it, or ask any of your care team."))
        (looks(&caller, permit, from, "/my-record/who-has-looked").await?)
    };
    Ok(Page::new("Who has looked at my record", main).back("/my-record"))
}

async fn looks(
    caller: &Caller,
    permit: Permit<PersonId>,
    from: From,
    address: &str,
) -> Result<Markup, Problem> {
    let before = match from.before.as_deref() {
        Some(text) => Some(text.parse::<AuditId>().map_err(|_| {
            Problem::malformed("This is not a place in the list: begin again from its first page.")
        })?),
        None => None,
    };
    let before = before.map(|entry| entry.to_string());
    let mut looks = caller
        .house()
        .database()
        .read(move |tx| {
            let mut looks = Vec::new();
            for member in group(tx, *permit.on())? {
                looks.extend(looked_at(tx, member, LOOKS + 1, before.as_deref())?);
            }
            looks.sort_by(|one: &Look, other| other.entry.cmp(&one.entry));
            looks.dedup_by(|one, other| one.entry == other.entry);
            Ok::<_, stour_database::Error>(looks)
        })
        .await?;
    let size = usize::try_from(LOOKS).unwrap_or(usize::MAX);
    let more = looks.len() > size;
    looks.truncate(size);
    let rows = looks.iter().map(row);
    let columns = ["When", "Who", "What they did", "Why"].map(Column::from);
    Ok(html! {
        @if looks.is_empty() {
            p { "Nobody has." }
        } @else {
            (Table { responsive: true, ..Table::new("The latest first", columns, rows) })
        }
        @if let (true, Some(last)) = (more, looks.last()) {
            p { a href={ (address) "?before=" (last.entry) } { "Earlier" } }
        }
    })
}

fn row(look: &Look) -> [Cell; 4] {
    let organisation = look
        .organisation
        .parse()
        .map(|code| words::organisation_name(&code));
    let who = match organisation {
        Ok(organisation) => format!("{}, {organisation}", look.name),
        Err(_) => look.name.clone(),
    };
    let purpose = look.purpose.parse::<Purpose>().map_or("", Purpose::words);
    [
        words::moment(look.at).into(),
        who.into(),
        what(look).into(),
        format!("For {purpose}").into(),
    ]
}

/// What somebody did, as a sentence without its subject.
fn what(look: &Look) -> String {
    let action = look.action.parse::<Action>();
    let did = action.map_or_else(
        |_| look.action.clone(),
        |action| action.definition().description.to_owned(),
    );
    if look.permitted {
        words::capital(&did)
    } else {
        format!("Was refused. Would have: {did}")
    }
}
