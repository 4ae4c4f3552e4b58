//! Profiles of the partnership's councils and localities: who lives there, and how what is counted there compares with
//! the whole. Who lives where is reference data; what is counted is what the scorecard shows of the place, no more.

mod compare;
mod file;
mod indicators;
mod known;
mod list;
mod living;
mod map;
mod page;
mod profile;

use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use stour_access::Resource;
use stour_indicators::Dimension;
use stour_kernel::Date;
use stour_partnership::Reference;
use stour_web::{Caller, Page, Problem};

use crate::indicator::download::{Form, base};
use crate::indicator::piece::Piece;
use crate::indicator::read as indicator;
use known::Known;
use profile::Profile;

/// Where the list of places is.
pub(crate) const PLACES: &str = "/board/places";

async fn read(caller: &Caller) -> Result<list::List, Problem> {
    caller.permit(Resource::House).await?;
    let as_of = indicator::ask(caller, |maker| maker.state.as_of().date()).await?;
    Ok(list::List::of(reference()?, as_of.unwrap_or(Date::MIN)))
}

/// `GET /board/places.csv`.
pub(crate) async fn csv(caller: Caller) -> Result<Response, Problem> {
    read(&caller).await?.file(Form::Csv, base(caller.house()))
}

/// `GET /board/places.json`.
pub(crate) async fn json(caller: Caller) -> Result<Response, Problem> {
    read(&caller).await?.file(Form::Json, base(caller.house()))
}

/// `GET /board/places.xlsx`.
pub(crate) async fn xlsx(caller: Caller) -> Result<Response, Problem> {
    read(&caller).await?.file(Form::Xlsx, base(caller.house()))
}

/// `GET /board/places`.
pub(crate) async fn list(caller: Caller) -> Result<Page, Problem> {
    let list = read(&caller).await?;
    Ok(Page::new(list.title(), list.page())
        .under([("Board", "/board")])
        .wide())
}

/// `GET /board/places/{place}`, and the same with `.csv`, `.json` or `.xlsx` after it.
pub(crate) async fn show(caller: Caller, Path(name): Path<String>) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    let (name, form) = Form::split(&name);
    let reference = reference()?;
    let known = Known::named(reference, name).ok_or_else(Problem::not_found)?;
    let profile = Profile::read(&caller, known).await?;
    if let Some(form) = form {
        return file::answer(&profile, form, base(caller.house()));
    }
    Ok(Page::new(profile.title(), page::page(&profile, reference))
        .under([("Board", "/board"), ("Places", PLACES)])
        .wide()
        .into_response())
}

/// Where the profile of a piece is; none of one that is neither a council nor a locality.
pub(crate) fn address(piece: &Piece) -> Option<String> {
    let is_place = matches!(piece.dimension, Dimension::Council | Dimension::Locality);
    (is_place && !piece.is_unknown()).then(|| format!("{PLACES}/{}", piece.address()))
}

fn reference() -> Result<&'static Reference, Problem> {
    stour_partnership::reference().map_err(|error| {
        tracing::error!(%error, "the reference data cannot be read");
        Problem::fault()
    })
}
