//! Going on from a listing: to its telephone, its e-mail, its website.

use axum::extract::Path;
use axum::response::Response;
use stour_web::{Problem, Visitor, redirect};

use super::tally::{Event, Tally};
use crate::DirectoryError;
use crate::finding::contact::{Kind, contacts};
use crate::listing::{self, ListingId};

/// `GET /find/{id}/{way}/{number}`: leads only where the listing itself says.
pub(crate) async fn go(
    visitor: Visitor,
    Path((id, way, number)): Path<(String, String, usize)>,
) -> Result<Response, Problem> {
    let id: ListingId = id.parse().map_err(|_| Problem::not_found())?;
    let kind = Kind::of(&way).ok_or_else(Problem::not_found)?;
    let database = visitor.house().database();
    let found = database
        .read(move |tx| -> Result<_, DirectoryError> { listing::published_listing(tx, id) })
        .await?
        .ok_or_else(Problem::not_found)?;
    let contact = contacts(found.service())
        .into_iter()
        .nth(number)
        .filter(|contact| contact.kind == kind)
        .ok_or_else(Problem::not_found)?;
    let tally = database.companion::<Tally>();
    tally.note(visitor.today(), Event::Signpost(id.0, kind.as_str()));
    Ok(redirect(&contact.to))
}
