//! Entries for programs: read and changed as JSON at the version that was seen.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_web::{Body, Caller, Problem};
use utoipa::ToSchema;

use crate::change::{add_checked, change_checked};
use crate::opened::{Opened, editor, open};
use crate::register::{Register, Said};
use crate::{Author, Changed, Entry, Kind, Values};

/// An entry of a register.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryJson {
    /// Its number within its register.
    number: i64,
    /// What people call it, such as `R4`.
    reference: String,
    /// Its version, which is also its `ETag`.
    version: i64,
    /// What stands in its fields, by their names, each as it is kept: money in pounds, months as 2013-09, codes as codes,
    /// entries by their numbers. A field that is empty is not there.
    #[schema(value_type = Object)]
    fields: Values,
    /// Whether it was removed.
    removed: bool,
    /// Why this version was saved.
    why: String,
    /// Who saved it.
    saved_by: String,
    /// When.
    saved_at: String,
}

impl EntryJson {
    fn of(kind: &Kind, entry: &Entry) -> Self {
        Self {
            number: entry.number,
            reference: entry.reference(kind),
            version: entry.version,
            fields: entry.values.clone(),
            removed: entry.removed,
            why: entry.why.clone(),
            saved_by: entry.by.name.clone(),
            saved_at: entry.at.to_string(),
        }
    }
}

/// What an entry is to be.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeJson {
    /// Every field that is to be filled, by its name; the others are emptied.
    #[schema(value_type = Object)]
    fields: Values,
    /// Why.
    why: String,
}

/// The entries of a kind that are in force, by number.
///
/// # Errors
/// 403, or 404.
pub async fn list(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Json<Vec<EntryJson>>, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let entries = opened.around.of_kind(kind.name);
    Ok(Json(
        entries.map(|entry| EntryJson::of(kind, entry)).collect(),
    ))
}

/// One entry, with its version in `ETag`.
///
/// # Errors
/// 403, or 404.
pub async fn show(
    register: &'static Register,
    caller: Caller,
    said: Said,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    Ok(answer(StatusCode::OK, kind, &entry))
}

fn answer(status: StatusCode, kind: &Kind, entry: &Entry) -> Response {
    let tag = [(header::ETAG, format!("\"{}\"", entry.version))];
    (status, tag, Json(EntryJson::of(kind, entry))).into_response()
}

/// Adds an entry; its address is in `Location`.
///
/// # Errors
/// 403, 404, or 422 with what is wrong by field.
pub async fn create(
    register: &'static Register,
    caller: Caller,
    said: Said,
    body: Body<ChangeJson>,
) -> Result<Response, Problem> {
    let opened = open(register, &caller, said).await?;
    let kind = opened.kind()?;
    let (scope, by) = (opened.scope.clone(), Author::from(caller.actor()));
    let change = body.value.clone();
    let sent = (body.key(), body.fingerprint());
    let editor = editor(&caller, kind)?;
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        let place = (register, scope.as_str(), kind);
        let what = (&change.fields, reason(&change)?);
        let entry = add_checked(tx, environment, place, what, &by)?;
        Ok(entry.number.to_string())
    });
    let number = done.await?;
    let entry = read(&caller, &opened, kind, &number).await?;
    let location = format!("/api{}", opened.page_of(kind.name, entry.number, ""));
    let answer = answer(StatusCode::CREATED, kind, &entry);
    Ok(([(header::LOCATION, location)], answer).into_response())
}

fn reason(change: &ChangeJson) -> Result<&str, Problem> {
    match change.why.trim() {
        "" => Err(Problem::invalid(vec![stour_web::FieldError {
            field: "why".to_owned(),
            message: "Say why".to_owned(),
        }])),
        why => Ok(why),
    }
}

async fn read(
    caller: &Caller,
    opened: &Opened,
    kind: &'static Kind,
    number: &str,
) -> Result<Entry, Problem> {
    let number: i64 = number.parse().map_err(|_| Problem::fault())?;
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let found = database
        .read(move |tx| crate::numbered(tx, (&scope, kind.name), number).map_err(Problem::from))
        .await?;
    found.ok_or_else(Problem::not_found)
}

/// Changes an entry from the version that `If-Match` names. What others changed since in other fields stays; where both
/// changed one field, nothing is saved.
///
/// # Errors
/// 403, 404, 409 for an entry that was removed, 412 where others changed the same fields, 422, or 428 without `If-Match`.
pub async fn put(
    register: &'static Register,
    caller: Caller,
    said: Said,
    (headers, body): (axum::http::HeaderMap, Body<ChangeJson>),
) -> Result<Response, Problem> {
    let seen = stour_web::if_match(&headers)?.number();
    let opened = open(register, &caller, said).await?;
    let (kind, entry) = opened.entry(&caller).await?;
    let (id, by) = (entry.id, Author::from(caller.actor()));
    let change = body.value.clone();
    let sent = (body.key(), body.fingerprint());
    let editor = editor(&caller, kind)?;
    let done = editor.write(sent, Resource::House, move |tx, environment| {
        let what = (&change.fields, reason(&change)?);
        match change_checked(tx, environment, (register, id, seen), what, &by)? {
            Changed::Saved(..) | Changed::Same(_) => Ok(String::new()),
            Changed::Clash(..) => Err(Problem::changed()),
        }
    });
    done.await?;
    let entry = read(&caller, &opened, kind, &entry.number.to_string()).await?;
    Ok(answer(StatusCode::OK, kind, &entry))
}

#[cfg(test)]
mod tests;
