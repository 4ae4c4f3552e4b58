//! An indicator on a map: localities or middle-layer areas, by the latest value.

use stour_design::chart::{Choropleth, MapArea, MapValue};
use stour_kernel::Date;
use stour_partnership::{Boundary, Reference};

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
    let towns = Towns::new(reference, report.as_of);
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
                enlarged: towns.hold(apart, &boundary.code),
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
        enlarged_word: towns.name(),
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

/// The council whose areas are drawn once more, larger: the smallest, where most people live closest together.
pub(crate) struct Towns<'r> {
    reference: &'r Reference,
    council: Option<&'r Boundary>,
}

impl<'r> Towns<'r> {
    pub(crate) fn new(reference: &'r Reference, on: Date) -> Self {
        let councils: Vec<&Boundary> = reference.boundaries_at("council", on).collect();
        let smallest = councils
            .iter()
            .copied()
            .min_by(|one, other| extent(one).total_cmp(&extent(other)));
        Self {
            reference,
            council: smallest.filter(|_| councils.len() > 1),
        }
    }

    /// What they are called together.
    pub(crate) fn name(&self) -> String {
        self.council
            .map_or_else(String::new, |council| council.name.clone())
    }

    /// Whether an area lies in them.
    pub(crate) fn hold(&self, apart: Apart, code: &str) -> bool {
        let mut inside = self.reference.lsoas.iter().filter(|area| match apart {
            Apart::Locality => area.locality.as_str() == code,
            _ => area.msoa.as_str() == code,
        });
        self.council
            .is_some_and(|council| inside.any(|area| area.council.as_str() == council.code))
    }
}

/// How much of the map a council takes: the area of its outlines, in degrees.
fn extent(boundary: &Boundary) -> f64 {
    let of_ring = |ring: &Vec<stour_partnership::Point>| -> f64 {
        let twice = ring.iter().zip(ring.iter().cycle().skip(1));
        let twice = twice.map(|(one, next)| {
            one.longitude
                .mul_add(next.latitude, -(next.longitude * one.latitude))
        });
        twice.sum::<f64>() / 2.0
    };
    boundary.rings.iter().map(of_ring).sum::<f64>().abs()
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
