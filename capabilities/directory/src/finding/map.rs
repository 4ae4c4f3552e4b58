//! Where the results of a page are.

use stour_design::chart::{MapPoint, PointMap};
use stour_kernel::Date;

use super::results::Results;
use crate::postcode::ATTRIBUTION;

/// A map of the results that have a place, numbered as in the list; nothing where none has.
pub(super) fn map(results: &Results, first: usize, today: Date) -> Option<PointMap> {
    let points: Vec<MapPoint> = (first..)
        .zip(&results.shown)
        .filter_map(|(number, shown)| {
            let point = shown.point?;
            Some(MapPoint {
                number,
                name: shown.name.clone(),
                at: (point.lon(), point.lat()),
                href: format!("#result-{number}"),
            })
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    let reference = stour_partnership::reference().ok();
    let councils = reference
        .into_iter()
        .flat_map(|reference| reference.boundaries_at("council", today));
    let outlines = councils.flat_map(|council| &council.rings).map(|ring| {
        let points = ring.iter().map(|point| (point.longitude, point.latitude));
        points.collect()
    });
    let level = reference.and_then(|reference| reference.boundary_level("council"));
    let outlines_by = level.map(|level| level.attribution.clone());
    Some(PointMap {
        title: "Where these results are. The numbers are those of the list.".to_owned(),
        outlines: outlines.collect(),
        points,
        here: results.located.as_ref().map(|located| {
            let at = (located.point.lon(), located.point.lat());
            (at, located.name.clone())
        }),
        attribution: format!("{} {ATTRIBUTION}.", outlines_by.unwrap_or_default()),
    })
}
