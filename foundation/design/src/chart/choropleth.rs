//! A map whose areas are shaded by a value, from low to high in at most five classes.

use std::iter::once;

use maud::{Markup, Render, html};

use super::caption::caption;
use super::choropleth_drawing::{Drawing, NARROW, WIDE, hatch};
use super::classes::{Classed, Classes};
use super::inside::At;
use super::scale::drawable;
use super::table::DataTable;
use super::unit::Unit;
use crate::component::Level;

/// What there is to say of an area.
#[derive(Debug, Clone, PartialEq)]
pub enum MapValue {
    /// A value. One that is infinite, no number or beyond 1,000,000 billion counts as withheld.
    Known(f64),
    /// None that may be shown, and why: "fewer than 8 events".
    Withheld(String),
}

/// One area of a map.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// Its name.
    pub name: String,
    /// A few letters for it, drawn where there is room above the number of its class; may be empty.
    pub short: String,
    /// Its parts and the holes in them: points to the east and to the north, as [`MapPoints`] says. What is not a
    /// number is left out.
    pub rings: Vec<Vec<(f64, f64)>>,
    /// What there is to say of it.
    pub value: MapValue,
    /// Where more is said of it. The map then is links for a pointer, and the table has the same for everybody.
    pub href: Option<String>,
    /// Drawn once more under the map, with the others of which this is true, as large as there is room.
    pub enlarged: bool,
}

/// What the points of a map are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MapPoints {
    /// Degrees of longitude and latitude. Longitudes are shortened as they are in the middle of the map, which is true
    /// enough for a county.
    #[default]
    Degrees,
    /// Lengths on a plane, the second towards the north.
    Plane,
}

/// A map.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key with what each class holds and how many areas are in it, a table of the same numbers, and whose the
/// outlines are. The number of its class is in every area that has room for it, so that the map can be read in grey.
#[derive(Debug, Clone)]
pub struct Choropleth {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "More people go home from hospitals in the west".
    pub title: String,
    /// The measure: "Emergency admissions per 1,000 people aged 65 and over, 2025".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How values are written. Values that are written alike are in one class.
    pub unit: Unit,
    /// The areas, in the order of the table.
    pub areas: Vec<MapArea>,
    /// What the points of the areas are.
    pub points: MapPoints,
    /// How values are put into classes.
    pub classes: Classes,
    /// What the areas are called in the table: "Locality".
    pub area_word: String,
    /// What the values are called in the table: "Admissions per 1,000".
    pub value_word: String,
    /// What the enlarged part is: "Bournemouth, Christchurch and Poole".
    pub enlarged_word: String,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// What must be said of the outlines; may be empty.
    pub note: String,
    /// Whose the outlines are, and under which licence.
    pub attribution: String,
    /// The table stands open under the drawing.
    pub open: bool,
}

