//! Search over JSON.

use axum::Json;
use axum::extract;
use serde::{Deserialize, Serialize};
use stour_access::Resource;
use stour_database::{Cursor, CursorError};
use stour_kernel::PersonId;
use stour_web::{Caller, FieldError, Problem};
use utoipa::{IntoParams, ToSchema};

use super::Query;
use super::visible::{visible, visible_near};
use crate::person::api::PersonView;
use crate::person::summaries;

/// The most people that one search finds, on all its pages together.
const MOST: usize = 200;
/// How many stand on a page unless told.
const USUAL: usize = 50;

/// What is asked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Names in any order, a date of birth, the start of a postcode, an NHS number, or several of these.
    #[serde(default)]
    q: String,
    /// Where the page begins, from the page before.
    cursor: Option<String>,
    /// How many people a page holds: 1 to 200, 50 unless told.
    size: Option<usize>,
}

/// People found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundView {
    /// The nearest first.
    people: Vec<PersonView>,
    /// Where the next page begins, when there is one.
    next: Option<String>,
    /// There are more people than a search shows: narrow it.
    is_cut: bool,
    /// Nobody is called exactly what was asked for; these are close.
    is_near: bool,
}

/// Finds people.
#[utoipa::path(get, path = "/api/people", tag = "people", params(Asked),
    responses(
        (status = 200, body = FoundView),
        (status = 422, description = "The search was not understood"),
    ))]
pub(crate) async fn find(
    caller: Caller,
    asked: extract::Query<Asked>,
) -> Result<Json<FoundView>, Problem> {
    let query = Query::parse(&asked.q, caller.today()).map_err(|error| {
        Problem::invalid(vec![FieldError {
            field: "q".to_owned(),
            message: error.to_string(),
        }])
    })?;
    let from = match &asked.cursor {
        Some(cursor) => place(cursor)?,
        None => 0,
    };
    let size = asked.size.unwrap_or(USUAL).clamp(1, MOST);
    let (mut facts, mut is_cut) = visible(&caller, &query, MOST).await?;
    let mut is_near = false;
    if facts.is_empty() {
        (facts, is_cut) = visible_near(&caller, &query, MOST).await?;
        is_near = !facts.is_empty();
    }
    let to = from.saturating_add(size);
    let next = (to < facts.len()).then(|| Cursor::after([to.to_string()]).to_string());
    let facts: Vec<_> = facts.into_iter().skip(from).take(size).collect();
    let order: Vec<PersonId> = facts.iter().map(|facts| facts.id).collect();
    let permit = caller.permit_people(Resource::House, facts).await?;
    let mut found = caller
        .house()
        .database()
        .read(move |tx| summaries(tx, &permit))
        .await?;
    let people = order.iter().filter_map(|person| found.remove(person));
    let people = people
        .map(|person| PersonView::of(person, caller.today()))
        .collect();
    Ok(Json(FoundView {
        people,
        next,
        is_cut,
        is_near,
    }))
}

fn place(cursor: &str) -> Result<usize, Problem> {
    let cursor: Cursor = cursor.parse()?;
    let [place] = cursor.parts::<1>()?;
    Ok(place.parse().map_err(|_| CursorError)?)
}
