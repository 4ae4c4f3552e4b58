//! An indicator on a map: localities or middle-layer areas, by the latest value.

use stour_design::chart::{Choropleth, MapArea, MapValue};
use stour_partnership::Reference;

use super::chart::unit;
use super::publish::Published;
use super::report::Report;
use super::shown::value;
use crate::catalogue::{Apart, Standardised};

/// What can be drawn: the piece, the level of boundaries, what an area is called.
const LEVELS: [(Apart, &str, &str); 2] = [
    (Apart::Locality, "locality", "Locality"),
    (Apart::SmallArea, "msoa", "Area"),
];

/// The areas that are drawn once more, larger: the towns, whose areas are small.
const TOWNS: [&str; 1] = ["E06000058"];

/// The maps of an indicator, for each level of areas that it is taken apart by.
pub(crate) fn maps(report: &Report, reference: &Reference) -> Vec<Choropleth> {
    // Places may not be compared with each other by an indirectly standardised rate, so they are not shaded by it.
    if report.definition.shown.standardised == Some(Standardised::Indirect) {
        return Vec::new();
    }
    LEVELS
        .iter()
        .filter_map(|(apart, level, word)| map(report, reference, (*apart, level, word)))
        .collect()
}

fn map(
    report: &Report,
    reference: &Reference,
    (apart, level, word): (Apart, &str, &str),
) -> Option<Choropleth> {
    let others = report.apart.iter().flat_map(|(_, pieces)| pieces);
    let pieces: Vec<_> = others
        .chain(&report.localities)
        .filter(|(piece, _)| piece.dimension == apart.dimension())
        .collect();
    let known = reference.boundary_level(level)?;
    let areas: Vec<MapArea> = reference
        .boundaries_at(level, report.as_of)
        .map(|boundary| {
            let own = pieces.iter().find(|(piece, _)| piece.code == boundary.code);
            let shown = match own {
                Some((_, published)) => said(report, published),
                None => MapValue::Withheld("nothing counted".to_owned()),
            };
            MapArea {
                name: boundary.name.clone(),
                short: String::new(),
                rings: boundary
                    .rings
                    .iter()
                    .map(|ring| {
                        ring.iter()
                            .map(|point| (point.longitude, point.latitude))
                            .collect()
                    })
                    .collect(),
                value: shown,
                href: (apart == Apart::Locality)
                    .then(|| own.map(|(piece, _)| report.link(Some(piece), report.period)))
                    .flatten(),
                enlarged: is_in_town(reference, apart, &boundary.code),
            }
        })
        .collect();
    let drawn = areas
        .iter()
        .filter(|area| matches!(area.value, MapValue::Known(_)))
        .count();
    // One area beside nothing is no comparison.
    (drawn > 1).then(|| Choropleth {
        unit: unit(report),
        area_word: word.to_owned(),
        value_word: report.definition.unit.clone(),
        enlarged_word: "Bournemouth, Christchurch and Poole".to_owned(),
        description: format!(
            "{}, {}; the table below has the numbers.",
            report.definition.title,
            report.period.words()
        ),
        note: known.note.clone(),
        ..Choropleth::new(
            format!("map-{level}"),
            title(&areas),
            format!(
                "{}, {}, {}",
                report.definition.title,
                report.definition.unit,
                report.period.words()
            ),
            areas,
            known.attribution.clone(),
        )
    })
}

fn said(report: &Report, published: &Published) -> MapValue {
    match published.value() {
        Some(number) => MapValue::Known(number),
        None => MapValue::Withheld(value(report, published)),
    }
}

/// Whether an area is one of the towns.
pub(crate) fn is_in_town(reference: &Reference, apart: Apart, code: &str) -> bool {
    let mut inside = reference.lsoas.iter().filter(|area| match apart {
        Apart::Locality => area.locality.as_str() == code,
        _ => area.msoa.as_str() == code,
    });
    inside.any(|area| TOWNS.contains(&area.council.as_str()))
}

/// The message: where it is highest.
fn title(areas: &[MapArea]) -> String {
    let known = areas.iter().filter_map(|area| match area.value {
        MapValue::Known(value) => Some((value, area.name.as_str())),
        MapValue::Withheld(_) => None,
    });
    let highest = known.max_by(|(one, _), (other, _)| one.total_cmp(other));
    highest.map_or_else(
        || "No value may be shown".to_owned(),
        |(_, name)| format!("Highest in {name}"),
    )
}