impl Choropleth {
    /// A map of areas in degrees, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        areas: Vec<MapArea>,
        attribution: impl Into<String>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::MEASURE,
            areas,
            points: MapPoints::Degrees,
            classes: Classes::Fifths,
            area_word: "Area".to_owned(),
            value_word: "Value".to_owned(),
            enlarged_word: "Enlarged".to_owned(),
            description: String::new(),
            note: String::new(),
            attribution: attribution.into(),
            open: false,
        }
    }

    fn classed(&self) -> Classed {
        let values = self.areas.iter().map(MapArea::value);
        self.classes.classed(&values.collect::<Vec<_>>(), self.unit)
    }

    /// The areas on a plane, west to east and north to south.
    fn outlines(&self) -> Vec<Vec<Vec<At>>> {
        let areas = self.areas.iter().map(|area| {
            let rings = area.rings.iter().map(|ring| {
                let points = ring.iter();
                points
                    .filter_map(|(x, y)| drawable(*x).zip(drawable(*y)))
                    .collect::<Vec<_>>()
            });
            rings.collect::<Vec<_>>()
        });
        let mut areas: Vec<Vec<Vec<At>>> = areas.collect();
        let heights = || areas.iter().flatten().flatten().map(|(_, y)| *y);
        let middle = f64::midpoint(
            heights().fold(f64::INFINITY, f64::min),
            heights().fold(f64::NEG_INFINITY, f64::max),
        );
        let shorter = match self.points {
            MapPoints::Degrees if middle.is_finite() => middle.to_radians().cos().abs().max(0.01),
            _ => 1.0,
        };
        for (x, y) in areas.iter_mut().flatten().flatten() {
            *x *= shorter;
            *y = -*y;
        }
        areas
    }

    fn key(&self, classed: &Classed) -> Markup {
        let withheld = self.areas.iter().filter(|area| area.value().is_none());
        let withheld = withheld.count();
        let areas = |count: usize| match count {
            0 => "no area".to_owned(),
            1 => "1 area".to_owned(),
            count => format!("{count} areas"),
        };
        html! {
            @if !self.areas.is_empty() {
                ul.stour-key aria-label="Key" {
                    @for (class, (range, count)) in classed.ranges.iter().zip(&classed.counts).enumerate() {
                        @let shade = classed.shade(class);
                        li {
                            svg.stour-mark-of-class viewBox="0 0 28 20" width="28" height="20" focusable="false" aria-hidden="true" {
                                path d="M1 1h26v18H1z" fill=(shade.fill) stroke="#212b32" {}
                                text x="14" y="15" font-size="14" text-anchor="middle" fill=(shade.ink) { (class.saturating_add(1)) }
                            }
                            span {
                                span.nhsuk-u-visually-hidden { "Class " (class.saturating_add(1)) ": " }
                                (range) " (" (areas(*count)) ")"
                            }
                        }
                    }
                    @if withheld > 0 {
                        li {
                            svg.stour-mark-of-class viewBox="0 0 28 20" width="28" height="20" focusable="false" aria-hidden="true" {
                                path d="M1 1h26v18H1z" fill="#ffffff" {}
                                path d=(hatch(26.0, 18.0)) transform="translate(1 1)" stroke="#4c6272" {}
                                path d="M1 1h26v18H1z" fill="none" stroke="#212b32" {}
                            }
                            span { "Withheld (" (areas(withheld)) ")" }
                        }
                    }
                }
            }
        }
    }

    fn table(&self, classed: &Classed) -> Markup {
        let rows = self.areas.iter().zip(&classed.of).map(|(area, class)| {
            let name = html! {
                @if let Some(href) = &area.href { a href=(href) { (area.name) } } @else { (area.name) }
            };
            let class = class.map_or_else(
                || "None".to_owned(),
                |class| class.saturating_add(1).to_string(),
            );
            (name, vec![area.said(self.unit), class])
        });
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &[
                self.area_word.clone(),
                self.value_word.clone(),
                "Class, 1 is lowest".to_owned(),
            ],
            rows: rows.collect(),
            words_last: false,
            open: self.open,
        }
        .markup()
    }
}

impl MapArea {
    pub(crate) fn value(&self) -> Option<f64> {
        match self.value {
            MapValue::Known(value) => drawable(value),
            MapValue::Withheld(_) => None,
        }
    }

    /// The value in words.
    pub(crate) fn said(&self, unit: Unit) -> String {
        match &self.value {
            MapValue::Withheld(reason) if !reason.is_empty() => format!("Withheld: {reason}"),
            _ => self
                .value()
                .map_or_else(|| "Withheld".to_owned(), |value| unit.value(value)),
        }
    }
}

impl Render for Choropleth {
    fn render(&self) -> Markup {
        let classed = self.classed();
        let outlines = self.outlines();
        html! {
            figure.stour-chart.stour-map id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                (self.key(&classed))
                div.stour-chart__wide { (Drawing::new(self, &classed, &outlines, &WIDE).svg()) }
                div.stour-chart__narrow { (Drawing::new(self, &classed, &outlines, &NARROW).svg()) }
                @for said in once(&self.note).chain(once(&self.attribution)).filter(|said| !said.is_empty()) {
                    p.stour-chart__source { (said) }
                }
                (self.table(&classed))
            }
        }
    }
}
