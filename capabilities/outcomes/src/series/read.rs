//! A series and all that belongs to it, read at one moment and judged.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction};
use stour_kernel::Date;
use stour_statistics::xmr::Profile;
use stour_web::{House, Problem};

use super::judgement::judge;
use super::store::{self, Series};
use super::view::Whole;
use crate::area::Area;
use crate::measure::measure;

/// Every series of a measure and an area that this house still knows.
pub(crate) async fn all(house: &House, profile: Profile) -> Result<Vec<Whole>, Problem> {
    let read = move |tx: &mut Transaction<'_>| {
        let all = store::series(tx)?;
        all.into_iter()
            .map(|series| stored(tx, series))
            .collect::<Result<Vec<_>, Error>>()
    };
    let all = house.database().read(read).await?;
    all.into_iter()
        .filter_map(|stored| whole(stored, profile).transpose())
        .collect()
}

/// The series of a measure for an area.
pub(crate) async fn one(
    house: &House,
    measure: String,
    area: String,
    profile: Profile,
) -> Result<Whole, Problem> {
    // No database holds U+0000 in text, so nothing is called that.
    if [&measure, &area].iter().any(|name| name.contains('\0')) {
        return Err(Problem::not_found());
    }
    let read = move |tx: &mut Transaction<'_>| {
        let found = store::series_of(tx, &measure, &area)?;
        found.map(|series| stored(tx, series)).transpose()
    };
    let found = house
        .database()
        .read(read)
        .await?
        .ok_or_else(Problem::not_found)?;
    whole(found, profile)?.ok_or_else(Problem::not_found)
}

struct Stored {
    series: Series,
    published: BTreeMap<Date, f64>,
    rebases: Vec<super::Rebase>,
    revisions: Vec<super::Revision>,
}

fn stored(tx: &mut Transaction<'_>, series: Series) -> Result<Stored, Error> {
    let points = store::points(tx, series.id)?;
    Ok(Stored {
        published: points
            .iter()
            .map(|point| (point.day, point.value))
            .collect(),
        rebases: store::rebases(tx, series.id)?,
        revisions: store::revisions(tx, series.id)?,
        series,
    })
}

/// `None` when the reference data no longer has the measure or the area.
fn whole(stored: Stored, profile: Profile) -> Result<Option<Whole>, Problem> {
    let reference = stour_partnership::reference().map_err(|error| {
        tracing::error!(%error, "the reference data cannot be read");
        Problem::fault()
    })?;
    let known = measure(&stored.series.measure).zip(Area::named(reference, &stored.series.area));
    let Some((measure, area)) = known else {
        return Ok(None);
    };
    let judgement =
        judge(measure, &stored.published, &stored.rebases, profile).map_err(|error| {
            tracing::error!(%error, series = %stored.series.id, "a series cannot be judged");
            Problem::fault()
        })?;
    Ok(Some(Whole {
        series: stored.series,
        measure,
        area,
        judgement,
        rebases: stored.rebases,
        revisions: stored.revisions,
    }))
}
