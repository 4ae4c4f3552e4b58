//! How old people are, on a map: in the partnership's localities, and in the areas that a place is made of.

use std::collections::BTreeSet;

use stour_design::chart::{Choropleth, MapArea, MapValue, Unit};
use stour_kernel::{Date, GssCode};
use stour_partnership::{Boundary, Place, Reference};

use super::known::Known;
use super::living::Living;
use crate::catalogue::Apart;
use crate::indicator::map::Towns;

/// What a value of the map is.
const MEASURE: &str = "Aged 65 or over, per cent";

/// The localities of a day, each leading to its profile.
pub(super) fn of_localities(
    reference: &Reference,
    localities: &[Known],
    on: Date,
) -> Option<Choropleth> {
    let towns = Towns::new(reference, on);
    let areas = reference.boundaries_at("locality", on).filter_map(|found| {
        let known = localities
            .iter()
            .find(|known| known.piece.code == found.code)?;
        Some(MapArea {
            href: Some(known.address()),
            enlarged: towns.hold(Apart::Locality, &found.code),
            ..area(found, known.living.share_from(65))
        })
    });
    let map = drawn(reference, "locality", areas.collect(), "Locality")?;
    Some(Choropleth {
        enlarged_word: towns.name(),
        ..map
    })
}

/// The middle-layer areas that a place lies in, each as a whole.
pub(super) fn of_place(reference: &Reference, known: &Known, on: Date) -> Option<Choropleth> {
    let held = reference
        .lsoas
        .iter()
        .filter(|area| known.place.holds(area));
    let inside: BTreeSet<GssCode> = held.map(|area| area.msoa).collect();
    let areas = reference.boundaries_at("msoa", on).filter_map(|found| {
        let code: GssCode = found.code.parse().ok()?;
        let living = Living::of_place(reference, &Place::Msoa(code))?;
        inside
            .contains(&code)
            .then(|| area(found, living.share_from(65)))
    });
    let map = drawn(reference, "msoa", areas.collect(), "Area")?;
    Some(Choropleth {
        note: "Middle-layer super output areas of 2011. One that lies partly outside the place is shown as a whole."
            .to_owned(),
        ..map
    })
}

fn area(boundary: &Boundary, share: f64) -> MapArea {
    let rings = boundary.rings.iter().map(|ring| {
        let points = ring.iter();
        points
            .map(|point| (point.longitude, point.latitude))
            .collect()
    });
    MapArea {
        name: boundary.name.clone(),
        short: String::new(),
        rings: rings.collect(),
        value: MapValue::Known(share),
        href: None,
        enlarged: false,
    }
}

fn drawn(
    reference: &Reference,
    level: &str,
    areas: Vec<MapArea>,
    area_word: &str,
) -> Option<Choropleth> {
    let known = reference.boundary_level(level)?;
    // One area beside nothing is no comparison.
    (areas.len() > 1).then(|| Choropleth {
        unit: Unit::PERCENT,
        area_word: area_word.to_owned(),
        value_word: MEASURE.to_owned(),
        description:
            "The share of people aged 65 or over in each area; the table below has the numbers."
                .to_owned(),
        note: known.note.clone(),
        ..Choropleth::new(
            format!("map-{level}"),
            title(&areas),
            format!("{MEASURE} of the people of each area, mid-2020"),
            areas,
            known.attribution.clone(),
        )
    })
}

/// The message: where most people are old.
fn title(areas: &[MapArea]) -> String {
    let known = areas.iter().filter_map(|area| match area.value {
        MapValue::Known(value) => Some((value, area.name.as_str())),
        MapValue::Withheld(_) => None,
    });
    let oldest = known.max_by(|(one, _), (other, _)| one.total_cmp(other));
    oldest.map_or_else(String::new, |(_, name)| {
        format!("The share of older people is highest in {name}")
    })
}
